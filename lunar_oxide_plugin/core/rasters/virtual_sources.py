"""Check that the files behind a virtual raster are as they were when it was made.

GDAL does not check a virtual raster's statements on its sources: a file that was replaced by one of
another size or type is read as a gap, or as other numbers, without a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Dict, List, Optional, Set

import rasterio
import rasterio.errors
from rasterio.windows import Window

from ..errors import RasterError

_GDAL_TYPES = {
    "Byte": "uint8",
    "UInt16": "uint16",
    "Int16": "int16",
    "UInt32": "uint32",
    "Int32": "int32",
    "Float32": "float32",
    "Float64": "float64",
}

_BAND = re.compile(r"<VRTRasterBand\b.*?</VRTRasterBand>", re.DOTALL)
_SOURCE = re.compile(
    r"<(?:Simple|Complex)Source\b[^>]*>\s*<SourceFilename([^>]*)>([^<]+)</SourceFilename>"
    r"(?:(?!</(?:Simple|Complex)Source>).)*?<SourceProperties ([^>]*?)/>"
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

    def meets(self, window: Window) -> bool:
        return bool(
            self.left < window.col_off + window.width
            and self.right > window.col_off
            and self.top < window.row_off + window.height
            and self.bottom > window.row_off
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
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._sources: Optional[List[_Source]] = None
        self._scale = 1.0
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
            if source.path.suffix.lower() == ".vrt":
                inner = self._inner.setdefault(source.path, VirtualSources(str(source.path)))
                inner.require_unchanged(
                    Window(
                        window.col_off - source.left,
                        window.row_off - source.top,
                        window.width,
                        window.height,
                    )
                )

    def _read(self) -> List[_Source]:
        if self._path.suffix.lower() != ".vrt" or not self._path.is_file():
            return []
        try:
            text = self._path.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return []
        bands = _BAND.findall(text)
        if not bands:
            return []
        scale = _SCALE.search(bands[0])
        self._scale = float(scale.group(1)) if scale else 1.0
        # Most sources have all bands; some virtual rasters join files with one band each.
        same = _NAME.findall(bands[0]) == _NAME.findall(bands[-1])
        found = (
            self._source(*match)
            for band in (bands[:1] if same else bands)
            for match in _SOURCE.findall(band)
            if is_plain_name(unescape(match[1]))
        )
        return list(dict.fromkeys(found))

    def _source(self, attributes: str, name: str, properties: str, put: str) -> _Source:
        path = Path(unescape(name))
        if 'relativeToVRT="1"' in attributes:
            path = self._path.parent / path
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
        )

    def _check(self, source: _Source) -> None:
        name, whole = source.path.name, self._path.name
        try:
            with rasterio.open(source.path) as dataset:
                found = (dataset.width, dataset.height, dataset.dtypes[0])
                scale = float(dataset.scales[0])
        except (rasterio.errors.RasterioError, OSError) as error:
            missing = not source.path.exists()
            why = "is no longer there" if missing else f"cannot be read ({error})"
            raise RasterError(
                f"{name}, a part of {whole}, {why}: put it back, or make the mosaic anew."
            ) from error
        wanted = (source.width, source.height, source.dtype or found[2])
        other_scale = 1.0 not in (scale, self._scale) and abs(scale / self._scale - 1.0) > 1e-6
        if found == wanted and not other_scale:
            return
        what = " of scale {:g}"
        raise RasterError(
            f"{name}, a part of {whole}, is not as it was when that was made: it has "
            f"{found[0]} x {found[1]} pixels of {found[2]}{what.format(scale)}, not "
            f"{wanted[0]} x {wanted[1]} of {wanted[2]}{what.format(self._scale)}: put the earlier "
            "file back, or make the mosaic anew."
        )


def _number(attributes: str, name: str) -> float:
    match = re.search(rf'{name}="([-+0-9.eE]+)"', attributes)
    return float(match.group(1)) if match else 0.0
