"""Progress on a terminal or in a log, and signals that stop the run."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from types import FrameType
from typing import Iterator, Optional

from .streams import SafeStream

_BAR_WIDTH = 30


class TerminalProgress:
    """Shows a bar on a terminal, lines anywhere else; stops at SIGINT and SIGTERM.

    Parameters
    ----------
    stream : SafeStream
    quiet : bool
        Whether to show warnings only.
    """

    def __init__(self, stream: SafeStream, quiet: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet
        self._bar = stream.isatty() and not quiet
        self._shown = -1.0
        #: Number of the signal that asked to stop; 0 without one.
        self.received = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Treat SIGINT and SIGTERM as requests to stop."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._on_signal) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before):
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: Optional[FrameType]) -> None:
        self.received = number

    def report(self, fraction: float) -> None:
        """Update the bar."""
        if self._bar and (abs(fraction - self._shown) >= 0.001 or fraction >= 1.0 > self._shown):
            self._shown = fraction
            filled = round(fraction * _BAR_WIDTH)
            bar = "#" * filled + "-" * (_BAR_WIDTH - filled)
            self._stream.write(f"\r[{bar}] {fraction:6.1%}")

    def info(self, message: str) -> None:
        """Write a line."""
        if not self._quiet:
            self._line(message)

    def warn(self, message: str) -> None:
        """Write a warning."""
        self._line(f"Warning: {message}")

    def is_cancelled(self) -> bool:
        """Whether a signal was received."""
        return self.received != 0

    def close(self) -> None:
        """End the bar's line."""
        if self._bar and self._shown >= 0:
            self._stream.write("\n")

    def _line(self, message: str) -> None:
        if self._bar and self._shown >= 0:
            self._stream.write("\r" + " " * (_BAR_WIDTH + 10) + "\r")
            self._shown = -1.0
        self._stream.write(message + "\n")
