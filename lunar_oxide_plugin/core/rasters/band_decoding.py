"""From a band's raw numbers to reflectance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .pixel_codes import BandCodes


@dataclass(frozen=True)
class BandDecoding:
    """Conversion of one band's raw numbers to reflectance: ``raw * scale + offset``.

    `codes` are the numbers that are not measurements.
    """

    scale: float
    offset: float
    codes: BandCodes

    def decode(self, raw: npt.NDArray[np.generic], out: npt.NDArray[np.float32]) -> None:
        """Fill `out` with the reflectance of raw numbers of the same shape."""
        # Each reflectance is the float32 nearest to the product, because near a training spectrum a
        # difference of one bit changes the domain distance. A quotient of exact float32 numbers is
        # rounded in this way (MI_MAP's 2e-5 is a division by 50000); otherwise double precision is
        # used.
        steps = round(1.0 / self.scale) if 1e-7 < self.scale < 1.0 else 0
        if (
            self.offset == 0.0
            and raw.dtype.kind in "iu"
            and raw.dtype.itemsize <= 2
            and steps
            and self.scale == 1.0 / steps
        ):
            out[...] = raw
            out /= np.float32(steps)
            return
        with np.errstate(over="ignore", invalid="ignore"):
            if self.offset == 0.0:
                np.multiply(raw, self.scale, out=out, dtype=np.float64, casting="unsafe")
            else:
                out[...] = raw.astype(np.float64) * self.scale + self.offset
