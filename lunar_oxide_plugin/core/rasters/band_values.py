"""Values of any raster's bands in their units, and whether whole numbers can be amounts."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Tuple

import numpy as np
import numpy.typing as npt
import rasterio.errors
from rasterio.enums import Resampling
from rasterio.windows import Window

from ..chemistry.oxides import MAJOR_OXIDES, UNIT
from ..errors import RasterError
from .opening import DescribedDataset

#: Numbers outside this range (wt%) are not amounts: they are undeclared nodata, or have another
#: unit.
PLAUSIBLE_WT = (-10.0, 110.0)

#: The median sum of the six major oxides (wt%) of any map; that of numbers that were rescaled into
#: the whole range of a data type is far off.
PLAUSIBLE_SUM_WT = (50.0, 150.0)

#: Side in pixels of the picture from which whole numbers are judged.
_JUDGED_SIDE = 256

_Floats = npt.NDArray[np.float64]


def read_values(
    dataset: DescribedDataset,
    numbers: Iterable[int],
    name: str,
    window: Optional[Window] = None,
    shape: Optional[Tuple[int, int]] = None,
) -> _Floats:
    """Bands of a raster in their units: scale and offset applied, NaN where there is no data.

    Parameters
    ----------
    dataset : DescribedDataset
    numbers : iterable of int
    name : str
        For messages.
    window : Window, optional
    shape : (rows, columns), optional
        Read fewer pixels (nearest neighbour).

    Returns
    -------
    float64 array, shape (bands, rows, columns)

    Raises
    ------
    RasterError
        If the file cannot be read.
    """
    wanted = list(numbers)
    rows, columns = shape or (
        (dataset.height, dataset.width)
        if window is None
        else (int(window.height), int(window.width))
    )
    try:
        stored = dataset.read(
            wanted,
            window=window,
            out_shape=(len(wanted), rows, columns),
            resampling=Resampling.nearest,
            masked=True,
            out_dtype="float64",
        )
    except (rasterio.errors.RasterioError, OSError) as error:
        first = 0 if window is None else int(window.row_off)
        last = dataset.height if window is None else first + int(window.height)
        raise RasterError(
            f"{name} cannot be read at rows {first}-{last}: {error}; the file may be truncated."
        ) from error
    values: _Floats = stored.filled(np.nan)
    for number, band in zip(wanted, values):
        scale, offset = dataset.scales[number - 1], dataset.offsets[number - 1]
        if scale != 1.0:
            band *= scale
        if offset != 0.0:
            band += offset
    return values


def require_amounts(dataset: DescribedDataset, oxides: Mapping[str, int], name: str) -> None:
    """Refuse whole numbers without a declared scale that cannot be amounts in wt%.

    Programs that convert a map to whole numbers, such as ``gdal_translate -scale``, do not store
    the scale; the bands keep their names and units.

    Parameters
    ----------
    dataset : DescribedDataset
    oxides : mapping of oxide name to int
        Bands that are described as wt%.
    name : str

    Raises
    ------
    RasterError
    """
    suspicious = {
        oxide: number
        for oxide, number in oxides.items()
        if np.dtype(dataset.dtypes[number - 1]).kind in "iu"
        and (dataset.scales[number - 1], dataset.offsets[number - 1]) == (1.0, 0.0)
    }
    if not suspicious:
        return
    shape = (min(dataset.height, _JUDGED_SIDE), min(dataset.width, _JUDGED_SIDE))
    values = dict(zip(suspicious, read_values(dataset, suspicious.values(), name, None, shape)))
    low, high = PLAUSIBLE_WT
    for oxide, amounts in values.items():
        known = amounts[np.isfinite(amounts)]
        if np.count_nonzero((known < low) | (known > high)) > 0.01 * known.size:
            raise _no_amounts(f"numbers from {known.min():g} to {known.max():g} for {oxide}", name)
    majors = [values[oxide.name] for oxide in MAJOR_OXIDES if oxide.name in values]
    if len(majors) == len(MAJOR_OXIDES):
        total = np.sum(majors, axis=0)
        total = total[np.isfinite(total)]
        middle = float(np.median(total)) if total.size else 100.0
        if not PLAUSIBLE_SUM_WT[0] <= middle <= PLAUSIBLE_SUM_WT[1]:
            raise _no_amounts(f"oxides that add up to {middle:.0f}", name)


def _no_amounts(words: str, name: str) -> RasterError:
    return RasterError(
        f"{name} holds whole numbers without a declared scale, {words}, which are no amounts in "
        f"{UNIT}: declare the scale and offset with which they were stored, e.g. "
        "with gdal_translate -a_scale 0.01 -a_offset 0."
    )
