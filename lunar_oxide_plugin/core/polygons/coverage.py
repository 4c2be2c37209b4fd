"""The exact share of each pixel that lies inside closed curves of straight edges."""

from __future__ import annotations

from typing import Tuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]


def signed_coverage(edges: _Floats, rows: int, columns: int) -> _Floats:
    """Area of each unit square that closed curves wind around, times the winding number.

    Each edge is cut at the borders of rows and columns. A piece inside one square adds the area to
    its right in this square, and its height to all squares further right in the row; the sums over
    closed curves are exact but for rounding. (The method of exact anti-aliasing in font renderers.)

    Parameters
    ----------
    edges : float64 array, shape (n, 4)
        x and y of the start, x and y of the end of each edge; x counts columns, y rows.
    rows, columns : int
        Squares from (0, 0) on.

    Returns
    -------
    float64 array, shape (rows, columns)
        Positive where edges left of a place run to larger y.
    """
    flat = np.zeros(rows * (columns + 1))
    pieces = _cut(_clip_rows(edges, float(rows)), 1)
    pieces = _cut(_fold_columns(pieces, float(columns)), 0)
    if len(pieces):
        x0, y0, x1, y1 = pieces.T
        middle = (x0 + x1) / 2.0
        row = np.clip(np.floor((y0 + y1) / 2.0), 0, rows - 1).astype(np.int64)
        column = np.clip(np.floor(middle), 0, columns).astype(np.int64)
        height, beside = y1 - y0, np.clip(middle - column, 0.0, 1.0)
        place = row * (columns + 1) + column
        flat += np.bincount(place, weights=height * (1.0 - beside), minlength=flat.size)
        further = column < columns
        flat += np.bincount(
            place[further] + 1, weights=(height * beside)[further], minlength=flat.size
        )
    covered: _Floats = np.cumsum(flat.reshape(rows, columns + 1), axis=1)[:, :columns]
    return covered


def _clip_rows(edges: _Floats, high: float) -> _Floats:
    """Parts of edges between y = 0 and `high`, without horizontal ones, which cover nothing."""
    y0, y1 = edges[:, 1], edges[:, 3]
    edges = edges[(y0 != y1) & (np.maximum(y0, y1) > 0.0) & (np.minimum(y0, y1) < high)]
    x0, y0, x1, y1 = edges.T
    low_y, high_y = np.clip(y0, 0.0, high), np.clip(y1, 0.0, high)
    slope = (x1 - x0) / (y1 - y0)
    clipped: _Floats = np.stack(
        [
            np.where(low_y == y0, x0, x0 + (low_y - y0) * slope), low_y,
            np.where(high_y == y1, x1, x1 + (high_y - y1) * slope), high_y,
        ],
        axis=1,
    )  # fmt: skip
    return clipped


def _fold_columns(edges: _Floats, high: float) -> _Floats:
    """Edges with x between 0 and `high`: what lies left moves to 0, what lies right to `high`.

    Covered areas between 0 and `high` do not change.
    """
    for line in (0.0, high):
        x0, x1 = edges[:, 0], edges[:, 2]
        crosses = (np.minimum(x0, x1) < line) & (np.maximum(x0, x1) > line)
        if crosses.any():
            a, b = edges[crosses, :2], edges[crosses, 2:]
            share = (line - a[:, 0]) / (b[:, 0] - a[:, 0])
            y = a[:, 1] + share * (b[:, 1] - a[:, 1])
            middle = np.stack([np.full(y.shape, line), y], axis=1)
            edges = np.vstack([edges[~crosses], np.hstack([a, middle]), np.hstack([middle, b])])
    edges = edges.copy()
    edges[:, 0] = np.clip(edges[:, 0], 0.0, high)
    edges[:, 2] = np.clip(edges[:, 2], 0.0, high)
    return edges


def _cut(edges: _Floats, axis: int) -> _Floats:
    """Edges cut where a coordinate (0: x, 1: y) is a whole number."""
    if not len(edges):
        return edges
    a, b = edges[:, axis], edges[:, axis + 2]
    first, count = _crossed(np.minimum(a, b), np.maximum(a, b))
    many = count > 0
    if not many.any():
        return edges
    whole, cut, first, count = edges[~many], edges[many], first[many], count[many]
    # An edge that crosses k whole numbers gives k + 1 pieces.
    owner = np.repeat(np.arange(len(cut)), count + 1)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    start, stop = cut[owner, :2], cut[owner, 2:]
    rising = cut[owner, axis + 2] > cut[owner, axis]
    line = np.where(rising, first[owner] + step, first[owner] + count[owner] - 1 - step)
    span = stop[:, axis] - start[:, axis]
    at_end = start + ((line - start[:, axis]) / span)[:, None] * (stop - start)
    at_end[:, axis] = line
    is_last = step == count[owner]
    ends = np.where(is_last[:, None], stop, at_end)
    starts = np.where((step == 0)[:, None], start, np.roll(ends, 1, axis=0))
    return np.vstack([whole, np.hstack([starts, ends])])


def _crossed(low: _Floats, high: _Floats) -> Tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First whole number strictly between two numbers, and how many there are."""
    first = np.floor(low).astype(np.int64) + 1
    last = np.ceil(high).astype(np.int64) - 1
    return first, np.maximum(0, last - first + 1)
