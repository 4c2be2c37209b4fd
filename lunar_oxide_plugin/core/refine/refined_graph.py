"""Make the refined model's file: the parent's graph followed by the correction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind
from ..errors import ModelError
from ..models.graph_input import Layout
from ..models.model_description import METADATA_KEY
from ..models.onnx_edit import GraphEditor
from ..models.oxide_model import SIGMA_OUTPUTS
from ..sites.nearest_stations import MAX_REFLECTANCE, MIN_REFLECTANCE
from .correction import Correction

#: The least operator set whose Clip takes its limits as inputs.
MIN_OPSET = 11
#: First operator set whose reductions take their axes as an input.
AXES_AS_INPUT = 18

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Coordinates:
    """The transformation of reflectance to the coordinates in which distances are measured.

    Attributes
    ----------
    centre : float array, shape (bands,)
        Mean log reflectance.
    scale : float array, shape (bands, bands)
        Whitening over the domain threshold; acts on row vectors from the right.
    """

    centre: Floats
    scale: Floats

    def __call__(self, spectra: npt.ArrayLike) -> Floats:
        """Scaled coordinates, shape (n, bands), of spectra of shape (bands, n)."""
        logs = np.log(np.clip(np.asarray(spectra, float).T, MIN_REFLECTANCE, MAX_REFLECTANCE))
        return np.asarray((logs - self.centre) @ self.scale)


@dataclass(frozen=True)
class SigmaChange:
    """The rule that gives the refined sigma from the parent's.

    sqrt((factor x parent's)^2 + (label x presence)^2), with presence 1 at a new sample and 0 beyond
    the reach. It is never below the parent's.

    Attributes
    ----------
    factor : float array, shape (oxides,)
        At least 1.
    label_wt : float array, shape (oxides,)
        Standard uncertainty of the new samples as labels, wt%.
    """

    factor: Floats
    label_wt: Floats

    def apply(self, parent: Floats, presence: Floats) -> Floats:
        """Refined sigma, shape (oxides, n), from the parent's (oxides, n) and presence (n,)."""
        own = self.label_wt[:, None] * presence[None]
        return np.asarray(np.hypot(self.factor[:, None] * parent, own))

    def in_rows(self, order: Sequence[int]) -> SigmaChange:
        """Copy with the oxides in another order."""
        return SigmaChange(self.factor[list(order)], self.label_wt[list(order)])


def refined_file(
    parent: bytes,
    where: str,
    layout: Layout,
    coordinates: Coordinates,
    correction: Correction,
    sigmas: Mapping[SigmaKind, SigmaChange],
    description: Mapping[str, Any],
) -> bytes:
    """Content of the refined model's file.

    Parameters
    ----------
    parent : bytes
        A described model (docs/model_file.md).
    where : str
        Its name, for messages.
    layout : Layout
        Of its input.
    correction : Correction
        Its oxides in the order of the graph's own outputs.
    sigmas : mapping of SigmaKind to SigmaChange
        Of each uncertainty that the model gives; oxides in the same order.
    description : mapping
        Of the refined model; its `domain` says whether the model has that output.

    Raises
    ------
    ModelError
    """
    editor = GraphEditor(parent, where)
    if editor.opset < MIN_OPSET:
        raise ModelError(
            f"{where} uses operator set {editor.opset}; refining needs {MIN_OPSET} or newer: "
            "export the model again."
        )
    names = [SIGMA_OUTPUTS[kind] for kind in sigmas]
    has_domain = description["domain"]["available"]
    outputs = ["oxides", *names] + ["domain_distance"] * has_domain
    lacking = [name for name in outputs if name not in editor.outputs]
    if lacking or len(editor.inputs) != 1:
        raise ModelError(
            f"{where} has inputs {', '.join(editor.inputs)} and outputs "
            f"{', '.join(editor.outputs)}; a described model has one input and gives "
            f"{', '.join(outputs)}."
        )
    prefix = editor.fresh_prefix("refine")
    editor.rename({name: f"{prefix}parent_{name}" for name in outputs})
    build = _Builder(editor, prefix)
    distance = build.distances(editor.inputs[0], layout, coordinates, correction)
    strength = build.kernel(distance, correction.reach)
    build.oxides(strength, layout, correction)
    if sigmas or has_domain:
        added = (len(correction.pinned), len(correction.pinned) + len(correction.added))
        if sigmas:
            near = build.rows(strength, added, "near")
            presence = build.reduced("ReduceMax", near, "presence", 1)
            for kind, change in sigmas.items():
                build.sigma(presence, change, SIGMA_OUTPUTS[kind])
        if has_domain:
            build.domain(build.rows(distance, added, "gaps"))
    text = json.dumps(description, ensure_ascii=False)
    return editor.content({METADATA_KEY: text})


class _Builder:
    """Adds nodes under one prefix."""

    def __init__(self, editor: GraphEditor, prefix: str) -> None:
        self._editor = editor
        self._prefix = prefix
        self._constants: Dict[str, str] = {}

    def constant(self, name: str, values: npt.ArrayLike) -> str:
        """Name of an initializer of the refinement, which is added once."""
        if name not in self._constants:
            self._constants[name] = self._editor.add_constant(self._prefix + name, values)
        return self._constants[name]

    def node(self, operator: str, inputs: List[str], name: str, **attributes: object) -> str:
        """Add a node of the refinement."""
        return self._editor.add_node(operator, inputs, self._prefix + name, **attributes)

    def distances(
        self, source: str, layout: Layout, coordinates: Coordinates, correction: Correction
    ) -> str:
        """Distance of each pixel to each anchor, [anchors, n]."""
        bands = len(coordinates.centre)
        if layout is Layout.BANDS_PIXELS:
            shape = self.constant("bands_first", np.array([bands, -1]))
            rows = self.node("Reshape", [source, shape], "spectra")
        else:
            shape = self.constant("bands_last", np.array([-1, bands]))
            flat = self.node("Reshape", [source, shape], "pixels")
            rows = self.node("Transpose", [flat], "spectra", perm=(1, 0))
        low = self.constant("least", np.float32(MIN_REFLECTANCE))
        high = self.constant("most", np.float32(MAX_REFLECTANCE))
        logs = self.node("Log", [self.node("Clip", [rows, low, high], "safe")], "logs")
        centred = self.node(
            "Sub", [logs, self.constant("centre", coordinates.centre[:, None])], "centred"
        )
        points = self.node(
            "MatMul", [self.constant("scale", coordinates.scale.T), centred], "points"
        )
        ones = self.constant("ones", np.ones((1, bands)))
        squares = self.node("Mul", [points, points], "squares")
        norm = self.node("MatMul", [ones, squares], "norm")
        anchors = correction.anchors
        cross = self.node("MatMul", [self.constant("anchors", -2.0 * anchors), points], "cross")
        own = self.constant("anchor_norm", (anchors**2).sum(axis=1)[:, None])
        raw = self.node("Add", [self.node("Add", [cross, own], "shifted"), norm], "raw")
        return self.node("Sqrt", [self.node("Relu", [raw], "squared")], "distance")

    def kernel(self, distance: str, reach: float) -> str:
        """Wendland's kernel of each distance (`correction.kernel`), [anchors, n]."""
        one, seven = self.constant("one", np.float32(1.0)), self.constant("seven", np.float32(7.0))
        ratio = self.node("Div", [distance, self.constant("reach", np.float32(reach))], "ratio")
        inner = self.node("Relu", [self.node("Sub", [one, ratio], "left")], "inside")
        second = self.node("Mul", [inner, inner], "power2")
        fourth = self.node("Mul", [second, second], "power4")
        third = self.node("Mul", [second, inner], "power3")
        seventh = self.node("Mul", [fourth, third], "power7")
        rise = self.node("Add", [self.node("Mul", [seven, ratio], "slope"), one], "rise")
        return self.node("Mul", [seventh, rise], "kernel")

    def oxides(self, strength: str, layout: Layout, correction: Correction) -> None:
        """The parent's oxides plus the correction, in the parent's own shape."""
        change = self.node(
            "MatMul", [self.constant("weights", correction.weights), strength], "change"
        )
        if layout is not Layout.BANDS_PIXELS:
            change = self.node("Transpose", [change], "change_by_pixel", perm=(1, 0))
        parent = f"{self._prefix}parent_oxides"
        shape = self.node("Shape", [parent], "parent_shape")
        change = self.node("Reshape", [change, shape], "change_shaped")
        self._editor.add_node("Add", [parent, change], "oxides")

    def rows(self, matrix: str, span: tuple[int, int], name: str) -> str:
        """Rows of the new samples."""
        return self.node(
            "Slice",
            [
                matrix,
                self.constant("added_from", np.array([span[0]])),
                self.constant("added_to", np.array([span[1]])),
                self.constant("first_axis", np.array([0])),
            ],
            name,
        )

    def reduced(self, operator: str, matrix: str, name: str, keep: int) -> str:
        """The largest or least over a matrix's rows."""
        if self._editor.opset >= AXES_AS_INPUT:
            axes = self.constant("first_axis", np.array([0]))
            return self.node(operator, [matrix, axes], name, keepdims=keep)
        return self.node(operator, [matrix], name, axes=(0,), keepdims=keep)

    def sigma(self, presence: str, change: SigmaChange, output: str) -> None:
        """One refined sigma, [oxides, n], as the graph's output of this name."""
        label = self.constant(f"label_{output}", change.label_wt[:, None])
        own = self.node("Mul", [label, presence], f"own_{output}")
        factor = self.constant(f"factor_{output}", change.factor[:, None])
        parent = self.node("Mul", [f"{self._prefix}parent_{output}", factor], f"scaled_{output}")
        own2 = self.node("Mul", [own, own], f"own2_{output}")
        parent2 = self.node("Mul", [parent, parent], f"parent2_{output}")
        total = self.node("Add", [own2, parent2], f"variance_{output}")
        self._editor.add_node("Sqrt", [total], output)

    def domain(self, gaps: str) -> None:
        """The nearer of the parent's domain and the new samples, in the parent's shape."""
        nearest = self.reduced("ReduceMin", gaps, "nearest_added", 0)
        parent = f"{self._prefix}parent_domain_distance"
        shape = self.node("Shape", [parent], "domain_shape")
        shaped = self.node("Reshape", [nearest, shape], "nearest_shaped")
        self._editor.add_node("Min", [parent, shaped], "domain_distance")
