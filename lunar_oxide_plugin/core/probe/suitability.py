"""The result of the check whether a raster fits a model, which `raster_suitability` makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional, Tuple

from ..errors import LunarOxideError
from ..rasters.bands import BandMapping, ModelBand, RasterBand
from ..rasters.sensors.record import Sensor


class FitLevel(Enum):
    """Levels of the result, shown as green, amber and red."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    UNFIT = "unfit"


@dataclass(frozen=True)
class BandRow:
    """One of the model's bands, and the raster band that is used for it or is nearest.

    Attributes
    ----------
    wanted : ModelBand
    number : int or None
        Raster band number (from 1); None if the raster gives no wavelength.
    description : str
    distance_nm : float or None
        None where the wavelength of the raster's band is not known.
    basis : str
        ``"wavelength"``, ``"name"``, ``"product order"`` (assumed), ``"choice"``, or ``""`` for a
        band that cannot be used.
    """

    wanted: ModelBand
    number: Optional[int]
    description: str
    distance_nm: Optional[float]
    basis: str


@dataclass(frozen=True)
class RasterFit:
    """The result of the check.

    Attributes
    ----------
    level : FitLevel
    reasons : tuple of str
        One sentence each; empty for a good fit.
    rows : tuple of BandRow
        In the model's order; empty if the model or the raster cannot be opened.
    mapping : BandMapping or None
        None if the bands do not fit.
    raster_bands : tuple of RasterBand
        Raster bands that the user can choose from.
    sensor : Sensor, or None
        The raster's, if recognised.
    """

    level: FitLevel
    reasons: Tuple[str, ...]
    rows: Tuple[BandRow, ...] = ()
    mapping: Optional[BandMapping] = None
    raster_bands: Tuple[RasterBand, ...] = ()
    sensor: Optional[Sensor] = None

    @classmethod
    def refused(cls, error: LunarOxideError) -> RasterFit:
        """No fit, for a reason found before bands could be compared.

        Parameters
        ----------
        error : LunarOxideError

        Returns
        -------
        RasterFit
        """
        return cls(FitLevel.UNFIT, (str(error),))
