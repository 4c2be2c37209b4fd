"""Windows in which a raster is read."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from rasterio.windows import Window


def pixel_windows(
    width: int, height: int, block_shape: Tuple[int, int], target_pixels: int
) -> List[Window]:
    """Windows that tile a raster row by row, aligned with its blocks.

    Parameters
    ----------
    width, height : int
    block_shape : (rows, columns)
    target_pixels : int
        Approximate number of pixels of a window; whole blocks are joined up to it.

    Returns
    -------
    list of Window
    """
    rows, columns = block_shape
    columns = min(width, columns * max(1, target_pixels // max(1, rows * columns)))
    rows = min(height, rows * max(1, target_pixels // max(1, rows * columns)))
    return [
        Window(column, row, min(columns, width - column), min(rows, height - row))
        for row in range(0, height, rows)
        for column in range(0, width, columns)
    ]


def sample_windows(width: int, height: int, side: int, per_axis: int) -> Sequence[Window]:
    """Up to ``per_axis ** 2`` small windows spread evenly over a raster.

    Parameters
    ----------
    width : int
    height : int
    side : int
    per_axis : int

    Returns
    -------
    sequence of Window
    """
    rows = _starts(height, side, per_axis)
    columns = _starts(width, side, per_axis)
    return [
        Window(column, row, min(side, width), min(side, height))
        for row in rows
        for column in columns
    ]


def _starts(length: int, side: int, count: int) -> List[int]:
    last = max(0, length - side)
    return sorted({round(i * last / max(1, count - 1)) for i in range(count)})
