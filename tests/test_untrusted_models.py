"""Hostile model files: each is refused in one sentence, or runs correctly."""

from __future__ import annotations

import ast
import os
import re
import resource
import time
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models import model_trial
from lunar_oxide_plugin.core.models.io_binding import BoundChunk
from lunar_oxide_plugin.core.models.onnx_file import require_harmless
from lunar_oxide_plugin.core.models.onnxruntime_import import onnxruntime
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS, OxideModel
from lunar_oxide_plugin.core.models.runtime_errors import reason_of
from lunar_oxide_plugin.core.rasters.quality import OUTSIDE_RANGE, flag_predictions
from lunar_oxide_plugin.core.rasters.spectra import Prediction
from tests.models import (
    BIAS,
    BUNDLED,
    WEIGHTS,
    description,
    expected_oxides,
    write_foreign_model,
    write_linear_model,
)

PLUGIN = Path(__file__).resolve().parent.parent / "lunar_oxide_plugin"


def refused(path, message):
    with pytest.raises(ModelError, match=message) as caught:
        OxideModel(path)
    text = str(caught.value)
    assert "\n" not in text
    assert "Traceback" not in text
    assert len(text) < 700
    assert path.name in text
    return text


def foreign(path, nodes, initializers, inputs=None, outputs=None, **model_options):
    """A model without description from x [n, 8] to y [n, 6]."""
    graph = helper.make_graph(
        nodes,
        "g",
        inputs or [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 8])],
        outputs or [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 6])],
        initializers,
    )
    options = {"opset_imports": [helper.make_opsetid("", 17)], "ir_version": 8, **model_options}
    path.write_bytes(helper.make_model(graph, **options).SerializeToString())
    return path


def linear(extra_nodes=(), last="product"):
    """Nodes and initializers of y = x W + b, with something between."""
    return (
        [
            helper.make_node("MatMul", ["x", "w"], ["product"]),
            *extra_nodes,
            helper.make_node("Add", [last, "b"], ["y"]),
        ],
        [numpy_helper.from_array(WEIGHTS.T.copy(), "w"), numpy_helper.from_array(BIAS, "b")],
    )


# --- files that are no model ----------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4096,
        b"\xff" * 4096,
        b"PK\x03\x04" + b"\x00" * 100,
        b"\x89HDF\r\n\x1a\n" + b"\x00" * 100,
        b"<html><script>alert(1)</script></html>",
        b"\x3a\xff\xff\xff\xff\x0f",  # a graph said to be 4 GB long
        b"\x80" * 11,
    ],
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "m.onnx"
    path.write_bytes(content)
    refused(path, "not a usable ONNX model")


def test_every_truncation_of_a_model_is_refused(tmp_path):
    whole = write_foreign_model(tmp_path / "whole.onnx", 2).read_bytes()
    path = tmp_path / "m.onnx"
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        try:
            model = OxideModel(path)
        except ModelError:
            continue
        # Cutting off no more than trailing fields may leave a whole model.
        sample = np.full((8, 3), 0.1, dtype=np.float32)
        np.testing.assert_allclose(model.predict(sample).oxides, expected_oxides(sample), rtol=1e-5)


@settings(max_examples=150)
@given(st.binary(max_size=400), st.integers(0, 10_000))
def test_any_bytes_are_refused_or_harmless(noise, place):
    whole = bytearray(_whole())
    place %= len(whole)
    whole[place : place + len(noise)] = noise
    for content in (noise, bytes(whole)):
        try:
            require_harmless(content, "m.onnx")
        except ModelError as error:
            assert "\n" not in str(error)


def _whole():
    if not hasattr(_whole, "content"):
        graph = helper.make_graph(
            *linear()[:1],
            "g",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 8])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 6])],
            linear()[1],
        )
        _whole.content = helper.make_model(graph).SerializeToString()
    return _whole.content


def test_a_folder_and_a_pipe_are_no_models(tmp_path):
    folder = tmp_path / "folder.onnx"
    folder.mkdir()
    refused(folder, "is no file")
    pipe = tmp_path / "pipe.onnx"
    os.mkfifo(pipe)
    refused(pipe, "is no file")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "m.onnx"
    with open(path, "wb") as handle:
        handle.truncate(1 << 40)  # sparse: takes no space
    refused(path, "too large for an oxide model")


# --- files that reach out, or ask for too much ----------------------------------------


