"""A reading: the spectrum of a pixel or box, the prediction, and the nearest stations."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Dict, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind
from ..chemistry.new_place import Skills
from ..chemistry.oxides import Z90, Oxide
from ..chemistry.quantities import Estimate, Quantity
from ..rasters.bands import ModelBand
from ..rasters.quality import QualityFlag
from ..rasters.raster_input import RasterInput
from ..sites.nearest_stations import NearStation


@dataclass(frozen=True)
class ProbeSource:
    """Raster and model of a reading as plain values, so that threads can pass it.

    Attributes
    ----------
    raster : RasterInput
        Its bands are in the model's order.
    model : str
        Path of the ``.onnx`` file.
    """

    raster: RasterInput
    model: str


@dataclass(frozen=True)
class Spread:
    """Median of pixels and the range of the middle 90 % of them; all three equal for one pixel."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class PixelArea:
    """Position of a reading on the raster.

    Attributes
    ----------
    column, row, columns, rows : int
        First pixel (from 0) and size of the window around it.
    x, y : float
        Centre in the raster's CRS.
    longitude_deg, latitude_deg : float or None
        East longitude -180..180 and latitude; None if the raster has no CRS.
    sampled : bool
        True if the area was too large to read whole.
    """

    column: int
    row: int
    columns: int
    rows: int
    x: float
    y: float
    longitude_deg: Optional[float]
    latitude_deg: Optional[float]
    sampled: bool = False

    @property
    def is_pixel(self) -> bool:
        """Whether the area is one pixel."""
        return self.columns == 1 and self.rows == 1


@dataclass(frozen=True)
class FlagShare:
    """A quality flag and the share of the pixels read that carry it, above 0 and up to 1."""

    flag: QualityFlag
    share: float


@dataclass(frozen=True)
class SpectrumReading:
    """Everything that the spectrum tool shows.

    Attributes
    ----------
    raster_name, model_title : str
    area : PixelArea
    n_valid, n_read : int
        Pixels with a prediction, and pixels read.
    bands : tuple of ModelBand
    reflectance : tuple of Spread
        Fraction, in the order of `bands`.
    oxides : tuple of Oxide
        Oxides that the model gives, in the order of `oxides.OXIDES`.
    oxides_wt : tuple of Spread
        wt%, in the order of `oxides`.
    sigma_wt : tuple of float
        Standard uncertainty of one pixel's prediction (of a box: its median), wt%; NaN where
        the model gives none.
    domain_distance : float
        Above 1: unlike the training spectra; NaN where the model gives none.
    flags : tuple of FlagShare
        Empty if no pixel has a flag.
    nearest : tuple of NearStation
        Nearest first; empty where no comparison with stations is possible.
    nearest_note : str
        A remark on the comparison, or the reason why there is none.
    data_origin : str
        The raster's statement on the origin of its values; may be empty.
    sigma_kind : SigmaKind, or None
        Of `sigma_wt`; None where the model gives none.
    new_place : mapping of oxide name to NewPlaceSkill
        What the model's maps tell at a new place; empty where it does not say.
    doubt : str
        A sentence if the spectrum is hardly of the model's sensor; else empty.
    pixels : float32 array, shape (bands, n), optional
        Spectra of the pixels, or evenly chosen ones of many; None where they are not kept, as in
        a saved project. Not compared.
    """

    raster_name: str
    model_title: str
    area: PixelArea
    n_valid: int
    n_read: int
    bands: Tuple[ModelBand, ...]
    reflectance: Tuple[Spread, ...]
    oxides: Tuple[Oxide, ...]
    oxides_wt: Tuple[Spread, ...]
    sigma_wt: Tuple[float, ...]
    domain_distance: float
    flags: Tuple[FlagShare, ...]
    nearest: Tuple[NearStation, ...]
    nearest_note: str
    data_origin: str
    sigma_kind: Optional[SigmaKind] = None
    new_place: Skills = field(default_factory=dict)
    doubt: str = ""
    pixels: Optional[npt.NDArray[np.float32]] = field(default=None, compare=False, repr=False)

    @property
    def composition_wt(self) -> Dict[str, float]:
        """Median of each oxide by its name."""
        return {o.name: spread.median for o, spread in zip(self.oxides, self.oxides_wt)}

    def estimate(self, quantity: Quantity) -> Estimate:
        """A quantity and its sigma, computed from the medians shown so that it agrees with them.

        NaN where the model does not give the oxides that the quantity needs.

        Parameters
        ----------
        quantity : Quantity

        Returns
        -------
        Estimate
        """
        sigma = dict(zip((oxide.name for oxide in self.oxides), self.sigma_wt))
        return quantity.evaluate(self.composition_wt, sigma)

    def value(self, quantity: Quantity) -> float:
        """The value of `estimate`.

        Parameters
        ----------
        quantity : Quantity

        Returns
        -------
        float
        """
        return float(self.estimate(quantity).value)

    def interval(self, quantity: Quantity) -> Tuple[float, float]:
        """Central 90 % interval of a quantity: value -+ 1.645 sigma; NaN without sigma.

        Parameters
        ----------
        quantity : Quantity

        Returns
        -------
        float
        float
        """
        value, sigma = map(float, self.estimate(quantity))
        return value - Z90 * sigma, value + Z90 * sigma

    @property
    def wavelengths_nm(self) -> Tuple[float, ...]:
        """Band centres; running numbers if the model file has none."""
        centres = tuple(band.wavelength_nm for band in self.bands)
        if any(map(math.isnan, centres)):
            return tuple(float(number) for number in range(1, len(centres) + 1))
        return centres

    @property
    def has_wavelengths(self) -> bool:
        """Whether `wavelengths_nm` are wavelengths."""
        return not any(math.isnan(band.wavelength_nm) for band in self.bands)

    @property
    def training_range(self) -> Optional[Tuple[Tuple[float, float], ...]]:
        """Range of reflectance in training per band; None if the model file has none."""
        pairs = tuple((band.training_min, band.training_max) for band in self.bands)
        return None if any(math.isnan(value) for pair in pairs for value in pair) else pairs
