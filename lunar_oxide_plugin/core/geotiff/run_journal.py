"""The journal of a run: which blocks are safely on disk, so that it can be continued.

A header line says what was asked for; a record of fixed size follows for each finished block.
A record is written only when its block's tiles have reached the disk, so that after a power
loss everything it speaks of is there. A half-written record at the end is recognised by its
checksum and dropped.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any, List, Mapping, Optional

import numpy as np
import numpy.typing as npt

from ..errors import OutputError

_MAGIC = "lunar-oxide-journal 1"


def record_type(tiles: int) -> np.dtype[Any]:
    """Layout of a record for blocks of `tiles` tiles.

    ``offset`` is where the first tile starts in the data file and ``sizes`` their bytes, one
    behind the other; ``valid`` and ``outside`` count pixels.
    """
    return np.dtype(
        [
            ("block", "<u4"),
            ("valid", "<u4"),
            ("outside", "<u4"),
            ("offset", "<u8"),
            ("sizes", "<u4", (tiles,)),
            ("checksum", "<u4"),
        ]
    )


class RunJournal:
    """A journal file, locked against a second run while it is open.

    Parameters
    ----------
    path : path of the journal
    tiles : int
        Tiles of one block.

    Raises
    ------
    OutputError
        If another run holds it, or it cannot be opened.
    """

    def __init__(self, path: Path, tiles: int) -> None:
        self.path = path
        self._type = record_type(tiles)
        try:
            self._file = open(path, "a+b")  # noqa: SIM115 - held while the run lasts
        except OSError as error:
            raise OutputError(
                f"{path} cannot be opened ({error.strerror}): check that the folder is writable."
            ) from error
        if not _lock(self._file.fileno()):
            self._file.close()
            raise OutputError(
                f"Another run is writing the same output ({path.name} is in use): wait for it or "
                "choose another output file."
            )

    def close(self) -> None:
        """Release the journal."""
        self._file.close()

    def remove(self) -> None:
        """Release and delete the journal."""
        self._file.close()
        try:
            self.path.unlink()
        except FileNotFoundError:
            return

    def no_records(self) -> npt.NDArray[Any]:
        """An empty array of records."""
        return np.empty(0, dtype=self._type)

    def records(self, request: Mapping[str, Any]) -> Optional[npt.NDArray[Any]]:
        """Intact records if the journal is of the same request; None if it is not.

        A damaged tail is cut off, so that new records follow the intact ones.
        """
        self._file.seek(0)
        header = self._file.readline(1 << 20)
        if header != _header(request):
            return None
        body = self._file.read()
        count = len(body) // self._type.itemsize
        records = np.frombuffer(body[: count * self._type.itemsize], dtype=self._type)
        intact = 0
        while intact < count and int(records[intact]["checksum"]) == _checksum(records[intact]):
            intact += 1
        self._file.truncate(len(header) + intact * self._type.itemsize)
        return records[:intact]

    def begin(self, request: Mapping[str, Any]) -> None:
        """Start anew for a request."""
        self._file.seek(0)
        self._file.truncate(0)
        self._file.write(_header(request))
        self._file.flush()

    def make_record(
        self, block: int, valid: int, outside: int, offset: int, sizes: List[int]
    ) -> npt.NDArray[Any]:
        """A record with its checksum, shape (1,)."""
        record = np.zeros(1, dtype=self._type)
        record[0] = (block, valid, outside, offset, sizes, 0)
        record["checksum"] = _checksum(record[0])
        return record

    def append(self, records: List[npt.NDArray[Any]]) -> None:
        """Write records; `sync` makes them outlast a power loss."""
        self._file.write(b"".join(record.tobytes() for record in records))
        self._file.flush()

    def sync(self) -> None:
        """Write through to the disk."""
        os.fsync(self._file.fileno())


def _header(request: Mapping[str, Any]) -> bytes:
    return (json.dumps({"journal": _MAGIC, **request}, sort_keys=True) + "\n").encode()


def _checksum(record: Any) -> int:
    return zlib.crc32(record.tobytes()[:-4])


def _lock(descriptor: int) -> bool:
    """Lock a file for this process until it is closed or the process ends."""
    if sys.platform == "win32":
        import msvcrt

        try:
            # A byte far behind the content: Windows locks keep others from reading.
            os.lseek(descriptor, 1 << 30, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # file systems without locks (some network shares)
    return True
