"""Take pictures of the dock in QGIS: normal, dark theme, large font, narrow dock.

``python -m tools.screenshots_gui [folder] [look ...]`` writes ``PAGE-LOOK.png``; the folder is
``build/gui`` and all looks are taken by default. ``make docs-images`` takes the normal look for
the guide.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Sequence

from tools.docs_images import run_qgis, write_profile
from tools.qgis_session import ROOT

#: Settings of QGIS by look; they follow those of the group [app]. 11.25 pt is 125 % of the 9 pt
#: that QGIS starts with.
LOOKS = {
    "normal": "",
    "dark": "[UI]\nUITheme=Night Mapping",
    "font125": "fontPointSize=11.25\n[qgis]\nstylesheet\\fontPointSize=11.25",
    "narrow": "",
}


def take(look: str, folder: Path, profiles: Path) -> None:
    """Start QGIS in one look, on a new profile, and let it photograph its dock.

    Parameters
    ----------
    look : str
        One of `LOOKS`.
    folder : Path
        Receives ``predict-LOOK.png``, ``spectrum-LOOK.png``, ``spectrum-below-LOOK.png`` and
        ``scatter-LOOK.png``.
    profiles : Path
        Folder for the profile; must not exist.
    """
    write_profile(profiles, LOOKS[look])
    site_packages = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    variables = {
        "PYTHONPATH": str(site_packages),
        "LUNAR_OXIDE_ROOT": str(ROOT),
        "LUNAR_OXIDE_SHOTS": str(folder),
        "LUNAR_OXIDE_LOOK": look,
    }
    run_qgis(profiles, "gui_in_qgis.py", variables)


def main(arguments: Sequence[str]) -> None:
    """Take all pictures, or those asked for."""
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "gui"
    folder.mkdir(parents=True, exist_ok=True)
    for look in arguments[1:] or LOOKS:
        with tempfile.TemporaryDirectory() as temporary:
            take(look, folder.resolve(), Path(temporary) / "QGIS")
    for path in sorted(folder.glob("*.png")):
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
