"""Chunks in bound memory: the same answers, in every thread, and never another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.io_binding import BoundChunk
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS, OxideModel
from tests.models import write_foreign_model

COUNT = 2 * CHUNK_PIXELS + 77


def spectra(seed):
    return np.random.default_rng(seed).uniform(0.03, 0.2, (8, COUNT)).astype(np.float32)


def values(answer):
    return np.concatenate([answer.oxides, answer.sigma, answer.domain_distance[None]])


def broken(self):
    raise RuntimeError("output shape verification failed")


@pytest.fixture
def runs(monkeypatch):
    """Pixels of each bound run."""
    sizes = []
    run = BoundChunk.run

    def counted(self):
        sizes.append(self.spectra.shape[-1])
        run(self)

    monkeypatch.setattr(BoundChunk, "run", counted)
    return sizes


def test_bound_chunks_answer_to_the_bit_as_ordinary_calls_do(monkeypatch, runs):
    model = OxideModel(bundled_model_path(BUNDLED_MODELS[0]))
    bound = values(model.predict(spectra(1)))
    assert runs == [CHUNK_PIXELS, CHUNK_PIXELS]
    monkeypatch.setattr(BoundChunk, "run", broken)
    np.testing.assert_array_equal(bound, values(model.predict(spectra(1))))


def test_memory_that_cannot_be_bound_is_tried_once(monkeypatch):
    tried = []

    def fail(self):
        tried.append(1)
        broken(self)

    monkeypatch.setattr(BoundChunk, "run", fail)
    model = OxideModel(bundled_model_path(BUNDLED_MODELS[0]))
    assert np.isfinite(values(model.predict(spectra(3)))).all()
    assert tried == [1]


def test_threads_do_not_share_bound_memory(runs):
    model = OxideModel(bundled_model_path(BUNDLED_MODELS[0]))
    alone = [values(model.predict(spectra(seed))) for seed in range(6)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda seed: values(model.predict(spectra(seed))), range(6)))
    np.testing.assert_array_equal(together, alone)
    assert len(runs) == 24


def test_another_chunk_size_binds_anew():
    model = OxideModel(bundled_model_path(BUNDLED_MODELS[0]))
    sample, whole = spectra(4), model.predict(spectra(4))
    for chunk in (528, 1040, 528):
        answer = type(whole)(*(np.zeros_like(part) for part in vars(whole).values()))
        for _ in model.predict_into(sample, answer, chunk):
            continue
        np.testing.assert_array_equal(values(answer), values(whole))


def test_graphs_of_other_layouts_are_not_bound(tmp_path, runs):
    model = OxideModel(write_foreign_model(tmp_path / "f.onnx", 2))
    assert np.isfinite(model.predict(spectra(2)).oxides).all()
    assert runs == []
