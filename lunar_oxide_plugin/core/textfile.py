"""Writing small text outputs so that a failure leaves no half a file."""

from __future__ import annotations

import contextlib
import uuid
from pathlib import Path
from typing import Union

from .errors import OutputError


def write_text(path: Union[str, Path], text: str, what: str) -> None:
    """Write `text` as UTF-8 beside `path`, then rename: the target is whole or untouched.

    Parameters
    ----------
    path : str or Path
    text : str
        Written as it is, line ends included; a character that UTF-8 cannot hold becomes "?".
    what : str
        What the file is, for the error message, e.g. ``"report"``.

    Raises
    ------
    OutputError
        If the file cannot be written (no folder, no permission, disk full, open elsewhere).
    """
    target = Path(path)
    part = target.parent / f".{uuid.uuid4().hex}.part"
    try:
        with open(part, "x", encoding="utf-8", errors="replace", newline="") as handle:
            handle.write(text)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"The {what} {target} cannot be written ({error.strerror or error}); close it in "
            "other programs or choose another place."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
