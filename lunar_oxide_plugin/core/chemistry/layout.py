"""The layout of a prediction: which row or band holds what. No other module numbers them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Iterable, Optional, Tuple

from .oxides import OXIDES, UNIT, Oxide

DOMAIN_DISTANCE = "domain distance"
QUALITY = "quality"


class SigmaKind(Enum):
    """Where the intervals of an uncertainty hold: prediction -+ 1.645 sigma covers 90 %.

    The value is the word in band descriptions and tags.
    """

    #: Calibrated by leaving missions out: holds at places that no mission has sampled.
    NEW_PLACE = "new place"
    #: Calibrated by leaving stations out: holds on the geology around the sampled sites.
    NEAR_SAMPLES = "near samples"
    #: The model file does not say how it was calibrated.
    AS_STATED = "as stated"

    @property
    def title(self) -> str:
        """Words for legends and tables, to follow "90 % interval"."""
        return _SIGMA_TITLES[self]


_SIGMA_TITLES = {
    SigmaKind.NEW_PLACE: "at a new place",
    SigmaKind.NEAR_SAMPLES: "near sampled geology",
    SigmaKind.AS_STATED: "as the model's author states it",
}


class Uncertainty(Enum):
    """The uncertainties that a user wants of a model."""

    NEW_PLACE = "new place"
    NEAR_SAMPLES = "near samples"
    BOTH = "both"

    def chosen_of(self, given: Tuple[SigmaKind, ...]) -> Tuple[SigmaKind, ...]:
        """The kinds to compute, of those that a model gives; another one if the wanted is missing.

        Parameters
        ----------
        given : tuple of SigmaKind

        Returns
        -------
        tuple of SigmaKind
            The one that maps show comes first; empty only if the model gives none.
        """
        new = tuple(kind for kind in given if kind is SigmaKind.NEW_PLACE)
        others = tuple(kind for kind in given if kind is not SigmaKind.NEW_PLACE)
        if self is Uncertainty.BOTH:
            return new + others
        return (new or others) if self is Uncertainty.NEW_PLACE else (others or new)


class Content(Enum):
    """What a prediction raster holds of what its model gives."""

    #: The oxides alone.
    OXIDES = "oxides"
    #: The oxides and their sigmas.
    UNCERTAINTIES = "uncertainties"
    #: Oxides, sigmas, domain distance and quality flags.
    ALL = "all"


@dataclass(frozen=True)
class PredictionLayout:
    """Rows of a prediction: oxides, sigmas of each kind, domain distance, quality, in this order.

    Positions count from 0; `band` gives numbers of raster bands, from 1. A prediction holds only
    what its model gives and its user wants, so positions must be asked for here.

    Attributes
    ----------
    oxides : tuple of Oxide
        What the model predicts, in the order of `oxides.OXIDES` whatever the model's own.
    sigmas : tuple of SigmaKind
        The kinds of uncertainty, each once; the one that maps show comes first.
    has_domain : bool
        Whether there is a domain distance.
    has_quality : bool
        Whether there are quality flags.
    """

    oxides: Tuple[Oxide, ...]
    sigmas: Tuple[SigmaKind, ...]
    has_domain: bool
    has_quality: bool = True

    def __post_init__(self) -> None:
        if not self.oxides or self.oxides != in_order(oxide.name for oxide in self.oxides):
            raise ValueError("a layout needs known oxides, each once, in the order of OXIDES")
        if len(set(self.sigmas)) < len(self.sigmas):
            raise ValueError("a layout has each kind of sigma once")

    @property
    def names(self) -> Tuple[str, ...]:
        """Formulas of the oxides, e.g. ``("TiO2", "FeO")``."""
        return tuple(oxide.name for oxide in self.oxides)

    @property
    def oxide_rows(self) -> slice:
        """Rows of the oxides, wt%."""
        return slice(0, len(self.oxides))

    @property
    def has_sigma(self) -> bool:
        """Whether there is an uncertainty of any kind."""
        return bool(self.sigmas)

    @property
    def sigma_kind(self) -> Optional[SigmaKind]:
        """The kind that maps show; None without any."""
        return self.sigmas[0] if self.sigmas else None

    @property
    def sigma_rows(self) -> Optional[slice]:
        """Rows of the sigmas that maps show, wt%; None without any."""
        return self.rows_of(self.sigmas[0]) if self.sigmas else None

    def rows_of(self, kind: SigmaKind) -> Optional[slice]:
        """Rows of the sigmas of one kind, wt%; None where the layout has none.

        Parameters
        ----------
        kind : SigmaKind

        Returns
        -------
        slice or None
        """
        if kind not in self.sigmas:
            return None
        count = len(self.oxides)
        first = count * (1 + self.sigmas.index(kind))
        return slice(first, first + count)

    @property
    def domain_row(self) -> Optional[int]:
        """Row of the domain distance; None where the model gives none."""
        return self.value_count - 1 if self.has_domain else None

    @property
    def quality_row(self) -> Optional[int]:
        """Row of the quality flags, the last; None without any."""
        return self.value_count if self.has_quality else None

    @property
    def value_count(self) -> int:
        """Number of rows before the quality flags: those that a model gives."""
        return len(self.oxides) * (1 + len(self.sigmas)) + self.has_domain

    @property
    def count(self) -> int:
        """Number of rows, and of bands of a prediction raster."""
        return self.value_count + self.has_quality

    @property
    def descriptions(self) -> Tuple[str, ...]:
        """Band descriptions of a prediction raster, in order."""
        return (
            *(oxide_band(oxide) for oxide in self.oxides),
            *(sigma_band(oxide, kind) for kind in self.sigmas for oxide in self.oxides),
            *((DOMAIN_DISTANCE,) if self.has_domain else ()),
            *((QUALITY,) if self.has_quality else ()),
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

    def of_content(self, content: Content) -> PredictionLayout:
        """The first rows of this layout, as many as a content has.

        Parameters
        ----------
        content : Content

        Returns
        -------
        PredictionLayout
        """
        if content is Content.ALL:
            return self
        sigmas = () if content is Content.OXIDES else self.sigmas
        return PredictionLayout(self.oxides, sigmas, has_domain=False, has_quality=False)


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


def sigma_band(oxide: Oxide, kind: SigmaKind) -> str:
    """Description of the band of an oxide's sigma, e.g. ``"FeO sigma new place (wt%)"``.

    Parameters
    ----------
    oxide : Oxide
    kind : SigmaKind

    Returns
    -------
    str
    """
    return f"{oxide.name} sigma {kind.value} ({UNIT})"


def old_sigma_band(oxide: Oxide) -> str:
    """Description of the band in maps of version 0.4 and before: sigma near samples.

    Parameters
    ----------
    oxide : Oxide

    Returns
    -------
    str
    """
    return f"{oxide.name} sigma ({UNIT})"


#: Layout of all oxides with sigmas of one kind and a domain distance, as maps of version 0.4 had.
FULL = PredictionLayout(OXIDES, (SigmaKind.NEAR_SAMPLES,), has_domain=True)
#: The layout with most bands.
LARGEST = PredictionLayout(OXIDES, (SigmaKind.NEW_PLACE, SigmaKind.NEAR_SAMPLES), has_domain=True)
