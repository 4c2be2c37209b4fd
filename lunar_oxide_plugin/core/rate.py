"""Speed of a run and its remaining time."""

from __future__ import annotations

import time
from typing import Callable, Optional

#: Seconds to the first line of the log, and between later ones.
FIRST_REPORT_SECONDS = 5.0
REPORT_SECONDS = 30.0


class RateMeter:
    """Counts raster pixels and gives a line on the progress from time to time.

    Parameters
    ----------
    total_pixels : int
        Of the whole run.
    done_pixels : int
        Pixels of an earlier run, which do not count in the speed.
    clock : callable
        Returns seconds; replaced in tests.
    """

    def __init__(
        self,
        total_pixels: int,
        done_pixels: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total_pixels
        self._before = self._done = done_pixels
        self._clock = clock
        self._start = clock()
        self._next_report = self._start + FIRST_REPORT_SECONDS

    @property
    def fraction(self) -> float:
        """Share of the pixels that is done."""
        return self._done / max(1, self._total)

    @property
    def seconds(self) -> float:
        """Time since the start of this run."""
        return self._clock() - self._start

    def add(self, pixels: int) -> None:
        """Count pixels.

        Parameters
        ----------
        pixels : int
            Done since the last call.
        """
        self._done += pixels

    def due_line(self) -> Optional[str]:
        """A line for the log, if one is due.

        Returns
        -------
        str or None
            None if it is not yet due.
        """
        if self._clock() < self._next_report or self._done == self._before:
            return None
        self._next_report = self._clock() + REPORT_SECONDS
        rate = self._rate()
        left = (self._total - self._done) / rate
        return (
            f"{megapixels(self._done)} of {megapixels(self._total)} Mpx, {rate / 1e6:.2f} Mpx/s, "
            f"{duration(left)} left"
        )

    def final_line(self) -> str:
        """Pixels, time and speed of the run.

        Returns
        -------
        str
        """
        return (
            f"{megapixels(self._done - self._before)} Mpx in {duration(self.seconds)} "
            f"({self._rate() / 1e6:.2f} Mpx/s)"
        )

    def _rate(self) -> float:
        return (self._done - self._before) / max(self.seconds, 1e-6)


def megapixels(pixels: int) -> str:
    """Millions of pixels, short: ``0.02``, ``3.1``, ``1024``.

    Parameters
    ----------
    pixels : int

    Returns
    -------
    str
    """
    value = pixels / 1e6
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def duration(seconds: float) -> str:
    """A time as ``7 s``, ``3:07 min`` or ``2:03:07 h``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} min"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d} h"
