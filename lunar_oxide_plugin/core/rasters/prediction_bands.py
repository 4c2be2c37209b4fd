"""Find the bands of a prediction raster by their descriptions, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple

from ..chemistry.layout import DOMAIN_DISTANCE, QUALITY, oxide_band, sigma_band
from ..chemistry.oxides import FEO, OXIDES, UNIT, Oxide
from ..errors import RasterError
from ..version import TAG_PREFIX
from .opening import open_raster
from .raster_input import RasterInput


@dataclass(frozen=True)
class PredictionBands:
    """Band numbers (from 1) of a prediction raster.

    Attributes
    ----------
    oxides, sigma : mapping of oxide name to int
        Those that the raster has, in the order of `oxides.OXIDES`; at least one oxide.
    domain_distance, quality : int, or None where the raster has none
    """

    oxides: Mapping[str, int]
    sigma: Mapping[str, int]
    domain_distance: Optional[int]
    quality: Optional[int]

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
    sigmas = {oxide.name: _key(sigma_band(oxide)) for oxide in OXIDES}
    return PredictionBands(
        oxides=oxides,
        sigma={name: numbers[sigmas[name]] for name in oxides if sigmas[name] in numbers},
        domain_distance=numbers.get(DOMAIN_DISTANCE),
        quality=numbers.get(QUALITY),
    )


def _key(description: str) -> str:
    """A description in the form for comparison: lower case, without the unit."""
    return " ".join(description.lower().replace(f"({UNIT})", "").split())


def read_tags(path: str) -> Dict[str, str]:
    """The plugin's own tags of a raster, without their prefix; empty for other rasters."""
    with open_raster(RasterInput(path)) as dataset:
        tags = dataset.tags()
    return {
        key[len(TAG_PREFIX) :]: value for key, value in tags.items() if key.startswith(TAG_PREFIX)
    }
