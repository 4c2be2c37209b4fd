"""The benchmarks' data: mosaics marked as simulated, and networks of the right size."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
import rasterio

from benchmarks import encoding, scaling, simulate, speed
from benchmarks.published_networks import LAYERS, PublishedPipeline, build_network
from benchmarks.speed import Bench
from lunar_oxide_plugin.core.models import devices
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(simulate, "TILE_SIDE", 512)
    return simulate.simulated_dn(512, 512)


@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_mosaics_say_that_they_are_simulated(small, tmp_path, share):
    path = simulate.write_mosaic_of(tmp_path, 1, share, small)
    assert path.name.startswith("simulated_")
    with rasterio.open(path) as dataset:
        assert "simulated" in dataset.tags()["DATA_ORIGIN"]
        assert (dataset.width, dataset.height) == (1024, 1024)
        valid = dataset.read(9) != -30000
        assert valid.mean() == pytest.approx(share, abs=0.01)


def test_simulated_spectra_look_like_the_stations(small):
    model = OxideModel(simulate.SITES.parent / "models" / "kaguya_mi.onnx")
    dn = small[[0, 1, 2, 3, 4, 6, 7, 8], ::16, ::16].reshape(8, -1)
    prediction = model.predict((dn * 2e-5).astype(np.float32))
    assert np.median(prediction.domain_distance) < 2
    assert 4 < np.median(prediction.oxides[1]) < 22  # FeO


def test_published_networks_cost_six_million_multiply_adds():
    positions, total = 10, 0
    for inputs, outputs, stride in LAYERS:
        positions = -(-positions // stride)
        total += positions * inputs * outputs * 3
    assert 6 * total == pytest.approx(6e6, rel=0.05)
    weights = onnx.load_model_from_string(build_network(0)).graph.initializer
    assert (
        sum(np.prod(w.dims) for w in weights)
        == sum(i * o * 3 + o for i, o, _ in LAYERS) + LAYERS[-1][1] + 1
    )


def test_published_pipeline_answers_each_pixel(small):
    spectra = (small[[0, 1, 2, 3, 4, 6, 7, 8]].reshape(8, -1)[:, :20] * 2e-5).astype(np.float32)
    answer = PublishedPipeline(1).predict(spectra, 10)
    assert answer.shape == (20, 6)
    assert len(np.unique(answer[:, 0])) > 10
    turned = PublishedPipeline(1, pixels_along_width=True).predict(spectra, 10)
    np.testing.assert_allclose(turned, answer, rtol=1e-3, atol=1e-4)


def test_contenders_write_the_same_map(small, tmp_path):
    bench = Bench(tmp_path, 1, 1)
    bench.predict(bench.mosaic)
    with rasterio.open(tmp_path / "out.tif") as dataset:
        ours = dataset.read(range(1, 14))
    assert "simulated" in read_tags(str(tmp_path / "out.tif"))["DATA_ORIGIN"]
    bench.plain_loop(bench.mosaic)
    with rasterio.open(tmp_path / "loop.tif") as dataset:
        np.testing.assert_allclose(ours, dataset.read(range(1, 14)), atol=1e-2)
    assert bench.copy_with_gdal() == bench.copy_through_engine() == ours[0].size


def test_memory_is_that_of_the_child_not_of_this_process():
    ballast = np.ones(60_000_000)  # 480 MB that a child must not count
    assert speed._peak_bytes([]) < 100e6
    assert ballast.any()


def test_a_benchmark_makes_the_folder_that_it_is_given_and_removes_its_own(tmp_path):
    from benchmarks.simulate import working_folder

    parent = tmp_path / "not" / "there"
    with working_folder(parent) as folder:
        assert folder.parent == parent and folder.is_dir()
        (folder / "map.tif").write_bytes(b"x")
    assert parent.is_dir() and not list(parent.iterdir())


def test_the_entropy_of_a_map_is_that_of_its_noise(tmp_path):
    rng = np.random.default_rng(3)
    rows, columns = np.ogrid[:300, :400]
    bands = np.empty((3, 300, 400), dtype=np.int16)
    bands[0] = rng.integers(0, 256, bands[0].shape)  # 8 bits, and nothing to guess from
    bands[1] = rows * 7 + columns * 3  # a plane, of which the left neighbour says all
    bands[2] = rng.normal(scale=40, size=bands[2].shape) + rows * 5 + columns * 2
    path = tmp_path / "map.tif"
    profile = {"count": 3, "width": 400, "height": 300, "dtype": "int16", "nodata": -32768}
    with rasterio.open(
        path, "w", driver="GTiff", transform=rasterio.Affine(2, 0, 0, 0, -2, 0), **profile
    ) as dataset:
        dataset.write(bands)
        dataset.build_overviews([4])
    noise = np.log2(40 * np.sqrt(2 * np.pi * np.e))
    guessed = noise + np.log2(1 + 1 / 12) / 2  # the mean of twelve neighbours is noisy too
    assert encoding.entropy_bytes(path) == pytest.approx((8 + guessed) / 8 * 17 / 16, abs=0.02)
    bands[:, ::2] = -32768  # half of the rows are not there: one more bit for each pixel and band
    with rasterio.open(path, "r+") as dataset:
        dataset.write(bands)
    assert encoding.entropy_bytes(path) > (8 + noise) / 2 / 8 * 17 / 16 + 3 / 8


def test_rates_and_agreement_of_a_device_are_measured(monkeypatch, tmp_path):
    monkeypatch.setattr(simulate, "TILE_SIDE", 128)
    monkeypatch.setattr(scaling, "DEMO", tmp_path / "none.tif")
    # The provider that stands in for a GPU leaves everything to the CPU.
    monkeypatch.setitem(devices.GPU_PROVIDERS, "stand-in", "AzureExecutionProvider")
    bench = Bench(tmp_path, 0, 1)  # one tile
    rates = scaling.on_device(bench, "stand-in", [1], 0, 1)
    assert rates["1"].keys() == {"float32", "compact"}
    assert min(rates["1"].values()) > 0.0
    differences = scaling.agreement(bench, "stand-in", 0)
    assert len(differences) == 3
    assert all(own == {"wt": 0.0, "distance": 0.0, "flags": 0.0} for own in differences.values())
    assert "cores" in scaling.machine() and "kaguya_mi.onnx" in scaling.machine()
