"""One band of any raster as a map of an oxide in wt%: unit, scale, nodata, longitude wrap."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import TracebackType
from typing import List, Optional, Tuple, Type

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.enums import MaskFlags
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.column_names import WT_PER_UNIT, read_name
from ..chemistry.oxides import Oxide
from ..chemistry.stoichiometry import element_of, oxide_per_element
from ..errors import RasterError, SitesError
from ..moon import lunar_crs
from ..moon.wkt import MOON_RADIUS_M
from ..rasters.grid import Grid
from ..rasters.opening import open_raster, placement_note
from ..rasters.raster_input import RasterInput
from ..version import TAG_PREFIX

#: Amounts outside this range (wt%) are no amounts: undeclared nodata, or another unit.
PLAUSIBLE_WT = (-10.0, 110.0)

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Quantity:
    """What a map's numbers are, and what turns them into wt% of the oxide."""

    words: str
    factor: float


def stated_quantity(choice: str, oxide: Oxide) -> Quantity:
    """The quantity that a user chose: ``"oxide wt%"``, ``"element wt%"``, ``"... ppm"``.

    Also ``"... fraction"`` (0 to 1).
    """
    kind, unit = choice.split(" ")
    species = oxide.name if kind == "oxide" else element_of(oxide.name)
    factor = 1.0 if kind == "oxide" else oxide_per_element(oxide.name)
    factor *= WT_PER_UNIT[unit]
    return Quantity(f"{species} in {unit}", factor)


class MapBand:
    """A band of a raster that maps an oxide or its element; closes as a context manager.

    Not thread-safe: GDAL datasets are not.

    Parameters
    ----------
    raster : RasterInput
    oxide : Oxide
        What the map shall give.
    band : int, optional
        From 1; found by the bands' descriptions if not given.
    quantity : Quantity, optional
        What the numbers are; read from the band's description and unit if not given.
    scale : float
        Multiplies the numbers, after the band's own scale and offset.

    Raises
    ------
    RasterError
        If the band or its unit cannot be told, or the raster has no lunar CRS.
    """

    def __init__(
        self,
        raster: RasterInput,
        oxide: Oxide,
        band: Optional[int] = None,
        quantity: Optional[Quantity] = None,
        scale: float = 1.0,
    ) -> None:
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
            flags = self._dataset.mask_flag_enums[self.band - 1]
            self._has_mask = bool({MaskFlags.per_dataset, MaskFlags.alpha} & set(flags))
            #: The grid as linear in longitude and latitude; None where it is not.
            self.cylinder = cylinder_of(self.grid)
        except Exception:
            self._dataset.close()
            raise
        #: Pixels that held numbers outside `PLAUSIBLE_WT`, and all with a number.
        self.implausible = 0
        self.numbers = 0

    def __enter__(self) -> MapBand:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._dataset.close()

    @property
    def description(self) -> str:
        """Band and quantity in words."""
        text = (self._dataset.descriptions[self.band - 1] or "").strip()
        label = f" ({text})" if text else ""
        return f"{self.name}, band {self.band}{label}, taken as {self.quantity.words}"

    @property
    def placement_note(self) -> str:
        """Why the map lies elsewhere than GDAL says; empty if it does not."""
        return placement_note(self._dataset)

    @property
    def data_origin(self) -> str:
        """What the file says of its values where they are no plain observation."""
        tags = self._dataset.tags()
        return str(tags.get(TAG_PREFIX + "DATA_ORIGIN", tags.get("DATA_ORIGIN", "")))

    @property
    def turn_columns(self) -> Optional[int]:
        """Columns of one turn around the Moon; None where the projection has no such thing."""
        return None if self.cylinder is None else self.cylinder.turn_columns

    def has_band(self, oxide: Oxide) -> bool:
        """Whether another band is described as this oxide in wt%."""
        return len(_described_as(self._dataset, oxide)) == 1

    def lonlat(self, columns: _Floats, rows: _Floats) -> Tuple[_Floats, _Floats]:
        """East longitude (-180..180) and latitude of pixel coordinates (corner-based)."""
        xs, ys = self.grid.transform * (columns, rows)
        lons, lats = lunar_crs.to_lunar_lonlat(
            self.grid.wkt, xs.ravel().tolist(), ys.ravel().tolist()
        )
        return np.array(lons).reshape(columns.shape), np.array(lats).reshape(rows.shape)

    def pixel(self, lons: _Floats, lats: _Floats) -> Tuple[_Floats, _Floats]:
        """Pixel coordinates (columns, rows) of points; on a cylinder columns go on beyond the
        raster, within half a turn of its first point.
        """
        xs, ys = lunar_crs.from_lunar_lonlat(
            self.grid.wkt, lons.ravel().tolist(), lats.ravel().tolist()
        )
        columns, rows = ~self.grid.transform * (np.array(xs), np.array(ys))
        turn = self.turn_columns
        if turn is not None and columns.size:
            columns = columns[0] + (columns - columns[0] + turn / 2) % turn - turn / 2
        return columns.reshape(lons.shape), rows.reshape(lats.shape)

    def local(self, longitude: float, first_column: float, row: float) -> Tuple[CRS, Affine]:
        """CRS and transform for an array whose corner is at these pixel coordinates.

        On a cylinder the CRS is centred on `longitude`, so that no seam is near; elsewhere it is
        the raster's own.
        """
        if self.cylinder is None:
            return self.grid.crs, self.grid.transform * Affine.translation(first_column, row)
        return self.cylinder.local(longitude, first_column, row)

    def read(self, top: int, left: int, rows: int, columns: int) -> _Floats:
        """Oxide in wt% of a window that may reach beyond the raster; NaN where there is none.

        On a cylinder, columns beyond one edge are those one turn away.

        Raises
        ------
        RasterError
            If the file cannot be read.
        """
        values = np.full((rows, columns), np.nan)
        turn = self.turn_columns
        for shift in (0,) if turn is None else (0, turn, -turn, 2 * turn, -2 * turn):
            start, stop = max(left, shift), min(left + columns, shift + self.grid.width)
            first, last = max(top, 0), min(top + rows, self.grid.height)
            if start >= stop or first >= last:
                continue
            part = self._read(Window(start - shift, first, stop - start, last - first))
            target = values[first - top : last - top, start - left : stop - left]
            if shift == 0:
                target[...] = part
            else:
                np.copyto(target, part, where=np.isnan(target))
        return values

    def _read(self, window: Window) -> _Floats:
        try:
            raw = self._dataset.read(self.band, window=window)
            masked = None
            if self._has_mask:
                masked = self._dataset.read_masks(self.band, window=window) == 0
        except (rasterio.errors.RasterioError, OSError) as error:
            raise RasterError(
                f"{self.name} cannot be read at row {int(window.row_off)}: {error}."
            ) from error
        values: _Floats = raw.astype(np.float64)
        values[self._dataset.is_user_nodata(self.band, raw)] = np.nan
        if masked is not None:
            values[masked] = np.nan
        nodata = self._dataset.nodatavals[self.band - 1]
        if nodata is not None and not math.isnan(nodata):
            # In the raster's own type: -3.4e38 does not survive a cast to double.
            values[raw == np.asarray(nodata).astype(raw.dtype)] = np.nan
        slope = float(self._dataset.scales[self.band - 1]) * self._factor
        shift = float(self._dataset.offsets[self.band - 1]) * self._factor
        if slope != 1.0:
            values *= slope
        if shift != 0.0:
            values += shift
        known = int(np.count_nonzero(np.isfinite(values)))
        with np.errstate(invalid="ignore"):
            # NaN and infinities fail the comparison as well.
            plausible = (values >= PLAUSIBLE_WT[0]) & (values <= PLAUSIBLE_WT[1])
        values[~plausible] = np.nan
        self.numbers += known
        self.implausible += known - int(np.count_nonzero(plausible))
        return values


