"""Words of the prediction-check report: summary, warning, definitions, and how numbers look."""

from __future__ import annotations

import math
from html import escape
from typing import List, Sequence

from ..check.metric_groups import is_singular
from ..check.metrics import BOOTSTRAP_RESAMPLES, FEW_PAIRS, check_metrics
from ..check.site_check import CheckResult, SitePrediction, by_seen
from ..chemistry.oxides import OXIDES, UNIT
from ..rasters.quality import FLAGS
from ..sites.sample_sites import SampleSite
from ..sites.training_stations import Seen
from .plot import SEEN_CLASS

SEEN_SHORT = {Seen.SEEN: "seen", Seen.UNSEEN: "not seen", Seen.UNKNOWN: "unknown"}

DASH = "\u2013"


def short_label(site: SampleSite) -> str:
    """A name short enough for a plot."""
    if 0 < len(site.name) <= 10:
        return site.name
    return site.mission if is_singular(site) else site.station_id


def number(value: float, signed: bool = False) -> str:
    """`value` with two decimals and a true minus sign; a dash where it does not exist."""
    if not math.isfinite(value):
        return DASH
    text = f"{value:+.2f}" if signed else f"{value:.2f}"
    return ("0.00" if float(text) == 0.0 else text).replace("-", "\u2212")


