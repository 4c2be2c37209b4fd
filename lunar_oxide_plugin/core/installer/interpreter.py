"""Find and run a Python outside QGIS, to try packages without risk for the session."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404 # runs the interpreter beside QGIS, never a shell
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, Optional, Sequence

from ..errors import Cancelled
from ..progress import Progress
from ..translation import tr

#: Seconds to wait for an interpreter's version; a slower one is not used.
PROBE_SECONDS = 20.0

#: Prints the version text and the place of the standard library, which identify a build of Python.
#: Another build of the same version (pyenv's, conda's) would load QGIS's modules and fail.
PROBE = "import json, os, sys; print(json.dumps([sys.version, os.path.realpath(os.__file__)]))"


@dataclass(frozen=True)
class Interpreter:
    """A Python executable of QGIS's own version.

    Attributes
    ----------
    path : Path
    environment : dict
        Variables that it needs in addition to the inherited ones.
    """

    path: Path
    environment: Dict[str, str]


@dataclass(frozen=True)
class Finished:
    """The result of a process."""

    status: int
    output: str
    errors: str


def find_interpreter() -> Optional[Interpreter]:
    """The Python executable of this process's build, or None.

    On Windows and macOS `sys.executable` is QGIS itself, which would open a second window;
    the interpreter is elsewhere in the installation. On Linux it is the first of this name on the
    search path, which may be another build. A candidate is used only if it reports this build.
    """
    wanted = json.dumps([sys.version, os.path.realpath(os.__file__)])
    for candidate in candidates():
        # QGIS's bundles on macOS need a variable with the place of their standard library.
        for environment in ({}, {"PYTHONHOME": sys.base_prefix}):
            interpreter = Interpreter(candidate, environment)
            try:
                answer = run(interpreter, ["-c", PROBE], PROBE_SECONDS)
            except OSError:
                break
            if answer.status == 0 and answer.output.strip() == wanted:
                return interpreter
    return None


def candidates() -> Iterator[Path]:
    """Existing files that may be this process's Python, the most likely first."""
    major, minor = sys.version_info[:2]
    if sys.platform == "win32":
        names = ["python.exe", "python3.exe"]
    else:
        names = [f"python{major}.{minor}", f"python{major}", "python"]
    executable = Path(sys.executable) if sys.executable else None
    folders = []
    for prefix in (sys.exec_prefix, sys.prefix, sys.base_exec_prefix, sys.base_prefix):
        folders += [Path(prefix), Path(prefix) / "bin"]
    configured = sysconfig.get_config_var("BINDIR")
    if configured:
        folders.append(Path(configured))
    if executable is not None:
        inside = executable.parent  # QGIS.app/Contents/MacOS, or OSGeo4W's bin
        folders += [inside, inside / "bin", inside.parent / "Frameworks" / "bin"]
        folders += [inside.parent / "Resources" / "python" / "bin"]
        folders.append(inside.parent / "apps" / f"Python{major}{minor}")
    seen = set()
    for folder in folders:
        for name in names:
            path = folder / name
            if path not in seen and path.is_file():
                seen.add(path)
                yield path
    if executable is not None and executable.name.lower().startswith("python"):
        yield executable


def run(
    interpreter: Interpreter,
    arguments: Sequence[str],
    seconds: float,
    progress: Optional[Progress] = None,
) -> Finished:
    """Run a Python, and stop it after `seconds` or when the user cancels.

    Raises
    ------
    OSError
        If it cannot be started.
    Cancelled
        If the user stopped it.
    """
    # Show no console window on Windows; the constant exists only there.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(  # nosec B603 # a fixed executable, no shell
        [str(interpreter.path), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **interpreter.environment},
        creationflags=flags,
    )
    end = time.monotonic() + seconds
    while True:
        try:
            output, errors = process.communicate(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            cancelled = progress is not None and progress.is_cancelled()
            if cancelled or time.monotonic() > end:
                process.kill()
                process.communicate()
                if cancelled:
                    raise Cancelled(tr("Cancelled: nothing was installed.")) from None
                return Finished(-1, "", f"no answer after {seconds:.0f} s")
    return Finished(
        process.returncode,
        output.decode("utf-8", "replace"),
        errors.decode("utf-8", "replace"),
    )
