"""Names by which GDAL opens an image that a user calls by another of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

#: A label or header stands beside its image under one of these endings (PDS3, PDS4, ENVI).
_LABELS = (".lbl", ".LBL", ".Lbl", ".xml", ".XML")
#: ENVI's driver opens the image, not its header.
_IMAGES = ("", ".img", ".IMG", ".dat", ".bsq", ".bil", ".bip", ".raw", ".envi")


def other_names(path: str) -> Iterator[str]:
    """Files beside a file by which GDAL may open the same image, the likeliest first.

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
