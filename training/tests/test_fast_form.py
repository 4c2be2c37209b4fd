"""What is shipped answers as what was validated, from nodes that run faster."""

from __future__ import annotations

import numpy as np
import onnx
import onnx.reference
import pytest

from training.catalogue import SHIPPED
from training.fast_form import fast_form
from training.graph import IR_VERSION, OPSET, GraphBuilder
from training.recipe import run_graph
from training.synthetic import synthetic_spectra

VALUE = onnx.helper.make_tensor_value_info


def toy(references, outputs):
    """A graph with each kind of node that is rewritten, of random weights."""
    generator = np.random.default_rng(references)
    graph = GraphBuilder()
    squares = graph.add("ReduceSumSquare", ["spectra"], "squares", axes=[2], keepdims=1)
    weight, bias = generator.standard_normal((references, 5)), generator.standard_normal(references)
    cross = graph.of_rows("spectra", weight, bias, "cross")
    least = graph.add("ReduceMin", [cross], "least", axes=[1], keepdims=1)
    graph.add("Add", [squares, least], "distance")
    wide = graph.add("Exp", [graph.of_rows("spectra", weight, bias, "again")], "wide")
    weight = generator.standard_normal((outputs, references))
    graph.of_channels(wide, weight, generator.standard_normal(outputs), "sums")
    return onnx.helper.make_model(
        onnx.helper.make_graph(
            graph.nodes,
            "toy",
            [VALUE("spectra", 1, [1, 1, 5, "n"])],
            [VALUE("distance", 1, [1, 1, 1, "n"]), VALUE("sums", 1, [1, outputs, 1, "n"])],
            graph.constants,
        ),
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )


def answers(model, spectra):
    return onnx.reference.ReferenceEvaluator(model).run(None, {"spectra": spectra})


# One group, groups that come out even, a last group that must be filled up; many outputs.
@pytest.mark.parametrize(("references", "outputs"), [(9, 2), (32, 1), (37, 3), (49, 7)])
def test_rewritten_nodes_say_the_same(references, outputs):
    model = toy(references, outputs)
    fast = fast_form(model)
    kinds = [node.op_type for node in fast.graph.node]
    assert "ReduceSumSquare" not in kinds
    assert kinds.count("Min") == (references > 16)
    assert kinds.count("MatMul") == 1 + (outputs < 5)
    spectra = np.random.default_rng(1).standard_normal((1, 1, 5, 33)).astype(np.float32)
    for found, expected in zip(answers(fast, spectra), answers(model, spectra)):
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-5)
    # There is nothing left to rewrite.
    assert fast_form(fast).SerializeToString() == fast.SerializeToString()


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_shipped_files_do_not_depend_on_the_form(model):
    """A file answers the same after (another) rewriting, inside and outside the domain."""
    shipped = onnx.load(model.path)
    stations = model.stations()
    spectra = np.concatenate(
        [synthetic_spectra(stations, 400, np.random.default_rng(4)), 0.4 * stations.reflectance]
    )
    first, second = (
        run_graph(graph.SerializeToString(), spectra) for graph in (shipped, fast_form(shipped))
    )
    np.testing.assert_allclose(second.oxides, first.oxides, rtol=0.0, atol=1e-5)
    np.testing.assert_allclose(second.sigma, first.sigma, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(second.sigma_new_place, first.sigma_new_place, rtol=1e-4, atol=1e-4)
    # Near a reference spectrum the distance is a root of a difference of large numbers.
    np.testing.assert_allclose(second.distance, first.distance, rtol=1e-4, atol=1e-3)
