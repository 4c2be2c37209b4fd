"""`lunaroxide:checkregions`: a map against elements measured from orbit, by terrane."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)

from ..core.chemistry.rock_classes import MARE_FEO_WT
from ..core.moon.terranes import Region
from ..core.translation import tr, tr_message
from .ground_truth import LayerRows, areas_of, read_layer
from .input_algorithms import RasterAlgorithm
from .oxide_map_parameters import OxideMapAlgorithm, chosen_quantity
from .provenance import run_facts
from .region_layer import style_cells
from .result_groups import LayerLoader, load_on_completion, with_origin
from .run import Run


class CheckRegions(RasterAlgorithm, OxideMapAlgorithm):
    """Compares a map with elements that a gamma-ray spectrometer measured."""

    NAME = "checkregions"
    GROUP = "Check"
    DISPLAY_NAME = "Check regions against gamma rays"
    SUMMARY = (
        "Compares a map of oxides, ours or published, with elements measured from orbit, for "
        "example Lunar Prospector's gamma-ray tables as they are archived. The map is averaged "
        "over each of the table's cells. The one-page report gives means by terrane - South "
        "Pole-Aitken, maria, highlands - with uncertainties, and answers whether South "
        "Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near side: yes, "
        "no, or cannot be told. Gamma rays see half a metre deep and about 150 km wide."
    )
    CITATION = (
        "Prettyman et al. (2006), J. Geophys. Res. 111, E12007, doi 10.1029/2005JE002656 (table); "
        "Jolliff et al. (2000), J. Geophys. Res. 105, 4197-4216, doi 10.1029/1999JE001103 "
        "(terranes)."
    )
    GAMMA_RAYS = "GAMMA_RAYS"
    REGIONS = "REGIONS"
    REGION_NAME = "REGION_NAME"
    FOOTPRINT = "FOOTPRINT"
    MIN_COVERAGE = "MIN_COVERAGE"
    MARE_FEO = "MARE_FEO"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"
    JSON = "JSON"
    N_CELLS = "N_CELLS"
    ANSWER = "ANSWER"
    ALL_DESCRIBED = "All that bands and table have in common"
    HELP = {
        "INPUT": (
            "A raster made by 'Predict oxides', or any map of an oxide or element. Of a map with "
            "uncertainties the shown ones are used."
        ),
        GAMMA_RAYS: (
            "The archived table: lpgrs_high1_elem_abundance_2deg.tab, _5deg.tab or _20deg.tab of "
            "the data set LP-L-GRS-5-ELEM-ABUNDANCE-V1.0 (PDS Geosciences Node), or its label "
            "(.lbl). Or a table (CSV) with the columns min_lat, max_lat, min_lon, max_lon in "
            "degrees and oxides or elements with their units: FeO, Ti_ppm, FeO_sigma, Th_ppm."
        ),
        OxideMapAlgorithm.OXIDE: (
            "Leave it as it is for rasters whose bands are described like FeO (wt%)."
        ),
        OxideMapAlgorithm.QUANTITY: (
            "What the raster's numbers are, for one chosen oxide. Elements are converted by molar "
            "mass (Fe x 1.2865 = FeO). Nothing is guessed."
        ),
        OxideMapAlgorithm.BAND: (
            "The raster's band of the chosen oxide; leave empty to find it by its description."
        ),
        REGIONS: "Polygons of your own, compared beside the terranes; in a lunar CRS.",
        REGION_NAME: "Names of the polygons; those of equal name are one region.",
        FOOTPRINT: (
            "Width of the ground that the spectrometer sees at a time (full width at half maximum "
            "of a Gaussian, km); 0 compares each cell for itself. For Lunar Prospector's archived "
            "tables about 150; the map must reach far beyond the cells then."
        ),
        MIN_COVERAGE: (
            "Share of a cell that the map must cover with valid pixels, in percent; other cells "
            "are left out and counted."
        ),
        MARE_FEO: (
            "FeO of the gamma-ray table in wt% from which on ground outside South Pole-Aitken "
            "counts as mare: halfway between the averages of highlands (6) and maria (16) of Bhatt "
            "et al. (2015). The map that is checked does not decide."
        ),
        OUTPUT: "The compared cells as polygons, with map, gamma rays and difference in wt%.",
        REPORT: "Self-contained HTML report of one page, the answer first.",
        TABLE: "Means, differences and uncertainties of all terranes as CSV.",
        JSON: "The same and the answer as JSON; docs/report_schema.md describes both.",
    }
    OUTPUT_HELP = {
        N_CELLS: "Cells compared.",
        ANSWER: "yes, no, or cannot be told.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._regions: Optional[LayerRows] = None

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Map of oxides")
        self.add(QgsProcessingParameterFile(self.GAMMA_RAYS, self.tr("Gamma-ray table")))
        self.add_oxide(self.ALL_DESCRIBED, self.INPUT)
        self.add(
            QgsProcessingParameterFeatureSource(
                self.REGIONS,
                self.tr("Regions of your own"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterField(
                self.REGION_NAME,
                self.tr("Names of the regions"),
                parentLayerParameterName=self.REGIONS,
                optional=True,
            ),
            advanced=True,
        )
        self.add_limit(self.FOOTPRINT, "Footprint of the spectrometer (km)", 0.0, 0.0, 2000.0)
        self.add_limit(self.MIN_COVERAGE, "Least coverage of a cell (%)", 50.0, 0.1, 100.0)
        self.add_limit(self.MARE_FEO, "Least FeO of maria (wt%)", MARE_FEO_WT, 0.0, 100.0)
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                self.tr("Compared cells"),
                QgsProcessing.SourceType.TypeVectorPolygon,
            )
        )
        self.add_files(
            (self.REPORT, "Report", "HTML files (*.html)"),
            (self.TABLE, "Table of terranes", "CSV files (*.csv)"),
            (self.JSON, "JSON document", "JSON files (*.json)"),
        )
        self.add_numbers((self.N_CELLS, "Cells"))
        self.addOutput(QgsProcessingOutputString(self.ANSWER, self.tr("Answer to the claim")))

    def prepare(self, run: Run) -> None:
        """Read the raster's path and the polygons, on the thread that owns their layers."""
        super().prepare(run)
        source = run.optional_features(self.REGIONS)
        self._regions = None if source is None else read_layer(source)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compare, and write cells, report and tables."""
        from ..core.compare.gamma_ray_table import read_gamma_ray_table
        from ..core.compare.region_check import RegionCheckRequest, check_regions
        from ..core.compare.region_files import write_region_json, write_terranes
        from ..core.reports.region_report import write_region_report

        table = read_gamma_ray_table(Path(run.file(self.GAMMA_RAYS)))
        oxide = self.chosen_oxide(run)
        request = RegionCheckRequest(
            raster=self._source,
            table=table,
            oxides=() if oxide is None else (oxide,),
            band=run.whole(self.BAND) or None,
            quantity=None if oxide is None else chosen_quantity(run, self.QUANTITY, oxide),
            min_coverage=run.number(self.MIN_COVERAGE) / 100.0,
            footprint_km=run.number(self.FOOTPRINT),
            mare_feo_wt=run.number(self.MARE_FEO),
            regions=self._own_regions(run.text(self.REGION_NAME)),
        )
        result = check_regions(request, run.progress)
        result = replace(result, facts={**result.facts, **run_facts(run)})
        outputs = run.write_files(
            result,
            {
                self.REPORT: write_region_report,
                self.TABLE: write_terranes,
                self.JSON: write_region_json,
            },
        )
        outputs[self.OUTPUT] = self._write_cells(run, result)
        for warning in result.warnings:
            run.warn(tr_message(warning))
        cells = max(found.terranes[0].metrics.n for found in result.oxides)
        run.info(tr("{n} cells compared.").format(n=cells))
        run.info(
            tr(
                "South Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near "
                "side: {answer}."
            ).format(answer=self.tr(result.answer.value))
        )
        outputs[self.N_CELLS] = cells
        outputs[self.ANSWER] = result.answer.value
        return outputs

    def _write_cells(self, run: Run, result: Any) -> str:
        from ..core.compare.cell_layer import cell_features

        destination = run.write_table(self.OUTPUT, cell_features(result))
        # Iron first: the one that gamma rays tell best.
        found = next((f for f in result.oxides if f.oxide.name == "FeO"), result.oxides[0])
        reach = max(abs(found.sums.difference_quantile(share)) for share in (0.025, 0.975))
        style = partial(style_cells, oxide=found.oxide, reach_wt=max(reach, 0.1))
        name = f"{tr('Gamma-ray check')} - {self._raster_name}"
        name = with_origin(name, result.facts.get("Origin of the data", ""))
        load_on_completion(run.context, destination, LayerLoader(destination, name, style))
        return destination

    def _own_regions(self, field: str) -> Tuple[Region, ...]:
        """Regions by name from the user's polygons."""
        if self._regions is None:
            return ()
        from ..core.sites.feature_positions import regions_named

        names = [row.get(field) if field else None for row in self._regions.rows]
        return regions_named(names, areas_of(self._regions))
