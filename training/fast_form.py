"""The same graph in nodes that ONNX Runtime runs faster: what is shipped.

Validation runs the graph as `graph` builds it. The file holds an equivalent one, whose answers
differ by roundings of float32 alone; the convolutions of the network stay as they are. ONNX
Runtime 1.32 computes reductions over a few rows slowly, and convolutions of few outputs as slowly
as those of sixteen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from .graph import GraphBuilder

#: Most channels that a reduction to the least takes at once; more are first compared in groups.
GROUP = 16

#: Most outputs of a sum over channels that becomes a matrix product.
FEW_OUTPUTS = 4


def fast_form(model: onnx.ModelProto) -> onnx.ModelProto:
    """An equivalent graph.

    Parameters
    ----------
    model : onnx.ModelProto
        Of `graph.build`.

    Returns
    -------
    onnx.ModelProto
        Checked; the same inputs and outputs.
    """
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    shapes = {
        value.name: [dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
        for value in (*inferred.graph.value_info, *inferred.graph.input)
    }
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    makers = {node.output[0]: node for node in model.graph.node}
    readers: dict[str, int] = {}
    for node in model.graph.node:
        for name in node.input:
            readers[name] = readers.get(name, 0) + 1
    built = GraphBuilder()
    replaced = set()
    for node in model.graph.node:
        first = node.input[0]
        if node.op_type == "ReduceMin" and _is_wide(makers.get(first), constants):
            _least_in_groups(built, node, makers[first], constants)
            if readers[first] == 1:
                replaced.add(first)
        elif node.op_type == "ReduceSumSquare" and shapes[first][:2] == [1, 1]:
            _squares_by_product(built, node, shapes[first][2])
        elif node.op_type == "Conv" and _is_small_sum(constants[node.input[1]]):
            _sum_by_product(built, node, constants)
        else:
            continue
        replaced.add(node.output[0])
    return _with(model, built, replaced)


def _is_wide(node: onnx.NodeProto | None, constants: dict[str, npt.NDArray[np.float32]]) -> bool:
    """Whether a node is a convolution with more channels than a reduction takes at once."""
    return node is not None and node.op_type == "Conv" and len(constants[node.input[1]]) > GROUP


def _is_small_sum(weight: npt.NDArray[np.float32]) -> bool:
    """Whether a convolution's weight sums all channels at one place to few outputs."""
    return len(weight) <= FEW_OUTPUTS and weight.shape[2:] == (1, 1)


def _least_in_groups(
    built: GraphBuilder,
    node: onnx.NodeProto,
    source: onnx.NodeProto,
    constants: dict[str, npt.NDArray[np.float32]],
) -> None:
    """The least of all channels: of groups of channels, and then of what is left."""
    name, weight, bias = node.output[0], constants[source.input[1]], constants[source.input[2]]
    groups = -(-len(weight) // GROUP)
    size = -(-len(weight) // groups)
    # The last group is filled up with the last channel, which changes no least.
    rows = np.minimum(np.arange(groups * size), len(weight) - 1).reshape(groups, size)
    parts = [
        built.layer(source.input[0], weight[own, :, :, 0], bias[own], f"{name}_of_{group}")
        for group, own in enumerate(rows)
    ]
    least = built.add("Min", parts, f"{name}_of_groups")
    built.add("ReduceMin", [least], name, axes=[1], keepdims=1)


def _squares_by_product(built: GraphBuilder, node: onnx.NodeProto, rows: int) -> None:
    """The sum of squares of the rows of (1, 1, rows, n)."""
    name, source = node.output[0], node.input[0]
    squares = built.add("Mul", [source, source], f"{name}_squares")
    built.add("MatMul", [built.constant(f"{name}_ones", np.ones((1, rows))), squares], name)


def _sum_by_product(
    built: GraphBuilder, node: onnx.NodeProto, constants: dict[str, npt.NDArray[np.float32]]
) -> None:
    """Weighted sums of the channels of (1, channels, 1, n)."""
    name, weight, bias = node.output[0], constants[node.input[1]], constants[node.input[2]]
    rows = built.reshape(node.input[0], [1, 1, weight.shape[1], -1], f"{name}_rows")
    factor = built.constant(f"{name}_factor", weight[:, :, 0, 0])
    product = built.add("MatMul", [factor, rows], f"{name}_product")
    total = built.add(
        "Add", [product, built.constant(f"{name}_offset", bias[:, None])], f"{name}_total"
    )
    built.reshape(total, [1, len(weight), 1, -1], name)


def _with(model: onnx.ModelProto, built: GraphBuilder, replaced: set[str]) -> onnx.ModelProto:
    """The model with new nodes in place of those whose outputs were replaced."""
    kept = [node for node in model.graph.node if node.output[0] not in replaced]
    nodes = _in_order([*kept, *built.nodes])
    read = {name for node in nodes for name in node.input}
    constants = [*model.graph.initializer, *built.constants]
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    del changed.graph.node[:], changed.graph.initializer[:], changed.graph.value_info[:]
    changed.graph.node.extend(nodes)
    changed.graph.initializer.extend(tensor for tensor in constants if tensor.name in read)
    onnx.checker.check_model(changed, full_check=True)
    return changed


def _in_order(nodes: Sequence[onnx.NodeProto]) -> list[onnx.NodeProto]:
    """The nodes, each after those whose outputs it reads, otherwise in their order."""
    waiting, ordered = list(nodes), []
    while waiting:
        coming = {name for node in waiting for name in node.output}
        ready = [node for node in waiting if not coming.intersection(node.input)]
        ordered += ready
        waiting = [node for node in waiting if node not in ready]
    return ordered
