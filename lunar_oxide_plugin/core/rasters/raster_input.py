"""Description of a raster to read, made from a QGIS layer, the command line or the window."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from ..errors import RasterError


@dataclass(frozen=True)
class BandNodata:
    """Values of a band that the user declared as no data.

    Attributes
    ----------
    band : int
        From 1; 0 for every band.
    ranges : tuple of (low, high)
        Values that are no data, both ends included, in the band's own unit (its own scale and
        offset applied), as QGIS takes them.
    use_own : bool
        Whether the file's nodata value is used as well.
    """

    band: int
    ranges: Tuple[Tuple[float, float], ...] = ()
    use_own: bool = True


@dataclass(frozen=True)
class RasterInput:
    """A raster to read, as plain values that threads and machines can pass.

    Attributes
    ----------
    path : str
        A file, or anything else that GDAL opens by name.
    open_options : tuple of str
        ``"KEY=VALUE"``, for GDAL's driver.
    crs_wkt : str
        The CRS of the coordinates where the file's own is missing or wrong; empty to take the
        file's.
    nodata : tuple of BandNodata
        Bands whose no data differs from that of the file.
    scale, offset : float, or None
        Replace the bands' own: reflectance = raw * scale + offset.
    bands : tuple of int, or None
        Band numbers (from 1) in the order of a model or formula; None to find them by wavelength or
        name.
    """

    path: str
    open_options: Tuple[str, ...] = ()
    crs_wkt: str = ""
    nodata: Tuple[BandNodata, ...] = ()
    scale: Optional[float] = None
    offset: Optional[float] = None
    bands: Optional[Tuple[int, ...]] = None

    @property
    def name(self) -> str:
        """File name, for messages."""
        return Path(self.path).name or self.path

    def band_nodata(self, number: int) -> BandNodata:
        """The user's no data of a band; none by default.

        Parameters
        ----------
        number : int

        Returns
        -------
        BandNodata
        """
        said = (item for item in self.nodata if item.band in (0, number))
        return next(said, BandNodata(number))

    def as_document(self) -> Dict[str, Any]:
        """All fields as plain values, for the identity of a run.

        Returns
        -------
        dict of str to any
        """
        return asdict(self)


def band_numbers(text: str) -> Tuple[int, ...]:
    """Read band numbers such as ``1,2,3``, ``1;2;3`` or ``1 2 3``.

    Parameters
    ----------
    text : str
        Empty for none.

    Returns
    -------
    tuple of int
        From 1.

    Raises
    ------
    RasterError
        If a part is no band number.
    """
    parts = re.split(r"\s*[,;]\s*|\s+", text.strip().strip("[]()")) if text.strip() else []
    for part in parts:
        if not re.fullmatch(r"0*[1-9]\d{0,5}", part, re.ASCII):
            raise RasterError(
                f"{part!r} is no band number: give whole numbers from 1, such as 1,2,3 or 1;2;3."
            )
    return tuple(map(int, parts))
