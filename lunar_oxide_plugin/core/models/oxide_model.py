"""Open and check a model file, and predict from spectra."""

from __future__ import annotations

import hashlib
import stat
import threading
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ContextManager, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import Content, PredictionLayout, SigmaKind, Uncertainty
from ..errors import ModelError
from ..rasters.spectra import Prediction
from .devices import (
    CPU,
    GPU_CHUNK_PIXELS,
    ONE_CALL_AT_A_TIME,
    open_session,
    require_agreement,
)
from .graph_input import Layout, input_layout, probe_spectra
from .io_binding import BoundChunks
from .model_description import METADATA_KEY, ModelDescription
from .model_trial import require_bounded, session_options, use_bounded_arena
from .onnx_edit import with_outputs
from .onnx_file import GraphFacts, require_harmless
from .onnxruntime_import import onnxruntime
from .runtime_errors import cannot_be_opened, is_out_of_memory, reason_of

#: Pixels per call of ONNX Runtime. 1500 to 4000 were fastest in measurements, the smaller ones
#: while other threads read and write. A power of two is avoided, because rows of different bands
#: then share cache lines and a call takes a quarter longer. With a constant shape memory is planned
#: once.
CHUNK_PIXELS = 2064

#: Chunks are whole multiples of this. The kernels' vector code then treats all pixels alike, so
#: that to the last bit a prediction does not depend on the neighbours, the chunk or the thread.
CHUNK_STEP = 16

#: Smallest chunk that is halved if memory is short; smaller ones save little.
SMALLEST_CHUNK = 64

#: Names of the graph's outputs of each kind of sigma.
SIGMA_OUTPUTS = {
    SigmaKind.NEW_PLACE: "sigma_new_place",
    SigmaKind.NEAR_SAMPLES: "sigma",
    SigmaKind.AS_STATED: "sigma",
}

#: Largest model file, to detect wrong files. A bundled model has 0.2 MB, published networks a few
#: MB.
MAX_MODEL_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class ModelIdentity:
    """Identity of a model, as written into outputs."""

    name: str
    title: str
    version: str
    sha256: str
    file_name: str


