"""Make the pictures of README and guide: the demo map, QGIS, and the first steps of a user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Dict

from PIL import Image

from tools.package import build
from tools.qgis_session import ROOT

IMAGES = ROOT / "docs" / "images"
RUNTIME = ROOT / "requirements-runtime.txt"


def write_profile(profiles: Path, settings: str = "") -> None:
    """A clean QGIS profile with the plugin enabled and without start-up messages."""
    home = profiles / "profiles" / "default"
    plugins = home / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(build(profiles)) as package:
        package.extractall(plugins)
    (home / "QGIS").mkdir()
    (home / "QGIS" / "QGIS3.ini").write_text(
        "[PythonPlugins]\nlunar_oxide_plugin=true\nprocessing=true\n"
        "[qgis]\nshowTips=false\ncheckVersion=false\n"
        f"[app]\nfirstRunVersionFlag=99999\n{settings}\n",
        encoding="utf-8",
    )


def run_qgis(profiles: Path, script: str, variables: Dict[str, str]) -> None:
    """Start QGIS on a virtual screen, and run a script of this folder that takes pictures."""
    environment = {**os.environ, **variables, "HOME": str(profiles)}
    environment.pop("QT_QPA_PLATFORM", None)
    subprocess.run(
        [
            "xvfb-run", "-a", "-s", "-screen 0 1400x900x24",
            "qgis", "--nologo", "--noversioncheck",
            "--profiles-path", str(profiles),
            "--code", str(ROOT / "tools" / script),
        ],
        env=environment,
        check=True,
        timeout=300,
    )  # fmt: skip


def picture_of_qgis(folder: Path) -> None:
    """The demo in QGIS with the toolbox."""
    profiles = folder / "toolbox"
    write_profile(profiles, "[lunar_oxide]\ndock_visible=false")
    site_packages = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    variables = {
        "PYTHONPATH": str(site_packages),
        "LUNAR_OXIDE_ROOT": str(ROOT),
        "LUNAR_OXIDE_SHOT": str(folder / "shots" / "qgis.png"),
    }
    run_qgis(profiles, "screenshot_in_qgis.py", variables)


def pictures_of_the_tour(folder: Path, settings: str = "", **variables: str) -> None:
    """The first steps of a user: from a QGIS without onnxruntime to the demo."""
    downloads = folder / "Downloads"
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
            "-d", str(downloads), "-r", str(RUNTIME),
        ],
        check=True,
    )  # fmt: skip
    profiles = folder / "QGIS"
    write_profile(profiles, settings)
    wheel = next(downloads.glob("onnxruntime-*.whl"))
    # Without PYTHONPATH, this QGIS does not find the virtual environment.
    own = {"PYTHONPATH": "", "LUNAR_OXIDE_SHOTS": str(folder / "shots")}
    run_qgis(profiles, "tour_in_qgis.py", {**own, "LUNAR_OXIDE_WHEEL": str(wheel), **variables})


def keep(source: Path, target: Path) -> None:
    """Compress a picture without changing pixels, because colours mean abundances."""
    with Image.open(source) as picture:
        picture.convert("RGB").save(target, optimize=True)


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    # Pictures show paths, so use a folder that is the same on every machine.
    folder = Path(tempfile.gettempdir()) / "lunar-oxide"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "shots").mkdir(parents=True)
    # Imported here, because that module imports this one.
    from tools.screenshots_gui import take

    try:
        take("normal", folder / "shots", folder / "dock")
        for page in ("predict", "spectrum", "scatter"):
            keep(folder / "shots" / f"{page}-normal.png", IMAGES / f"{page}.png")
        picture_of_qgis(folder)
        pictures_of_the_tour(folder)
        keep(ROOT / "demo-output" / "map.png", IMAGES / "map.png")
        for name in ("qgis", "first_run", "packages", "demo", "models", "settings"):
            keep(folder / "shots" / f"{name}.png", IMAGES / f"{name}.png")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(IMAGES.iterdir()):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
