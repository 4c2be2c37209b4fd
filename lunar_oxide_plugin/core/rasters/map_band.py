"""Read one band of any raster as a map of an oxide in wt%: unit, scale, nodata, longitudes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from ..chemistry.column_names import WT_PER_UNIT, read_name
from ..chemistry.oxides import Oxide
from ..chemistry.stoichiometry import element_of, oxide_per_element
from ..closing import Closing
from ..errors import RasterError, SitesError
from ..version import TAG_PREFIX
from .band_values import PLAUSIBLE_WT, read_values, require_amounts
from .grid import Grid
from .opening import open_raster, placement_note
from .pixel_plane import PixelPlane
from .raster_input import RasterInput

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Quantity:
    """Meaning of a map's numbers, and the factor that turns them into wt% of the oxide."""

    words: str
    factor: float


def stated_quantity(choice: str, oxide: Oxide) -> Quantity:
    """The quantity that a user chose: ``"oxide wt%"``, ``"element wt%"``, ``"... ppm"``.

    Also ``"... fraction"`` (0 to 1).

    Parameters
    ----------
    choice : str
        Of the user.
    oxide : Oxide

    Returns
    -------
    Quantity
    """
    kind, unit = choice.split(" ")
    species = oxide.name if kind == "oxide" else element_of(oxide.name)
    factor = 1.0 if kind == "oxide" else oxide_per_element(oxide.name)
    factor *= WT_PER_UNIT[unit]
    return Quantity(f"{species} in {unit}", factor)


class MapBand(Closing):
    """A band of a raster that maps an oxide or its element; closes as a context manager.

    Not thread-safe: GDAL datasets are not.

    Parameters
    ----------
    raster : RasterInput
    oxide : Oxide
        The oxide to return.
    band : int, optional
        From 1; found by the bands' descriptions if not given.
    quantity : Quantity, optional
        Meaning of the numbers; read from the band's description and unit if not given.
    scale : float
        Multiplies the numbers, after the band's own scale and offset.

    Raises
    ------
    RasterError
        If the band or its unit cannot be recognised, or the raster has no lunar CRS.
    """

    def __init__(
        self,
        raster: RasterInput,
        oxide: Oxide,
        band: Optional[int] = None,
        quantity: Optional[Quantity] = None,
        scale: float = 1.0,
    ) -> None:
        if not (math.isfinite(scale) and scale > 0.0):
            raise RasterError(
                f"The scale of {raster.name} is {scale:g}: give a number above 0 that turns the "
                "band's numbers into amounts, e.g. 0.01."
            )
        self.name = raster.name
        self.oxide = oxide
        self._dataset = open_raster(raster)
        try:
            self.grid = Grid.of(self._dataset, self.name)
            self.band = _find_band(self._dataset, self.name, oxide, band)
            self.quantity = quantity or _described_quantity(
                self._dataset, self.name, oxide, self.band
            )
            self._factor = self.quantity.factor * scale
            if quantity is None and self._factor == 1.0:
                require_amounts(self._dataset, {oxide.name: self.band}, self.name)
            self.plane = PixelPlane(self.grid)
            #: The grid as linear in longitude and latitude; None where it is not.
            self.cylinder = self.plane.cylinder
        except Exception:
            self._dataset.close()
            raise
        #: Number of pixels outside `PLAUSIBLE_WT`, and of all pixels with a number.
        self.implausible = 0
        self.numbers = 0

    def close(self) -> None:
        """Close the dataset."""
        self._dataset.close()

    @property
    def description(self) -> str:
        """Band and quantity in words."""
        text = (self._dataset.descriptions[self.band - 1] or "").strip()
        label = f" ({text})" if text else ""
        return f"{self.name}, band {self.band}{label}, taken as {self.quantity.words}"

    @property
    def placement_note(self) -> str:
        """Reason why the map's position differs from that of GDAL; empty if it does not."""
        return placement_note(self._dataset)

    @property
    def data_origin(self) -> str:
        """The file's statement on its values where they are not a plain observation."""
        tags = self._dataset.tags()
        return str(tags.get(TAG_PREFIX + "DATA_ORIGIN", tags.get("DATA_ORIGIN", "")))

    @property
    def pixel_km(self) -> float:
        """Length of a pixel's longer side in km, see `PixelPlane`.

        Returns
        -------
        float
        """
        return self.plane.pixel_km

    def has_band(self, oxide: Oxide) -> bool:
        """Whether another band is described as this oxide in wt%.

        Parameters
        ----------
        oxide : Oxide

        Returns
        -------
        bool
        """
        return len(_described_as(self._dataset, oxide)) == 1

    def lonlat(self, columns: _Floats, rows: _Floats) -> Tuple[_Floats, _Floats]:
        """East longitude and latitude of pixel coordinates, see `PixelPlane`.

        Parameters
        ----------
        columns, rows : float array

        Returns
        -------
        float array
        float array
        """
        return self.plane.lonlat(columns, rows)

    def pixel(self, lons: _Floats, lats: _Floats) -> Tuple[_Floats, _Floats]:
        """Pixel coordinates (columns, rows) of points, see `PixelPlane`.

        Parameters
        ----------
        lons, lats : float array
            Degrees.

        Returns
        -------
        float array
        float array
        """
        return self.plane.pixel(lons, lats)

    def holds(self, columns: _Floats, rows: _Floats) -> npt.NDArray[np.bool_]:
        """Whether pixel coordinates lie on the raster; NaN does not.

        Parameters
        ----------
        columns, rows : float array

        Returns
        -------
        bool array
        """
        return self.plane.holds(columns, rows)

    def read(self, top: int, left: int, rows: int, columns: int) -> _Floats:
        """Oxide in wt% of a window that may reach beyond the raster; NaN where there is none.

        Parameters
        ----------
        top, left, rows, columns : int

        Returns
        -------
        float array, shape (rows, columns)

        Raises
        ------
        RasterError
            If the file cannot be read.
        """
        values = np.full((rows, columns), np.nan)
        start, stop = max(left, 0), min(left + columns, self.grid.width)
        first, last = max(top, 0), min(top + rows, self.grid.height)
        if start < stop and first < last:
            part = self._read(Window(start, first, stop - start, last - first))
            values[first - top : last - top, start - left : stop - left] = part
        return values

    def _read(self, window: Window) -> _Floats:
        values: _Floats = read_values(self._dataset, [self.band], self.name, window)[0]
        values *= self._factor
        known = int(np.count_nonzero(np.isfinite(values)))
        with np.errstate(invalid="ignore"):
            # NaN and infinities fail the comparison as well.
            plausible = (values >= PLAUSIBLE_WT[0]) & (values <= PLAUSIBLE_WT[1])
        values[~plausible] = np.nan
        self.numbers += known
        self.implausible += known - int(np.count_nonzero(plausible))
        return values


