"""Write the installable zip: one folder, real files instead of links, no caches."""

from __future__ import annotations

import configparser
import zipfile
from pathlib import Path
from typing import Iterator, Tuple

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "lunar_oxide_plugin"
ALSO = ("LICENSE", "README.md", "CHANGELOG.md")

#: Files that QGIS and interrupted runs leave beside rasters.
LEFT_BEHIND = (".aux.xml", ".part", ".part.tif", ".pyc")

#: With a fixed date the same sources give the same zip.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)


def package_files() -> Iterator[Tuple[Path, str]]:
    """Files of the package with their names inside it, links followed."""
    for folder, name in ((ROOT / PLUGIN, PLUGIN), (ROOT / "resources", f"{PLUGIN}/resources")):
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file() or "__pycache__" in path.parts:
                continue
            if path.name.endswith(LEFT_BEHIND):
                continue
            yield path, f"{name}/{path.relative_to(folder).as_posix()}"
    yield ROOT / "metadata.txt", f"{PLUGIN}/metadata.txt"
    for name in ALSO:
        yield ROOT / name, f"{PLUGIN}/{name}"


def build(folder: Path) -> Path:
    """Write the zip into `folder` and return its path."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PLUGIN}-{metadata.get('general', 'version')}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in package_files():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


if __name__ == "__main__":
    written = build(ROOT / "dist")
    print(f"{written.relative_to(ROOT)}  {written.stat().st_size / 1e6:.2f} MB")
