"""Looking into an ONNX file before anything runs it: model files come from strangers.

Only the structure is read (protobuf wire format, field numbers of onnx.proto): where the
weights lie, how large the tensors are that a few bytes of the file make ONNX Runtime allocate,
and how much text the file carries. Nothing is computed and nothing outside the file is opened.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional, Tuple, Union

from ..errors import ModelError

#: A description has a few kilobytes and no model needs more text than this.
MAX_METADATA_BYTES = 4_000_000

#: Elements of one tensor that constants in the file may ask for: 256 MB as float32. A chunk
#: of 8192 pixels with a thousand features has an eighth of it.
MAX_ELEMENTS = 1 << 26

#: Graphs within graphs (bodies of If, Loop, Scan); exporters reach two or three levels.
MAX_DEPTH = 16

#: Operators whose result is as large as a constant input says, and where that input stands.
SHAPE_INPUTS: Dict[str, int] = {
    "ConstantOfShape": 0,
    "Expand": 1,
    "Tile": 1,
    "Range": 1,
    "Resize": 3,
}

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_INT64 = 7

Value = Union[int, memoryview]


@dataclass
class _Found:
    """What a walk over the file collects."""

    external: List[str] = field(default_factory=list)
    metadata_bytes: int = 0
    has_graph: bool = False


def require_harmless(content: bytes, where: str) -> None:
    """Refuse a model file that reaches outside itself or asks for absurd amounts of memory.

    Parameters
    ----------
    content : bytes
        The whole file.
    where : str
        The file's name, for messages.

    Raises
    ------
    ModelError
        If the file is no ONNX model, keeps weights in other files, carries megabytes of
        metadata, or has constants that ask for tensors of more than `MAX_ELEMENTS`.
    """
    found = _Found()
    try:
        _walk_model(memoryview(content), found, where)
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


def _walk_model(model: memoryview, found: _Found, where: str) -> None:
    for number, value in _fields(model):
        if number == 7:
            found.has_graph = True
            _walk_graph(_bytes(value), found, where, 0, {})
        elif number == 14:
            found.metadata_bytes += len(_bytes(value))
            if found.metadata_bytes > MAX_METADATA_BYTES:
                raise ModelError(
                    f"{where} carries more than {MAX_METADATA_BYTES / 1e6:.0f} MB of metadata, "
                    "which is no model description; use the file as its author published it."
                )
        elif number == 25:  # functions: bodies of nodes, without initializers
            for part, node in _fields(_bytes(value)):
                if part == 7:
                    _walk_node(_bytes(node), found, where, 0, {})


def _walk_graph(
    graph: memoryview, found: _Found, where: str, depth: int, constants: Dict[str, List[int]]
) -> None:
    if depth > MAX_DEPTH:
        raise ModelError(f"{where} nests graphs deeper than {MAX_DEPTH}: it is no oxide model.")
    known = dict(constants)
    nodes: List[memoryview] = []
    for number, value in _fields(graph):
        if number == 1:
            nodes.append(_bytes(value))
        elif number == 5:
            name, numbers = _walk_tensor(_bytes(value), found, where)
            if numbers is not None:
                known[name] = numbers
        elif number == 15:
            _walk_sparse(_bytes(value), found, where)
    for node in nodes:
        _walk_node(node, found, where, depth, known)


def _walk_node(
    node: memoryview, found: _Found, where: str, depth: int, known: Dict[str, List[int]]
) -> None:
    inputs: List[str] = []
    outputs: List[str] = []
    operator = ""
    constant = None
    for number, value in _fields(node):
        if number == 1:
            inputs.append(_text(value))
        elif number == 2:
            outputs.append(_text(value))
        elif number == 4:
            operator = _text(value)
        elif number == 5:
            constant = _walk_attribute(_bytes(value), found, where, depth, known) or constant
    if operator == "Constant" and constant is not None and outputs:
        known[outputs[0]] = constant
    place = SHAPE_INPUTS.get(operator)
    if place is not None and place < len(inputs) and inputs[place] in known:
        _require_small(known[inputs[place]], where, operator)


def _walk_attribute(
    attribute: memoryview, found: _Found, where: str, depth: int, known: Dict[str, List[int]]
) -> Optional[List[int]]:
    numbers = None
    for number, value in _fields(attribute):
        if number in (5, 10):
            _, numbers = _walk_tensor(_bytes(value), found, where)
        elif number in (6, 11):
            _walk_graph(_bytes(value), found, where, depth + 1, known)
        elif number in (22, 23):
            _walk_sparse(_bytes(value), found, where)
    return numbers


def _walk_sparse(sparse: memoryview, found: _Found, where: str) -> None:
    dimensions: List[int] = []
    for number, value in _fields(sparse):
        if number in (1, 2):
            _walk_tensor(_bytes(value), found, where)
        elif number == 3:
            dimensions += _integers(value)
    # A sparse tensor is made dense: its size has nothing to do with the file's.
    _require_small(dimensions, where, "a sparse tensor")


def _walk_tensor(tensor: memoryview, found: _Found, where: str) -> Tuple[str, Optional[List[int]]]:
    """Name, and values if they are a few int64 as shapes are."""
    name, kind, raw = "", 0, memoryview(b"")
    dimensions: List[int] = []
    numbers: List[int] = []
    location = ""
    for number, value in _fields(tensor):
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
            pair = {part: _text(text) for part, text in _fields(_bytes(value))}
            location = location or pair.get(2, "") or "elsewhere"
        elif number == 14 and value == 1:
            location = location or "elsewhere"
    if location:
        found.external.append(location)
    # Declared sizes are believed by allocators: they must be those of an actual network.
    if math.prod(dimensions) > 16 * MAX_ELEMENTS or any(size < 0 for size in dimensions):
        _require_small(dimensions, where, "a tensor")
    if kind != _INT64:
        return name, None
    if not numbers and len(raw) % 8 == 0 and len(raw) <= 512:
        numbers = list(struct.unpack(f"<{len(raw) // 8}q", raw))
    return name, numbers if len(numbers) <= 64 else None


def _require_small(sizes: List[int], where: str, what: str) -> None:
    product = math.prod(abs(size) for size in sizes if size != 0)
    if product > MAX_ELEMENTS:
        raise ModelError(
            f"{where} asks for a tensor of {product:.1e} numbers ({what}), more than any oxide "
            "model needs; use the file as its author published it."
        )


def _fields(message: memoryview) -> Iterator[Tuple[int, Value]]:
    """Field numbers and values of a protobuf message; ValueError where it is none."""
    position, end = 0, len(message)
    while position < end:
        key, position = _varint(message, position)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise ValueError("field number 0")
        if wire == _VARINT:
            value, position = _varint(message, position)
            yield number, value
            continue
        if wire == _BYTES:
            length, position = _varint(message, position)
        elif wire in (_FIXED64, _FIXED32):
            length = 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"wire type {wire}")
        if length > end - position:
            raise ValueError("cut off")
        yield number, message[position : position + length]
        position += length


def _varint(message: memoryview, position: int) -> Tuple[int, int]:
    result = 0
    for shift in range(0, 70, 7):
        byte = message[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, position
    raise ValueError("endless varint")


def _bytes(value: Value) -> memoryview:
    if isinstance(value, int):
        raise ValueError("a number where a message belongs")
    return value


def _text(value: Value) -> str:
    return bytes(_bytes(value)).decode("utf-8")


def _integers(value: Value) -> List[int]:
    """A repeated int64, packed or not."""
    if isinstance(value, int):
        return [_signed(value)]
    numbers: List[int] = []
    position = 0
    while position < len(value) and len(numbers) <= 64:
        number, position = _varint(value, position)
        numbers.append(_signed(number))
    return numbers


def _signed(value: int) -> int:
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value


def _shown(text: str) -> str:
    """A stranger's text on one short line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80]
