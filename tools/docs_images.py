"""Make the pictures of the README: the demo map, the report and QGIS itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.qgis_session import ROOT

IMAGES = ROOT / "docs" / "images"
PROFILES = ROOT / "build" / "docs-profile"


def write_profile() -> None:
    """A clean QGIS profile with the plugin enabled and no start-up distractions."""
    shutil.rmtree(PROFILES, ignore_errors=True)
    home = PROFILES / "profiles" / "default"
    plugins = home / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "lunar_oxide_plugin").symlink_to(ROOT / "lunar_oxide_plugin")
    (home / "QGIS").mkdir()
    (home / "QGIS" / "QGIS3.ini").write_text(
        "[PythonPlugins]\nlunar_oxide_plugin=true\nprocessing=true\n"
        "[qgis]\nshowTips=false\ncheckVersion=false\n"
        "[app]\nfirstRunVersionFlag=99999\n",
        encoding="utf-8",
    )


def take_screenshot(target: Path) -> None:
    """Start QGIS on a virtual screen and let it photograph itself."""
    write_profile()
    site_packages = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    environment = {
        **os.environ,
        "PYTHONPATH": str(site_packages),
        "LUNAR_OXIDE_ROOT": str(ROOT),
        "LUNAR_OXIDE_SHOT": str(target),
    }
    environment.pop("QT_QPA_PLATFORM", None)
    subprocess.run(
        [
            "xvfb-run", "-a", "-s", "-screen 0 1400x900x24",
            "qgis", "--nologo", "--noversioncheck",
            "--profiles-path", str(PROFILES),
            "--code", str(ROOT / "tools" / "screenshot_in_qgis.py"),
        ],
        env=environment,
        check=True,
        timeout=180,
    )  # fmt: skip


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "demo-output" / "map.png", IMAGES / "map.png")
    take_screenshot(IMAGES / "qgis.png")
    for path in sorted(IMAGES.iterdir()):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
