"""The description of a refined model: its parent's, extended, with its lineage."""

from __future__ import annotations

import copy
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind
from ..models.oxide_model import OxideModel
from ..version import SOFTWARE
from .site_spectra import SiteSpectrum
from .verdict import BETTER, Evidence, Samples, rms

METHOD = (
    "Gaussian-process correction of the parent's oxides from the added samples, pinned to zero at "
    "its training stations, in whitened log reflectance, with compact support"
)

Floats = npt.NDArray[np.float64]


def describe_refined(
    parent: OxideModel,
    added: Sequence[SiteSpectrum],
    samples: Samples,
    refined: Floats,
    evidence: Evidence,
    verdicts: Sequence[str],
    factors: Mapping[SigmaKind, Mapping[str, float]],
    *,
    title: str,
    raster: str,
    window: int,
) -> Dict[str, Any]:
    """The refined model's description: the parent's, extended, with its lineage.

    Parameters
    ----------
    parent : OxideModel
    added : sequence of SiteSpectrum
    samples : Samples
        The same sites, in the same order.
    refined : float array, shape (k, oxides), wt%
        Predictions of the refined model at these sites.
    evidence : Evidence
    verdicts : sequence of str, by oxide
    factors : mapping of SigmaKind to a mapping of oxide name to float
        By how much each sigma was widened.
    title : str
        Empty to derive one from the parent's.
    raster, window
        Where the spectra come from; an empty raster means from the sites themselves.
    """
    document: Dict[str, Any] = copy.deepcopy(dict(parent.description.document))
    names = parent.description.outputs.names
    parent_lineage = document.pop("lineage", None)
    ids = [item.site.station_id for item in added]
    shown = ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
    document["name"] = f"{document['name']}_refined"
    document["title"] = title or f"{document['title']}, refined with {shown}"
    document["summary"] = (
        f"{parent.identity.title}, corrected near {shown}. Elsewhere it answers as its parent. "
        f"Better by cross-validation: {_listed(verdicts, names, BETTER) or 'for no oxide'}."
    )
    spectra = np.array([item.reflectance for item in added])
    for band, values in zip(document["input"]["bands"], spectra.T):
        band["training_min"] = round(min(band["training_min"], float(values.min())), 6)
        band["training_max"] = round(max(band["training_max"], float(values.max())), 6)
    if document["sigma"]["available"]:
        document["sigma"]["method"] = (
            f"{document['sigma'].get('method', '')}; after refinement never below the parent's, "
            "near the added samples with their own uncertainty added"
        )
        document["sigma"]["coverage_90"] = {}
    if SigmaKind.NEW_PLACE in factors:
        own = document["sigma_new_place"]
        own["calibration"] = (
            f"{own.get('calibration', '')}; after refinement never below the parent's, wider where "
            "the error at missions or added places left out has grown, near the added samples "
            "with their own uncertainty added"
        )
        own.pop("coverage_90", None)
        for output in document["outputs"]:
            skill = output.get("new_place")
            if skill:
                factor = factors[SigmaKind.NEW_PLACE][output["oxide"]]
                skill["half_width"] = round(skill["half_width"] * float(factor), 4)
                skill["tells_little"] = skill["half_width"] > skill["soil_half_range"]
    if document["domain"]["available"]:
        document["domain"]["method"] = (
            f"{document['domain'].get('method', '')}; extended by the added spectra"
        )
    listed = parent.description.training_stations
    training = document.setdefault("training", {})
    training["stations"] = [*(listed if listed is not None else []), *ids]
    training["n_stations"] = len(training["stations"])
    training["includes_change6"] = bool(training.get("includes_change6")) or "CE6" in ids
    parent_validation = document.get("validation", [])
    document["validation"] = _validation(samples, refined, evidence, names)
    document["lineage"] = {
        "method": METHOD,
        "reach": evidence.reach,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "software": SOFTWARE,
        "parent": {
            "name": parent.identity.name,
            "title": parent.identity.title,
            "version": parent.identity.version,
            "sha256": parent.identity.sha256,
            "validation": [
                {key: value for key, value in dict(entry).items() if key != "stations"}
                for entry in parent_validation
            ],
            **({"lineage": parent_lineage} if parent_lineage else {}),
        },
        "raster": Path(raster).name,
        "window": window if raster else None,
        "sites": [_site_entry(item, row, samples, names) for row, item in enumerate(added)],
        "verdict": dict(zip(names, verdicts)),
        "evidence": _evidence(evidence, names),
    }
    return document


