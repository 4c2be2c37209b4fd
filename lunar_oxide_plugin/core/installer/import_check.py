"""Try installed packages in a separate Python, with QGIS's search path."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import List, Sequence

from ..errors import DependencyError
from ..paths import RESOURCES
from ..progress import Progress
from ..translation import tr
from .interpreter import find_interpreter, run
from .packages import installed_packages

#: Seconds to wait: importing 76 MB of libraries from disk with a virus scanner is slow.
TRIAL_SECONDS = 180.0

_COMMON = """
import json, os, sys
request = json.loads(sys.argv[1])
sys.path[:] = request["path"]
import numpy
before = numpy.__version__, numpy.__file__
"""

#: Each script ends by printing the version; an exception is the reason to refuse.
SCRIPTS = {
    "onnxruntime": """
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # nothing is reported to anyone
import onnxruntime
session = onnxruntime.InferenceSession(request["model"], providers=["CPUExecutionProvider"])
spectra = numpy.full((1, 1, 8, 2), 0.1, dtype=numpy.float32)
oxides = session.run(["oxides"], {"reflectance": spectra})[0]
if oxides.shape != (6, 2) or not numpy.isfinite(oxides).all():
    raise RuntimeError("the bundled model gives no oxides")
version = onnxruntime.__version__
""",
    "rasterio": """
import rasterio
import lunar_oxide_plugin.core.moon.rasterio_import
from rasterio.crs import CRS
from rasterio.warp import transform
with rasterio.open(request["raster"]) as source:
    if source.crs is None or not numpy.isfinite(source.read(1, masked=True).mean()):
        raise RuntimeError("the bundled raster cannot be read")
transform(source.crs, source.crs, [source.bounds.left], [source.bounds.top])
version = rasterio.__version__
""",
}

_END = """
module = sys.modules[request["package"]]
if not any(module.__file__.startswith(folder) for folder in request["folders"]):
    raise RuntimeError("another copy comes first: " + module.__file__)
import numpy as again
if (again.__version__, again.__file__) != before:
    raise RuntimeError("numpy was replaced")
print("LUNAR-OXIDE-TRIAL " + version)
"""

DEMO_RASTER = "taurus_littrow_interpolated_between_stations.tif"


def try_package(package: str, folders: Sequence[Path], progress: Progress) -> str:
    """Import a package from `folders`, searched after QGIS's own, and use it.

    Returns
    -------
    str
        The version that worked.

    Raises
    ------
    DependencyError
        If no separate Python is found, or the package does not work; with the reason.
    Cancelled
    """
    interpreter = find_interpreter()
    if interpreter is None:
        raise DependencyError(
            tr(
                "No Python interpreter was found beside {executable}, so that {package} cannot "
                "be tried safely and was not installed: copy the diagnostics and report this."
            ).format(executable=sys.executable, package=package)
        )
    request = {
        "package": package,
        "folders": [str(folder) for folder in folders],
        "path": [*_search_path(package), *(str(folder) for folder in folders)],
        "model": str(RESOURCES / "models" / "kaguya_mi.onnx"),
        "raster": str(RESOURCES / "demo" / DEMO_RASTER),
    }
    script = _COMMON + SCRIPTS[package] + _END
    # -B: do not write byte code into folders that may be removed again.
    try:
        finished = run(
            interpreter, ["-B", "-c", script, json.dumps(request)], TRIAL_SECONDS, progress
        )
    except OSError as error:
        raise DependencyError(
            tr("{python} cannot be started to try {package} ({reason}).").format(
                python=interpreter.path, package=package, reason=error.strerror or error
            )
        ) from error
    for line in finished.output.splitlines():
        if finished.status == 0 and line.startswith("LUNAR-OXIDE-TRIAL "):
            return line.split(" ", 1)[1]
    reason = _reason(finished.errors) or f"exit status {finished.status}"
    raise DependencyError(
        tr(
            "{package} does not work in QGIS's Python ({reason}); it was removed again and "
            "nothing has changed: try another version from a wheel file."
        ).format(package=package, reason=reason)
    )


def _reason(errors: str) -> str:
    """The message of an exception on one line: the text after the last indented line."""
    lines = errors.strip().splitlines()
    indented = [number for number, line in enumerate(lines) if line.startswith(" ")]
    return " ".join(" ".join(lines[indented[-1] + 1 if indented else 0 :] or lines[-1:]).split())


def _search_path(package: str) -> List[str]:
    """QGIS's search path without an older copy of the package in the profile."""
    own = {str(item.folder) for item in installed_packages() if item.name == package}
    return [entry for entry in sys.path if entry and entry not in own]
