"""Looking into an ONNX file before anything runs it: model files come from strangers.

Only the structure is read (protobuf wire format, field numbers of onnx.proto): where the
weights lie, how large the tensors are that a few bytes of the file make ONNX Runtime allocate,
how many nodes a graph comes to once its functions are written out, and how much text the file
carries. Nothing is computed and nothing outside the file is opened.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional, Set, Tuple, Union

from ..errors import ModelError
from .protobuf_wire import read_varint, values

#: A description has a few kilobytes and no model needs more text than this.
MAX_METADATA_BYTES = 4_000_000

#: Elements of one tensor that constants in the file may ask for: 256 MB as float32. A chunk
#: of 8192 pixels with a thousand features has an eighth of it.
MAX_ELEMENTS = 1 << 26

#: Graphs within graphs (bodies of If, Loop, Scan); exporters reach two or three levels.
MAX_DEPTH = 16

#: Networks of the field have tens to hundreds of nodes. ONNX Runtime opens ten thousand in half
#: a second, and its time grows with the square.
MAX_NODES = 10_000
MAX_TENSORS = 10_000
MAX_GRAPHS = 100

#: Parts of the file in all: a second for this reader, and some 200 MB for ONNX Runtime's. A network
#: has hundreds; a forest of a hundred thousand splits comes near it.
MAX_PARTS = 1_000_000

#: Operators whose result is as large as a constant input says, and where that input stands.
SHAPE_INPUTS: Dict[str, int] = {
    "ConstantOfShape": 0,
    "Expand": 1,
    "Tile": 1,
    "Range": 1,
    "Resize": 3,
}

#: Operators whose result may grow with the numbers that pass, not only with their count.
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
    """What a file says of its graph.

    Attributes
    ----------
    ir_version : int
    opsets : tuple of (str, int)
        Operator sets and their versions; the first domain is ``"ai.onnx"`` where it is there.
    may_grow : bool
        Whether tensors may grow with the spectra's numbers, so that no trial bounds them.
    has_branches : bool
        Whether there are graphs within the graph, which a trial need not reach.
    """

    ir_version: int
    opsets: Tuple[Tuple[str, int], ...]
    may_grow: bool
    has_branches: bool


@dataclass
class _Found:
    """What a walk over the file collects."""

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
        """Fields of a message, counted."""
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
    """Refuse a model file that reaches outside itself or asks for absurd amounts of memory.

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
        If the file is no ONNX model, keeps weights in other files, carries megabytes of
        metadata, has constants that ask for tensors of more than `MAX_ELEMENTS`, tensors larger
        than what the file holds of them, or more nodes, tensors and graphs than any model has.
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
    """A function of the file's own: a body of nodes, without initializers."""
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
    # A sparse tensor is made dense: its size has nothing to do with the file's.
    _require_small(dimensions, found.where, "a sparse tensor")


def _walk_tensor(tensor: memoryview, found: _Found) -> Tuple[str, Optional[List[int]]]:
    """Name, and values if they are a few int64 as shapes are."""
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
    """Declared sizes are believed by allocators: the file must hold as many numbers."""
    # The smallest elements, of four bits, are packed in pairs; empty tensors have a size 0.
    if any(size < 0 for size in dimensions) or _product(dimensions) > 2 * held_bytes + 64:
        raise ModelError(
            f"{where} declares a tensor of {_product(dimensions):.1e} numbers that it does not "
            "hold: it is damaged; use the file as its author published it."
        )


def _require_few_nodes(found: _Found) -> None:
    """Refuse graphs that grow beyond `MAX_NODES` once functions are written out in them."""
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
    """Product of the sizes that are not 0; a float, as strangers' products overflow nothing."""
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
    """A stranger's text on one short line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 200 else f"{line[:100]} ... {line[-100:]}"
