"""Which raster band is which of the model's bands: by wavelength, by name, or by choice."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from ..errors import BandMappingError
from .sensors import known


@dataclass(frozen=True)
class ModelBand:
    """A band that a model wants: `wavelength_nm` and `width_nm` in nanometres.

    `training_min` and `training_max` bound the reflectance (fraction) seen in training.
    """

    name: str
    wavelength_nm: float
    width_nm: float
    training_min: float
    training_max: float


@dataclass(frozen=True)
class RasterBand:
    """What a raster says of one of its bands; `number` counts from 1 as in GDAL and QGIS."""

    number: int
    description: str = ""
    wavelength_nm: Optional[float] = None


@dataclass(frozen=True)
class BandMatch:
    """A model band and the raster band that serves it.

    `distance_nm` is None when the user chose the band and its wavelength is not known.
    `basis` is ``"wavelength"``, ``"name"`` or ``"choice"``.
    """

    wanted: ModelBand
    number: int
    description: str
    distance_nm: Optional[float]
    basis: str

    def __str__(self) -> str:
        distance = "wavelength unknown" if self.distance_nm is None else f"{self.distance_nm:g} nm"
        label = f" ({self.description})" if self.description else ""
        return f"{self.wanted.name} <- band {self.number}{label}, {distance} off, by {self.basis}"


@dataclass(frozen=True)
class BandMapping:
    """One match for each model band, in the model's order."""

    matches: Tuple[BandMatch, ...]

    @property
    def numbers(self) -> Tuple[int, ...]:
        """Raster band numbers (from 1) in the model's order."""
        return tuple(match.number for match in self.matches)


def map_bands(
    wanted: Sequence[ModelBand],
    available: Sequence[RasterBand],
    chosen: Optional[Sequence[int]] = None,
) -> BandMapping:
    """Find the raster band for each of the model's bands.

    Wavelength decides where the raster gives any; names do otherwise; `chosen` (raster band
    numbers in the model's order) overrides both.

    Raises
    ------
    BandMappingError
        If a band is missing, lies farther from the wanted wavelength than the wanted width,
        serves two model bands, or `chosen` does not fit.
    """
    if chosen:
        return _map_by_choice(wanted, available, chosen)
    if len(available) < len(wanted):
        raise BandMappingError(
            f"The raster has {len(available)} band(s) but the model needs {len(wanted)} "
            f"({_wavelengths(wanted)}): load a raster with all of them."
        )
    located = {band.number: band_centre(band) for band in available}
    known = [band for band in available if located[band.number] is not None]
    if not known:
        raise BandMappingError(
            "The raster says neither wavelengths nor band names that tell them: give BANDS, the "
            f"raster band numbers for {_wavelengths(wanted)}, in this order."
        )
    matches: List[BandMatch] = []
    for target in wanted:
        best = min(known, key=lambda band: (_distance(located, band, target), band.number))
        distance = _distance(located, best, target)
        if distance > target.width_nm:
            raise BandMappingError(
                f"No raster band fits {target.name}: the nearest, band {best.number}"
                f"{_quoted(best.description)}, is {distance:g} nm away and the band is only "
                f"{target.width_nm:g} nm wide; use a raster that has it, or give BANDS."
            )
        basis = "name" if best.wavelength_nm is None else "wavelength"
        matches.append(BandMatch(target, best.number, best.description, distance, basis))
    _refuse_shared(matches)
    return BandMapping(tuple(matches))


def nearest_band(
    wanted: ModelBand, available: Sequence[RasterBand]
) -> Optional[Tuple[RasterBand, float]]:
    """The raster band nearest to a model band, however far, and its distance in nm.

    None if no band of the raster, or the model band itself, tells a wavelength.
    """
    located = {band.number: band_centre(band) for band in available}
    known = [band for band in available if located[band.number] is not None]
    if not known or math.isnan(wanted.wavelength_nm):
        return None
    best = min(known, key=lambda band: (_distance(located, band, wanted), band.number))
    return best, _distance(located, best, wanted)


