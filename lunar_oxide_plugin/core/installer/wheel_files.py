"""Check a wheel file against its own list of hashes, and unpack it within limits.

A wheel may come from anyone, so its sizes are limited before they are used: those of its directory,
its list of hashes, and its unpacked files.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Dict, Iterator, List, Optional, Set

from ..errors import Cancelled, DependencyError
from ..progress import Progress
from ..translation import tr, tr_message
from .wheel_tags import WheelName, normalised

#: Limits of a wheel. onnxruntime's has 28 MB and 76 MB unpacked, rasterio's 90 MB in 900 files.
MAX_UNPACKED_BYTES = 500_000_000
MAX_ENTRIES = 10_000

#: Largest compression ratio; machine code and Python have three to four.
MAX_EXPANSION = 30
SMALL_BYTES = 5_000_000

#: Most bytes of the zip's directory and of the RECORD: those of 10,000 files with long names.
MAX_LIST_BYTES = 2_000_000

BLOCK_BYTES = 1 << 20

#: Hash algorithms of RECORD (PEP 427: sha256 or better).
HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}

#: Names that Windows reserves for devices, with any extension.
DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))}

#: Errors that zipfile raises for invalid files besides its own: old versions and features,
#: encryption, names that are not text, numbers that do not fit.
DAMAGES = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError),
)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(BLOCK_BYTES), b""):
            digest.update(block)
    return digest.hexdigest()


def require_sound(path: Path) -> None:
    """Refuse files that are not wheels or are too large, before they are unpacked.

    Raises
    ------
    DependencyError
    """
    with _opened(path) as archive:
        _entries(archive, path)
        _record(archive, WheelName.parse(path.name), path.name)


def unpack(path: Path, folder: Path, progress: Progress) -> None:
    """Unpack a wheel, and check every file against the wheel's RECORD.

    Parameters
    ----------
    path : Path
        The wheel; it must have the name of a wheel.
    folder : Path
        An existing folder for the packages.
    progress : Progress
        Receives the share of bytes done.

    Raises
    ------
    DependencyError
        If the wheel is damaged, has files outside its folder, or cannot be written.
    Cancelled
        If the user stopped it; the caller must remove the files unpacked so far.
    """
    name = WheelName.parse(path.name)
    try:
        with _opened(path) as archive:
            entries = _entries(archive, path)
            hashes = _record(archive, name, path.name)
            total = sum(entry.file_size for entry in entries)
            written: Set[str] = set()
            done = 0
            for entry in entries:
                expected = hashes.get(entry.filename)
                target = _target(entry.filename, path.name)
                if expected is None and not _is_record(entry.filename, name):
                    raise _damaged(path.name, f"{entry.filename} is not in its RECORD")
                if target is not None:
                    # Some file systems ignore case.
                    if str(target).lower() in written:
                        raise _damaged(path.name, f"{entry.filename} is there twice")
                    written.add(str(target).lower())
                    _write(archive, entry, folder / target, expected, path.name)
                done += entry.file_size
                progress.report(done / max(1, total))
                if progress.is_cancelled():
                    raise Cancelled(tr("Cancelled: nothing was installed."))
    except OSError as error:
        raise DependencyError(
            tr("{file} cannot be unpacked into {folder} ({reason}).").format(
                file=path.name, folder=folder, reason=error.strerror or error
            )
        ) from error


class _Bounded(io.BufferedReader):
    """A file of which only limited pieces are read, because a zip itself states its sizes."""

    def read(self, size: Optional[int] = -1, /) -> bytes:
        """Read at most the size of a list of files or of a block at a time."""
        to_end = size is None or size < 0
        limit = MAX_LIST_BYTES + 1
        data = super().read(limit if to_end else min(size or 0, limit))
        if len(data) > MAX_LIST_BYTES:
            raise zipfile.BadZipFile("its list of files is too long")
        return data


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A wheel as a zip file; every fault in it becomes a `DependencyError`."""
    try:
        raw = io.FileIO(path)
    except OSError as error:
        raise DependencyError(
            tr("{file} cannot be read ({reason}).").format(
                file=path.name, reason=error.strerror or error
            )
        ) from error
    try:
        with _Bounded(raw) as handle, zipfile.ZipFile(handle) as archive:
            yield archive
    except DAMAGES as error:
        raise _damaged(path.name, str(error) or type(error).__name__) from error


