"""Sentences of the prediction-check report: what was compared, and how far it may be believed."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple

from ..check.metrics import FEW_PAIRS, check_metrics
from ..check.site_check import CheckResult, SitePrediction, by_seen
from ..chemistry.oxides import OXIDES, UNIT
from ..sites.training_stations import Seen
from .numbers import count, number, signed

SEEN_SHORT = {Seen.SEEN: "seen", Seen.UNSEEN: "not seen", Seen.UNKNOWN: "unknown"}


def summary(result: CheckResult) -> str:
    """What was compared, in plain words."""
    pairs, skipped = result.pairs, result.skipped
    total = len(pairs) + len(skipped)
    if not pairs:
        return f"None of {count(total, 'sample site')} could be checked."
    groups = by_seen(pairs)
    unseen, seen, unknown = (
        len(groups.get(kind, [])) for kind in (Seen.UNSEEN, Seen.SEEN, Seen.UNKNOWN)
    )
    text = f"Predicted and measured oxides are compared at {len(pairs)} of {total} sample sites."
    if unknown:
        text += (
            f" For {unknown} of them the raster does not say whether the model was trained on "
            "their spectra."
        )
    if seen and not unseen and not unknown:
        text += " The model was fitted to the spectra of all of them."
    elif seen or unseen:
        text += (
            f" The model has not seen {unseen} of them in training; it was fitted to the spectra "
            f"of {seen}."
        )
    if skipped:
        text += f" {count(len(skipped), 'site')} had to be skipped, with the reason listed below."
    places = len({pair.place or str(number) for number, pair in enumerate(pairs)})
    if places < len(pairs):
        text += f" Some share their pixels: {len(pairs)} samples lie at {places} places."
    return text


def blind_sentences(pairs: Sequence[SitePrediction]) -> List[Tuple[Optional[Seen], str]]:
    """What the unseen sites say, each sentence with the kind of site that it is about."""
    unseen = [pair for pair in pairs if pair.seen is Seen.UNSEEN]
    said: List[Tuple[Optional[Seen], str]] = []
    if not unseen:
        return said
    if len(unseen) < FEW_PAIRS:
        said += [(Seen.UNSEEN, _blind(pair)) for pair in unseen]
    else:
        known = [m for m in check_metrics(unseen, resamples=1) if m.n]
        pretty = {oxide.name: oxide.pretty for oxide in OXIDES}
        listed = ", ".join(f"{pretty[m.oxide]} {number(m.rmse)}" for m in known)
        said.append((Seen.UNSEEN, f"RMSE at the sites not seen ({UNIT}): {listed}."))
    trained = {p.site.mission for p in pairs if p.seen is Seen.SEEN}
    near = sum(p.site.mission in trained for p in unseen)
    if near:
        said.append(
            (
                None,
                f"{near} of the sites not seen belong to missions with sites seen in training. "
                "Neighbours share their geology, which flatters the agreement.",
            )
        )
    return said


def _blind(pair: SitePrediction) -> str:
    differences = ", ".join(
        f"{oxide.pretty} {signed(residual)}"
        for oxide, residual, predicted in zip(OXIDES, pair.residual_wt, pair.predicted_wt)
        if math.isfinite(predicted)
    )
    name = pair.site.name or pair.site.station_id
    return f"{name}, predicted blind, minus measured ({UNIT}): {differences}."


def warnings(result: CheckResult) -> List[Tuple[str, str]]:
    """Heading and text of each warning: too few new sites, a raster that is no observation."""
    found = _too_few(result.pairs)
    origin = result.provenance.get("Origin of the data", "")
    if origin:
        said = f"It says of its values: {origin}."
        found.append(("The raster is no plain observation.", said))
    return found


def _too_few(pairs: Sequence[SitePrediction]) -> List[Tuple[str, str]]:
    unseen = sum(pair.seen is Seen.UNSEEN for pair in pairs)
    unknown = sum(pair.seen is Seen.UNKNOWN for pair in pairs)
    if not pairs or unseen >= FEW_PAIRS:
        return []
    if unknown and not unseen:
        return [
            (
                "No site is known to be new to the model.",
                "The raster does not say what its model was trained on, so this agreement may be "
                "fitted: do not read it as validation.",
            )
        ]
    if unseen == 0:
        return [
            (
                "This is not a validation.",
                "The model was trained on every site shown. Agreement at training sites is "
                "fitted, not validation.",
            )
        ]
    verb = "is" if unseen == 1 else "are"
    return [
        (
            f"Only {count(unseen, 'site')} {verb} known to be new to the model.",
            "Agreement at training sites is fitted, not validation, and so few new sites cannot "
            "tell how well the model does elsewhere.",
        )
    ]