def external(name="w", location="weights.bin", length=192):
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=[8, 6])
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(length))):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return tensor


@pytest.mark.parametrize("location", ["/etc/passwd", "../../secrets.bin", "weights.bin", "*/*", ""])
def test_weights_in_other_files_are_refused(tmp_path, monkeypatch, location):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "weights.bin").write_bytes(b"\x00" * 192)
    nodes, initializers = linear()
    path = foreign(tmp_path / "m.onnx", nodes, [external(location=location), initializers[1]])
    refused(path, "keeps its weights in another file")


def test_external_weights_hidden_in_a_constant_or_a_subgraph_are_found(tmp_path):
    nodes, initializers = linear()
    constant = helper.make_node("Constant", [], ["w2"], value=external("w2"))
    path = foreign(tmp_path / "constant.onnx", [constant, *nodes], initializers)
    refused(path, "keeps its weights in another file")
    branch = helper.make_graph(
        [helper.make_node("Identity", ["w3"], ["out"])],
        "branch",
        [],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [8, 6])],
        [external("w3")],
    )
    choice = helper.make_node("If", ["c"], ["w2"], then_branch=branch, else_branch=branch)
    truth = numpy_helper.from_array(np.array(True), "c")
    path = foreign(tmp_path / "branch.onnx", [choice, *nodes], [*initializers, truth])
    refused(path, "keeps its weights in another file")


@pytest.mark.parametrize("operator", ["ConstantOfShape", "Expand", "Tile"])
@pytest.mark.parametrize("raw", [True, False])
def test_few_bytes_that_ask_for_terabytes_are_refused(tmp_path, operator, raw):
    sizes = np.array([100_000, 100_000, 100], dtype=np.int64)
    shape = (
        numpy_helper.from_array(sizes, "shape")
        if raw
        else helper.make_tensor("shape", TensorProto.INT64, [3], sizes.tolist())
    )
    one = numpy_helper.from_array(np.ones((1, 1, 1), dtype=np.float32), "one")
    inputs = ["shape"] if operator == "ConstantOfShape" else ["one", "shape"]
    bomb = [
        helper.make_node(operator, inputs, ["big"]),
        helper.make_node("ReduceSum", ["big"], ["sum"], keepdims=0),
        helper.make_node("Add", ["product", "sum"], ["more"]),
    ]
    nodes, initializers = linear(bomb, "more")
    path = foreign(tmp_path / "m.onnx", nodes, [*initializers, shape, one])
    refused(path, f"asks for a tensor of .* numbers \\({operator}\\)")


def test_shapes_given_by_a_constant_node_count_too(tmp_path):
    sizes = numpy_helper.from_array(np.array([1 << 20, 1 << 20], dtype=np.int64), "")
    bomb = [
        helper.make_node("Constant", [], ["shape"], value=sizes),
        helper.make_node("ConstantOfShape", ["shape"], ["big"]),
    ]
    nodes, initializers = linear()
    refused(foreign(tmp_path / "m.onnx", [*bomb, *nodes], initializers), "asks for a tensor")


def test_a_sparse_tensor_of_terabytes_is_refused(tmp_path):
    values = numpy_helper.from_array(np.array([1.0], dtype=np.float32), "s")
    indices = numpy_helper.from_array(np.array([0], dtype=np.int64), "i")
    sparse = helper.make_sparse_tensor(values, indices, [1 << 22, 1 << 22])
    nodes, initializers = linear()
    path = foreign(tmp_path / "m.onnx", nodes, initializers)
    model = onnx.load_model_from_string(path.read_bytes())
    model.graph.sparse_initializer.append(sparse)
    path.write_bytes(model.SerializeToString())
    refused(path, "a sparse tensor")


@pytest.mark.parametrize("dimensions", [[1 << 20, 1 << 20], [-5, 8], [8, 1 << 40]])
def test_weights_smaller_than_they_say_are_refused(tmp_path, dimensions):
    nodes, initializers = linear()
    liar = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=dimensions, raw_data=b"\0" * 8)
    refused(foreign(tmp_path / "m.onnx", nodes, [liar, initializers[1]]), "m.onnx")


def varint(value):
    result = b""
    while value > 0x7F:
        result += bytes([value & 0x7F | 0x80])
        value >>= 7
    return result + bytes([value])


