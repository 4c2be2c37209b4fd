"""Which wavelength each band of a raster has, by whatever the file says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Dict, List, Mapping, Optional

from . import pds_label
from .bands import MI_FILTERS, to_nanometres

if TYPE_CHECKING:
    import rasterio


def band_wavelengths(dataset: rasterio.DatasetReader, path: str) -> List[Optional[float]]:
    """Centre wavelength of each band in nm: band tags, ENVI header list, PDS3 label."""
    found = [_tagged_wavelength(_all_tags(dataset, number)) for number in dataset.indexes]
    if not any(found):
        found = _listed_wavelengths(dataset)
    if not any(found) and dataset.driver == "PDS":
        defined = pds_label.read_band_definitions(Path(path))
        if len(defined) == dataset.count:
            found = [band.wavelength_nm for band in defined]
        elif _is_mi_map(dataset, path):
            found = [centre for centre, _ in MI_FILTERS.values()]
    return found


def _is_mi_map(dataset: rasterio.DatasetReader, path: str) -> bool:
    """Whether a file is a MI_MAP product by its own name; its nine bands have a fixed order."""
    return dataset.count == len(MI_FILTERS) and Path(path).name.upper().startswith("MI_MAP_")


def _all_tags(dataset: rasterio.DatasetReader, number: int) -> Dict[str, str]:
    tags = dict(dataset.tags(number))
    tags.update(dataset.tags(number, ns="IMAGERY"))
    return {key.strip().lower(): value for key, value in tags.items()}


def _tagged_wavelength(tags: Mapping[str, str]) -> Optional[float]:
    if "central_wavelength_um" in tags:
        value = _number(tags["central_wavelength_um"])
        return None if value is None else to_nanometres(value, "um")
    unit = tags.get("wavelength_units", tags.get("wavelength_unit", ""))
    for key in ("wavelength", "wavelength_nm", "center_wavelength", "centre_wavelength"):
        if key in tags:
            value = _number(tags[key])
            inline = re.search(r"[A-Za-zµμ]+\s*$", tags[key])
            own_unit = "nm" if key.endswith("_nm") else (inline.group(0) if inline else unit)
            return None if value is None else to_nanometres(value, own_unit)
    return None


def _listed_wavelengths(dataset: rasterio.DatasetReader) -> List[Optional[float]]:
    """Dataset-wide list, as ENVI headers and some converters store it."""
    for namespace in ("ENVI", None):
        tags = {key.lower(): value for key, value in dataset.tags(ns=namespace).items()}
        text = tags.get("wavelength", tags.get("wavelengths", ""))
        values = [_number(part) for part in re.split(r"[,\s]+", text.strip("{}[]() ")) if part]
        if len(values) == dataset.count and all(value is not None for value in values):
            unit = tags.get("wavelength_units", tags.get("wavelength units", ""))
            return [to_nanometres(value, unit) for value in values if value is not None]
    return [None] * dataset.count


def _number(text: str) -> Optional[float]:
    match = re.search(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text)
    return float(match.group(0)) if match else None
