"""Take pictures of the dock in QGIS: normal, dark theme, large font, narrow dock.

``python -m tools.screenshots_gui [folder] [look ...]`` writes ``PAGE-LOOK.png``; the folder is
``build/gui`` and all looks are taken by default.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Sequence

from tools.docs_images import PROFILES, write_profile
from tools.qgis_session import ROOT

#: Settings of QGIS by look. 11.25 pt is 125 % of the 9 pt that QGIS starts with.
LOOKS = {
    "normal": "",
    "dark": "[UI]\nUITheme=Night Mapping\n",
    "font125": "[app]\nfontPointSize=11.25\n[qgis]\nstylesheet\\fontPointSize=11.25\n",
    "narrow": "",
}


def take(look: str, folder: Path) -> None:
    """Start QGIS in one look and let it photograph its dock."""
    write_profile()
    settings = PROFILES / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    with open(settings, "a", encoding="utf-8") as handle:
        handle.write(LOOKS[look])
    site_packages = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(site_packages), str(ROOT))),
        "LUNAR_OXIDE_ROOT": str(ROOT),
        "LUNAR_OXIDE_SHOTS": str(folder),
        "LUNAR_OXIDE_LOOK": look,
    }
    environment.pop("QT_QPA_PLATFORM", None)
    subprocess.run(
        [
            "xvfb-run", "-a", "-s", "-screen 0 1400x900x24",
            "qgis", "--nologo", "--noversioncheck",
            "--profiles-path", str(PROFILES),
            "--code", str(ROOT / "tools" / "gui_in_qgis.py"),
        ],
        env=environment,
        check=True,
        timeout=240,
    )  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Take all pictures, or those asked for."""
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "gui"
    folder.mkdir(parents=True, exist_ok=True)
    for look in arguments[1:] or LOOKS:
        take(look, folder.resolve())
    for path in sorted(folder.glob("*.png")):
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
