"""What the axes of the scatter view can show: quantities, uncertainties, quality, other rasters."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, FrozenSet, Mapping, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind
from ..chemistry.quantities import QUANTITIES, Quantity
from ..rasters.quality import FAULTS, FLAGS
from ..rasters.raster_input import RasterInput
from ..translation import tr

if TYPE_CHECKING:
    # The window lists axes before rasterio is loaded.
    from ..rasters.prediction_bands import PredictionBands

FloatArray = npt.NDArray[np.float32]


class AxisPart(Enum):
    """Kinds of numbers on an axis."""

    VALUE = "value"
    SIGMA = "sigma"
    DOMAIN = "domain"
    FLAGS = "flags"
    BAND = "band"


@dataclass(frozen=True)
class PlotAxis:
    """One number of each pixel.

    Attributes
    ----------
    part : AxisPart
    quantity : Quantity, optional
        For `VALUE` and `SIGMA`.
    kind : SigmaKind, optional
        For `SIGMA`.
    raster : RasterInput, optional
        Another raster on the prediction's grid; for `BAND`.
    band : int
        Band number (from 1) of that raster.
    label : str
        Name of that band.
    """

    part: AxisPart
    quantity: Optional[Quantity] = None
    kind: Optional[SigmaKind] = None
    raster: Optional[RasterInput] = None
    band: int = 0
    label: str = ""

    @property
    def key(self) -> str:
        """Identity that stays the same between sessions."""
        if self.raster is not None:
            return f"{self.raster.path}|{self.band}"
        kind = "" if self.kind is None else self.kind.value
        words = (self.quantity.key if self.quantity else "", self.part.value, kind)
        return " ".join(word for word in words if word and word != AxisPart.VALUE.value)

    @property
    def title(self) -> str:
        """Name in the user's language, without unit."""
        if self.part is AxisPart.DOMAIN:
            return tr("Domain distance")
        if self.part is AxisPart.FLAGS:
            return tr("Number of quality flags")
        if self.quantity is None:
            return self.label
        name = tr(self.quantity.name)
        if self.part is AxisPart.VALUE:
            return name
        kind = "" if self.kind is None else tr(self.kind.title)
        return tr("{quantity}, sigma {kind}").format(quantity=name, kind=kind)

    @property
    def axis(self) -> str:
        """Name with unit, for axes."""
        return self.title if self.quantity is None else self.quantity.with_unit(self.title)

    @property
    def oxides(self) -> Tuple[str, ...]:
        """Names of the oxides that it is computed from."""
        return () if self.quantity is None else self.quantity.oxides

    def is_given_by(self, bands: PredictionBands) -> bool:
        """Whether a prediction has the bands that it needs.

        Parameters
        ----------
        bands : PredictionBands

        Returns
        -------
        bool
        """
        if self.part is AxisPart.DOMAIN:
            return bands.domain_distance is not None
        if self.part is AxisPart.FLAGS:
            return bands.quality is not None
        if self.quantity is None:
            return True
        if self.part is AxisPart.SIGMA:
            given = {} if self.kind is None else bands.sigmas.get(self.kind, {})
            return set(self.oxides) <= set(given)
        return self.quantity.is_given_by(bands.oxides)


def of_quantity(quantity: Quantity) -> PlotAxis:
    """The axis of a quantity's value.

    Parameters
    ----------
    quantity : Quantity

    Returns
    -------
    PlotAxis
    """
    return PlotAxis(AxisPart.VALUE, quantity)


def axes_of(bands: PredictionBands) -> Tuple[PlotAxis, ...]:
    """Everything that a prediction can show.

    Parameters
    ----------
    bands : PredictionBands

    Returns
    -------
    tuple of PlotAxis
        Values, sigmas of each kind, domain distance, flags.
    """
    wanted = [of_quantity(quantity) for quantity in QUANTITIES]
    for kind in bands.sigmas:
        wanted += [PlotAxis(AxisPart.SIGMA, quantity, kind) for quantity in QUANTITIES]
    wanted += [PlotAxis(AxisPart.DOMAIN), PlotAxis(AxisPart.FLAGS)]
    return tuple(axis for axis in wanted if axis.is_given_by(bands))


@dataclass(frozen=True)
class PixelBlock:
    """A block of a prediction, from which axes compute.

    Attributes
    ----------
    oxides : mapping of name to float array
    sigmas : mapping of kind to a mapping of name to float array
    domain_distance, quality : float array, or None
    usual_sigma : mapping of name to float, wt%
        Of a map without sigmas; ratios are given where the denominator exceeds it.
    """

    oxides: Mapping[str, FloatArray]
    sigmas: Mapping[SigmaKind, Mapping[str, FloatArray]]
    domain_distance: Optional[FloatArray]
    quality: Optional[FloatArray]
    usual_sigma: Mapping[str, float] = field(default_factory=dict)

    def values(self, axis: PlotAxis) -> FloatArray:
        """The numbers of an axis that belongs to the prediction itself.

        Parameters
        ----------
        axis : PlotAxis

        Returns
        -------
        float32 array, shape (rows, columns)
            NaN where there is none.

        Raises
        ------
        ValueError
            If the block was read without what the axis needs.
        """
        if axis.part is AxisPart.DOMAIN and self.domain_distance is not None:
            return self.domain_distance
        if axis.part is AxisPart.FLAGS and self.quality is not None:
            return _number_of_flags(self.quality)
        if axis.quantity is None:
            raise ValueError(f"the block has no {axis.key}")
        usual = {name: np.asarray(sigma, np.float32) for name, sigma in self.usual_sigma.items()}
        sigma: Mapping[str, FloatArray] = next(iter(self.sigmas.values()), usual)
        if axis.kind is not None:
            sigma = self.sigmas.get(axis.kind, {})
        estimate = axis.quantity.evaluate(self.oxides, sigma)
        chosen = estimate.value if axis.part is AxisPart.VALUE else estimate.sigma
        return np.asarray(chosen, dtype=np.float32)

    @property
    def flagged(self) -> npt.NDArray[np.bool_]:
        """Pixels with a flag that makes them doubtful, or without a quality.

        None where there is no quality band.
        """
        if self.quality is None:
            shape = next(iter(self.oxides.values())).shape
            return np.zeros(shape, dtype=np.bool_)
        known = np.isfinite(self.quality)
        bits = np.where(known, self.quality, 0).astype(np.int64)
        flagged: npt.NDArray[np.bool_] = ~known | (bits & FAULTS != 0)
        return flagged


def _number_of_flags(quality: FloatArray) -> FloatArray:
    bits = np.where(np.isfinite(quality), quality, 0).astype(np.int64)
    count = sum(((bits & flag.bit) != 0).astype(np.float32) for flag in FLAGS)
    return np.where(np.isfinite(quality), count, np.nan).astype(np.float32)


def rasters_of(*axes: PlotAxis) -> FrozenSet[RasterInput]:
    """Other rasters that axes read.

    Parameters
    ----------
    *axes : PlotAxis

    Returns
    -------
    frozenset of RasterInput
    """
    return frozenset(axis.raster for axis in axes if axis.raster is not None)
