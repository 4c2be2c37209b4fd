"""Recognise the sensor of a raster by all of its bands, its label, its name and its numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

from ...errors import BandMappingError
from . import known
from .record import Filter, Sensor

#: Words around the name of a filter in the name of a band, e.g. ``"Band A"``.
_AROUND_FILTER = re.compile(r"\b(?:band|filter|channel|uvvis)\b|[\s_:.#()-]+", re.IGNORECASE)

#: Least number of known band centres: fewer fit several sensors.
MIN_FILTERS = 2
#: Least number of band centres to recognise a spectrometer's grid, and their largest distance from
#: it (nm).
MIN_GRID_BANDS = 4
#: Least number of band centres of a spectrometer; the cameras here have nine at most.
SPECTROMETER_BANDS = 20
GRID_TOLERANCE_NM = 0.35


@dataclass(frozen=True)
class Evidence:
    """Metadata of a raster that can identify its sensor.

    Attributes
    ----------
    wavelengths_nm : tuple of float or None
        Centre of every band.
    band_names : tuple of str
        Of every band.
    file_names : tuple of str
        Its own name, and names in its history.
    label : str
        Instrument and data set in its label.
    dtypes : tuple of str
    scales : tuple of float
        Of every band.
    """

    wavelengths_nm: Tuple[Optional[float], ...] = ()
    file_names: Tuple[str, ...] = ()
    label: str = ""
    dtypes: Tuple[str, ...] = ()
    scales: Tuple[float, ...] = ()
    band_names: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """A sensor and the basis.

    The basis is ``"wavelengths"``, ``"label"``, ``"file name"``, ``"band names"`` or ``"numbers"``.
    """

    sensor: Sensor
    basis: str


def recognise(evidence: Evidence) -> Optional[Recognition]:
    """The sensor of a raster, or None if it is not recognised.

    If the raster gives wavelengths, all of them must be the sensor's. Otherwise the label decides,
    then the file's name, then the names of the filters, then the type and scale of the sensor's
    product.
    """
    centres = [centre for centre in evidence.wavelengths_nm if centre is not None]
    if centres:
        sensor = by_wavelengths(centres)
        return Recognition(sensor, "wavelengths") if sensor else None
    for sensor in known.SENSORS:
        if evidence.label and sensor.is_named_in(evidence.label):
            return Recognition(sensor, "label")
    for sensor in known.SENSORS:
        if any(_is_named(sensor, name, evidence) for name in evidence.file_names):
            return Recognition(sensor, "file name")
    for sensor in known.SENSORS:
        if filters_named(sensor, evidence.band_names):
            return Recognition(sensor, "band names")
    for sensor in known.SENSORS:
        if has_numbers_of(sensor, evidence):
            return Recognition(sensor, "numbers")
    return None


def _is_named(sensor: Sensor, name: str, evidence: Evidence) -> bool:
    """Whether a name is of a sensor's file.

    Sentences of a raster's history may mention other sensors' files, with which it was compared;
    they count only where the sensor's product can have as many bands.
    """
    if sensor.version_in(name) is None:
        return False
    is_sentence = " " in name.strip() and not name.lstrip().startswith("<")
    if name == evidence.file_names[0] or not is_sentence:
        return True
    count = len(evidence.dtypes)
    return count <= len(sensor.filters) if sensor.filters else count in sensor.band_counts


def by_wavelengths(centres_nm: Sequence[float]) -> Optional[Sensor]:
    """The one sensor that all of these band centres belong to, or None."""
    for exact in (True, False):
        fitting = [s for s in known.SENSORS if _has_all_filters(s, centres_nm, exact)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    spectrometers = [s for s in known.SENSORS if _is_spectrometer(s, centres_nm)]
    on_grid = [s for s in spectrometers if s.grid_nm is not None]
    likely = on_grid or spectrometers
    return likely[0] if likely else None


def filters_named(sensor: Sensor, names: Sequence[str]) -> Tuple[Filter, ...]:
    """The filter of each band, if the bands are named after all filters of a sensor.

    Parameters
    ----------
    sensor : Sensor
    names : sequence of str
        Of each band, e.g. ``"A"`` or ``"Band A"``.

    Returns
    -------
    tuple of Filter
        In the order of the names; empty if one is missing, is another, or stands twice.
    """
    filters = {own.name.casefold(): own for own in sensor.filters}
    bare = [_AROUND_FILTER.sub("", name).casefold() for name in names]
    if not filters or sorted(bare) != sorted(filters):
        return ()
    return tuple(filters[name] for name in bare)


def describe_cube(centres_nm: Sequence[Optional[float]]) -> str:
    """Text on a spectrometer's cube of unknown sensor; empty for other rasters.

    Parameters
    ----------
    centres_nm : sequence of float or None
        Of each band.

    Returns
    -------
    str
    """
    told = [centre for centre in centres_nm if centre is not None]
    if len(told) >= SPECTROMETER_BANDS:
        return (
            f"is a cube from {min(told):g} to {max(told):g} nm of a spectrometer that is not known "
            "here"
        )
    likely = [sensor.title for sensor in known.SENSORS if len(centres_nm) in sensor.band_counts]
    if likely and not told:
        return f"tells no wavelengths and may be a cube of {' or '.join(likely)}"
    return ""


def has_numbers_of(sensor: Sensor, evidence: Evidence) -> bool:
    """Whether band count, pixel type and scale are those of the sensor's product."""
    numbers = sensor.numbers
    return (
        numbers is not None
        and len(evidence.dtypes) == len(sensor.filters)
        and all(dtype == numbers.dtype for dtype in evidence.dtypes)
        and all(math.isclose(scale, numbers.scale, rel_tol=1e-3) for scale in evidence.scales)
    )