class OxideModel:
    """An ONNX oxide-inversion model.

    Thread-safe: ONNX Runtime sessions are.

    Parameters
    ----------
    path : path of an ``.onnx`` file
    threads : int
        Intra-op threads of ONNX Runtime.
    device : str
        ``"cpu"`` or a GPU of `devices.GPU_PROVIDERS`, whose results are compared with the CPU's
        first.
    uncertainty : Uncertainty
        Which sigmas are computed; see `Uncertainty.chosen_of` where the model lacks it.
    content : Content
        What predictions hold. Sigmas that they do not hold are not computed; the domain distance
        is always computed, since it tells which predictions are doubtful.

    Attributes
    ----------
    computed : PredictionLayout
        Of the results of `predict`.
    outputs : PredictionLayout
        Of prediction rasters: the first rows of `computed`.

    Raises
    ------
    ModelError
        If the file is missing, is not an ONNX model, or does not give oxides from reflectance.
    RuntimeMissingError
        If onnxruntime cannot be imported.
    """

    def __init__(
        self,
        path: Path,
        threads: int = 1,
        device: str = CPU,
        uncertainty: Uncertainty = Uncertainty.NEW_PLACE,
        content: Content = Content.ALL,
    ) -> None:
        graph = _read(path)
        where = path.name
        facts = require_harmless(graph, where)
        require_bounded(graph, facts, where, CHUNK_PIXELS)
        self._session = _session(graph, facts, where, threads, device)
        self._layout, band_count = input_layout(self._session, where)
        self.description = _description(self._session, where, band_count)
        everything = self.description.outputs_with(uncertainty)
        self.outputs = everything.of_content(content)
        self.computed = replace(
            self.outputs, has_domain=everything.has_domain, has_quality=content is Content.ALL
        )
        if len(self.description.bands) != band_count:
            raise ModelError(
                f"{where} describes {len(self.description.bands)} bands but its graph takes "
                f"{band_count}; use the file as its author published it."
            )
        rows = self.description.graph_rows
        # Use a slice if the order is that of OXIDES, to avoid a copy.
        self._rows = slice(None) if rows == tuple(range(len(rows))) else list(rows)
        self._input = self._session.get_inputs()[0].name
        _require_outputs(self._session, self.description, where)
        self._outputs = _output_names(self._session, self.description, self.computed)
        if self.computed.sigmas != self.description.sigmas:
            # ONNX Runtime computes every output, also those that are not asked for.
            lean = with_outputs(graph, where, self._outputs)
            self._session = _session(lean, facts, where, threads, device)
        self.identity = ModelIdentity(
            name=self.description.name,
            title=self.description.title,
            version=self.description.version,
            sha256=hashlib.sha256(graph).hexdigest(),
            file_name=where,
        )
        self.device = device
        self._turn: ContextManager[Any] = (
            threading.Lock() if device in ONE_CALL_AT_A_TIME else nullcontext()
        )
        self._try_out(where)
        self._bound = self._bindable()
        if device != CPU:
            self._compare_with_cpu(path, uncertainty, content)

    @property
    def layout(self) -> Layout:
        """Axes of bands and pixels in the graph's input."""
        return self._layout

    @property
    def chunk_pixels(self) -> int:
        """Pixels per call of ONNX Runtime that are fast on the device."""
        return CHUNK_PIXELS if self.device == CPU else GPU_CHUNK_PIXELS

    def predict(self, spectra: npt.NDArray[np.float32]) -> Prediction:
        """Predict oxides for spectra of reflectance.

        Parameters
        ----------
        spectra : float32 array, shape (bands, n)
            Bands in the description's order.

        Returns
        -------
        Prediction
        """
        values = np.empty((self.computed.value_count, spectra.shape[1]), dtype=np.float32)
        answer = Prediction.of_rows(values, self.computed)
        for _ in self.predict_into(spectra, answer):
            continue
        return answer

    def predict_into(
        self,
        spectra: npt.NDArray[np.float32],
        answer: Prediction,
        chunk_pixels: Optional[int] = None,
    ) -> Iterator[int]:
        """Predict chunk by chunk, and yield the number of spectra done so far.

        Parameters
        ----------
        spectra : float32 array, shape (bands, n)
        answer : Prediction
            For n spectra; its arrays are filled, except those that the model does not give.
            Its rows are those of `computed`.
        chunk_pixels : int, optional
            A multiple of `CHUNK_STEP`; the device's own by default.

        Returns
        -------
        int
        """
        count = spectra.shape[1]
        chunk_pixels = chunk_pixels or self.chunk_pixels
        # A GPU plans anew for every other number of pixels.
        is_whole = count > chunk_pixels or self.device != CPU
        for start in range(0, count, chunk_pixels):
            stop = min(start + chunk_pixels, count)
            chunk = spectra[:, start:stop]
            if self._bound and stop - start == chunk_pixels:
                answers = self._run_bound(self._bound, chunk)
                self._store(answers, answer, start, stop)
                yield stop
                continue
            whole = chunk_pixels if is_whole else -(-count // CHUNK_STEP) * CHUNK_STEP
            if chunk.shape[1] < whole:
                chunk = np.pad(chunk, ((0, 0), (0, whole - chunk.shape[1])), mode="edge")
            answers = self._run_within_memory(chunk)
            self._store(answers, answer, start, stop)
            yield stop

    def _store(
        self,
        answers: Sequence[npt.NDArray[np.float32]],
        answer: Prediction,
        start: int,
        stop: int,
    ) -> None:
        """Copy a chunk's outputs, which may be padded, into the prediction."""
        count = stop - start
        answer.oxides[:, start:stop] = answers[0][self._rows, :count]
        stored = (answer.sigma, *answer.other_sigmas)
        for sigma, values in zip(stored[: len(self.computed.sigmas)], answers[1:]):
            sigma[:, start:stop] = values[self._rows, :count]
        if self.description.has_domain:
            answer.domain_distance[start:stop] = answers[-1][:count]

    def _bindable(self) -> Optional[BoundChunks]:
        """Buffers to bind if the graph runs on the CPU and has outputs in the stored layout.

        CUDA does not wait for its copies into bound memory of the CPU: answers were wrong.
        """
        if self._layout is not Layout.BANDS_PIXELS or self.device != CPU:
            return None
        declared = {item.name: list(item.shape) for item in self._session.get_outputs()}
        outputs = []
        for name in self._outputs:
            *leading, pixels = declared[name] or [0]
            wanted = [] if name == "domain_distance" else [len(self.description.oxides)]
            if leading != wanted or isinstance(pixels, int):
                return None
            outputs.append((name, tuple(leading)))
        return BoundChunks(self._session, self._input, len(self.description.bands), outputs)

    def _run_bound(
        self, bound: BoundChunks, spectra: npt.NDArray[np.float32]
    ) -> Sequence[npt.NDArray[np.float32]]:
        """Outputs for one chunk, valid until the thread's next call."""
        try:
            chunk = bound.of(spectra.shape[1])
            chunk.spectra[0, 0] = spectra
            chunk.run()
        except Exception:  # use ordinary calls from now on; they succeed, or raise a clear error
            self._bound = None
            return self._run_within_memory(spectra)
        return chunk.answers

    def _run_within_memory(self, spectra: npt.NDArray[np.float32]) -> List[npt.NDArray[np.float32]]:
        """Outputs for one chunk, in halves if the memory is not sufficient for the whole."""
        try:
            return self._run(spectra)
        except ModelError as error:
            raise ModelError(f"{self.identity.file_name} {error}") from error
        except Exception as error:  # onnxruntime raises its own unrelated classes
            if not is_out_of_memory(error):
                raise ModelError(
                    f"{self.identity.file_name} fails on the raster's spectra: {reason_of(error)}."
                ) from error
            half = spectra.shape[1] // 2 // CHUNK_STEP * CHUNK_STEP
            if half < SMALLEST_CHUNK:
                raise MemoryError(reason_of(error)) from error
        left = self._run_within_memory(spectra[:, :half])
        right = self._run_within_memory(spectra[:, half:])
        return [np.concatenate(parts, axis=-1) for parts in zip(left, right)]

    def _run(self, spectra: npt.NDArray[np.float32]) -> List[npt.NDArray[np.float32]]:
        """Outputs for one chunk, with oxides as (oxides, n) for every layout of the graph."""
        feed = self._layout.feed(spectra)
        with self._turn:
            answers = list(self._session.run(self._outputs, {self._input: feed}))
        count = spectra.shape[1]
        names = self.description.graph_oxides
        answers[0] = _as_oxides(answers[0], names, count, self._layout)
        for place, kind in enumerate(self.computed.sigmas, start=1):
            if answers[place].shape != (len(names), count):
                raise ModelError(
                    f"gives {SIGMA_OUTPUTS[kind]} of shape {list(answers[place].shape)}, not "
                    f"({len(names)}, n)."
                )
        if self.description.has_domain and answers[-1].size != count:
            raise ModelError(
                f"gives a domain distance of shape {list(answers[-1].shape)}, not (n)."
            )
        return answers

    def _compare_with_cpu(self, path: Path, uncertainty: Uncertainty, content: Content) -> None:
        """Compare with the CPU on a chunk of spectra, as large as those of maps."""
        low = np.array([band.training_min for band in self.description.bands], dtype=np.float32)
        high = np.array([band.training_max for band in self.description.bands], dtype=np.float32)
        low, high = np.nan_to_num(low, nan=0.03), np.nan_to_num(high, nan=0.3)
        # From the darkest to the brightest of training, each band a tenth of the range astray.
        steps = np.linspace(0.0, 1.0, self.chunk_pixels, dtype=np.float32)
        astray = np.random.default_rng(0).uniform(-0.1, 0.1, (len(low), len(steps)))
        share = np.clip(steps + astray.astype(np.float32), 0.0, 1.0)
        probe = low[:, None] + (high - low)[:, None] * share
        there = OxideModel(path, uncertainty=uncertainty, content=content).predict(probe)
        require_agreement(_numbers(self.predict(probe)), _numbers(there), self.device)

    def _try_out(self, where: str) -> None:
        """Run a few spectra, to find faults before any pixel is read."""
        bands = len(self.description.bands)
        probe = probe_spectra(bands)
        try:
            answers = self._run(probe)
            again = self._run(probe)
            alone = self._run(probe[:, 1:2])
            finite = all(np.isfinite(answer).all() for answer in answers)
        except ModelError as error:
            raise ModelError(f"{where} {error}") from error
        except Exception as error:  # onnxruntime raises its own unrelated classes
            raise ModelError(f"{where} fails on a test spectrum: {reason_of(error)}.") from error
        if not finite:
            raise ModelError(
                f"{where} gives no finite numbers for an ordinary spectrum: its weights are "
                "damaged; use the file as its author published it."
            )
        for answer, second, single in zip(answers, again, alone):
            if not np.array_equal(answer, second):
                raise ModelError(
                    f"{where} gives another answer each time for the same spectrum, so its maps "
                    "could not be repeated: export it for inference (without dropout)."
                )
            # Results for other numbers of pixels may differ by a few units in the last place.
            if not np.allclose(answer[..., 1:2], single, rtol=1e-3, atol=1e-3):
                raise ModelError(
                    f"{where} gives a pixel another answer when its neighbours change: export it "
                    "for inference (no normalisation over the batch)."
                )


def _numbers(answer: Prediction) -> List[npt.NDArray[np.float32]]:
    """Everything that a model computes."""
    return [answer.oxides, answer.sigma, *answer.other_sigmas, answer.domain_distance]


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ModelError(f"The model file {path} is no file: choose an .onnx file.")
        size = status.st_size
        if size > MAX_MODEL_BYTES:
            raise ModelError(
                f"{path.name} has {size / 1e6:.0f} MB, too large for an oxide model (limit "
                f"{MAX_MODEL_BYTES / 1e6:.0f} MB); choose another file."
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(f"The model file {path} cannot be read: {reason}.") from error


def _session(content: bytes, facts: GraphFacts, where: str, threads: int, device: str) -> Any:
    ort = onnxruntime()
    options = session_options(threads)
    if facts.may_grow:
        # The size of its tensors depends on the spectra: no test limits it, but the arena does.
        use_bounded_arena(options)
    if facts.has_branches:
        # Constant parts of a branch would be computed here, and the test may not have run it.
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        # Open from memory, so that the model cannot read external data files.
        return open_session(content, options, device)
    except ModelError:
        raise
    except Exception as error:  # onnxruntime raises its own unrelated classes
        raise cannot_be_opened(error, facts, where, ort.__version__) from error


def _description(session: Any, where: str, band_count: int) -> ModelDescription:
    try:
        text: Optional[str] = session.get_modelmeta().custom_metadata_map.get(METADATA_KEY)
    except UnicodeDecodeError as error:
        raise ModelError(f"{where} has a description that is not UTF-8 text.") from error
    if text is None:
        return ModelDescription.foreign(Path(where).stem, band_count)
    return ModelDescription.from_json(text, where)


def _require_outputs(session: Any, description: ModelDescription, where: str) -> None:
    """Refuse a graph without an output that its description names."""
    names = [output.name for output in session.get_outputs()]
    every = description.outputs_with(Uncertainty.BOTH)
    missing = [name for name in _output_names(session, description, every) if name not in names]
    if missing:
        raise ModelError(
            f"{where} describes the output(s) {', '.join(missing)} but its graph gives "
            f"{', '.join(names)}; use the file as its author published it."
        )


def _output_names(
    session: Any, description: ModelDescription, layout: PredictionLayout
) -> Tuple[str, ...]:
    """Names of the graph's outputs, in the order of a layout."""
    if description.is_foreign:
        return (session.get_outputs()[0].name,)
    sigmas = (SIGMA_OUTPUTS[kind] for kind in layout.sigmas)
    return ("oxides", *sigmas, *(("domain_distance",) if layout.has_domain else ()))


def _as_oxides(
    answer: npt.NDArray[np.float32], names: Sequence[str], count: int, layout: Layout
) -> npt.NDArray[np.float32]:
    """The oxides as (oxides, n), in the graph's order, which `names` gives."""
    rows = len(names)
    if layout is Layout.BANDS_PIXELS:
        if answer.size == rows * count and answer.shape[-1] == count:
            return answer.reshape(rows, count)
    elif answer.shape in ((count, rows), (count, 1, rows), (count, rows, 1)):
        # Transpose, do not reshape: pixels are the first axis here.
        return np.ascontiguousarray(answer.reshape(count, rows).T)
    raise ModelError(
        f"gives an output of shape {list(answer.shape)} for {count} spectra; {rows} oxide(s) "
        f"({', '.join(names)}) a spectrum are needed."
    )
