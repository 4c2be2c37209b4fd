"""How the numbers of a prediction are stored: as they are, or as integers with a declared step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import QUALITY, oxide_band
from ..chemistry.oxides import OXIDES

#: Step of compact numbers: wt% for oxides and sigmas, the distance's own unit. Predictions of one
#: place change by thirty steps or more with the noise between two published extractions of it
#: ("Repeatability" in the model card).
STEP = 0.01

#: Value of compact bands where there is no number: the least 16-bit integer.
COMPACT_NODATA = -32768

#: Largest compact integer to either side of zero.
COMPACT_MOST = 32767

Stored = npt.NDArray[np.generic]


@dataclass(frozen=True)
class Samples:
    """How the samples of a raster's bands are stored.

    Attributes
    ----------
    dtype : str
        numpy's name of the type.
    nodata : float
        Stored where there is no number.
    scales : tuple of float
        One per band: the number is the stored sample times this. Empty where samples are numbers.
    smooth : bool
        Whether integers of all bands differ little from pixel to pixel, so that compression works
        on their differences.
    """

    dtype: str = "float32"
    nodata: float = float("nan")
    scales: Tuple[float, ...] = ()
    smooth: bool = False

    def stored(self, values: npt.NDArray[np.float32]) -> Stored:
        """Samples of numbers.

        A number becomes the nearest step, to the precision of float32, and one beyond the range of
        the type the nearest that the type can hold.

        Parameters
        ----------
        values : float32 array, shape (bands, rows, columns)
            NaN where there is no number.

        Returns
        -------
        array of `dtype`, of the same shape
            `values` itself where they are stored as they are.
        """
        if not self.scales:
            return values
        samples = np.empty(values.shape, dtype=self.dtype)
        number = np.empty(values.shape[1:], dtype=np.float32)
        for band, scale, out in zip(values, self.scales, samples):
            with np.errstate(over="ignore"):  # infinity is beyond the range, as the number is
                np.multiply(band, np.float32(1.0 / scale), out=number)
            np.rint(number, out=number)
            # The extremes show that most blocks need no more; NaN fails the comparison.
            if not (number.min() >= -COMPACT_MOST and number.max() <= COMPACT_MOST):
                np.clip(number, -COMPACT_MOST, COMPACT_MOST, out=number)
                # The larger of NaN and a number is the number.
                np.fmax(number, np.float32(self.nodata), out=number)
            np.copyto(out, number, casting="unsafe")
        return samples

    def present(self, plane: Stored) -> bool:
        """Whether a band of a block has a number.

        Parameters
        ----------
        plane : array, shape (rows, columns)
            Stored samples.

        Returns
        -------
        bool
        """
        if self.scales:
            return bool(plane[0, 0] != self.nodata or (plane != self.nodata).any())
        return bool(np.isfinite(plane[0, 0]) or np.isfinite(plane).any())


#: Samples of rasters whose numbers are stored as they are.
FLOATS = Samples()


class Encoding(Enum):
    """How the numbers of a prediction raster are stored."""

    #: 32-bit floating-point numbers as the model gives them; NaN where there is none.
    FLOAT32 = "float32"
    #: 16-bit integers in steps of 0.01, of which GDAL, QGIS and rasterio know the scale.
    COMPACT = "compact"

    def samples(self, descriptions: Sequence[str]) -> Samples:
        """How bands are stored.

        Parameters
        ----------
        descriptions : sequence of str
            Band descriptions of a `PredictionLayout`.

        Returns
        -------
        Samples
        """
        if self is Encoding.FLOAT32:
            return FLOATS
        # Quality flags are bits, not quantities.
        scales = tuple(1.0 if text == QUALITY else STEP for text in descriptions)
        # Sigmas and distances are mostly noise in a narrow range, and differences of noise are
        # larger than the noise: a map with them is 5 % smaller without differences, one of oxides
        # alone 1 to 10 % smaller with them (`python -m benchmarks.encoding`).
        smooth = set(descriptions) <= {oxide_band(oxide) for oxide in OXIDES}
        return Samples("int16", float(COMPACT_NODATA), scales, smooth)
