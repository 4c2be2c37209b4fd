"""The published networks as one graph that takes plain reflectance (docs/model_file.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper

from lunar_oxide_plugin.core.sites import nearest_stations
from lunar_oxide_plugin.core.sites.nearest_stations import StationSpace

from .graph import IR_VERSION, OPSET, GraphBuilder
from .published import (
    FEATURES,
    IRON_ORIGIN,
    TITANIUM_ORIGIN,
    Convolution,
    Network,
    ResidualBlock,
)
from .stations import OXIDES, FloatArray

BANDS = len(FEATURES) - 2

#: Least reflectance: keeps ratios finite in shadow. No lunar soil is a tenth as dark as that
#: of the darkest station; pixels this dark are flagged.
MIN_REFLECTANCE = 1e-4

#: Most: no reflectance, but keeps unscaled numbers finite.
MAX_REFLECTANCE = 10.0


@dataclass(frozen=True)
class FeatureScaler:
    """Mean and population standard deviation of the ten features, shape (10,)."""

    mean: FloatArray
    std: FloatArray


@dataclass(frozen=True)
class OxideBranch:
    """A network and how its answer becomes wt%: answer * `scale` + `shift`."""

    network: Network
    scale: float
    shift: float


def build_published(
    scaler: FeatureScaler, branches: Sequence[OxideBranch], domain: StationSpace
) -> onnx.ModelProto:
    """The graph, without its description.

    Parameters
    ----------
    scaler : FeatureScaler
    branches : sequence of OxideBranch
        In the order of `OXIDES`.
    domain : StationSpace
        Of the stations that the networks were trained on.

    Returns
    -------
    onnx.ModelProto
        Checked; input ``reflectance`` [1, 1, 8, n]; outputs ``oxides`` [6, n], wt%, and
        ``domain_distance`` [n].
    """
    graph = GraphBuilder()
    features = _features(graph, scaler)
    answers = [
        _branch(graph, features, branch, oxide.lower()) for branch, oxide in zip(branches, OXIDES)
    ]
    stacked = graph.add("Concat", answers, "stacked", axis=1)
    graph.reshape(stacked, [len(OXIDES), -1], "oxides")
    _domain(graph, domain)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "published_networks",
            [helper.make_tensor_value_info("reflectance", TensorProto.FLOAT, [1, 1, BANDS, "n"])],
            [
                helper.make_tensor_value_info("oxides", TensorProto.FLOAT, [len(OXIDES), "n"]),
                helper.make_tensor_value_info("domain_distance", TensorProto.FLOAT, ["n"]),
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="lunar_oxide.training.import_published",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def _features(graph: GraphBuilder, scaler: FeatureScaler) -> str:
    """Append the ten standardised features, shape (1, 1, 10, n)."""
    safe = graph.add(
        "Clip",
        [
            "reflectance",
            graph.constant("min_reflectance", MIN_REFLECTANCE),
            graph.constant("max_reflectance", MAX_REFLECTANCE),
        ],
        "safe",
    )
    r414, r749 = graph.band(safe, 0, "r414"), graph.band(safe, 1, "r749")
    r950 = graph.band(safe, 3, "r950")
    fe = _angle(graph, r950, r749, "theta_fe", IRON_ORIGIN)
    iron = graph.add("Neg", [fe], "theta_fe")
    titanium = _angle(graph, r414, r749, "theta_ti_raw", TITANIUM_ORIGIN)
    raw = graph.add("Concat", [safe, iron, titanium], "features_raw", axis=2)
    column = (1, 1, -1, 1)
    centred = graph.add(
        "Sub", [raw, graph.constant("feature_mean", scaler.mean.reshape(column))], "centred"
    )
    return graph.add(
        "Div", [centred, graph.constant("feature_std", scaler.std.reshape(column))], "features"
    )


def _angle(
    graph: GraphBuilder, band: str, r749: str, name: str, origin: tuple[float, float]
) -> str:
    """Append atan((band / R749 - ratio) / (R749 + shift)), as published, unbounded."""
    ratio, shift = origin
    over = graph.add(
        "Sub",
        [
            graph.add("Div", [band, r749], f"{name}_ratio"),
            graph.constant(f"{name}_ratio_origin", ratio),
        ],
        f"{name}_over",
    )
    under = graph.add("Add", [r749, graph.constant(f"{name}_shift", shift)], f"{name}_under")
    return graph.add("Atan", [graph.add("Div", [over, under], f"{name}_tangent")], f"{name}_atan")


def _branch(graph: GraphBuilder, source: str, branch: OxideBranch, name: str) -> str:
    """Append one network; returns its wt%, shape (1, 1, 1, n)."""
    for index, part in enumerate(branch.network.parts):
        place = f"{name}_{index}"
        if isinstance(part, ResidualBlock):
            source = _block(graph, source, part, place)
        else:
            source = _convolution(graph, source, part, place)
    pooled = graph.add("ReduceMean", [source], f"{name}_pooled", axes=[2], keepdims=1)
    head = branch.network.head * branch.scale
    offset = branch.network.offset * branch.scale + branch.shift
    return graph.layer(pooled, head[None, :, None], [offset], f"{name}_wt")


def _convolution(graph: GraphBuilder, source: str, part: Convolution, name: str) -> str:
    size = part.weight.shape[2]
    answer = graph.add(
        "Conv",
        [
            source,
            graph.constant(f"{name}_weight", part.weight[..., None]),
            graph.constant(f"{name}_bias", part.bias),
        ],
        name,
        kernel_shape=[size, 1],
        strides=[part.stride, 1],
        pads=[size // 2, 0, size // 2, 0],
    )
    return graph.add("Relu", [answer], f"{name}_relu") if part.rectified else answer


def _block(graph: GraphBuilder, source: str, block: ResidualBlock, name: str) -> str:
    inner = _convolution(graph, source, block.first, f"{name}_first")
    inner = _convolution(graph, inner, block.second, f"{name}_second")
    beside = source
    if block.shortcut is not None:
        beside = _convolution(graph, source, block.shortcut, f"{name}_shortcut")
    return graph.add("Relu", [graph.add("Add", [inner, beside], f"{name}_sum")], f"{name}_relu")


def _domain(graph: GraphBuilder, domain: StationSpace) -> None:
    """Append `StationSpace.distances`' least, with |w - r|^2 as |w|^2 - 2 w.r + |r|^2."""
    bounded = graph.add(
        "Clip",
        [
            "reflectance",
            graph.constant("least_in_domain", nearest_stations.MIN_REFLECTANCE),
            graph.constant("most_in_domain", nearest_stations.MAX_REFLECTANCE),
        ],
        "bounded",
    )
    log = graph.add("Log", [bounded], "log")
    whitened = graph.of_rows(log, domain.whitening.T, -domain.centre @ domain.whitening, "whitened")
    cross = graph.of_channels(
        whitened, -2.0 * domain.references, (domain.references**2).sum(1), "cross"
    )
    nearest = graph.add("ReduceMin", [cross], "nearest", axes=[1], keepdims=1)
    squares = graph.add("Mul", [whitened, whitened], "squares")
    norm = graph.add(
        "ReduceSum", [squares, graph.constant("norm_axis", [1], np.int64)], "norm", keepdims=1
    )
    squared = graph.add("Relu", [graph.add("Add", [norm, nearest], "squared_raw")], "squared")
    scaled = graph.add(
        "Div",
        [
            graph.add("Sqrt", [squared], "distance"),
            graph.constant("threshold", domain.threshold),
        ],
        "distance_scaled",
    )
    graph.reshape(scaled, [-1], "domain_distance")
