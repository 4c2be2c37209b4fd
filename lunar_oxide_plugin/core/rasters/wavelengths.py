"""Find the wavelength of each band from the file's metadata."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

from rasterio.enums import ColorInterp

from ..errors import RasterError
from ..files import is_there
from ..version import TAG_PREFIX
from . import pds_label
from .bands import LIGHT_NM, RasterBand, band_centre, shared_numbers, to_nanometres
from .sensors.recognition import Evidence, filters_named, recognise
from .sensors.record import Sensor

if TYPE_CHECKING:
    import rasterio


#: Most characters of a virtual raster or a tag that are searched for names of products.
_HISTORY_BYTES = 65536

#: Reasons why a raster is taken for a sensor's product, by the basis of the recognition.
_BASIS = {
    "label": "its label names a product of {0}",
    "file name": "its name or its history names a product of {0}",
    "band names": "its bands are called after the filters of {0}",
    "numbers": "the count, type and scale of its bands are those of a product of {0}",
}


def band_wavelengths(dataset: rasterio.DatasetReader, path: str) -> List[Optional[float]]:
    """Centre wavelength of each band in nm: band tags, ENVI header list, PDS3 label.

    Raises
    ------
    RasterError
        If a header's list does not fit the bands.
    """
    _require_one_for_each_band(dataset)
    unit = _envi_tags(dataset).get("wavelength_units", "")
    found = [_tagged_wavelength(_all_tags(dataset, number), unit) for number in dataset.indexes]
    if not any(found):
        found = _listed_wavelengths(dataset)
    if not any(found) and dataset.driver == "PDS":
        defined = pds_label.read_band_definitions(Path(path))
        if len(defined) == dataset.count:
            found = [band.wavelength_nm for band in defined]
    return found


def describe_bands(
    dataset: rasterio.DatasetReader, path: str
) -> Tuple[Tuple[RasterBand, ...], Optional[Sensor]]:
    """Metadata of a raster's bands, and its sensor, if recognised.

    If the raster gives no wavelengths, but its label, name, history or numbers are those of a
    sensor's product with as many bands, that product's wavelengths are assumed.
    """
    bad = _bad_bands(dataset)
    names = [(name or "").strip() for name in dataset.descriptions]
    shared = shared_numbers(names)
    bands = tuple(
        RasterBand(number, names[number - 1], wavelength, "", number in bad, shared)
        for number, wavelength in zip(dataset.indexes, band_wavelengths(dataset, path))
    )
    found = recognise(read_evidence(dataset, path, bands))
    if found is None:
        return bands, None
    sensor = found.sensor
    told = any(band_centre(band) is not None for band in bands)
    light = _bands_of_light(dataset)
    if told or len(sensor.filters) != len(light):
        return bands, sensor
    reason = _BASIS[found.basis].format(sensor.title)
    # Names of filters tell the order; without them, it is that of the product.
    filters = filters_named(sensor, [names[number - 1] for number in light]) or sensor.filters
    centres = dict(zip(light, (own.wavelength_nm for own in filters)))
    return (
        tuple(
            replace(band, wavelength_nm=centres[band.number], assumed=reason)
            if band.number in centres
            else band
            for band in bands
        ),
        sensor,
    )


def _bands_of_light(dataset: rasterio.DatasetReader) -> List[int]:
    """Numbers of the bands without those that are masks, as warping tools add one."""
    kinds = zip(dataset.indexes, dataset.colorinterp)
    return [number for number, kind in kinds if kind is not ColorInterp.alpha]


def _bad_bands(dataset: rasterio.DatasetReader) -> FrozenSet[int]:
    """Numbers of the bands that an ENVI header's bad-band list (bbl) marks bad."""
    text = _envi_tags(dataset).get("bbl", "")
    values = [_number(part) for part in _list(text)]
    if len(values) != dataset.count:
        return frozenset()
    return frozenset(number for number, good in enumerate(values, start=1) if good == 0.0)


def _envi_tags(dataset: rasterio.DatasetReader) -> Dict[str, str]:
    return {key.lower(): value for key, value in dataset.tags(ns="ENVI").items()}


