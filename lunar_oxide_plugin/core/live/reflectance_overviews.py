"""Build overviews of a reflectance raster beside it: averages of spectra, without codes and gaps.

GDAL's own averages take codes of invalid pixels for numbers, unless they are declared as no data.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.enums import Resampling
from rasterio.windows import Window

from ..errors import Cancelled, NotWrittenError, RasterError
from ..files import is_there, not_complete, open_output
from ..progress import Progress
from ..rasters.bands import BandMapping
from ..rasters.opening import open_raster
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import RasterSource
from ..rasters.source_files import files_behind
from .live_source import LiveSource

#: Factor of the first overview. It makes the file a twelfth of the raster; the levels before it are
#: quickly read from the raster itself.
FIRST_FACTOR = 4

#: The last overview is not longer than this.
LAST_SIDE = 512

#: Side in pixels of the overview's tiles.
TILE = 256


def overview_file(raster: RasterInput) -> Path:
    """The file in which GDAL looks for a raster's overviews.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    Path

    Raises
    ------
    RasterError
        If the raster is no file, so that nothing can lie beside it.
    """
    if not is_there(raster.path):
        raise RasterError(
            f"{raster.name} is no file of its own, so that overviews cannot lie beside it: save it "
            "as a GeoTIFF first."
        )
    with open_raster(raster) as dataset:
        return Path(f"{dataset.name}.ovr")


def overview_bytes(raster: RasterInput) -> int:
    """Most bytes that the overviews of a raster take.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    int

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    with open_raster(raster) as dataset:
        pixel = sum(np.dtype(kind).itemsize for kind in dataset.dtypes)
        pixels = float(dataset.width * dataset.height)
        return math.ceil(pixels * pixel / FIRST_FACTOR**2 * 4 / 3)


def build_overviews(source: LiveSource, progress: Progress) -> Path:
    """Write averages of a raster's spectra into a file beside it.

    A pixel of an overview is the mean of the pixels that are usable in all bands of the model;
    where there is none, it is the middle pixel with its codes.

    Parameters
    ----------
    source : LiveSource
    progress : Progress

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OutputError
        If it cannot be written.
    RasterError
        If the raster cannot be read.
    Cancelled
        Nothing is left then.
    """
    raster = source.raster
    target = overview_file(raster)
    inputs = list(files_behind(raster.path))
    with open_output(target, inputs, beside=True, what="file of overviews") as output:
        try:
            with open_raster(raster) as dataset, RasterSource(raster) as spectra:
                size = _write(output.path, dataset, spectra, source.mapping, progress)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise NotWrittenError(f"{target.name} cannot be written: {error}.") from error

        def is_whole(path: Path) -> None:
            with rasterio.open(path, driver="GTiff") as written:
                if (written.width, written.height, written.count) != size:
                    raise NotWrittenError(not_complete(target))

        output.commit(is_whole)
    return target


def _write(
    path: Path,
    dataset: rasterio.DatasetReader,
    spectra: RasterSource,
    mapping: BandMapping,
    progress: Progress,
) -> Tuple[int, int, int]:
    width = math.ceil(dataset.width / FIRST_FACTOR)
    height = math.ceil(dataset.height / FIRST_FACTOR)
    with rasterio.open(path, "w", **_profile(dataset, width, height)) as file:
        windows = [window for _, window in file.block_windows(1)]
        for done, window in enumerate(windows):
            if progress.is_cancelled():
                raise Cancelled("Cancelled: no overviews were written.")
            progress.report(0.95 * done / len(windows))
            file.write(_averages(dataset, spectra, mapping, window), window=window)
    factors: List[int] = []
    while max(width, height) / 2 ** len(factors) > LAST_SIDE:
        factors.append(2 ** (len(factors) + 1))
    if factors:
        with rasterio.Env(COMPRESS_OVERVIEW="DEFLATE"), rasterio.open(path, "r+") as file:
            # Of averages, so that no code is mixed in.
            file.build_overviews(factors, Resampling.nearest)
    progress.report(1.0)
    return width, height, dataset.count


def _profile(dataset: rasterio.DatasetReader, width: int, height: int) -> Dict[str, Any]:
    kinds = set(dataset.dtypes)
    if len(kinds) > 1:
        raise RasterError(
            f"{Path(dataset.name).name} has bands of different data types, for which no overviews "
            "can be built: convert it to a GeoTIFF of one data type."
        )
    kind = np.dtype(dataset.dtypes[0])
    return {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": dataset.count,
        "dtype": dataset.dtypes[0],
        "nodata": dataset.nodata,
        "tiled": True,
        "blockxsize": TILE,
        "blockysize": TILE,
        "interleave": "band",
        "compress": "deflate",
        "zlevel": 1,
        "predictor": 3 if kind.kind == "f" else 2,
        "bigtiff": "IF_SAFER",
    }


def _averages(
    dataset: rasterio.DatasetReader, spectra: RasterSource, mapping: BandMapping, window: Window
) -> npt.NDArray[Any]:
    """Pixels of the first overview in a window of it, shape (bands, rows, columns)."""
    f = FIRST_FACTOR
    left, top = int(window.col_off) * f, int(window.row_off) * f
    wide = Window(
        left,
        top,
        min(int(window.width) * f, dataset.width - left),
        min(int(window.height) * f, dataset.height - top),
    )
    raw = dataset.read(window=wide)
    valid = spectra.read(mapping, wide).valid
    rows, columns = int(window.height), int(window.width)
    fill = ((0, rows * f - valid.shape[0]), (0, columns * f - valid.shape[1]))
    valid = np.pad(valid, fill)
    cells = valid.reshape(rows, f, columns, f)
    count = cells.sum(axis=(1, 3))
    # The middle pixel of each cell, or the last one where the raster ends before it.
    middle_rows = np.minimum(np.arange(rows) * f + f // 2, raw.shape[1] - 1)
    middle_columns = np.minimum(np.arange(columns) * f + f // 2, raw.shape[2] - 1)
    found: npt.NDArray[Any] = raw[:, middle_rows][:, :, middle_columns].copy()
    some = count > 0
    used = set(mapping.numbers)
    for number in sorted(used):
        values = np.pad(raw[number - 1].astype(np.float64), fill)
        total = np.where(valid, values, 0.0).reshape(rows, f, columns, f).sum(axis=(1, 3))
        mean = total[some] / count[some]
        if found.dtype.kind in "iu":
            mean = np.rint(mean)
        found[number - 1][some] = mean.astype(found.dtype)
    return found
