"""The plugin's folder in the user's profile: own models and installed packages live there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Optional

FOLDER_NAME = "lunar_oxide"

_folder: Optional[Path] = None


def use_profile(profile: Optional[Path]) -> None:
    """Name the user's QGIS profile; None (as outside of QGIS) means there is none.

    Parameters
    ----------
    profile : Path or None
    """
    global _folder
    _folder = None if profile is None else Path(profile) / FOLDER_NAME


def packages_folder() -> Optional[Path]:
    """Folder of packages installed for this Python, e.g. ``.../lunar_oxide/python3.11``.

    Returns
    -------
    Path or None
        None outside of QGIS; the folder need not exist.
    """
    if _folder is None:
        return None
    return _folder / f"python{sys.version_info.major}.{sys.version_info.minor}"


def models_folder() -> Optional[Path]:
    """Folder of the user's own models.

    Returns
    -------
    Path or None
        None outside of QGIS; the folder need not exist.
    """
    return None if _folder is None else _folder / "models"