@dataclass(frozen=True)
class Cylinder:
    """A grid on which longitude and latitude are linear in column and row."""

    first_longitude: float
    first_latitude: float
    degrees_per_column: float
    degrees_per_row: float

    @property
    def turn_columns(self) -> int:
        """Columns of one turn around the Moon."""
        return round(360.0 / abs(self.degrees_per_column))

    def local(self, longitude: float, first_column: float, row: float) -> Tuple[CRS, Affine]:
        """See `MapBand.local`."""
        metres = math.radians(1.0) * MOON_RADIUS_M
        corner = self.first_longitude + first_column * self.degrees_per_column
        # Bring the array to the side of the central meridian that it lies on.
        x = corner - longitude
        x -= 360.0 * math.floor((x + 180.0) / 360.0)
        y = self.first_latitude + row * self.degrees_per_row
        crs = CRS.from_proj4(
            f"+proj=eqc +lat_ts=0 +lon_0={longitude % 360.0:.9f} +R={MOON_RADIUS_M:g} +units=m "
            "+no_defs"
        )
        transform = Affine(
            self.degrees_per_column * metres, 0.0, x * metres,
            0.0, self.degrees_per_row * metres, y * metres,
        )  # fmt: skip
        return crs, transform


def cylinder_of(grid: Grid) -> Optional[Cylinder]:
    """Longitude and latitude of a grid as linear functions, None where they are not."""
    t = grid.transform
    turn = lunar_crs.turn_length(grid.crs)
    if turn is None or t.b != 0.0 or t.d != 0.0:
        return None
    _, ys = lunar_crs.from_lunar_lonlat(grid.wkt, [0.0, 0.0, 0.0], [0.0, 30.0, 60.0])
    if not math.isclose(ys[2] - ys[0], 2.0 * (ys[1] - ys[0]), rel_tol=1e-6):
        return None  # Mercator: latitude is not linear
    xs, _ = lunar_crs.from_lunar_lonlat(grid.wkt, [0.0, 10.0], [0.0, 0.0])
    per_x, per_y = 10.0 / _one_turn(xs[1] - xs[0], turn), 30.0 / (ys[1] - ys[0])
    return Cylinder(
        first_longitude=(t.c - xs[0]) * per_x,
        first_latitude=(t.f - ys[0]) * per_y,
        degrees_per_column=t.a * per_x,
        degrees_per_row=t.e * per_y,
    )


def _one_turn(step: float, turn: float) -> float:
    """A short step that may have jumped over the seam."""
    return (step + turn / 2) % turn - turn / 2


def _described_as(dataset: rasterio.DatasetReader, oxide: Oxide) -> List[int]:
    found = []
    for number, text in enumerate(dataset.descriptions, start=1):
        try:
            meaning = read_name(text or "")
        except SitesError:
            continue
        if meaning is not None and meaning.oxide == oxide.name and not meaning.is_sigma:
            found.append(number)
    return found


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
