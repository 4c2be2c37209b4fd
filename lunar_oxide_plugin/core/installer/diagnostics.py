"""Plain text on an installation that does not work, for a bug report."""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path
from typing import Iterable, List

from ..profile import packages_folder
from ..version import SOFTWARE
from .interpreter import candidates, find_interpreter
from .packages import PACKAGES, activate, installed_packages
from .wheel_tags import PythonTarget


def diagnostics(more: Iterable[str] = ()) -> str:
    """Versions, paths and errors; the home folder is written as ``~``.

    Parameters
    ----------
    more : iterable of str
        First lines, with facts from QGIS (its version, GDAL, PROJ, the last error).

    Returns
    -------
    str
    """
    activate()
    lines: List[str] = [SOFTWARE, *more]
    lines += [
        f"Python {sys.version}",
        f"System {platform.platform()}",
        f"Wheels for {PythonTarget.running()} {PythonTarget.running().system_version}",
        f"sys.executable {sys.executable}",
        f"sys.prefix {sys.prefix}",
    ]
    interpreter = find_interpreter()
    lines.append(f"separate interpreter {interpreter.path if interpreter else 'none'}")
    if interpreter is None:
        lines += [f"  candidate {path}" for path in candidates()]
    for name in ("numpy", *(package.name for package in PACKAGES)):
        lines.append(_module(name))
    lines.append(f"packages folder {packages_folder()}")
    lines += [f"  {item.folder.name}" for item in installed_packages()]
    lines.append("sys.path")
    lines += [f"  {entry}" for entry in sys.path]
    return "\n".join(lines).replace(str(Path.home()), "~") + "\n"


def _module(name: str) -> str:
    try:
        module = importlib.import_module(name)
    except Exception as error:  # any error is of interest in a bug report
        return f"{name}: {type(error).__name__}: {error}"
    return f"{name} {getattr(module, '__version__', '?')} {getattr(module, '__file__', '?')}"