def described_oxides(descriptions: Sequence[Optional[str]]) -> Dict[str, List[int]]:
    """Numbers of the bands that are described as amounts, by name of the oxide.

    Parameters
    ----------
    descriptions : sequence of str or None

    Returns
    -------
    dict of str to list of int
    """
    found: Dict[str, List[int]] = {}
    for number, text in enumerate(descriptions, start=1):
        try:
            meaning = read_name(text or "")
        except SitesError:
            continue
        if meaning is not None and not meaning.is_sigma:
            found.setdefault(meaning.oxide, []).append(number)
    return found


def _described_as(dataset: rasterio.DatasetReader, oxide: Oxide) -> List[int]:
    return described_oxides(dataset.descriptions).get(oxide.name, [])


def _find_band(
    dataset: rasterio.DatasetReader, name: str, oxide: Oxide, band: Optional[int]
) -> int:
    if band is not None:
        if not 1 <= band <= dataset.count:
            raise RasterError(f"{name} has no band {band}: it has 1 to {dataset.count}.")
        return band
    found = _described_as(dataset, oxide)
    if len(found) == 1:
        return found[0]
    if dataset.count == 1:
        return 1
    what = f"{len(found)} bands" if found else "no band"
    raise RasterError(
        f"{name} has {what} described as {oxide.name} or its element: give the band's number."
    )


def _described_quantity(
    dataset: rasterio.DatasetReader, name: str, oxide: Oxide, band: int
) -> Quantity:
    text = (dataset.descriptions[band - 1] or "").strip()
    unit = (dataset.units[band - 1] or "").strip()
    try:
        meaning = read_name(text)
        if meaning is not None and not meaning.unit_stated and unit:
            meaning = read_name(f"{text} ({unit})")
    except SitesError:
        meaning = None
    if meaning is None or meaning.is_sigma:
        raise RasterError(
            f"{name} does not say what band {band}{f' ({text})' if text else ''} holds: choose "
            "what its numbers are, e.g. element, wt%."
        )
    if meaning.oxide != oxide.name:
        raise RasterError(
            f"Band {band} of {name} holds {meaning.species} by its description, not {oxide.name}: "
            "choose another band or oxide."
        )
    return Quantity(f"{meaning.species} in {meaning.unit}", meaning.factor)
