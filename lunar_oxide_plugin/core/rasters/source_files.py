"""Which files a raster consists of, and whether they are still the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import List, Set, Tuple

from .raster_input import RasterInput
from .raster_source import open_raster

#: Virtual rasters of virtual rasters; deeper ones are read, but not looked into.
MAX_DEPTH = 5


def source_files(raster: RasterInput) -> Tuple[Path, ...]:
    """All files that a raster is read from: labels, images, tiles of virtual mosaics.

    Parameters
    ----------
    raster : RasterInput
        Files within archives and on the network are left out.

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    found: Set[Path] = set()
    waiting: List[Tuple[RasterInput, int]] = [(raster, 0)]
    while waiting:
        one, depth = waiting.pop()
        with open_raster(one) as dataset:
            files = [Path(file) for file in dataset.files]
        for file in files:
            if file in found or _is_remark(file) or not file.is_file():
                continue
            found.add(file)
            if file.suffix.lower() == ".vrt" and str(file) != one.path and depth < MAX_DEPTH:
                waiting.append((RasterInput(str(file)), depth + 1))
    return tuple(sorted(found))


def _is_remark(file: Path) -> bool:
    """Whether a file only holds what viewers note beside a raster: statistics, overviews.

    QGIS writes these when it draws the layer, also while a prediction runs.
    """
    return file.name.lower().endswith((".aux.xml", ".ovr"))


def fingerprint(raster: RasterInput) -> str:
    """Digest of the paths, sizes and times of change of a raster's files.

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    digest = hashlib.sha256(raster.path.encode("utf-8", "surrogateescape"))
    for file in source_files(raster):
        status = file.stat()
        line = f"{file.resolve()}\0{status.st_size}\0{status.st_mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