def test_deep_nesting_is_refused(tmp_path):
    inner = b""
    for _ in range(40):
        attribute = b"\x32" + varint(len(inner)) + inner
        node = b"\x2a" + varint(len(attribute)) + attribute
        inner = b"\x0a" + varint(len(node)) + node
    path = tmp_path / "m.onnx"
    path.write_bytes(b"\x3a" + varint(len(inner)) + inner)
    refused(path, "nests graphs deeper")


# --- graphs that run, but not as an oxide model ---------------------------------------


def test_unknown_operators_are_named(tmp_path):
    nodes, initializers = linear([helper.make_node("Evil", ["product"], ["z"], domain="x.y")], "z")
    path = foreign(
        tmp_path / "m.onnx",
        nodes,
        initializers,
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("x.y", 1)],
    )
    assert "Evil" in refused(path, "not a usable ONNX model")


@pytest.mark.parametrize(("opset", "ir"), [(999, 8), (17, 99)])
def test_a_model_newer_than_the_runtime_names_both_versions(tmp_path, opset, ir):
    path = foreign(
        tmp_path / "m.onnx",
        *linear(),
        opset_imports=[helper.make_opsetid("", opset)],
        ir_version=ir,
    )
    text = refused(path, f"IR version {ir} with operator set ai.onnx {opset}")
    assert f"ONNX Runtime {onnxruntime().__version__}" in text
    # What the runtime supports, in its own words, to the end.
    supported = re.search(
        r"max supported IR version: (\d+)|support for domain .* till opset (\d+)", text
    )
    assert supported and 9 <= int(supported.group(1) or supported.group(2)) < 99
    assert "ask the model's author to export it for an older version" in text
    assert "/onnxruntime_src/" not in text and "std::" not in text


def test_reasons_of_the_runtime_are_kept_to_their_end():
    error = RuntimeError(
        "[ONNXRuntimeError] : 1 : FAIL : Load model failed:\n" + "a" * 400 + " why."
    )
    assert reason_of(error) == "Load model failed: " + "a" * 400 + " why"
    # Only the middle of a very long text is removed, not the beginning or the reason.
    text = reason_of(RuntimeError("begin " + "x" * 100_000 + " end"))
    assert text.startswith("begin ") and text.endswith(" end") and len(text) < 1700


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_refused(tmp_path, bad):
    weights = WEIGHTS.T.copy()
    weights[3, 2] = bad
    nodes, initializers = linear()
    path = foreign(
        tmp_path / "m.onnx", nodes, [numpy_helper.from_array(weights, "w"), initializers[1]]
    )
    refused(path, "no finite numbers")


def test_sigma_that_is_no_number_is_refused(tmp_path):
    path = write_linear_model(tmp_path / "m.onnx")
    model = onnx.load_model_from_string(path.read_bytes())
    for tensor in model.graph.initializer:
        if tensor.name == "sigmas":
            tensor.CopyFrom(numpy_helper.from_array(np.full((6, 1), np.nan, "f4"), "sigmas"))
    path.write_bytes(model.SerializeToString())
    refused(path, "no finite numbers")


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ([("x", TensorProto.DOUBLE, ["n", 8])], "one float tensor"),
        ([("x", TensorProto.STRING, ["n", 8])], "one float tensor"),
        ([("x", TensorProto.FLOAT, [])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n"])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n", "bands"])], "input of shape"),
        ([("x", TensorProto.FLOAT, [1, 8])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n", 0])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n", 3, 8])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n", 8, 1, 1])], "input of shape"),
        ([("x", TensorProto.FLOAT, [1, 1, 1, 1, 8])], "input of shape"),
        ([("x", TensorProto.FLOAT, ["n", 8]), ("z", TensorProto.FLOAT, ["n", 8])], "2 input"),
    ],
)
def test_inputs_that_do_not_fit(tmp_path, inputs, message):
    infos = [helper.make_tensor_value_info(*item) for item in inputs]
    kind = inputs[0][1]
    nodes = [helper.make_node("Identity", ["x"], ["y"])]
    output = helper.make_tensor_value_info("y", kind, inputs[0][2])
    refused(foreign(tmp_path / "m.onnx", nodes, [], infos, [output]), message)


