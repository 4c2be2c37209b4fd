"""The model card: identity, training, validation and known weaknesses of a model file.

The HTML page and the log use the same structure. It contains plain text only, which the page
escapes, because a model file may come from anyone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.oxides import UNIT, Oxide
from ..models.model_description import ModelDescription, one_line
from ..models.oxide_model import OxideModel
from ..sites.sample_sites import SampleSite, load_sites
from .numbers import DASH, number, percent, signed
from .rendering import Table, plain_table

UNKNOWN = "unknown: the file does not say"

#: Largest number of lines of free-form provenance that are shown.
MAX_LINES = 40
MAX_TEXT = 600
MAX_LEVELS = 4

#: With an R2 below this, predictions are not better than the mean, given so few stations.
NO_SKILL_R2 = 0.2


@dataclass(frozen=True)
class CardSection:
    """A heading with facts (name, value), tables, bullets and paragraphs; all may be empty."""

    heading: str
    facts: Tuple[Tuple[str, str], ...] = ()
    tables: Tuple[Table, ...] = ()
    bullets: Tuple[str, ...] = ()
    paragraphs: Tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelCard:
    """The content of a card.

    Attributes
    ----------
    title, summary : str
    warnings : tuple of str
        Facts that the user must know before making maps.
    sections : tuple of CardSection
    """

    title: str
    summary: str
    warnings: Tuple[str, ...]
    sections: Tuple[CardSection, ...]


def model_card(
    model: OxideModel,
    megapixels_per_second: Optional[float] = None,
    sites: Optional[Sequence[SampleSite]] = None,
) -> ModelCard:
    """Describe an opened model.

    Parameters
    ----------
    model : OxideModel
    megapixels_per_second : float, optional
        Measured on this machine with one thread; left out if not given.
    sites : sequence of SampleSite, optional
        Table that the training list refers to; default: the bundled one.

    Returns
    -------
    ModelCard
    """
    description = model.description
    table = load_sites() if sites is None else sites
    return ModelCard(
        title=description.title,
        summary=description.summary,
        warnings=tuple(_warnings(description)),
        sections=(
            _identity(model, megapixels_per_second),
            _input(description),
            _training(description, table),
            _figures(description),
            _uncertainty(description),
            _limits(description),
            _citation(description),
        ),
    )


def _warnings(description: ModelDescription) -> List[str]:
    if description.is_foreign:
        return [
            "This file does not describe itself. Which reflectance it takes, in which bands and "
            "order, whether it gives wt%, and how well it predicts are not known. The plugin "
            "cannot check that the bands you choose are the right ones."
        ]
    found = []
    if not any(_kind(entry) == VALIDATED for entry in _entries(description)):
        found.append(
            "The file holds no validation: nothing says how well it predicts stations that it "
            "has not seen."
        )
    if not description.has_sigma:
        found.append("The model gives no uncertainty: maps made with it have no sigma.")
    if not description.has_domain:
        found.append(
            "The model gives no domain distance: nothing flags spectra unlike its training."
        )
    return found


def _identity(model: OxideModel, speed: Optional[float]) -> CardSection:
    description, identity = model.description, model.identity
    outputs = [", ".join(description.outputs.names) + f" ({UNIT})"]
    outputs += ["their sigmas"] if description.has_sigma else []
    outputs += ["domain distance"] if description.has_domain else []
    cost = _said(description.document, "cost", "multiply_adds", "multiply_adds_per_pixel")
    facts = [
        ("File", identity.file_name),
        ("SHA-256", identity.sha256),
        ("Name", description.name),
        ("Version", description.version or UNKNOWN),
        ("Licence", description.license or UNKNOWN),
        ("Graph input", f"{model.layout.value}, {len(description.bands)} bands"),
        ("Output", "; ".join(outputs)),
    ]
    if cost:
        facts.append(("Cost", f"{cost} multiply-adds per pixel"))
    if speed is not None:
        facts.append(("Speed", f"{_speed(speed)}, measured now on one thread here"))
    return CardSection("What it is", tuple(facts))


def _input(description: ModelDescription) -> CardSection:
    facts = (
        ("Sensor", description.sensor or UNKNOWN),
        ("Geometry", description.geometry or UNKNOWN),
        ("Quantity", "reflectance (fraction, not percent)"),
    )
    rows = tuple(
        (
            band.name,
            _quantity(band.wavelength_nm, "g"),
            _quantity(band.width_nm, "g"),
            f"{band.training_min:.4f} to {band.training_max:.4f}"
            if math.isfinite(band.training_min)
            else DASH,
        )
        for band in description.bands
    )
    head = ("Band", "Centre (nm)", "Width (nm)", "Reflectance in training")
    return CardSection("Input", facts, (plain_table("Bands", head, rows),))


def _training(description: ModelDescription, sites: Sequence[SampleSite]) -> CardSection:
    training = _mapping(description.document.get("training"))
    listed = description.training_stations
    facts: List[Tuple[str, str]] = []
    if listed is None:
        facts.append(("Stations", UNKNOWN))
    else:
        facts.append(("Stations", f"{len(listed)}: {_by_mission(listed, sites)}"))
        facts.append(("Chang'e-6 among them", "yes" if "CE6" in listed else "no"))
        facts.append(("Chang'e-5 among them", "yes" if "CE5" in listed else "no"))
    for key, label in (
        ("data_citation", "Data"),
        ("protocol", "Protocol"),
        ("seed", "Seed"),
        ("imported_from", "Imported from"),
        ("lineage", "Lineage"),
    ):
        facts += _lines(label, training.get(key))
    software = training.get("software")
    facts += [("Software", _flat(software))] if software else []
    for key, label in (("lineage", "Lineage"), ("refined_from", "Refined from")):
        facts += _lines(label, description.document.get(key))
    return CardSection("Training", tuple(facts))


def _by_mission(stations: Sequence[str], sites: Sequence[SampleSite]) -> str:
    missions = {site.station_id: site.mission for site in sites}
    counts: Dict[str, int] = {}
    for station in stations:
        mission = missions.get(station, "not in the bundled table")
        counts[mission] = counts.get(mission, 0) + 1
    return ", ".join(f"{mission} ({n})" for mission, n in counts.items())


VALIDATED, FITTED, PUBLISHED = "validated", "fitted", "published"

#: Order of protocols, the most important first.
ORDER = (VALIDATED, PUBLISHED, FITTED)

KIND_WORDS = {
    VALIDATED: "Validated",
    FITTED: "Fitted, no validation",
    PUBLISHED: "Published",
}


def _entries(description: ModelDescription) -> List[Mapping[str, Any]]:
    published = description.document.get("published")
    found = list(description.validation)
    found += [
        {**entry, "is_published": True}
        for entry in (published if isinstance(published, list) else [])
        if isinstance(entry, Mapping)
    ]
    return [entry for entry in found if isinstance(entry, Mapping)][:MAX_LINES]


def _kind(entry: Mapping[str, Any]) -> str:
    protocol = str(entry.get("protocol", "")).lower()
    if entry.get("is_published") or entry.get("leaks") or "leak" in protocol:
        return PUBLISHED
    return FITTED if "fitted" in protocol else VALIDATED


def _figures(description: ModelDescription) -> CardSection:
    entries = sorted(_entries(description), key=lambda entry: ORDER.index(_kind(entry)))
    if not entries:
        return CardSection("How well it predicts", paragraphs=(UNKNOWN.capitalize() + ".",))
    tables = []
    for measure, caption in (
        ("r2", "R\u00b2"),
        ("rmse", f"RMSE ({UNIT})"),
        ("bias", f"Bias, predicted minus measured ({UNIT})"),
    ):
        found = (_figure_row(entry, measure, description.oxides) for entry in entries)
        rows = [row for row in found if row is not None]
        if rows:
            head = ("Figures", "Protocol", "n", *(o.pretty for o in description.oxides))
            tables.append(plain_table(caption, head, rows, 2, caption))
    compared = _compared(description)
    if compared is not None:
        tables.append(compared)
    words = [
        "Validated figures are of stations that the model had not seen; they say what to expect "
        "elsewhere, and the harshest of them is the nearest to a new kind of place. Fitted figures "
        "are of the training stations themselves and say only how closely they are followed.",
    ]
    if any(entry.get("leaks") or "leak" in str(entry.get("protocol", "")) for entry in entries):
        words.append(
            "Published figures marked as leaking chose the best epoch on the very station that was "
            "left out; they cannot be compared with the validated ones."
        )
    return CardSection("How well it predicts", tables=tuple(tables), paragraphs=tuple(words))


def _compared(description: ModelDescription) -> Optional[Table]:
    """R2 of other methods in the same folds, where the file has them."""
    said = description.document.get("comparison")
    if not isinstance(said, list):
        return None
    entries = [entry for entry in said if isinstance(entry, Mapping)]
    rows = []
    for entry in entries[:MAX_LINES]:
        said_of = _mapping(entry.get("oxides"))
        values = [_mapping(said_of.get(oxide.name)).get("r2") for oxide in description.oxides]
        if any(_is_number(value) for value in values):
            names = (one_line(entry.get(key, "?"), 160) for key in ("method", "protocol"))
            rows.append((*names, *map(_written, values)))
    if not rows:
        return None
    head = ("Method", "Protocol", *(oxide.pretty for oxide in description.oxides))
    caption = "R\u00b2 of other methods in the same folds"
    return plain_table(caption, head, rows, 2, caption)


def _figure_row(
    entry: Mapping[str, Any], measure: str, shown: Sequence[Oxide]
) -> Optional[Tuple[str, ...]]:
    oxides = _mapping(entry.get("oxides"))
    values = [_mapping(oxides.get(oxide.name)).get(measure) for oxide in shown]
    if not any(_is_number(value) for value in values):
        return None
    return (
        KIND_WORDS[_kind(entry)],
        one_line(entry.get("protocol", "?"), 160),
        one_line(entry.get("n", DASH), 12),
        *(_written(value, measure == "bias") for value in values),
    )


def _uncertainty(description: ModelDescription) -> CardSection:
    sigma = _mapping(description.document.get("sigma"))
    domain = _mapping(description.document.get("domain"))
    coverage = _mapping(sigma.get("coverage_90"))
    facts = [
        ("Sigma", _method(description.has_sigma, sigma)),
        ("Domain distance", _method(description.has_domain, domain)),
    ]
    head = ("", *(oxide.pretty for oxide in description.oxides))
    tables = []
    if any(_is_number(coverage.get(oxide.name)) for oxide in description.oxides):
        shares: List[Any] = [coverage.get(oxide.name) for oxide in description.oxides]
        row = [percent(share) if _is_number(share) else DASH for share in shares]
        words = "Held-out stations inside the 90\u00a0% interval"
        tables.append(plain_table("Coverage", head, [[words, *row]]))
    limits = [
        [name, *(f"{value:g}" for value in values)]
        for name, values in (("From", description.valid_min), ("To", description.valid_max))
    ]
    caption = f"Plausible range ({UNIT}); outside it a quality flag is set"
    tables.append(plain_table(caption, head, limits, caption=caption))
    return CardSection("Uncertainty and domain", tuple(facts), tuple(tables))


def _method(available: bool, said: Mapping[str, Any]) -> str:
    if not available:
        return "none"
    return one_line(said.get("method", ""), MAX_TEXT) or "given, method unknown"


def _limits(description: ModelDescription) -> CardSection:
    document = description.document
    bullets: List[str] = []
    for key in ("known_failures", "limitations"):
        said = document.get(key)
        if isinstance(said, list):
            bullets += [one_line(text, MAX_TEXT) for text in said[:MAX_LINES]]
    bullets += _weak_oxides(description)
    if description.training_stations is not None:
        single = [
            name
            for station, name in (("CE5", "Chang'e-5"), ("CE6", "Chang'e-6"))
            if station in description.training_stations
        ]
        if single:
            bullets.append(
                f"{' and '.join(single)}: single, unusual soils. Left out, they are missed by more "
                "than the Apollo stations (MgO, TiO2, SiO2 above all)."
            )
    bullets.append(
        "Reflectance of another sensor or geometry differs from the training's even where bands "
        "agree: the result then looks right and is wrong."
    )
    bullets.append(
        "Shadow, steep slopes, latitudes above 60-65 degrees and fresh rock change reflectance "
        "without changing chemistry."
    )
    use = one_line(document.get("intended_use", ""), MAX_TEXT)
    return CardSection("Limits", (("Intended use", use or UNKNOWN),), bullets=tuple(bullets))


def _weak_oxides(description: ModelDescription) -> List[str]:
    bullets = []
    for entry in _entries(description):
        if _kind(entry) != VALIDATED:
            continue
        oxides = _mapping(entry.get("oxides"))
        weak = [
            f"{oxide.name} (R\u00b2 {number(_mapping(oxides.get(oxide.name))['r2'])})"
            for oxide in description.oxides
            if _is_number(_mapping(oxides.get(oxide.name)).get("r2"))
            and _mapping(oxides.get(oxide.name))["r2"] < NO_SKILL_R2
        ]
        if weak:
            protocol = one_line(entry.get("protocol", "?"), 160)
            bullets.append(f"Under {protocol} it has little or no skill in {', '.join(weak)}.")
    return bullets


def _citation(description: ModelDescription) -> CardSection:
    return CardSection("Citation", paragraphs=(description.citation or UNKNOWN.capitalize() + ".",))


def _lines(label: str, said: Any) -> List[Tuple[str, str]]:
    """Free-form provenance as facts: text unchanged, mappings by key, lists joined."""
    if said is None or said == "" or said == {}:
        return []
    if isinstance(said, Mapping):
        return [
            (f"{label}: {one_line(key, 60)}", _flat(value))
            for key, value in list(said.items())[:MAX_LINES]
        ]
    return [(label, _flat(said))]


def _flat(value: Any) -> str:
    """Any value as one line; of each entry in a list only the first item, e.g. its name."""
    return one_line(_joined(value), MAX_TEXT)


def _joined(value: Any, levels: int = MAX_LEVELS) -> str:
    if isinstance(value, (Mapping, list)) and not levels:
        return "\u2026"
    if isinstance(value, Mapping):
        items = list(value.items())[:MAX_LINES]
        return "; ".join(f"{key} {_joined(item, levels - 1)}" for key, item in items)
    if isinstance(value, list):
        return ", ".join(_joined(_first(item), levels - 1) for item in value[:MAX_LINES])
    return str(value)


def _first(item: Any) -> Any:
    return next(iter(item.values()), "") if isinstance(item, Mapping) else item


def _said(document: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        value = document.get(key)
        if _is_number(value):
            return f"{value:,.0f}"
    return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9


def _speed(megapixels: float) -> str:
    if megapixels >= 0.1:
        return f"{megapixels:.2g} million pixels per second"
    return f"{float(f'{1e6 * megapixels:.2g}'):,.0f} pixels per second"


def _written(value: Any, has_sign: bool = False) -> str:
    if not _is_number(value):
        return DASH
    return signed(value) if has_sign else number(value)


def _quantity(value: float, form: str) -> str:
    return format(value, form) if math.isfinite(value) else DASH
