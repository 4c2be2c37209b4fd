"""The model card: identity, training, validation and known weaknesses of a model file.

The HTML page and the log use the same structure. It contains plain text only, which the page
escapes, because a model file may come from anyone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.layout import SigmaKind
from ..chemistry.oxides import UNIT, Oxide
from ..models.model_description import ModelDescription, one_line
from ..models.oxide_model import OxideModel
from ..sites.sample_sites import SampleSite, load_sites
from .model_card_new_place import new_place_tables, new_place_words
from .model_card_values import (
    MAX_LINES,
    MAX_TEXT,
    flat,
    is_number,
    mapping,
    provenance_lines,
    quantity,
    said_count,
    speed_words,
    written,
)
from .numbers import DASH, number, percent
from .rendering import Table, plain_table

UNKNOWN = "unknown: the file does not say"

#: What being inside the domain says, and what not.
DOMAIN_MEANS = (
    "Inside the domain means that the spectrum is like a sampled one. It does not say that the "
    "geology is: other soils, and other sensors, can have such a spectrum."
)

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
            *_new_place(description),
            _figures(description),
            _identity(model, megapixels_per_second),
            _input(description),
            _training(description, table),
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


def _new_place(description: ModelDescription) -> Tuple[CardSection, ...]:
    """What to expect away from the landing sites, where the file has figures of it."""
    tables = new_place_tables(description)
    if not tables:
        return ()
    words = new_place_words(description)
    return (CardSection("At a new place", tables=tuple(tables), paragraphs=tuple(words)),)


def _identity(model: OxideModel, speed: Optional[float]) -> CardSection:
    description, identity = model.description, model.identity
    outputs = [", ".join(description.outputs.names) + f" ({UNIT})"]
    outputs += [f"sigma {SIGMA_WORDS[kind]}" for kind in description.sigmas]
    outputs += ["domain distance"] if description.has_domain else []
    cost = said_count(description.document, "cost", "multiply_adds", "multiply_adds_per_pixel")
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
        facts.append(("Speed", f"{speed_words(speed)}, measured now on one thread here"))
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
            quantity(band.wavelength_nm, "g"),
            quantity(band.width_nm, "g"),
            f"{band.training_min:.4f} to {band.training_max:.4f}"
            if math.isfinite(band.training_min)
            else DASH,
        )
        for band in description.bands
    )
    head = ("Band", "Centre (nm)", "Width (nm)", "Reflectance in training")
    return CardSection("Input", facts, (plain_table("Bands", head, rows),))


def _training(description: ModelDescription, sites: Sequence[SampleSite]) -> CardSection:
    training = mapping(description.document.get("training"))
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
        facts += provenance_lines(label, training.get(key))
    software = training.get("software")
    facts += [("Software", flat(software))] if software else []
    for key, label in (("lineage", "Lineage"), ("refined_from", "Refined from")):
        facts += provenance_lines(label, description.document.get(key))
    return CardSection("Training", tuple(facts))


def _by_mission(stations: Sequence[str], sites: Sequence[SampleSite]) -> str:
    missions = {site.station_id: site.mission for site in sites}
    counts: Dict[str, int] = {}
    for station in stations:
        mission = missions.get(station, "not in the bundled table")
        counts[mission] = counts.get(mission, 0) + 1
    return ", ".join(f"{mission} ({n})" for mission, n in counts.items())


VALIDATED, FITTED, PUBLISHED = "validated", "fitted", "published"

#: Where the sigmas of each kind hold.
SIGMA_WORDS = {
    SigmaKind.NEW_PLACE: "at a new place",
    SigmaKind.NEAR_SAMPLES: "near sampled geology",
    SigmaKind.AS_STATED: "as its author states",
}

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
    entries = _entries(description)
    if not entries:
        return CardSection("How well it predicts", paragraphs=(UNKNOWN.capitalize() + ".",))
    tables = []
    for measure, caption in (
        ("r2", "R\u00b2"),
        ("rmse", f"RMSE ({UNIT})"),
        ("bias", f"Bias, predicted minus measured ({UNIT})"),
    ):
        table = figure_table(description, measure, caption)
        if table is not None:
            tables.append(table)
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


def figure_table(description: ModelDescription, measure: str, caption: str) -> Optional[Table]:
    """One measure of a model's agreement by protocol, validated figures first.

    Parameters
    ----------
    description : ModelDescription
    measure : {"r2", "rmse", "bias"}
    caption : str

    Returns
    -------
    Table, or None
        None where the model's file states none.
    """
    entries = sorted(_entries(description), key=lambda entry: ORDER.index(_kind(entry)))
    found = (_figure_row(entry, measure, description.oxides) for entry in entries)
    rows = [row for row in found if row is not None]
    if not rows:
        return None
    head = ("Figures", "Protocol", "n", *(o.pretty for o in description.oxides))
    return plain_table(caption, head, rows, 2, caption)


def _compared(description: ModelDescription) -> Optional[Table]:
    """R2 of other methods in the same folds, where the file has them."""
    said = description.document.get("comparison")
    if not isinstance(said, list):
        return None
    entries = [entry for entry in said if isinstance(entry, Mapping)]
    rows = []
    for entry in entries[:MAX_LINES]:
        said_of = mapping(entry.get("oxides"))
        values = [mapping(said_of.get(oxide.name)).get("r2") for oxide in description.oxides]
        if any(is_number(value) for value in values):
            names = (one_line(entry.get(key, "?"), 160) for key in ("method", "protocol"))
            rows.append((*names, *map(written, values)))
    if not rows:
        return None
    head = ("Method", "Protocol", *(oxide.pretty for oxide in description.oxides))
    caption = "R\u00b2 of other methods in the same folds"
    return plain_table(caption, head, rows, 2, caption)


def _figure_row(
    entry: Mapping[str, Any], measure: str, shown: Sequence[Oxide]
) -> Optional[Tuple[str, ...]]:
    oxides = mapping(entry.get("oxides"))
    values = [mapping(oxides.get(oxide.name)).get(measure) for oxide in shown]
    if not any(is_number(value) for value in values):
        return None
    return (
        KIND_WORDS[_kind(entry)],
        one_line(entry.get("protocol", "?"), 160),
        one_line(entry.get("n", DASH), 12),
        *(written(value, measure == "bias") for value in values),
    )


def _uncertainty(description: ModelDescription) -> CardSection:
    document = description.document
    sigma, domain = mapping(document.get("sigma")), mapping(document.get("domain"))
    coverage = mapping(sigma.get("coverage_90"))
    facts = [
        (f"Sigma {SIGMA_WORDS[kind]}", _method(True, _said_of(document, kind)))
        for kind in description.sigmas
    ]
    facts = facts or [("Sigma", "none")]
    facts.append(("Domain distance", _method(description.has_domain, domain)))
    head = ("", *(oxide.pretty for oxide in description.oxides))
    tables = []
    if any(is_number(coverage.get(oxide.name)) for oxide in description.oxides):
        shares: List[Any] = [coverage.get(oxide.name) for oxide in description.oxides]
        row = [percent(share) if is_number(share) else DASH for share in shares]
        words = "Stations left out inside the 90\u00a0% interval near sampled geology"
        tables.append(plain_table("Coverage", head, [[words, *row]]))
    limits = [
        [name, *(f"{value:g}" for value in values)]
        for name, values in (("From", description.valid_min), ("To", description.valid_max))
    ]
    caption = f"Plausible range ({UNIT}); outside it a quality flag is set"
    tables.append(plain_table(caption, head, limits, caption=caption))
    meaning = (DOMAIN_MEANS,) if description.has_domain else ()
    return CardSection("Uncertainty and domain", tuple(facts), tuple(tables), paragraphs=meaning)


def _said_of(document: Mapping[str, Any], kind: SigmaKind) -> Mapping[str, Any]:
    key = "sigma_new_place" if kind is SigmaKind.NEW_PLACE else "sigma"
    return mapping(document.get(key))


def _method(available: bool, said: Mapping[str, Any]) -> str:
    if not available:
        return "none"
    words = said.get("method") or said.get("calibration") or ""
    return one_line(words, MAX_TEXT) or "given, method unknown"


def _limits(description: ModelDescription) -> CardSection:
    document = description.document
    bullets: List[str] = []
    for key in ("known_failures", "limitations"):
        said = document.get(key)
        if isinstance(said, list):
            bullets += [one_line(text, MAX_TEXT) for text in said[:MAX_LINES]]
    bullets = bullets or _general_limits(description)
    use = one_line(document.get("intended_use", ""), MAX_TEXT)
    return CardSection("Limits", (("Intended use", use or UNKNOWN),), bullets=tuple(bullets))


def _general_limits(description: ModelDescription) -> List[str]:
    """What limits every model of this kind, for files that do not say it themselves."""
    bullets = _weak_oxides(description)
    single = [
        name
        for station, name in (("CE5", "Chang'e-5"), ("CE6", "Chang'e-6"))
        if station in (description.training_stations or ())
    ]
    if single:
        bullets.append(
            f"{' and '.join(single)}: single, unusual soils. Left out, they are missed by more "
            "than the Apollo stations (MgO, TiO2, SiO2 above all)."
        )
    return [
        *bullets,
        "Reflectance of another sensor or geometry differs from the training's even where bands "
        "agree: the result then looks right and is wrong.",
        "Shadow, steep slopes, latitudes above 60-65 degrees and fresh rock change reflectance "
        "without changing chemistry.",
    ]


def _weak_oxides(description: ModelDescription) -> List[str]:
    bullets = []
    for entry in _entries(description):
        if _kind(entry) != VALIDATED:
            continue
        oxides = mapping(entry.get("oxides"))
        weak = [
            f"{oxide.name} (R\u00b2 {number(mapping(oxides.get(oxide.name))['r2'])})"
            for oxide in description.oxides
            if is_number(mapping(oxides.get(oxide.name)).get("r2"))
            and mapping(oxides.get(oxide.name))["r2"] < NO_SKILL_R2
        ]
        if weak:
            protocol = one_line(entry.get("protocol", "?"), 160)
            bullets.append(f"Under {protocol} it has little or no skill in {', '.join(weak)}.")
    return bullets


def _citation(description: ModelDescription) -> CardSection:
    return CardSection("Citation", paragraphs=(description.citation or UNKNOWN.capitalize() + ".",))