@pytest.mark.parametrize(
    ("node", "shape"),
    [
        (helper.make_node("ReduceSum", ["product"], ["z"], keepdims=1), "one number"),
        (helper.make_node("Transpose", ["product"], ["z"], perm=[1, 0]), "oxides first"),
        (helper.make_node("Unsqueeze", ["product", "one"], ["z"]), "broadcast"),
    ],
)
def test_outputs_that_are_no_six_oxides_a_spectrum(tmp_path, node, shape):
    matrix = numpy_helper.from_array(WEIGHTS.T.copy(), "w")
    one = numpy_helper.from_array(np.array([0], dtype=np.int64), "one")
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["product"]),
        node,
        helper.make_node("Identity", ["z"], ["y"]),
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    path = foreign(
        tmp_path / f"{shape.replace(' ', '_')}.onnx", nodes, [matrix, one], None, [output]
    )
    refused(path, r"6 oxide\(s\) \(TiO2")


def test_text_outputs_are_refused(tmp_path):
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["product"]),
        helper.make_node("Cast", ["product"], ["y"], to=TensorProto.STRING),
    ]
    path = foreign(
        tmp_path / "m.onnx",
        nodes,
        linear()[1][:1],
        None,
        [helper.make_tensor_value_info("y", TensorProto.STRING, ["n", 6])],
    )
    refused(path, "fails on a test spectrum")


def test_random_answers_are_refused(tmp_path):
    noise = [
        helper.make_node("RandomNormalLike", ["product"], ["noise"]),
        helper.make_node("Add", ["product", "noise"], ["z"]),
    ]
    refused(foreign(tmp_path / "m.onnx", *linear(noise, "z")), "another answer each time")


def test_answers_that_depend_on_the_neighbours_are_refused(tmp_path):
    # Normalising over the batch, as a network exported in training mode does.
    mixing = [
        helper.make_node("ReduceMean", ["product"], ["mean"], axes=[0], keepdims=1),
        helper.make_node("Sub", ["product", "mean"], ["z"]),
    ]
    refused(foreign(tmp_path / "m.onnx", *linear(mixing, "z")), "when its neighbours change")


def test_an_endless_loop_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(model_trial, "TRIAL_SECONDS", 0.3)
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["go_on"]),
            helper.make_node("Identity", ["state"], ["next"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("state", TensorProto.FLOAT, ["n", 6]),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, ["n", 6]),
        ],
    )
    forever = numpy_helper.from_array(np.array((1 << 62), dtype=np.int64), "forever")
    truth = numpy_helper.from_array(np.array(True), "truth")
    loop = [helper.make_node("Loop", ["forever", "truth", "product"], ["z"], body=body)]
    nodes, initializers = linear(loop, "z")
    path = foreign(tmp_path / "m.onnx", nodes, [*initializers, forever, truth])
    refused(path, "takes more than")


@pytest.mark.skipif(not model_trial._TOLD, reason="this system has no clock for a thread")
def test_a_model_is_not_refused_because_the_machine_is_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(model_trial, "TRIAL_SECONDS", 0.25)
    monkeypatch.setattr(model_trial, "_MOST_WAITED", 1000.0)
    tried = model_trial._Trial._try

    def wait_and_try(trial):
        time.sleep(0.5)  # others have the processor
        tried(trial)

    monkeypatch.setattr(model_trial._Trial, "_try", wait_and_try)
    path = foreign(
        tmp_path / "m.onnx", *linear([helper.make_node("Relu", ["product"], ["z"])], "z")
    )
    assert OxideModel(path).outputs.count > 0


# --- graphs that ask for memory or time that no single constant shows -----------------

LARGE = 60_000  # twice: 14 GB as float32


def constant(values, name, kind=np.int64):
    return numpy_helper.from_array(np.array(values, dtype=kind), name)


def bomb(tmp_path, extra, initializers=(), **options):
    """y = x W + b + 0 * the largest of "big", which `extra` makes."""
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["product"]),
        *extra,
        helper.make_node("ReduceMax", ["big"], ["largest"], keepdims=0),
        helper.make_node("Mul", ["largest", "zero"], ["nothing"]),
        helper.make_node("Add", ["product", "b"], ["sum"]),
        helper.make_node("Add", ["sum", "nothing"], ["y"]),
    ]
    known = [*linear()[1], constant(0, "zero", np.float32), *initializers]
    return foreign(tmp_path / "m.onnx", nodes, known, **options)


