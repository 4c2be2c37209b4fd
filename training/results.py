"""The measured results of validation, on disk between commands."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .stations import STATION_TABLE

RESULTS = Path(__file__).resolve().parent / "results" / "validation.json"

#: Modules whose change changes the numbers of the model.
_RECIPE_MODULES = (
    "stations",
    "folds",
    "features",
    "experts",
    "mixing",
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
    """Digest of the recipe's source and of the station table."""
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in (*(folder / f"{name}.py" for name in _RECIPE_MODULES), STATION_TABLE):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


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
