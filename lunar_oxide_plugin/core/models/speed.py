"""Measure the speed of a model on this machine."""

from __future__ import annotations

import time

import numpy as np

from .oxide_model import OxideModel

#: Number of spectra: several chunks, which take a tenth of a second with a small network.
TRIAL_SPECTRA = 32768
#: Seconds after which the measurement ends, because a large network needs fewer spectra.
TRIAL_SECONDS = 0.5


def measure_speed(model: OxideModel) -> float:
    """Millions of spectra per second that the model predicts on one thread of this machine.

    Parameters
    ----------
    model : OxideModel

    Returns
    -------
    float
    """
    bands = len(model.description.bands)
    ramp = np.linspace(0.05, 0.15, bands, dtype=np.float32)[:, None]
    spectra = np.repeat(ramp, TRIAL_SPECTRA // 16, axis=1)
    model.predict(spectra)  # the first call plans its memory
    done, start = 0, time.perf_counter()
    while done < TRIAL_SPECTRA and time.perf_counter() - start < TRIAL_SECONDS:
        model.predict(spectra)
        done += spectra.shape[1]
    return done / max(time.perf_counter() - start, 1e-9) / 1e6
