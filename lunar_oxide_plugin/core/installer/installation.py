"""Install a missing package into the profile: plan, fetch, check, try, activate.

Files are only written into ``<profile>/lunar_oxide``, QGIS's own packages are not upgraded, and
after any failure the profile is as before.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional, Tuple

from ..errors import Cancelled, DependencyError
from ..profile import packages_folder
from ..progress import Progress
from ..translation import tr
from .import_check import try_package
from .package_index import DEFAULT_INDEX, Network, find_wheel
from .packages import STAGING_PREFIX, Package, activate
from .wheel_files import MAX_UNPACKED_BYTES, require_sound, sha256_of, unpack
from .wheel_tags import PythonTarget, WheelName, normalised

#: Ratio of unpacked to packed size of wheels with machine code is about three; the rest is a
#: margin.
UNPACKED_FACTOR = 4

#: Progress at the end of fetching, and at the end of unpacking.
FETCHED, UNPACKED = 0.7, 0.85


@dataclass(frozen=True)
class PlannedWheel:
    """One wheel of an installation.

    Attributes
    ----------
    project, version, file_name : str
    source : str
        Address, or path of a local file.
    sha256 : str
        As given by the index; empty for local files, which the user chose.
    size : int or None
        Bytes to fetch, if known.
    is_local : bool
    """

    project: str
    version: str
    file_name: str
    source: str
    sha256: str
    size: Optional[int]
    is_local: bool


@dataclass(frozen=True)
class InstallPlan:
    """The packages to install, and their folder.

    Attributes
    ----------
    package : Package
    wheels : tuple of PlannedWheel
        The package itself first, then missing small packages that it imports.
    folder : Path
        The new folder in the profile.
    """

    package: Package
    wheels: Tuple[PlannedWheel, ...]
    folder: Path

    @property
    def size(self) -> Optional[int]:
        """Total bytes to fetch; None if the index does not give them."""
        sizes = [wheel.size for wheel in self.wheels]
        return None if None in sizes else sum(size or 0 for size in sizes)


@dataclass(frozen=True)
class Installed:
    """A package that works.

    Attributes
    ----------
    name, version : str
    folder : Path
    needs_restart : bool
        True if this session had loaded another copy before.
    """

    name: str
    version: str
    folder: Path
    needs_restart: bool


def plan_from_index(
    package: Package,
    network: Network,
    progress: Progress,
    index: str = DEFAULT_INDEX,
    target: Optional[PythonTarget] = None,
) -> InstallPlan:
    """Find the wheels to install on an index.

    Parameters
    ----------
    package : Package
    network : Network
    progress : Progress
        Hears how far the work is, and says whether to stop.
    index : str, optional
    target : PythonTarget or None

    Returns
    -------
    InstallPlan

    Raises
    ------
    DependencyError
        If the index cannot be reached or has none for this Python, or there is no profile.
    Cancelled
    """
    target = target or PythonTarget.running()
    wheels = []
    for project in (package.name, *package.missing_helpers()):
        tested = package.newest_tested if project == package.name else ""
        found = find_wheel(network, project, target, progress, index, tested)
        wheels.append(
            PlannedWheel(
                project=project,
                version=found.name.version,
                file_name=found.file_name,
                source=found.url,
                sha256=found.sha256,
                size=found.size,
                is_local=False,
            )
        )
    return InstallPlan(package, tuple(wheels), _folder(package, wheels[0].version))


def plan_from_file(
    package: Package, path: Path, target: Optional[PythonTarget] = None
) -> InstallPlan:
    """Plan to install a wheel file; missing further packages must lie beside it.

    Parameters
    ----------
    package : Package
    path : Path
    target : PythonTarget or None

    Returns
    -------
    InstallPlan

    Raises
    ------
    DependencyError
        If it is not a wheel, is of another package, or is for another Python or system.
    """
    target = target or PythonTarget.running()
    name = WheelName.parse(path.name)
    if name.project != normalised(package.name):
        raise DependencyError(
            tr("{file} is a wheel of {found}, not of {wanted}: choose another file.").format(
                file=path.name, found=name.project, wanted=package.name
            )
        )
    if not name.fits(target):
        raise DependencyError(
            tr(
                "{file} is not made for this QGIS ({target}): get the wheel whose name has "
                "cp{major}{minor} and this system in it."
            ).format(
                file=path.name, target=target, major=target.version[0], minor=target.version[1]
            )
        )
    wheels = [_local(path, name)]
    for project in package.missing_helpers():
        wheels.append(_helper_beside(path, project, package, target))
    return InstallPlan(package, tuple(wheels), _folder(package, name.version))


def install(plan: InstallPlan, network: Optional[Network], progress: Progress) -> Installed:
    """Carry out a plan; after any failure the profile is as before.

    Parameters
    ----------
    plan : InstallPlan
    network : Network or None
        Needed for wheels from an index.
    progress : Progress

    Returns
    -------
    Installed

    Raises
    ------
    DependencyError
        With the reason in one sentence.
    Cancelled
        If the user stopped it.
    """
    loaded_before = plan.package.name in sys.modules
    with _staging(plan.folder.parent) as staging:
        _need_space(plan, staging)
        content = staging / "content"
        content.mkdir()
        share = FETCHED / len(plan.wheels)
        for number, wheel in enumerate(plan.wheels):
            part = PartOf(progress, number * share, share)
            part.info(tr("Fetching {file} from {source}").format(
                file=wheel.file_name, source=wheel.source))  # fmt: skip
            path = _fetch(wheel, staging, network, part)
            part = PartOf(
                progress,
                FETCHED + number * (UNPACKED - FETCHED) / len(plan.wheels),
                (UNPACKED - FETCHED) / len(plan.wheels),
            )
            part.info(tr("Checking and unpacking {file}").format(file=wheel.file_name))
            unpack(path, content, part)
        progress.info(tr("Trying {package} in a separate Python").format(package=plan.package.name))
        version = try_package(plan.package.name, [content], progress)
        progress.report(0.98)
        if progress.is_cancelled():
            raise Cancelled(tr("Cancelled: nothing was installed."))
        _move_in(content, plan.folder, staging)
    activate()
    progress.report(1.0)
    return Installed(plan.package.name, version, plan.folder, loaded_before)


class PartOf:
    """Progress of one part of an operation, as a share of the whole."""

    def __init__(self, whole: Progress, start: float, share: float) -> None:
        self._whole = whole
        self._start = start
        self._share = share

    def report(self, fraction: float) -> None:
        """Report the share of the part."""
        self._whole.report(self._start + self._share * fraction)

    def info(self, message: str) -> None:
        """Pass on."""
        self._whole.info(message)

    def warn(self, message: str) -> None:
        """Pass on."""
        self._whole.warn(message)

    def is_cancelled(self) -> bool:
        """Pass on."""
        return self._whole.is_cancelled()


def _folder(package: Package, version: str) -> Path:
    root = packages_folder()
    if root is None:
        raise DependencyError(
            tr("Packages are installed into a QGIS profile, and there is none: run this in QGIS.")
        )
    return root / f"{package.name}-{version}"


def _local(path: Path, name: WheelName) -> PlannedWheel:
    require_sound(path)  # fail before the user has to answer questions
    return PlannedWheel(
        project=name.project,
        version=name.version,
        file_name=path.name,
        source=str(path),
        sha256="",
        size=path.stat().st_size,
        is_local=True,
    )


def _helper_beside(
    path: Path, project: str, package: Package, target: PythonTarget
) -> PlannedWheel:
    for candidate in sorted(path.parent.glob("*.whl"), reverse=True):
        with contextlib.suppress(DependencyError):
            name = WheelName.parse(candidate.name)
            if name.project == normalised(project) and name.fits(target):
                return _local(candidate, name)
    raise DependencyError(
        tr(
            "{package} needs {project} too, which QGIS's Python lacks: put its wheel file into "
            "the folder {folder} and try again."
        ).format(package=package.name, project=project, folder=path.parent)
    )


def _fetch(
    wheel: PlannedWheel, staging: Path, network: Optional[Network], progress: Progress
) -> Path:
    if wheel.is_local:
        return Path(wheel.source)
    if network is None:
        raise DependencyError(tr("There is no network here: install from a wheel file."))
    answer = network.get(wheel.source, "*/*", progress, wheel.size or MAX_UNPACKED_BYTES)
    path = staging / wheel.file_name
    try:
        path.write_bytes(answer.content)
    except OSError as error:
        raise _unwritable(staging, error) from error
    whole = wheel.size is None or wheel.size == len(answer.content)
    if not whole or sha256_of(path) != wheel.sha256:
        raise DependencyError(
            tr(
                "{file} did not arrive as the index describes it (interrupted or altered on the "
                "way): try again, or install from a wheel file."
            ).format(file=wheel.file_name)
        )
    return path


@contextlib.contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A folder beside the target for unfinished files; it is always removed at the end."""
    created: List[Path] = []
    missing = root
    while not missing.exists():
        created.append(missing)
        missing = missing.parent
    staging = root / f"{STAGING_PREFIX}{uuid.uuid4().hex}"
    try:
        try:
            staging.mkdir(parents=True)
        except OSError as error:
            raise _unwritable(root, error) from error
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in created:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only if it is empty


def _need_space(plan: InstallPlan, staging: Path) -> None:
    needed = UNPACKED_FACTOR * sum(wheel.size or 0 for wheel in plan.wheels)
    free = shutil.disk_usage(staging).free
    if needed > free:
        raise DependencyError(
            tr(
                "The disk of {folder} has {free} MB free and {needed} MB are needed: make room "
                "and try again."
            ).format(folder=staging.parent, free=free // 10**6, needed=needed // 10**6)
        )


def _move_in(content: Path, folder: Path, staging: Path) -> None:
    """Move the new folder to its place in one step, after moving away an older one."""
    replaced = staging / "replaced"
    try:
        if folder.exists():
            folder.replace(replaced)
        try:
            content.replace(folder)
        except OSError:
            if replaced.exists():
                replaced.replace(folder)
            raise
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> DependencyError:
    return DependencyError(
        tr(
            "{folder} cannot be written ({reason}): check its permissions, close other QGIS "
            "windows, and try again."
        ).format(folder=folder, reason=error.strerror or error)
    )
