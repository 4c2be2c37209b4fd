"""The description that a model file carries (docs/model_file.md)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import scipy

from .calibrate import Z90
from .card_texts import TEXTS
from .stations import Stations

METADATA_KEY = "lunar_oxide_model"
SCHEMA_VERSION = 1

#: Range in wt% outside which a lunar soil's abundance is implausible: that of returned soils
#: and regolith breccias (Lunar Sourcebook 1991, chapter 7) with margin.
VALID_RANGES = {
    "TiO2": (0.0, 20.0),
    "FeO": (0.0, 30.0),
    "Al2O3": (0.0, 40.0),
    "MgO": (0.0, 30.0),
    "CaO": (0.0, 25.0),
    "SiO2": (30.0, 60.0),
}


def bands(stations: Stations) -> list[dict[str, Any]]:
    """The instrument's bands with the range of reflectance in training."""
    instrument = stations.instrument
    low, high = stations.reflectance.min(0), stations.reflectance.max(0)
    return [
        {
            "name": f"{instrument.key} {wavelength:g} nm",
            "wavelength_nm": _plain(wavelength),
            "width_nm": _plain(width),
            "training_min": round(float(low[index]), 6),
            "training_max": round(float(high[index]), 6),
        }
        for index, (wavelength, width) in enumerate(
            zip(instrument.wavelengths_nm, instrument.widths_nm)
        )
    ]


def _plain(number: float) -> float | int:
    """A whole number without decimals."""
    return int(number) if number == int(number) else number


def outputs(oxide_names: Sequence[str]) -> list[dict[str, Any]]:
    """Oxides with unit and plausible range."""
    return [
        {
            "oxide": oxide,
            "unit": "wt%",
            "valid_min": VALID_RANGES[oxide][0],
            "valid_max": VALID_RANGES[oxide][1],
        }
        for oxide in oxide_names
    ]


def at_new_places(stations: Stations, half_width: Mapping[str, float]) -> list[dict[str, Any]]:
    """For each oxide, whether the interval at a new place is wider than that of all soils.

    Parameters
    ----------
    stations : Stations
        Training stations.
    half_width : mapping
        By oxide: mean half-width of the 90 % interval of a new place at stations that were left
        out one by one, so that nearly everything that the file knows was known, wt%.
    """
    spread = Z90 * stations.oxides.std(0)
    return [
        {
            "half_width": round(float(half_width[oxide]), 4),
            "soil_half_range": round(float(spread[index]), 4),
            "tells_little": bool(half_width[oxide] > spread[index]),
        }
        for index, oxide in enumerate(stations.oxide_names)
    ]


def software() -> dict[str, str]:
    """Versions that numbers depend on."""
    return {"numpy": np.__version__, "scipy": scipy.__version__, "onnx": onnx.__version__}


def describe(
    *,
    name: str,
    title: str,
    version: str,
    summary: str,
    stations: Stations,
    seed: int | None,
    sigma: Mapping[str, Any],
    new_place: Mapping[str, Any],
    domain: Mapping[str, Any],
    validation: Sequence[Mapping[str, Any]],
    comparison: Mapping[str, Any] | None,
    extra: Mapping[str, Any],
) -> dict[str, Any]:
    """The whole document of a model trained on `stations`.

    `comparison` holds other methods' figures by protocol and method; `extra` the free keys of
    docs/model_file.md.
    """
    document = {
        "schema_version": SCHEMA_VERSION,
        "name": name,
        "title": title,
        "version": version,
        "license": "MIT",
        "citation": TEXTS[stations.instrument.key].citation,
        "summary": summary,
        "input": {
            "quantity": "reflectance",
            "geometry": "i=30, e=0, g=30 (degrees)",
            "sensor": stations.instrument.sensor.title,
            "bands": bands(stations),
        },
        "outputs": [
            {**output, "new_place": told}
            for output, told in zip(
                outputs(stations.oxide_names), at_new_places(stations, new_place["half_width_90"])
            )
        ],
        "sigma": dict(sigma),
        "sigma_new_place": dict(new_place),
        "domain": dict(domain),
        "training": {
            "stations": list(stations.ids),
            "n_stations": len(stations),
            "includes_change6": "CE6" in stations.ids,
            "data_citation": stations.instrument.spectra_source,
            "seed": seed,
            "software": software(),
        },
        "validation": list(validation),
        **extra,
    }
    if comparison is not None:
        document["comparison"] = [
            {"protocol": protocol, "method": method, "n": len(stations), "oxides": oxides}
            for protocol, methods in comparison.items()
            for method, oxides in methods.items()
            if any(oxide in oxides for oxide in stations.oxide_names)
        ]
    return document


def write_model(model: onnx.ModelProto, document: Mapping[str, Any], path: Path) -> None:
    """Put the description into the graph and write the file in one step.

    Readers see the old file or the new one, never half of it.
    """
    del model.metadata_props[:]
    entry = model.metadata_props.add()
    entry.key = METADATA_KEY
    entry.value = json.dumps(document, ensure_ascii=False, sort_keys=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial.write_bytes(model.SerializeToString(deterministic=True))
    partial.replace(path)
