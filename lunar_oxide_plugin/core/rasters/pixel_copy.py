"""Decode a raster with very large blocks once to a file, so that windows can be read from it.

GDAL always decodes a whole block of a file. If a raster is one compressed strip, or its strips
contain hundreds of rows of all bands, GDAL would decode them again for each window.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import Any, Callable, Collection, Dict, Iterator, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import Interleaving
from rasterio.windows import Window

#: Rows that are copied at once.
_ROWS = 128


def block_bytes(dataset: rasterio.DatasetReader, numbers: Collection[int]) -> int:
    """Least bytes of decoded blocks for a window.

    Parameters
    ----------
    dataset : rasterio dataset
    numbers : band numbers that are read
    """
    rows, columns = dataset.block_shapes[0]
    together = dataset.interleaving is Interleaving.pixel
    wanted = dataset.indexes if together else numbers
    return int(rows) * int(columns) * sum(_itemsize(dataset, number) for number in wanted)


class PixelCopy:
    """Raw numbers of some bands in an area, in an unnamed file that the system deletes by itself.

    Reads like a rasterio dataset; safe to use from several threads.

    Parameters
    ----------
    dataset : rasterio dataset
        Read once, block by block; not needed afterwards.
    numbers : bands to copy, from 1
    masked : those of them whose masks are needed
    area : Window
    folder : path of a folder with room
    check : callable
        Called from time to time; may raise to stop.

    Raises
    ------
    OSError
    rasterio.errors.RasterioError
    """

    def __init__(
        self,
        dataset: rasterio.DatasetReader,
        numbers: Collection[int],
        masked: Collection[int],
        area: Window,
        folder: Path,
        check: Callable[[], None],
    ) -> None:
        self._area = area
        self._lock = threading.Lock()
        # (start in the file, type) of each plane; masks under negative numbers.
        self._planes: Dict[int, Tuple[int, np.dtype[Any]]] = {}
        start, pixels = 0, int(area.width) * int(area.height)
        for number in numbers:
            kind = np.dtype(dataset.dtypes[number - 1])
            self._planes[number] = (start, kind)
            start += pixels * kind.itemsize
        for number in masked:
            self._planes[-number] = (start, np.dtype(np.uint8))
            start += pixels
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - kept open
        try:
            self._fill(dataset, check)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def read(self, number: int, window: Window) -> npt.NDArray[Any]:
        """Raw numbers of a band in a window of the raster, inside the area.

        Parameters
        ----------
        number : int
        window : Window
            Odd side in pixels of the square around a site.

        Returns
        -------
        array
        """
        return self._window(number, window)

    def read_masks(self, number: int, window: Window) -> npt.NDArray[Any]:
        """Mask of a band in a window of the raster, inside the area; 0 is no data.

        Parameters
        ----------
        number : int
        window : Window
            Odd side in pixels of the square around a site.

        Returns
        -------
        array
        """
        return self._window(-number, window)

    def _fill(self, dataset: rasterio.DatasetReader, check: Callable[[], None]) -> None:
        area = self._area
        rows, columns = dataset.block_shapes[0]
        # Read all bands of a block before the next block, so that each is decoded once.
        for top, bottom in _cuts(int(area.row_off), int(area.height), int(rows)):
            for left, right in _cuts(int(area.col_off), int(area.width), int(columns)):
                for plane in self._planes:
                    read = dataset.read if plane > 0 else dataset.read_masks
                    for row in range(top, bottom, _ROWS):
                        check()
                        window = Window(left, row, right - left, min(_ROWS, bottom - row))
                        self._write(plane, window, read(abs(plane), window=window))

    def _write(self, plane: int, window: Window, values: npt.NDArray[Any]) -> None:
        kind = self._planes[plane][1]
        values = np.ascontiguousarray(values, dtype=kind)
        whole = int(window.width) == int(self._area.width)
        for row, part in enumerate([values] if whole else values):
            self._file.seek(self._position(plane, window) + row * self._row_bytes(plane))
            view = memoryview(part.data).cast("B")
            while len(view):
                view = view[self._file.write(view) :]

    def _row_bytes(self, plane: int) -> int:
        return int(self._area.width) * self._planes[plane][1].itemsize

    def _position(self, plane: int, window: Window) -> int:
        """Position of a window's first pixel in the file."""
        start, kind = self._planes[plane]
        rows = int(window.row_off - self._area.row_off)
        columns = int(window.col_off - self._area.col_off)
        return start + rows * self._row_bytes(plane) + columns * kind.itemsize

    def _window(self, plane: int, window: Window) -> npt.NDArray[Any]:
        values = np.empty((int(window.height), int(window.width)), dtype=self._planes[plane][1])
        position = self._position(plane, window)
        if int(window.width) == int(self._area.width):
            self._read_into(values, position)
            return values
        for row, part in enumerate(values):
            self._read_into(part, position + row * self._row_bytes(plane))
        return values

    def _read_into(self, values: npt.NDArray[Any], position: int) -> None:
        view = memoryview(values.data).cast("B")
        if hasattr(os, "preadv"):
            count = os.preadv(self._file.fileno(), [view], position)
        else:
            with self._lock:
                self._file.seek(position)
                count = self._file.readinto(view)
        if count != len(view):
            raise OSError("a temporary copy of the raster's pixels ends too early")


def _cuts(start: int, length: int, step: int) -> Iterator[Tuple[int, int]]:
    """Begin and end of the pieces of a span, cut at multiples of `step`."""
    begin, end = start, start + length
    while begin < end:
        stop = min(end, (begin // step + 1) * step)
        yield begin, stop
        begin = stop


def _itemsize(dataset: rasterio.DatasetReader, number: int) -> int:
    return int(np.dtype(dataset.dtypes[number - 1]).itemsize)
