"""Base of the plugin's algorithms: texts, errors, progress, output paths."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QUrl
from qgis.PyQt.QtGui import QIcon

from ..core.errors import Cancelled, LunarOxideError, system_error
from ..core.files import inputs_of_run
from ..core.models.model_choice import bundled_by_sensor
from ..core.moon.rasterio_loading import load_rasterio
from ..core.rasters.opening_names import other_names
from ..core.rasters.sensors.known import usual_scales
from ..core.translation import tr, tr_message
from ..core.version import SOFTWARE
from .layer_metadata import About
from .number_parameters import check, is_read_here, read_bands, read_number
from .output_check import names_read, require_outputs
from .provenance import repeat_command
from .result_groups import describe_results, results_written
from .run import Run

ICON = Path(__file__).resolve().parent.parent / "resources" / "icon.svg"
LOG_TAG = "Lunar Oxide"
GUIDE = ICON.parent / "guide" / "algorithms.html"


def holding_nothing(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that QGIS calls, whose errors hold no layers and no arrays.

    QGIS never frees an error that it takes from Python, nor what is known in the frames of its
    traceback: the raster would stay open, its arrays in memory.
    """

    @wraps(method)
    def called(*arguments: Any) -> Any:
        try:
            return method(*arguments)
        except QgsProcessingException as error:
            message = str(error)
        del arguments
        raise QgsProcessingException(message)

    return called


