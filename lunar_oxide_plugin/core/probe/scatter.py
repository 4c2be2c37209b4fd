"""Read two quantities of a prediction raster, pixel by pixel, in bounded memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import AbstractSet, Dict, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.quantities import Quantity, of_composition
from ..errors import Cancelled, RasterError
from ..progress import Progress
from ..rasters.opening import open_raster
from ..rasters.prediction_bands import PredictionBands, find_bands
from ..rasters.raster_input import RasterInput
from ..sites.sample_sites import SampleSite
from ..translation import tr

FloatArray = npt.NDArray[np.float32]

#: Most pixels of one sample; two quantities of these take 8 MB.
MAX_PIXELS = 1_000_000

#: Rows per read; between reads the user can cancel.
ROWS_PER_READ = 64

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
    x: Quantity,
    y: Quantity,
    progress: Progress,
    bounds: Optional[Bounds] = None,
    max_pixels: int = MAX_PIXELS,
    only_unflagged: bool = False,
) -> PixelSample:
    """Read two quantities of a prediction raster.

    Of more than `max_pixels` pixels every n-th is read, from the raster's overviews where it has
    them (nearest neighbour: each value is a real pixel's).

    Parameters
    ----------
    raster : RasterInput
    x, y : Quantity
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
        If the raster is no prediction, lacks an oxide that a quantity needs, does not meet
        `bounds` or cannot be read.
    Cancelled
    """
    with open_raster(raster) as dataset:
        bands = find_bands([text or "" for text in dataset.descriptions], dataset.name)
        for quantity in (x, y):
            _require_given(quantity, bands, Path(dataset.name).name)
        window = _window(dataset, bounds)
        shape = _shape(window, max_pixels)
        xs, ys = np.empty(shape, np.float32), np.empty(shape, np.float32)
        for top in range(0, shape[0], ROWS_PER_READ):
            if progress.is_cancelled():
                raise Cancelled("The reading was cancelled.")
            bottom = min(shape[0], top + ROWS_PER_READ)
            part = _part(window, shape, top, bottom)
            rows = (bottom - top, shape[1])
            wanted = {*x.oxides, *y.oxides}
            composition = _read_named(dataset, bands.oxides, wanted, part, rows)
            sigma = _read_named(dataset, bands.sigma, wanted, part, rows)
            xs[top:bottom] = x.evaluate(composition, sigma).value
            ys[top:bottom] = y.evaluate(composition, sigma).value
            if only_unflagged and bands.quality is not None:
                quality = _read(dataset, [bands.quality], part, rows)[0]
                flagged = ~np.isfinite(quality) | (quality > 0)
                xs[top:bottom][flagged] = np.nan
            progress.report(bottom / shape[0])
        scale = Affine.scale(window.width / shape[1], window.height / shape[0])
        transform = dataset.transform * Affine.translation(window.col_off, window.row_off) * scale
        return PixelSample(
            x=xs,
            y=ys,
            transform=tuple(transform)[:6],
            crs_wkt=dataset.crs.to_wkt() if dataset.crs else "",
            step=float(max(window.width / shape[1], window.height / shape[0])),
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
    # Matplotlib draws the plot, so it is installed where a ring can be drawn.
    from matplotlib.path import Path as Outline

    corners = np.asarray(ring, dtype=np.float64)
    low, high = corners.min(axis=0), corners.max(axis=0)
    mask = sample.usable
    mask &= (sample.x >= low[0]) & (sample.x <= high[0])
    mask &= (sample.y >= low[1]) & (sample.y <= high[1])
    points = np.stack([sample.x[mask], sample.y[mask]], axis=1)
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
    sites: Sequence[SampleSite], x: Quantity, y: Quantity
) -> Tuple[StationPoint, ...]:
    """Stations with a measured value of both quantities.

    Parameters
    ----------
    sites : sequence of SampleSite
    x : Quantity
    y : Quantity

    Returns
    -------
    tuple of StationPoint
    """
    points = (
        StationPoint(
            site, *(of_composition(q, site.oxides_wt, site.measured_sigma_wt) for q in (x, y))
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


def _shape(window: Window, max_pixels: int) -> Tuple[int, int]:
    """Rows and columns of a sample of at most `max_pixels`."""
    step = max(1.0, math.sqrt(window.width * window.height / max_pixels))
    return max(1, int(window.height / step)), max(1, int(window.width / step))


def _part(window: Window, shape: Tuple[int, int], top: int, bottom: int) -> Window:
    """The raster's rows behind some rows of the sample."""
    step = window.height / shape[0]
    return Window(window.col_off, window.row_off + top * step, window.width, (bottom - top) * step)


def _require_given(quantity: Quantity, bands: PredictionBands, name: str) -> None:
    missing = [oxide for oxide in quantity.oxides if oxide not in bands.oxides]
    if missing:
        text = tr("{name} has no {oxides}, which {quantity} needs: choose another quantity.")
        raise RasterError(
            text.format(name=name, oxides=", ".join(missing), quantity=quantity.title)
        )


def _read_named(
    dataset: rasterio.DatasetReader,
    bands: Mapping[str, int],
    wanted: AbstractSet[str],
    window: Window,
    shape: Tuple[int, int],
) -> Dict[str, FloatArray]:
    """The requested bands that exist, by name of the oxide."""
    names = [name for name in bands if name in wanted]
    if not names:
        return {}
    return dict(zip(names, _read(dataset, [bands[name] for name in names], window, shape)))


def _read(
    dataset: rasterio.DatasetReader,
    numbers: Sequence[int],
    window: Window,
    shape: Tuple[int, int],
) -> FloatArray:
    try:
        values = dataset.read(
            list(numbers),
            window=window,
            out_shape=(len(numbers), *shape),
            resampling=Resampling.nearest,
            masked=True,
            out_dtype="float32",
        )
    except (rasterio.errors.RasterioError, OSError) as error:
        text = tr("{name} cannot be read ({reason}); the file may be truncated.")
        raise RasterError(text.format(name=dataset.name, reason=error)) from error
    filled: FloatArray = values.filled(np.nan)
    return filled
