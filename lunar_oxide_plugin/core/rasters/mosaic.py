"""Join many tiles into one virtual raster, which opens a tile only when its pixels are read.

All tiles of the Moon are too many to open one by one beforehand. The name of a MI_MAP tile gives
its corner and the product's format its size, so that one opened tile represents all whose files
have the same size. Using names also avoids the mirrored longitude that GDAL reads from the labels
of version 2 tiles. Other rasters are opened once each to read their grid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import rasterio
from rasterio.transform import Affine

from ..chemistry.oxides import UNIT
from ..errors import Cancelled, RasterError
from ..files import is_there
from ..moon.lunar_crs import require_moon, to_lunar_lonlat
from ..moon.wkt import MOON_EQUIRECTANGULAR_WKT, MOON_RADIUS_M
from ..progress import Progress
from ..version import TAG_PREFIX
from .georeference import tile_name
from .opening import open_raster
from .pds_label import is_label
from .raster_info import read_info
from .raster_input import RasterInput
from .sensors.known import MI, MI_NUMBERS
from .truncated_files import require_whole

_NONE_READABLE = "None of the rasters can be read: copy or download them again."

_RASTER_SUFFIXES = frozenset({".tif", ".tiff", ".lbl", ".img", ".cub", ".jp2"})

#: Largest difference of a tile from the common grid, as a share of a pixel.
_GRID_TOLERANCE = 0.02


@dataclass(frozen=True)
class Tile:
    """A raster and its position in the mosaic, in pixels from the upper left corner."""

    path: Path
    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class MosaicBand:
    """Metadata of a band of the mosaic."""

    description: str
    wavelength_nm: Optional[float]
    scale: float
    offset: float
    nodata: Optional[float]
    dtype: str
    unit: str = ""


@dataclass(frozen=True)
class Mosaic:
    """A virtual raster.

    Attributes
    ----------
    width, height : int
    transform : (a, b, c, d, e, f)
        Affine coefficients.
    crs_wkt : str
    bands : tuple of MosaicBand
    tiles : tuple of Tile
    overlapping : bool
        Whether tiles may overlap; later ones are on top, and their nodata is transparent.
    tags : mapping of str to str
    left_out : tuple of Path
        Tiles that cannot be read.
    """

    width: int
    height: int
    transform: Tuple[float, ...]
    crs_wkt: str
    bands: Tuple[MosaicBand, ...]
    tiles: Tuple[Tile, ...]
    overlapping: bool
    tags: Mapping[str, str] = field(default_factory=dict)
    left_out: Tuple[Path, ...] = ()


def find_rasters(places: Iterable[str], progress: Progress) -> List[Path]:
    """Tiles in files and folders; only the newest version of each MI_MAP tile.

    Parameters
    ----------
    places : paths of rasters, and of folders, which are searched with their subfolders
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    list of Path

    Raises
    ------
    RasterError
        If a path does not exist or no raster is found.
    """
    found: List[Path] = []
    for place in map(Path, places):
        if not is_there(place):
            raise RasterError(f"{place} does not exist: check the path.")
        found += _in_folder(place) if place.is_dir() else [place]
    labels = {path.with_suffix("").as_posix() for path in found if _suffix(path) == ".lbl"}
    kept: Dict[Tuple[str, ...], Path] = {}
    for path in found:
        if _suffix(path) == ".img" and path.with_suffix("").as_posix() in labels:
            continue  # the image of a detached label is not a tile of its own
        name = tile_name(path.name)
        key = (str(path.resolve()),) if name is None else (f"{name.north}", f"{name.west}")
        other = kept.get(key)
        if other is None:
            kept[key] = path
            continue
        if other.resolve() == path.resolve():
            continue
        newer, older = sorted((path, other), key=lambda p: p.name, reverse=True)
        progress.info(f"{older.name} is left out: {newer.name} covers the same place.")
        kept[key] = newer
    if not kept:
        raise RasterError("No rasters were found: give a folder with MI_MAP tiles (.lbl, .img).")
    return list(kept.values())


def plan_mosaic(rasters: Sequence[Path], progress: Progress) -> Mosaic:
    """Place rasters on one grid; unreadable ones are named in the log and left out.

    Parameters
    ----------
    rasters : sequence of Path
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    Mosaic

    Raises
    ------
    RasterError
        If they do not fit together, or none can be read.
    Cancelled
    """
    planned = _planned(rasters, progress)
    there = {tile.path for tile in planned.tiles}
    return replace(planned, left_out=tuple(path for path in rasters if path not in there))


def _planned(rasters: Sequence[Path], progress: Progress) -> Mosaic:
    """The mosaic of what can be read."""
    named = [tile_name(path.name) is not None for path in rasters]
    if any(named) and not all(named):
        stranger = rasters[named.index(False)]
        raise RasterError(
            f"{stranger.name} is no MI_MAP tile but others are: make a mosaic of either kind."
        )
    if not all(named):
        return _plan_rasters(rasters, progress)
    tiles = _WholeTiles()
    readable: List[Path] = []
    parts: List[Path] = []
    pixels = 0
    for index, path in enumerate(rasters):
        _pause(progress, index / len(rasters))
        try:
            side = tiles.side_of(path)
        except RasterError as error:
            _leave_out(path, error, progress)
            continue
        readable.append(path)
        if side == 0:
            parts.append(path)
        elif side != (pixels := pixels or side):
            raise RasterError(
                f"{path.name} has {side} pixels a degree, other tiles {pixels}: make a mosaic of "
                "tiles of one resolution."
            )
    if not readable:
        raise RasterError(_NONE_READABLE)
    if not parts:
        return _plan_mi_tiles(readable, pixels)
    for path in parts[:5]:
        progress.info(
            f"{path.name} is not the whole tile of its name, so that the tiles are placed by their "
            "own georeference."
        )
    return _plan_rasters(readable, progress)


def _leave_out(path: Path, error: RasterError, progress: Progress) -> None:
    progress.warn(f"{path.name} is left out of the mosaic, as it cannot be read: {error}")


def _in_folder(folder: Path) -> List[Path]:
    files = sorted(path for path in folder.rglob("*") if _suffix(path) in _RASTER_SUFFIXES)
    tiles = [path for path in files if tile_name(path.name) is not None]
    return tiles or files


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def _plan_mi_tiles(rasters: Sequence[Path], pixels: int) -> Mosaic:
    corners: List[Tuple[Path, int, int]] = []
    for path in rasters:
        name = tile_name(path.name)
        if name is not None:
            corners.append((path, name.west, name.north))
    west = _westernmost(sorted({corner[1] for corner in corners}))
    north = max(corner[2] for corner in corners)
    tiles = tuple(
        Tile(path, (lon - west) % 360 * pixels, (north - lat) * pixels, pixels, pixels)
        for path, lon, lat in corners
    )
    pixel_m = math.radians(1.0 / pixels) * MOON_RADIUS_M
    # MI_MAP is pixel-registered: the centre of a tile's first pixel lies on the whole degree.
    left, top = (west * pixels - 0.5) * pixel_m, (north * pixels + 0.5) * pixel_m
    return Mosaic(
        width=max(tile.column + tile.width for tile in tiles),
        height=max(tile.row + tile.height for tile in tiles),
        transform=(pixel_m, 0.0, left, 0.0, -pixel_m, top),
        crs_wkt=MOON_EQUIRECTANGULAR_WKT,
        bands=tuple(
            MosaicBand(
                f"{own.name} {own.wavelength_nm:g} nm",
                own.wavelength_nm,
                MI_NUMBERS.scale,
                MI_NUMBERS.offset,
                MI_NUMBERS.outside,
                MI_NUMBERS.dtype,
            )
            for own in MI.filters
        ),
        tiles=tiles,
        overlapping=False,
    )


class _WholeTiles:
    """Decide which files are the whole tiles of their names.

    Original products are opened once per file size. Files of other formats may contain anything,
    and are opened one by one.
    """

    def __init__(self) -> None:
        self._sides: Dict[Tuple[str, int], int] = {}

    def side_of(self, path: Path) -> int:
        """Pixels along the tile's side; 0 if the file is not the whole tile of its name.

        Raises
        ------
        RasterError
            If it cannot be read.
        """
        kind = (_suffix(path), self._image(path).stat().st_size)
        if _suffix(path) not in (".lbl", ".img"):
            return self._opened(path)
        if kind not in self._sides or not is_label(path):
            self._sides[kind] = self._opened(path)
        return self._sides[kind]

    @staticmethod
    def _image(path: Path) -> Path:
        try:
            if _suffix(path) != ".lbl":
                path.stat()
                return path
            images = [path.with_suffix(s) for s in (".img", ".IMG")]
            return next(image for image in images if image.exists())
        except StopIteration:
            raise RasterError(f"it lacks its image {path.stem}.img beside it.") from None
        except OSError as error:
            raise RasterError(f"{error.strerror or error}.") from error

    @staticmethod
    def _opened(path: Path) -> int:
        raster, name = RasterInput(str(path)), tile_name(path.name)
        with open_raster(raster) as dataset:
            require_whole(dataset, raster.path)
            width, height, count = dataset.width, dataset.height, dataset.count
            if name is None or count != len(MI.filters) or width != height:
                return 0
            if dataset.crs and dataset.transform != Affine.identity():
                lons, lats = _ends(dataset)
                step = 1.0 / width
                off = (
                    (lons[0] - name.west + 180.0) % 360.0 - 180.0,
                    lats[0] - name.north,
                    (lons[1] - name.west - 1.0 + step + 180.0) % 360.0 - 180.0,
                    lats[1] - name.north + 1.0 - step,
                )
                # NaN (off the map) does not belong to a whole tile either.
                if not max(map(abs, off)) <= step:
                    return 0
        return int(width)


def _ends(dataset: rasterio.DatasetReader) -> Tuple[List[float], List[float]]:
    """Longitudes and latitudes of the first and the last pixel's centres."""
    ends = [(0.5, 0.5), (dataset.width - 0.5, dataset.height - 0.5)]
    xs, ys = zip(*(dataset.transform * end for end in ends))
    return to_lunar_lonlat(dataset.crs.to_wkt(), xs, ys)


