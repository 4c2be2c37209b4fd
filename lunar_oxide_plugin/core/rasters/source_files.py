"""Find the files that a raster consists of, and detect changes of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterator, List, Set, Tuple

from ..errors import RasterError, SourceChangedError
from ..files import companions
from .file_names import files_named, is_tiff, names_in_virtual, names_within, sidecars
from .raster_input import RasterInput


def source_files(raster: RasterInput) -> Tuple[Path, ...]:
    """All files that a raster is read from: labels, images, archives, tiles of virtual mosaics.

    Files of viewers beside a raster (statistics, overviews) are left out: QGIS writes them when it
    draws the layer, also during a prediction.

    Parameters
    ----------
    raster : RasterInput

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    from .opening import open_raster

    with open_raster(raster) as dataset:
        names = [raster.path, *map(str, dataset.files)]
    found = {file for file in files_behind(*names) if file.is_file()}
    return tuple(sorted(file for file in found if not _is_remark(file)))


def _is_remark(file: Path) -> bool:
    """Whether a file only contains statistics or overviews that viewers write beside a raster."""
    return file.name.lower().endswith((".aux.xml", ".ovr", "-wal", "-shm", "-journal"))


def files_behind(*names: str) -> Iterator[Path]:
    """Every file that is read with these rasters, tables or models, at any depth.

    Parameters
    ----------
    names : str
        Names that GDAL, OGR or QGIS opens: paths, ``vrt://``, ``/vsizip/``, subdatasets, data
        sources of layers. Virtual rasters of virtual rasters are followed to any depth.

    Yields
    ------
    Path
        Existing files (and folders that are rasters or databases), each once, with the files that
        belong to them: labels, images, masks, overviews, journals.
    """
    waiting: List[Tuple[str, Path]] = [(name, Path()) for name in reversed(names)]
    asked: Set[Tuple[str, Path]] = set()
    seen: Set[Path] = set()
    found: Set[Path] = set()
    while waiting:
        name, folder = waiting.pop()
        if (name, folder) in asked:
            continue
        asked.add((name, folder))
        if name.lstrip().startswith("<"):
            waiting.extend((inner, folder) for inner in names_in_virtual(name))
        for file in files_named(name, folder):
            real = file.resolve()
            inside = names_within(real)
            # GDAL looks for sources and companion files beside a link, or beside its target.
            for place in {file.parent.resolve() / file.name, real} - seen:
                seen.add(place)
                waiting.extend((one, place.parent) for one in inside)
                new = _parts(place, bool(inside)) - found
                found |= new
                yield from sorted(new)


def _parts(file: Path, names_others: bool) -> Set[Path]:
    """A file and the files that are read with it, except those that it names itself."""
    parts = [file, *companions(file), *sidecars(file)]
    if not names_others and not is_tiff(file):
        parts += _opened_with(file)
    return {part.resolve() for part in parts}


def _opened_with(file: Path) -> List[Path]:
    """Files that GDAL's driver opens together with a file; only the file without a driver."""
    import rasterio
    import rasterio.errors

    try:
        # Folders of archives have many files: drivers must test single names instead of listing
        # them.
        with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="TRUE"), rasterio.open(file) as dataset:
            return [Path(name) for name in dataset.files if Path(name).exists()]
    except (rasterio.errors.RasterioError, OSError, ValueError):
        return [file]


def fingerprint(raster: RasterInput) -> str:
    """Digest of the paths, sizes and times of change of a raster's files.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    str

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


def require_unchanged(raster: RasterInput, state: str) -> None:
    """Refuse to finish a map whose source changed during the run: its parts would differ.

    Parameters
    ----------
    raster : RasterInput
    state : str
        Its `fingerprint` when the run began.

    Raises
    ------
    SourceChangedError
    """
    try:
        same = fingerprint(raster) == state
    except (RasterError, OSError) as error:
        raise SourceChangedError(
            f"{raster.name} was removed or changed while it was read: run again on the complete "
            "file."
        ) from error
    if not same:
        raise SourceChangedError(
            f"{raster.name} was changed while it was read, so that the map would mix both states: "
            "run again."
        )
