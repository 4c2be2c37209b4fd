"""Put held-out predictions into the shipped models: ``python -m training.held_out``.

Nothing is trained and no graph changes: only the descriptions get, for each protocol of
``training/results/validation.json``, what it predicted at each station that it held out.
`training.train` writes the same; this serves files that were written before it did.
"""

from __future__ import annotations

import json
from typing import Any

import onnx

from lunar_oxide_plugin.core.models.onnx_edit import GraphEditor

from . import results
from .catalogue import SHIPPED
from .description import METADATA_KEY


def main() -> None:
    """Update every shipped model whose validation is that of the results."""
    validation = results.load()["models"]
    for model in SHIPPED:
        content = model.path.read_bytes()
        properties = onnx.load_model_from_string(content).metadata_props
        document = next(json.loads(p.value) for p in properties if p.key == METADATA_KEY)
        count = sum(add_stations(entry, validation[model.name]) for entry in document["validation"])
        text = json.dumps(document, ensure_ascii=False, sort_keys=False)
        edited = GraphEditor(content, model.path.name).content({METADATA_KEY: text})
        partial = model.path.with_name(f".{model.path.name}.part")
        partial.write_bytes(edited)
        partial.replace(model.path)
        print(f"{model.path.name}: held-out predictions of {count} protocols")


def add_stations(entry: dict[str, Any], validation: dict[str, Any]) -> bool:
    """Add the stations of an entry's protocol, if its figures are those of the results.

    Raises
    ------
    ValueError
        If the entry's figures are not those of the results: the file is of another training.
    """
    measured = validation.get(entry["protocol"])
    if measured is None or "stations" not in measured:
        return False
    if measured["oxides"] != entry["oxides"]:
        raise ValueError(f"{entry['protocol']}: the file's figures are not those of the results")
    entry["stations"] = {
        station: {"predicted": held_out["predicted"]}
        for station, held_out in measured["stations"].items()
    }
    return True


if __name__ == "__main__":
    main()
