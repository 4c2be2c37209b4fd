"""Agreement of predictions with measurements, one number per oxide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .instrument import FloatArray


def r2(predicted: FloatArray, measured: FloatArray) -> FloatArray:
    """Coefficient of determination, shape (oxides,), of shape (n, oxides).

    One less the squared error over the squared deviation from the mean of the measurements
    compared; negative when that mean would have predicted better.
    """
    error = ((predicted - measured) ** 2).sum(0)
    return 1.0 - error / ((measured - measured.mean(0)) ** 2).sum(0)


def by_oxide(
    predicted: FloatArray, measured: FloatArray, oxide_names: Sequence[str]
) -> dict[str, dict[str, float]]:
    """r2, rmse, mae and bias (predicted minus measured), wt%, keyed by oxide."""
    if predicted.shape != measured.shape or predicted.shape[1] != len(oxide_names):
        raise ValueError(f"{predicted.shape}, {measured.shape} and {list(oxide_names)} do not fit")
    residual = predicted - measured
    columns = {
        "r2": r2(predicted, measured),
        "rmse": np.sqrt((residual**2).mean(0)),
        "mae": np.abs(residual).mean(0),
        "bias": residual.mean(0),
    }
    return {
        oxide: {name: round(float(values[index]), 4) for name, values in columns.items()}
        for index, oxide in enumerate(oxide_names)
    }


def entry(
    protocol: str, predicted: FloatArray, measured: FloatArray, oxide_names: Sequence[str]
) -> dict[str, Any]:
    """One item of a description's ``validation`` list."""
    return {
        "protocol": protocol,
        "n": int(measured.shape[0]),
        "oxides": by_oxide(predicted, measured, oxide_names),
    }
