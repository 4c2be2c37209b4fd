"""Readings as plain JSON values, for a project file, and back."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.oxides import OXIDES
from ..rasters.bands import ModelBand
from ..rasters.quality import FLAGS
from ..sites.nearest_stations import NearStation
from ..sites.sample_sites import SampleSite, load_sites
from .reading import FlagShare, PixelArea, SpectrumReading, Spread

#: Most bands, and longest text, of a reading in a file.
_MOST_BANDS = 1000
_MOST_LETTERS = 2000


def document_of(reading: SpectrumReading) -> Dict[str, Any]:
    """A reading as values that JSON can hold; the spectra of a box's pixels are left out.

    Parameters
    ----------
    reading : SpectrumReading

    Returns
    -------
    dict
    """
    area = reading.area
    return {
        "raster": reading.raster_name,
        "model": reading.model_title,
        "area": [area.column, area.row, area.columns, area.rows],
        "place": [_value(v) for v in (area.x, area.y, area.longitude_deg, area.latitude_deg)],
        "sampled": area.sampled,
        "pixels": [reading.n_valid, reading.n_read],
        "bands": [
            [b.name, *map(_value, (b.wavelength_nm, b.width_nm, b.training_min, b.training_max))]
            for b in reading.bands
        ],
        "reflectance": [_spread(spread) for spread in reading.reflectance],
        "oxides": [oxide.name for oxide in reading.oxides],
        "oxides_wt": [_spread(spread) for spread in reading.oxides_wt],
        "sigma_wt": [_value(value) for value in reading.sigma_wt],
        "domain_distance": _value(reading.domain_distance),
        "flags": [[share.flag.bit, share.share] for share in reading.flags],
        "nearest": [
            [near.site.station_id, near.distance, [_value(v) for v in near.reflectance]]
            for near in reading.nearest
        ],
        "nearest_note": reading.nearest_note,
        "data_origin": reading.data_origin,
    }


def reading_of(document: Mapping[str, Any]) -> SpectrumReading:
    """The reading of a document.

    Parameters
    ----------
    document : mapping
        As `document_of` makes it; of unknown origin.

    Returns
    -------
    SpectrumReading
        Stations that are no longer known are left out.

    Raises
    ------
    ValueError
        If it is damaged.
    """
    try:
        return _reading(document)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _reading(document: Mapping[str, Any]) -> SpectrumReading:
    x, y, longitude, latitude = map(_number, document["place"])
    column, row, columns, rows = map(int, document["area"])
    valid, read = map(int, document["pixels"])
    bands = tuple(_band(band) for band in document["bands"][:_MOST_BANDS])
    by_name = {oxide.name: oxide for oxide in OXIDES}
    oxides = tuple(by_name[name] for name in document["oxides"])
    reading = SpectrumReading(
        raster_name=_text(document["raster"]),
        model_title=_text(document["model"]),
        area=PixelArea(
            column, row, columns, rows, x, y,
            longitude if math.isfinite(longitude) else None,
            latitude if math.isfinite(latitude) else None,
            bool(document["sampled"]),
        ),
        n_valid=valid,
        n_read=read,
        bands=bands,
        reflectance=_spreads(document["reflectance"]),
        oxides=oxides,
        oxides_wt=_spreads(document["oxides_wt"]),
        sigma_wt=tuple(map(_number, document["sigma_wt"])),
        domain_distance=_number(document["domain_distance"]),
        flags=_flags(document["flags"]),
        nearest=_nearest(document["nearest"], len(bands)),
        nearest_note=_text(document["nearest_note"]),
        data_origin=_text(document["data_origin"]),
    )  # fmt: skip
    if len(reading.reflectance) != len(bands) or not bands:
        raise ValueError("one reflectance is needed for each band")
    if not len(oxides) == len(reading.oxides_wt) == len(reading.sigma_wt):
        raise ValueError("one amount and one sigma are needed for each oxide")
    return reading


def _value(value: Optional[float]) -> Optional[float]:
    """A number, or None, because JSON has no NaN."""
    return None if value is None or not math.isfinite(value) else float(value)


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("no number")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value[:_MOST_LETTERS]


def _spread(spread: Spread) -> List[Optional[float]]:
    return [_value(value) for value in (spread.median, spread.low, spread.high)]


def _spreads(rows: Sequence[Any]) -> Tuple[Spread, ...]:
    return tuple(Spread(*(_number(value) for value in row)) for row in rows[:_MOST_BANDS])


def _band(row: Sequence[Any]) -> ModelBand:
    name, *numbers = row
    return ModelBand(_text(name), *map(_number, numbers))


def _flags(rows: Sequence[Any]) -> Tuple[FlagShare, ...]:
    by_bit = {flag.bit: flag for flag in FLAGS}
    return tuple(FlagShare(by_bit[bit], _number(share)) for bit, share in rows if bit in by_bit)


def _nearest(rows: Sequence[Any], bands: int) -> Tuple[NearStation, ...]:
    known = _sites()
    found = (
        NearStation(known[name], _number(distance), tuple(map(_number, values)))
        for name, distance, values in rows
        if name in known
    )
    return tuple(near for near in found if len(near.reflectance) == bands)


@lru_cache(maxsize=1)
def _sites() -> Dict[str, SampleSite]:
    return {site.station_id: site for site in load_sites()}
