"""Which few of many kernels say most, chosen one after another in closed form.

Forward selection by least squares (orthogonal matching pursuit: Pati, Rezaiifar and Krishnaprasad
1993, Asilomar 27), with all positions of a sliding kernel at once. A network that is as close to
its teacher needs a third of the activations that kernels taken as they were drawn would need.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .instrument import FloatArray

IndexArray = npt.NDArray[np.int64]

#: Kernels whose gain is within this share of the best one's are equally good, and the first of
#: them is taken, so that a rounding on another processor does not choose between equal kernels.
TIE = 1e-9


def select(
    parts: Sequence[FloatArray], target: FloatArray, counts: Sequence[int], penalty: float
) -> list[IndexArray]:
    """Choose kernels, each the one that explains most of what those before it leave.

    Parameters
    ----------
    parts : sequence of float array, shape (n, kernels, positions)
        Activations of the candidates of each kind.
    target : float array, shape (n, oxides)
        What they explain, as a ridge regression with an offset does.
    counts : sequence of int
        How many kernels of each kind are taken.
    penalty : float
        Of the ridge regression, on each weight's square relative to the mean squared error.

    Returns
    -------
    list of int array
        Chosen kernels of each kind, in the order in which they were chosen.
    """
    columns = np.concatenate([part.reshape(len(part), -1) for part in parts], axis=1)
    columns -= columns.mean(0)
    gram = columns.T @ columns / len(columns)
    cross = columns.T @ (target - target.mean(0)) / len(columns)
    groups = _groups(parts)
    # Covariance of each kernel's positions, less what the chosen ones explain of it.
    left = [
        gram[group[:, :, None], group[:, None, :]] + penalty * np.eye(group.shape[1])
        for group in groups
    ]
    size = sum(count * group.shape[1] for count, group in zip(counts, groups))
    factor, filled = np.empty((size, len(gram))), 0
    chosen: list[list[int]] = [[] for _ in groups]
    while filled < size:
        kind, kernel = _best(groups, left, cross, chosen, counts)
        chosen[kind].append(kernel)
        for column in groups[kind][kernel]:
            # One more row of the Cholesky factor of the chosen columns' covariance.
            row = gram[column] - factor[:filled, column] @ factor[:filled]
            row[column] += penalty
            row /= np.sqrt(row[column])
            cross -= np.outer(row, cross[column] / row[column])
            factor[filled], filled = row, filled + 1
            for group, covariance in zip(groups, left):
                own = row[group]
                covariance -= own[:, :, None] * own[:, None, :]
        # Nothing is left of a chosen kernel; any matrix that can be inverted stands for it.
        left[kind][kernel] = np.eye(groups[kind].shape[1])
    return [np.array(kernels, dtype=np.int64) for kernels in chosen]


def _groups(parts: Sequence[FloatArray]) -> list[IndexArray]:
    """Columns of each kernel of each kind, shape (kernels, positions)."""
    groups, start = [], 0
    for part in parts:
        size = part.shape[1] * part.shape[2]
        groups.append(np.arange(start, start + size).reshape(part.shape[1:]))
        start += size
    return groups


def _best(
    groups: Sequence[IndexArray],
    left: Sequence[FloatArray],
    cross: FloatArray,
    chosen: Sequence[Sequence[int]],
    counts: Sequence[int],
) -> tuple[int, int]:
    """Kind and number of the kernel that explains most for each activation that it costs."""
    best, found = -np.inf, (0, 0)
    for kind, (group, covariance) in enumerate(zip(groups, left)):
        if len(chosen[kind]) == counts[kind]:
            continue
        own = cross[group]
        gain = (own * np.linalg.solve(covariance, own)).sum((1, 2)) / group.shape[1]
        gain[list(chosen[kind])] = -np.inf
        kernel = int(np.flatnonzero(gain >= gain.max() * (1.0 - TIE))[0])
        if gain[kernel] > best * (1.0 + TIE) or best == -np.inf:
            best, found = gain[kernel], (kind, kernel)
    return found
