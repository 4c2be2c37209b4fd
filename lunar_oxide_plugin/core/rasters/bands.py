"""Find the raster band for each of the model's bands: by wavelength, by name, or by choice."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

from ..errors import BandMappingError
from ..progress import Progress
from .sensors import known
from .sensors.record import Sensor

#: Wavelengths of reflected sunlight and a little beyond, in nm.
LIGHT_NM = (100.0, 10000.0)

#: A number in the names of so many bands is no wavelength; a camera may have two of one centre.
_SHARED_BANDS = 3


@dataclass(frozen=True)
class ModelBand:
    """A band of a model's input; `wavelength_nm` and `width_nm` are in nanometres.

    `training_min` and `training_max` bound the reflectance (fraction) seen in training.
    """

    name: str
    wavelength_nm: float
    width_nm: float
    training_min: float
    training_max: float


@dataclass(frozen=True)
class RasterBand:
    """Metadata of a raster band; `number` counts from 1 as in GDAL and QGIS.

    `assumed` is the reason why a wavelength was taken from a sensor's product; it is empty if the
    raster gives the wavelength itself. `bad` comes from the bad-band list of an ENVI header.
    `shared_numbers` stand in the names of several bands, e.g. a tile's longitude or a year.
    """

    number: int
    description: str = ""
    wavelength_nm: Optional[float] = None
    assumed: str = ""
    bad: bool = False
    shared_numbers: FrozenSet[float] = frozenset()


@dataclass(frozen=True)
class BandMatch:
    """A model band and the raster band that is used for it.

    `distance_nm` is None when the user chose the band and its wavelength is not known.
    `basis` is ``"wavelength"``, ``"name"``, ``"product order"`` (assumed) or ``"choice"``.
    """

    wanted: ModelBand
    number: int
    description: str
    distance_nm: Optional[float]
    basis: str

    def __str__(self) -> str:
        distance = "wavelength unknown" if self.distance_nm is None else f"{self.distance_nm:g} nm"
        label = f" ({self.description})" if self.description else ""
        name, number = self.wanted.name, self.number
        # Whole sentences, by which the plugin recognises what it shows in another language.
        return {
            "wavelength": f"{name} <- band {number}{label}, {distance} off, by wavelength",
            "name": f"{name} <- band {number}{label}, {distance} off, by name",
            "product order": f"{name} <- band {number}{label}, {distance} off, by product order",
            "choice": f"{name} <- band {number}{label}, {distance} off, by choice",
        }[self.basis]


@dataclass(frozen=True)
class BandMapping:
    """One match per model band, in the model's order.

    `assumed` is the reason why wavelengths were taken from a product's order; empty if they are
    given.
    """

    matches: Tuple[BandMatch, ...]
    assumed: str = ""

    def report(self, progress: Progress) -> None:
        """Log the matches, and warn where wavelengths were assumed.

        Parameters
        ----------
        progress : Progress
            Hears how far the work is, and says whether to stop.
        """
        for match in self.matches:
            progress.info(str(match))
        if self.assumed:
            progress.warn(self.assumption)

    @property
    def is_reflectance(self) -> bool:
        """Whether the wanted bands are known to be reflectance; a foreign model does not say so."""
        return any(math.isfinite(match.wanted.wavelength_nm) for match in self.matches)

    @property
    def assumption(self) -> str:
        """Text for the user where wavelengths were assumed; empty where they are given."""
        if not self.assumed:
            return ""
        numbers = ",".join(map(str, self.numbers))
        return (
            f"The raster tells no wavelengths; {self.assumed}, so that its bands are taken in that "
            f"product's order (BANDS={numbers}): give BANDS if they stand in another."
        )

    @property
    def numbers(self) -> Tuple[int, ...]:
        """Raster band numbers (from 1) in the model's order."""
        return tuple(match.number for match in self.matches)


