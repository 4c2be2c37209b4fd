"""The measured results of validation, on disk between commands.

Results consist of parts, each with the digest of what it depends on, so that a part stays valid
while others are measured again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import protocols
from .catalogue import ShippedModel
from .instrument import Instrument
from .stations import Stations, read_stations

RESULTS = Path(__file__).resolve().parent / "results" / "validation.json"

#: Sections of the file; each holds parts by the name of a model or the key of a sensor.
MODELS, SEEDS, PUBLISHED_LABELS = "models", protocols.SEEDS, protocols.PUBLISHED_LABELS
CANDIDATES, COMPARISON = "candidates", "comparison"

DIGEST = "digest"

#: Modules whose change changes the numbers of a model, beside the facts of its sensor.
_RECIPE_MODULES = (
    "stations",
    "folds",
    "features",
    "experts",
    "mixing",
    "linear",
    "titanium",
    "teacher",
    "synthetic",
    "dense",
    "regression",
    "selection",
    "kernels",
    "refinement",
    "student",
    "calibrate",
    "spread",
    "inversion",
    "graph",
    "recipe",
)

#: Modules whose change changes the numbers of the methods that models are compared with.
_COMPARISON_MODULES = (
    "stations",
    "folds",
    "features",
    "experts",
    "comparison",
    "literature",
    "metrics",
)


class StaleResultsError(RuntimeError):
    """The stored validation is not of this recipe and station table."""


def recipe_digest(stations: Stations, seed: int) -> str:
    """Digest of the recipe's source, of the sensor's facts and of what the stations teach."""
    published = read_stations(published=True, instrument=stations.instrument)
    instrument = stations.instrument
    shares = [(oxide, instrument.shares[oxide]) for oxide in stations.oxide_names]
    choices = (instrument.law_of_titanium, instrument.relative, instrument.without_skill)
    more = repr((seed, shares, *choices))
    return _digest(_RECIPE_MODULES, (stations, published), more)


def comparison_digest(stations: Stations) -> str:
    """Digest of the other methods' source, of the sensor's facts and of the stations."""
    return _digest(_COMPARISON_MODULES, (stations,), str(stations.instrument.networks))


def _digest(modules: Sequence[str], tables: Sequence[Stations], more: str) -> str:
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256(more.encode())
    for name in modules:
        digest.update((folder / f"{name}.py").read_bytes())
    for stations in tables:
        names = [stations.ids, stations.missions, stations.oxide_names]
        digest.update((_facts(stations.instrument) + json.dumps(names)).encode())
        digest.update(stations.reflectance.tobytes() + stations.oxides.tobytes())
    return digest.hexdigest()[:16]


def _facts(instrument: Instrument) -> str:
    """What the numbers of a model depend on in the record of its sensor."""
    noise = (instrument.common_noise, instrument.band_noise)
    return repr((instrument.nominal, instrument.iron, instrument.titanium, noise))


def save_part(
    section: str, name: str, digest: str, part: Mapping[str, Any], path: Path = RESULTS
) -> None:
    """Write one part with the digest of what made it; the others stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = read(path)
    document.setdefault(section, {})[name] = {DIGEST: digest, **part}
    partial = path.with_name(path.name + ".part")
    text = json.dumps(document, indent=1, ensure_ascii=False)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def read(path: Path = RESULTS) -> dict[str, Any]:
    """Everything that is stored, whatever it is of."""
    if not path.exists():
        return {}
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def load_part(section: str, name: str, digest: str, path: Path = RESULTS) -> dict[str, Any]:
    """Read one part.

    Raises
    ------
    StaleResultsError
        If it is missing or of another recipe.
    """
    part: dict[str, Any] | None = read(path).get(section, {}).get(name)
    if part is None or part[DIGEST] != digest:
        raise StaleResultsError(
            f"The recipe or the station table changed since the last validation ({section}, "
            f"{name}): run make validate-model"
        )
    return {key: value for key, value in part.items() if key != DIGEST}


def of_model(model: ShippedModel, seed: int, path: Path = RESULTS) -> dict[str, Any]:
    """Everything measured of one model: by protocol, other seeds, labels of earlier versions."""
    digest = recipe_digest(model.stations(), seed)
    document = load_part(MODELS, model.name, digest, path)
    for section in (SEEDS, PUBLISHED_LABELS):
        if model.name in read(path).get(section, {}):
            document[section] = load_part(section, model.name, digest, path)
    return document


def of_comparison(instrument: Instrument, path: Path = RESULTS) -> dict[str, Any]:
    """Figures of other methods on a sensor's stations, by protocol and method."""
    digest = comparison_digest(read_stations(instrument=instrument))
    return load_part(COMPARISON, instrument.key, digest, path)


def of_candidates(instrument: Instrument, seed: int, path: Path = RESULTS) -> dict[str, Any]:
    """What `skill` says of each oxide that a sensor's recipe may learn."""
    digest = recipe_digest(read_stations(instrument=instrument), seed)
    return load_part(CANDIDATES, instrument.key, digest, path)
