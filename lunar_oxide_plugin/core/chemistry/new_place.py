"""What an oxide's map tells at a place that no mission has sampled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Dict, Mapping

from .oxides import OXIDE_NAMES

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
        Mean half-width of the 90 % interval at stations whose whole mission was left out, wt%.
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
