"""One run of an algorithm: access to its parameters, log and outputs."""

from __future__ import annotations

from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    Optional,
    Tuple,
)

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsWkbTypes,
)

from ..core.errors import Cancelled
from ..core.sites.reasons import by_reason, name_list
from ..core.translation import tr, tr_message
from .feature_output import FeatureOutput
from .site_layers import column_fields, geometry_of_parts, moon_geographic_crs

if TYPE_CHECKING:
    from ..core.polygons.feature_table import FeatureTable
    from .base import LunarOxideAlgorithm


class FeedbackProgress:
    """Passes core's progress to a Processing feedback.

    Parameters
    ----------
    feedback : QgsProcessingFeedback
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback

    def report(self, fraction: float) -> None:
        """Move the progress bar."""
        self._feedback.setProgress(100.0 * fraction)

    def info(self, message: str) -> None:
        """Write a line to the log."""
        self._feedback.pushInfo(tr_message(message))

    def warn(self, message: str) -> None:
        """Write a warning to the log."""
        self._feedback.pushWarning(tr_message(message))

    def is_cancelled(self) -> bool:
        """Whether the user pressed Cancel."""
        return bool(self._feedback.isCanceled())


class Run:
    """Parameters, context and feedback of one run.

    Parameters
    ----------
    algorithm : LunarOxideAlgorithm
    parameters : mapping
    context : QgsProcessingContext
    feedback : QgsProcessingFeedback
    """

    def __init__(
        self,
        algorithm: LunarOxideAlgorithm,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self.algorithm = algorithm
        self.parameters = parameters
        self.context = context
        self.feedback = feedback
        self.progress = FeedbackProgress(feedback)

    def info(self, text: str) -> None:
        """Write a line to the log."""
        self.feedback.pushInfo(text)

    def warn(self, text: str) -> None:
        """Write a warning to the log."""
        self.feedback.pushWarning(text)

    def left_out(self, pairs: Iterable[Tuple[str, str]]) -> None:
        """Write what was left out, one line for each reason.

        Parameters
        ----------
        pairs : iterable of (str, str)
            Name and reason.
        """
        for reason, names in by_reason(pairs):
            text = tr("{count} left out, {reason}: {names}.")
            self.info(
                text.format(count=len(names), reason=tr_message(reason), names=name_list(names))
            )

    def number(self, name: str) -> float:
        """A number; its default, or 0, where it is not given."""
        return float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))

    def whole(self, name: str) -> int:
        """A whole number or one band; its default, or 0, where it is not given."""
        return int(self.algorithm.parameterAsInt(self.parameters, name, self.context))

    def optional(self, name: str) -> Optional[float]:
        """A number; its default, or None, where it is not given."""
        return self.algorithm.optional_number(self.parameters, name, self.context)

    def bands(self, name: str) -> Tuple[int, ...]:
        """Band numbers; empty where they are not given."""
        return tuple(self.algorithm.parameterAsInts(self.parameters, name, self.context))

    def text(self, name: str) -> str:
        """A text; empty where it is not given."""
        return str(self.algorithm.parameterAsString(self.parameters, name, self.context))

    def choice(self, name: str) -> int:
        """Index of the chosen option."""
        return int(self.algorithm.parameterAsEnum(self.parameters, name, self.context))

    def word(self, name: str) -> str:
        """The chosen option itself."""
        return str(self.algorithm.parameterAsEnumString(self.parameters, name, self.context))

    def flag(self, name: str) -> bool:
        """Whether a box is checked."""
        return bool(self.algorithm.parameterAsBool(self.parameters, name, self.context))

    def fields(self, name: str) -> List[str]:
        """Names of chosen fields; empty where none is given."""
        # Newer QGIS has one method for texts and fields, and warns of the other.
        algorithm: Any = self.algorithm
        is_new = hasattr(algorithm, "parameterAsStrings")
        read = algorithm.parameterAsStrings if is_new else algorithm.parameterAsFields
        return list(map(str, read(self.parameters, name, self.context)))

    def file(self, name: str) -> str:
        """Path of a file or folder to read; empty where it is not given."""
        return str(self.algorithm.parameterAsFile(self.parameters, name, self.context) or "")

    def output(self, name: str) -> str:
        """Path of a raster to write; empty where it is not wanted."""
        return str(self.algorithm.parameterAsOutputLayer(self.parameters, name, self.context) or "")

    def output_file(self, name: str) -> str:
        """Path of a file to write; empty where it is not wanted."""
        return str(self.algorithm.parameterAsFileOutput(self.parameters, name, self.context) or "")

    def raster(self, name: str) -> QgsRasterLayer:
        """The raster layer of a parameter.

        Raises
        ------
        QgsProcessingException
            If there is none.
        """
        layer = self.optional_raster(name)
        if layer is None:
            raise QgsProcessingException(self.algorithm.invalidRasterError(self.parameters, name))
        return layer

    def optional_raster(self, name: str) -> Optional[QgsRasterLayer]:
        """The raster layer of an optional parameter; None where it is not given.

        Raises
        ------
        QgsProcessingException
            If the value is not a raster.
        """
        layer = self.algorithm.parameterAsRasterLayer(self.parameters, name, self.context)
        if layer is None and self.parameters.get(name):
            raise QgsProcessingException(self.algorithm.invalidRasterError(self.parameters, name))
        return layer

    def optional_features(self, name: str) -> Optional[QgsProcessingFeatureSource]:
        """The features of an optional parameter; None where it is not given.

        Raises
        ------
        QgsProcessingException
            If the value is not a vector layer.
        """
        source = self.algorithm.parameterAsSource(self.parameters, name, self.context)
        if source is None and self.parameters.get(name):
            raise QgsProcessingException(self.algorithm.invalidSourceError(self.parameters, name))
        return source

    def write_files(
        self, result: Any, writers: Mapping[str, Callable[..., None]]
    ) -> Dict[str, Any]:
        """Write the requested files; return their paths by parameter."""
        outputs: Dict[str, Any] = {}
        for name, write in writers.items():
            path = self.output_file(name)
            if path:
                write(result, Path(path))
                outputs[name] = path
        return outputs

    def write_points(
        self,
        name: str,
        layer_fields: QgsFields,
        features: Iterable[QgsFeature],
        geometry: QgsWkbTypes.Type = QgsWkbTypes.Type.Point,
    ) -> str:
        """Write points, or other geometries, in lunar degrees; return the layer's destination.

        Raises
        ------
        LunarOxideError, QgsProcessingException
            If they cannot be written; no output is left.
        """
        return self.write_features(name, layer_fields, features, geometry, moon_geographic_crs())

    def write_table(self, name: str, table: FeatureTable) -> str:
        """Write a table of features in its CRS, like `write_points`."""
        layer_fields = column_fields(table.columns)
        if not table.has_places:
            kind, crs = QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
        else:
            word = f"Multi{table.shape.value}" if table.is_multi else table.shape.value
            kind, crs = getattr(QgsWkbTypes.Type, word), moon_geographic_crs()

        def features() -> Iterator[QgsFeature]:
            for row in table.rows:
                feature = QgsFeature(layer_fields)
                if row.parts:
                    feature.setGeometry(geometry_of_parts(row.parts, table.shape))
                feature.setAttributes(list(row.values))
                yield feature

        return self.write_features(name, layer_fields, features(), kind, crs)

    def write_features(
        self,
        name: str,
        layer_fields: QgsFields,
        features: Iterable[QgsFeature],
        geometry: QgsWkbTypes.Type,
        crs: QgsCoordinateReferenceSystem,
    ) -> str:
        """Write features of one kind of geometry in any CRS, like `write_points`."""
        with FeatureOutput(
            self.algorithm, self.parameters, self.context, name, layer_fields, crs, geometry
        ) as output:
            for feature in features:
                if self.feedback.isCanceled():
                    raise Cancelled("Cancelled: nothing was written.")
                output.add(feature)
            return output.finish()
