"""The measured results of validation, on disk between commands."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .stations import Stations, read_stations

RESULTS = Path(__file__).resolve().parent / "results" / "validation.json"

#: Modules whose change changes the numbers of the model.
_RECIPE_MODULES = (
    "instrument",
    "stations",
    "folds",
    "features",
    "experts",
    "mixing",
    "linear",
    "teacher",
    "synthetic",
    "student",
    "calibrate",
    "spread",
    "inversion",
    "graph",
    "recipe",
)


class StaleResultsError(RuntimeError):
    """The stored validation is not of this recipe and station table."""


def recipe_digest() -> str:
    """Digest of the recipe's source and of what the stations teach."""
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for name in _RECIPE_MODULES:
        digest.update((folder / f"{name}.py").read_bytes())
    for published in (False, True):
        digest.update(_taught(read_stations(published=published)))
    return digest.hexdigest()[:16]


def _taught(stations: Stations) -> bytes:
    """Stations as bytes: names, reflectance and composition, whatever else the table holds."""
    names = json.dumps([stations.ids, stations.missions]).encode()
    return names + stations.reflectance.tobytes() + stations.oxides.tobytes()


def save(document: dict[str, Any], path: Path = RESULTS) -> None:
    """Write results with the digest of what made them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"recipe": recipe_digest(), **document}, indent=1, ensure_ascii=False)
    partial = path.with_name(path.name + ".part")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def load(path: Path = RESULTS) -> dict[str, Any]:
    """Read results.

    Raises
    ------
    StaleResultsError
        If they are missing or of another recipe.
    """
    if not path.exists():
        raise StaleResultsError(f"{path} is missing: run make validate-model")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if document["recipe"] != recipe_digest():
        raise StaleResultsError(
            "The recipe or the station table changed since the last validation: "
            "run make validate-model"
        )
    return document
