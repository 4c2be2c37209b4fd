"""The true position of a raster where its product's label contradicts GDAL.

GDAL reads a PDS3 label's SAMPLE_PROJECTION_OFFSET as the standard defines it. MI_MAP products of
version 2 and level 3C scenes (``MIA_3C5_...``) give it with the other sign (USGS ISIS issues
1304, 2067, 2278), so that GDAL mirrors their longitude. The label's WESTERNMOST and EASTERNMOST
longitudes are right, and so is the corner in an MI_MAP tile's name.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Iterable, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.longitude import near, wrap_longitude
from .file_names import files_named, names_within
from .pds_label import LabelledExtent, is_label, read_extent, read_instrument
from .sensors.known import MI
from .wavelengths import product_names

#: Largest difference in pixels between GDAL and a label: labels are rounded, and do not always say
#: whether they give centres or edges.
_AGREE_PIXELS = 1.01

#: Tolerance, as a share of the extent, for a label whose extent does not fit the image's size.
_LOOSE_SHARE = 0.05

_MI_NAME = re.compile(
    r"MI_MAP_(?P<version>\d\d)_(?P<ns>[NS])(?P<north>\d\d)E(?P<west>\d{3})"
    r"[NS]\d\dE\d{3}SC",
    re.IGNORECASE,
)

#: Level 3C scenes: orbit, latitude and longitude in tenths of a degree.
_SCENE_NAME = re.compile(
    r"MI[AN]?_3C5_\d\d_\d{5}(?P<ns>[NS])(?P<lat>\d{3})E(?P<lon>\d{4})SC", re.IGNORECASE
)

#: Largest distance in degrees between a scene's edge and the point in its name.
_SCENE_ROOM_DEG = 1.5

_VRT_SOURCE = re.compile(
    r"<SourceFilename([^>]*)>([^<]+)</SourceFilename>(?:(?!<SourceFilename).)*?"
    r"<SrcRect ([^>]*)/>\s*<DstRect ([^>]*)/>",
    re.DOTALL,
)

#: Largest virtual raster that is examined; longer ones are mosaics of many tiles, not a user's
#: clip.
_MAX_VRT_BYTES = 4 << 20
#: Virtual rasters of virtual rasters that are followed; GDAL refuses those that read themselves.
_MAX_DEPTH = 8
#: Endings of files that GDAL may misplace, or that may be made of such.
_MISPLACED = (".img", ".lbl", ".vrt")
_MAX_VRT_SOURCES = 64


@dataclass(frozen=True)
class Placement:
    """A georeference that replaces GDAL's.

    Attributes
    ----------
    transform : Affine
    note : str
        The fault and the correction, as a sentence for the log.
    """

    transform: Affine
    note: str


@dataclass(frozen=True)
class TileName:
    """Version and upper left corner in degrees from the name of an MI_MAP tile."""

    version: str
    west: int
    north: int


def tile_name(name: str) -> Optional[TileName]:
    """The corner in the name of an MI_MAP tile, at any place in the name; None if none."""
    match = _MI_NAME.search(name)
    if match is None:
        return None
    north = int(match["north"]) * (1 if match["ns"].upper() == "N" else -1)
    return TileName(match["version"], int(match["west"]), north)


@dataclass(frozen=True)
class _Box:
    """Bounds of a product from its name, in degrees, with a margin.

    `first_column` is the longitude at which a mirrored one starts, None if the name does not give
    it.
    """

    west: float
    east: float
    south: float
    north: float
    first_column: Optional[float]


def _named_boxes(names: Sequence[str]) -> List[_Box]:
    """Bounds of the mirrored products in names, the most likely first."""
    boxes = []
    for text in names:
        for match in _MI_NAME.finditer(text):
            name = tile_name(match.group())
            if name is not None and int(name.version) <= 2:
                north, west = name.north + 0.01, float(name.west)
                boxes.append(_Box(west - 0.01, west + 1.01, north - 1.02, north, west))
        for match in _SCENE_NAME.finditer(text):
            lat = int(match["lat"]) / 10.0 * (1 if match["ns"].upper() == "N" else -1)
            lon, room = int(match["lon"]) / 10.0, _SCENE_ROOM_DEG
            across = room / max(math.cos(math.radians(lat)), 0.05)
            boxes.append(_Box(lon - across, lon + across, lat - room, lat + room, None))
    return list(dict.fromkeys(boxes))


def true_placement(
    dataset: rasterio.DatasetReader, path: str, crs: Optional[CRS], depth: int = 0
) -> Optional[Placement]:
    """The placement to use instead of GDAL's; None where GDAL's is right or nothing is known.

    Parameters
    ----------
    dataset : open dataset
    path : str
        Name that was opened.
    crs : CRS, or None
        Of its coordinates.
    depth : int
        Virtual rasters that it was reached through.

    Raises
    ------
    RasterError
        If GDAL contradicts the product's label and neither can be trusted.
    """
    if not crs or dataset.transform == Affine.identity():
        return None
    files = [Path(file) for file in dataset.files]
    placement = None
    if dataset.driver == "VRT" and depth < _MAX_DEPTH:
        placement = _of_virtual(dataset, path, depth)
    if placement is not None:
        return placement
    image = _Image(dataset, path, crs)
    if dataset.driver == "PDS" and files:
        if not is_label(files[0]):
            raise RasterError(
                f"The label of {image.name} cannot be read where it lies, and GDAL alone may "
                "mirror its longitude: copy the file and its label to this computer."
            )
        extent = read_extent(files[0])
        if extent is not None:
            return image.by_label(extent)
    names = product_names(dataset, path)
    if dataset.driver == "PDS" and files and tile_name(image.name) is None:
        image.require_no_mirror(files[0])
    placement = image.by_names(names)
    if dataset.driver == "VRT" and placement is None and depth < _MAX_DEPTH:
        _require_true_sources(path, depth)
    return placement


class _Image:
    """An image with the position that GDAL gives it."""

    def __init__(self, dataset: rasterio.DatasetReader, path: str, crs: CRS) -> None:
        self.name = Path(path).name or path
        self.width, self.height = int(dataset.width), int(dataset.height)
        self.transform: Affine = dataset.transform
        self.wkt = str(crs.to_wkt())
        slants = bool(self.transform.b or self.transform.d)
        self.turn = None if slants else lunar_crs.turn_length(crs)

    def by_label(self, extent: LabelledExtent) -> Optional[Placement]:
        """See `true_placement`."""
        if self.turn is None:
            self._require_inside(extent)
            return None
        step = 360.0 * abs(self.transform.a) / self.turn
        if extent.pixels_per_degree and abs(extent.pixels_per_degree * step - 1.0) < 1e-4:
            step = 1.0 / extent.pixels_per_degree  # rounding of MAP_SCALE is larger than this
        west, fits_x = _first_centre(extent.west, extent.east, step, self.width)
        drop = 360.0 * abs(self.transform.e) / self.turn
        down, fits_y = _first_centre(-extent.north, -extent.south, drop, self.height)
        exact = fits_x and fits_y
        tolerance = _AGREE_PIXELS * step
        if not exact:
            tolerance = max(1.5 * step, _LOOSE_SHARE * (extent.east - extent.west))
        if self._starts_at(self.transform, west, -down, tolerance):
            return None
        t = self.transform
        if exact:
            placed = self._from_centre(west, -down, step)
        else:
            # Compared in pixels from the central meridian, so that a rounded MAP_SCALE has no
            # effect.
            across = step * self.turn / 360.0 * (1.0 if t.a > 0 else -1.0)
            placed = Affine(across, 0.0, (-t.c / t.a - 1.0) * across, 0.0, t.e, t.f)
            if not self._starts_at(placed, west, -down, tolerance):
                raise RasterError(
                    f"{self.name} is placed at {self._range(t)} by GDAL, its label says "
                    f"{_east(extent.west)} to {_east(extent.east)} and does not fit the image's "
                    "size: neither can be trusted; correct the label, or give the file a "
                    "georeference of its own (gdal_translate -a_srs -a_ullr)."
                )
        return self._placement(placed, f"its label says {_east(extent.west)} to "
                               f"{_east(extent.east)}")  # fmt: skip

    def by_names(self, names: Sequence[str]) -> Optional[Placement]:
        """Correct copies of mirrored products, which have GDAL's longitude and no label.

        Parameters
        ----------
        names : sequence of str
            The file's name and those in its history.

        Raises
        ------
        RasterError
            If it is such a copy and its true position is not known.
        """
        boxes = _named_boxes(names)
        if any(self._lies_in(self._corners(), box) for box in boxes):
            return None
        for box in boxes:
            if self.turn is not None and box.first_column is not None:
                west = wrap_longitude(box.first_column)
                move = Affine.translation(2.0 * west * self.turn / 360.0, 0.0)
                moved = move * self.transform
                if self._lies_in(zip(*self._centres(moved)), box):
                    reason = f"its name or history says {_east(west)} to {_east(west + 1.0)}"
                    return self._placement(moved, reason)
                continue
            if self._lies_in([(-lon, lat) for lon, lat in self._corners()], box):
                raise RasterError(
                    f"{self.name} lies at {self._range(self.transform)}, while its name or history "
                    f"says about {_east((box.west + box.east) / 2.0)}: it was made from a product "
                    "whose longitude GDAL mirrors. Use the product with its own label (EXTENT "
                    "takes a part of it), or 'Mosaic tiles' for MI_MAP tiles."
                )
        return None

    def require_no_mirror(self, label: Path) -> None:
        """Refuse a product that GDAL may mirror if only GDAL gives its position."""
        middle = wrap_longitude(2.0 * float(np.nanmean([lon for lon, _ in self._corners()])))
        if abs(middle) > 0.01 and MI.is_named_in(read_instrument(label)):
            raise RasterError(
                f"The label of {self.name} says no longitudes, and GDAL mirrors those of some "
                "products of its instrument: complete the label (WESTERNMOST_LONGITUDE ...), or "
                "give a copy a georeference of its own (gdal_translate -a_ullr)."
            )

    def _placement(self, transform: Affine, reason: str) -> Placement:
        # Subtract a turn where the longitude leaves the map's range.
        middle = transform.c + 0.5 * transform.a
        inside = float(near(np.array([middle]), 0.0, self.turn or math.inf)[0])
        transform = Affine.translation(inside - middle, 0.0) * transform
        return Placement(
            transform,
            f"{self.name}: GDAL and QGIS place it at {self._range(self.transform)}, {reason}, "
            "which is taken: results lie there, not where QGIS shows the file itself.",
        )

    def _range(self, transform: Affine) -> str:
        lons, _ = self._centres(transform)
        return f"{_east(lons[0])} to {_east(lons[1])}"

    def _centres(self, transform: Affine) -> Tuple[List[float], List[float]]:
        """Longitudes and latitudes of the first and the last pixel's centres."""
        ends = [(0.5, 0.5), (self.width - 0.5, self.height - 0.5)]
        xs, ys = zip(*(transform * end for end in ends))
        return lunar_crs.to_lunar_lonlat(self.wkt, xs, ys)

    def _starts_at(self, transform: Affine, west: float, north: float, tolerance: float) -> bool:
        lons, lats = self._centres(transform)
        off = max(abs(wrap_longitude(lons[0] - west)), abs(lats[0] - north))
        return bool(off <= tolerance)

    def _corners(self) -> List[Tuple[float, float]]:
        return list(zip(*self._centres(self.transform)))

    @staticmethod
    def _lies_in(points: Iterable[Tuple[float, float]], box: _Box) -> bool:
        width = box.east - box.west
        return all(
            (lon - box.west + 90.0) % 360.0 - 90.0 <= width
            and (lon - box.west + 90.0) % 360.0 >= 90.0
            and box.south <= lat <= box.north
            for lon, lat in points
        )

    def _from_centre(self, west: float, north: float, step: float) -> Affine:
        t = self.transform
        south = north - (self.height - 1) * step
        (x, _), (y, y_south) = lunar_crs.from_lunar_lonlat(
            self.wkt, [west, west], [north, max(-90.0, south)]
        )
        across = step * (self.turn or 0.0) / 360.0 * (1.0 if t.a > 0 else -1.0)
        down = t.e if self.height == 1 or south < -90.0 else (y_south - y) / (self.height - 1)
        return Affine(across, 0.0, x - across / 2.0, 0.0, down, y - down / 2.0)

    def _require_inside(self, extent: LabelledExtent) -> None:
        """Refuse a position whose middle lies outside the label's extent."""
        x, y = self.transform * (self.width / 2.0, self.height / 2.0)
        (lon,), (lat,) = lunar_crs.to_lunar_lonlat(self.wkt, [x], [y])
        slack = 0.02 * (extent.north - extent.south)
        middle = (extent.west + extent.east) / 2.0
        reach = 0.51 * (extent.east - extent.west)
        polar = abs(lat) > 89.0  # any longitude there
        if extent.south - slack <= lat <= extent.north + slack and (
            polar or abs(wrap_longitude(lon - middle)) <= reach
        ):
            return
        raise RasterError(
            f"{self.name} has its middle at {_east(lon)}, latitude {lat:.2f} by GDAL, outside the "
            f"{_east(extent.west)} to {_east(extent.east)}, latitude {extent.south:.2f} to "
            f"{extent.north:.2f} of its label: correct the label, or give the file a georeference "
            "of its own (gdal_translate -a_srs -a_ullr)."
        )


