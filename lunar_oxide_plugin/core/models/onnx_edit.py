"""Add nodes to an ONNX graph without the onnx package, which QGIS's Python does not have.

Field numbers are those of onnx.proto (IR version 8, unchanged since version 3). A file is divided
into fields, single fields are replaced, and all others are written back unchanged.
"""

from __future__ import annotations

from typing import Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import ModelError
from .protobuf_wire import Field, bytes_field, join, number_field, read_varint, split, text_field

#: ModelProto, GraphProto, NodeProto, AttributeProto, ValueInfoProto, TensorProto.
_MODEL_OPSET, _MODEL_GRAPH, _MODEL_METADATA = 8, 7, 14
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_INFO = 1, 5, 11, 12, 13
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE, _NODE_ATTRIBUTE = 1, 2, 4, 5
_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS = 6, 11
_FLOAT, _INT64 = 1, 7
_ATTRIBUTE_INT, _ATTRIBUTE_INTS = 2, 7


class GraphEditor:
    """A model file, divided into fields for editing.

    Parameters
    ----------
    content : bytes
    where : str
        The file's name, for messages.

    Attributes
    ----------
    opset : int
        Version of the default operator set.
    inputs, outputs : tuple of str
        Names; inputs that have an initializer are left out.

    Raises
    ------
    ModelError
        If the file is not an ONNX model.
    """

    def __init__(self, content: bytes, where: str) -> None:
        try:
            self._model = split(content)
            graphs = [field for field in self._model if field.number == _MODEL_GRAPH]
            # A message in several parts is the concatenation of the parts.
            self._graph = split(b"".join(field.payload for field in graphs))
            self.opset = _opset(self._model)
            initialized = {_named(f, 8) for f in self._graph if f.number == _GRAPH_INITIALIZER}
            self.inputs = tuple(
                name for name in self._names(_GRAPH_INPUT) if name not in initialized
            )
            self.outputs = self._names(_GRAPH_OUTPUT)
            self._used = _tensor_names(self._graph)
        except (ValueError, UnicodeDecodeError) as error:
            raise ModelError(f"{where} is not a usable ONNX model: {error}.") from error
        if not graphs:
            raise ModelError(f"{where} is not a usable ONNX model: it holds no graph.")
        self._added: List[bytes] = []

    def fresh_prefix(self, stem: str) -> str:
        """A prefix that no tensor's name in the graph begins with, e.g. ``"refine1_"``.

        Parameters
        ----------
        stem : str

        Returns
        -------
        str
        """
        number = 1
        while any(name.startswith(f"{stem}{number}_") for name in self._used):
            number += 1
        return f"{stem}{number}_"

    def rename(self, names: Mapping[str, str]) -> None:
        """Rename tensors everywhere in the graph; graph outputs keep their names.

        Parameters
        ----------
        names : mapping of str to str
        """
        self._graph = [
            field if field.number == _GRAPH_OUTPUT else _renamed_in_graph(field, names)
            for field in self._graph
        ]
        self._used = (self._used - set(names)) | set(names.values())

    def add_constant(self, name: str, values: npt.ArrayLike) -> str:
        """Add an initializer, float32 or, for an integer array, int64; return its name.

        Parameters
        ----------
        name : str
        values : array

        Returns
        -------
        str
        """
        array = np.asarray(values)
        kind, dtype = (_INT64, "<i8") if array.dtype.kind == "i" else (_FLOAT, "<f4")
        tensor = b"".join(number_field(1, size) for size in array.shape)
        tensor += number_field(2, kind) + text_field(8, name)
        tensor += bytes_field(9, np.ascontiguousarray(array, dtype=dtype).tobytes())
        self._added.append(bytes_field(_GRAPH_INITIALIZER, tensor))
        self._used.add(name)
        return name

    def add_node(
        self, operator: str, inputs: Sequence[str], output: str, **attributes: object
    ) -> str:
        """Add a node after all others; attributes are int or tuple of int. Return `output`.

        Parameters
        ----------
        operator : str
        inputs : sequence of str
        output : str

        Returns
        -------
        str
        """
        node = b"".join(text_field(_NODE_INPUT, name) for name in inputs)
        # The node has no name: names must be unique, and nothing refers to a node's name.
        node += text_field(_NODE_OUTPUT, output) + text_field(_NODE_TYPE, operator)
        for name, value in attributes.items():
            node += bytes_field(_NODE_ATTRIBUTE, _attribute(name, value))
        self._added.append(bytes_field(_GRAPH_NODE, node))
        self._used.add(output)
        return output

    def content(
        self, metadata: Mapping[str, str], outputs: Optional[Sequence[str]] = None
    ) -> bytes:
        """The edited file, with `metadata` in place of entries of the same keys.

        Parameters
        ----------
        metadata : mapping of str to str
        outputs : sequence of str, optional
            The outputs to keep, with the nodes that they need; all by default.

        Returns
        -------
        bytes
        """
        graph = join(self._graph) + b"".join(self._added)
        if outputs is not None:
            graph = join(_needed(split(graph), outputs))
        parts = []
        placed = False
        for field in self._model:
            if field.number == _MODEL_GRAPH:
                if not placed:
                    parts.append(bytes_field(_MODEL_GRAPH, graph))
                placed = True
            elif field.number == _MODEL_METADATA and _named(field, 1) in metadata:
                continue
            else:
                parts.append(field.raw)
        for key, value in metadata.items():
            parts.append(bytes_field(_MODEL_METADATA, text_field(1, key) + text_field(2, value)))
        return b"".join(parts)

    def _names(self, number: int) -> Tuple[str, ...]:
        return tuple(_named(field, 1) for field in self._graph if field.number == number)


