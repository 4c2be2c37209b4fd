"""The journal of a run: it records the blocks on the disk, so that the run can be continued.

Its head contains the request and the beginning of the data file. A record of fixed size follows for
each finished block, with checksums of the block's bytes and of the record itself. A record is
written after its block's tiles have reached the disk, so that after a power loss every recorded
block exists. Records and blocks that do not fit their checksums are ignored.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Iterable, Iterator, List, Mapping, Sequence

import numpy as np
import numpy.typing as npt

#: Beginning of the mark in the journal and in the unfinished data file, of every release since 0.4.
OWN_MARK = b"lunar-oxide-unfinished "

#: The mark of this release. Journals with another are not continued, because the checksums differ.
MARK = OWN_MARK + b"3\n"

#: Mark of the journals of releases up to 0.3, which have no checksums.
EARLIER_MARK = b"lunar-oxide-journal 1"

#: Bytes whose words are summed, as many as the disk caches of all systems lose at once, or fewer.
_PAGE = 4096


def record_type(tiles: int) -> np.dtype[Any]:
    """Layout of a record for blocks of `tiles` tiles.

    ``offset`` is the position of the first tile in the data file and ``sizes`` the bytes of each
    tile; the tiles follow each other. ``valid`` and ``outside`` count pixels. ``content`` is the
    `content_sum` of the tiles, ``checksum`` the CRC-32 of the record without itself.
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
    """A journal file; the caller must hold the lock on the output.

    Parameters
    ----------
    path : path of the journal
    tiles : int
        Tiles of one block.
    request : mapping
        The request; JSON.
    header : bytes
        First bytes of the data file.

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
        """Close the file; may be called again."""
        self._file.close()

    def no_records(self) -> npt.NDArray[Any]:
        """An empty array of records."""
        return np.empty(0, dtype=self._type)

    def records(self) -> npt.NDArray[Any]:
        """Undamaged records, the latest of each block, if the journal is of the same request."""
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
        """Rewrite the journal with the kept records; new ones are appended."""
        content = self._head + records.tobytes()
        self._file.seek(0)
        if self._file.read() == content:
            return
        # Overwrite the old content without truncating first: it may record hours of work.
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
        """Write records and sync them to the disk."""
        self._file.write(b"".join(record.tobytes() for record in records))
        self._file.flush()
        os.fsync(self._file.fileno())


def content_sum(tiles: Iterable[npt.NDArray[np.uint8]]) -> int:
    """Checksum of tiles in sequence.

    The CRC-32 of the sums of pages' words, and of what is left after the last page. Disks lose
    sectors and pages as wholes, which changes a page's sum; summing takes a tenth of the time of a
    CRC over all bytes.

    Parameters
    ----------
    tiles : iterable of uint8 arrays

    Returns
    -------
    int
    """
    found = 0
    for tile in tiles:
        whole = tile.size // _PAGE * _PAGE
        words = tile[:whole].view(np.uint64).reshape(-1, _PAGE // 8)
        # Sums are modulo 2**64.
        found = zlib.crc32(words.sum(axis=1, dtype=np.uint64).data, found)
        found = zlib.crc32(tile[whole:].data, found)
    return found


def holds_its_bytes(file: BinaryIO, size: int, record: Any) -> bool:
    """Whether a data file of `size` bytes contains the tiles of a record."""
    start = int(record["offset"])
    if start + int(record["sizes"].sum(dtype=np.uint64)) > size:
        return False
    file.seek(start)

    def tiles() -> Iterator[npt.NDArray[np.uint8]]:
        for length in record["sizes"].tolist():
            yield np.frombuffer(file.read(length), dtype=np.uint8)

    return content_sum(tiles()) == int(record["content"])


def speaks_of(journal: Path, part: Path, header: bytes) -> bool:
    """Whether a data file without its mark belongs to a journal.

    Parameters
    ----------
    journal, part : paths
    header : bytes
        First bytes of a data file of the present request.
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