def _first_centre(first: float, last: float, step: float, count: int) -> Tuple[float, bool]:
    """Position of the first pixel's centre on an axis, and whether the range fits the pixels."""
    steps = (last - first) / step
    if abs(steps - count) < abs(steps - (count - 1)):
        return first + step / 2.0, abs(steps - count) <= 0.6  # edges
    return first, abs(steps - (count - 1)) <= 0.6


def _east(longitude: float) -> str:
    return f"{longitude % 360.0:.2f} E"


def _of_virtual(dataset: rasterio.DatasetReader, path: str, depth: int) -> Optional[Placement]:
    """Refuse virtual rasters that GDAL or QGIS made of mirrored tiles: they are mirrored too.

    The mosaics of this plugin place tiles by name, and are accepted.
    """
    found: List[Tuple[float, Placement]] = []
    for source, column in _sources(Path(path)):
        if tile_name(source.name) is None and source.suffix.lower() not in _MISPLACED:
            continue
        try:
            with rasterio.open(source) as tile:
                gdal = tile.transform
                placement = true_placement(tile, str(source), tile.crs, depth + 1)
        except (rasterio.errors.RasterioError, OSError):
            continue  # reading it raises the error
        x = dataset.transform * (column, 0.0)
        if placement is None or abs(x[0] - gdal.c) > 1.5 * abs(gdal.a):
            return None
        found.append((placement.transform.c - gdal.c, placement))
    if not found:
        return None
    move, placement = found[0]
    if any(abs(other - move) > abs(dataset.transform.a) for other, _ in found):
        raise RasterError(
            f"{Path(path).name} joins tiles that GDAL places at mirrored longitudes: make it anew "
            "with 'Mosaic tiles', which places them by their names."
        )
    name = Path(path).name
    return Placement(
        Affine.translation(move, 0.0) * dataset.transform, f"{name} shows {placement.note}"
    )


