"""A model's description as rich text: identity, input, validation, file."""

from __future__ import annotations

from html import escape
from typing import Any, List, Mapping, Sequence

from ..core.chemistry.new_place import kind_words
from ..core.chemistry.oxides import UNIT, Oxide
from ..core.models.model_description import ModelDescription
from ..core.models.model_library import CheckedModel
from ..core.translation import tr

#: Metric key in model files, label, decimals.
METRICS = (("r2", "R²", 2), ("rmse", "RMSE", 2), ("mae", "MAE", 2), ("bias", "bias", 2))


def model_html(model: CheckedModel) -> str:
    """A model's description; fitted and validated figures have separate headings."""
    description = model.description
    version = f" {escape(description.version)}" if description.version else ""
    parts = [f"<h3>{escape(description.title)}{version}</h3>"]
    if description.is_foreign:
        parts.append(
            "<p><b>"
            + tr(
                "This file has no description: it does not say which bands it takes, in which "
                "units, and how well it predicts. It has no uncertainty and no domain."
            )
            + "</b></p>"
        )
    else:
        parts.append(f"<p>{escape(description.summary)}</p>")
    parts.append(_facts(model))
    parts += [_metrics(entry, description.oxides) for entry in description.validation]
    if not description.validation:
        parts.append(f"<p><b>{tr('No validation figures: treat it as not validated.')}</b></p>")
    return "\n".join(parts)


def _facts(model: CheckedModel) -> str:
    description = model.description
    stations = description.training_stations
    rows = [
        (tr("Name"), model.entry.name),
        (tr("Origin"), tr("bundled") if model.entry.is_bundled else tr("your own")),
        (tr("Sensor"), description.sensor or tr("not told")),
        (tr("Geometry"), description.geometry or tr("not told")),
        (tr("Bands"), ", ".join(band.name for band in description.bands)),
        (tr("Oxides"), ", ".join(oxide.pretty for oxide in description.oxides)),
        (tr("Uncertainty"), _uncertainty(description)),
        (tr("At a new place"), _new_place(description)),
        (tr("Known spectra"), _domain(model)),
        (
            tr("Training stations"),
            tr("not told") if stations is None else tr("{n} stations").format(n=len(stations)),
        ),
        (tr("Licence"), description.license or tr("not told")),
        (tr("Citation"), description.citation or tr("not told")),
        (tr("File"), str(model.entry.path)),
        ("SHA-256", model.identity.sha256),
    ]
    cells = "".join(
        f"<tr><td><b>{escape(label)}</b>&nbsp;</td><td>{escape(text)}</td></tr>"
        for label, text in rows
    )
    return f"<table>{cells}</table>"


def _uncertainty(description: ModelDescription) -> str:
    """The kinds of uncertainty, in words."""
    kinds = ", ".join(kind_words(kind) for kind in description.sigmas)
    return tr("90 % interval {kinds}").format(kinds=kinds) if kinds else tr("none")


def _new_place(description: ModelDescription) -> str:
    """What each oxide's map tells where nobody has sampled."""
    skills = description.new_place
    if not skills:
        return tr("how uncertain the maps are is not known")
    widths = ", ".join(
        f"{oxide.pretty} \u00b1{skills[oxide.name].half_width_wt:.1f}"
        for oxide in description.oxides
        if oxide.name in skills
    )
    text = tr("{widths} {unit}").format(widths=widths, unit=UNIT)
    little = ", ".join(oxide.pretty for oxide in description.tells_little)
    if not little:
        return text
    return text + "; " + tr("tells little: {oxides}").format(oxides=little)


def _domain(model: CheckedModel) -> str:
    bands = model.description.bands
    if model.description.is_foreign:
        return tr("none: the file tells no training range")
    low = min(band.training_min for band in bands)
    high = max(band.training_max for band in bands)
    text = tr("training reflectance {low} to {high}").format(low=f"{low:.3f}", high=f"{high:.3f}")
    if model.description.has_domain:
        return text + "; " + tr("distance to the training spectra, not to their geology")
    return text


def _metrics(entry: Mapping[str, Any], shown: Sequence[Oxide]) -> str:
    protocol = str(entry.get("protocol", ""))
    if "fitted" in protocol.lower():
        heading = tr("Fitted, not validated: {protocol}")
    else:
        heading = tr("Validated on stations not seen: {protocol}")
    oxides: Mapping[str, Any] = entry.get("oxides") or {}
    lines: List[str] = [
        "<h4>"
        + escape(heading.format(protocol=protocol))
        + (f", n = {escape(str(entry['n']))}" if "n" in entry else "")
        + "</h4>",
        "<table cellspacing='0' cellpadding='3'><tr><td></td>"
        + "".join(f"<td align='right'><b>{oxide.pretty}</b></td>" for oxide in shown)
        + "</tr>",
    ]
    for key, label, decimals in METRICS:
        values = [_number(oxides.get(oxide.name), key, decimals) for oxide in shown]
        if not any(values):
            continue
        unit = "" if key == "r2" else f" ({UNIT})"
        cells = "".join(f"<td align='right'>{value or '-'}</td>" for value in values)
        lines.append(f"<tr><td>{tr(label)}{unit}</td>{cells}</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _number(metrics: Any, key: str, decimals: int) -> str:
    value = metrics.get(key) if isinstance(metrics, Mapping) else None
    return f"{value:.{decimals}f}" if isinstance(value, (int, float)) else ""