def band_centre(band: RasterBand) -> Optional[float]:
    """Centre wavelength of a raster's band in nm, by its metadata or its name, or None."""
    if band.wavelength_nm is not None:
        return band.wavelength_nm
    return wavelength_from_name(band.description)


def wavelength_from_name(name: str) -> Optional[float]:
    """Centre wavelength in nm that a band's name tells, or None.

    Understands MI filter names (``MV1``), wavelengths with a unit (``414 nm``, ``0.95 um``)
    and lone numbers of a plausible wavelength (``R0749``, ``reflectance_1548``). Running
    numbers such as ``Band 414`` of a hyperspectral cube are not wavelengths.
    """
    text = name.strip()
    unit = re.search(
        r"(\d+(?:\.\d+)?)\s*(nm|nanomet(?:er|re)s?|um|µm|μm|micromet(?:er|re)s?|microns?)\b",
        text,
        re.IGNORECASE,
    )
    if unit:
        return to_nanometres(float(unit.group(1)), unit.group(2))
    filters = known.filter_wavelengths()
    for token in re.split(r"[^A-Za-z0-9]+", text.upper()):
        if token in filters:
            return filters[token]
    if re.fullmatch(r"(band|channel|b|layer)[\s_:.#-]*\d+", text, re.IGNORECASE):
        return None
    numbers = [float(n) for n in re.findall(r"(?<![\d.])\d{3,4}(?:\.\d+)?(?![\d.])", text)]
    plausible = [n for n in numbers if 300.0 <= n <= 3000.0]
    return plausible[0] if len(plausible) == 1 else None


def to_nanometres(value: float, unit: str = "") -> float:
    """Convert a wavelength to nm; without a unit, values below 30 are taken as micrometres."""
    unit = unit.strip().lower()
    if unit.startswith(("nm", "nano")):
        return value
    if unit.startswith(("um", "µm", "μm", "micro")):
        return round(value * 1000.0, 6)
    if unit.startswith("ang"):
        return value / 10.0
    return round(value * 1000.0, 6) if value < 30.0 else value


def _map_by_choice(
    wanted: Sequence[ModelBand], available: Sequence[RasterBand], chosen: Sequence[int]
) -> BandMapping:
    if len(chosen) != len(wanted):
        raise BandMappingError(
            f"BANDS gives {len(chosen)} band number(s) but the model needs {len(wanted)}, for "
            f"{_wavelengths(wanted)}, in this order."
        )
    by_number = {band.number: band for band in available}
    matches = []
    for target, number in zip(wanted, chosen):
        if number not in by_number:
            raise BandMappingError(
                f"BANDS names band {number} but the raster has bands 1 to {len(available)}."
            )
        band = by_number[number]
        centre = band_centre(band)
        distance = None if centre is None else abs(centre - target.wavelength_nm)
        matches.append(BandMatch(target, number, band.description, distance, "choice"))
    _refuse_shared(matches)
    return BandMapping(tuple(matches))


def _distance(located: Mapping[int, Optional[float]], band: RasterBand, target: ModelBand) -> float:
    centre = located[band.number]
    return float("inf") if centre is None else abs(centre - target.wavelength_nm)


def _refuse_shared(matches: Sequence[BandMatch]) -> None:
    users: Dict[int, BandMatch] = {}
    for match in matches:
        other = users.setdefault(match.number, match)
        if other is not match:
            raise BandMappingError(
                f"Raster band {match.number}{_quoted(match.description)} would serve both "
                f"{other.wanted.name} and {match.wanted.name}: the raster lacks one of them."
            )


def _wavelengths(wanted: Sequence[ModelBand]) -> str:
    return ", ".join(f"{band.wavelength_nm:g}" for band in wanted) + " nm"


def _quoted(description: str) -> str:
    return f" ({description})" if description else ""
