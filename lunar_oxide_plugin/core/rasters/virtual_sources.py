"""Check that the files behind a virtual raster are as they were when it was made.

GDAL does not check a virtual raster's statements on its sources: a file that was replaced by one of
another size or type is read as a gap, or as other numbers, without a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Dict, List, Optional, Set, Tuple

import rasterio
import rasterio.errors
from rasterio.windows import Window

from ..errors import RasterError
from ..files import is_there

_GDAL_TYPES = {
    "Byte": "uint8",
    "UInt16": "uint16",
    "Int16": "int16",
    "UInt32": "uint32",
    "Int32": "int32",
    "Float32": "float32",
    "Float64": "float64",
}

#: Virtual rasters of virtual rasters that are followed; GDAL refuses those that read themselves.
_MAX_DEPTH = 16

_BAND = re.compile(r"<VRTRasterBand\b.*?</VRTRasterBand>", re.DOTALL)
_SOURCE = re.compile(
    r"<(?:Simple|Complex)Source\b[^>]*>\s*<SourceFilename([^>]*)>([^<]+)</SourceFilename>"
    r"(?:(?!</(?:Simple|Complex)Source>).)*?<SourceProperties ([^>]*?)/>"
    r"(?:(?!</(?:Simple|Complex)Source>).)*?<SrcRect ([^>]*?)/>"
    r"(?:(?!</(?:Simple|Complex)Source>).)*?<DstRect ([^>]*?)/>",
    re.DOTALL,
)
_NAME = re.compile(r"<SourceFilename[^>]*>([^<]+)<")
_SCALE = re.compile(r"<Scale>([^<]+)</Scale>")


@dataclass(frozen=True)
class _Source:
    """A file and its properties according to the virtual raster."""

    path: Path
    width: int
    height: int
    dtype: Optional[str]
    left: float
    top: float
    right: float
    bottom: float
    taken: Tuple[float, float, float, float]  # column, row, width, height in the source
    scale: float

    def meets(self, window: Window) -> bool:
        return bool(
            self.left < window.col_off + window.width
            and self.right > window.col_off
            and self.top < window.row_off + window.height
            and self.bottom > window.row_off
        )

    def inside(self, window: Window) -> Window:
        """The source's own pixels that are read for a window."""
        column, row, width, height = self.taken
        across = width / ((self.right - self.left) or 1.0)
        down = height / ((self.bottom - self.top) or 1.0)
        return Window(
            column + (window.col_off - self.left) * across,
            row + (window.row_off - self.top) * down,
            window.width * across,
            window.height * down,
        )


def is_plain_name(name: str) -> bool:
    """Whether a source is a file by its path, not a subdataset, an address or an inline raster.

    Other sources are not checked, because GDAL opens them by its own rules.
    """
    return not re.match(r"/vsi|<|[A-Za-z][\w+.-]+:", name)


class VirtualSources:
    """The sources of a virtual raster; each is checked once, when its pixels are first read.

    Parameters
    ----------
    path : str
        Any name that GDAL opens; only files that end in ``.vrt`` have sources.
    depth : int
        Number of virtual rasters that lead to this one.
    """

    def __init__(self, path: str, depth: int = 0) -> None:
        self._depth = depth
        self._path = Path(path)
        # GDAL takes relative names from where a link leads.
        self._folder = self._path.resolve().parent if is_there(path) else self._path.parent
        self._sources: Optional[List[_Source]] = None
        self._checked: Set[Path] = set()
        self._inner: Dict[Path, VirtualSources] = {}

    def require_unchanged(self, window: Window) -> None:
        """Refuse sources under a window that differ from the virtual raster's statements.

        Raises
        ------
        RasterError
        """
        if self._sources is None:
            self._sources = self._read()
        for source in self._sources:
            if not source.meets(window):
                continue
            if source.path not in self._checked:
                self._check(source)
                self._checked.add(source.path)
            if source.path.suffix.lower() == ".vrt" and self._depth < _MAX_DEPTH:
                if source.path not in self._inner:
                    self._inner[source.path] = VirtualSources(str(source.path), self._depth + 1)
                self._inner[source.path].require_unchanged(source.inside(window))

    def _read(self) -> List[_Source]:
        if self._path.suffix.lower() != ".vrt" or not is_there(self._path):
            return []
        try:
            text = self._path.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return []
        found: List[_Source] = []
        known: Set[str] = set()
        for band in _BAND.findall(text):
            # Bands of one file each have sources of their own; those of mosaics have the same.
            names = set(_NAME.findall(band))
            if names <= known:
                continue
            known |= names
            scale = _SCALE.search(band)
            number = float(scale.group(1)) if scale else 1.0
            found += [
                self._source(number, *match)
                for match in _SOURCE.findall(band)
                if is_plain_name(unescape(match[1]))
            ]
        return found

    def _source(
        self, scale: float, attributes: str, name: str, properties: str, taken: str, put: str
    ) -> _Source:
        path = Path(unescape(name))
        if 'relativeToVRT="1"' in attributes:
            path = self._folder / path
        left, top = _number(put, "xOff"), _number(put, "yOff")
        kind = re.search(r'DataType="(\w+)"', properties)
        return _Source(
            path,
            int(_number(properties, "RasterXSize")),
            int(_number(properties, "RasterYSize")),
            _GDAL_TYPES.get(kind.group(1)) if kind else None,
            left,
            top,
            left + _number(put, "xSize"),
            top + _number(put, "ySize"),
            (
                _number(taken, "xOff"),
                _number(taken, "yOff"),
                _number(taken, "xSize"),
                _number(taken, "ySize"),
            ),
            scale,
        )

    def _check(self, source: _Source) -> None:
        name, whole = source.path.name, self._path.name
        try:
            with rasterio.open(source.path) as dataset:
                found = (dataset.width, dataset.height, dataset.dtypes[0])
                scale = float(dataset.scales[0])
        except (rasterio.errors.RasterioError, OSError) as error:
            missing = not is_there(source.path)
            why = "is no longer there" if missing else f"cannot be read ({error})"
            raise RasterError(
                f"{name}, a part of {whole}, {why}: put it back, or make the mosaic anew."
            ) from error
        wanted = (source.width, source.height, source.dtype or found[2])
        other_scale = 1.0 not in (scale, source.scale) and abs(scale / source.scale - 1.0) > 1e-6
        if found == wanted and not other_scale:
            return
        what = " of scale {:g}"
        raise RasterError(
            f"{name}, a part of {whole}, is not as it was when that was made: it has "
            f"{found[0]} x {found[1]} pixels of {found[2]}{what.format(scale)}, not "
            f"{wanted[0]} x {wanted[1]} of {wanted[2]}{what.format(source.scale)}: put the earlier "
            "file back, or make the mosaic anew."
        )


def _number(attributes: str, name: str) -> float:
    match = re.search(rf'{name}="([-+0-9.eE]+)"', attributes)
    return float(match.group(1)) if match else 0.0