def _listed(verdicts: Sequence[str], names: Sequence[str], wanted: str) -> str:
    return ", ".join(name for name, verdict in zip(names, verdicts) if verdict == wanted)


def _site_entry(
    item: SiteSpectrum, row: int, samples: Samples, names: Sequence[str]
) -> Dict[str, Any]:
    site = item.site
    return {
        "id": site.station_id,
        "mission": site.mission,
        "latitude_deg": site.latitude_deg,
        "longitude_deg": site.longitude_deg,
        "oxides": _numbers(samples.measured[row], names),
        "label_sigma": _numbers(samples.label_sigma[row], names),
        "reflectance": [round(float(value), 6) for value in item.reflectance],
        "n_pixels": item.n_pixels,
        "citation": site.citation,
    }


def _numbers(values: Floats, names: Sequence[str]) -> Dict[str, Optional[float]]:
    return {
        name: round(float(value), 4) if np.isfinite(value) else None
        for name, value in zip(names, values)
    }


def _validation(
    samples: Samples, refined: Floats, evidence: Evidence, names: Sequence[str]
) -> List[Dict[str, Any]]:
    """Tests of the refined model itself; the lineage holds those of the parent."""
    entries: List[Dict[str, Any]] = []
    if evidence.new is not None:
        entries.append(
            {
                "protocol": "refined: added places left out one at a time",
                "n": evidence.new_places,
                "oxides": _rmse(evidence.new.after, names),
            }
        )
    if not evidence.old_is_bound:
        entries.append(
            {
                "protocol": "refined: training stations left out of parent and correction",
                "n": evidence.old.n[0],
                "oxides": _rmse(evidence.old.after, names),
            }
        )
    if evidence.missions is not None:
        entries.append(
            {
                "protocol": "refined: missions left out of parent and correction",
                "n": evidence.missions.n[0],
                "oxides": _rmse(evidence.missions.after, names),
            }
        )
    entries.append(
        {
            "protocol": "fitted (added samples, not validation)",
            "n": len(refined),
            "oxides": _rmse(rms(refined - samples.measured), names),
        }
    )
    return entries


def _rmse(values: Floats, names: Sequence[str]) -> Dict[str, Dict[str, float]]:
    return {
        name: {"rmse": round(float(value), 4)}
        for name, value in zip(names, values)
        if np.isfinite(value)
    }


def _evidence(evidence: Evidence, names: Sequence[str]) -> Dict[str, Any]:
    document: Dict[str, Any] = {"new_places": evidence.new_places}
    for name, comparison in (
        ("new_places_left_out", evidence.new),
        ("old_stations", evidence.old),
        ("missions_left_out", evidence.missions),
        ("rehearsal_on_known_missions", evidence.rehearsal),
    ):
        if comparison is not None:
            document[name] = {
                "rmse_before": _numbers(comparison.before, names),
                "rmse_after": _numbers(comparison.after, names),
                "n": dict(zip(names, comparison.n)),
            }
    document["mean_change_at_new_places"] = _numbers(evidence.elsewhere, names)
    document["old_stations"]["is_bound_from_sigma"] = evidence.old_is_bound
    document["share_of_resamples_in_which_new_error_falls"] = _numbers(evidence.confidence, names)
    return document