BOMBS = {
    "shape in an attribute": (
        [
            helper.make_node("Constant", [], ["shape"], value_ints=[LARGE, LARGE]),
            helper.make_node("ConstantOfShape", ["shape"], ["big"]),
        ],
        [],
    ),
    "shape computed": (
        [
            helper.make_node("Concat", ["one", "one"], ["shape"], axis=0),
            helper.make_node("ConstantOfShape", ["shape"], ["big"]),
        ],
        [constant([LARGE], "one")],
    ),
    "outer product": (
        [
            helper.make_node("Unsqueeze", ["line", "axis"], ["column"]),
            helper.make_node("Add", ["column", "line"], ["big"]),
        ],
        [constant(np.ones(LARGE), "line", np.float32), constant([1], "axis")],
    ),
    "padding": (
        [helper.make_node("Pad", ["line", "pads"], ["big"])],
        [constant([1], "line", np.float32), constant([0, LARGE**2], "pads")],
    ),
    "window": (
        [helper.make_node("HannWindow", ["size"], ["big"])],
        [constant(LARGE**2, "size")],
    ),
    "doubling": (
        [helper.make_node("Concat", [f"d{i}", f"d{i}"], [f"d{i + 1}"], axis=0) for i in range(31)]
        + [helper.make_node("Concat", ["d31", "d31"], ["big"], axis=0)],
        [constant([1], "d0", np.float32)],
    ),
    "cube of the chunk": (
        [
            helper.make_node("ReduceMax", ["product"], ["m"], axes=[1], keepdims=1),
            helper.make_node("Transpose", ["m"], ["row"], perm=[1, 0]),
            helper.make_node("Add", ["m", "row"], ["square"]),
            helper.make_node("Unsqueeze", ["square", "axis"], ["deep"]),
            helper.make_node("Add", ["deep", "square"], ["big"]),
        ],
        [constant([1], "axis")],
    ),
}


@pytest.fixture
def patience(monkeypatch):
    """Limits of time that a busy machine does not reach before those of memory."""
    monkeypatch.setattr(model_trial, "TRIAL_SECONDS", 120.0)
    monkeypatch.setattr(model_trial, "CHUNK_SECONDS", 120.0)


@pytest.mark.parametrize("name", BOMBS)
def test_memory_of_any_origin_is_bounded(tmp_path, name, patience):
    path = bomb(tmp_path, *BOMBS[name])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    refused(path, "asks for (more than 384 MB|a tensor)")
    assert time.process_time() - start < 20.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB


