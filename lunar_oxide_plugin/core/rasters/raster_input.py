"""Which raster to read, and how: what a QGIS layer, a command line or the window says of it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from ..errors import RasterError


@dataclass(frozen=True)
class BandNodata:
    """What a user says of one band's values that are no data.

    Attributes
    ----------
    band : int
        From 1; 0 for every band.
    ranges : tuple of (low, high)
        Values that are no data, both ends included, in the band's own unit (its own scale and
        offset applied), as QGIS takes them.
    use_own : bool
        Whether the nodata value that the file declares counts as well.
    """

    band: int
    ranges: Tuple[Tuple[float, float], ...] = ()
    use_own: bool = True


@dataclass(frozen=True)
class RasterInput:
    """A raster to read, from plain values, so that it can cross threads and machines.

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
        Bands whose no data differs from what the file says.
    scale, offset : float, or None
        Replace the bands' own: reflectance = raw * scale + offset.
    bands : tuple of int, or None
        Band numbers (from 1) in the order that a model or formula wants them; None finds them
        by wavelength or name.
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
        """What the user says of a band's no data; nothing by default."""
        said = (item for item in self.nodata if item.band in (0, number))
        return next(said, BandNodata(number))

    def as_document(self) -> Dict[str, Any]:
        """All fields as plain values, for the identity of a run."""
        return asdict(self)


def band_numbers(text: str) -> Tuple[int, ...]:
    """Band numbers as people write them: ``1,2,3``, ``1;2;3`` or ``1 2 3``.

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
