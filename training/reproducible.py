"""The same numbers again: fixed threads and deterministic kernels."""

from __future__ import annotations

import torch
from threadpoolctl import threadpool_limits

#: Sums run in an order that depends on the number of threads, so that it is fixed. The matrices
#: are small: two processes with a thread each are faster than one with two.
THREADS = 1

#: Where folds are shared out: the machines that this runs on have two cores.
PROCESSES = 2


def make_reproducible() -> None:
    """Fix what results depend on beside the seed."""
    threadpool_limits(THREADS)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
