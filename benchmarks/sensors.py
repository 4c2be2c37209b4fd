"""Speed of each bundled model on a scene of its own sensor: end to end, and the network alone.

Scenes are simulated from the station spectra of the sensor, with the noise of two extractions, in
the numbers of its product.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import List, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.transform import from_origin

from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS
from lunar_oxide_plugin.core.models.model_choice import sensor_of
from lunar_oxide_plugin.core.models.model_library import find_model
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.moon.lunar_crs import wkt_of
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.sites.nearest_stations import BAND_NOISE, COMMON_NOISE, model_stations


def simulated(model: OxideModel, side: int) -> npt.NDArray[np.float32]:
    """Reflectance of a square scene in a model's bands, shape (bands, side, side)."""
    rng = np.random.default_rng(7)
    stations = model_stations(model.description).space.reflectance
    soil = stations[rng.integers(0, len(stations), side * side)]
    common = rng.normal(0.0, COMMON_NOISE, (len(soil), 1))
    noisy = soil * np.exp(common + rng.normal(0.0, BAND_NOISE, soil.shape))
    return np.ascontiguousarray(noisy.T.reshape(-1, side, side).astype(np.float32))


def write_scene(path: Path, model: OxideModel, reflectance: npt.NDArray[np.float32]) -> Path:
    """The scene as a tiled GeoTIFF in the numbers of the sensor's product."""
    sensor = sensor_of(model.description)
    if sensor is None or sensor.numbers is None:
        raise SystemExit(f"{model.identity.name} names no sensor with a product.")
    numbers = sensor.numbers
    dn = np.rint((reflectance - numbers.offset) / numbers.scale).astype(numbers.dtype)
    with rasterio.open(
        path, "w", driver="GTiff", count=dn.shape[0], height=dn.shape[1], width=dn.shape[2],
        dtype=numbers.dtype, nodata=numbers.outside, crs=wkt_of("IAU_2015:30110"),
        transform=from_origin(0.0, 0.0, 100.0, 100.0), tiled=True,
    ) as dataset:  # fmt: skip
        dataset.write(dn)
        dataset.scales = [numbers.scale] * dn.shape[0]
        dataset.offsets = [numbers.offset] * dn.shape[0]
        for number, band in enumerate(model.description.bands, start=1):
            dataset.update_tags(number, wavelength=band.wavelength_nm, wavelength_units="nm")
    return path


def measure(name: str, side: int, folder: Path) -> Tuple[float, float, int]:
    """Million pixels a second end to end and of the network alone, and pixels predicted."""
    entry = find_model(name)
    if entry is None:
        raise SystemExit(f"There is no model {name!r}: give one of {', '.join(BUNDLED_MODELS)}.")
    model = OxideModel(entry.path)
    scene = simulated(model, side)
    raster = write_scene(folder / f"{name}.tif", model, scene)
    request = PredictionRequest(
        RasterInput(str(raster)), str(folder / "out.tif"), str(entry.path), resume=False
    )
    start = time.perf_counter()
    valid = predict_raster(request, SilentProgress()).valid_pixels
    whole = time.perf_counter() - start
    spectra = np.ascontiguousarray(scene.reshape(len(scene), -1))
    start = time.perf_counter()
    model.predict(spectra)
    alone = time.perf_counter() - start
    return side * side / whole / 1e6, side * side / alone / 1e6, valid


def main() -> None:
    """Print one line for each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", action="append", default=[], help="by default all bundled ones")
    parser.add_argument("--side", type=int, default=2048, help="pixels along the scene (2048)")
    options = parser.parse_args()
    names: List[str] = options.model or list(BUNDLED_MODELS)
    print(f"{'model':24} {'end to end':>12} {'one thread':>12}   million pixels per second")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            whole, alone, valid = measure(name, options.side, Path(folder))
            share = valid / options.side**2
            print(f"{name:24} {whole:12.2f} {alone:12.2f}   {share:.0%} of the scene predicted")


if __name__ == "__main__":
    main()
