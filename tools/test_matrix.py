"""Run the test suite on other releases of Debian, hence of QGIS, Python and numpy.

Each release gets a root made by debootstrap, cached outside the work tree; the sources are
copied into it and the Makefile does the rest, as on a fresh machine. Needs root, and Debian
or a derivative with debootstrap. Packages come from the sources of this machine's apt.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent

#: Release -> the QGIS that it ships, for the table at the end.
SUITES: Mapping[str, str] = {
    "bookworm": "Debian 12, QGIS 3.22",
    "trixie": "Debian 13, QGIS 3.40",
    "testing": "Debian testing, QGIS 3.44 or newer",
}
DEFAULT_MIRROR = "http://deb.debian.org/debian"
FIRST_PACKAGES = "ca-certificates,git,make"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

#: The training has a separate environment with one Python, and is not shipped.
COMMAND = "make setup lint test-plugin"

#: Path of the sources inside each root.
INSIDE = "/src/lunar_oxide"

#: Settings of the machine's network that are also used inside the roots.
PASSED_VARIABLES = re.compile(
    r"(https?_proxy|no_proxy|PIP_[A-Z_]*INDEX[A-Z_]*|PIP_.*TIMEOUT)$", re.I
)


def cache_folder() -> Path:
    """Folder that holds the roots from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lunar_oxide" / "roots"


def debian_mirror() -> str:
    """Archive that this machine's apt reads Debian from."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    sites = [line.split()[1] for line in listed.splitlines() if line.startswith("Debian ")]
    main = [site for site in sites if "security" not in site]
    return (main or [DEFAULT_MIRROR])[0].rstrip("/")


def acquire_settings() -> str:
    """Read this machine's apt settings on proxies and the age of indexes."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    wanted = re.compile(r'Acquire::(https?|Check-[A-Za-z-]+|Retries)\b.* "[^"]+";$')
    return "\n".join(line for line in dump.splitlines() if wanted.match(line)) + "\n"


def make_root(suite: str, mirror: str) -> Path:
    """Make the root of a release unless it is there, complete."""
    root = cache_folder() / suite
    ready = root / ".ready"
    if ready.exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={FIRST_PACKAGES}", suite, root, mirror],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (root / "etc/apt/apt.conf.d/90-host").write_text(
        acquire_settings() + 'Acquire::Languages "none";\n', encoding="utf-8"
    )
    # The root can be made again, so syncing each file to the disk would only cost time.
    (root / "etc/dpkg/dpkg.cfg.d/90-fast").write_text("force-unsafe-io\n", encoding="utf-8")
    ready.touch()
    return root


def snapshot() -> Path:
    """Copy the work tree, tracked and new files alike, so that later edits reach no root."""
    target = cache_folder() / "sources"
    shutil.rmtree(target, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode("utf-8").split("\0")):
        source, copy = ROOT / name, target / name
        if source.exists() or source.is_symlink():  # otherwise deleted, but still in the index
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy, follow_symlinks=False)
    return target


def copy_sources(root: Path, sources: Path) -> None:
    """Copy the sources to a root, and keep the files that its setup made."""
    target = root / INSIDE.lstrip("/")
    target.mkdir(parents=True, exist_ok=True)
    for entry in target.iterdir():
        if entry.name in (".venv", ".stamps"):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    shutil.copytree(sources, target, symlinks=True, dirs_exist_ok=True)


def network_files(root: Path) -> None:
    """Names of hosts and certificates as on this machine."""
    for path in (Path("/etc/resolv.conf"), Path("/etc/hosts"), CERTIFICATES):
        if path.exists():
            shutil.copyfile(path, root / str(path).lstrip("/"))


def run_inside(root: Path, command: str, log: Path) -> int:
    """Run a shell command in the root; its mounts and processes end with it."""
    script = (
        "set -e; mount --make-rprivate /; "
        f"mount -t proc proc {root}/proc; mount --rbind /dev {root}/dev; "
        f"mount -t tmpfs tmpfs {root}/tmp; "
        f'exec chroot {root} /bin/bash -c "cd {INSIDE} && {command}"'
    )
    environment: Dict[str, str] = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        "PIP_CERT": str(CERTIFICATES),
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    environment.update({k: v for k, v in os.environ.items() if PASSED_VARIABLES.match(k)})
    with open(log, "w", encoding="utf-8") as handle:
        return subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", script],
            env=environment,
            stdout=handle,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode


VERSIONS = (
    "import sys, numpy, rasterio, onnxruntime; from qgis.core import Qgis; "
    "print('VERSIONS QGIS', Qgis.QGIS_VERSION.split('-')[0], 'Python', sys.version.split()[0], "
    "'numpy', numpy.__version__, 'rasterio', rasterio.__version__, "
    "'onnxruntime', onnxruntime.__version__)"
)


def test_suite(suite: str, mirror: str, sources: Path, command: str) -> str:
    """Run the tests in one release; return the row of the table with the result."""
    started = time.monotonic()
    root = make_root(suite, mirror)
    network_files(root)
    copy_sources(root, sources)
    log = root.parent / f"{suite}.log"
    status = run_inside(
        root, f'apt-get update -qq && {command} && .venv/bin/python -c \\"{VERSIONS}\\"', log
    )
    text = log.read_text(encoding="utf-8", errors="replace")
    versions = re.findall(r"^VERSIONS (.*)$", text, re.MULTILINE)
    outcome = "passed" if status == 0 else f"FAILED ({status})"
    counts = re.findall(r"^.*\b\d+ passed.*$", text, re.MULTILINE)
    counts = [count.split(" in ")[0].strip("= ") for count in counts]
    minutes = (time.monotonic() - started) / 60
    detail = "; ".join([*(versions or [SUITES[suite]]), *counts])
    return f"{suite:10}{outcome:14}{detail}  ({minutes:.1f} min, log {log})"


def main(arguments: Sequence[str]) -> int:
    """Run the chosen releases one after the other and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}")
    parser.add_argument("--command", default=COMMAND, help="what to run in each root")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.suites) - set(SUITES))
    if unknown:
        parser.error(f"no release called {', '.join(unknown)}; there are {', '.join(SUITES)}")
    if os.geteuid() != 0:
        print("test-matrix makes root file systems: run it as root.", file=sys.stderr)
        return 2
    if shutil.which("debootstrap") is None:
        print("test-matrix needs debootstrap: apt-get install debootstrap.", file=sys.stderr)
        return 2
    mirror = debian_mirror()
    snapshot_folder = snapshot()
    rows: List[str] = []
    for suite in options.suites or SUITES:
        print(f"{suite}: {SUITES[suite]} from {mirror}", flush=True)
        rows.append(test_suite(suite, mirror, snapshot_folder, options.command))
        print(rows[-1], flush=True)
    print("\n".join(["", *rows]))
    return 1 if any("FAILED" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
