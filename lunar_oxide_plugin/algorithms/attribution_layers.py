"""A raster of attributions as layers: the strongest band for each oxide, one colour a band."""

from __future__ import annotations

from functools import partial
from typing import List, Sequence

from ..core.chemistry.oxides import UNIT, Oxide
from .product_layers import style_classes
from .result_groups import StyledLayer

#: Colours of the model's bands, short wavelengths first (Paul Tol's "muted" set).
BAND_COLOURS = (
    "#332288",
    "#88ccee",
    "#44aa99",
    "#117733",
    "#999933",
    "#ddcc77",
    "#cc6677",
    "#882255",
    "#aa4499",
    "#777777",
)


def band_colours(count: int) -> List[str]:
    """A colour for each of a model's bands."""
    return [BAND_COLOURS[place % len(BAND_COLOURS)] for place in range(count)]


def strongest_layers(oxides: Sequence[Oxide], bands: Sequence[str]) -> List[StyledLayer]:
    """Layers of an attribution raster, topmost first: the strongest band for each oxide.

    Parameters
    ----------
    oxides : sequence of Oxide
        Of the raster's first bands, in their order.
    bands : sequence of str
        Names of the model's bands.
    """
    classes = [
        (number, band, colour)
        for number, (band, colour) in enumerate(zip(bands, band_colours(len(bands))), start=1)
    ]
    return [
        StyledLayer(
            f"Strongest band for {oxide.pretty}",
            partial(
                style_classes,
                band=number,
                classes=classes,
                abstract=f"Band with the largest absolute attribution to {oxide.name}; the "
                f"attributions themselves ({UNIT}) are in the file's further bands.",
            ),
            shown=number == 1,
        )
        for number, oxide in enumerate(oxides, start=1)
    ]
