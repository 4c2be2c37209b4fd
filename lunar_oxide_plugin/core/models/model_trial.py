"""Test a model of unknown origin within limits of memory and time before it is used.

While ONNX Runtime opens a graph it computes the constant parts, and it allocates whatever the graph
requests. A model is therefore first opened without this optimisation and with its tensors in an
arena of limited size. It is run on a few spectra and on a whole chunk, in a thread that can be
abandoned. A model that passes may be opened for use.
"""

from __future__ import annotations

import hashlib
import threading
import time
from contextlib import suppress
from typing import Any, List, Optional, Set

import numpy as np

from ..errors import ModelError
from .graph_input import input_layout, probe_spectra
from .onnx_file import GraphFacts
from .onnxruntime_import import onnxruntime
from .runtime_errors import cannot_be_opened, is_out_of_memory, reason_of

#: Seconds to open a model and predict a few spectra, which usually takes milliseconds; a published
#: network of six million multiply-adds per pixel takes a tenth of a second. This is processor time
#: on systems that tell a thread's, because a busy machine is no fault of the model.
TRIAL_SECONDS = 4.0

#: Seconds by the clock for one of processor time, after which a model is refused all the same.
_MOST_WAITED = 15.0

#: Whether the system tells the processor time of a thread: Linux does.
_TOLD = hasattr(time, "pthread_getcpuclockid")

#: Seconds between two looks at the processor time.
_LOOK_SECONDS = 0.1

#: Seconds to predict a chunk of spectra after that; such a network takes one or two seconds.
CHUNK_SECONDS = 20.0

#: Limit in bytes of all tensors of a model for a chunk; the published networks need 20 MB.
ARENA_BYTES = 384 << 20

#: Digests of the models that passed in this process.
_passed: Set[bytes] = set()

_arena_lock = threading.Lock()
_arena_made: List[bool] = []


def require_bounded(content: bytes, facts: GraphFacts, where: str, chunk_pixels: int) -> None:
    """Refuse a model that needs far too much memory or time.

    Parameters
    ----------
    content : bytes
        The whole file, after `require_harmless`.
    facts : GraphFacts
    where : str
        The file's name, for messages.
    chunk_pixels : int
        Spectra per chunk.

    Raises
    ------
    ModelError
    RuntimeMissingError
    """
    digest = hashlib.sha256(content).digest()
    if digest in _passed:
        return
    onnxruntime()  # a fault of the package is not a fault of the model
    trial = _Trial(content, facts, where, chunk_pixels)
    trial.start()
    trial.require(trial.few_done, TRIAL_SECONDS, "a few")
    trial.require(trial.all_done, CHUNK_SECONDS, str(chunk_pixels))
    _passed.add(digest)


def session_options(threads: int) -> Any:
    """Options of a session with this number of threads per node."""
    options = onnxruntime().SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return options


def use_bounded_arena(options: Any) -> None:
    """Allocate a session's tensors in the arena of `ARENA_BYTES`, which sessions share."""
    ort = onnxruntime()
    with _arena_lock:
        if not _arena_made:
            info = ort.OrtMemoryInfo(
                "Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT
            )
            # It grows as needed (1); doubling, the default, would allocate up to twice the memory.
            settings = {"max_mem": ARENA_BYTES, "arena_extend_strategy": 1}
            ort.create_and_register_allocator(info, ort.OrtArenaCfg(settings))
            _arena_made.append(True)
    options.add_session_config_entry("session.use_env_allocators", "1")


class _Trial(threading.Thread):
    """Opens and runs a model in a thread, for which the caller waits a limited time."""

    def __init__(self, content: bytes, facts: GraphFacts, where: str, chunk_pixels: int) -> None:
        super().__init__(name="Lunar Oxide model trial", daemon=True)
        self.few_done, self.all_done = threading.Event(), threading.Event()
        self._content = content
        self._facts = facts
        self._where = where
        self._chunk_pixels = chunk_pixels
        self._run_options = onnxruntime().RunOptions()
        self._run_options.log_severity_level = 4
        # The arena exists as long as the process: release the memory of this model.
        self._run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._error: Optional[ModelError] = None
        self._clock: Optional[int] = None

    def require(self, done: threading.Event, seconds: float, spectra: str) -> None:
        """Wait for a step, and raise its error."""
        in_time = self._wait(done, seconds)
        if self._error is not None:
            raise self._error
        if not in_time:
            # This stops the run between two nodes; within a node, the thread is abandoned.
            self._run_options.terminate = True
            self.join(0.5)
            raise ModelError(
                f"{self._where} takes more than {seconds:g} s for {spectra} spectra: it is no "
                "model for maps."
            )

    def _wait(self, done: threading.Event, seconds: float) -> bool:
        """Whether a step is done within a time of the thread's processor."""
        begun = time.monotonic()
        before = self._used_seconds() or 0.0
        while not done.wait(_LOOK_SECONDS):
            waited = time.monotonic() - begun
            now = self._used_seconds()
            spent = waited if now is None else now - before
            if spent > seconds or waited > _MOST_WAITED * seconds:
                return done.is_set()
        return True

    def _used_seconds(self) -> Optional[float]:
        """Processor time of the thread; None where the system does not tell it."""
        if not _TOLD:
            return None
        if self._clock is None:
            return 0.0  # the thread has not begun
        with suppress(OSError):  # the thread has ended
            return time.clock_gettime(self._clock)
        return None

    def run(self) -> None:
        """Open and run the model."""
        # Asked for by the thread itself, because asking for that of an ended thread is undefined.
        if _TOLD:
            self._clock = time.pthread_getcpuclockid(threading.get_ident())
        try:
            self._try()
        except ModelError as error:
            self._error = error
        except Exception as error:  # onnxruntime raises its own unrelated classes
            self._error = ModelError(self._sentence(error))
        finally:
            self.few_done.set()
            self.all_done.set()

    def _try(self) -> None:
        ort = onnxruntime()
        options = session_options(1)
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        use_bounded_arena(options)
        try:
            session = ort.InferenceSession(
                self._content, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises its own unrelated classes
            raise cannot_be_opened(error, self._facts, self._where, ort.__version__) from error
        layout, bands = input_layout(session, self._where)
        name = session.get_inputs()[0].name
        few = probe_spectra(bands)
        for spectra in (few, few[:, :1]):
            session.run(None, {name: layout.feed(spectra)}, self._run_options)
        self.few_done.set()
        whole = np.resize(few.T, (self._chunk_pixels, bands)).T
        session.run(None, {name: layout.feed(whole)}, self._run_options)

    def _sentence(self, error: Exception) -> str:
        if is_out_of_memory(error):
            return (
                f"{self._where} asks for more than {ARENA_BYTES >> 20} MB for its tensors, more "
                "than any oxide model needs; use the file as its author published it."
            )
        return f"{self._where} fails on a test spectrum: {reason_of(error)}."
