"""What a region brushed in the scatter view selects: statistics, pixels, mask, outlines."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
import rasterio.features
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import Cancelled, LunarOxideError, RasterError
from ..files import write_text
from ..geotiff.band_writer import PredictionWriter
from ..moon import lunar_crs
from ..moon.sphere import quadrangle_areas_km2, unit_vectors
from ..progress import Progress
from ..rasters.pixel_windows import pixel_windows
from ..rasters.raster_input import RasterInput
from ..rasters.raster_kind import RasterKind
from ..rasters.source_files import files_behind
from ..tabular import csv_number, csv_text
from ..translation import tr
from ..version import SOFTWARE
from .axes import FloatArray, PlotAxis, axes_of
from .axis_reader import AxisReader
from .scatter import inside_ring

#: Pixels of one read.
BLOCK_PIXELS = 262144

#: Most selected values that are kept for percentiles; of more, every second, fourth ... is kept.
MAX_KEPT = 500_000

#: Most rows of a table of pixels: what spreadsheets can open is twice as much.
MAX_ROWS = 500_000

#: Most patches of an outline; more are noise rather than regions.
MAX_PATCHES = 50_000

#: Most pixels of a prediction whose mask is held in memory for outlines.
MAX_MASK_PIXELS = 400_000_000

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


@dataclass(frozen=True)
class Outline:
    """The selected pixels as polygons.

    Attributes
    ----------
    polygons : tuple of tuple of tuple of (x, y)
        Each polygon is its outer ring and then its holes, closed, in the raster's CRS as drawn.
    pixels : int
    area_km2 : float
        Of the pixels, on the Moon's sphere; NaN for a raster without CRS.
    statistics : tuple of AxisStatistics
        Of the two axes.
    """

    polygons: Tuple[Tuple[Tuple[Tuple[float, float], ...], ...], ...]
    pixels: int
    area_km2: float
    statistics: Tuple[AxisStatistics, ...]


class _Gathered:
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


def _blocks(
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


def _all_axes(brush: Brush) -> Tuple[PlotAxis, ...]:
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
    axes = _all_axes(brush)
    gathered = [_Gathered() for _ in axes]
    with AxisReader(brush.raster, axes) as reader:
        for _, mask, values, _ in _blocks(reader, brush, progress):
            for one, numbers in zip(gathered, values):
                one.add(numbers[mask])
    return tuple(one.result(axis) for one, axis in zip(gathered, axes))


def statistics_table(rows: Sequence[AxisStatistics], brush: Brush, delimiter: str = ",") -> str:
    """Statistics as delimited text.

    Parameters
    ----------
    rows : sequence of AxisStatistics
    brush : Brush
    delimiter : str

    Returns
    -------
    str
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    names = [f"p{p:02d}" for p in PERCENTILES]
    writer.writerow(["quantity", "pixels", "mean", "sd", "minimum", *names, "maximum"])
    for row in rows:
        numbers = (row.mean, row.sd, row.minimum, *row.percentiles, row.maximum)
        writer.writerow([csv_text(row.axis.axis), row.count, *map(csv_number, numbers)])
    writer.writerow([])
    for text in _description(brush):
        writer.writerow([csv_text(text)])
    return buffer.getvalue()


def write_statistics(rows: Sequence[AxisStatistics], brush: Brush, path: Union[str, Path]) -> None:
    """Write statistics as a CSV file.

    Parameters
    ----------
    rows : sequence of AxisStatistics
    brush : Brush
    path : str or Path

    Raises
    ------
    OutputError
    """
    write_text(path, statistics_table(rows, brush), "table")


def write_pixels(brush: Brush, path: Union[str, Path], progress: Progress) -> int:
    """Write every selected pixel with its place and all its numbers as a CSV file.

    Parameters
    ----------
    brush : Brush
    path : str or Path
    progress : Progress

    Returns
    -------
    int
        Number of pixels.

    Raises
    ------
    RasterError
        If there are more than `MAX_ROWS` pixels.
    OutputError
    Cancelled
    """
    axes = _all_axes(brush)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    head = ["column", "row", "x", "y", "longitude_deg", "latitude_deg"]
    writer.writerow([*head, *(csv_text(axis.axis) for axis in axes)])
    count = 0
    with AxisReader(brush.raster, axes) as reader:
        transform = reader.dataset.transform
        crs = reader.dataset.crs
        wkt = crs.to_wkt() if crs else ""
        for window, mask, values, _ in _blocks(reader, brush, progress):
            rows, columns = np.nonzero(mask)
            count += rows.size
            if count > MAX_ROWS:
                text = tr(
                    "The region holds more than {most} pixels: brush a smaller region, or save a "
                    "mask raster."
                )
                raise RasterError(text.format(most=f"{MAX_ROWS:,}"))
            if not rows.size:
                continue
            columns, rows = columns + int(window.col_off), rows + int(window.row_off)
            xs, ys = transform * (columns + 0.5, rows + 0.5)
            longitudes, latitudes = _places(wkt, xs, ys)
            numbers = np.stack([value[mask] for value in values], axis=1)
            for place, cells in enumerate(numbers):
                writer.writerow(
                    [
                        columns[place], rows[place], f"{xs[place]:.10g}", f"{ys[place]:.10g}",
                        csv_number(longitudes[place]), csv_number(latitudes[place]),
                        *(csv_number(float(cell)) for cell in cells),
                    ]
                )  # fmt: skip
    write_text(path, buffer.getvalue(), "table")
    return count


