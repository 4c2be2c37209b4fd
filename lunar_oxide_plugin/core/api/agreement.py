"""Maps against measurements: of samples, of other maps, of gamma rays from orbit."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence, Tuple

from ..chemistry.rock_classes import MARE_FEO_WT
from ..errors import LunarOxideError, NoOverlapError
from ..files import unlink_if_there
from ..progress import Progress
from .provenance import run_facts
from .run import (
    AnyPath,
    AnyRaster,
    file_of,
    oxide_named,
    path_of,
    progress_or_log,
    protected,
    raster_of,
    require_quantity,
    tell_left_out,
)

if TYPE_CHECKING:
    from ..check.metric_groups import MetricGroup
    from ..check.site_check import CheckResult
    from ..compare.difference_moments import RasterComparison
    from ..compare.region_check import RegionCheck


@dataclass(frozen=True)
class Check:
    """A prediction against measured oxides.

    Attributes
    ----------
    result : CheckResult
        Its ``pairs`` are the compared sites with measured and predicted oxides in wt%, its
        ``skipped`` the others with the reason.
    groups : tuple of MetricGroup
        Metrics of each oxide, for the sites that the model saw in training and the others apart.
    """

    result: CheckResult
    groups: Tuple[MetricGroup, ...]

    @property
    def unseen(self) -> int:
        """Compared sites that the model has not seen in training: these validate it."""
        from ..sites.training_stations import Seen

        return sum(pair.seen is Seen.UNSEEN for pair in self.result.pairs)

    @property
    def compared_values(self) -> int:
        """Oxides of compared sites that have a 90 % interval."""
        return sum(
            math.isfinite(z) for pair in self.result.pairs for z in pair.standardised_residual
        )

    @property
    def outside_values(self) -> int:
        """Those of them whose measurement lies outside of it; 10 % are expected."""
        return sum(sum(pair.outside_interval) for pair in self.result.pairs)


def check(
    prediction: AnyRaster,
    *,
    sites: Optional[AnyPath] = None,
    sites_crs: str = "",
    reflectance: Optional[AnyRaster] = None,
    columns: str = "",
    oxide: str = "",
    band: Optional[int] = None,
    quantity: str = "",
    window: int = 3,
    crs: str = "",
    report: Optional[AnyPath] = None,
    figures: Optional[AnyPath] = None,
    table: Optional[AnyPath] = None,
    metrics: Optional[AnyPath] = None,
    document: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> Check:
    """Compare a prediction with measured oxides at sample sites.

    Parameters
    ----------
    prediction : path or RasterInput
        A prediction, or any raster of oxides.
    sites : path, optional
        Table of sites with coordinates, or a file of points or polygons (formats as in `regions`);
        the bundled sites by default.
    sites_crs : str
        Lunar CRS of these points or polygons where their own is missing or wrong.
    reflectance : path or RasterInput, optional
        The raster that was predicted: classical formulas at the same sites are given beside.
    columns : str
        What columns hold where names do not tell, e.g. ``"FeO=iron; latitude=Y"``.
    oxide, band, quantity
        The oxide that the raster holds, its band (from 1) and what its numbers are (such as
        ``"element wt%"``), where descriptions do not tell.
    window : int
        Odd side in pixels; the median of its valid pixels is compared.
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.
    report, figures, table, metrics, document : path, optional
        HTML report, folder of its charts (SVG), tables of sites and of metrics (CSV), JSON
        document to write.
    layer : path, optional
        Compared sites
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    Check

    Raises
    ------
    NoOverlapError
        If no site lies on valid pixels.
    LunarOxideError
    """
    from ..check.check_json import write_json, write_metrics
    from ..check.check_layer import check_features
    from ..check.check_table import write_table
    from ..check.formula_check import second_opinion_at
    from ..check.metric_groups import metric_groups
    from ..check.sampling import OxideChoice, check_raster, with_in_situ
    from ..polygons.feature_file import write_features
    from ..rasters.map_band import stated_quantity
    from ..reports.chart_files import write_charts
    from ..reports.check_report import render_report, write_report
    from ..sites.in_situ_sites import load_in_situ_sites
    from ..sites.sample_sites import load_sites
    from ..sites.site_columns import GroundTruth
    from ..sites.site_file import read_site_file

    progress = progress_or_log(progress)
    require_quantity(quantity)
    held = oxide_named(oxide)
    choice = None
    if held is not None:
        stated = stated_quantity(quantity, held) if quantity else None
        choice = OxideChoice(held, band, stated)
    elif band or quantity:
        raise LunarOxideError("A band or its quantity needs its oxide: say which one it holds.")
    raster = raster_of(prediction, crs)
    writes = (report, table, metrics, document, layer)
    other = None if reflectance is None else path_of(reflectance)
    reads = [raster.path, file_of(sites) if sites else None, other]
    with protected(reads, writes, pages=[report, figures], layer=layer):
        known = load_sites()
        truth = read_site_file(sites, columns, sites_crs) if sites else GroundTruth(tuple(known))
        for note in truth.notes:
            progress.info(f"Sites: {note}.")
        for row in truth.rejected:
            progress.warn(f"Row {row.number} ({row.station_id}) left out: {row.reason}.")
        result = check_raster(raster, truth.sites, known, window, progress, choice)
        if not sites:
            result = with_in_situ(result, raster, load_in_situ_sites(), known, progress, choice)
        opinion = None
        if reflectance is not None and result.pairs:
            opinion = second_opinion_at(raster_of(reflectance), result.pairs, window, progress)
        result = replace(
            result,
            rejected=truth.rejected,
            truth_notes=truth.notes,
            second_opinion=opinion,
            provenance={**result.provenance, **run_facts()},
        )
        tell_left_out(
            ((skipped.site.station_id, skipped.reason) for skipped in result.skipped), progress
        )
        if not (result.pairs or result.in_situ):
            raise NoOverlapError(
                f"None of the {len(truth.sites)} sites lies on valid pixels of the raster: check "
                "its CRS and that it covers a sampling site."
            )
        tables = [
            (text, str(path))
            for text, path in (
                ("Table of sites (CSV)", table),
                ("Table of metrics (CSV)", metrics),
                ("JSON document", document),
            )
            if path
        ]
        folder = str(figures) if figures else None
        if folder and not report:
            write_charts(render_report(result), folder)
        for path, write in (
            (report, partial(write_report, tables=tables, figures=folder)),
            (table, write_table),
            (metrics, write_metrics),
            (document, write_json),
        ):
            if path:
                write(result, Path(path))
        if layer:
            write_features(check_features(result), layer)
    found = Check(result, metric_groups(result.pairs))
    if found.unseen == 0:
        progress.warn(
            "The model has seen every compared site in training, or its training is unknown: "
            "these figures show the fit and validate nothing."
        )
    return found


def compare(
    prediction: AnyRaster,
    reference: AnyRaster,
    output: AnyPath,
    *,
    oxide: str,
    prediction_band: Optional[int] = None,
    prediction_quantity: str = "",
    reference_band: Optional[int] = None,
    reference_quantity: str = "",
    reference_scale: float = 1.0,
    coverage: float = 50.0,
    mare_feo: float = MARE_FEO_WT,
    report: Optional[AnyPath] = None,
    table: Optional[AnyPath] = None,
    document: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> RasterComparison:
    """Compare a prediction with another map of the same oxide, on the coarser one's grid.

    Parameters
    ----------
    prediction, reference : path or RasterInput
    output : path
        GeoTIFF of the difference, prediction minus reference in wt%, with both maps.
    oxide : str
        Formula, e.g. ``"FeO"``.
    prediction_band, reference_band : int, optional
        From 1, where descriptions do not tell.
    prediction_quantity, reference_quantity : str
        What a map's numbers are, e.g. ``"element wt%"``; as described by default.
    reference_scale : float
        Factor to its unit.
    coverage : float
        Percent of a cell that must be mapped.
    mare_feo : float
        Least FeO of ground that counts as mare, wt%.
    report, table, document : path, optional
        HTML report, table of regions (CSV), JSON document to write.
    progress : Progress, optional

    Returns
    -------
    RasterComparison

    Raises
    ------
    LunarOxideError
    """
    from ..compare.comparison_files import write_comparison_json, write_parts
    from ..compare.map_comparison import ComparisonRequest, MapSource, compare_maps
    from ..rasters.map_band import stated_quantity
    from ..reports.comparison_report import write_comparison_report

    progress = progress_or_log(progress)
    require_quantity(prediction_quantity)
    require_quantity(reference_quantity)
    compared = oxide_named(oxide)
    if compared is None:
        raise LunarOxideError("Say which oxide is compared, e.g. FeO.")
    ours, theirs = (
        stated_quantity(words, compared) if words else None
        for words in (prediction_quantity, reference_quantity)
    )
    request = ComparisonRequest(
        oxide=compared,
        prediction=MapSource(raster_of(prediction), prediction_band, ours),
        reference=MapSource(raster_of(reference), reference_band, theirs, reference_scale),
        output=str(output),
        min_coverage=coverage / 100.0,
        mare_feo_wt=mare_feo,
    )
    reads, writes = [path_of(prediction), path_of(reference)], [output, report, table, document]
    with protected(reads, writes, pages=[report]):
        result = compare_maps(request, progress)
        result = replace(result, facts={**result.facts, **run_facts()})
        for warning in result.warnings:
            progress.warn(warning)
        try:
            for path, write in (
                (report, partial(write_comparison_report, raster=str(output))),
                (table, write_parts),
                (document, write_comparison_json),
            ):
                if path:
                    write(result, path=Path(path))
        except LunarOxideError:
            unlink_if_there(Path(output))
            raise
    return result


def gamma_rays(
    raster: AnyRaster,
    reference: AnyPath,
    *,
    oxide: str = "",
    band: Optional[int] = None,
    quantity: str = "",
    footprint_km: float = 0.0,
    coverage: float = 50.0,
    mare_feo: float = MARE_FEO_WT,
    regions: Optional[AnyPath] = None,
    region_name: str = "",
    regions_crs: str = "",
    report: Optional[AnyPath] = None,
    table: Optional[AnyPath] = None,
    document: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> RegionCheck:
    """Check a map against elements measured from orbit, by terrane.

    Parameters
    ----------
    raster : path or RasterInput
        Map of oxides, ours or published.
    reference : path
        Lunar Prospector's archived table (.tab or .lbl), or a CSV of cells with a header.
    oxide : str
        All that bands and table have in common by default.
    band, quantity
        The oxide's band (from 1) and what its numbers are, where no description tells.
    footprint_km : float
        What the spectrometer sees at a time.
    coverage : float
        Percent of a cell that must be mapped.
    mare_feo : float
        Least FeO of ground that counts as mare, wt%.
    regions : path, optional
        File of polygons that are compared beside the terranes, formats as in `regions`.
    region_name : str
        Field with their names; those of one name are one region.
    regions_crs : str
        Lunar CRS of the polygons where their own is missing or wrong.
    report, table, document : path, optional
        HTML report, table of terranes (CSV), JSON document to write.
    layer : path, optional
        Compared cells
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    RegionCheck

    Raises
    ------
    LunarOxideError
    """
    from ..compare.cell_layer import cell_features
    from ..compare.gamma_ray_table import read_gamma_ray_table
    from ..compare.region_check import RegionCheckRequest, check_regions
    from ..compare.region_files import write_region_json, write_terranes
    from ..polygons.feature_file import write_features
    from ..rasters.map_band import stated_quantity
    from ..reports.region_report import write_region_report
    from ..sites.feature_positions import own_regions

    progress = progress_or_log(progress)
    require_quantity(quantity)
    held = oxide_named(oxide)
    if held is None and (band or quantity):
        raise LunarOxideError("A band or its quantity needs its oxide: say which one it holds.")
    writes: Sequence[Optional[AnyPath]] = (report, table, document, layer)
    reads = [path_of(raster), reference, None if regions is None else file_of(regions)]
    with protected(reads, writes, pages=[report], layer=layer):
        request = RegionCheckRequest(
            raster=raster_of(raster),
            table=read_gamma_ray_table(Path(reference)),
            oxides=() if held is None else (held,),
            band=band,
            quantity=stated_quantity(quantity, held) if held and quantity else None,
            min_coverage=coverage / 100.0,
            footprint_km=footprint_km,
            mare_feo_wt=mare_feo,
            regions=() if regions is None else own_regions(regions, region_name, regions_crs),
        )
        result = check_regions(request, progress)
        result = replace(result, facts={**result.facts, **run_facts()})
        for warning in result.warnings:
            progress.warn(warning)
        for path, write in (
            (report, write_region_report),
            (table, write_terranes),
            (document, write_region_json),
        ):
            if path:
                write(result, Path(path))
        if layer:
            write_features(cell_features(result), layer)
    return result
