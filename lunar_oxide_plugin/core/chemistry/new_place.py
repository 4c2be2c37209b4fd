"""What an oxide's map tells at a place that no mission has sampled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Collection, Dict, Mapping, Optional, Tuple

from ..translation import tr
from .layout import SigmaKind
from .oxides import OXIDE_NAMES, UNIT, Oxide

_ENTRY = re.compile(
    r"^(?P<oxide>\w+) half-width (?P<width>[\d.]+), soils (?P<soils>[\d.]+)"
    r"(?P<little>, tells little)?$"
)


@dataclass(frozen=True)
class NewPlaceSkill:
    """An oxide's interval at new places, beside the spread of the soils that are known.

    Attributes
    ----------
    half_width_wt : float
        Mean half-width of the 90 % interval there, as the model's author measured it, wt%.
    soil_half_range_wt : float
        1.645 standard deviations of the training soils, wt%: half the interval of someone who knows
        nothing of the place.
    tells_little : bool
        Whether the interval is the wider one, so that the map tells little.
    """

    half_width_wt: float
    soil_half_range_wt: float
    tells_little: bool


#: By name of the oxide; empty where the model does not say.
Skills = Mapping[str, NewPlaceSkill]


def skill_tag(skills: Skills) -> str:
    """The skills as one line, for a dataset's tag.

    Parameters
    ----------
    skills : mapping of oxide name to NewPlaceSkill

    Returns
    -------
    str
        E.g. ``"TiO2 half-width 3.1, soils 5.2; MgO half-width 3.2, soils 2.8, tells little"``.
    """
    return "; ".join(
        f"{name} half-width {skill.half_width_wt:.4g}, soils {skill.soil_half_range_wt:.4g}"
        + (", tells little" if skill.tells_little else "")
        for name, skill in skills.items()
    )


def skills_of_tag(text: str) -> Dict[str, NewPlaceSkill]:
    """The skills in a tag of `skill_tag`; entries that are damaged are left out.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of oxide name to NewPlaceSkill
    """
    found: Dict[str, NewPlaceSkill] = {}
    for entry in text.split(";"):
        match = _ENTRY.match(entry.strip())
        if match and match["oxide"] in OXIDE_NAMES:
            try:
                width, soils = float(match["width"]), float(match["soils"])
            except ValueError:
                continue
            found[match["oxide"]] = NewPlaceSkill(width, soils, bool(match["little"]))
    return found


def weakened_by(oxides: Collection[str], skills: Skills) -> Tuple[str, ...]:
    """Those of a product's oxides that tell little at a new place, so that it does neither.

    Parameters
    ----------
    oxides : collection of str
        Names of the oxides that the product needs.
    skills : mapping of oxide name to NewPlaceSkill

    Returns
    -------
    tuple of str
    """
    return tuple(name for name in oxides if name in skills and skills[name].tells_little)


def kind_words(kind: Optional[SigmaKind]) -> str:
    """Where the intervals of a kind hold, to follow "90 % interval".

    Parameters
    ----------
    kind : SigmaKind or None

    Returns
    -------
    str
        In the user's language; empty for None.
    """
    if kind is SigmaKind.NEW_PLACE:
        return tr("at a new place")
    if kind is SigmaKind.NEAR_SAMPLES:
        return tr("near sampled geology")
    return tr("as the model's author states it") if kind is SigmaKind.AS_STATED else ""


def interval_words(kind: Optional[SigmaKind]) -> str:
    """What a 90 % interval of a kind is called in legends, tables and the dock.

    Parameters
    ----------
    kind : SigmaKind or None

    Returns
    -------
    str
        In the user's language.
    """
    if kind is SigmaKind.NEW_PLACE:
        return tr("90 % interval at a new place")
    if kind is SigmaKind.NEAR_SAMPLES:
        return tr("90 % interval near sampled geology")
    if kind is SigmaKind.AS_STATED:
        return tr("90 % interval as the model's author states it")
    return tr("90 % interval")


def interval_meaning(kind: Optional[SigmaKind]) -> str:
    """One sentence on where the intervals of a kind hold, for tooltips and metadata.

    Parameters
    ----------
    kind : SigmaKind or None

    Returns
    -------
    str
        In the user's language; empty for None.
    """
    if kind is SigmaKind.NEW_PLACE:
        return tr(
            "The interval holds at places that no mission has sampled: it was calibrated on "
            "missions that were left out of the training."
        )
    if kind is SigmaKind.NEAR_SAMPLES:
        return tr(
            "The interval holds only on the geology around the sampled sites: it was calibrated on "
            "single stations that were left out. At a new place it is too narrow."
        )
    if kind is SigmaKind.AS_STATED:
        return tr("The model's file does not say how the interval was calibrated.")
    return ""


def skill_words(oxide: Oxide, skills: Skills) -> str:
    """One or two sentences on what an oxide's map tells at a new place.

    Parameters
    ----------
    oxide : Oxide
    skills : mapping of oxide name to NewPlaceSkill
        Of the model.

    Returns
    -------
    str
        In the user's language.
    """
    skill = skills.get(oxide.name)
    if skill is None:
        return tr("How uncertain this map is at a new place is not known.")
    facts = tr(
        "The 90 % interval at a new place is \u00b1{width:.1f} {unit} wide on average; 90 % of all "
        "training soils lie within \u00b1{soils:.1f} {unit} of their mean."
    ).format(width=skill.half_width_wt, soils=skill.soil_half_range_wt, unit=UNIT)
    if not skill.tells_little:
        return facts
    verdict = tr("This map tells little at a new place: the mean of all soils is as good a guess.")
    return f"{verdict} {facts}"
