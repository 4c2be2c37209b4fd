"""Small linear ONNX models for tests, whose predictions can be computed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Optional, Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from lunar_oxide_plugin.core.rasters.sensors.record import Sensor
from lunar_oxide_plugin.core.sites.sample_sites import load_sites

BUNDLED = Path(__file__).resolve().parent.parent / "resources" / "models" / "kaguya_mi.onnx"
OXIDES = ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")
WAVELENGTHS = (414, 749, 901, 950, 1001, 1049, 1248, 1548)
WIDTHS = (20, 12, 21, 30, 42, 28, 33, 48)

#: Weights (7, 8) without symmetry: an exchange of bands or oxides changes every prediction. The
#: last row is for a seventh oxide.
ALL_WEIGHTS = (np.arange(56, dtype=np.float32).reshape(7, 8) * 0.37 + 1.0) % 7.3
ALL_BIAS = np.array([1.0, 9.0, 12.0, 6.0, 10.0, 40.0, 0.3], dtype=np.float32)
WEIGHTS, BIAS = ALL_WEIGHTS[:6], ALL_BIAS[:6]


def expected_oxides(spectra: np.ndarray) -> np.ndarray:
    """Prediction of the linear model for spectra (8, n): shape (6, n)."""
    return (WEIGHTS @ spectra + BIAS[:, None]).astype(np.float32)


def write_part_of_bundled(
    path: Path,
    oxides: Sequence[str],
    sigma: bool = True,
    domain: bool = True,
    whole: Path = BUNDLED,
    new_place: bool = True,
) -> Path:
    """A bundled model, giving only some oxides, in the order of `oxides`.

    `new_place` False makes a model as of version 2.1, which gives no sigma at a new place.

    Its rows are selected after the graph, so that every number equals that of the whole model.
    """
    model = onnx.load(str(whole))
    rows = numpy_helper.from_array(np.array([OXIDES.index(o) for o in oxides]), "picked_rows")
    model.graph.initializer.append(rows)
    graph_outputs = [output.name for output in model.graph.output]
    has_new_place = "sigma_new_place" in graph_outputs
    for name in ("oxides", "sigma", *(["sigma_new_place"] if has_new_place else [])):
        for node in model.graph.node:
            node.output[:] = [f"all_{name}" if o == name else o for o in node.output]
            node.input[:] = [f"all_{name}" if i == name else i for i in node.input]
        model.graph.node.append(
            helper.make_node("Gather", [f"all_{name}", "picked_rows"], [name], axis=0)
        )
    shape = [len(oxides), "n"]
    kept = [helper.make_tensor_value_info("oxides", TensorProto.FLOAT, shape)]
    kept += [helper.make_tensor_value_info("sigma", TensorProto.FLOAT, shape)] * sigma
    if sigma and new_place and has_new_place:
        kept.append(helper.make_tensor_value_info("sigma_new_place", TensorProto.FLOAT, shape))
    kept += [helper.make_tensor_value_info("domain_distance", TensorProto.FLOAT, ["n"])] * domain
    del model.graph.output[:]
    model.graph.output.extend(kept)
    entry = next(item for item in model.metadata_props if item.key == "lunar_oxide_model")
    document = json.loads(entry.value)
    outputs = {output["oxide"]: output for output in document["outputs"]}
    document.update(name="part", title="Part of the bundled model")
    document["outputs"] = [outputs[oxide] for oxide in oxides]
    document["sigma"]["available"], document["domain"]["available"] = sigma, domain
    if not (sigma and new_place):
        document.pop("sigma_new_place", None)
        for output in document["outputs"]:
            output.pop("new_place", None)
    entry.value = json.dumps(document)
    path.write_bytes(model.SerializeToString())
    return path


#: Sigma at a new place of `write_two_sigmas`, from the model's own: factor and addition by oxide,
#: without symmetry.
NEW_PLACE = np.array(
    [(2.0, 0.5), (3.0, 0.1), (1.5, 0.7), (2.5, 0.3), (1.2, 0.9), (2.2, 0.2)], dtype=np.float32
)
#: Half-width and the soils' half range of `write_two_sigmas`, wt%: MgO and SiO2 tell little.
SKILL = {
    "TiO2": (3.1, 5.2), "FeO": (2.8, 8.1), "Al2O3": (3.4, 9.3), "MgO": (3.2, 2.6),
    "CaO": (1.8, 3.9), "SiO2": (4.1, 2.9),
}  # fmt: skip


def write_two_sigmas(path: Path, whole: Path = BUNDLED, near: bool = True) -> Path:
    """A model with sigma at a new place added after its graph; `near` keeps its own sigma too.

    A sigma at a new place that the model has already is replaced.
    """
    model = onnx.load(str(whole))
    for node in model.graph.node:
        node.output[:] = ["own_new_place" if o == "sigma_new_place" else o for o in node.output]
    document = json.loads(next(iter(p.value for p in model.metadata_props)))
    rows = [OXIDES.index(output["oxide"]) for output in document["outputs"]]
    model.graph.initializer.extend(
        numpy_helper.from_array(NEW_PLACE[rows, place][:, None].copy(), name)
        for place, name in enumerate(("new_place_factor", "new_place_addition"))
    )
    model.graph.node.append(helper.make_node("Mul", ["sigma", "new_place_factor"], ["wider"]))
    model.graph.node.append(
        helper.make_node("Add", ["wider", "new_place_addition"], ["new_place_sigma"])
    )
    del model.graph.output[:]
    kinds = (["sigma"] if near else []) + ["sigma_new_place"]
    model.graph.node.append(helper.make_node("Identity", ["new_place_sigma"], ["sigma_new_place"]))
    shape = [len(rows), "n"]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("oxides", *kinds)
    )
    model.graph.output.append(
        helper.make_tensor_value_info("domain_distance", TensorProto.FLOAT, ["n"])
    )
    document.update(name="two_sigmas", title="Two uncertainties")
    document["sigma"]["available"] = near
    document["sigma_new_place"] = {"available": True, "calibration": "missions left out"}
    for output in document["outputs"]:
        width, soils = SKILL[output["oxide"]]
        output["new_place"] = {
            "half_width": width, "soil_half_range": soils, "tells_little": width > soils,
        }  # fmt: skip
    for entry in model.metadata_props:
        entry.value = json.dumps(document)
    path.write_bytes(model.SerializeToString())
    return path


def description(**changes: Any) -> Dict[str, Any]:
    """A valid description document; `changes` replace top-level entries."""
    document: Dict[str, Any] = {
        "schema_version": 1,
        "name": "linear_test",
        "title": "Linear test model",
        "version": "9.9",
        "license": "MIT",
        "citation": "nobody 2026",
        "summary": "A linear model for tests.",
        "input": {
            "quantity": "reflectance",
            "geometry": "i=30, e=0, g=30 (degrees)",
            "sensor": "SELENE/Kaguya Multiband Imager",
            "bands": [
                {
                    "name": f"MI {centre} nm",
                    "wavelength_nm": centre,
                    "width_nm": width,
                    "training_min": 0.03,
                    "training_max": 0.28,
                }
                for centre, width in zip(WAVELENGTHS, WIDTHS)
            ],
        },
        "outputs": [
            {"oxide": name, "unit": "wt%", "valid_min": 0.0, "valid_max": 60.0} for name in OXIDES
        ],
        "sigma": {"available": True, "method": "constant", "coverage_90": {}},
        "domain": {"available": True, "method": "first band", "threshold": 1.0},
        "training": {"stations": ["A17_LM", "CE5"], "n_stations": 2},
        "validation": [],
    }
    document.update(changes)
    return document


def sensor_description(sensor: Sensor, oxides: Sequence[str], name: str) -> Dict[str, Any]:
    """A description of a linear model for the bands in which a sensor saw the stations."""
    sites = [site for site in load_sites() if site.spectrum(sensor.key)]
    spectra = np.array([site.spectrum(sensor.key) for site in sites])
    widths = [sensor.filter_at(centre).width_nm for centre in sensor.station_wavelengths_nm]
    document = description(name=name, title=f"Stand-in for {sensor.title}")
    document["input"]["sensor"] = sensor.title
    document["input"]["bands"] = [
        {
            "name": f"{sensor.key} {centre:g} nm",
            "wavelength_nm": centre,
            "width_nm": width,
            "training_min": float(low),
            "training_max": float(high),
        }
        for centre, width, low, high in zip(
            sensor.station_wavelengths_nm, widths, spectra.min(axis=0), spectra.max(axis=0)
        )
    ]
    document["outputs"] = [output for output in document["outputs"] if output["oxide"] in oxides]
    document["training"] = {"stations": [site.station_id for site in sites]}
    return document


def write_linear_model(
    path: Path,
    document: Optional[Any] = "default",
    rows: int = len(OXIDES),
    bands: int = len(WAVELENGTHS),
) -> Path:
    """Write the linear model in the layout of docs/model_file.md.

    Sigma is 0.1 x the oxide's position (0.1 ... 0.6) and the domain distance is ten times the
    reflectance of the first band. `document` None leaves the description out; a string other than
    "default" is written unchanged. `rows` is 7 for a model with one more oxide; with fewer `bands`
    the weights of the others are left out.
    """
    initializers = [
        numpy_helper.from_array(ALL_WEIGHTS[:rows, None, :bands, None].copy(), "weights"),
        numpy_helper.from_array(ALL_BIAS[:rows].copy(), "bias"),
        numpy_helper.from_array(np.array([rows, -1], dtype=np.int64), "rows_first"),
        numpy_helper.from_array(np.array([-1], dtype=np.int64), "flat"),
        numpy_helper.from_array(np.array([0], dtype=np.int64), "zero"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "one"),
        numpy_helper.from_array(np.array([2], dtype=np.int64), "axis"),
        numpy_helper.from_array(np.array(0.0, dtype=np.float32), "nought"),
        numpy_helper.from_array(np.array(10.0, dtype=np.float32), "ten"),
        numpy_helper.from_array(
            (np.arange(1, rows + 1, dtype=np.float32) / 10)[:, None].copy(), "sigmas"
        ),
    ]
    nodes = [
        helper.make_node("Conv", ["reflectance", "weights", "bias"], ["conv"]),
        helper.make_node("Reshape", ["conv", "rows_first"], ["oxides"]),
        helper.make_node("Mul", ["oxides", "nought"], ["zeros"]),
        helper.make_node("Add", ["zeros", "sigmas"], ["sigma"]),
        helper.make_node("Slice", ["reflectance", "zero", "one", "axis"], ["first"]),
        helper.make_node("Reshape", ["first", "flat"], ["row"]),
        helper.make_node("Mul", ["row", "ten"], ["domain_distance"]),
    ]
    graph = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("reflectance", TensorProto.FLOAT, [1, 1, bands, "n"])],
        [
            helper.make_tensor_value_info("oxides", TensorProto.FLOAT, [rows, "n"]),
            helper.make_tensor_value_info("sigma", TensorProto.FLOAT, [rows, "n"]),
            helper.make_tensor_value_info("domain_distance", TensorProto.FLOAT, ["n"]),
        ],
        initializers,
    )
    return _save(graph, path, document)


def write_foreign_model(path: Path, rank: int) -> Path:
    """The same linear function as [n, 8] (rank 2) or [n, 1, 8] (rank 3), undescribed."""
    initializers = [
        numpy_helper.from_array(WEIGHTS.T.copy(), "weights"),
        numpy_helper.from_array(BIAS, "bias"),
        numpy_helper.from_array(np.array([-1, 8], dtype=np.int64), "shape"),
    ]
    nodes = [
        helper.make_node("Reshape", ["x", "shape"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["y"]),
    ]
    shape = ["n", 8] if rank == 2 else ["n", 1, 8]
    graph = helper.make_graph(
        nodes,
        "foreign",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 6])],
        initializers,
    )
    return _save(graph, path, None)


def _save(graph: onnx.GraphProto, path: Path, document: Optional[Any]) -> Path:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if document == "default":
        document = json.dumps(description())
    elif isinstance(document, dict):
        document = json.dumps(document)
    if document is not None:
        entry = model.metadata_props.add()
        entry.key, entry.value = "lunar_oxide_model", document
    path.write_bytes(model.SerializeToString())
    return path
