"""Predict the pixels of a block, in the layout in which predictions are stored."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np
import numpy.typing as npt

from ..models.oxide_model import OxideModel
from ..rasters.quality import FAULTS, NO_DATA, flag_predictions
from ..rasters.spectra import OxideBlock, Prediction, SpectraBlock


def _never() -> None:
    """Do not stop."""


def predict_block(
    model: OxideModel,
    block: SpectraBlock,
    check: Callable[[], None] = _never,
    chunk_pixels: Optional[int] = None,
) -> OxideBlock:
    """Predict the valid pixels of a block.

    Where the stored layout has no quality flags, doubtful pixels have no prediction: nobody could
    tell them from the others later.

    Parameters
    ----------
    model : OxideModel
    block : SpectraBlock
    check : callable
        Called every few milliseconds; may raise to stop.
    chunk_pixels : int, optional
        Pixels per call of ONNX Runtime; by default what is fast on the model's device.

    Returns
    -------
    OxideBlock
    """
    rows, columns = block.valid.shape
    layout = model.computed
    bands = np.empty((layout.count, rows, columns), dtype=np.float32)
    flags = block.flags
    if block.valid.all():
        answer = Prediction.of_rows(bands.reshape(layout.count, -1), layout)
        spectra = block.reflectance.reshape(len(block.reflectance), -1)
        _run(model, spectra, answer, check, chunk_pixels)
        flags = flags | _flags(model, answer).reshape(rows, columns)
    elif block.valid.any():
        bands.fill(np.nan)
        spectra = block.valid_spectra
        packed = np.empty((layout.value_count, spectra.shape[1]), dtype=np.float32)
        answer = Prediction.of_rows(packed, layout)
        _run(model, spectra, answer, check, chunk_pixels)
        for band, values in zip(bands, packed):
            band[block.valid] = values
        flags = flags.copy()
        flags[block.valid] |= _flags(model, answer)
    else:
        bands.fill(np.nan)
    if layout.quality_row is None:
        bands = bands[: model.outputs.count]
        bands[:, flags & FAULTS != 0] = np.nan
    else:
        quality = bands[layout.quality_row]
        quality[...] = flags
        # "No data" is stored as the nodata value in every band, also in sparse blocks.
        quality[flags == NO_DATA.bit] = np.nan
    return OxideBlock(bands, flags, model.outputs)


def _run(
    model: OxideModel,
    spectra: npt.NDArray[np.float32],
    answer: Prediction,
    check: Callable[[], None],
    chunk_pixels: Optional[int],
) -> None:
    for _ in model.predict_into(spectra, answer, chunk_pixels):
        check()


def _flags(model: OxideModel, answer: Prediction) -> npt.NDArray[np.uint8]:
    return flag_predictions(
        answer,
        model.computed,
        np.asarray(model.description.valid_min, dtype=np.float32),
        np.asarray(model.description.valid_max, dtype=np.float32),
        model.description.new_place,
    )
