"""Decide whether this Python can load a wheel, by its file name and compatibility tags.

The names follow the Python packaging specifications "Binary distribution format" and "Platform
compatibility tags" (PEP 425, 427, 600).
"""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
from dataclasses import dataclass
from typing import Optional, Tuple

from ..errors import DependencyError
from ..translation import tr

#: glibc versions of the older, named manylinux tags (PEP 513, 571, 599).
MANYLINUX_ALIASES = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}

#: Python's names of machines and those in wheels.
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


@dataclass(frozen=True)
class PythonTarget:
    """The Python that is to load a wheel.

    Attributes
    ----------
    version : (int, int)
        Major and minor version.
    system : str
        ``"linux"``, ``"win32"`` or ``"darwin"``.
    machine : str
        ``"x86_64"``, ``"aarch64"`` (also Apple silicon) or ``"x86"``.
    system_version : (int, int)
        glibc on Linux, (0, 0) where there is none (musl); macOS's own version; unused on Windows.
    free_threaded : bool
        Whether it is a Python without the global lock, which needs separate wheels.
    """

    version: Tuple[int, int]
    system: str
    machine: str
    system_version: Tuple[int, int]
    free_threaded: bool = False

    @classmethod
    def running(cls) -> PythonTarget:
        """Describe the running Python."""
        machine = platform.machine().lower()
        machine = MACHINES.get(machine, machine)
        if sys.platform == "win32" and sys.maxsize < 2**32:
            machine = "x86"
        if sys.platform == "darwin":
            release = platform.mac_ver()[0]
        else:
            name, release = platform.libc_ver()
            release = release if name == "glibc" else "0.0"
        numbers = [int(part) for part in re.findall(r"\d+", release)[:2]]
        numbers += [0] * (2 - len(numbers))
        return cls(
            version=sys.version_info[:2],
            system="linux" if sys.platform.startswith("linux") else sys.platform,
            machine=machine,
            system_version=(numbers[0], numbers[1]),
            free_threaded=bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        )

    def __str__(self) -> str:
        names = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}
        flavour = "t" if self.free_threaded else ""
        return (
            f"Python {self.version[0]}.{self.version[1]}{flavour}, "
            f"{names.get(self.system, self.system)} {self.machine}"
        )


@dataclass(frozen=True)
class WheelName:
    """The parts of a wheel's file name.

    Attributes
    ----------
    project : str
        Normalised, e.g. ``"onnxruntime"``.
    version : str
    pythons, abis, platforms : tuple of str
        Compatibility tags.
    """

    project: str
    version: str
    pythons: Tuple[str, ...]
    abis: Tuple[str, ...]
    platforms: Tuple[str, ...]

    @classmethod
    def parse(cls, file_name: str) -> WheelName:
        """Read a file name.

        Raises
        ------
        DependencyError
            If it is not a wheel's name.
        """
        stem = file_name[: -len(".whl")] if file_name.endswith(".whl") else ""
        parts = stem.split("-")
        # Allow only these characters, because the name becomes that of a file.
        plain = re.fullmatch(r"[A-Za-z0-9._+!-]{1,240}", stem) is not None
        if len(parts) not in (5, 6) or not all(parts) or not plain:
            raise DependencyError(
                tr(
                    "{file} is not named as a wheel is (name-version-python-abi-platform.whl): "
                    "choose a wheel file under the name it was published with."
                ).format(file=file_name)
            )
        return cls(
            normalised(parts[0]),
            parts[1],
            tuple(parts[-3].split(".")),
            tuple(parts[-2].split(".")),
            tuple(parts[-1].split(".")),
        )

    def fits(self, target: PythonTarget) -> bool:
        """Whether `target` can load the wheel."""
        python = any(
            _python_fits(python, abi, target) for python in self.pythons for abi in self.abis
        )
        return python and any(_platform_fits(tag, target) for tag in self.platforms)


def normalised(project: str) -> str:
    """A project's name, normalised as on the index (PEP 503)."""
    return re.sub(r"[-_.]+", "-", project).lower()


def release_key(version: str) -> Optional[Tuple[int, ...]]:
    """Numbers of a final release for comparison; None for pre-releases and other forms."""
    match = re.fullmatch(r"(\d+(?:\.\d+)*)(?:\.post(\d+))?", version)
    if match is None:
        return None
    if len(version) > 60:
        return None  # Python refuses numbers of thousands of digits
    numbers = [int(part) for part in match.group(1).split(".")]
    numbers += [0] * (4 - len(numbers))
    return (*numbers, int(match.group(2) or 0))


def _python_fits(python: str, abi: str, target: PythonTarget) -> bool:
    major, minor = target.version
    match = re.fullmatch(r"(cp|py)(\d)(\d*)", python)
    if match is None or int(match.group(2)) != major:
        return False
    wanted_minor = int(match.group(3)) if match.group(3) else None
    if match.group(1) == "py":
        return abi == "none" and (wanted_minor is None or wanted_minor <= minor)
    if abi == "abi3":
        return not target.free_threaded and wanted_minor is not None and wanted_minor <= minor
    own_abi = f"cp{major}{minor}{'t' if target.free_threaded else ''}"
    return wanted_minor == minor and abi in (own_abi, "none")


def _platform_fits(tag: str, target: PythonTarget) -> bool:
    if tag == "any":
        return True
    if target.system == "win32":
        names = {"x86_64": "win_amd64", "aarch64": "win_arm64", "x86": "win32"}
        return tag == names.get(target.machine)
    if target.system == "darwin":
        match = re.fullmatch(r"macosx_(\d+)_(\d+)_(\w+)", tag)
        if match is None:
            return False
        own = {"aarch64": "arm64"}.get(target.machine, target.machine)
        return (
            match.group(3) in (own, "universal2")
            and (int(match.group(1)), int(match.group(2))) <= target.system_version
        )
    for alias, glibc in MANYLINUX_ALIASES.items():
        if tag == f"{alias}_{target.machine}":
            return glibc <= target.system_version
    match = re.fullmatch(r"manylinux_(\d+)_(\d+)_(\w+)", tag)
    if match is not None:
        glibc = (int(match.group(1)), int(match.group(2)))
        return match.group(3) == target.machine and glibc <= target.system_version
    return tag == f"linux_{target.machine}"