def test_a_bomb_in_a_branch_that_no_trial_takes_goes_off_nowhere(tmp_path, patience):
    bomb_body = helper.make_graph(
        [
            helper.make_node("Concat", ["one", "one"], ["shape"], axis=0),
            helper.make_node("ConstantOfShape", ["shape"], ["huge"]),
        ],
        "then",
        [],
        [helper.make_tensor_value_info("huge", TensorProto.FLOAT, None)],
        [constant([LARGE], "one")],
    )
    small_body = helper.make_graph(
        [helper.make_node("Identity", ["none"], ["same"])],
        "else",
        [],
        [helper.make_tensor_value_info("same", TensorProto.FLOAT, None)],
        [constant([[0.0]], "none", np.float32)],
    )
    bright = [
        helper.make_node("ReduceMax", ["x"], ["brightest"], keepdims=0),
        helper.make_node("Greater", ["brightest", "limit"], ["is_bright"]),
        helper.make_node(
            "If", ["is_bright"], ["big"], then_branch=bomb_body, else_branch=small_body
        ),
    ]
    path = bomb(tmp_path, bright, [constant(0.5, "limit", np.float32)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    model = OxideModel(path)
    sample = np.full((8, 5), 0.1, dtype=np.float32)
    np.testing.assert_allclose(model.predict(sample).oxides, expected_oxides(sample), rtol=1e-5)
    with pytest.raises(MemoryError):
        model.predict(sample * 9)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB


@pytest.mark.parametrize(
    ("nodes", "tensors", "what"), [(11_000, 0, "nodes"), (0, 11_000, "tensors")]
)
def test_more_of_anything_than_a_model_has_is_refused(tmp_path, nodes, tensors, what):
    chain = [helper.make_node("Identity", [f"i{k}"], [f"i{k + 1}"]) for k in range(nodes)]
    first = [helper.make_node("Identity", ["product"], ["i0"]), *chain]
    own, initializers = linear(first, f"i{nodes}")
    more = [constant([1], f"k{k}") for k in range(tensors)]
    refused(foreign(tmp_path / "m.onnx", own, [*initializers, *more]), f"more than 10000 {what}")


def test_functions_that_multiply_are_counted_as_written_out(tmp_path):
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("own", 1)]

    def function(name, called, times):
        nodes = [
            helper.make_node(called[1], [f"t{k}"], [f"t{k + 1}"], domain=called[0])
            for k in range(times)
        ]
        return helper.make_function("own", name, ["t0"], [f"t{times}"], nodes, opsets)

    functions = [function("f0", ("", "Relu"), 10)]
    functions += [function(f"f{k}", ("own", f"f{k - 1}"), 10) for k in range(1, 8)]
    call = [helper.make_node("f7", ["product"], ["z"], domain="own")]
    path = foreign(
        tmp_path / "m.onnx", *linear(call, "z"), opset_imports=opsets, functions=functions
    )
    refused(path, "more than 10000 nodes")
    around = [function("a", ("own", "b"), 1), function("b", ("own", "a"), 1)]
    call = [helper.make_node("a", ["product"], ["z"], domain="own")]
    path = foreign(tmp_path / "m2.onnx", *linear(call, "z"), opset_imports=opsets, functions=around)
    refused(path, "call themselves")


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_bundled_model_with_changed_bytes_is_refused_or_runs(tmp_path_factory, changes):
    content = bytearray(BUNDLED.read_bytes())
    # Structure, not only weights: the first and last kilobytes hold it.
    for place, byte in changes:
        place %= 16_000
        content[place if place < 8_000 else place - 16_000] = byte
    path = tmp_path_factory.mktemp("m") / "m.onnx"
    path.write_bytes(bytes(content))
    try:
        model = OxideModel(path)
    except ModelError as error:
        assert "\n" not in str(error) and "Traceback" not in str(error)
        return
    answer = model.predict(np.full((len(model.description.bands), 5), 0.1, dtype=np.float32))
    assert answer.oxides.shape[1] == 5


# --- descriptions ---------------------------------------------------------------------


def described(tmp_path, **changes):
    return write_linear_model(tmp_path / "m.onnx", description(**changes))


def with_band(**changes):
    source = description()["input"]
    source["bands"][2].update(changes)
    return source


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"input": with_band(wavelength_nm=-901)}, "positive wavelength"),
        ({"input": with_band(width_nm=0)}, "positive wavelength and width"),
        ({"input": with_band(wavelength_nm=float("nan"))}, "NaN is no JSON number"),
        ({"input": with_band(wavelength_nm="901")}, "wavelength_nm is no number"),
        ({"input": with_band(training_min=True)}, "training_min is no number"),
        ({"input": with_band(training_min=0.5)}, "training_min is not below training_max"),
        ({"sigma": {"available": "no"}}, "neither true nor false"),
        ({"sigma": {}}, "damaged description"),
        ({"input": {**description()["input"], "quantity": "radiance"}}, "takes 'radiance'"),
        ({"outputs": [{"oxide": "Unobtainium", "valid_min": 0, "valid_max": 1}]}, "Unobtainium"),
        ({"training": {"stations": 7}}, "damaged description"),
        ({"schema_version": "<b>\n2</b>"}, "schema <b> 2</b>"),
    ],
)
def test_descriptions_that_cannot_be_true(tmp_path, changes, message):
    refused(described(tmp_path, **changes), message)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 5_000, "\ud800".encode("utf-8", "surrogatepass")]
)
def test_descriptions_that_attack_the_parser(tmp_path, text):
    path = write_linear_model(tmp_path / "m.onnx", None)
    value = text if isinstance(text, bytes) else text.encode("utf-8")
    key = b"lunar_oxide_model"
    entry = b"\x0a" + varint(len(key)) + key + b"\x12" + varint(len(value)) + value
    path.write_bytes(path.read_bytes() + b"\x72" + varint(len(entry)) + entry)
    refused(path, "description|not a usable ONNX model")


@pytest.mark.parametrize("key", ["lunar_oxide_model", "other"])
def test_sixty_megabytes_of_metadata_are_refused(tmp_path, key):
    path = write_linear_model(tmp_path / "m.onnx", None)
    with open(path, "ab") as handle:
        name, length = key.encode(), 60_000_000
        head = b"\x0a" + varint(len(name)) + name + b"\x12" + varint(length)
        handle.write(b"\x72" + varint(len(head) + length) + head)
        handle.write(b"x" * length)
    refused(path, "more than 4 MB of metadata")


