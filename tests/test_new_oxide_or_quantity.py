"""One more oxide, one more quantity: one record of each is sufficient.

Registries are read when modules load, so each case runs in a separate Python, which first adds the
record as in an edited file.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ADD_OXIDE = """
from lunar_oxide_plugin.core.chemistry import oxides, stoichiometry
NA2O = oxides.Oxide("Na2O", "Na\\u2082O", 0.0, 2.0, 0.0, 5.0, 0.1)
stoichiometry.ATOMIC_MASS["Na"] = 22.990
stoichiometry._FORMULAS["Na2O"] = ("Na", 2, 1)
oxides.OXIDES = (*oxides.OXIDES, NA2O)
oxides.OXIDE_NAMES = (*oxides.OXIDE_NAMES, "Na2O")
"""

ADD_QUANTITY = """
from lunar_oxide_plugin.core.chemistry import quantities
ALKALI = quantities.Quantity(
    key="calcium_number", title="Ca#", label="Ca#", unit="wt%", oxides=("CaO", "Al2O3"),
    rule="twice CaO plus Al2O3", validity="anywhere", source="nobody (2026)", display_min=0.0,
    display_max=60.0, decimals=2, _formula=quantities._weighted((2.0, 1.0)),
)
quantities.DERIVED = (*quantities.DERIVED, ALKALI)
quantities.QUANTITIES = (*quantities.QUANTITIES, ALKALI)
quantities.BY_KEY = {quantity.key: quantity for quantity in quantities.QUANTITIES}
"""

START = """
import csv, json, math, sys
from pathlib import Path
import numpy as np, rasterio
from qgis.testing import start_app
app = start_app()
from qgis.core import QgsApplication, QgsVectorLayer
sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
import processing
from processing.core.Processing import Processing
from lunar_oxide_plugin import classFactory
Processing.initialize()
plugin = classFactory(None)
plugin.initProcessing()
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.probe import reading_table
from lunar_oxide_plugin.core.probe.raster_probe import Probe
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.models import ALL_BIAS, ALL_WEIGHTS, BUNDLED, description, write_linear_model
folder = Path(sys.argv[1])
SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
def run(name, **parameters):
    return processing.run("lunaroxide:" + name, parameters)
def bands_of(path):
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read()))
def read_at(model, row=93, column=131):
    with rasterio.open(SCENE) as dataset:
        x, y = dataset.xy(row, column)
    with Probe(ProbeSource(RasterInput(str(SCENE)), str(model))) as probe:
        return probe.at(x, y)
"""

#: A model of seven oxides: sigma of Na2O is 0.7, the domain distance ten times the first band.
OXIDE_CHECKS = """
document = description()
document["outputs"].append({"oxide": "Na2O", "unit": "wt%", "valid_min": 0.0, "valid_max": 60.0})
model = write_linear_model(folder / "seven.onnx", document, rows=7)
raster = folder / "seven.tif"
run("predictoxides", INPUT=str(SCENE), MODEL_FILE=str(model), OUTPUT=str(raster))
bands = bands_of(raster)
assert list(bands)[6] == "Na2O (wt%)" and len(bands) == 16, list(bands)
with rasterio.open(SCENE) as dataset:
    spectrum = dataset.read(masked=True)[:, 93, 131].astype("f4") * dataset.scales[0]
    spectrum = np.delete(spectrum.filled(np.nan), 5) if dataset.count == 9 else spectrum
expected = ALL_WEIGHTS @ spectrum + ALL_BIAS
for name, value in zip([o.name for o in oxides.OXIDES], expected):
    assert abs(bands[f"{name} (wt%)"][93, 131] - value) < 1e-4, name
assert abs(bands["Na2O sigma as stated (wt%)"][93, 131] - 0.7) < 1e-6
assert abs(bands["domain distance"][93, 131] - 10 * spectrum[0]) < 1e-5

reading = read_at(model)
assert abs(reading.domain_distance - 10 * spectrum[0]) < 1e-5
assert [round(s, 3) for s in reading.sigma_wt] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
assert "na2o_wt" in reading_table.columns(reading)

# The bundled models give six of the seven and are read as before.
six = read_at(BUNDLED)
assert six.domain_distance < 1.0 and len(six.oxides) == 6
assert "na2o_wt" not in reading_table.columns(six)
from lunar_oxide_plugin.core.chemistry.quantities import SUM
assert math.isfinite(six.value(SUM))
whole = folder / "six.tif"
run("predictoxides", INPUT=str(SCENE), OUTPUT=str(whole))
assert len(bands_of(whole)) == 14
assert not (bands_of(whole)["quality"][93, 131] % 2)

# A site at which it was measured is checked for it; the bundled ones were not.
with rasterio.open(SCENE) as dataset:
    x, y = dataset.xy(93, 131)
    wkt = dataset.crs.to_wkt()
from lunar_oxide_plugin.core.moon.lunar_crs import to_lunar_lonlat
(lon,), (lat,) = to_lunar_lonlat(wkt, [x], [y])
sites = folder / "sites.csv"
sites.write_text(f"station_id,longitude_deg,latitude_deg,FeO,Na2O\\nnew,{lon},{lat},12.0,0.5\\n")
for prediction, measured in ((raster, True), (whole, False)):
    table = folder / "table.csv"
    result = run("checkpredictions", INPUT=str(prediction), SITES=str(sites), WINDOW=1,
                 TABLE=str(table), OUTPUT="memory:", REPORT=str(folder / "report.html"))
    row = next(csv.DictReader(table.open(encoding="utf-8")))
    assert ("na2o_predicted_wt" in row) == measured
    assert ("RMSE_NA2O" in result) == measured
    if measured:
        assert abs(float(row["na2o_residual_wt"]) - (expected[6] - 0.5)) < 1e-4
