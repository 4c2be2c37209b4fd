"""Find the file by which GDAL opens an image, if the user named another of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

#: Extensions of labels and headers beside an image (PDS3, PDS4, ENVI).
_LABELS = (".lbl", ".LBL", ".Lbl", ".xml", ".XML")
#: ENVI's driver opens the image, not its header.
_IMAGES = ("", ".img", ".IMG", ".dat", ".bsq", ".bil", ".bip", ".raw", ".envi")


def other_names(path: str) -> Iterator[str]:
    """Files beside a file by which GDAL may open the same image, the most likely first.

    Parameters
    ----------
    path : str
        A file that GDAL does not open by itself: the image of a detached label, or a header.
    """
    file = Path(path)
    if not file.is_file():
        return
    if file.suffix.lower() == ".hdr":
        candidates = [file.with_suffix(ending) for ending in _IMAGES]
    else:
        candidates = [file.with_suffix(ending) for ending in _LABELS]
    for candidate in candidates:
        if candidate != file and candidate.is_file():
            yield str(candidate)
