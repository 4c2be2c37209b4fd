"""Progress reports of long operations, and requests to stop them."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the progress of a long operation, and says whether to stop.

    Subclasses may leave out reports that they ignore.
    """

    def report(self, fraction: float) -> None:
        """Receive the share of the work that is done, 0 to 1.

        Parameters
        ----------
        fraction : float
            0 to 1.
        """
        return

    def info(self, message: str) -> None:
        """Receive one line for the log.

        Parameters
        ----------
        message : str
            One line.
        """
        return

    def warn(self, message: str) -> None:
        """Receive one line that the user should not miss.

        Parameters
        ----------
        message : str
            One line.
        """
        return

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop.

        Returns
        -------
        bool
        """


class SilentProgress(Progress):
    """Ignores all reports and never stops the operation."""

    def is_cancelled(self) -> bool:
        """Go on.

        Returns
        -------
        bool
            Always False.
        """
        return False
