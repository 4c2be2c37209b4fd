"""The layout of a prediction: which row or band holds what. No other module numbers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional, Tuple

from .oxides import OXIDES, UNIT, Oxide

DOMAIN_DISTANCE = "domain distance"
QUALITY = "quality"


@dataclass(frozen=True)
class PredictionLayout:
    """Rows of a prediction: oxides, their sigmas, domain distance, quality, in this order.

    Positions count from 0; `band` gives numbers of raster bands, from 1. A prediction holds only
    what its model gives, so positions depend on the model and must be asked for here.

    Attributes
    ----------
    oxides : tuple of Oxide
        What the model predicts, in the order of `oxides.OXIDES` whatever the model's own.
    has_sigma, has_domain : bool
        Whether the model gives uncertainties and a domain distance.
    """

    oxides: Tuple[Oxide, ...]
    has_sigma: bool
    has_domain: bool

    def __post_init__(self) -> None:
        if not self.oxides or self.oxides != in_order(oxide.name for oxide in self.oxides):
            raise ValueError("a layout needs known oxides, each once, in the order of OXIDES")

    @property
    def names(self) -> Tuple[str, ...]:
        """Formulas of the oxides, e.g. ``("TiO2", "FeO")``."""
        return tuple(oxide.name for oxide in self.oxides)

    @property
    def oxide_rows(self) -> slice:
        """Rows of the oxides, wt%."""
        return slice(0, len(self.oxides))

    @property
    def sigma_rows(self) -> Optional[slice]:
        """Rows of the oxides' sigmas, wt%; None where the model gives none."""
        return slice(len(self.oxides), 2 * len(self.oxides)) if self.has_sigma else None

    @property
    def domain_row(self) -> Optional[int]:
        """Row of the domain distance; None where the model gives none."""
        return self._values - 1 if self.has_domain else None

    @property
    def quality_row(self) -> int:
        """Row of the quality flags, the last."""
        return self._values

    @property
    def count(self) -> int:
        """Number of rows, and of bands of a prediction raster."""
        return self._values + 1

    @property
    def descriptions(self) -> Tuple[str, ...]:
        """Band descriptions of a prediction raster, in order."""
        return (
            *(oxide_band(oxide) for oxide in self.oxides),
            *(sigma_band(oxide) for oxide in self.oxides if self.has_sigma),
            *((DOMAIN_DISTANCE,) if self.has_domain else ()),
            QUALITY,
        )

    @property
    def units(self) -> Tuple[str, ...]:
        """Unit of each band; empty where it has none."""
        return tuple(UNIT if text.endswith(f"({UNIT})") else "" for text in self.descriptions)

    def band(self, description: str) -> int:
        """Number (from 1) of the band with a description.

        Parameters
        ----------
        description : str
            One of `descriptions`.

        Returns
        -------
        int
        """
        return self.descriptions.index(description) + 1

    @property
    def _values(self) -> int:
        return len(self.oxides) * (1 + self.has_sigma) + self.has_domain


def in_order(names: Iterable[str]) -> Tuple[Oxide, ...]:
    """Oxides with these formulas, in the order of `oxides.OXIDES`.

    Parameters
    ----------
    names : iterable of str
        Formulas, e.g. ``"FeO"``.

    Returns
    -------
    tuple of Oxide

    Raises
    ------
    ValueError
        If a name is unknown or stands twice.
    """
    wanted = list(names)
    found = tuple(oxide for oxide in OXIDES if oxide.name in wanted)
    if len(found) != len(wanted):
        raise ValueError(f"{', '.join(wanted)}: not all known, or not each once")
    return found


def oxide_band(oxide: Oxide) -> str:
    """Description of an oxide's band, e.g. ``"FeO (wt%)"``.

    Parameters
    ----------
    oxide : Oxide

    Returns
    -------
    str
    """
    return f"{oxide.name} ({UNIT})"


def sigma_band(oxide: Oxide) -> str:
    """Description of the band of an oxide's sigma, e.g. ``"FeO sigma (wt%)"``.

    Parameters
    ----------
    oxide : Oxide

    Returns
    -------
    str
    """
    return f"{oxide.name} sigma ({UNIT})"


#: Layout of a model that predicts all oxides with their sigmas and a domain distance.
FULL = PredictionLayout(OXIDES, has_sigma=True, has_domain=True)