def read_evidence(
    dataset: rasterio.DatasetReader, path: str, bands: Sequence[RasterBand]
) -> Evidence:
    """Metadata of an open raster that can identify its sensor."""
    label = pds_label.read_instrument(Path(path)) if dataset.driver == "PDS" else ""
    light = _bands_of_light(dataset)
    return Evidence(
        wavelengths_nm=tuple(map(band_centre, bands)),
        file_names=product_names(dataset, path),
        label=label,
        dtypes=tuple(dataset.dtypes[number - 1] for number in light),
        scales=tuple(dataset.scales[number - 1] for number in light),
        band_names=tuple(bands[number - 1].description for number in light),
    )


def product_names(dataset: rasterio.DatasetReader, path: str) -> Tuple[str, ...]:
    """The file's name, those of files behind a virtual raster, and those in its history."""
    names = [Path(path).name]
    if dataset.driver == "VRT" and is_there(path):
        with open(path, "rb") as file:
            names.append(file.read(_HISTORY_BYTES).decode("utf-8", "replace"))
    # A raster that this plugin derived from a product is not a product.
    names += [
        value[:_HISTORY_BYTES]
        for key, value in dataset.tags().items()
        if not key.startswith(TAG_PREFIX)
    ]
    return tuple(names)


def _all_tags(dataset: rasterio.DatasetReader, number: int) -> Dict[str, str]:
    tags = dict(dataset.tags(number))
    tags.update(dataset.tags(number, ns="IMAGERY"))
    return {key.strip().lower(): value for key, value in tags.items()}


def _tagged_wavelength(tags: Mapping[str, str], file_unit: str) -> Optional[float]:
    unit = tags.get("wavelength_units", tags.get("wavelength_unit", file_unit))
    for key in ("wavelength", "wavelength_nm", "center_wavelength", "centre_wavelength"):
        if key in tags:
            inline = re.search(r"[A-Za-zµμ]+\s*$", tags[key])
            own_unit = "nm" if key.endswith("_nm") else (inline.group(0) if inline else unit)
            return _nanometres(tags[key], own_unit)
    # The last choice, because newer GDAL writes it for ENVI headers too, rounded to a nanometre.
    if "central_wavelength_um" in tags:
        return _nanometres(tags["central_wavelength_um"], "um")
    return None


def _listed_wavelengths(dataset: rasterio.DatasetReader) -> List[Optional[float]]:
    """Dataset-wide list, as ENVI headers and some converters store it."""
    for namespace in ("ENVI", None):
        tags = {key.lower(): value for key, value in dataset.tags(ns=namespace).items()}
        parts = _list(tags.get("wavelength", tags.get("wavelengths", "")))
        if len(parts) == dataset.count:
            unit = tags.get("wavelength_units", tags.get("wavelength units", ""))
            found = [_nanometres(part, unit) for part in parts]
            if None not in found:
                return found
    return [None] * dataset.count


def _require_one_for_each_band(dataset: rasterio.DatasetReader) -> None:
    """Refuse an ENVI header whose list has more or fewer wavelengths than bands.

    GDAL assigns them to the bands one by one, so that all after a decimal comma are shifted.
    """
    parts = _list(_envi_tags(dataset).get("wavelength", ""))
    if parts and len(parts) != dataset.count:
        raise RasterError(
            f"The header of {Path(dataset.name).name} lists {len(parts)} wavelengths for "
            f"{dataset.count} bands (a decimal comma counts as two): correct its list."
        )


def _list(text: str) -> List[str]:
    return [part for part in re.split(r"[,\s]+", text.strip("{}[]() \n\t")) if part]


def _nanometres(text: str, unit: str) -> Optional[float]:
    """A wavelength in nm, or None if it is not one.

    A unit with which the number is not a wavelength of light, e.g. 749 micrometres, is ignored.
    """
    value, unit = _number(text), unit.strip().lower()
    if value is None or not value > 0.0 or unit.startswith(("index", "band", "ghz", "mhz")):
        return None
    if unit.startswith(("wavenumber", "1/cm", "cm-1", "cm^-1")):
        return 1e7 / value
    nanometres = to_nanometres(value, unit)
    low, high = LIGHT_NM
    if low <= nanometres <= high:
        return nanometres
    return to_nanometres(value) if low <= to_nanometres(value) <= high else nanometres


def _number(text: str) -> Optional[float]:
    match = re.search(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text)
    return float(match.group(0)) if match else None
