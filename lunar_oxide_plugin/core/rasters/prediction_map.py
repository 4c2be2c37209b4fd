"""Read the bands of a prediction raster in their units, in whatever numbers they are stored."""

from __future__ import annotations

from typing import Dict, Iterable, Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..chemistry.new_place import skills_of_tag
from ..chemistry.oxides import UNIT, Z90
from ..closing import Closing
from ..errors import RasterError
from .band_values import read_values, require_amounts
from .opening import open_raster
from .prediction_bands import find_bands, own_tags
from .raster_input import RasterInput

_Floats = npt.NDArray[np.float64]


class PredictionMap(Closing):
    """An open prediction raster; closes as a context manager.

    Not thread-safe: GDAL datasets are not.

    Parameters
    ----------
    raster : RasterInput

    Attributes
    ----------
    name : str
    dataset : DescribedDataset
    bands : PredictionBands
    tags : dict of str to str
        The plugin's own tags, without their prefix.

    Raises
    ------
    RasterError
        If the raster is no prediction, cannot be opened, or holds numbers that are no amounts.
    """

    def __init__(self, raster: RasterInput) -> None:
        self.name = raster.name
        self.dataset = open_raster(raster)
        try:
            self.bands = find_bands([t or "" for t in self.dataset.descriptions], self.name)
            require_amounts(self.dataset, self.bands.oxides, self.name)
        except BaseException:
            self.dataset.close()
            raise
        self.tags = own_tags(self.dataset.tags())

    @property
    def left_out(self) -> bool:
        """Whether doubtful pixels are no data, because the map has no quality flags."""
        return self.bands.quality is None and "LEFT_OUT" in self.tags

    @property
    def typical_sigma_wt(self) -> Dict[str, float]:
        """The model's usual sigma at a new place by oxide, wt%, of a map without sigma.

        Ratios need it: a denominator below its own uncertainty gives any number. Empty for maps
        with sigma, and where the map does not say.
        """
        if self.bands.sigmas:
            return {}
        skills = skills_of_tag(self.tags.get("NEW_PLACE", ""))
        return {name: skill.half_width_wt / Z90 for name, skill in skills.items()}

    @property
    def ratios_note(self) -> str:
        """A sentence on where a map without sigma gives ratios; empty for others."""
        usual = self.typical_sigma_wt
        if usual:
            listed = ", ".join(f"{name} {sigma:.2g}" for name, sigma in usual.items())
            return (
                f"{self.name} has no uncertainties: a ratio is given where its denominator exceeds "
                f"the model's usual uncertainty at a new place ({listed} {UNIT})."
            )
        if self.bands.sigmas:
            return ""
        return (
            f"{self.name} has no uncertainties and does not say how uncertain its model is: a "
            "ratio is given wherever its denominator is positive, and means little where that is "
            "small."
        )

    def close(self) -> None:
        """Close the dataset."""
        self.dataset.close()

    def read(
        self,
        numbers: Iterable[int],
        window: Optional[Window] = None,
        shape: Optional[Tuple[int, int]] = None,
    ) -> Dict[int, _Floats]:
        """Values of bands in their units; NaN where there are none.

        Parameters
        ----------
        numbers : iterable of int
            Bands, from 1.
        window : Window, optional
            All of the raster by default.
        shape : (rows, columns), optional
            Read fewer pixels, from overviews where there are some (nearest neighbour).

        Returns
        -------
        dict of int to float64 array, shape (rows, columns)
            Quality as whole numbers.

        Raises
        ------
        RasterError
            If the file cannot be read, or its quality band holds no flags.
        """
        wanted = list(numbers)
        if not wanted:
            return {}
        values = read_values(self.dataset, wanted, self.name, window, shape)
        found = dict(zip(wanted, values))
        if self.bands.quality in found:
            self._decode_flags(found[self.bands.quality], window, shape)
        return found

    def _decode_flags(
        self, values: _Floats, window: Optional[Window], shape: Optional[Tuple[int, int]]
    ) -> None:
        """Round flags, which a scale makes inexact, and keep "good" where nodata is 0."""
        number = self.bands.quality or 0
        scale, offset = self.dataset.scales[number - 1], self.dataset.offsets[number - 1]
        nodata = self.dataset.nodatavals[number - 1]
        if nodata is not None and nodata * scale + offset == 0.0:
            # A GeoTIFF has one nodata for all bands: that of the oxides is no fault here.
            values[np.isnan(values)] = 0.0
        whole = np.rint(values)
        known = np.isfinite(values)
        off = np.abs(values - whole)[known]
        if off.size and off.max() > 0.5 * abs(scale) + 1e-6:
            wrong = values[known][off.argmax()]
            raise RasterError(
                f"{self.name} has {wrong:.4g} in its quality band, which is no sum of flags: "
                f"declare the scale with which band {number} was stored (scale 1 if its numbers "
                "are the flags)."
            )
        values[...] = whole