def write_mask(brush: Brush, path: Union[str, Path], progress: Progress) -> int:
    """Write the selection as a GeoTIFF on the prediction's grid.

    Parameters
    ----------
    brush : Brush
    path : str or Path
        1 for selected pixels, 0 for others, no data where there is no value to select by.
    progress : Progress

    Returns
    -------
    int
        Number of selected pixels.

    Raises
    ------
    LunarOxideError
    Cancelled
    """
    count = 0
    with AxisReader(brush.raster, (brush.x, brush.y)) as reader:
        dataset = reader.dataset
        tags = {"SOFTWARE": SOFTWARE, "PRODUCT": RasterKind.SELECTION.value}
        tags.update(zip(("PREDICTION_RASTER", "AXES", "REGION", "PIXELS"), _description(brush)))
        inputs = [brush.raster, *(a.raster for a in (brush.x, brush.y) if a.raster is not None)]
        with PredictionWriter(
            Path(path),
            dataset.width,
            dataset.height,
            dataset.crs,
            dataset.transform,
            tags,
            ["selected"],
            files_behind(*(each.path for each in inputs)),
        ) as writer:
            for window, mask, _, known in _blocks(reader, brush, progress):
                if known.any():
                    values = np.where(known, mask.astype(np.float32), np.float32(np.nan))
                    writer.write_values(values[None], window)
                    count += int(np.count_nonzero(mask))
            writer.finish()
    return count


def outline(brush: Brush, progress: Progress) -> Outline:
    """The selected pixels as polygons along the pixels' edges.

    Parameters
    ----------
    brush : Brush
    progress : Progress

    Returns
    -------
    Outline

    Raises
    ------
    RasterError
        If the raster is too large, or the pixels form too many patches.
    Cancelled
    """
    gathered = (_Gathered(), _Gathered())
    with AxisReader(brush.raster, (brush.x, brush.y)) as reader:
        dataset = reader.dataset
        if dataset.width * dataset.height > MAX_MASK_PIXELS:
            text = tr("{name} is too large for polygons: save a mask raster instead.")
            raise RasterError(text.format(name=brush.raster.name))
        wkt, area = dataset.crs.to_wkt() if dataset.crs else "", 0.0
        whole = np.zeros((dataset.height, dataset.width), dtype=np.uint8)
        for window, mask, values, _ in _blocks(reader, brush, progress):
            rows, columns = window.toslices()
            whole[rows, columns] = mask
            if mask.any():
                area += float(_areas_km2(wkt, dataset.transform, window)[mask].sum())
            for one, numbers in zip(gathered, values):
                one.add(numbers[mask])
        transform: Affine = dataset.drawn_transform
    polygons: List[Tuple[Tuple[Tuple[float, float], ...], ...]] = []
    for shape, _ in rasterio.features.shapes(whole, mask=whole.view(np.bool_), transform=transform):
        if len(polygons) >= MAX_PATCHES:
            text = tr(
                "The region's pixels form more than {most} patches: brush a larger region, or save "
                "a mask raster."
            )
            raise RasterError(text.format(most=f"{MAX_PATCHES:,}"))
        polygons.append(tuple(tuple((x, y) for x, y in ring) for ring in shape["coordinates"]))
    results = tuple(one.result(axis) for one, axis in zip(gathered, (brush.x, brush.y)))
    return Outline(tuple(polygons), int(np.count_nonzero(whole)), area, results)


def _places(
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


def _areas_km2(wkt: str, transform: Affine, window: Window) -> npt.NDArray[np.float64]:
    """Area of each pixel of a window on the Moon's sphere; NaN without a lunar CRS."""
    rows, columns = np.indices((int(window.height) + 1, int(window.width) + 1))
    xs, ys = transform * (columns + window.col_off, rows + window.row_off)
    longitudes, latitudes = _places(wkt, xs.ravel(), ys.ravel())
    corners = unit_vectors(np.reshape(longitudes, rows.shape), np.reshape(latitudes, rows.shape))
    areas = quadrangle_areas_km2(corners)
    return areas if wkt else np.full(areas.shape, np.nan)


def _description(brush: Brush) -> Tuple[str, str, str, str]:
    """Raster, axes, region and pixels of a brush, for files."""
    corners = ", ".join(f"{x:.6g} {y:.6g}" for x, y in brush.ring)
    return (
        brush.raster.name,
        f"{brush.x.axis}; {brush.y.axis}",
        f"corners: {corners}",
        "only pixels without quality flag" if brush.only_unflagged else "all pixels",
    )
