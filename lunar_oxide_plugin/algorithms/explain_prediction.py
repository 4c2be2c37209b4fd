"""`lunaroxide:explainprediction`: contributions of the bands to predicted oxides."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
)

from ..core.explain.attribution import Method, Reference
from ..core.translation import tr
from .attribution_layers import strongest_layers
from .input_algorithms import ReflectanceAlgorithm
from .model_algorithm import ModelAlgorithm
from .result_groups import (
    GroupLoader,
    LayerLoader,
    load_on_completion,
    with_origin,
)
from .run import Run

#: Fields that name points where the user chooses none, the most telling first.
NAME_FIELDS = ("station_id", "name", "label", "site", "station", "sample", "id")


class ExplainPrediction(ReflectanceAlgorithm, ModelAlgorithm):
    """Attributes predictions to bands and names the most similar stations."""

    NAME = "explainprediction"
    DISPLAY_NAME = "Explain prediction"
    SUMMARY = (
        "Says which bands carry the prediction of each oxide, at points or over a raster at "
        "reduced sampling: by how many wt% each band moves the prediction away from a reference "
        "spectrum, by default that of the three most similar sampled soils. Names these stations "
        "with their measured composition. An attribution tells how the model uses reflectance, "
        "not that a mineral causes it."
    )
    CITATION = (
        "Shapley values with correlated inputs: Aas et al. (2021), Artificial Intelligence 298, "
        "103502, doi 10.1016/j.artint.2021.103502; integrated gradients: Sundararajan et al. "
        "(2017), arXiv:1703.01365. Stations: Yang et al. (2023), doi 10.1038/s41467-023-43358-0."
    )
    POINTS = "POINTS"
    LABEL = "LABEL"
    METHOD = "METHOD"
    REFERENCE = "REFERENCE"
    MAX_SAMPLES = "MAX_SAMPLES"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    ATTRIBUTIONS = "ATTRIBUTIONS"
    N_PLACES = "N_PLACES"
    N_SKIPPED = "N_SKIPPED"
    HELP = {
        "INPUT": "The reflectance raster that is predicted, as in 'Predict oxides'.",
        POINTS: (
            "Places to explain, in a lunar CRS. Leave empty to explain the whole raster at "
            "reduced sampling."
        ),
        LABEL: "Field that names the points; their ids otherwise.",
        **ModelAlgorithm.MODEL_HELP,
        "BANDS": (
            "Raster band numbers in the model's order; leave empty to find them by wavelength or "
            "name. Needed for model files that do not describe themselves."
        ),
        METHOD: (
            "Shapley values: add up to the prediction less the reference's, and ask the model only "
            "about plausible spectra. Occlusion: what only this band knows; quick. Integrated "
            "gradients: for comparison; neighbouring bands get large shares that cancel."
        ),
        REFERENCE: (
            "The spectrum that a place is compared with. For a model whose bands the stations do "
            "not have it is the median of the raster."
        ),
        MAX_SAMPLES: (
            "Most places of the regular grid that samples the raster; the attribution raster has "
            "one pixel for each."
        ),
        **ReflectanceAlgorithm.REFLECTANCE_HELP,
        OUTPUT: (
            "Points with, for each oxide, prediction, sigma, the reference's prediction, the "
            "attribution of each band (wt%) and the strongest band; and the three nearest stations "
            "with distance (above 1: not near) and measured composition."
        ),
        REPORT: "Self-contained HTML page: a chart for each oxide, nearest stations.",
        ATTRIBUTIONS: (
            "GeoTIFF at reduced sampling: the strongest band of each oxide, then the attribution "
            "of each band to each oxide (wt%). Bands are the model's, counted from 1; the file's "
            "tag LUNAR_OXIDE_MODEL_BANDS names them."
        ),
    }
    OUTPUT_HELP = {
        N_PLACES: "Places explained.",
        N_SKIPPED: "Points off the raster or on pixels without valid reflectance.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._points: Optional[Tuple[Tuple[str, float, float], ...]] = None
        self._points_wkt = ""

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Reflectance raster")
        self.add(
            QgsProcessingParameterFeatureSource(
                self.POINTS,
                self.tr("Points (the whole raster if empty)"),
                [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True,
            )
        )
        self.add(
            QgsProcessingParameterField(
                self.LABEL,
                self.tr("Name of the points"),
                parentLayerParameterName=self.POINTS,
                optional=True,
            )
        )
        self.add_model_parameters()
        self.add_bands("Bands, in the model's order")
        for name, label, options in (
            (self.METHOD, "Method", [self.tr(method.value) for method in Method]),
            (self.REFERENCE, "Reference", [self.tr(reference.value) for reference in Reference]),
        ):
            self.add(
                QgsProcessingParameterEnum(name, self.tr(label), options=options, defaultValue=0)
            )
        self.add(
            QgsProcessingParameterNumber(
                self.MAX_SAMPLES,
                self.tr("Most samples of the raster"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=2500,
                minValue=1,
                maxValue=250000,
            ),
            advanced=True,
        )
        self.add_scale_and_offset()
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                self.tr("Explained predictions"),
                QgsProcessing.SourceType.TypeVectorPoint,
            )
        )
        self.add_files((self.REPORT, "Report", "HTML files (*.html)"))
        self.add(
            QgsProcessingParameterRasterDestination(
                self.ATTRIBUTIONS,
                self.tr("Attribution raster"),
                optional=True,
                createByDefault=False,
            )
        )
        self.add_numbers((self.N_PLACES, "Places"), (self.N_SKIPPED, "Points left out"))

    def prepare(self, run: Run) -> None:
        """Read the raster's path and the points, on the thread that owns their layers."""
        super().prepare(run)
        source = run.optional_features(self.POINTS)
        if source is not None:
            names = run.fields(self.LABEL)
            self._points = _read_points(source, names[0] if names else _name_field(source))
            self._points_wkt = source.sourceCrs().toWkt() if source.sourceCrs().isValid() else ""

    def execute(self, run: Run) -> Dict[str, Any]:
        """Explain, and write points, report and raster."""
        from ..core.explain.raster_attribution import ExplainRequest, explain_raster
        from ..core.reports.explanation_report import write_explanation

        attributions = run.output(self.ATTRIBUTIONS)
        request = ExplainRequest(
            raster=self._source,
            model=str(self.model_for(self._source, run)),
            points=self._points,
            points_wkt=self._points_wkt,
            max_samples=run.whole(self.MAX_SAMPLES),
            attribution_raster=attributions,
            method=list(Method)[run.choice(self.METHOD)],
            reference=list(Reference)[run.choice(self.REFERENCE)],
        )
        result = explain_raster(request, run.progress)
        for note in result.notes:
            run.warn(note)
        run.left_out(result.skipped)
        outputs: Dict[str, Any] = {
            self.N_PLACES: len(result.places.labels),
            self.N_SKIPPED: len(result.skipped),
        }
        outputs.update(run.write_files(result, {self.REPORT: write_explanation}))
        outputs[self.OUTPUT] = self._write_points(run, result)
        if attributions:
            outputs[self.ATTRIBUTIONS] = attributions
            self._load_raster(run.context, attributions, result)
        run.info(
            tr("{n_places} places explained with {value}, relative to the {value_2}.").format(
                n_places=outputs[self.N_PLACES],
                value=request.method.value,
                value_2=result.reference.value,
            )
        )
        return outputs

    def _write_points(self, run: Run, result: Any) -> str:
        from ..core.explain.explanation_layer import explanation_features
        from .explanation_layers import shown_oxide, style_explanation

        destination = run.write_table(self.OUTPUT, explanation_features(result))
        shown = shown_oxide(result.explanation.oxides).name
        what = f"Explained predictions (strongest band for {shown})"
        style = partial(style_explanation, bands=result.bands, oxides=result.explanation.oxides)
        loader = LayerLoader(destination, self._result_name(what, result), style)
        load_on_completion(run.context, destination, loader)
        return destination

    def _load_raster(self, context: QgsProcessingContext, path: str, result: Any) -> None:
        layers = strongest_layers(result.explanation.oxides, [b.name for b in result.bands])
        name = self._result_name("Attributions", result)
        load_on_completion(context, path, GroupLoader(path, name, layers))

    def _result_name(self, what: str, result: Any) -> str:
        origin = result.provenance.get("Origin of the data", "")
        return with_origin(f"{what} - {self._raster_name}", origin)


def _name_field(source: QgsProcessingFeatureSource) -> str:
    """The field that names points by its own name; empty if there is none."""
    names = {field.name().casefold(): str(field.name()) for field in source.fields()}
    return next((names[name] for name in NAME_FIELDS if name in names), "")


def _read_points(
    source: QgsProcessingFeatureSource, field: str
) -> Tuple[Tuple[str, float, float], ...]:
    """Name and coordinates of each point; each point of a multipoint counts separately."""
    points: List[Tuple[str, float, float]] = []
    for feature in source.getFeatures(QgsFeatureRequest()):
        geometry = feature.geometry()
        name = str(feature[field]) if field else f"point {feature.id()}"
        if geometry.isEmpty():
            continue
        parts = geometry.asMultiPoint() if geometry.isMultipart() else [geometry.asPoint()]
        points += [(name, point.x(), point.y()) for point in parts]
    if not points:
        raise QgsProcessingException(
            tr("The layer of points is empty: add points or leave it out.")
        )
    if not source.sourceCrs().isValid():
        raise QgsProcessingException(
            tr(
                "The layer of points has no CRS: assign the lunar CRS of its coordinates, "
                "e.g. IAU_2015:30100."
            )
        )
    return tuple(points)