def map_bands(
    wanted: Sequence[ModelBand],
    available: Sequence[RasterBand],
    chosen: Optional[Sequence[int]] = None,
    sensor: Optional[Sensor] = None,
) -> BandMapping:
    """Find the raster band for each of the model's bands.

    Wavelengths are compared if the raster gives any, names otherwise; `chosen` (raster band
    numbers in the model's order) overrides both. `sensor` is the raster's, for messages.

    Parameters
    ----------
    wanted : sequence of ModelBand
    available : sequence of RasterBand
    chosen : sequence of int or None
    sensor : Sensor or None

    Returns
    -------
    BandMapping

    Raises
    ------
    BandMappingError
        If a band is missing, lies farther from the wanted wavelength than the wanted width,
        serves two model bands, is marked bad, or `chosen` does not fit.
    """
    if chosen:
        return _map_by_choice(wanted, available, chosen, sensor)
    if len(available) < len(wanted):
        raise BandMappingError(
            f"The raster has {len(available)} band(s) but the model needs {len(wanted)} "
            f"({_wavelengths(wanted)}): {_what_to_do(wanted, sensor)}."
        )
    located = {band.number: band_centre(band) for band in available}
    known_bands = [band for band in available if located[band.number] is not None]
    if not known_bands:
        raise BandMappingError(
            "The raster says neither wavelengths nor band names that tell them: give BANDS, the "
            f"raster band numbers for {_wavelengths(wanted)}, in this order"
            f"{_likely_numbers(wanted, available)}."
        )
    matches: List[BandMatch] = []
    for target in wanted:
        best = min(known_bands, key=lambda band: (_distance(located, band, target), band.number))
        distance = _distance(located, best, target)
        if distance > target.width_nm:
            raise BandMappingError(
                f"No raster band fits {target.name}: the nearest, band {best.number}"
                f"{_quoted(best.description)}, is {distance:g} nm away and the band is only "
                f"{target.width_nm:g} nm wide; {_what_to_do(wanted, sensor)}."
            )
        _require_good(best)
        basis = "name" if best.wavelength_nm is None else "wavelength"
        if best.assumed:
            basis = "product order"
        matches.append(BandMatch(target, best.number, best.description, distance, basis))
    _refuse_shared(matches)
    return BandMapping(tuple(matches), next((b.assumed for b in known_bands if b.assumed), ""))


def nearest_band(
    wanted: ModelBand, available: Sequence[RasterBand]
) -> Optional[Tuple[RasterBand, float]]:
    """The raster band nearest to a model band, however far, and its distance in nm.

    None if no band of the raster, or the model band itself, has a wavelength.

    Parameters
    ----------
    wanted : ModelBand
    available : sequence of RasterBand

    Returns
    -------
    (RasterBand, float) or None
    """
    located = {band.number: band_centre(band) for band in available}
    told = [band for band in available if located[band.number] is not None]
    if not told or math.isnan(wanted.wavelength_nm):
        return None
    best = min(told, key=lambda band: (_distance(located, band, wanted), band.number))
    return best, _distance(located, best, wanted)


def band_centre(band: RasterBand) -> Optional[float]:
    """Centre wavelength of a raster's band in nm, by its metadata or its name, or None."""
    if band.wavelength_nm is not None:
        return band.wavelength_nm
    return wavelength_from_name(band.description, band.shared_numbers)


def numbers_in_name(name: str) -> FrozenSet[float]:
    """Lone numbers in a band's name that may be its wavelength in nm."""
    numbers = [float(n) for n in re.findall(r"(?<![\d.])\d{3,4}(?:\.\d+)?(?![\d.])", name)]
    return frozenset(n for n in numbers if 300.0 <= n <= 3000.0)


def shared_numbers(names: Sequence[str]) -> FrozenSet[float]:
    """Numbers that stand in so many bands' names that they are nobody's wavelength."""
    found = [numbers_in_name(name) for name in names]
    return frozenset(
        number
        for number in frozenset().union(*found)
        if sum(number in one for one in found) >= _SHARED_BANDS
    )


