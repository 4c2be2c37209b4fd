"""What the program that will show the maps can read.

QGIS has a GDAL of its own, with fewer compressions than rasterio's on some systems: QGIS 3.44 and
4.0 for macOS had no ZSTD.
"""

from __future__ import annotations

from typing import FrozenSet, Iterable

_UNREADABLE: FrozenSet[str] = frozenset()


def set_unreadable(compressions: Iterable[str]) -> None:
    """Name the compressions that the program cannot read, so that none is taken by itself.

    Parameters
    ----------
    compressions : iterable of str
        GDAL's names, in lower case.
    """
    global _UNREADABLE
    _UNREADABLE = frozenset(compressions)


def is_readable(compression: str) -> bool:
    """Whether the program reads a compression; True where nobody has said otherwise.

    Parameters
    ----------
    compression : str
        GDAL's name, in lower case.

    Returns
    -------
    bool
    """
    return compression not in _UNREADABLE