def _westernmost(longitudes: Sequence[int]) -> int:
    """The longitude at which a mosaic starts: east of the widest gap, in -180..179."""
    following = [*longitudes[1:], longitudes[0] + 360]
    gaps = [after - before for before, after in zip(longitudes, following)]
    # A mosaic around the whole Moon has no gap: cut it at 180 degrees, as usual.
    start = following[gaps.index(max(gaps))] % 360 if max(gaps) > 1 else 180
    return start - 360 if start >= 180 else start


def _plan_rasters(rasters: Sequence[Path], progress: Progress) -> Mosaic:
    rasters = _readable(rasters, progress)
    first = read_info(RasterInput(str(rasters[0])))
    require_moon(first.crs_wkt, f"The raster {first.name}")
    a, b, c, d, e, f = first.transform
    if b or d:
        raise RasterError(f"{first.name} is rotated: a mosaic needs north-up rasters.")
    with open_raster(RasterInput(str(rasters[0]))) as dataset:
        bands = _bands_of(dataset, [band.wavelength_nm for band in first.bands])
        tags = _own_tags(dataset)
    placed: List[Tile] = []
    for index, path in enumerate(rasters):
        _pause(progress, index / len(rasters))
        with open_raster(RasterInput(str(path))) as dataset:
            _require_alike(dataset, path, first.crs_wkt, bands, rasters[0].name)
            tags = dict(tags.items() & _own_tags(dataset).items())
            t = dataset.transform
            column, row = (t.c - c) / a, (t.f - f) / e
            off_grid = max(abs(column - round(column)), abs(row - round(row)))
            if abs(t.a / a - 1) > 1e-6 or abs(t.e / e - 1) > 1e-6 or off_grid > _GRID_TOLERANCE:
                raise RasterError(
                    f"{path.name} lies on another pixel grid than {rasters[0].name}: resample it "
                    "(gdalwarp -tap) before making a mosaic."
                )
            placed.append(Tile(path, round(column), round(row), dataset.width, dataset.height))
    left, top = min(tile.column for tile in placed), min(tile.row for tile in placed)
    tiles = tuple(
        Tile(tile.path, tile.column - left, tile.row - top, tile.width, tile.height)
        for tile in placed
    )
    return Mosaic(
        width=max(tile.column + tile.width for tile in tiles),
        height=max(tile.row + tile.height for tile in tiles),
        transform=(a, 0.0, c + left * a, 0.0, e, f + top * e),
        crs_wkt=first.crs_wkt,
        bands=bands,
        tiles=tiles,
        overlapping=True,
        tags=dict(sorted(tags.items())),
    )


