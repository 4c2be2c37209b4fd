"""An inversion as an ONNX graph, operator by operator (docs/model_file.md).

Pixels run along the width and bands along the height of every tensor, so that a layer on the
spectrum is a 2D convolution one pixel wide: ONNX Runtime then works on rows of thousands of
pixels, five times faster than on a batch of short spectra.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from .experts import LEAST_ANGLE, MOST_TITANIUM
from .features import (
    MAX_REFLECTANCE,
    MIN_REFLECTANCE,
    MIN_THETA_DENOMINATOR,
    Scaler,
)
from .instrument import Angle, FloatArray, Instrument
from .inversion import Domain, Inversion, SigmaModel, SpreadModel
from .kernels import Kernels
from .student import Student
from .titanium import COLUMN, Titanium

OPSET = 17
IR_VERSION = 8


class GraphBuilder:
    """Collects nodes and constants; each method appends one operator and names its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.ArrayLike, dtype: type = np.float32) -> str:
        """A named constant; returns its name."""
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=dtype), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], output: str, **attributes: object) -> str:
        """One node with one output; returns the output's name."""
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def layer(self, source: str, weight: FloatArray, bias: FloatArray, output: str) -> str:
        """Weighted sums of all channels or of all bands; `weight` is (outputs, inputs, size)."""
        return self.add(
            "Conv",
            [
                source,
                self.constant(f"{output}_weight", weight[..., None]),
                self.constant(f"{output}_bias", bias),
            ],
            output,
            kernel_shape=[weight.shape[2], 1],
        )

    def of_rows(self, source: str, weight: FloatArray, bias: FloatArray, output: str) -> str:
        """`layer` on a tensor (1, 1, rows, n); `weight` is (outputs, rows)."""
        return self.layer(source, weight[:, None, :], bias, output)

    def of_channels(self, source: str, weight: FloatArray, bias: FloatArray, output: str) -> str:
        """`layer` on a tensor (1, channels, 1, n); `weight` is (outputs, channels)."""
        return self.layer(source, weight[:, :, None], bias, output)

    def standardised(self, source: str, mean: FloatArray, std: FloatArray, output: str) -> str:
        """Each band less its mean over its standard deviation, on (1, 1, bands, n)."""
        column = (1, 1, -1, 1)
        scaled = self.add(
            "Mul",
            [source, self.constant(f"{output}_factor", (1.0 / std).reshape(column))],
            f"{output}_raw",
        )
        shift = self.constant(f"{output}_shift", (-mean / std).reshape(column))
        return self.add("Add", [scaled, shift], output)

    def reshape(self, source: str, shape: Sequence[int], output: str) -> str:
        """Reshape; 0 keeps a dimension, -1 takes what is left."""
        return self.add(
            "Reshape", [source, self.constant(f"{output}_shape", shape, np.int64)], output
        )

    def band(self, source: str, index: int, output: str) -> str:
        """One band, shape (1, 1, 1, n), of a tensor of shape (1, 1, bands, n)."""
        bounds = [
            self.constant(f"{output}_{name}", [value], np.int64)
            for name, value in (("start", index), ("end", index + 1), ("axis", 2))
        ]
        return self.add("Slice", [source, *bounds], output)


