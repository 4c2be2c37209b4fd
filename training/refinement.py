"""Move chosen kernels to where they say most: a few Gauss-Newton steps.

Half as many activations come as close to the teacher as kernels that stay as they were drawn.
Before each step the output is learnt anew by ridge regression, and the step is that of the kernels
with the output following them (variable projection: Golub and Pereyra 1973, SIAM J. Numer. Anal.
10, 413; Kaufman 1975, BIT 15, 49; damped as by Marquardt 1963, J. SIAM 11, 431). The number of
steps is fixed and small, so that a rounding on another processor stays a rounding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .instrument import FloatArray
from .kernels import Kernels
from .regression import ridge

#: Steps; further ones come closer to the teacher by a few thousandths of a wt% each.
STEPS = 4

#: Share of each parameter's curvature that damps its step.
DAMPING = 0.1

#: Every which spectrum gives the curvature of a step; each step takes others. All of them give the
#: slope: with fewer, the kernels follow the spectra instead of the teacher.
CURVATURE_STEP = 8

#: Sums up to here count as not active. The threshold of a kernel as it was drawn lies exactly at
#: one of the spectra, and a rounding on another processor must not decide the sign of that sum.
EDGE = 1e-7

#: Curvature that is added to each parameter, relative to the mean: a kernel that is never or always
#: active in the spectra of a step can have none of its own.
FLOOR = 1e-9


def refine(
    kernels: Sequence[Kernels],
    features: Sequence[FloatArray],
    target: FloatArray,
    penalty: float,
) -> list[Kernels]:
    """Refine the kernels on each kind of features together.

    Parameters
    ----------
    kernels : sequence of Kernels
    features : sequence of float array, shape (n, features)
        What each of them slides along.
    target : float array, shape (n, oxides)
        What the network learns, wt%.
    penalty : float
        Of the ridge regression of the output, as `regression.ridge` takes it.

    Returns
    -------
    list of Kernels
        As many, of the same width and again of unit length.
    """
    refined = list(kernels)
    windows = [_windows(part, found.weight.shape[1]) for part, found in zip(features, refined)]
    for step in range(STEPS):
        rows = slice(step % CURVATURE_STEP, None, CURVATURE_STEP)
        refined = _moved(refined, windows, target, penalty, rows)
    return refined


def _windows(features: FloatArray, width: int) -> FloatArray:
    """What a kernel sees at each place, and 1 for its threshold; shape (n, places, width + 1)."""
    seen = sliding_window_view(features, width, axis=1)
    return np.concatenate([seen, np.ones((*seen.shape[:2], 1))], axis=2)


def _moved(
    kernels: Sequence[Kernels],
    windows: Sequence[FloatArray],
    target: FloatArray,
    penalty: float,
    rows: slice,
) -> list[Kernels]:
    """The kernels after one step; `rows` are the spectra that give the curvature."""
    parameters = [np.column_stack([found.weight, found.bias]) for found in kernels]
    sums = [
        np.matmul(own, seen.transpose(0, 2, 1)) for own, seen in zip(parameters, windows)
    ]  # (n, kernels, places)
    design = np.concatenate([np.maximum(part, 0.0).reshape(len(part), -1) for part in sums], axis=1)
    weights, offset = ridge(design, target, penalty)
    residual = target - design @ weights - offset
    edge = sums[0][0].size
    outputs = [
        part.reshape(*found.shape[1:], -1) for part, found in zip(np.split(weights, [edge]), sums)
    ]  # (kernels, places, oxides)
    slope = _slope(sums, windows, outputs, residual)
    gates = [(part[rows] > EDGE).astype(float) for part in sums]
    curvature = _curvature(gates, [seen[rows] for seen in windows], outputs, design[rows], penalty)
    own = curvature.diagonal().copy()
    curvature[np.diag_indices_from(curvature)] += DAMPING * own + FLOOR * own.mean()
    change = np.linalg.solve(curvature, slope)
    moved, start = [], 0
    for old in parameters:
        new = old + change[start : start + old.size].reshape(old.shape)
        new /= np.linalg.norm(new[:, :-1], axis=1, keepdims=True)
        moved.append(Kernels(new[:, :-1], new[:, -1]))
        start += old.size
    return moved


def _slope(
    sums: Sequence[FloatArray],
    windows: Sequence[FloatArray],
    outputs: Sequence[FloatArray],
    residual: FloatArray,
) -> FloatArray:
    """Minus half the derivative of the mean squared error by all parameters."""
    slopes = []
    for part, seen, output in zip(sums, windows, outputs):
        slope = np.zeros((part.shape[1], seen.shape[2]))
        for place in range(part.shape[2]):
            back = (part[:, :, place] > EDGE) * (residual @ output[:, place].T)
            slope += back.T @ seen[:, place]
        slopes.append(slope.ravel() / len(residual))
    return np.concatenate(slopes)


def _curvature(
    gates: Sequence[FloatArray],
    windows: Sequence[FloatArray],
    outputs: Sequence[FloatArray],
    design: FloatArray,
    penalty: float,
) -> FloatArray:
    """Gauss-Newton matrix of all parameters, less what the output makes up for."""
    count = len(design)
    centred = design - design.mean(0)
    gram = centred.T @ centred / count + penalty * np.eye(design.shape[1])
    solved = np.linalg.inv(np.linalg.cholesky(gram)) @ centred.T / count
    total = 0.0
    for oxide in range(outputs[0].shape[2]):
        jacobian = np.concatenate(
            [
                np.matmul(gate * output[:, :, oxide], seen).reshape(count, -1)
                for gate, seen, output in zip(gates, windows, outputs)
            ],
            axis=1,
        )
        jacobian -= jacobian.mean(0)
        followed = solved @ jacobian
        total = total + jacobian.T @ jacobian / count - followed.T @ followed
    return np.asarray(total)
