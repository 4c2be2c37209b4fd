"""A region brushed in the scatter view: the pixels that it selects, and their statistics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, List, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..errors import Cancelled, LunarOxideError
from ..moon import lunar_crs
from ..progress import Progress
from ..rasters.pixel_windows import pixel_windows
from ..rasters.raster_input import RasterInput
from .axes import FloatArray, PlotAxis, axes_of
from .axis_reader import AxisReader
from .scatter import inside_ring

#: Pixels of one read.
BLOCK_PIXELS = 262144

#: Most selected values that are kept for percentiles; of more, every second, fourth ... is kept.
MAX_KEPT = 500_000

PERCENTILES = (5, 50, 95)

Ring = Sequence[Tuple[float, float]]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Brush:
    """A region in the plot of a prediction.

    Attributes
    ----------
    raster : RasterInput
    x, y : PlotAxis
    ring : sequence of (x, y)
        Corners in the axes' units.
    only_unflagged : bool
        Whether pixels with a quality flag are left out.
    """

    raster: RasterInput
    x: PlotAxis
    y: PlotAxis
    ring: Ring
    only_unflagged: bool


@dataclass(frozen=True)
class AxisStatistics:
    """Statistics of one number over the selected pixels; NaN where there are none.

    Attributes
    ----------
    axis : PlotAxis
    count : int
        Pixels that have the number.
    mean, sd, minimum, maximum : float
        `sd` is the standard deviation of the pixels (divided by n - 1): their spread, no error of
        the mean.
    percentiles : tuple of float
        At `PERCENTILES`.
    """

    axis: PlotAxis
    count: int
    mean: float
    sd: float
    minimum: float
    maximum: float
    percentiles: Tuple[float, ...]


class Gathered:
    """Sums, extremes and evenly chosen values of a stream of numbers."""

    def __init__(self) -> None:
        self.count = 0
        self._mean = 0.0
        self._squares = 0.0
        self._low, self._high = math.inf, -math.inf
        self._stride = 1
        self._next = 0
        self._kept: List[FloatArray] = []

    def add(self, values: FloatArray) -> None:
        """Add finite numbers."""
        values = values[np.isfinite(values)]
        if not values.size:
            return
        # Means of blocks are merged (Chan et al. 1983), so that no digits are lost.
        exact = values.astype(np.float64)
        mean = float(exact.mean())
        total = self.count + exact.size
        shift = mean - self._mean
        self._squares += float(((exact - mean) ** 2).sum())
        self._squares += shift**2 * self.count * exact.size / total
        self._mean += shift * exact.size / total
        self._low = min(self._low, float(exact.min()))
        self._high = max(self._high, float(exact.max()))
        first = self._next - self.count
        self._kept.append(values[first :: self._stride])
        taken = len(range(first, values.size, self._stride))
        self._next += taken * self._stride
        self.count = total
        if sum(map(len, self._kept)) > MAX_KEPT:
            self._kept = [np.concatenate(self._kept)[::2]]
            self._stride *= 2
            self._next = self._kept[0].size * self._stride

    def result(self, axis: PlotAxis) -> AxisStatistics:
        """The statistics."""
        if not self.count:
            nothing = math.nan
            return AxisStatistics(
                axis, 0, nothing, nothing, nothing, nothing, (nothing,) * len(PERCENTILES)
            )
        kept = np.concatenate(self._kept)
        sd = math.sqrt(self._squares / (self.count - 1)) if self.count > 1 else math.nan
        points = tuple(float(v) for v in np.percentile(kept, PERCENTILES))
        return AxisStatistics(axis, self.count, self._mean, sd, self._low, self._high, points)


def blocks(
    reader: AxisReader, brush: Brush, progress: Progress
) -> Iterator[Tuple[Window, Mask, List[FloatArray], Mask]]:
    """Window, selected pixels, values of the reader's axes, pixels with both axes; in order."""
    dataset = reader.dataset
    windows = pixel_windows(dataset.width, dataset.height, dataset.block_shapes[0], BLOCK_PIXELS)
    for done, window in enumerate(windows):
        if progress.is_cancelled():
            raise Cancelled("The reading was cancelled.")
        values, flagged = reader.read(window)
        x, y = values[:2]
        mask = inside_ring(x, y, brush.ring)
        known = np.isfinite(x) & np.isfinite(y)
        if brush.only_unflagged:
            mask &= ~flagged
            known &= ~flagged
        yield window, mask, values, known
        progress.report((done + 1) / len(windows))


def all_axes(brush: Brush) -> Tuple[PlotAxis, ...]:
    """The brush's axes, and every other number of the prediction."""
    with AxisReader(brush.raster, ()) as reader:
        own = axes_of(reader.bands)
    others = [axis for axis in own if axis not in (brush.x, brush.y)]
    return (brush.x, brush.y, *others)


def statistics(brush: Brush, progress: Progress) -> Tuple[AxisStatistics, ...]:
    """Statistics of the selected pixels, of every number of the prediction.

    All pixels of the raster are read, at full resolution.

    Parameters
    ----------
    brush : Brush
    progress : Progress

    Returns
    -------
    tuple of AxisStatistics
        The brush's axes first.

    Raises
    ------
    RasterError
    Cancelled
    """
    axes = all_axes(brush)
    gathered = [Gathered() for _ in axes]
    with AxisReader(brush.raster, axes) as reader:
        for _, mask, values, _ in blocks(reader, brush, progress):
            for one, numbers in zip(gathered, values):
                one.add(numbers[mask])
    return tuple(one.result(axis) for one, axis in zip(gathered, axes))


def description(brush: Brush) -> Tuple[str, str, str, str]:
    """Raster, axes, region and pixels of a brush, for files."""
    corners = ", ".join(f"{x:.6g} {y:.6g}" for x, y in brush.ring)
    return (
        brush.raster.name,
        f"{brush.x.axis}; {brush.y.axis}",
        f"corners: {corners}",
        "only pixels without quality flag" if brush.only_unflagged else "all pixels",
    )


def lonlat_of(
    wkt: str, xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]
) -> Tuple[Sequence[float], Sequence[float]]:
    """East longitudes and latitudes; NaN where the raster has no lunar CRS."""
    nothing = [math.nan] * len(xs)
    if not wkt:
        return nothing, nothing
    try:
        return lunar_crs.to_lunar_lonlat(wkt, xs.tolist(), ys.tolist())
    except LunarOxideError:
        return nothing, nothing