def test_texts_become_one_line_of_bounded_length(tmp_path):
    title = "A\x00\x1b[31m\n<script>alert(1)</script>\u202e" + "b" * 5000
    model = OxideModel(described(tmp_path, title=title, citation="c" * 1_00_000))
    assert model.identity.title.startswith("A [31m <script>alert(1)</script> b")
    assert len(model.identity.title) == 200
    assert model.identity.title.isprintable()
    assert len(model.description.citation) == 4000


# --- at work --------------------------------------------------------------------------


def out_of_memory(self):
    raise RuntimeError("Failed to allocate memory for requested buffer of size 1073741824")


def test_chunks_that_do_not_fit_into_memory_are_halved(tmp_path, monkeypatch):
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    sizes = []
    run = model._run

    def short_of_memory(spectra):
        if spectra.shape[1] > CHUNK_PIXELS * 3 // 4:
            sizes.append(spectra.shape[1])
            raise RuntimeError("Failed to allocate memory for requested buffer of size 1073741824")
        return run(spectra)

    monkeypatch.setattr(BoundChunk, "run", out_of_memory)
    monkeypatch.setattr(model, "_run", short_of_memory)
    sample = np.random.default_rng(2).uniform(0.03, 0.2, (8, CHUNK_PIXELS + 501)).astype("f4")
    answer = model.predict(sample)
    np.testing.assert_allclose(answer.oxides, expected_oxides(sample), rtol=1e-5)
    np.testing.assert_allclose(answer.domain_distance, 10 * sample[0], rtol=1e-6)
    assert answer.sigma.shape == (6, CHUNK_PIXELS + 501)
    assert sizes


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (RuntimeError("bad allocation"), MemoryError, "bad allocation"),
        (RuntimeError("Non-zero status code\nwhile running"), ModelError, "m.onnx fails on"),
    ],
)
def test_a_model_that_fails_at_work_says_so(tmp_path, monkeypatch, error, kind, message):
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))

    def fail(spectra):
        raise error

    monkeypatch.setattr(BoundChunk, "run", out_of_memory)
    monkeypatch.setattr(model, "_run", fail)
    with pytest.raises(kind, match=message) as caught:
        model.predict(np.full((8, 5000), 0.1, dtype=np.float32))
    assert "\n" not in str(caught.value)


def test_predictions_that_are_no_numbers_are_never_good():
    oxides = np.full((6, 3), 16.0, dtype=np.float32)
    oxides[4, 1] = np.nan
    oxides[0, 2] = np.inf
    limits = np.zeros(6, dtype=np.float32), np.full(6, 60.0, dtype=np.float32)
    prediction = Prediction(oxides, oxides, np.zeros(3, dtype=np.float32))
    flags = flag_predictions(prediction, FULL, *limits, {})
    assert [bool(flag & OUTSIDE_RANGE.bit) for flag in flags] == [False, True, True]


UNPICKLERS = ("pickle", "cPickle", "_pickle", "dill", "joblib", "shelve", "marshal", "cloudpickle")


def test_the_plugin_unpickles_nothing():
    for path in PLUGIN.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not {a.name.split(".")[0] for a in node.names} & set(UNPICKLERS), path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in UNPICKLERS, path
            elif isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                assert isinstance(node.value, ast.Constant), path
                assert node.value.value is False, path
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "compile", "__import__"), path


@pytest.mark.parametrize("raw", [True, False])
def test_modest_shapes_given_by_constants_run(tmp_path, raw):
    sizes = np.array([1, 6], dtype=np.int64)
    shape = (
        numpy_helper.from_array(sizes, "shape")
        if raw
        else helper.make_tensor("shape", TensorProto.INT64, [2], sizes.tolist())
    )
    expand = [helper.make_node("Expand", ["product", "shape"], ["z"])]
    nodes, initializers = linear(expand, "z")
    path = foreign(tmp_path / "m.onnx", nodes, [*initializers, shape])
    sample = np.random.default_rng(5).uniform(0.03, 0.2, (8, 4)).astype("f4")
    answer = OxideModel(path).predict(sample)
    np.testing.assert_allclose(answer.oxides, expected_oxides(sample), rtol=1e-5)
