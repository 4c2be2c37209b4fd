"""Read two quantities of a prediction raster, pixel by pixel, in bounded memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.quantities import of_composition
from ..errors import Cancelled, RasterError
from ..progress import Progress
from ..rasters.raster_input import RasterInput
from ..sites.sample_sites import SampleSite
from ..translation import tr
from .axes import AxisPart, FloatArray, PlotAxis
from .axis_reader import AxisReader

#: Most pixels of one sample; two quantities of these take 8 MB.
MAX_PIXELS = 1_000_000

#: Most rows and pixels per read; between reads the user can cancel.
ROWS_PER_READ = 64
PIXELS_PER_READ = 2_000_000

#: The axes span these quantiles of the pixels, so that a few extreme pixels do not determine the
#: scale.
AXIS_QUANTILES = (0.001, 0.999)

BINS = 120

Bounds = Tuple[float, float, float, float]


@dataclass(frozen=True)
class PixelSample:
    """Two quantities on the pixels of a raster, or on every n-th of them.

    Attributes
    ----------
    x, y : float32 array, shape (rows, columns)
        NaN where there is no prediction, where the pixel was excluded, or where the quantity has no
        meaning.
    transform : tuple of float
        Affine coefficients of the sample's own, coarser grid in the raster's CRS.
    crs_wkt : str
    step : float
        Raster pixels per sample pixel along a side; 1 means all.
    raster_pixels : int
        Raster pixels that the sample represents.
    """

    x: FloatArray
    y: FloatArray
    transform: Tuple[float, ...]
    crs_wkt: str
    step: float
    raster_pixels: int

    @property
    def usable(self) -> npt.NDArray[np.bool_]:
        """Where both quantities have a value."""
        both: npt.NDArray[np.bool_] = np.isfinite(self.x) & np.isfinite(self.y)
        return both

    @property
    def count(self) -> int:
        """Number of pixels that have both."""
        return int(np.count_nonzero(self.usable))


@dataclass(frozen=True)
class Density:
    """Pixels counted in a grid of bins.

    Attributes
    ----------
    counts : int array, shape (y bins, x bins)
    x_edges, y_edges : float array
    """

    counts: npt.NDArray[np.int64]
    x_edges: npt.NDArray[np.float64]
    y_edges: npt.NDArray[np.float64]


def read_sample(
    raster: RasterInput,
    x: PlotAxis,
    y: PlotAxis,
    progress: Progress,
    bounds: Optional[Bounds] = None,
    max_pixels: int = MAX_PIXELS,
    only_unflagged: bool = False,
) -> PixelSample:
    """Read two numbers of each pixel of a prediction raster.

    Of more than `max_pixels` pixels every n-th is read, from the raster's overviews where it has
    them (nearest neighbour: each value is a real pixel's). Where an axis comes from another raster,
    overviews are not used, because both rasters must give the same pixels.

    Parameters
    ----------
    raster : RasterInput
    x, y : PlotAxis
    progress : Progress
    bounds : (xmin, ymin, xmax, ymax), optional
        Part of the raster, in its CRS; all of it by default.
    max_pixels : int
    only_unflagged : bool
        Leave out pixels with any quality flag.

    Returns
    -------
    PixelSample

    Raises
    ------
    RasterError
        If the raster is no prediction, lacks what an axis needs, does not meet `bounds` or cannot
        be read.
    Cancelled
    """
    with AxisReader(raster, (x, y)) as reader:
        dataset = reader.dataset
        window = _window(dataset, bounds)
        step = max(1.0, math.sqrt(window.width * window.height / max_pixels))
        every = math.ceil(step) if reader.reads_others else 1
        per_side = every if reader.reads_others else step
        shape = (max(1, int(window.height / per_side)), max(1, int(window.width / per_side)))
        xs, ys = np.empty(shape, np.float32), np.empty(shape, np.float32)
        rows = max(1, min(ROWS_PER_READ, PIXELS_PER_READ // int(every * window.width)))
        for top in range(0, shape[0], rows):
            if progress.is_cancelled():
                raise Cancelled("The reading was cancelled.")
            bottom = min(shape[0], top + rows)
            if reader.reads_others:
                part = _exact_part(window, shape, top, bottom, every)
                values, flagged = reader.read(part, None, every)
            else:
                part = _part(window, shape, top, bottom)
                values, flagged = reader.read(part, (bottom - top, shape[1]))
            if only_unflagged:
                for each in values:
                    each[flagged] = np.nan
            xs[top:bottom], ys[top:bottom] = values
            progress.report(bottom / shape[0])
        across, down = window.width / shape[1], window.height / shape[0]
        if reader.reads_others:
            across, down = min(every, window.width), min(every, window.height)
        corner = Affine.translation(window.col_off, window.row_off)
        transform = dataset.transform * corner * Affine.scale(across, down)
        return PixelSample(
            x=xs,
            y=ys,
            transform=tuple(transform)[:6],
            crs_wkt=dataset.crs.to_wkt() if dataset.crs else "",
            step=float(max(across, down)),
            raster_pixels=int(window.width) * int(window.height),
        )


def axis_ranges(
    sample: PixelSample, points: Sequence[Tuple[float, float]]
) -> Tuple[Tuple[float, float], Tuple[float, float]]:
    """Ranges of both axes, which include nearly all pixels and all stations, with a margin.

    Parameters
    ----------
    sample : PixelSample
    points : sequence of (float, float)
        (x, y) of stations.

    Returns
    -------
    (float, float)
    (float, float)
    """
    usable = sample.usable
    ranges = []
    for axis, values in enumerate((sample.x[usable], sample.y[usable])):
        ends = [point[axis] for point in points]
        if values.size:
            ends += np.quantile(values, AXIS_QUANTILES).tolist()
        low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
        margin = 0.04 * (high - low) or 0.5
        ranges.append((low - margin, high + margin))
    return ranges[0], ranges[1]


def density(
    sample: PixelSample, x_range: Tuple[float, float], y_range: Tuple[float, float]
) -> Density:
    """Count the pixels of a sample in bins; those beyond the ranges are not counted.

    Parameters
    ----------
    sample : PixelSample
    x_range : (float, float)
        Lowest and highest.
    y_range : (float, float)
        Lowest and highest.

    Returns
    -------
    Density
    """
    usable = sample.usable
    counts, x_edges, y_edges = np.histogram2d(
        sample.x[usable], sample.y[usable], bins=BINS, range=(x_range, y_range)
    )
    return Density(counts.T.astype(np.int64), x_edges, y_edges)


def select(sample: PixelSample, ring: Sequence[Tuple[float, float]]) -> npt.NDArray[np.bool_]:
    """Which pixels lie inside a ring drawn in the plot.

    Parameters
    ----------
    sample : PixelSample
    ring : sequence of (x, y)
        Corners in the quantities' units; the last need not repeat the first.

    Returns
    -------
    bool array, shape (rows, columns)
    """
    return inside_ring(sample.x, sample.y, ring)


def inside_ring(
    x: FloatArray, y: FloatArray, ring: Sequence[Tuple[float, float]]
) -> npt.NDArray[np.bool_]:
    """Which pixels lie inside a ring drawn in the plot.

    Parameters
    ----------
    x, y : float32 array of one shape
    ring : sequence of (x, y)
        Corners; the last need not repeat the first.

    Returns
    -------
    bool array
        False where a number is missing.
    """
    # Matplotlib draws the plot, so it is installed where a ring can be drawn.
    from matplotlib.path import Path as Outline

    corners = np.asarray(ring, dtype=np.float64)
    low, high = corners.min(axis=0), corners.max(axis=0)
    # NaN fails these comparisons.
    mask: npt.NDArray[np.bool_] = (x >= low[0]) & (x <= high[0])
    mask &= (y >= low[1]) & (y <= high[1])
    points = np.stack([x[mask], y[mask]], axis=1)
    if points.size:
        outline = Outline(np.vstack([corners, corners[:1]]), closed=True)
        mask[mask] = outline.contains_points(points)
    return mask


@dataclass(frozen=True)
class StationPoint:
    """A station in the plot, with measured values."""

    site: SampleSite
    x: float
    y: float


def station_points(
    sites: Sequence[SampleSite], x: PlotAxis, y: PlotAxis
) -> Tuple[StationPoint, ...]:
    """Stations with a measured value on both axes; none where an axis is no quantity's value.

    Parameters
    ----------
    sites : sequence of SampleSite
    x : PlotAxis
    y : PlotAxis

    Returns
    -------
    tuple of StationPoint
    """
    quantities = [axis.quantity for axis in (x, y) if axis.part is AxisPart.VALUE]
    across, up = (*quantities, None, None)[:2]
    if across is None or up is None:
        return ()
    points = (
        StationPoint(
            site,
            *(of_composition(q, site.oxides_wt, site.measured_sigma_wt) for q in (across, up)),
        )
        for site in sites
    )
    return tuple(p for p in points if math.isfinite(p.x) and math.isfinite(p.y))


def _window(dataset: rasterio.DatasetReader, bounds: Optional[Bounds]) -> Window:
    if bounds is None:
        return Window(0, 0, dataset.width, dataset.height)
    inverse = ~dataset.transform
    corners = [inverse * (x, y) for x in bounds[::2] for y in bounds[1::2]]
    columns, rows = zip(*corners)
    left, right = max(0, math.floor(min(columns))), min(dataset.width, math.ceil(max(columns)))
    top, bottom = max(0, math.floor(min(rows))), min(dataset.height, math.ceil(max(rows)))
    if left >= right or top >= bottom:
        raise RasterError(tr("The map shows no part of the prediction."))
    return Window(left, top, right - left, bottom - top)


def _part(window: Window, shape: Tuple[int, int], top: int, bottom: int) -> Window:
    """The raster's rows behind some rows of the sample."""
    step = window.height / shape[0]
    return Window(window.col_off, window.row_off + top * step, window.width, (bottom - top) * step)


def _exact_part(
    window: Window, shape: Tuple[int, int], top: int, bottom: int, every: int
) -> Window:
    """The raster's rows behind some rows of a sample that takes one pixel of each square."""
    rows = min(int(window.height), bottom * every) - top * every
    columns = min(int(window.width), shape[1] * every)
    return Window(window.col_off, window.row_off + top * every, columns, rows)
