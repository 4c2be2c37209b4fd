"""Ridge regression in closed form."""

from __future__ import annotations

import numpy as np

from .instrument import FloatArray


def ridge(design: FloatArray, target: FloatArray, penalty: float) -> tuple[FloatArray, FloatArray]:
    """Weights and offset of a ridge regression whose offset is not penalised.

    Parameters
    ----------
    design : float array, shape (n, features)
    target : float array, shape (n, columns)
    penalty : float
        On each weight's square, relative to the mean squared error.

    Returns
    -------
    weights : float array, shape (features, columns)
    offset : float array, shape (columns,)
    """
    mean, level = design.mean(0), target.mean(0)
    centred = design - mean
    gram = centred.T @ centred / len(design) + penalty * np.eye(design.shape[1])
    weights = np.linalg.solve(gram, centred.T @ (target - level) / len(design))
    return weights, level - mean @ weights
