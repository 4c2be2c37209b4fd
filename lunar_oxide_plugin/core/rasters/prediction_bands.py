"""Find the bands of a prediction raster by their descriptions, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Mapping, Optional, Tuple

from ..chemistry.layout import (
    DOMAIN_DISTANCE,
    QUALITY,
    SigmaKind,
    old_sigma_band,
    oxide_band,
    sigma_band,
)
from ..chemistry.oxides import FEO, OXIDES, UNIT, Oxide
from ..errors import RasterError
from ..version import TAG_PREFIX
from .raster_input import RasterInput


@dataclass(frozen=True)
class PredictionBands:
    """Band numbers (from 1) of a prediction raster.

    Attributes
    ----------
    oxides : mapping of oxide name to int
        Those that the raster has, in the order of `oxides.OXIDES`; at least one.
    sigmas : mapping of SigmaKind to a mapping of oxide name to int
        Those that the raster has; the kind that maps show comes first. Maps of version 0.4 and
        before have sigma near samples.
    domain_distance, quality : int, or None where the raster has none
    """

    oxides: Mapping[str, int]
    domain_distance: Optional[int]
    quality: Optional[int]
    sigmas: Mapping[SigmaKind, Mapping[str, int]] = field(default_factory=dict)

    @property
    def sigma_kind(self) -> Optional[SigmaKind]:
        """The kind of sigma that the raster shows; None without any."""
        return next(iter(self.sigmas), None)

    @property
    def sigma(self) -> Mapping[str, int]:
        """Bands of the shown sigma by name of the oxide; empty without any."""
        return next(iter(self.sigmas.values()), {})

    @property
    def present(self) -> Tuple[Oxide, ...]:
        """The oxides that the raster has."""
        return tuple(oxide for oxide in OXIDES if oxide.name in self.oxides)


def find_bands(descriptions: List[str], where: str) -> PredictionBands:
    """Find the bands of a prediction raster by their descriptions.

    Parameters
    ----------
    descriptions : list of str
    where : str

    Returns
    -------
    PredictionBands

    Raises
    ------
    RasterError
        If there is no oxide, or a band occurs twice.
    """
    numbers: Dict[str, int] = {}
    for number, text in enumerate(descriptions, start=1):
        key = _key(text)
        if key and key in numbers:
            raise RasterError(
                f"{where} has two bands called {text!r}: it is no prediction raster of this plugin."
            )
        numbers[key] = number
    oxides = {o.name: numbers[_key(o.name)] for o in OXIDES if _key(o.name) in numbers}
    if not oxides:
        raise RasterError(
            f"{where} has no band described as an oxide, like {oxide_band(FEO)}: choose a raster "
            "made by 'Predict oxides'."
        )
    return PredictionBands(
        oxides=oxides,
        domain_distance=numbers.get(DOMAIN_DISTANCE),
        quality=numbers.get(QUALITY),
        sigmas=_sigmas(numbers, oxides),
    )


def _sigmas(
    numbers: Mapping[str, int], oxides: Mapping[str, int]
) -> Dict[SigmaKind, Dict[str, int]]:
    """Bands of each kind of sigma that the raster has, for its oxides."""
    found: Dict[SigmaKind, Dict[str, int]] = {}
    for kind in SigmaKind:
        bands: Dict[str, int] = {}
        for oxide in OXIDES:
            number = numbers.get(_key(sigma_band(oxide, kind)))
            if number is None and kind is SigmaKind.NEAR_SAMPLES:
                number = numbers.get(_key(old_sigma_band(oxide)))
            if number is not None and oxide.name in oxides:
                bands[oxide.name] = number
        if bands:
            found[kind] = bands
    return found


def _key(description: str) -> str:
    """A description in the form for comparison: lower case, without the unit."""
    return " ".join(description.lower().replace(f"({UNIT})", "").split())


def read_tags(path: str) -> Dict[str, str]:
    """The plugin's own tags of a raster, without their prefix; empty for other rasters."""
    # Imported here, because names of bands are also looked at without rasterio.
    from .opening import open_raster

    with open_raster(RasterInput(path)) as dataset:
        return own_tags(dataset.tags())


def own_tags(tags: Mapping[str, str]) -> Dict[str, str]:
    """The plugin's own among the tags of a raster, without their prefix.

    Parameters
    ----------
    tags : mapping of str to str

    Returns
    -------
    dict of str to str
    """
    return {
        key[len(TAG_PREFIX) :]: value for key, value in tags.items() if key.startswith(TAG_PREFIX)
    }