def count(n: int, noun: str) -> str:
    """`n` with `noun` in singular or plural, e.g. "1 site", "3 sites"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def glyph(seen: Seen) -> str:
    """Return the plot marker of a group, drawn by the style sheet."""
    return f'<span class="glyph {SEEN_CLASS[seen]}"></span>'


def summary(result: CheckResult) -> str:
    """One paragraph in plain words, and what the unseen sites say."""
    pairs, skipped = result.pairs, result.skipped
    total = len(pairs) + len(skipped)
    if not pairs:
        return f'<p class="lead">None of {count(total, "sample site")} could be checked.</p>'
    groups = by_seen(pairs)
    unseen, seen = len(groups.get(Seen.UNSEEN, [])), len(groups.get(Seen.SEEN, []))
    unknown = len(groups.get(Seen.UNKNOWN, []))
    text = f"Predicted and measured oxides are compared at {len(pairs)} of {total} sample sites. "
    if unknown:
        text += (
            f"For {unknown} of them the raster does not say whether the model was trained on "
            "their spectra. "
        )
    if seen and not unseen and not unknown:
        text += "The model was fitted to the spectra of all of them. "
    elif seen or unseen:
        text += (
            f"The model has not seen {unseen} of them in training; it was fitted to the spectra "
            f"of {seen}. "
        )
    if skipped:
        text += f"{count(len(skipped), 'site')} had to be skipped, with the reason listed below. "
    places = len({pair.place or str(number) for number, pair in enumerate(pairs)})
    if places < len(pairs):
        text += f"Some share their pixels: {len(pairs)} samples lie at {places} places. "
    return f'<p class="lead">{text.strip()}</p>{_unseen_words(groups.get(Seen.UNSEEN, []), pairs)}'


def _unseen_words(unseen: Sequence[SitePrediction], pairs: Sequence[SitePrediction]) -> str:
    if not unseen:
        return ""
    if len(unseen) < FEW_PAIRS:
        lines = "".join(f"<p>{glyph(p.seen)}{_blind(p)}</p>" for p in unseen)
    else:
        known = [m for m in check_metrics(unseen, resamples=1) if m.n]
        pretty = {oxide.name: oxide.pretty for oxide in OXIDES}
        listed = ", ".join(f"{pretty[m.oxide]} {number(m.rmse)}" for m in known)
        lines = f"<p>{glyph(Seen.UNSEEN)}RMSE at the sites not seen ({UNIT}): {listed}.</p>"
    trained = {p.site.mission for p in pairs if p.seen is Seen.SEEN}
    near = sum(p.site.mission in trained for p in unseen)
    if near:
        lines += (
            f"<p>{near} of the sites not seen belong to missions with sites seen in training. "
            "Neighbours share their geology, which flatters the agreement.</p>"
        )
    return lines


def _blind(pair: SitePrediction) -> str:
    differences = ", ".join(
        f"{oxide.pretty} {number(residual, signed=True)}"
        for oxide, residual in zip(OXIDES, pair.residual_wt)
        if math.isfinite(pair.predicted_wt[OXIDES.index(oxide)])
    )
    name = escape(pair.site.name or pair.site.station_id)
    return f"{name}, predicted blind, minus measured ({UNIT}): {differences}."


def warning(pairs: Sequence[SitePrediction]) -> str:
    """Return a box where few or no sites can validate the model; empty where enough can."""
    unseen = sum(pair.seen is Seen.UNSEEN for pair in pairs)
    unknown = sum(pair.seen is Seen.UNKNOWN for pair in pairs)
    if not pairs or unseen >= FEW_PAIRS:
        return ""
    if unknown and not unseen:
        head = "No site is known to be new to the model."
        rest = (
            "The raster does not say what its model was trained on, so this agreement may be "
            "fitted: do not read it as validation."
        )
    elif unseen == 0:
        head = "This is not a validation."
        rest = (
            "The model was trained on every site shown. Agreement at training sites is fitted, "
            "not validation."
        )
    else:
        verb = "is" if unseen == 1 else "are"
        head = f"Only {count(unseen, 'site')} {verb} known to be new to the model."
        rest = (
            "Agreement at training sites is fitted, not validation, and so few new sites "
            "cannot tell how well the model does elsewhere."
        )
    return f'<div class="warning" role="note"><p><strong>{head}</strong>{rest}</p></div>'


def origin_box(result: CheckResult) -> str:
    """A box where the raster says that its values are no plain observation; else empty."""
    origin = result.provenance.get("Origin of the data", "")
    if not origin:
        return ""
    return (
        '<div class="warning" role="note"><p><strong>The raster is no plain observation.</strong>'
        f"It says of its values: {escape(origin)}.</p></div>"
    )


def _link(doi: str) -> str:
    return f'<a href="https://doi.org/{doi}">doi:{doi}</a>'


def definitions() -> str:
    """How each figure is defined, with its source, as HTML paragraphs."""
    flags: List[str] = [f"{flag.label}: {flag.meaning}" for flag in FLAGS]
    paragraphs = (
        "The difference is predicted minus measured. Bias is its mean, MAE the mean of its "
        "absolute value, RMSE the root of its mean square. R\u00b2 = 1 \u2212 SSE/SST, with SST "
        "about the mean measured value of the same group of sites; it is negative where the "
        "mean would have predicted better. A dash stands for a figure that the sites cannot "
        "give.",
        "Pearson r measures linear correlation only. Concordance is Lin\u2019s coefficient, "
        "which also falls with bias and with a wrong slope: Lin 1989, Biometrics 45, 255"
        f"\u2013268, {_link('10.2307/2532051')}.",
        "The 90\u00a0% interval is \u00b1 1.645 sigma: the sigma that the model gives, joined "
        "(root of the sum of squares) with that of the measurement where the ground truth gives "
        "one. \u201cIn 90\u00a0% interval\u201d is the share of sites whose measured value lies in "
        "it: well calibrated, about 90\u00a0%; the range below it is Wilson\u2019s interval, "
        f"Wilson 1927, J. Am. Stat. Assoc. 22, 209\u2013212, "
        f"{_link('10.1080/01621459.1927.10502953')}. No other figure is weighted by uncertainty. "
        "A standardised residual is the difference over that sigma.",
        "The 90\u00a0% bootstrap intervals below the metrics come from the 5th and 95th "
        f"percentiles of {BOOTSTRAP_RESAMPLES} resamples with a fixed seed: Efron &amp; "
        f"Tibshirani 1993, An Introduction to the Bootstrap, {_link('10.1201/9780429246593')}. "
        "Samples that are compared with the same pixels are drawn together; otherwise sites count "
        "as independent. Stations of one mission are neighbours, so the true uncertainty is "
        "wider.",
        "A site counts as seen in training when the model\u2019s training list names it, or when "
        "a training station lies at the same place within the position error. Chang\u2019e-5 "
        "and Chang\u2019e-6 are single, unusual points with a large weight in every squared "
        "error, so metrics are also given without them.",
        f"Quality labels. {escape('; '.join(flags))}.",
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
