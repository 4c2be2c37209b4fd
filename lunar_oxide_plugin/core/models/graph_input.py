"""Find the axes of bands and pixels in the input tensor of a model's graph."""

from __future__ import annotations

from enum import Enum
from typing import Any, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import ModelError


class Layout(Enum):
    """Axes of bands and pixels in the graph's input."""

    PIXELS_BANDS = "[n, bands]"
    PIXELS_1_BANDS = "[n, 1, bands]"
    BANDS_PIXELS = "[1, 1, bands, n]"

    def feed(self, spectra: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Spectra of shape (bands, n) in the shape of the graph's input.

        Parameters
        ----------
        spectra : float32 array

        Returns
        -------
        float32 array
        """
        if self is Layout.BANDS_PIXELS:
            return np.ascontiguousarray(spectra)[None, None]
        if self is Layout.PIXELS_BANDS:
            return np.ascontiguousarray(spectra.T)
        return np.ascontiguousarray(spectra.T)[:, None, :]


def input_layout(session: Any, where: str) -> Tuple[Layout, int]:
    """Layout and number of bands of a session's input.

    Raises
    ------
    ModelError
        If its input is not spectra.
    """
    inputs = session.get_inputs()
    if len(inputs) != 1 or inputs[0].type != "tensor(float)":
        kinds = ", ".join(f"{item.name}: {item.type}" for item in inputs)
        raise ModelError(
            f"{where} takes {len(inputs)} input(s) ({kinds}); an oxide model takes one float "
            "tensor of reflectance."
        )
    shape = list(inputs[0].shape)
    fixed = [isinstance(size, int) and size > 0 for size in shape]
    layouts = {2: (Layout.PIXELS_BANDS, 1), 3: (Layout.PIXELS_1_BANDS, 2)}
    if len(shape) == 4 and fixed[2] and not fixed[3] and shape[:2] == [1, 1]:
        return Layout.BANDS_PIXELS, _few(shape[2], where)
    if len(shape) in layouts and not fixed[0]:
        layout, axis = layouts[len(shape)]
        if fixed[axis] and (len(shape) == 2 or shape[1] == 1):
            return layout, _few(shape[axis], where)
    raise ModelError(
        f"{where} has an input of shape {shape}; an oxide model takes [n, bands], [n, 1, bands] "
        "or [1, 1, bands, n] with a fixed number of bands and a free n."
    )


#: Most bands of a model: imaging spectrometers of the Moon have up to 260 (M3), laboratory ones
#: 2151.
MOST_BANDS = 4096


def _few(bands: int, where: str) -> int:
    if bands > MOST_BANDS:
        raise ModelError(f"{where} takes {bands} bands; no instrument has more than {MOST_BANDS}.")
    return bands


def probe_spectra(bands: int) -> npt.NDArray[np.float32]:
    """Three simple spectra for a test of a model, shape (bands, 3)."""
    ramp = np.linspace(0.05, 0.15, bands, dtype=np.float32)
    return np.stack([ramp, ramp * 1.3, ramp[::-1]], axis=1)
