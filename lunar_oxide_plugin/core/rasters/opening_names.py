"""Find the file by which GDAL opens an image, if the user named another of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

from ..files import is_there

#: Extensions of labels and headers beside an image (PDS3, PDS4, ENVI).
_LABELS = (".lbl", ".LBL", ".Lbl", ".lab", ".LAB", ".xml", ".XML")
#: ENVI's driver opens the image, not its header.
_IMAGES = ("", ".img", ".IMG", ".dat", ".bsq", ".bil", ".bip", ".raw", ".envi")


#: Extensions of archives, which GDAL opens by another name.
_ARCHIVES = (".zip", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz")

#: Extensions of images that may need a label or header beside them.
_NEED_LABEL = (".img", ".dat", ".raw", ".bsq", ".bil", ".bip", ".cub", ".qub")


def why_not(path: str) -> str:
    """Likely reason why GDAL cannot open an existing file, and advice; empty if unknown."""
    ending = Path(path).suffix.lower()
    if ending in _ARCHIVES:
        return "it is an archive: unpack it and choose the raster in it"
    if ending in _NEED_LABEL:
        return (
            "an image of this kind needs its label or header (.lbl, .lab, .xml or .hdr) of the "
            "same name in the same folder: put it there"
        )
    if ending in (".lbl", ".lab", ".xml", ".hdr"):
        return "a label or header needs its image in the same folder: put it there"
    return ""


def other_names(path: str) -> Iterator[str]:
    """Files beside a file by which GDAL may open the same image, the most likely first.

    Parameters
    ----------
    path : str
        A file that GDAL does not open directly: the image of a detached label, or a header.

    Returns
    -------
    str
    """
    file = Path(path)
    in_archive = path.startswith("/vsi")
    if not in_archive and not is_there(path):  # the text of a virtual raster, a database
        return
    if file.suffix.lower() == ".hdr":
        candidates = [file.with_suffix(ending) for ending in _IMAGES]
    else:
        candidates = [file.with_suffix(ending) for ending in _LABELS]
    if in_archive:  # files in archives cannot be tested; a Path would lose GDAL's double slash
        stem = path[: len(path) - len(file.suffix)]
        yield from (stem + candidate.suffix for candidate in candidates)
        return
    for candidate in candidates:
        if candidate != file and candidate.is_file():
            yield str(candidate)
