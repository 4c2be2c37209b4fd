"""`lunaroxide:transect`: the composition of a prediction along lines."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, List, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsMarkerSymbol,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.translation import tr
from .input_algorithms import RasterAlgorithm
from .provenance import run_facts
from .result_groups import LayerLoader, load_on_completion, with_origin
from .result_layers import viridis_ramp
from .run import Run

Vertices = Tuple[Tuple[float, float], ...]


class ReadTransect(RasterAlgorithm):
    """Reads profiles along lines."""

    NAME = "transect"
    DISPLAY_NAME = "Transect"
    SUMMARY = (
        "Tells how a predicted composition changes along lines: each oxide with its 90 % interval "
        "against distance on the Moon's sphere, with the sample sites near the line. Gives points "
        "along the line, a table, and a report with a chart of each oxide. In the window, the page "
        "'Transect' of the panel does the same for a line that you draw."
    )
    LINES = "LINES"
    NAME_FIELD = "NAME_FIELD"
    WIDTH = "WIDTH"
    SITES_KM = "SITES_KM"
    MAX_POINTS = "MAX_POINTS"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"
    N_POINTS = "N_POINTS"
    LENGTH_KM = "LENGTH_KM"
    HELP = {
        "INPUT": "A raster made by 'Predict oxides'; its bands are found by their descriptions.",
        LINES: "Lines in any lunar CRS; they are straight in it between their points.",
        NAME_FIELD: "Field with the names of the lines; empty: they are numbered.",
        WIDTH: "Width in km over which values are averaged; 0: only the pixels on the line.",
        SITES_KM: "Sample sites up to this far from the line, in km, are shown.",
        MAX_POINTS: (
            "Most points of a line. A longer line has means of several pixels in each point."
        ),
        OUTPUT: "Points along the lines with distance, oxides and uncertainties.",
        REPORT: "Self-contained HTML report with a chart of each oxide.",
        TABLE: "The points as CSV.",
    }
    OUTPUT_HELP = {
        N_POINTS: "Points of all lines.",
        LENGTH_KM: "Length of all lines on the sphere, km.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._lines: List[Tuple[str, Vertices]] = []
        self._crs = QgsCoordinateReferenceSystem()

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Predicted oxides")
        kinds = [QgsProcessing.SourceType.TypeVectorLine]
        self.add(QgsProcessingParameterFeatureSource(self.LINES, self.tr("Lines"), kinds))
        self.add(
            QgsProcessingParameterField(
                self.NAME_FIELD,
                self.tr("Names of lines"),
                parentLayerParameterName=self.LINES,
                optional=True,
            )
        )
        self._add_number(self.WIDTH, "Width (km)", 0.0, 0.0, 1000.0)
        self._add_number(self.SITES_KM, "Sites within (km)", 5.0, 0.0, 6000.0)
        self.add(
            QgsProcessingParameterNumber(
                self.MAX_POINTS,
                self.tr("Most points"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=1000,
                minValue=2,
                maxValue=100000,
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                self.tr("Points along the lines"),
                QgsProcessing.SourceType.TypeVectorPoint,
            )
        )
        self.add_files(
            (self.REPORT, "Report", "HTML files (*.html)"),
            (self.TABLE, "Table of points", "CSV files (*.csv)"),
        )
        self.add_numbers((self.N_POINTS, "Points"), (self.LENGTH_KM, "Length (km)"))

    def _add_number(self, name: str, text: str, default: float, low: float, high: float) -> None:
        self.add(
            QgsProcessingParameterNumber(
                name,
                self.tr(text),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=default,
                minValue=low,
                maxValue=high,
            )
        )

    def prepare(self, run: Run) -> None:
        """Read the lines, on the thread that owns their layer."""
        super().prepare(run)
        source = run.optional_features(self.LINES)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(run.parameters, self.LINES))
        names = run.fields(self.NAME_FIELD)
        self._lines = _read_lines(source, names[0] if names else "")
        self._crs = source.sourceCrs()

    def execute(self, run: Run) -> Dict[str, Any]:
        """Read the profiles, and write points, table and report."""
        from ..core.moon import lunar_crs
        from ..core.regions.transect import TransectRequest, read_transect
        from ..core.regions.transect_files import transect_features, write_transects
        from ..core.reports.transect_report import write_transect_report
        from ..core.sites.sample_sites import load_sites

        if not self._lines:
            raise QgsProcessingException(tr("The layer of lines is empty: draw a line in it."))
        if not self._crs.isValid():
            raise QgsProcessingException(
                tr(
                    "The layer of lines has no CRS: assign the lunar CRS of its coordinates, e.g. "
                    "IAU_2015:30100."
                )
            )
        wkt = self._crs.toWkt()
        lunar_crs.require_moon(wkt, tr("The layer of lines"))
        sites = tuple(load_sites())
        found = [
            read_transect(
                TransectRequest(
                    raster=self._source,
                    vertices=vertices,
                    crs_wkt=wkt,
                    sites=sites,
                    sites_km=run.number(self.SITES_KM),
                    width_km=run.number(self.WIDTH),
                    most_points=run.whole(self.MAX_POINTS),
                    name=name,
                ),
                run.progress,
            )
            for name, vertices in self._lines
        ]
        facts = list(run_facts(run).items())
        writers: Dict[str, Callable[..., None]] = {
            self.REPORT: lambda done, path: write_transect_report(done, facts, path),
            self.TABLE: write_transects,
        }
        outputs = run.write_files(found, writers)
        outputs[self.OUTPUT] = run.write_table(self.OUTPUT, transect_features(found))
        name = with_origin(
            f"Transect - {self._raster_name}", found[0].facts.get("Origin of the data", "")
        )
        oxide = next((each for each in found[0].oxides if each.name == "FeO"), found[0].oxides[0])
        loader = LayerLoader(outputs[self.OUTPUT], name, partial(style_points, oxide=oxide))
        load_on_completion(run.context, outputs[self.OUTPUT], loader)
        outputs[self.N_POINTS] = sum(each.distances_km.size for each in found)
        outputs[self.LENGTH_KM] = sum(each.length_km for each in found)
        text = tr("{points} points along {length:.4g} km; sites near the lines: {sites}.")
        near = [item.site.station_id for each in found for item in each.sites]
        run.info(
            text.format(
                points=outputs[self.N_POINTS],
                length=outputs[self.LENGTH_KM],
                sites=", ".join(near) or tr("none"),
            )
        )
        return outputs


def _read_lines(source: QgsProcessingFeatureSource, name_field: str) -> List[Tuple[str, Vertices]]:
    """Name and vertices of each line; each part of a multi-part line counts separately."""
    lines: List[Tuple[str, Vertices]] = []
    for feature in source.getFeatures(QgsFeatureRequest()):
        geometry = feature.geometry()
        if not feature.hasGeometry() or geometry.isEmpty():
            continue
        if QgsWkbTypes.isCurvedType(geometry.wkbType()):
            geometry = QgsGeometry(geometry.constGet().segmentize())
        parts = geometry.asMultiPolyline() if geometry.isMultipart() else [geometry.asPolyline()]
        for part in parts:
            number = len(lines) + 1
            name = str(feature[name_field]) if name_field else tr("line {n}").format(n=number)
            lines.append((name, tuple((point.x(), point.y()) for point in part)))
    return lines


def style_points(layer: QgsVectorLayer, oxide: Any) -> None:
    """Colour the points by an oxide in the range and colours of its map."""
    symbol = QgsMarkerSymbol.createSimple({"name": "circle", "size": "2", "outline_style": "no"})
    ramp: QgsGradientColorRamp = viridis_ramp()
    renderer = QgsGraduatedSymbolRenderer(f"{oxide.key}_wt")
    renderer.setSourceSymbol(symbol)
    steps = 10
    span = (oxide.display_max - oxide.display_min) / steps
    for step in range(steps):
        low = oxide.display_min + step * span
        own = symbol.clone()
        own.setColor(ramp.color((step + 0.5) / steps))
        renderer.addClassLowerUpper(-1e9 if step == 0 else low, 1e9 if step == steps - 1 else
                                    low + span)  # fmt: skip
        renderer.updateRangeSymbol(step, own)
        renderer.updateRangeLabel(step, f"{oxide.pretty} {low:.1f} - {low + span:.1f}")
    layer.setRenderer(renderer)
