"""Read the numbers of axes from a prediction, and from other rasters on its grid."""

from __future__ import annotations

from pathlib import Path
from typing import AbstractSet, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from ..closing import Closing
from ..errors import RasterError
from ..rasters.band_values import read_values
from ..rasters.opening import DescribedDataset, open_raster
from ..rasters.prediction_bands import PredictionBands
from ..rasters.prediction_map import PredictionMap
from ..rasters.raster_input import RasterInput
from ..translation import tr
from .axes import AxisPart, FloatArray, PixelBlock, PlotAxis, rasters_of

Shape = Tuple[int, int]


class AxisReader(Closing):
    """A prediction that is open, with the other rasters that axes need.

    Use as a context manager or call `close`. Not thread-safe.

    Parameters
    ----------
    raster : RasterInput
        The prediction.
    axes : sequence of PlotAxis

    Raises
    ------
    RasterError
        If the raster is no prediction, lacks what an axis needs, or another raster lies on another
        grid.
    """

    def __init__(self, raster: RasterInput, axes: Sequence[PlotAxis]) -> None:
        self._others: Dict[RasterInput, Tuple[DescribedDataset, int, int]] = {}
        self.axes = tuple(axes)
        self._map = PredictionMap(raster)
        try:
            name = Path(self.dataset.name).name
            for axis in axes:
                _require_given(axis, self.bands, name)
            for other in rasters_of(*axes):
                opened = open_raster(other)
                self._others[other] = (opened, 0, 0)
                self._others[other] = (opened, *_offset(self.dataset, opened, other.name, name))
        except BaseException:
            self.close()
            raise

    @property
    def dataset(self) -> DescribedDataset:
        """The prediction's dataset."""
        return self._map.dataset

    @property
    def bands(self) -> PredictionBands:
        """The prediction's bands."""
        return self._map.bands

    @property
    def reads_others(self) -> bool:
        """Whether an axis comes from another raster."""
        return bool(self._others)

    def close(self) -> None:
        """Close all rasters."""
        self._map.close()
        for dataset, _, _ in self._others.values():
            dataset.close()

    def read(
        self, window: Window, shape: Optional[Shape] = None, every: int = 1
    ) -> Tuple[List[FloatArray], npt.NDArray[np.bool_]]:
        """The axes' numbers in a window.

        Parameters
        ----------
        window : Window
        shape : (rows, columns), optional
            Read fewer pixels, from overviews where there are some (nearest neighbour). Rasters with
            different overviews give different pixels, so this is for a prediction alone.
        every : int
            Of the pixels read, take the middle one of each square of this side.

        Returns
        -------
        list of float32 arrays, shape (rows, columns)
            In the order of the axes; NaN where there is no value.
        bool array, shape (rows, columns)
            Where a quality flag is set.
        """
        block = self._block(window, shape, every)
        values = [
            block.values(axis)
            if axis.raster is None
            else self._other(axis, axis.raster, window, every)
            for axis in self.axes
        ]
        return values, block.flagged

    def _block(self, window: Window, shape: Optional[Shape], every: int) -> PixelBlock:
        bands = self.bands
        wanted = {name for axis in self.axes for name in axis.oxides}
        if not wanted:
            wanted = {next(iter(bands.oxides))}  # shows where there is a prediction
        domain = bands.domain_distance if self._needs(AxisPart.DOMAIN) else None
        return PixelBlock(
            oxides=self._named(bands.oxides, wanted, window, shape, every),
            sigmas={
                kind: self._named(numbers, wanted, window, shape, every)
                for kind, numbers in bands.sigmas.items()
            },
            domain_distance=self._one(domain, window, shape, every),
            quality=self._one(bands.quality, window, shape, every),
            usual_sigma=self._map.typical_sigma_wt,
        )

    def _needs(self, part: AxisPart) -> bool:
        return any(axis.part is part for axis in self.axes)

    def _named(
        self,
        numbers: Mapping[str, int],
        wanted: AbstractSet[str],
        window: Window,
        shape: Optional[Shape],
        every: int,
    ) -> Dict[str, FloatArray]:
        names = [name for name in numbers if name in wanted]
        if not names:
            return {}
        read = self._map.read([numbers[name] for name in names], window, shape)
        return {name: _thinned(read[numbers[name]], every) for name in names}

    def _one(
        self, number: Optional[int], window: Window, shape: Optional[Shape], every: int
    ) -> Optional[FloatArray]:
        if number is None:
            return None
        return _thinned(self._map.read([number], window, shape)[number], every)

    def _other(self, axis: PlotAxis, raster: RasterInput, window: Window, every: int) -> FloatArray:
        dataset, column, row = self._others[raster]
        moved = Window(window.col_off + column, window.row_off + row, window.width, window.height)
        return _thinned(read_values(dataset, [axis.band], raster.name, moved)[0], every)


def _require_given(axis: PlotAxis, bands: PredictionBands, name: str) -> None:
    missing = [oxide for oxide in axis.oxides if oxide not in bands.oxides]
    if missing:
        text = tr("{name} has no {oxides}, which {quantity} needs: choose another quantity.")
        raise RasterError(text.format(name=name, oxides=", ".join(missing), quantity=axis.title))
    if not axis.is_given_by(bands):
        text = tr("{name} has no band for {quantity}: choose another quantity.")
        raise RasterError(text.format(name=name, quantity=axis.title))


def _offset(
    prediction: rasterio.DatasetReader,
    other: rasterio.DatasetReader,
    other_name: str,
    name: str,
) -> Tuple[int, int]:
    """Column and row of the prediction's first pixel on a raster with the same pixels."""
    column, row = ~other.transform * (prediction.transform * (0.0, 0.0))
    end = ~other.transform * (prediction.transform * (prediction.width, prediction.height))
    fits = (
        (prediction.crs == other.crs or None in (prediction.crs, other.crs))
        and max(abs(column - round(column)), abs(row - round(row))) < 0.01
        and abs(end[0] - column - prediction.width) < 0.01
        and abs(end[1] - row - prediction.height) < 0.01
        and round(column) >= 0
        and round(row) >= 0
        and round(end[0]) <= other.width
        and round(end[1]) <= other.height
    )
    if not fits:
        text = tr(
            "{other} does not have the pixels of {name}: choose a raster on the same grid, for "
            "example spectral parameters of the raster that was predicted."
        )
        raise RasterError(text.format(other=other_name, name=name))
    return round(column), round(row)


def _thinned(values: npt.NDArray[np.float64], every: int) -> FloatArray:
    if every > 1:
        rows, columns = (middles(size, every) for size in values.shape)
        values = values[rows][:, columns]
    return values.astype(np.float32)


def middles(size: int, every: int) -> npt.NDArray[np.int64]:
    """The middle place of each stretch of this length; at least one place.

    Parameters
    ----------
    size, every : int

    Returns
    -------
    int array
    """
    count = max(1, size // every)
    return np.minimum(np.arange(count) * every + every // 2, size - 1)
