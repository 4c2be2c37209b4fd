"""What an imported file says of itself: what it is, and that nobody has validated it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import metrics, protocols, results
from .comparison import LEAKING
from .description import SCHEMA_VERSION, bands, outputs
from .instrument import KAGUYA_MI
from .published import FEATURES, Network
from .stations import OXIDES, FloatArray, Stations

#: Its name in the comparison.
PUBLISHED_NETWORK = "published OneDCNN"

CITATION = (
    "Networks: Yang et al. 2023, Nat Commun 14:7554, doi 10.1038/s41467-023-43358-0, published "
    "checkpoints imported by Lunar Oxide; Multiband Imager data: JAXA/SELENE."
)


def published_figures() -> list[dict[str, Any]]:
    """The OneDCNN's leave-one-out, retrained here, scored as in the literature and honestly.

    As published each fold keeps the epoch that is best on the station left out.
    """
    measured = results.of_comparison(KAGUYA_MI)[protocols.NESTED_LOO]
    return [
        {
            "protocol": f"leave-one-out, architecture retrained here on bulk soils, {scored}",
            "n": 56,
            "leaks": leaks,
            "oxides": measured[method],
        }
        for method, scored, leaks in (
            (f"{PUBLISHED_NETWORK} ({LEAKING})", LEAKING, True),
            (PUBLISHED_NETWORK, "last epoch", False),
        )
    ]


def describe_published(
    *,
    name: str,
    network: Network,
    stations: Stations,
    fitted: FloatArray,
    reading: str,
    belongs: bool,
    files: Sequence[Path],
) -> dict[str, Any]:
    """The description document of an imported file.

    Parameters
    ----------
    name : str
    network : Network
        One of the six: they share an architecture.
    stations : Stations
        Of the scalers; taken for those of the training.
    fitted : float array, shape (n, 6)
        Prediction on them, wt%.
    reading : str
        What was assumed of targets and strides.
    belongs : bool
        Whether the networks fit the stations.
    files : sequence of Path
        The six checkpoints, in the order of `OXIDES`.
    """
    kind = "residual network" if network.is_residual else "OneDCNN"
    doubt = "" if belongs else " The networks do not fit the stations given: do not use for maps."
    return {
        "schema_version": SCHEMA_VERSION,
        "name": name,
        "title": f"Published {kind}, imported",
        "version": "as published",
        "license": "that of the checkpoints (not stated in them; the published code is MIT)",
        "citation": CITATION,
        "summary": (
            f"Six published networks of the architecture {network.describe()}, imported with the "
            f"scalers of {len(stations)} stations ({reading}). Validation unknown: the published "
            "leave-one-out figures choose each fold's epoch on the station left out, which leaks. "
            f"No calibrated uncertainty.{doubt}"
        ),
        "input": {
            "quantity": "reflectance",
            "geometry": "i=30, e=0, g=30 (degrees)",
            "sensor": "SELENE/Kaguya Multiband Imager",
            "features": list(FEATURES),
            "bands": bands(stations),
        },
        "outputs": outputs(OXIDES),
        "sigma": {"available": False, "method": "none"},
        "domain": {
            "available": True,
            "method": "distance to the nearest station of the import's table in whitened log "
            "reflectance, over a threshold from the distances among them; not part of the "
            "published networks",
            "threshold": 1.0,
        },
        "training": {
            "stations": list(stations.ids),
            "n_stations": len(stations),
            "includes_change6": "CE6" in stations.ids,
            "data_citation": "Yang et al. 2023, Nat Commun 14:7554",
            "imported_from": {
                oxide: {"file": f"{path.parent.name}/{path.name}", "sha256": _digest(path)}
                for oxide, path in zip(OXIDES, files)
            },
        },
        "validation": [
            metrics.entry(
                "fitted (training stations, not validation)",
                fitted,
                stations.oxides,
                stations.oxide_names,
            )
        ],
        "intended_use": "comparison with published maps and figures",
        "known_failures": [
            "Scored without that leak, the architecture does worse on every oxide: compare the two "
            "rows of published figures.",
            "Below a reflectance of 0.037 at 749 nm theta_Fe changes its sign: dark pixels jump.",
        ],
        "published": [] if network.is_residual else published_figures(),
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
