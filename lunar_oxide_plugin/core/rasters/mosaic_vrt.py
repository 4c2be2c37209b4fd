"""Write a mosaic as GDAL's virtual raster (VRT)."""

from __future__ import annotations

import hashlib
import math
import os
import re
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import rasterio
import rasterio.errors

from ..errors import NotWrittenError, OutputError
from ..files import cannot_write, final_path, not_complete, unlink_if_there, write_bytes
from .mosaic import Mosaic, MosaicBand, Tile
from .source_files import files_behind

#: GDAL's names of rasterio's data types.
_GDAL_TYPES = {
    "uint8": "Byte",
    "uint16": "UInt16",
    "int16": "Int16",
    "uint32": "UInt32",
    "int32": "Int32",
    "float32": "Float32",
    "float64": "Float64",
}

#: GDAL holds the whole list of a file's sources in memory. A mosaic of more tiles is divided into
#: several virtual rasters, each opened when its pixels are read.
TILES_A_FILE = 256

#: Names of a mosaic's parts; those of release 0.3 contain no mark.
_PART_NAME = re.compile(r"(?:[0-9a-f]{8}_)?\d{5}\.vrt")


def write_mosaic(mosaic: Mosaic, target: Path) -> List[Path]:
    """Write the virtual raster; of a large one, its parts in a folder beside it.

    Parameters
    ----------
    mosaic : Mosaic
    target : Path

    Returns
    -------
    list of paths
        All files written, the mosaic itself last.

    Raises
    ------
    OutputError
    """
    if target.suffix.lower() != ".vrt":
        raise OutputError(f"The output {target.name} must be a virtual raster: end it in .vrt.")
    try:
        return _write(mosaic, target)
    except OSError as error:
        raise NotWrittenError(cannot_write(target, error)) from error


def _write(mosaic: Mosaic, target: Path) -> List[Path]:
    folder = target.with_name(f"{target.stem}_parts")
    groups = _groups(mosaic)
    if len(groups) == 1:
        _write_file(mosaic, target)
        _remove_parts(folder, keep=())
        return [target]
    before = set(_parts_in(folder))
    folder.mkdir(exist_ok=True)
    # The earlier mosaic's parts are kept until the new mosaic has replaced it.
    mark = hashlib.sha256(repr(mosaic).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    written: List[Path] = []
    parts: List[Tile] = []
    try:
        for number, tiles in enumerate(groups, start=1):
            part = _part(mosaic, tiles)
            path = folder / f"{mark}_{number:05d}.vrt"
            _write_file(part, path)
            written.append(path)
            left, top = min(t.column for t in tiles), min(t.row for t in tiles)
            parts.append(Tile(path, left, top, part.width, part.height))
        _write_file(replace(mosaic, tiles=tuple(parts)), target)
    except BaseException:
        for path in written:
            if path not in before:
                unlink_if_there(path)
        raise
    _remove_parts(folder, keep=written)
    return [*written, target]


def _parts_in(folder: Path) -> List[Path]:
    """Parts of an earlier mosaic of this name."""
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if _PART_NAME.fullmatch(path.name)]


def _remove_parts(folder: Path, keep: Sequence[Path]) -> None:
    for path in set(_parts_in(folder)) - set(keep):
        unlink_if_there(path)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _groups(mosaic: Mosaic) -> List[List[Tile]]:
    """The tiles of each file: squares of the map, or consecutive tiles where they overlap."""
    tiles = list(mosaic.tiles)
    if len(tiles) <= TILES_A_FILE:
        return [tiles]
    if not mosaic.overlapping:
        return list(_neighbourhoods(tiles))
    if any(band.nodata is None for band in mosaic.bands):
        return [tiles]  # the gaps of a part would hide the tiles below it
    return [tiles[n : n + TILES_A_FILE] for n in range(0, len(tiles), TILES_A_FILE)]