def wavelength_from_name(name: str, ignored: FrozenSet[float] = frozenset()) -> Optional[float]:
    """Centre wavelength in nm from a band's name, or None.

    Reads MI filter names (``MV1``), wavelengths with a unit (``414 nm``, ``0.95 um``)
    and lone numbers of a plausible wavelength (``R0749``, ``reflectance_1548``). Running
    numbers such as ``Band 414`` of a hyperspectral cube are not wavelengths, nor are those that
    are `ignored`.

    Parameters
    ----------
    name : str
    ignored : set of float, optional

    Returns
    -------
    float or None
    """
    text = name.strip()
    unit = re.search(
        r"(\d+(?:[.,]\d+)?)\s*"
        r"(nm|nanomet(?:er|re)s?|um|µm|μm|micromet(?:er|re)s?|microns?|angstroms?|[ÅÅ])(?!\w)",
        text,
        re.IGNORECASE,
    )
    if unit:
        for number in (unit.group(1).replace(",", "."), unit.group(1).replace(",", "")):
            wavelength = to_nanometres(float(number), unit.group(2))
            if LIGHT_NM[0] <= wavelength <= LIGHT_NM[1]:
                return wavelength
        return None
    filters = known.filter_wavelengths()
    for token in re.split(r"[^A-Za-z0-9]+", text.upper()):
        if token in filters:
            return filters[token]
    if re.fullmatch(r"(band|channel|b|layer)[\s_:.#-]*\d+", text, re.IGNORECASE):
        return None
    plausible = numbers_in_name(text) - ignored
    return next(iter(plausible)) if len(plausible) == 1 else None


def to_nanometres(value: float, unit: str = "") -> float:
    """Convert a wavelength to nm; without a unit, values below 30 are taken as micrometres.

    Parameters
    ----------
    value : float
    unit : str

    Returns
    -------
    float
    """
    unit = unit.strip().lower()
    if unit.startswith(("nm", "nano")):
        return value
    if unit.startswith(("um", "µm", "μm", "micro")):
        return round(value * 1000.0, 6)
    if unit.startswith(("ang", "å", "å")):
        return value / 10.0
    if unit.startswith(("mm", "milli")):
        return round(value * 1e6, 6)
    if unit == "m" or unit.startswith(("meter", "metre")):
        return round(value * 1e9, 6)
    return round(value * 1000.0, 6) if value < 30.0 else value


def _map_by_choice(
    wanted: Sequence[ModelBand],
    available: Sequence[RasterBand],
    chosen: Sequence[int],
    sensor: Optional[Sensor],
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
    for match in matches:
        _require_near(match, by_number[match.number], _what_to_do(wanted, sensor))
        _require_good(by_number[match.number])
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


def _require_near(match: BandMatch, band: RasterBand, advice: str) -> None:
    wanted, distance = match.wanted, match.distance_nm
    if distance is None or not distance > wanted.width_nm or band.assumed:
        return
    raise BandMappingError(
        f"BANDS gives band {band.number}{_quoted(band.description)} for {wanted.name}, but the "
        f"raster says that it lies {distance:g} nm away, and the band is only "
        f"{wanted.width_nm:g} nm wide: {advice}, or correct the raster's wavelengths if they are "
        "wrong."
    )


def _require_good(band: RasterBand) -> None:
    if band.bad:
        raise BandMappingError(
            f"Band {band.number}{_quoted(band.description)} is marked bad in the bad-band list "
            "(bbl) of the raster's header: use a raster where it is good, or mend the list if it "
            "is wrong."
        )


def _what_to_do(wanted: Sequence[ModelBand], sensor: Optional[Sensor]) -> str:
    if sensor is None or all(sensor.filter_at(band.wavelength_nm) for band in wanted):
        return f"use a raster with all bands ({_wavelengths(wanted)})"
    return f"the raster is of {sensor.title}, and {sensor.advice}"


def _likely_numbers(wanted: Sequence[ModelBand], available: Sequence[RasterBand]) -> str:
    """The value for BANDS if the bands have the order of a product with as many bands."""
    for sensor in known.SENSORS:
        if len(sensor.filters) == len(available):
            named = [
                RasterBand(band.number, "", own.wavelength_nm)
                for band, own in zip(available, sensor.filters)
            ]
            try:
                numbers = map_bands(wanted, named).numbers
            except BandMappingError:
                continue
            return f" (for the band order of {sensor.key} products {','.join(map(str, numbers))})"
    if len(wanted) == len(available):
        numbers = tuple(band.number for band in available)
        return f" (if they stand in this order, {','.join(map(str, numbers))})"
    return ""


def _wavelengths(wanted: Sequence[ModelBand]) -> str:
    return ", ".join(f"{band.wavelength_nm:g}" for band in wanted) + " nm"


def _quoted(description: str) -> str:
    return f" ({description})" if description else ""
