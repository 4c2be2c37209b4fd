"""Refusing rasters whose numbers are not reflectance as the model knows it."""

from __future__ import annotations

from typing import Sequence

import numpy as np
import numpy.typing as npt

from ..errors import ReflectanceRangeError
from .bands import ModelBand

#: Median reflectance above this multiple of the brightest, or below this fraction of the
#: darkest training spectrum cannot be lunar terrain in the model's units: the brightest
#: fresh craters reach about twice, deep mare pyroclastics about two thirds.
TOO_BRIGHT = 5.0
TOO_DARK = 0.1


def check_reflectance_range(
    spectra: npt.NDArray[np.float32], bands: Sequence[ModelBand], where: str
) -> None:
    """Refuse spectra whose typical value lies far outside the training range.

    Parameters
    ----------
    spectra : array, shape (bands, n)
        Valid spectra from all over the raster; nothing is said of an empty sample.
    bands : sequence of ModelBand
        Their training range in reflectance; bands without one (NaN) are not judged.
    where : str
        The raster's name, for the message.

    Raises
    ------
    ReflectanceRangeError
        Naming the likely cause.
    """
    if spectra.shape[1] == 0:
        return
    medians = np.median(spectra, axis=1)
    for median, band in zip(medians.tolist(), bands):
        if median > TOO_BRIGHT * band.training_max or median < TOO_DARK * band.training_min:
            raise ReflectanceRangeError(
                f"{where} has a median of {median:.4g} in {band.name} where the model knows "
                f"reflectance {band.training_min:.3f} to {band.training_max:.3f}: "
                f"{_likely_cause(median)}."
            )


def _likely_cause(median: float) -> str:
    if median >= 200.0:
        return (
            "these look like unscaled digital numbers; set SCALE (Kaguya MI_MAP products: 0.00002)"
        )
    if median >= 1.0:
        return "these look like percent; set SCALE to 0.01"
    if median > 0.3:
        return "this is no reflectance at i=30, e=0, g=30 of the Moon; check the product"
    return "the scale may have been applied twice, or this is another quantity; check SCALE"
