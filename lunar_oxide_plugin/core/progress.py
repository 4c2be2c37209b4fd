"""How long operations tell where they are, and learn that they shall stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a caller hands to a long operation."""

    def report(self, fraction: float) -> None:
        """Take the share of the work that is done, 0 to 1.

        Parameters
        ----------
        fraction : float
            0 to 1.
        """

    def info(self, message: str) -> None:
        """Take one line for the log.

        Parameters
        ----------
        message : str
            One line.
        """

    def warn(self, message: str) -> None:
        """Take one line that the user should not miss.

        Parameters
        ----------
        message : str
            One line.
        """

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop.

        Returns
        -------
        bool
        """


class SilentProgress:
    """Listens to nothing and never stops."""

    def report(self, fraction: float) -> None:
        """Ignore the share done.

        Parameters
        ----------
        fraction : float
            0 to 1.
        """

    def info(self, message: str) -> None:
        """Ignore the line.

        Parameters
        ----------
        message : str
            One line.
        """

    def warn(self, message: str) -> None:
        """Ignore the warning.

        Parameters
        ----------
        message : str
            One line.
        """

    def is_cancelled(self) -> bool:
        """Go on.

        Returns
        -------
        bool
            Always False.
        """
        return False
