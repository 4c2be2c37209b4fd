"""Bind the memory of a chunk's input and outputs to an ONNX Runtime session once.

An ordinary call allocates new outputs and copies them into numpy arrays, and they are copied again
to their destination. With bound memory, the graph writes directly into arrays that are reused for
every chunk and stay in the processor's cache.
"""

from __future__ import annotations

import threading
from typing import Any, Iterable, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class BoundChunk:
    """Buffers of one chunk size, bound to a session on the CPU, for one thread at a time.

    Parameters
    ----------
    session : onnxruntime.InferenceSession
    spectra : (name, shape)
        The graph's input.
    outputs : sequence of (name, shape)

    Attributes
    ----------
    spectra : float32 array
        The caller fills it before `run`.
    answers : tuple of float32 arrays
        One per output; `run` overwrites them.
    """

    def __init__(
        self,
        session: Any,
        spectra: Tuple[str, Tuple[int, ...]],
        outputs: Iterable[Tuple[str, Tuple[int, ...]]],
    ) -> None:
        self._session = session
        self._binding = session.io_binding()
        name, shape = spectra
        self.spectra: Floats = np.zeros(shape, dtype=np.float32)
        self._binding.bind_input(name, "cpu", 0, np.float32, shape, self.spectra.ctypes.data)
        answers = []
        for name, shape in outputs:
            answer: Floats = np.empty(shape, dtype=np.float32)
            self._binding.bind_output(name, "cpu", 0, np.float32, shape, answer.ctypes.data)
            answers.append(answer)
        self.answers: Tuple[Floats, ...] = tuple(answers)

    def run(self) -> None:
        """Fill `answers` for `spectra`.

        Raises
        ------
        Exception
            Any error of ONNX Runtime, also for an output of another shape than the bound one.
        """
        self._session.run_with_iobinding(self._binding)


class BoundChunks:
    """The bound chunk of each thread; thread-safe.

    Parameters
    ----------
    session : onnxruntime.InferenceSession
    input_name : str
        Takes ``[1, 1, bands, n]``.
    bands : int
    outputs : sequence of (name, leading shape)
        Outputs of shape ``leading + (n,)``.
    """

    def __init__(
        self,
        session: Any,
        input_name: str,
        bands: int,
        outputs: Sequence[Tuple[str, Tuple[int, ...]]],
    ) -> None:
        self._session = session
        self._input_name = input_name
        self._bands = bands
        self._outputs = tuple(outputs)
        self._own = threading.local()

    def of(self, pixels: int) -> BoundChunk:
        """The calling thread's buffers for chunks of a size; only the last size is kept."""
        chunk: Optional[BoundChunk] = getattr(self._own, "chunk", None)
        if chunk is None or chunk.spectra.shape[-1] != pixels:
            chunk = self._own.chunk = BoundChunk(
                self._session,
                (self._input_name, (1, 1, self._bands, pixels)),
                [(name, (*leading, pixels)) for name, leading in self._outputs],
            )
        return chunk
