"""The journal of a run: which blocks are safely on disk, so that it can be continued.

Its head says what was asked for and how the data file begins; a record of fixed size follows for
each finished block, with checksums of the block's bytes and of the record itself. A record is
written only when its block's tiles have reached the disk, so that after a power loss everything
it speaks of is there. Nothing is believed unchecked: what does not fit its checksum is dropped.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any, BinaryIO, List, Mapping, Sequence

import numpy as np
import numpy.typing as npt

#: Stands in the journal and in the unfinished data file, by which they are known as ours.
MARK = b"lunar-oxide-unfinished 2\n"

#: How the journals of releases up to 0.3 are known; they vouch for no bytes.
EARLIER_MARK = b"lunar-oxide-journal 1"


def record_type(tiles: int) -> np.dtype[Any]:
    """Layout of a record for blocks of `tiles` tiles.

    ``offset`` is where the first tile starts in the data file and ``sizes`` their bytes, one
    behind the other; ``valid`` and ``outside`` count pixels. ``content`` is the CRC-32 of the
    tiles' bytes, ``checksum`` that of the record without itself.
    """
    return np.dtype(
        [
            ("block", "<u4"),
            ("valid", "<u4"),
            ("outside", "<u4"),
            ("offset", "<u8"),
            ("sizes", "<u4", (tiles,)),
            ("content", "<u4"),
            ("checksum", "<u4"),
        ]
    )


class RunJournal:
    """A journal file; whoever opens it holds the lock on the output.

    Parameters
    ----------
    path : path of the journal
    tiles : int
        Tiles of one block.
    request : mapping
        What was asked for; JSON.
    header : bytes
        How the data file begins.

    Raises
    ------
    OSError
    """

    def __init__(self, path: Path, tiles: int, request: Mapping[str, Any], header: bytes) -> None:
        self.path = path
        self._type = record_type(tiles)
        document = {
            "request": request,
            "header": [len(header), zlib.crc32(header)],
            "tiles": tiles,
        }
        self._head = MARK + json.dumps(document, sort_keys=True).encode() + b"\n"
        mode = "r+b" if path.exists() else "w+b"
        self._file = open(path, mode)  # noqa: SIM115 - held while the run lasts

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()

    def no_records(self) -> npt.NDArray[Any]:
        """An empty array of records."""
        return np.empty(0, dtype=self._type)

    def records(self) -> npt.NDArray[Any]:
        """Intact records, the latest of each block, if the journal is of the same request."""
        self._file.seek(0)
        if self._file.read(len(self._head)) != self._head:
            return self.no_records()
        records = _as_records(self._file.read(), self._type)
        latest = {
            int(record["block"]): number
            for number, record in enumerate(records)
            if int(record["checksum"]) == _checksum(record)
        }
        return records[sorted(latest.values())]

    def begin(self, records: npt.NDArray[Any]) -> None:
        """Bring the journal to the records that are kept; further ones follow them."""
        content = self._head + records.tobytes()
        self._file.seek(0)
        if self._file.read() == content:
            return
        # Over the old content, not after emptying it: it may vouch for hours of work.
        self._file.seek(0)
        self._file.write(content)
        self._file.truncate()
        self._file.flush()

    def make_record(
        self, block: int, valid: int, outside: int, offset: int, sizes: List[int], content: int
    ) -> npt.NDArray[Any]:
        """A record with its checksum, shape (1,)."""
        record = np.zeros(1, dtype=self._type)
        record[0] = (block, valid, outside, offset, sizes, content, 0)
        record["checksum"] = _checksum(record[0])
        return record

    def append(self, records: Sequence[npt.NDArray[Any]]) -> None:
        """Write records so that they outlast a power loss."""
        self._file.write(b"".join(record.tobytes() for record in records))
        self._file.flush()
        os.fsync(self._file.fileno())


def holds_its_bytes(file: BinaryIO, size: int, record: Any) -> bool:
    """Whether a data file of `size` bytes holds what a record says of it."""
    left = int(record["sizes"].sum(dtype=np.uint64))
    start = int(record["offset"])
    if start + left > size:
        return False
    found = 0
    file.seek(start)
    while left:
        piece = file.read(min(left, 1 << 20))
        if not piece:
            return False
        found = zlib.crc32(piece, found)
        left -= len(piece)
    return found == int(record["content"])


def speaks_of(journal: Path, part: Path, header: bytes) -> bool:
    """Whether a data file that has lost its mark is the one that a journal was kept for.

    Parameters
    ----------
    journal, part : paths
    header : bytes
        How the data file begins if it is of the present request.
    """
    size = part.stat().st_size
    with open(journal, "rb") as file, open(part, "rb") as data:
        if size <= len(header):
            return header.startswith(data.read())
        file.seek(len(MARK))
        try:
            tiles = int(json.loads(file.readline(1 << 24))["tiles"])
            records = _as_records(file.read(), record_type(tiles))
        except (ValueError, KeyError, TypeError, MemoryError):
            return False
        return any(
            record["sizes"].any() and holds_its_bytes(data, size, record) for record in records
        )


def _as_records(content: bytes, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    count = len(content) // kind.itemsize
    return np.frombuffer(content[: count * kind.itemsize], dtype=kind)


def _checksum(record: Any) -> int:
    return zlib.crc32(record.tobytes()[:-4])
