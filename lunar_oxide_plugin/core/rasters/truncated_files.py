"""Refuse raw images that are shorter than their header says, where newer GDAL reads zeros."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import RasterError
from . import pds_label

if TYPE_CHECKING:
    import rasterio

#: Formats of uncompressed pixels behind a header, by GDAL's names.
RAW_FORMATS = ("ENVI", "PDS", "PDS4", "ISIS3", "VICAR", "EHdr")

#: First bytes of an ISIS cube, which begins with its label.
LABEL_BYTES = 1 << 20


def require_whole(dataset: rasterio.DatasetReader, path: str) -> None:
    """Refuse a truncated raw image; closes the dataset then.

    Raises
    ------
    RasterError
    """
    if dataset.driver not in RAW_FORMATS:
        return
    if dataset.tags(ns="ENVI").get("file_compression", "0") == "1":
        return
    files = [Path(name) for name in dataset.files if Path(name).is_file()]
    if not files:
        return
    # A detached label may be longer than the rest of its image.
    files = [file for file in files if file.suffix.lower() != ".lbl"] or files
    image = max(files, key=lambda file: file.stat().st_size)
    pixels = dataset.width * dataset.height
    needed = _image_start(dataset.driver, Path(path)) + pixels * sum(
        4 if kind == "complex_int16" else np.dtype(kind).itemsize for kind in dataset.dtypes
    )
    actual = image.stat().st_size
    if actual < needed:
        dataset.close()
        raise RasterError(
            f"{image.name} has {actual} bytes where its header needs {needed}: the file is "
            "truncated; copy or download it again."
        )


def _image_start(driver: str, path: Path) -> int:
    """Bytes before the image in its file, as far as the label tells; 0 otherwise."""
    if driver == "PDS":
        return pds_label.read_image_start(path)
    if driver == "ISIS3" and path.is_file():
        with open(path, "rb") as file:
            label = file.read(LABEL_BYTES).split(b"\0", 1)[0]
        match = re.search(rb"StartByte\s*=\s*(\d{1,12})", label)
        return int(match.group(1)) - 1 if match else 0
    return 0
