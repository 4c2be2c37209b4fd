"""One more sensor: its record, the name of its model, and a table with its spectra are sufficient.

Registries are read when modules load, so a separate Python first adds record and name as in edited
files.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"

SCRIPT = """
import sys
from pathlib import Path
import numpy as np
folder, resources = Path(sys.argv[1]), Path(sys.argv[2])
from lunar_oxide_plugin.core import paths
paths.RESOURCES = resources
from lunar_oxide_plugin.core.models import bundled_models
from lunar_oxide_plugin.core.rasters.sensors import known
from lunar_oxide_plugin.core.rasters.sensors.record import DigitalNumbers, Filter, Sensor
THIRD = Sensor(
    key="Third",
    title="Third Camera",
    filters=(
        Filter("T1", 430.0, 20.0, "430"), Filter("T2", 750.5, 20.0, "750"),
        Filter("T3", 990.0, 30.0, "990"),
    ),
    numbers=DigitalNumbers("uint16", 2e-4, invalid=frozenset({7})),
    product="Third mosaic",
    station_columns=("third_r430", "third_r750.5", "third_r990"),
    file_names=(r"third_camera",),
    levels={"750": known.level(0.05, 0.2)},
)
known.SENSORS = (*known.SENSORS, THIRD)
bundled_models.BUNDLED_MODELS = (*bundled_models.BUNDLED_MODELS, "third")

from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags
from lunar_oxide_plugin.core.sites.nearest_stations import model_stations
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import sensor_description, write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
document = sensor_description(THIRD, ("FeO", "CaO"), "third")
model = OxideModel(write_linear_model(resources / "models" / "third.onnx", document, 2, 3))
stations = model_stations(model.description)
assert stations.sensor is THIRD and stations.trained_on
known_sites = [site for site in load_sites() if site.spectrum("Third")]
spectra = np.array([site.spectrum("Third") for site in known_sites], dtype=np.float32).T
assert stations.space.nearest(spectra, 1)[5][0].distance < 1e-3

dn = np.rint(spectra / 2e-4).astype(np.uint16)[:, None, :]
dn[:, 0, 3] = 7
raster = str(write_mi_geotiff(
    folder / "third_camera_a17.tif", dn, scale=2e-4, nodata=None, wavelengths=None
))
mi = str(write_mi_geotiff(folder / "mi.tif", random_dn(4, 4)))
output = folder / "o.tif"
assert main(["predict", raster, str(output)]) == 0
tags = read_tags(str(output))
assert tags["MODEL_NAME"] == "third"
assert tags["MODEL_CHOICE"].endswith("has reflectance of Third Camera.")
import rasterio
with rasterio.open(output) as dataset:
    found = dataset.read(1)[0]
expected = model.predict(dn[:, 0].astype(np.float32) * np.float32(2e-4)).oxides[0]
expected[3] = np.nan
np.testing.assert_allclose(found, expected, atol=1e-4)
for source, wrong in ((raster, "kaguya_mi"), (mi, "third")):
    assert main(["predict", source, str(folder / "no.tif"), "--model", wrong]) != 0
assert not (folder / "no.tif").exists()
"""


def resources_with_spectra(folder):
    """The bundled resources, with spectra of a third sensor for the stations of Apollo 17."""
    made = folder / "resources"
    (made / "models").mkdir(parents=True)
    for file in (RESOURCES / "models").iterdir():
        (made / "models" / file.name).symlink_to(file)
    for item in RESOURCES.iterdir():
        if item.name not in ("models", "sample_sites.csv"):
            (made / item.name).symlink_to(item)
    with open(RESOURCES / "sample_sites.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {"third_r430": "r414", "third_r750.5": "r749", "third_r990": "r1001"}
    with open(made / "sample_sites.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*rows[0], *columns])
        writer.writeheader()
        for row in rows:
            is_seen = row["mission"] == "Apollo 17"
            own = {new: row[old] if is_seen else "" for new, old in columns.items()}
            writer.writerow({**row, **own})
    return made


def test_a_record_a_name_and_a_table_are_sufficient(tmp_path):
    made = resources_with_spectra(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), str(made)],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "take the model third" in ended.stderr
    assert "take the model kaguya_mi" in ended.stderr