def require_same_sensor(
    wanted_nm: Sequence[float],
    title: str,
    found: Optional[Sensor],
    where: str,
    centres_nm: Sequence[Optional[float]],
    advice: str = "",
) -> None:
    """Refuse a raster of another sensor than a model was trained for.

    Parameters
    ----------
    wanted_nm : sequence of float
        The model's band centres; NaN where unknown.
    title : str
        Name of the sensor in the model file.
    found : Sensor, or None
        The raster's, if recognised.
    where : str
        The raster's name.
    centres_nm : sequence of float or None
        Of each of the raster's bands; used to recognise cubes of unknown spectrometers.
    advice : str
        What to do instead; by default what the record of the raster's sensor says.

    Raises
    ------
    BandMappingError
    """
    wanted = described_sensor(title, wanted_nm)
    if wanted is None or found == wanted:
        return
    cube = f"is a raster of {found.title}" if found else describe_cube(centres_nm)
    if cube:
        advice = advice or (found.advice if found else f"use a product of {wanted.key}")
        raise BandMappingError(
            f"{where} ({len(centres_nm)} bands) {cube}, but the model takes reflectance of "
            f"{wanted.title}, and sensors differ by far more than their bands suggest: {advice}."
        )


def described_sensor(title: str, centres_nm: Sequence[float]) -> Optional[Sensor]:
    """The sensor that a model's description names, or else whose filters its bands are.

    Parameters
    ----------
    title : str
        As the model file says it; may be empty.
    centres_nm : sequence of float
        Of the model's bands; NaN where unknown.

    Returns
    -------
    Sensor or None
    """
    return known.sensor_called(title) or model_sensor(centres_nm)


def model_sensor(centres_nm: Sequence[float]) -> Optional[Sensor]:
    """The sensor whose filters a model's bands are, or None.

    Parameters
    ----------
    centres_nm : sequence of float

    Returns
    -------
    Sensor or None
    """
    if not centres_nm or any(math.isnan(centre) for centre in centres_nm):
        return None
    sensor = by_wavelengths(centres_nm)
    return sensor if sensor is not None and sensor.filters else None


def _has_all_filters(sensor: Sensor, centres_nm: Sequence[float], exact: bool) -> bool:
    found = [sensor.filter_at(centre) for centre in centres_nm]
    if exact:
        found = [
            own if own and abs(own.wavelength_nm - centre) <= 0.5 else None
            for own, centre in zip(found, centres_nm)
        ]
    names = {own.name for own in found if own is not None}
    return None not in found and len(names) >= MIN_FILTERS


def _is_spectrometer(sensor: Sensor, centres_nm: Sequence[float]) -> bool:
    if sensor.range_nm is None:
        return False
    low, high = sensor.range_nm
    if not all(low <= centre <= high for centre in centres_nm):
        return False
    if sensor.grid_nm is not None:
        start, step = sensor.grid_nm
        gaps = [abs((c - start) / step - round((c - start) / step)) * step for c in centres_nm]
        on_grid = len(gaps) >= MIN_GRID_BANDS and max(gaps) <= GRID_TOLERANCE_NM
        whole = all(float(centre).is_integer() for centre in centres_nm)
        return (on_grid and not whole) or (
            len(centres_nm) in sensor.band_counts and max(centres_nm) > 2400.0
        )
    return len(centres_nm) in sensor.band_counts and max(centres_nm) > 0.8 * high
