"""Files of what a brushed region selects: statistics, pixels, mask."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Sequence, Union

import numpy as np

from ..errors import RasterError
from ..files import write_text
from ..geotiff.band_writer import PredictionWriter
from ..progress import Progress
from ..rasters.raster_kind import RasterKind
from ..rasters.source_files import files_behind
from ..tabular import csv_number, csv_text
from ..translation import tr
from ..version import SOFTWARE
from .axis_reader import AxisReader
from .selection import PERCENTILES, AxisStatistics, Brush, all_axes, blocks, description, lonlat_of

#: Most rows of a table of pixels: what spreadsheets can open is twice as much.
MAX_ROWS = 500_000


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
    for text in description(brush):
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
    axes = all_axes(brush)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    head = ["column", "row", "x", "y", "longitude_deg", "latitude_deg"]
    writer.writerow([*head, *(csv_text(axis.axis) for axis in axes)])
    count = 0
    with AxisReader(brush.raster, axes) as reader:
        transform = reader.dataset.transform
        crs = reader.dataset.crs
        wkt = crs.to_wkt() if crs else ""
        for window, mask, values, _ in blocks(reader, brush, progress):
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
            longitudes, latitudes = lonlat_of(wkt, xs, ys)
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
        tags.update(zip(("PREDICTION_RASTER", "AXES", "REGION", "PIXELS"), description(brush)))
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
            for window, mask, _, known in blocks(reader, brush, progress):
                if known.any():
                    values = np.where(known, mask.astype(np.float32), np.float32(np.nan))
                    writer.write_values(values[None], window)
                    count += int(np.count_nonzero(mask))
            writer.finish()
    return count
