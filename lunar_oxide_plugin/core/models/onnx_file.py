"""Check the structure of an ONNX file before it is run, because it may come from anyone.

Only the structure is read (protobuf wire format, field numbers of onnx.proto): the place of the
weights, the size of tensors that ONNX Runtime would allocate for a few bytes of the file, the
number of nodes after functions are expanded, and the amount of text. Nothing is computed, and no
other file is opened.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional, Set, Tuple, Union

from ..errors import ModelError
from .protobuf_wire import read_varint, values

#: Largest amount of text; a description has a few kilobytes.
MAX_METADATA_BYTES = 4_000_000

#: Most elements of a tensor whose size is a constant in the file: 256 MB as float32. A chunk of
#: 8192 pixels with a thousand features has an eighth of it.
MAX_ELEMENTS = 1 << 26

#: Deepest nesting of graphs (bodies of If, Loop, Scan); exporters use two or three levels.
MAX_DEPTH = 16

#: Most nodes. Networks for lunar spectra have tens to hundreds. ONNX Runtime opens ten thousand in
#: half a second, and its time grows with the square.
MAX_NODES = 10_000
MAX_TENSORS = 10_000
MAX_GRAPHS = 100

#: Most parts of the file: one second for this reader, and about 200 MB for ONNX Runtime's. A
#: network has hundreds; a forest of a hundred thousand splits nearly reaches it.
MAX_PARTS = 1_000_000

#: Operators whose result has the size given by a constant input, and the index of that input.
SHAPE_INPUTS: Dict[str, int] = {
    "ConstantOfShape": 0,
    "Expand": 1,
    "Tile": 1,
    "Range": 1,
    "Resize": 3,
}

#: Operators whose result's size may depend on the values, not only on their count.
GROWING = frozenset(
    [
        *SHAPE_INPUTS,
        *("BlackmanWindow", "HammingWindow", "HannWindow", "MelWeightMatrix"),
        *("OneHot", "Pad", "Upsample", "RandomNormal", "RandomUniform", "CenterCropPad"),
        *("If", "Loop", "Scan", "SequenceMap"),
    ]
)

_INT64 = 7

Value = Union[int, memoryview]
Function = Tuple[str, str]


@dataclass(frozen=True)
class GraphFacts:
    """Properties of a file's graph.

    Attributes
    ----------
    ir_version : int
    opsets : tuple of (str, int)
        Operator sets and their versions; the first domain is ``"ai.onnx"`` if it is present.
    may_grow : bool
        Whether the size of tensors may depend on the values of spectra, so that no test limits it.
    has_branches : bool
        Whether there are graphs within the graph, which a test may not run.
    """

    ir_version: int
    opsets: Tuple[Tuple[str, int], ...]
    may_grow: bool
    has_branches: bool


@dataclass
class _Found:
    """Numbers collected while the file is read."""

    where: str
    external: List[str] = field(default_factory=list)
    metadata_bytes: int = 0
    has_graph: bool = False
    ir_version: int = 0
    opsets: Dict[str, int] = field(default_factory=dict)
    parts: int = 0
    nodes: int = 0
    tensors: int = 0
    graphs: int = 0
    #: Operators that the main graph and each function call.
    calls: Dict[Optional[Function], List[Function]] = field(default_factory=lambda: {None: []})
    walking: Optional[Function] = None

    def fields(self, message: memoryview) -> Iterator[Tuple[int, Value]]:
        """Fields of a message; they are counted."""
        for pair in values(message):
            self.parts += 1
            if self.parts > MAX_PARTS:
                raise self.too_many(MAX_PARTS, "parts")
            yield pair

    def too_many(self, limit: int, what: str) -> ModelError:
        """The error for a count beyond a limit."""
        return ModelError(
            f"{self.where} has more than {limit} {what}, more than any oxide model needs; use "
            "the file as its author published it."
        )


def require_harmless(content: bytes, where: str) -> GraphFacts:
    """Refuse a model file that refers to other files or needs far too much memory.

    Parameters
    ----------
    content : bytes
        The whole file.
    where : str
        The file's name, for messages.

    Returns
    -------
    GraphFacts

    Raises
    ------
    ModelError
        If the file is not an ONNX model, has weights in other files, has megabytes of metadata, has
        constants that lead to tensors of more than `MAX_ELEMENTS`, declares tensors larger than
        their content, or has more nodes, tensors and graphs than any oxide model.
    """
    found = _Found(where)
    try:
        _walk_model(memoryview(content), found)
    except (ValueError, IndexError, struct.error, UnicodeDecodeError) as error:
        raise ModelError(
            f"{where} is not a usable ONNX model: it is damaged or of another format."
        ) from error
    if not found.has_graph:
        raise ModelError(f"{where} is not a usable ONNX model: it holds no graph.")
    if found.external:
        raise ModelError(
            f"{where} keeps its weights in another file ({_shown(found.external[0])}); only models "
            "in one file are run: ask its author for one with the weights inside."
        )
    _require_few_nodes(found)
    operators = {operator for calls in found.calls.values() for _, operator in calls}
    opsets = tuple(sorted(found.opsets.items(), key=lambda item: (item[0] != "ai.onnx", item[0])))
    return GraphFacts(found.ir_version, opsets, bool(operators & GROWING), found.graphs > 1)


def _walk_model(model: memoryview, found: _Found) -> None:
    for number, value in found.fields(model):
        if number == 1 and isinstance(value, int):
            found.ir_version = value
        elif number == 7:
            found.has_graph = True
            found.walking = None
            _walk_graph(_bytes(value), found, 0, {})
        elif number == 8:
            domain, version = "", 0
            for part, entry in found.fields(_bytes(value)):
                if part == 1:
                    domain = _text(entry)
                elif part == 2 and isinstance(entry, int):
                    version = entry
            if len(found.opsets) < MAX_GRAPHS:
                found.opsets[_shown(domain) or "ai.onnx"] = version
        elif number == 14:
            found.metadata_bytes += len(_bytes(value))
            if found.metadata_bytes > MAX_METADATA_BYTES:
                raise ModelError(
                    f"{found.where} carries more than {MAX_METADATA_BYTES / 1e6:.0f} MB of "
                    "metadata, which is no model description; use the file as its author "
                    "published it."
                )
        elif number == 25:
            _walk_function(_bytes(value), found)


def _walk_function(function: memoryview, found: _Found) -> None:
    """A function in the file: a body of nodes, without initializers."""
    name = domain = ""
    for number, value in found.fields(function):
        if number == 1:
            name = _text(value)
        elif number == 10:
            domain = _text(value)
    found.walking = (domain, name)
    found.calls.setdefault(found.walking, [])
    for number, value in found.fields(function):
        if number == 7:
            _walk_node(_bytes(value), found, 0, {})


def _walk_graph(
    graph: memoryview, found: _Found, depth: int, constants: Dict[str, List[int]]
) -> None:
    if depth > MAX_DEPTH:
        raise ModelError(
            f"{found.where} nests graphs deeper than {MAX_DEPTH}: it is no oxide model."
        )
    found.graphs += 1
    if found.graphs > MAX_GRAPHS:
        raise found.too_many(MAX_GRAPHS, "graphs within its graph")
    known = dict(constants)
    nodes: List[memoryview] = []
    for number, value in found.fields(graph):
        if number == 1:
            nodes.append(_bytes(value))
            if len(nodes) > MAX_NODES:
                raise found.too_many(MAX_NODES, "nodes")
        elif number == 5:
            name, numbers = _walk_tensor(_bytes(value), found)
            if numbers is not None:
                known[name] = numbers
        elif number == 15:
            _walk_sparse(_bytes(value), found)
    for node in nodes:
        _walk_node(node, found, depth, known)


def _walk_node(node: memoryview, found: _Found, depth: int, known: Dict[str, List[int]]) -> None:
    found.nodes += 1
    if found.nodes > MAX_NODES:
        raise found.too_many(MAX_NODES, "nodes")
    inputs: List[str] = []
    outputs: List[str] = []
    operator = domain = ""
    constant = None
    for number, value in found.fields(node):
        if number == 1:
            inputs.append(_text(value))
        elif number == 2:
            outputs.append(_text(value))
        elif number == 4:
            operator = _text(value)
        elif number == 5:
            constant = _walk_attribute(_bytes(value), found, depth, known) or constant
        elif number == 7:
            domain = _text(value)
    found.calls[found.walking].append((domain, operator))
    if operator == "Constant" and constant is not None and outputs:
        known[outputs[0]] = constant
    place = SHAPE_INPUTS.get(operator)
    if place is not None and place < len(inputs) and inputs[place] in known:
        _require_small(known[inputs[place]], found.where, operator)


def _walk_attribute(
    attribute: memoryview, found: _Found, depth: int, known: Dict[str, List[int]]
) -> Optional[List[int]]:
    numbers = None
    for number, value in found.fields(attribute):
        if number in (5, 10):
            _, numbers = _walk_tensor(_bytes(value), found)
        elif number in (6, 11):
            _walk_graph(_bytes(value), found, depth + 1, known)
        elif number in (22, 23):
            _walk_sparse(_bytes(value), found)
    return numbers


def _walk_sparse(sparse: memoryview, found: _Found) -> None:
    dimensions: List[int] = []
    for number, value in found.fields(sparse):
        if number in (1, 2):
            _walk_tensor(_bytes(value), found)
        elif number == 3:
            dimensions += _integers(value)
    # A sparse tensor becomes dense, so its size does not depend on that of the file.
    _require_small(dimensions, found.where, "a sparse tensor")


def _walk_tensor(tensor: memoryview, found: _Found) -> Tuple[str, Optional[List[int]]]:
    """Name, and values if they are a few int64, like shapes."""
    found.tensors += 1
    if found.tensors > MAX_TENSORS:
        raise found.too_many(MAX_TENSORS, "tensors")
    name, kind, raw = "", 0, memoryview(b"")
    dimensions: List[int] = []
    numbers: List[int] = []
    location = ""
    for number, value in found.fields(tensor):
        if number == 1:
            dimensions += _integers(value)
        elif number == 2:
            kind = value if isinstance(value, int) else 0
        elif number == 7 and len(numbers) <= 64:
            numbers += _integers(value)
        elif number == 8:
            name = _text(value)
        elif number == 9:
            raw = _bytes(value)
        elif number == 13:
            for part, text in found.fields(_bytes(value)):
                location = location or (_text(text) if part == 2 else "")
            location = location or "elsewhere"
        elif number == 14 and value == 1:
            location = location or "elsewhere"
    if location:
        found.external.append(location)
    else:
        _require_held(dimensions, len(tensor), found.where)
    if kind != _INT64:
        return name, None
    if not numbers and len(raw) % 8 == 0 and len(raw) <= 512:
        numbers = list(struct.unpack(f"<{len(raw) // 8}q", raw))
    return name, numbers if len(numbers) <= 64 else None


def _require_held(dimensions: List[int], held_bytes: int, where: str) -> None:
    """Refuse tensors with more declared than actual numbers: the declared size is allocated."""
    # The smallest elements have four bits and are packed in pairs; empty tensors have a size 0.
    if any(size < 0 for size in dimensions) or _product(dimensions) > 2 * held_bytes + 64:
        raise ModelError(
            f"{where} declares a tensor of {_product(dimensions):.1e} numbers that it does not "
            "hold: it is damaged; use the file as its author published it."
        )


def _require_few_nodes(found: _Found) -> None:
    """Refuse graphs that exceed `MAX_NODES` after their functions are expanded."""
    sizes: Dict[Function, int] = {}

    def size_of(function: Optional[Function], above: Set[Optional[Function]]) -> int:
        if function in above or len(above) > MAX_DEPTH:
            raise ModelError(
                f"{found.where} has functions that call themselves or each other too deeply: it "
                "is no oxide model."
            )
        total = 0
        for called in found.calls[function]:
            if called in found.calls and called not in sizes:
                sizes[called] = size_of(called, above | {function})
            total = min(total + sizes.get(called, 1), MAX_NODES + 1)
        return total

    if size_of(None, set()) > MAX_NODES:
        raise found.too_many(MAX_NODES, "nodes")


def _require_small(sizes: List[int], where: str, what: str) -> None:
    if _product(sizes) > MAX_ELEMENTS:
        raise ModelError(
            f"{where} asks for a tensor of {_product(sizes):.1e} numbers ({what}), more than any "
            "oxide model needs; use the file as its author published it."
        )


def _product(sizes: List[int]) -> float:
    """Product of the sizes that are not 0, as a float, which does not overflow."""
    return math.prod(float(abs(size)) for size in sizes if size != 0)


def _bytes(value: Value) -> memoryview:
    if isinstance(value, int):
        raise ValueError("a number where a message belongs")
    return value


def _text(value: Value) -> str:
    return bytes(_bytes(value)).decode("utf-8")


def _integers(value: Value) -> List[int]:
    """A repeated int64, packed or not; no more than 65 of them."""
    if isinstance(value, int):
        return [_signed(value)]
    numbers: List[int] = []
    position = 0
    while position < len(value) and len(numbers) <= 64:
        number, position = read_varint(value, position)
        numbers.append(_signed(number))
    return numbers


def _signed(value: int) -> int:
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value


def _shown(text: str) -> str:
    """Text of unknown origin on one short line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 200 else f"{line[:100]} ... {line[-100:]}"
