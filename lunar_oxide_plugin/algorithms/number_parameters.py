"""Read the numbers and bands given to an algorithm strictly.

QGIS itself reads text that is no number as 0 where a parameter is optional.
"""

from __future__ import annotations

import math
import re
from typing import Any, List, Optional, Tuple

from qgis.core import (
    QgsExpression,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProperty,
)
from qgis.PyQt.QtCore import QVariant

from ..core.errors import RasterError
from ..core.rasters.raster_input import band_numbers
from ..core.translation import tr

#: QGIS's limits for numbers without limits are near those of doubles.
NO_LIMIT = 1e300


def is_read_here(definition: QgsProcessingParameterDefinition) -> bool:
    """Whether a parameter is a number or a band."""
    return isinstance(definition, (QgsProcessingParameterNumber, QgsProcessingParameterBand))


def check(
    definition: QgsProcessingParameterDefinition, value: Any, context: QgsProcessingContext
) -> None:
    """Refuse a value of a number or band parameter that is not one.

    Raises
    ------
    QgsProcessingException
    """
    if isinstance(definition, QgsProcessingParameterBand):
        read_bands(definition, value, context)
    else:
        read_number(definition, value, context)


def read_number(
    definition: QgsProcessingParameterNumber, value: Any, context: QgsProcessingContext
) -> Optional[float]:
    """The given number; None for no value, an empty text, or an expression that is NULL.

    Raises
    ------
    QgsProcessingException
        If it is not a number, or outside the parameter's range; the message names the parameter.
    """
    name = definition.name()
    value = _evaluated(name, value, context)
    if value is None:
        return None
    number = _as_float(value)
    if number is None:
        raise QgsProcessingException(
            tr(
                "{name} is {value}, which is no number: give one such as 0.01, with a point, or "
                "leave it empty."
            ).format(name=name, value=repr(value))
        )
    if definition.dataType() == QgsProcessingParameterNumber.Type.Integer and number % 1.0:
        raise QgsProcessingException(
            tr("{name} is {value:g}: give a whole number.").format(name=name, value=number)
        )
    low, high = definition.minimum(), definition.maximum()
    if not low <= number <= high:
        least = f"{low:g}" if low > -NO_LIMIT else tr("any")
        most = f"{high:g}" if high < NO_LIMIT else tr("any")
        raise QgsProcessingException(
            tr("{name} is {value:g}, outside its range ({least} to {most}).").format(
                name=name, value=number, least=least, most=most
            )
        )
    return number


def read_bands(
    definition: QgsProcessingParameterBand, value: Any, context: QgsProcessingContext
) -> Tuple[int, ...]:
    """The given band numbers, with any separators; empty for no value.

    Raises
    ------
    QgsProcessingException
        If a part is not a band number; the message names the parameter.
    """
    name = definition.name()
    value = _evaluated(name, value, context)
    parts: List[Any] = list(value) if isinstance(value, (list, tuple)) else [value]
    words = [word for word in (_as_word(part) for part in parts) if word]
    try:
        bands = band_numbers(";".join(words))
    except RasterError as error:
        raise QgsProcessingException(f"{name}: {error}") from error
    if len(bands) > 1 and not definition.allowMultiple():
        raise QgsProcessingException(
            tr("{name} takes one band, not {count}.").format(name=name, count=len(bands))
        )
    return bands


def _evaluated(name: str, value: Any, context: QgsProcessingContext) -> Any:
    """A parameter's value, or that of its expression; None if it is not given."""
    if isinstance(value, QgsProperty):
        # The property itself does not distinguish NULL from a wrong expression.
        scope = context.expressionContext()
        expression = QgsExpression(value.asExpression())
        value = expression.evaluate(scope)
        if expression.hasParserError() or expression.hasEvalError():
            reason = expression.parserErrorString() or expression.evalErrorString()
            raise QgsProcessingException(
                tr("The expression of {name} cannot be evaluated ({reason}): correct it.").format(
                    name=name, reason=reason.strip()
                )
            )
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return None
    return None if isinstance(value, str) and not value.strip() else value


def _as_float(value: Any) -> Optional[float]:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and not re.fullmatch(r"[\s0-9.eE+-]+", value, re.ASCII):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _as_word(part: Any) -> str:
    if part is None or (isinstance(part, QVariant) and part.isNull()):
        return ""
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part).strip()
