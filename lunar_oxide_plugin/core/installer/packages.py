"""The Python packages that may be missing in QGIS, and those installed in the user's profile.

Each has a folder of its own, ``<profile>/lunar_oxide/python3.11/onnxruntime-1.32.0``, which is
appended to the module search path, so that QGIS's own packages always come first and are not
changed.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Tuple

from ..profile import packages_folder
from .wheel_tags import release_key

STAGING_PREFIX = ".staging-"

#: Age in seconds of unfinished installations that are removed; newer ones may be those of another
#: QGIS that is installing.
STALE_SECONDS = 86400.0


@dataclass(frozen=True)
class Package:
    """A package that the plugin needs.

    Attributes
    ----------
    name : str
        Name of the module and on the index.
    newest_tested : str
        The newest version that this plugin was tested with.
    helpers : tuple of (module, project)
        Small pure-Python packages that it imports; installed with it only if missing.
    """

    name: str
    newest_tested: str
    helpers: Tuple[Tuple[str, str], ...] = ()

    def missing_helpers(self) -> List[str]:
        """Projects of `helpers` that cannot be imported here.

        Returns
        -------
        list of str
        """
        return [project for module, project in self.helpers if not is_importable(module)]


ONNXRUNTIME = Package("onnxruntime", "1.32.0")
RASTERIO = Package(
    "rasterio",
    "1.4.4",
    (
        ("affine", "affine"),
        ("attr", "attrs"),
        ("certifi", "certifi"),
        ("click", "click"),
        ("click_plugins", "click-plugins"),
        ("cligj", "cligj"),
        ("pyparsing", "pyparsing"),
    ),
)
PACKAGES: Tuple[Package, ...] = (ONNXRUNTIME, RASTERIO)


@dataclass(frozen=True)
class InstalledPackage:
    """A package folder in the profile."""

    name: str
    version: str
    folder: Path


def is_importable(module: str) -> bool:
    """Whether Python finds a module's file; the module is not imported.

    An empty folder of that name, or a file deleted after it was loaded, does not count.

    Parameters
    ----------
    module : str

    Returns
    -------
    bool
    """
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return False
    return spec is not None and spec.origin is not None and Path(spec.origin).is_file()


def installed_packages() -> List[InstalledPackage]:
    """Packages in the profile for this Python, the newest version of each first.

    Returns
    -------
    list of InstalledPackage
    """
    root = packages_folder()
    if root is None or not root.is_dir():
        return []
    known = {package.name for package in PACKAGES}
    found = []
    for folder in root.iterdir():
        name, _, version = folder.name.partition("-")
        if name in known and release_key(version) is not None and folder.is_dir():
            found.append(InstalledPackage(name, version, folder))
    return sorted(found, key=lambda item: (item.name, release_key(item.version)), reverse=True)


def activate() -> None:
    """Append the packages in the profile to Python's search path, without importing them."""
    chosen: Dict[str, InstalledPackage] = {}
    for item in installed_packages():
        if item.name in chosen:
            _remove_replaced(item)
        else:
            chosen[item.name] = item
    new = [str(item.folder) for item in chosen.values() if str(item.folder) not in sys.path]
    if new:
        sys.path += new
        importlib.invalidate_caches()
    _remove_stale()


def missing_packages() -> List[Package]:
    """The packages that cannot be imported, neither from QGIS nor from the profile.

    Returns
    -------
    list of Package
    """
    activate()
    return [package for package in PACKAGES if not is_importable(package.name)]


def remove_package(name: str) -> Optional[Path]:
    """Delete a package's folder from the profile; None if there is none.

    Parameters
    ----------
    name : str

    Returns
    -------
    Path or None

    Raises
    ------
    OSError
        Where a file is in use (Windows, once it was imported) or protected.
    """
    for item in installed_packages():
        if item.name == name:
            with contextlib.suppress(ValueError):
                sys.path.remove(str(item.folder))
            shutil.rmtree(item.folder)
            importlib.invalidate_caches()
            return item.folder
    return None


def _remove_replaced(item: InstalledPackage) -> None:
    if str(item.folder) not in sys.path:
        shutil.rmtree(item.folder, ignore_errors=True)


def _remove_stale() -> None:
    root = packages_folder()
    if root is None or not root.is_dir():
        return
    for folder in root.glob(STAGING_PREFIX + "*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