def with_outputs(content: bytes, where: str, outputs: Sequence[str]) -> bytes:
    """A model file that gives only some of its outputs, and computes only what they need.

    Parameters
    ----------
    content : bytes
    where : str
        The file's name, for messages.
    outputs : sequence of str
        Names of the outputs to keep.

    Returns
    -------
    bytes

    Raises
    ------
    ModelError
        If the file is not an ONNX model.
    """
    return GraphEditor(content, where).content({}, outputs)


def _needed(graph: Sequence[Field], outputs: Sequence[str]) -> List[Field]:
    """The fields of a graph without other outputs and the nodes that only these need."""
    nodes = []
    for field in graph:
        if field.number == _GRAPH_NODE:
            parts = split(field.payload)
            made = {part.text for part in parts if part.number == _NODE_OUTPUT}
            nodes.append((field, made, _tensor_names([field]) | _names_in_bodies(parts)))
    wanted, before = set(outputs), -1
    while len(wanted) > before:
        before = len(wanted)
        for _, made, used in reversed(nodes):
            if made & wanted:
                wanted |= used
    dropped = {id(field) for field, made, _ in nodes if not made & wanted}
    return [
        field
        for field in graph
        if id(field) not in dropped
        and (field.number != _GRAPH_OUTPUT or _named(field, 1) in outputs)
    ]


def _names_in_bodies(parts: Sequence[Field]) -> set[str]:
    """Names that the bodies of a node (If, Loop, Scan) use; they may be tensors outside."""
    names: set[str] = set()
    for part in parts:
        if part.number != _NODE_ATTRIBUTE:
            continue
        for field in split(part.payload):
            if field.number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS) and field.wire == 2:
                body = split(field.payload)
                names |= _tensor_names(body)
                for inner in body:
                    if inner.number == _GRAPH_NODE:
                        names |= _names_in_bodies(split(inner.payload))
    return names


def _attribute(name: str, value: object) -> bytes:
    if isinstance(value, int):
        return text_field(1, name) + number_field(3, value) + number_field(20, _ATTRIBUTE_INT)
    if isinstance(value, tuple):
        numbers = b"".join(number_field(8, int(item)) for item in value)
        return text_field(1, name) + numbers + number_field(20, _ATTRIBUTE_INTS)
    raise TypeError(f"attribute {name} of {type(value).__name__}")


def _opset(model: Iterable[Field]) -> int:
    """Version of the default domain's operators; 1 if the file does not give it."""
    version = 1
    for field in model:
        if field.number != _MODEL_OPSET:
            continue
        domain, number = "", 1
        for part in split(field.payload):
            if part.number == 1:
                domain = part.text
            elif part.number == 2:
                number, _ = read_varint(part.payload, 0)
        if domain in ("", "ai.onnx"):
            version = number
    return version


def _named(field: Field, number: int) -> str:
    """The string in a sub-message's field, empty if it has none."""
    name = ""
    for part in split(field.payload):
        if part.number == number:
            name = part.text
    return name


def _tensor_names(graph: Sequence[Field]) -> set[str]:
    names = set()
    for field in graph:
        if field.number == _GRAPH_NODE:
            for part in split(field.payload):
                if part.number in (_NODE_INPUT, _NODE_OUTPUT):
                    names.add(part.text)
        elif field.number == _GRAPH_INITIALIZER:
            names.add(_named(field, 8))
        elif field.number in (_GRAPH_INPUT, _GRAPH_OUTPUT):
            names.add(_named(field, 1))
    return names


def _renamed_in_graph(field: Field, names: Mapping[str, str]) -> Field:
    """A field of a graph with renamed tensors: nodes, their sub-graphs, initializers, types."""
    if field.number == _GRAPH_NODE:
        return _rebuilt(field, [_renamed_in_node(part, names) for part in split(field.payload)])
    if field.number in (_GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_INFO):
        return _with_name(field, 1, names)
    if field.number == _GRAPH_INITIALIZER:
        return _with_name(field, 8, names)
    return field


def _renamed_in_node(part: Field, names: Mapping[str, str]) -> Field:
    if part.number in (_NODE_INPUT, _NODE_OUTPUT):
        return _with_text(part, names)
    if part.number != _NODE_ATTRIBUTE:
        return part
    inner = []
    for field in split(part.payload):
        if field.number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS) and field.wire == 2:
            body = [_renamed_in_graph(f, names) for f in split(field.payload)]
            inner.append(_rebuilt(field, body))
        else:
            inner.append(field)
    return _rebuilt(part, inner)


def _with_name(field: Field, number: int, names: Mapping[str, str]) -> Field:
    parts = split(field.payload)
    return _rebuilt(field, [_with_text(p, names) if p.number == number else p for p in parts])


def _with_text(part: Field, names: Mapping[str, str]) -> Field:
    new: Optional[str] = names.get(part.text)
    if new is None:
        return part
    payload = new.encode("utf-8")
    return Field(part.number, part.wire, bytes_field(part.number, payload), payload)


def _rebuilt(field: Field, parts: Sequence[Field]) -> Field:
    payload = join(parts)
    return Field(field.number, field.wire, bytes_field(field.number, payload), payload)
