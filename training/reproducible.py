"""The same numbers again: fixed threads and deterministic kernels."""

from __future__ import annotations

import torch

#: Sums run in an order that depends on the number of threads, so that it is fixed.
THREADS = 2


def make_reproducible() -> None:
    """Fix what PyTorch's results depend on beside the seed."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
