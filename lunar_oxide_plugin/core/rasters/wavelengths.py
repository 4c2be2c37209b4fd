"""Which wavelength each band of a raster has, by whatever the file says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Dict, List, Mapping, Optional, Sequence

from . import pds_label
from .bands import RasterBand, band_centre, to_nanometres
from .sensors.known import MI
from .sensors.recognition import Evidence

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
            found = [own.wavelength_nm for own in MI.filters]
    return found


def read_evidence(
    dataset: rasterio.DatasetReader, path: str, bands: Sequence[RasterBand]
) -> Evidence:
    """What an open raster says of its sensor."""
    label = pds_label.read_instrument(Path(path)) if dataset.driver == "PDS" else ""
    return Evidence(
        wavelengths_nm=tuple(map(band_centre, bands)),
        file_names=(Path(path).name,),
        label=label,
        dtypes=tuple(dataset.dtypes),
        scales=tuple(dataset.scales),
    )


def _is_mi_map(dataset: rasterio.DatasetReader, path: str) -> bool:
    """Whether a file is a MI_MAP product by its own name; its nine bands have a fixed order."""
    return dataset.count == len(MI.filters) and MI.version_in(Path(path).name) is not None


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