def _neighbourhoods(tiles: Sequence[Tile]) -> Iterator[List[Tile]]:
    """Groups of at most `TILES_A_FILE` tiles, each a square of the map."""
    side = max(max(t.width, t.height) for t in tiles) * math.isqrt(TILES_A_FILE)
    groups: Dict[Tuple[int, int], List[Tile]] = {}
    for tile in tiles:
        groups.setdefault((tile.row // side, tile.column // side), []).append(tile)
    for key in sorted(groups):
        group = groups[key]
        for start in range(0, len(group), TILES_A_FILE):
            yield group[start : start + TILES_A_FILE]


def _part(mosaic: Mosaic, tiles: Sequence[Tile]) -> Mosaic:
    left, top = min(t.column for t in tiles), min(t.row for t in tiles)
    a, b, c, d, e, f = mosaic.transform
    return Mosaic(
        width=max(t.column + t.width for t in tiles) - left,
        height=max(t.row + t.height for t in tiles) - top,
        transform=(a, b, c + left * a, d, e, f + top * e),
        crs_wkt=mosaic.crs_wkt,
        bands=mosaic.bands,
        tiles=tuple(Tile(t.path, t.column - left, t.row - top, t.width, t.height) for t in tiles),
        overlapping=mosaic.overlapping,
    )


def _write_file(mosaic: Mosaic, target: Path) -> None:
    def verify(path: Path) -> None:
        try:
            with rasterio.open(path) as dataset:
                found = (dataset.width, dataset.height, dataset.count)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise NotWrittenError(not_complete(target)) from error
        if found != (mosaic.width, mosaic.height, len(mosaic.bands)):
            raise NotWrittenError(not_complete(target))

    # GDAL resolves relative names from the target of a link.
    final = final_path(target)
    lines = "".join(_lines(mosaic, final.parent.resolve(), final.name))
    write_bytes(
        target,
        lines.encode("utf-8", "surrogateescape"),
        files_behind(*(str(tile.path) for tile in mosaic.tiles)),
        beside=True,
        verify=verify,
    )


def _lines(mosaic: Mosaic, folder: Path, name: str) -> Iterator[str]:
    a, b, c, d, e, f = mosaic.transform
    yield f'<VRTDataset rasterXSize="{mosaic.width}" rasterYSize="{mosaic.height}">\n'
    if mosaic.crs_wkt:
        yield f"  <SRS>{escape(mosaic.crs_wkt)}</SRS>\n"
    yield f"  <GeoTransform>{c!r}, {a!r}, {b!r}, {f!r}, {d!r}, {e!r}</GeoTransform>\n"
    if mosaic.tags:
        items = "".join(
            f'<MDI key="{escape(key)}">{escape(value)}</MDI>' for key, value in mosaic.tags.items()
        )
        yield f"  <Metadata>{items}</Metadata>\n"
    # GDAL takes a backslash for the end of a folder's name on every system.
    start = None if "\\" in name else folder
    names = [_source_name(tile.path, start) for tile in mosaic.tiles]
    for number, band in enumerate(mosaic.bands, start=1):
        yield from _band_lines(mosaic, names, number, band)
    yield "</VRTDataset>\n"


def _source_name(path: Path, folder: Optional[Path]) -> str:
    """The element with a tile's name; relative if possible, so that both can be moved."""
    relative = None
    if folder is not None:
        with suppress(ValueError):  # another drive on Windows
            relative = os.path.relpath(path.resolve(), folder)
    if relative is None:
        return f'<SourceFilename relativeToVRT="0">{escape(str(path.resolve()))}</SourceFilename>'
    if relative[0].isspace() or relative[0] == "\\":
        # XML drops blanks at the beginning, and GDAL takes a backslash for an absolute name.
        relative = f"./{relative}"
    return f'<SourceFilename relativeToVRT="1">{escape(relative)}</SourceFilename>'


def _band_lines(
    mosaic: Mosaic, names: Sequence[str], number: int, band: MosaicBand
) -> Iterator[str]:
    kind = _GDAL_TYPES.get(band.dtype)
    if kind is None:
        raise OutputError(f"Rasters of the data type {band.dtype} cannot be put into a mosaic.")
    yield f'  <VRTRasterBand dataType="{kind}" band="{number}">\n'
    if band.description:
        yield f"    <Description>{escape(band.description)}</Description>\n"
    if band.wavelength_nm is not None:
        yield (
            f'    <Metadata><MDI key="wavelength">{band.wavelength_nm:g}</MDI>'
            '<MDI key="wavelength_units">nm</MDI></Metadata>\n'
        )
    if band.nodata is not None:
        yield f"    <NoDataValue>{band.nodata!r}</NoDataValue>\n"
    if band.unit:
        yield f"    <UnitType>{escape(band.unit)}</UnitType>\n"
    yield f"    <Offset>{band.offset!r}</Offset><Scale>{band.scale!r}</Scale>\n"
    transparent = mosaic.overlapping and band.nodata is not None
    element = "ComplexSource" if transparent else "SimpleSource"
    for tile, name in zip(mosaic.tiles, names):
        size = f'xSize="{tile.width}" ySize="{tile.height}"'
        # With the tile's properties given, GDAL opens it only to read pixels.
        yield (
            f"    <{element}>{name}<SourceBand>{number}</SourceBand>"
            f'<SourceProperties RasterXSize="{tile.width}" RasterYSize="{tile.height}" '
            f'DataType="{kind}" BlockXSize="{tile.width}" BlockYSize="1"/>'
            f'<SrcRect xOff="0" yOff="0" {size}/>'
            f'<DstRect xOff="{tile.column}" yOff="{tile.row}" {size}/>'
        )
        if transparent:
            yield f"<NODATA>{band.nodata!r}</NODATA>"
        yield f"</{element}>\n"
    yield "  </VRTRasterBand>\n"
