"""Output streams that may be closed, broken, or unable to encode a file's name."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Optional, TextIO


class SafeStream:
    """Writes as long as the stream is open; a closed pipe does not stop the run.

    Parameters
    ----------
    stream : text stream or None
        None where the process was started with this stream closed.
    """

    def __init__(self, stream: Optional[TextIO]) -> None:
        self._stream = stream
        #: Why the last text was not written, for another reason than that nobody reads.
        self.failure = ""
        if stream is not None and hasattr(stream, "reconfigure"):
            # Escape characters that the encoding does not have.
            stream.reconfigure(errors="backslashreplace")

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def write(self, text: str) -> None:
        """Write and flush, if the stream is open."""
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            self._stream = None
        except (OSError, ValueError) as error:
            self._stream = None
            self.failure = getattr(error, "strerror", None) or str(error)


def abandon_broken_streams() -> None:
    """Keep Python from failing at exit because of output that cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
