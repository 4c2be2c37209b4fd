"""Which files a raster consists of, and whether they are still the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import List, Set, Tuple

from .raster_source import open_raster

#: Virtual rasters of virtual rasters; deeper ones are read, but not looked into.
MAX_DEPTH = 5


def source_files(path: str) -> Tuple[Path, ...]:
    """All files that a raster is read from: labels, images, tiles of virtual mosaics.

    Parameters
    ----------
    path : str
        Anything that GDAL opens; files within archives and on the network are left out.

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    found: Set[Path] = set()
    waiting: List[Tuple[str, int]] = [(path, 0)]
    while waiting:
        name, depth = waiting.pop()
        with open_raster(name) as dataset:
            files = [Path(file) for file in dataset.files]
        for file in files:
            if file in found or _is_remark(file) or not file.is_file():
                continue
            found.add(file)
            if file.suffix.lower() == ".vrt" and str(file) != name and depth < MAX_DEPTH:
                waiting.append((str(file), depth + 1))
    return tuple(sorted(found))


def _is_remark(file: Path) -> bool:
    """Whether a file only holds what viewers note beside a raster: statistics, overviews.

    QGIS writes these when it draws the layer, also while a prediction runs.
    """
    return file.name.lower().endswith((".aux.xml", ".ovr"))


def fingerprint(path: str) -> str:
    """Digest of the paths, sizes and times of change of a raster's files.

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    digest = hashlib.sha256(path.encode("utf-8", "surrogateescape"))
    for file in source_files(path):
        status = file.stat()
        line = f"{file.resolve()}\0{status.st_size}\0{status.st_mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
