"""Readable names with units for the fields of vector layers, from the names of their columns.

Columns follow one rule everywhere: subject, what about it, unit (``feo_predicted_wt``). So a layer
of any algorithm gets its aliases here, and no algorithm lists its own.
"""

from __future__ import annotations

import re
from html import escape
from typing import Dict, List, Tuple

from qgis.core import QgsVectorLayer

from ..core.chemistry.oxides import UNIT
from ..core.chemistry.quantities import BY_KEY
from ..core.translation import tr
from .site_layers import html_field

#: Endings of columns and the unit that they stand for.
UNITS = {
    "wt": UNIT,
    "deg": "°",
    "m": "m",
    "km": "km",
    "m2": "m²",
    "km2": "km²",
    "nm": "nm",
    "percent": "%",
}

#: Fields in a map tip.
TIP_FIELDS = 12
#: Most words of a phrase that `_known` has.
MOST_WORDS = 3


def name_fields(layer: QgsVectorLayer) -> None:
    """Give every field of a layer that has no alias a readable one, with its unit."""
    for place, field in enumerate(layer.fields()):
        if not layer.attributeAlias(place):
            layer.setFieldAlias(place, field_alias(field.name()))


def fields_tip(layer: QgsVectorLayer) -> str:
    """HTML of a map tip with the first fields of a layer, for layers without one of their own."""
    rows = "".join(
        f"<tr><td>{escape(field_alias(field.name()))}</td><td>{html_field(field.name())}</td></tr>"
        for field in list(layer.fields())[:TIP_FIELDS]
    )
    return f"<table>{rows}</table>"


def field_alias(name: str) -> str:
    """A readable name for a column, e.g. ``"FeO predicted (wt%)"`` for ``feo_predicted_wt``."""
    subject, words, unit = _parts(name)
    text = " ".join(filter(None, (subject, *_phrases(words))))
    if not subject:
        text = text[:1].upper() + text[1:]
    return f"{text} ({unit})" if unit else text


def _parts(name: str) -> Tuple[str, List[str], str]:
    """Subject, further words and unit of a column's name."""
    text = name.lower()
    key = max((key for key in BY_KEY if f"{text}_".startswith(f"{key}_")), key=len, default="")
    words = [word for word in text[len(key) :].split("_") if word]
    unit = ""
    if len(words) > (0 if key else 1) and words[-1] in UNITS:
        unit = UNITS[words.pop()]
    elif key and (not words or BY_KEY[key].unit != UNIT):
        unit = BY_KEY[key].unit
    return (BY_KEY[key].label if key else ""), words, unit


def _phrases(words: List[str]) -> List[str]:
    """Words as users read them; known sequences of up to `MOST_WORDS` words are one phrase."""
    known = _known()
    found: List[str] = []
    while words:
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            phrase = known.get(" ".join(words[:count]))
            if phrase is not None:
                break
        else:
            count, phrase = 1, _word(words[0])
        found.append(phrase)
        words = words[count:]
    return found


def _word(word: str) -> str:
    wavelength = re.fullmatch(r"r?(\d+(?:\.\d+)?)(?:nm)?", word)
    if wavelength and (word.startswith("r") or word.endswith("nm")):
        template = tr("reflectance at {nm} nm") if word.startswith("r") else tr("{nm} nm")
        return template.format(nm=wavelength.group(1))
    near = re.fullmatch(r"near(\d+)", word)
    if near:
        return tr("nearest station {number}:").format(number=near.group(1))
    return BY_KEY[word].label if word in BY_KEY else word


def _known() -> Dict[str, str]:
    """Words of columns, and sequences of words, as users read them."""
    return {
        "station id": tr("station"),
        "name": tr("name"),
        "mission": tr("mission"),
        "latitude": tr("latitude"),
        "longitude": tr("longitude"),
        "position error": tr("uncertainty of the position"),
        "sample kind": tr("kind of sample"),
        "samples": tr("samples"),
        "citation": tr("publication"),
        "position source": tr("source of the position"),
        "measured": tr("measured"),
        "measured sigma": tr("uncertainty of the measurement (sigma)"),
        "predicted": tr("predicted"),
        "reference": tr("predicted for the reference"),
        "sigma": tr("uncertainty (sigma)"),
        "sigma kind": tr("where the uncertainty holds"),
        "sigma basis": tr("why this uncertainty"),
        "residual": tr("predicted minus measured"),
        "z": tr("residual / uncertainty"),
        "outside 90": tr("outside the 90 % interval"),
        "strongest": tr("strongest band"),
        "from": tr("due to"),
        "not explained": tr("not explained by bands"),
        "seen in training": tr("seen in training"),
        "domain distance": tr("domain distance (above 1: spectrum unlike all sampled ones)"),
        "quality": tr("quality flags (0: good)"),
        "quality text": tr("quality"),
        "n pixels": tr("number of pixels"),
        "n valid": tr("number of valid pixels"),
        "n read": tr("number of pixels read"),
        "n": tr("number of pixels"),
        "note": tr("note"),
        "label": tr("name"),
        "raster": tr("raster"),
        "model": tr("model"),
        "colour": tr("colour"),
        "x": tr("x in the raster's CRS"),
        "y": tr("y in the raster's CRS"),
        "pixel column": tr("column of the pixel"),
        "pixel row": tr("row of the pixel"),
        "pixel columns": tr("columns of pixels"),
        "pixel rows": tr("rows of pixels"),
        "nearest stations": tr("nearest stations"),
        "distance": tr("distance"),
        "station": tr("station"),
        "area": tr("area"),
        "mean": tr("mean"),
        "median": tr("median"),
        "spread": tr("spread"),
        "standard error": tr("standard error"),
        "p05": tr("5th percentile"),
        "p25": tr("25th percentile"),
        "p75": tr("75th percentile"),
        "p95": tr("95th percentile"),
    }
