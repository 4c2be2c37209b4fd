"""Check whether reflectance can be of a sensor, by its level and its ratios to 750 nm.

A comparison of the bands alone does not detect reflectance of another sensor or of a laboratory:
soil 62231 is 27-76 % brighter in the laboratory than Apollo 16 in Multiband Imager data. The
spectrum is not always decisive either (a fresh crater is as bright). Values that are possible on
the Moon therefore give a doubt, and only impossible ones are refused.
"""

from __future__ import annotations

from typing import List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ...errors import ReflectanceRangeError
from . import known
from .record import Plausible, Sensor

#: Least number of pixels for a refusal; fewer may be noise and only give a doubt.
MIN_SPECTRA = 9

#: The reference band of the ratios.
REFERENCE = "750"

Reflectance = Mapping[str, npt.NDArray[np.floating]]


def require_plausible(
    sensor: Sensor, reflectance: Reflectance, where: str, told: bool
) -> Tuple[str, ...]:
    """Refuse reflectance that cannot be of a sensor; return doubts.

    Parameters
    ----------
    sensor : Sensor
    reflectance : mapping of nominal band to array, shape (n,)
        Valid pixels spread over a raster; may be empty.
    where : str
        The raster's name, for messages.
    told : bool
        Whether the raster itself names this sensor. If not, a ratio that fits another sensor and
        not this one is refused.

    Returns
    -------
    tuple of str
        Doubts, one sentence each, at most one on the level and one on the ratios.

    Raises
    ------
    ReflectanceRangeError
    """
    medians = {name: float(np.median(r)) for name, r in reflectance.items() if np.size(r)}
    doubts: List[str] = []
    for name, plausible in sensor.levels.items():
        if name not in medians:
            continue
        value = medians[name]
        if not plausible.possible_min <= value <= plausible.possible_max:
            raise ReflectanceRangeError(
                f"{where} has a median of {value:.4g} at {name} nm where {sensor.title} "
                f"reflectance lies between {plausible.possible_min:.2g} and "
                f"{plausible.possible_max:.2g}: check SCALE, or the scale that the file declares "
                f"(reflectance is a fraction{_scale_of(sensor)}), and that it is this sensor's."
            )
        if not doubts and not plausible.known_min <= value <= plausible.known_max:
            doubts.append(_level_doubt(sensor, name, value, plausible, where))
    if REFERENCE not in medians:
        return tuple(doubts)
    base = reflectance[REFERENCE].astype(np.float64)
    ratios = {
        name: float(np.median(reflectance[name] / base)) for name in medians if name != REFERENCE
    }
    shape_doubts = _shape_doubts(sensor, ratios, where, told, base.size >= MIN_SPECTRA)
    return (*doubts, *shape_doubts[:1])


def _shape_doubts(
    sensor: Sensor, ratios: Mapping[str, float], where: str, told: bool, enough: bool
) -> Tuple[str, ...]:
    doubts = []
    for name, plausible in sensor.ratios.items():
        if name not in ratios:
            continue
        value = ratios[name]
        if plausible.known_min <= value <= plausible.known_max:
            continue
        text = f"{where} has a median R{name}/R{REFERENCE} of {value:.3f}, which {sensor.title} "
        other = None if told else _other_sensor(sensor, name, value, [*ratios, REFERENCE])
        if other is not None:
            raise ReflectanceRangeError(
                f"{text}does not have ({plausible.known_min:.2f} to {plausible.known_max:.2f}): "
                f"this looks like {other.title}, and formulas and models of one sensor "
                "must not be used on another's reflectance; check the sensor and BANDS."
            )
        impossible = not plausible.possible_min <= value <= plausible.possible_max
        if impossible and enough:
            raise ReflectanceRangeError(
                f"{text}cannot have on the Moon ({plausible.possible_min:.2f} to "
                f"{plausible.possible_max:.2f}): check BANDS and that the raster is of this sensor."
            )
        doubts.append(
            f"{text}has at no sampled soil ({plausible.known_min:.2f} to "
            f"{plausible.known_max:.2f}): it may be fresh rock, reflectance of another sensor or "
            "of the laboratory, or bands in another order; check the product before trusting "
            "numbers."
        )
    return tuple(doubts)


def _other_sensor(
    sensor: Sensor, name: str, value: float, bands: Sequence[str]
) -> Optional[Sensor]:
    """Another sensor that has all these nominal bands and, in soils, this ratio."""
    for other in known.SENSORS:
        own = other.ratios.get(name)
        if other == sensor or own is None or not own.known_min <= value <= own.known_max:
            continue
        if set(bands) <= {each.nominal for each in other.filters}:
            return other
    return None


def _level_doubt(sensor: Sensor, name: str, value: float, plausible: Plausible, where: str) -> str:
    least, most = f"{plausible.known_min:.3f}", f"{plausible.known_max:.3f}"
    if value < plausible.known_min:
        return (
            f"{where} has a median of {value:.3f} at {name} nm, darker than all soils that "
            f"{sensor.title} was compared with ({least} to {most} with a margin): it may be half "
            "in shadow, very dark ash, or scaled wrongly; check the product before trusting "
            "numbers."
        )
    return (
        f"{where} has a median of {value:.3f} at {name} nm, brighter than all soils that "
        f"{sensor.title} was compared with ({least} to {most} with a margin): fresh craters are as "
        "bright, and so is reflectance measured in the laboratory (soil 62231: 27-76 % above what "
        "the Multiband Imager sees) or by another sensor; check the product before trusting "
        "numbers."
    )


def _scale_of(sensor: Sensor) -> str:
    scale = known.scale_of(sensor)
    return f"; {scale}" if scale else ""