def build(inversion: Inversion) -> onnx.ModelProto:
    """The graph of an inversion, without its description.

    Returns
    -------
    onnx.ModelProto
        Checked; input ``reflectance`` [1, 1, bands, n]; outputs ``oxides`` [oxides, n], ``sigma``
        [oxides, n], ``domain_distance`` [n] and ``sigma_new_place`` [oxides, n].
    """
    graph = GraphBuilder()
    plain, whitened = _features(graph, inversion.student.scaler)
    _network(graph, plain, whitened, inversion.student)
    _domain(graph, whitened, inversion.domain)
    _sigma(graph, inversion.sigma)
    _sigma_new_place(graph, inversion.spread)
    bands, oxides = inversion.student.scaler.instrument.bands, len(inversion.sigma.base)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "lunar_oxide",
            [helper.make_tensor_value_info("reflectance", TensorProto.FLOAT, [1, 1, bands, "n"])],
            [
                helper.make_tensor_value_info("oxides", TensorProto.FLOAT, [oxides, "n"]),
                helper.make_tensor_value_info("sigma", TensorProto.FLOAT, [oxides, "n"]),
                helper.make_tensor_value_info("domain_distance", TensorProto.FLOAT, ["n"]),
                helper.make_tensor_value_info("sigma_new_place", TensorProto.FLOAT, [oxides, "n"]),
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="lunar_oxide.training",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def _features(graph: GraphBuilder, scaler: Scaler) -> tuple[str, str]:
    """Append `Scaler.plain`, (1, 1, bands + angles, n), and `Scaler.whiten`, (1, 1, bands, n)."""
    safe = graph.add(
        "Clip",
        [
            "reflectance",
            graph.constant("min_reflectance", MIN_REFLECTANCE),
            graph.constant("max_reflectance", MAX_REFLECTANCE),
        ],
        "safe",
    )
    log = graph.add("Log", [safe], "log")
    channels = graph.of_rows(
        log, scaler.whitening.T, -scaler.log_mean @ scaler.whitening, "whitened_channels"
    )
    whitened = graph.reshape(channels, [1, 1, len(scaler.log_mean), -1], "whitened")
    inverse = graph.add("Reciprocal", [safe], "inverse")
    instrument = scaler.instrument
    angles = ((instrument.iron, "fe"), (instrument.titanium, "ti"))
    tangents = [_tangent(graph, angle, instrument, name) for angle, name in angles]
    thetas = graph.add("Atan", [graph.add("Concat", tangents, "tangents", axis=2)], "thetas")
    both = graph.add("Concat", [inverse, thetas], "both", axis=2)
    mean = np.concatenate([scaler.reciprocal_mean, scaler.theta_mean])
    std = np.concatenate([scaler.reciprocal_std, scaler.theta_std])
    return graph.standardised(both, mean, std, "plain"), whitened


def _tangent(graph: GraphBuilder, angle: Angle, instrument: Instrument, name: str) -> str:
    """Append the tangent of `features.theta`."""
    band = graph.band("safe", instrument.place(angle.band), f"{name}_band")
    reference = graph.band("safe", instrument.place(angle.reference), f"{name}_reference")
    ratio = graph.add("Div", [band, reference], f"ratio_{name}")
    origin = graph.constant(f"{name}_ratio_origin", angle.origin_ratio)
    # The arctangent is odd: a falling angle has its minus in the numerator.
    order = [origin, ratio] if angle.falling else [ratio, origin]
    over = graph.add("Sub", order, f"{name}_numerator")
    origin = graph.constant(f"{name}_origin", angle.origin_reflectance)
    under = graph.add("Sub", [reference, origin], f"{name}_denominator")
    least = graph.constant(f"{name}_least", MIN_THETA_DENOMINATOR)
    bounded = graph.add("Max", [under, least], f"{name}_bounded")
    return graph.add("Div", [over, bounded], f"{name}_tangent")


def _network(graph: GraphBuilder, plain: str, whitened: str, student: Student) -> None:
    """Append `Student.predict`; abundances below zero become zero."""
    # The network has no row for TiO2 where `Titanium` answers it.
    rows = slice(0 if student.titanium is None else COLUMN + 1, None)
    offset, oxides = student.offset[rows], len(student.offset)
    none, from_plain = np.zeros(len(offset)), student.from_plain[rows]
    parts = [
        _sliding(graph, plain, student.plain, from_plain, offset, "plain"),
        _sliding(graph, whitened, student.whitened, student.from_whitened[rows], none, "whitened"),
    ]
    total = graph.add("Add", parts, "sum")
    if student.titanium is not None:
        total = graph.add("Concat", [_titanium(graph, student.titanium), total], "all", axis=1)
    graph.reshape(graph.add("Relu", [total], "positive"), [oxides, -1], "oxides")


def _titanium(graph: GraphBuilder, titanium: Titanium) -> str:
    """Append `Titanium.predict`, (1, 1, 1, n)."""
    theta = graph.band("thetas", 1, "theta_ti")
    least = graph.constant("least_theta_ti", LEAST_ANGLE)
    log = graph.add("Log", [graph.add("Max", [theta, least], "theta_ti_bounded")], "log_theta_ti")
    exponent = graph.constant("law_exponent", titanium.law.exponent)
    power = graph.add("Mul", [log, exponent], "law_power")
    intercept = graph.constant("law_intercept", titanium.law.intercept)
    rising = graph.add("Exp", [graph.add("Add", [power, intercept], "law_log")], "law_rising")
    law = graph.add("Min", [rising, graph.constant("most_titanium", MOST_TITANIUM)], "law")
    # Half the squared distance from a station r, with its minus, is w.r - |w|^2 / 2 - |r|^2 / 2:
    # one product of the spectrum w and of the square of its length.
    bands, references = len(titanium.center), titanium.references
    root, shift = titanium.root.T, -titanium.center @ titanium.root
    channels = graph.of_rows("log", root, shift, "noise_channels")
    scaled = graph.reshape(channels, [1, 1, bands, -1], "in_noise")
    norm = graph.add("ReduceSumSquare", [scaled], "noise_norm", axes=[2], keepdims=1)
    both = graph.add("Concat", [scaled, norm], "noise_rows", axis=2)
    weights = np.concatenate([references, np.full((len(references), 1), -0.5)], axis=1)
    logs = graph.of_rows(both, weights, -(references**2).sum(1) / 2.0, "log_likelihoods")
    likelihoods = graph.add("Exp", [logs], "likelihoods")
    sums = np.stack([titanium.residuals, np.ones(len(references))])
    new_place = np.array([0.0, titanium.new_place])
    totals = graph.of_channels(likelihoods, sums, new_place, "likelihood_totals")
    rows = graph.reshape(totals, [1, 1, 2, -1], "likelihood_rows")
    parts = [graph.band(rows, row, name) for row, name in enumerate(("residual", "likelihood"))]
    correction = graph.add("Div", parts, "correction")
    return graph.add("Add", [law, correction], "titanium")


def _sliding(
    graph: GraphBuilder,
    source: str,
    kernels: Kernels,
    output: FloatArray,
    offset: FloatArray,
    name: str,
) -> str:
    """Append kernels that slide along the rows of (1, 1, rows, n), and their part of the output."""
    sums = graph.of_rows(source, kernels.weight, kernels.bias, f"{name}_kernels")
    active = graph.add("Relu", [sums], f"{name}_active")
    return graph.layer(active, output, offset, f"from_{name}")


def _domain(graph: GraphBuilder, whitened: str, domain: Domain) -> None:
    """Append `Domain.distance`, with |w - r|^2 as |w|^2 - 2 w.r + |r|^2."""
    references = domain.references
    cross = graph.of_rows(whitened, -2.0 * references, (references**2).sum(1), "cross")
    nearest = graph.add("ReduceMin", [cross], "nearest", axes=[1], keepdims=1)
    norm = graph.add("ReduceSumSquare", [whitened], "norm", axes=[2], keepdims=1)
    squared = graph.add("Relu", [graph.add("Add", [norm, nearest], "squared_raw")], "squared")
    distance = graph.add("Sqrt", [squared], "distance")
    scaled = graph.add(
        "Div", [distance, graph.constant("threshold", domain.threshold)], "distance_scaled"
    )
    graph.reshape(scaled, [-1], "domain_distance")


def _sigma(graph: GraphBuilder, sigma: SigmaModel) -> None:
    """Append `SigmaModel.sigma`."""
    level = graph.add(
        "Add",
        [
            graph.add(
                "Mul", ["oxides", graph.constant("sigma_rise", sigma.rise[:, None])], "sigma_share"
            ),
            graph.constant("sigma_base", sigma.base[:, None]),
        ],
        "sigma_level",
    )
    bounded = graph.add(
        "Min",
        ["domain_distance", graph.constant("max_distance", sigma.max_distance)],
        "distance_bounded",
    )
    growth = graph.add("Mul", [bounded, graph.constant("sigma_growth", sigma.growth)], "growth")
    factor = graph.add("Add", [growth, graph.constant("one", 1.0)], "sigma_factor")
    graph.add("Mul", [level, factor], "sigma")


def _sigma_new_place(graph: GraphBuilder, spread: SpreadModel) -> None:
    """Append `SpreadModel.sigma_new_place`."""
    rise = graph.constant("spread_rise", spread.rise[:, None])
    base = graph.constant("spread_base", spread.base[:, None])
    graph.add("Add", [graph.add("Mul", ["oxides", rise], "spread_share"), base], "spread")
    squares = [graph.add("Mul", [name, name], f"{name}_squared") for name in ("sigma", "spread")]
    graph.add("Sqrt", [graph.add("Add", squares, "variance_new_place")], "sigma_new_place")


def graph_multiply_adds(model: onnx.ModelProto) -> int:
    """Multiply-adds a pixel, counted on the graph.

    Convolutions count their products; element-wise operators and reductions count one for
    each element of the largest tensor that they read.
    """
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    shapes = {
        value.name: [d.dim_value or 1 for d in value.type.tensor_type.shape.dim]
        for value in [*inferred.graph.value_info, *inferred.graph.input, *inferred.graph.output]
    }
    constants = {tensor.name: tensor.dims for tensor in model.graph.initializer}
    free = {"Reshape", "Slice", "Concat"}
    total = 0
    for node in model.graph.node:
        if node.op_type == "Conv":
            weight = constants[node.input[1]]
            height = shapes[node.output[0]][2]
            total += int(np.prod(weight)) * height
        elif node.op_type not in free:
            total += max(int(np.prod(shapes[name])) for name in node.input if name in shapes)
    return total