"""

QUANTITY_CHECKS = """
raster, products = folder / "oxides.tif", folder / "products.tif"
run("predictoxides", INPUT=str(SCENE), OUTPUT=str(raster))
run("derivedproducts", INPUT=str(raster), OUTPUT=str(products))
oxides, found = bands_of(raster), bands_of(products)
value = 2 * oxides["CaO (wt%)"] + oxides["Al2O3 (wt%)"]
np.testing.assert_allclose(found["Ca# (wt%)"], value, rtol=1e-6)
cao, al2o3 = (next(v for k, v in oxides.items() if k.startswith(f"{name} sigma"))
              for name in ("CaO", "Al2O3"))
sigma = np.hypot(2 * cao, al2o3)
ca = next(values for name, values in found.items() if name.startswith("Ca# sigma"))
np.testing.assert_allclose(ca, sigma, rtol=1e-6)
with rasterio.open(products) as dataset:
    assert "nobody (2026)" in dataset.tags()["LUNAR_OXIDE_RULE_CALCIUM_NUMBER"]

reading = read_at(BUNDLED)
columns = reading_table.columns(reading)
cells = dict(zip(columns, reading_table.row("here", reading)))
assert abs(cells["calcium_number_wt"] - value[93, 131]) < 1e-4
assert abs(cells["calcium_number_sigma_wt"] - sigma[93, 131]) < 1e-4

from lunar_oxide_plugin.gui.composition_table import CompositionTable
table = CompositionTable()
table.show_reading(reading)
rows = {table.item(r, 0).text(): table.item(r, 1).text() for r in range(table.rowCount())}
assert rows["Ca#"] == f"{value[93, 131]:.2f}", rows

from lunar_oxide_plugin.gui.scatter_page import ScatterPage
page = ScatterPage()
page.x_box.setCurrentIndex(page.x_box.findData("calcium_number"))
assert page.x.title == "Ca#"
from lunar_oxide_plugin.core.probe.scatter import read_sample
from lunar_oxide_plugin.core.progress import SilentProgress
sample = read_sample(RasterInput(str(raster)), page.x, page.y, SilentProgress())
np.testing.assert_allclose(sample.x, value, rtol=1e-6)
"""


@pytest.mark.parametrize(
    ("addition", "checks"), [(ADD_OXIDE, OXIDE_CHECKS), (ADD_QUANTITY, QUANTITY_CHECKS)]
)
def test_everything_follows_from_one_record(tmp_path, addition, checks):
    script = tmp_path / "added.py"
    script.write_text(addition + START + checks + "\nplugin.unload()\nprint('followed')\n")
    result = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        env={**_environment(), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "followed" in result.stdout, result.stderr[-3000:]


def _environment():
    import os

    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


# --- positions are counted in one place ------------------------------------------------

LAYOUT = ROOT / "lunar_oxide_plugin" / "core" / "chemistry" / "layout.py"

#: Names that hold the rows or bands of a prediction, of whatever module.
ROWS = {"oxides", "sigma", "bands", "values", "answer", "answers", "prediction", "packed", "block"}

#: Calls that take a shape.
SHAPED = ("empty", "full", "zeros", "reshape")


def numbered_positions(tree):
    """Subscripts that select a row of a prediction's arrays by a number, and the number six."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _name(node.value) in ROWS:
            first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
            parts = (first.lower, first.upper) if isinstance(first, ast.Slice) else (first,)
            numbers = [p.value for p in parts if isinstance(p, ast.Constant)]
            if any(isinstance(n, int) and n >= 5 for n in numbers):
                found.append((node.lineno, ast.unparse(node)))
        elif isinstance(node, ast.BinOp) and "len(OXIDES)" in (
            ast.unparse(node.left), ast.unparse(node.right),
        ) and isinstance(node.op, (ast.Add, ast.Mult)):  # fmt: skip
            other = node.right if ast.unparse(node.left) == "len(OXIDES)" else node.left
            if (isinstance(other, ast.Constant) and other.value == 2) or isinstance(
                other, ast.BinOp
            ):
                found.append((node.lineno, ast.unparse(node)))
        elif isinstance(node, ast.Call) and _name(node.func) in SHAPED:
            for argument in node.args:
                sizes = argument.elts if isinstance(argument, ast.Tuple) else [argument]
                if any(isinstance(s, ast.Constant) and s.value in (6, 12, 13, 14) for s in sizes):
                    found.append((node.lineno, ast.unparse(node)))
    return found


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_no_other_module_holds_a_position_as_a_number():
    offences = {}
    for folder in ("lunar_oxide_plugin", "tools", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            found = numbered_positions(ast.parse(path.read_text(encoding="utf-8")))
            if found and path != LAYOUT:
                offences[path.relative_to(ROOT).as_posix()] = found
    assert offences == {}


@pytest.mark.parametrize(
    "line",
    [
        "block.values[12] > 1.0",
        "oxides_wt=_spread(values[:6])",
        "np.median(values[6:12], axis=1)",
        "bands = np.empty((14, rows, columns))",
        "BandLayer(2 * len(OXIDES) + 2, tr('Quality flags'), None)",
        "answer = _answer_in(bands[:13].reshape(13, -1), model)",
        "quality = bands[13]",
    ],
)
def test_such_positions_are_found(line):
    assert numbered_positions(ast.parse(line))