def _entries(archive: zipfile.ZipFile, path: Path) -> List[zipfile.ZipInfo]:
    """The files of a wheel, after a check of their kinds and sizes."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(archive.infolist()) > MAX_ENTRIES:
        raise _damaged(path.name, f"it holds more than {MAX_ENTRIES} files")
    total = sum(entry.file_size for entry in entries)
    if total > min(MAX_UNPACKED_BYTES, SMALL_BYTES + MAX_EXPANSION * path.stat().st_size):
        raise _damaged(path.name, f"it would take {total / 1e6:.0f} MB unpacked")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _damaged(path.name, f"{entry.filename} is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(path.name, f"{entry.filename} is compressed as in no wheel")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _damaged(path.name, f"{entry.filename} is a link")
    return entries


def _write(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    expected: Optional[str],
    wheel: str,
) -> None:
    algorithm, _, wanted = (expected or "").partition("=")
    digest: Any = HASHES[algorithm]() if algorithm in HASHES else None
    if expected and digest is None:
        raise _damaged(wheel, f"unknown hash {algorithm} in its RECORD")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, open(target, "wb") as sink:
        for block in iter(lambda: source.read(BLOCK_BYTES), b""):
            sink.write(block)
            if digest is not None:
                digest.update(block)
    if digest is not None:
        found = base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode("ascii")
        if found != wanted.rstrip("="):
            raise _damaged(wheel, f"{entry.filename} differs from its RECORD")


def _record(archive: zipfile.ZipFile, name: WheelName, wheel: str) -> Dict[str, str]:
    """Hashes by file from the wheel's own list."""
    lists = [entry for entry in archive.infolist() if _is_record(entry.filename, name)]
    lists = [entry for entry in lists if entry.filename.endswith("/RECORD")]
    if len(lists) != 1:
        raise _damaged(wheel, "it has no RECORD")
    if lists[0].file_size > MAX_LIST_BYTES:
        raise _damaged(wheel, f"its RECORD has {lists[0].file_size / 1e6:.0f} MB")
    with archive.open(lists[0]) as handle:
        text = handle.read(MAX_LIST_BYTES).decode("utf-8")
    hashes: Dict[str, str] = {}
    try:
        for row in csv.reader(io.StringIO(text)):
            if len(row) >= 2 and row[1]:
                hashes[row[0]] = row[1]
    except csv.Error as error:
        raise _damaged(wheel, f"its RECORD cannot be read: {error}") from error
    return hashes


def _is_record(member: str, name: WheelName) -> bool:
    """Whether a file is the wheel's own list or a signature of it, which have no hashes."""
    folder, _, file = member.partition("/")
    project = folder[: -len(".dist-info")].rpartition("-")[0]
    return (
        folder.endswith(".dist-info")
        and normalised(project) == name.project
        and file in ("RECORD", "RECORD.jws", "RECORD.p7s")
    )


def _target(member: str, wheel: str) -> Optional[PurePosixPath]:
    """Path of a member in the folder; None for scripts and data, which are not installed."""
    parts = PurePosixPath(member).parts
    if not parts or member.startswith("/") or "\\" in member or ":" in member or ".." in parts:
        raise _damaged(wheel, f"{member!r} would leave its folder")
    for part in parts:
        if part.split(".")[0].strip().lower() in DEVICES or part[-1] in " .":
            raise _damaged(wheel, f"{member!r} has a name that no file can have on Windows")
    if parts[0].endswith(".data"):
        if len(parts) > 2 and parts[1] in ("purelib", "platlib"):
            return PurePosixPath(*parts[2:])
        return None
    return PurePosixPath(*parts)


def _damaged(wheel: str, reason: str) -> DependencyError:
    line = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if len(line) > 400:
        line = f"{line[:200]} ... {line[-200:]}"
    return DependencyError(
        tr("{file} is damaged or no wheel ({reason}): download it again.").format(
            file=wheel, reason=tr_message(line)
        )
    )
