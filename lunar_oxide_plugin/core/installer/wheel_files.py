"""A wheel file's content: checked against its own list of hashes, and unpacked."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Dict, Optional

from ..errors import Cancelled, DependencyError
from ..progress import Progress
from ..translation import tr
from .wheel_tags import WheelName

#: No package that the plugin installs comes near this once unpacked (onnxruntime: 76 MB).
MAX_UNPACKED_BYTES = 1_500_000_000
BLOCK_BYTES = 1 << 20

#: RECORD names these algorithms only (PEP 427: sha256 or better).
HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(BLOCK_BYTES), b""):
            digest.update(block)
    return digest.hexdigest()


def unpacked_size(path: Path) -> int:
    """Bytes a wheel takes once unpacked.

    Raises
    ------
    DependencyError
        If it cannot be read or is no wheel.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise _damaged(path.name, str(error)) from error


def unpack(path: Path, folder: Path, progress: Progress) -> None:
    """Unpack a wheel, every file checked against the wheel's RECORD.

    Parameters
    ----------
    path : Path
        The wheel; its name must be that of a wheel.
    folder : Path
        An existing folder to receive the packages.
    progress : Progress
        Sees the share of bytes done.

    Raises
    ------
    DependencyError
        If the wheel is damaged, leaves its folder, or cannot be written.
    Cancelled
        If the user stopped it; what was unpacked so far is the caller's to remove.
    """
    name = WheelName.parse(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            hashes = _record(archive, path.name)
            total = sum(entry.file_size for entry in archive.infolist())
            if total > MAX_UNPACKED_BYTES:
                raise _damaged(path.name, f"it would take {total / 1e6:.0f} MB unpacked")
            done = 0
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                expected = hashes.get(entry.filename)
                target = _target(entry.filename, name, path.name)
                if expected is None and not _is_record(entry.filename):
                    raise _damaged(path.name, f"{entry.filename} is not in its RECORD")
                if target is not None:
                    _write(archive, entry, folder / target, expected, path.name)
                done += entry.file_size
                progress.report(done / max(1, total))
                if progress.is_cancelled():
                    raise Cancelled(tr("Cancelled: nothing was installed."))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(path.name, str(error)) from error
    except OSError as error:
        raise DependencyError(
            tr("{file} cannot be unpacked into {folder} ({reason}).").format(
                file=path.name, folder=folder, reason=error.strerror or error
            )
        ) from error


def _write(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    expected: Optional[str],
    wheel: str,
) -> None:
    algorithm, _, wanted = (expected or "").partition("=")
    digest = HASHES[algorithm]() if algorithm in HASHES else None
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


def _record(archive: zipfile.ZipFile, wheel: str) -> Dict[str, str]:
    lists = [entry for entry in archive.namelist() if entry.endswith(".dist-info/RECORD")]
    if len(lists) != 1:
        raise _damaged(wheel, "it has no RECORD")
    try:
        rows = list(csv.reader(io.StringIO(archive.read(lists[0]).decode("utf-8"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _damaged(wheel, f"its RECORD cannot be read: {error}") from error
    return {row[0]: row[1] for row in rows if len(row) >= 2 and row[1]}


def _is_record(member: str) -> bool:
    folder, _, name = member.partition("/")
    return folder.endswith(".dist-info") and name in ("RECORD", "RECORD.jws", "RECORD.p7s")


def _target(member: str, name: WheelName, wheel: str) -> Optional[PurePosixPath]:
    """Place of a member in the folder; None for scripts and data, which are not installed."""
    parts = PurePosixPath(member).parts
    if not parts or member.startswith("/") or "\\" in member or ":" in member or ".." in parts:
        raise _damaged(wheel, f"{member!r} would leave its folder")
    if parts[0].endswith(".data"):
        if len(parts) > 2 and parts[1] in ("purelib", "platlib"):
            return PurePosixPath(*parts[2:])
        return None
    return PurePosixPath(*parts)


def _damaged(wheel: str, reason: str) -> DependencyError:
    return DependencyError(
        tr("{file} is damaged or no wheel ({reason}): download it again.").format(
            file=wheel, reason=reason
        )
    )
