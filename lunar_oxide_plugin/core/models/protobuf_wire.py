"""Protocol buffers at wire level: divide a message into fields and join them again.

Unknown fields are kept byte for byte, so that editing one field of an ONNX file does not change the
others. The encoding is that of https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Iterator, List, Tuple, Union

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True)
class Field:
    """One field of a message.

    Attributes
    ----------
    number, wire : int
        Field number and wire type.
    raw : bytes
        All bytes of the field, with tag and length.
    payload : bytes
        The value without tag and length (of a varint, its bytes).
    """

    number: int
    wire: int
    raw: bytes
    payload: bytes

    @property
    def text(self) -> str:
        """The payload as text."""
        return self.payload.decode("utf-8")


def split(message: bytes) -> List[Field]:
    """Divide a message into fields.

    Raises
    ------
    ValueError
        If it is no message.
    """
    found = []
    position, end = 0, len(message)
    while position < end:
        start = position
        key, position = read_varint(message, position)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise ValueError("field number 0")
        if wire == VARINT:
            inner = position
            _, position = read_varint(message, position)
        elif wire == BYTES:
            length, inner = read_varint(message, position)
            position = inner + length
        elif wire in (FIXED64, FIXED32):
            inner, position = position, position + (8 if wire == FIXED64 else 4)
        else:
            raise ValueError(f"wire type {wire}")
        if position > end:
            raise ValueError("cut off")
        found.append(Field(number, wire, message[start:position], message[inner:position]))
    return found


def values(message: memoryview) -> Iterator[Tuple[int, Union[int, memoryview]]]:
    """Field numbers and values of a message, without copies.

    Raises
    ------
    ValueError
        If it is no message.
    """
    position, end = 0, len(message)
    while position < end:
        key, position = read_varint(message, position)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise ValueError("field number 0")
        if wire == VARINT:
            value, position = read_varint(message, position)
            yield number, value
            continue
        if wire == BYTES:
            length, position = read_varint(message, position)
        elif wire in (FIXED64, FIXED32):
            length = 8 if wire == FIXED64 else 4
        else:
            raise ValueError(f"wire type {wire}")
        if length > end - position:
            raise ValueError("cut off")
        yield number, message[position : position + length]
        position += length


def join(fields: Iterable[Field]) -> bytes:
    """Join fields."""
    return b"".join(field.raw for field in fields)


def read_varint(message: Union[bytes, memoryview], position: int) -> Tuple[int, int]:
    """A varint and the position after it.

    Raises
    ------
    ValueError
    """
    result = 0
    for shift in range(0, 70, 7):
        if position >= len(message):
            raise ValueError("cut off")
        byte = message[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, position
    raise ValueError("endless varint")


def varint(value: int) -> bytes:
    """Encode an integer; negative ones as 64-bit two's complement."""
    value &= (1 << 64) - 1
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def number_field(number: int, value: int) -> bytes:
    """An integer field."""
    return varint(number << 3 | VARINT) + varint(value)


def bytes_field(number: int, value: bytes) -> bytes:
    """A field of bytes: a message, a string, packed numbers."""
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def text_field(number: int, value: str) -> bytes:
    """A string field."""
    return bytes_field(number, value.encode("utf-8"))
