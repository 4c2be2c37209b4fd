"""What the bands of a prediction raster are called, and which band is which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple

from ..chemistry.oxides import OXIDES, UNIT
from ..errors import RasterError
from ..version import TAG_PREFIX
from .raster_input import RasterInput
from .raster_source import open_raster

DOMAIN_DISTANCE = "domain distance"
QUALITY = "quality"


#: Band descriptions of a prediction raster, in order.
BAND_DESCRIPTIONS: Tuple[str, ...] = (
    *(f"{oxide.name} ({UNIT})" for oxide in OXIDES),
    *(f"{oxide.name} sigma ({UNIT})" for oxide in OXIDES),
    DOMAIN_DISTANCE,
    QUALITY,
)


@dataclass(frozen=True)
class PredictionBands:
    """Band numbers (from 1) of a prediction raster, found by description.

    `sigma`, `domain_distance` and `quality` may be missing (None) in rasters of other origin.
    """

    oxides: Tuple[int, ...]
    sigma: Tuple[Optional[int], ...]
    domain_distance: Optional[int]
    quality: Optional[int]


def find_bands(descriptions: List[str], where: str) -> PredictionBands:
    """Find the bands of a prediction raster by their descriptions.

    Raises
    ------
    RasterError
        If an oxide is missing or stands twice.
    """
    numbers: Dict[str, int] = {}
    for number, text in enumerate(descriptions, start=1):
        key = " ".join(text.lower().replace(f"({UNIT})", "").split())
        if key and key in numbers:
            raise RasterError(
                f"{where} has two bands called {text!r}: it is no prediction raster of this plugin."
            )
        numbers[key] = number
    missing = [oxide.name for oxide in OXIDES if oxide.key not in numbers]
    if missing:
        raise RasterError(
            f"{where} has no band described as {missing[0]} ({UNIT}): choose a raster made by "
            "'Predict oxides'."
        )
    return PredictionBands(
        oxides=tuple(numbers[oxide.key] for oxide in OXIDES),
        sigma=tuple(numbers.get(f"{oxide.key} sigma") for oxide in OXIDES),
        domain_distance=numbers.get(DOMAIN_DISTANCE),
        quality=numbers.get(QUALITY),
    )


def read_tags(path: str) -> Dict[str, str]:
    """The plugin's own tags of a raster, without their prefix; empty for other rasters."""
    with open_raster(RasterInput(path)) as dataset:
        tags = dataset.tags()
    return {
        key[len(TAG_PREFIX) :]: value for key, value in tags.items() if key.startswith(TAG_PREFIX)
    }