def _own_tags(dataset: rasterio.DatasetReader) -> Dict[str, str]:
    """What a map of this plugin says of itself; a mosaic says what all of its maps say."""
    return {key: value for key, value in dataset.tags().items() if key.startswith(TAG_PREFIX)}


def _readable(rasters: Sequence[Path], progress: Progress) -> List[Path]:
    """The rasters that can be opened; the log names the others."""
    found: List[Path] = []
    for index, path in enumerate(rasters):
        _pause(progress, 0.5 * index / len(rasters))
        try:
            with open_raster(RasterInput(str(path))) as dataset:
                require_whole(dataset, str(path))
        except RasterError as error:
            _leave_out(path, error, progress)
            continue
        found.append(path)
    if not found:
        raise RasterError(_NONE_READABLE)
    return found


def _bands_of(
    dataset: rasterio.DatasetReader, wavelengths: Sequence[Optional[float]]
) -> Tuple[MosaicBand, ...]:
    return tuple(
        MosaicBand(
            dataset.descriptions[index] or "",
            wavelength,
            dataset.scales[index],
            dataset.offsets[index],
            dataset.nodatavals[index],
            dataset.dtypes[index],
            dataset.units[index] or "",
        )
        for index, wavelength in enumerate(wavelengths)
    )


def _require_alike(
    dataset: rasterio.DatasetReader,
    path: Path,
    crs_wkt: str,
    bands: Sequence[MosaicBand],
    first: str,
) -> None:
    if (dataset.crs.to_wkt() if dataset.crs else "") != crs_wkt:
        raise RasterError(f"{path.name} has another CRS than {first}: reproject it first.")
    ours = [(band.dtype, band.scale, band.offset, band.nodata) for band in bands]
    theirs = list(zip(dataset.dtypes, dataset.scales, dataset.offsets, dataset.nodatavals))
    if str(ours) != str(theirs):  # as text: NaN equals NaN
        raise RasterError(
            f"{path.name} differs from {first} in bands, data type, scale, offset or nodata: make "
            "a mosaic of rasters of one kind."
        )
    descriptions = tuple(text or "" for text in dataset.descriptions)
    named = tuple(band.description for band in bands)
    if descriptions != named and any(UNIT in text for text in (*descriptions, *named)):
        raise RasterError(
            f"{path.name} has other bands than {first}, or in another order: make a mosaic of "
            "maps of one model and one content."
        )


def _pause(progress: Progress, fraction: float) -> None:
    if progress.is_cancelled():
        raise Cancelled("The mosaic was cancelled.")
    progress.report(fraction)