class LunarOxideAlgorithm(QgsProcessingAlgorithm):
    """Base of the plugin's algorithms.

    Subclasses set the class attributes, describe each parameter and output in `HELP`, which is used
    for the tooltips and the help panel, and implement `declare`, `execute` and, if they read
    layers, `prepare`. The methods that Processing calls are here, so that errors, Cancel, and
    outputs that are inputs are handled once.
    """

    NAME = ""
    #: Group in the toolbox: Map, Check, Explore or Model.
    GROUP = "Explore"
    DISPLAY_NAME = ""
    SUMMARY = ""
    HELP: Mapping[str, str] = {}
    OUTPUT_HELP: Mapping[str, str] = {}
    CITATION = (
        "Yang et al. (2023), Nature Communications 14, 7554, doi 10.1038/s41467-023-43358-0 "
        "(station spectra: JAXA/SELENE Multiband Imager); Wilcox et al. (2005), doi "
        "10.1029/2005JE002512 (station spectra: NASA/USGS Clementine UVVIS)."
    )

    _reads: Tuple[str, ...] = ()
    _results: Dict[str, Any] = {}

    def name(self) -> str:
        """Identifier, which is published API."""
        return self.NAME

    def displayName(self) -> str:  # noqa: N802 - QGIS's name
        """Name in the toolbox."""
        return self.tr(self.DISPLAY_NAME)

    def group(self) -> str:
        """Group in the toolbox, in the user's language."""
        return self.tr(self.GROUP)

    def groupId(self) -> str:  # noqa: N802 - QGIS's name
        """Identifier of the group."""
        return self.GROUP.lower()

    def shortDescription(self) -> str:  # noqa: N802 - QGIS's name
        """Tooltip in the toolbox."""
        return self.tr(self.SUMMARY).split(". ")[0].rstrip(".") + "."

    def shortHelpString(self) -> str:  # noqa: N802 - QGIS's name
        """Help panel of the dialog."""
        parts = [f"<p>{self.tr(self.SUMMARY)}</p>", f"<h3>{self.tr('Parameters')}</h3>"]
        labels = {p.name(): p.description() for p in self.parameterDefinitions()}
        for key, text in self.HELP.items():
            parts.append(f"<p><b>{labels.get(key, key)}</b> ({key}): {self._with_facts(text)}</p>")
        if self.OUTPUT_HELP:
            parts.append(f"<h3>{self.tr('Results')}</h3>")
            parts += [f"<p><b>{k}</b>: {self.tr(v)}</p>" for k, v in self.OUTPUT_HELP.items()]
        parts.append(f"<p><i>{self.tr('Source:')} {self.CITATION}</i></p>")
        return "\n".join(parts)

    def helpUrl(self) -> str:  # noqa: N802 - QGIS's name
        """Address of the algorithm's section in the bundled guide."""
        url = QUrl.fromLocalFile(str(GUIDE))
        url.setFragment(self.NAME)
        return str(url.toString())

    def icon(self) -> QIcon:
        """Icon in the toolbox."""
        return QIcon(str(ICON))

    def createInstance(self) -> LunarOxideAlgorithm:  # noqa: N802 - QGIS's name
        """A new instance of the same algorithm."""
        return type(self)()

    def tr(self, text: str) -> str:
        """Translate a text for the user."""
        return tr(text)

    def _with_facts(self, text: str) -> str:
        """A help text with what the records of sensors and models say."""
        shown = self.tr(text)
        if "{scales}" in shown:
            shown = shown.replace("{scales}", usual_scales())
        if "{models}" in shown:
            shown = shown.replace("{models}", bundled_by_sensor())
        return shown

    def declare(self) -> None:
        """Declare parameters and outputs, in the order of the dialog."""
        raise NotImplementedError

    def prepare(self, run: Run) -> None:
        """Read the properties of layers, on the thread that owns them."""

    def execute(self, run: Run) -> Dict[str, Any]:
        """Run the computation, and return the outputs."""
        raise NotImplementedError

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        self.declare()

    @holding_nothing
    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Record the inputs, and prepare, on the thread that owns the layers."""
        load_rasterio()
        with user_errors():
            self._reads = names_read(self, parameters, context)
            self.prepare(Run(self, parameters, context, feedback))
        return True

    @holding_nothing
    def processAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Execute; refuse outputs that are inputs, and end without an error after Cancel."""
        run = Run(self, parameters, context, feedback)
        with user_errors(), inputs_of_run(self._files_read):
            _require_templates(self, parameters)
            require_outputs(self, parameters, context)
            try:
                self._results = self.execute(run)
            except Cancelled as cancelled:
                run.info(tr_message(str(cancelled)))
                return {}
            describe_results(self._results, self._about(run))
        return self._results

    def _about(self, run: Run) -> About:
        """What the metadata of the results' layers say about this run."""
        date = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)
        made = f"{date}: {self.displayName()}, {SOFTWARE}, QGIS {Qgis.QGIS_VERSION}"
        command = repeat_command(self, run.parameters, run.context)
        return About(self.tr(self.SUMMARY), self.CITATION, (made, command))

    def _files_read(self) -> Iterator[Path]:
        from ..core.rasters.source_files import files_behind

        return files_behind(*self._reads)

    @holding_nothing
    def postProcessAlgorithm(  # noqa: N802 - QGIS's name
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Reload the project's layers of files that were overwritten."""
        with user_errors():
            results_written(context.project(), self._results)
        return {}

    def add_files(self, *files: Tuple[str, str, str]) -> None:
        """Declare optional files to write: name, label and the dialog's filter of each."""
        for name, label, kind in files:
            self.add(
                QgsProcessingParameterFileDestination(
                    name, self.tr(label), self.tr(kind), optional=True
                )
            )

    def add_numbers(self, *outputs: Tuple[str, str]) -> None:
        """Declare output numbers: name and label of each."""
        for name, label in outputs:
            if not self.addOutput(QgsProcessingOutputNumber(name, self.tr(label))):
                raise RuntimeError(f"the output {name} is declared twice")

    def add(
        self, parameter: QgsProcessingParameterDefinition, advanced: bool = False
    ) -> QgsProcessingParameterDefinition:
        """Add a parameter with its help text, optionally as an advanced one."""
        parameter.setHelp(self._with_facts(self.HELP[parameter.name()]))
        if advanced:
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced
            )
        if not self.addParameter(parameter):
            raise RuntimeError(f"the parameter {parameter.name()} is declared twice")
        return parameter

    def checkParameterValues(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Check values: accept a raster by its label or image; name values that are not numbers."""
        known = dict(parameters)
        for definition in self.parameterDefinitions():
            name = definition.name()
            if isinstance(definition, QgsProcessingParameterRasterLayer) and name in known:
                known[name] = self._opening_name(parameters, name, context)
            elif is_read_here(definition):
                # QGIS's own check treats an empty text as a wrong number.
                value = known.pop(name, None)
                try:
                    check(definition, value, context)
                except QgsProcessingException as error:
                    return False, str(error)
        result: Tuple[bool, str] = super().checkParameterValues(known, context)
        return result

    def parameterAsRasterLayer(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
    ) -> Optional[QgsRasterLayer]:
        """The layer of a parameter, also for an image that GDAL opens only by its label."""
        opened = {**parameters, name: self._opening_name(parameters, name, context)}
        return super().parameterAsRasterLayer(opened, name, context)

    def _opening_name(
        self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
    ) -> Any:
        """The value of a raster parameter, or the file beside it by which QGIS can open it."""
        value = parameters.get(name)
        if not isinstance(value, str) or super().parameterAsRasterLayer(parameters, name, context):
            return value
        for other in other_names(value):
            if super().parameterAsRasterLayer({**parameters, name: other}, name, context):
                return other
        return value

    def optional_number(
        self, parameters: Dict[str, Any], name: str, context: Any
    ) -> Optional[float]:
        """Value of a number parameter; its default, or None, if it is not given."""
        definition = self.parameterDefinition(name)
        number = read_number(definition, parameters.get(name), context)
        if number is None and definition.defaultValue() is not None:
            return float(definition.defaultValue())
        return number

    def parameterAsDouble(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], name: str, context: Any
    ) -> float:
        """Value of a number parameter; 0 if an optional one is not given."""
        return self.optional_number(parameters, name, context) or 0.0

    def parameterAsInt(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], name: str, context: Any
    ) -> int:
        """Value of a whole number or a single band; 0 if an optional one is not given."""
        if isinstance(self.parameterDefinition(name), QgsProcessingParameterBand):
            return next(iter(self.parameterAsInts(parameters, name, context)), 0)
        return int(self.parameterAsDouble(parameters, name, context))

    def parameterAsInts(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], name: str, context: Any
    ) -> List[int]:
        """Numbers of a band parameter."""
        return list(read_bands(self.parameterDefinition(name), parameters.get(name), context))


def _require_templates(algorithm: QgsProcessingAlgorithm, parameters: Dict[str, Any]) -> None:
    """Refuse to start if a requested report cannot be made at the end."""
    wanted = [
        definition
        for definition in algorithm.parameterDefinitions()
        if isinstance(definition, QgsProcessingParameterFileDestination)
        and "html" in definition.fileFilter()
        and parameters.get(definition.name())
    ]
    if wanted:
        from ..core.reports.rendering import require_templates

        require_templates()


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn every error into Processing's, so that the user gets one sentence.

    The full text of an unexpected error goes to QGIS's log panel, not into the dialog.
    """
    try:
        yield
    except QgsProcessingException:
        raise
    except LunarOxideError as error:
        raise QgsProcessingException(str(error)) from error
    except MemoryError as error:
        raise QgsProcessingException(
            tr(
                "The memory does not suffice for this: close other programs or map a "
                "smaller extent."
            )
        ) from error
    except ImportError as error:
        package = (error.name or "").split(".")[0]
        if package not in ("rasterio", "numpy"):
            raise unforeseen(error) from error
        raise QgsProcessingException(
            tr(
                "Lunar Oxide needs the Python package {package}, which QGIS's Python "
                "cannot import ({error}): install it with Lunar Oxide > Packages in QGIS's "
                "menu and try again."
            ).format(package=package, error=error)
        ) from error
    except OSError as error:
        if not error.errno:
            raise unforeseen(error) from error
        raise QgsProcessingException(tr_message(system_error(error))) from error
    except Exception as error:
        raise unforeseen(error) from error


def unforeseen(error: Exception) -> QgsProcessingException:
    """The exception for a fault of the plugin; the traceback goes to the log panel."""
    QgsMessageLog.logMessage(traceback.format_exc(), LOG_TAG, Qgis.MessageLevel.Critical)
    kind = type(error).__name__
    summary = " ".join(str(error).split())
    return QgsProcessingException(
        tr(
            "Something failed that should not ({kind}: {summary}): please report it "
            "with the messages under '{log_tag}' in QGIS's log panel."
        ).format(kind=kind, summary=summary, log_tag=LOG_TAG)
    )