def _require_true_sources(path: str, depth: int) -> None:
    """Refuse what is warped, or made on the fly, from a file that GDAL misplaces."""
    if any(_sources(Path(path))):
        return  # judged by where they lie
    name = Path(path).name
    if path.startswith("vrt://"):
        name, files = path, files_named(path)
    else:
        within = names_within(Path(path))[:_MAX_VRT_SOURCES]
        files = tuple(f for name in within for f in files_named(name, Path(path).resolve().parent))
    for file in files:
        try:
            with rasterio.open(file) as source:
                placement = true_placement(source, str(file), source.crs, depth + 1)
        except (rasterio.errors.RasterioError, OSError):
            continue  # reading it raises the error
        if placement is not None:
            raise RasterError(
                f"{name} is made of {file.name}, which GDAL places at a mirrored "
                f"longitude: give {file.name} itself, or a mosaic of it by 'Mosaic tiles'."
            )


def _sources(path: Path) -> Iterator[Tuple[Path, float]]:
    """Files behind a virtual raster, and the column of the first pixel of each."""
    try:
        if path.stat().st_size > _MAX_VRT_BYTES:
            return
        text = path.read_text(encoding="utf-8", errors="replace")
        # GDAL takes relative names from where a link leads.
        folder = path.resolve().parent
    except OSError:
        return
    seen = set()
    for attributes, name, taken, put in _VRT_SOURCE.findall(text):
        source = Path(unescape(name))
        if 'relativeToVRT="1"' in attributes:
            source = folder / source
        first = _number(put, "xOff") - _number(taken, "xOff") * (
            _number(put, "xSize") / (_number(taken, "xSize") or 1.0)
        )
        if (source, first) not in seen and source.is_file():
            seen.add((source, first))
            yield source, first
        if len(seen) >= _MAX_VRT_SOURCES:
            return


def _number(attributes: str, name: str) -> float:
    match = re.search(rf'{name}="([-+0-9.eE]+)"', attributes)
    return float(match.group(1)) if match else 0.0
