"""Find the mission and the station in the names of a site, for tables from any source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import FrozenSet, Optional, Sequence

from .sample_sites import SampleSite

#: Spellings of missions in tables; the group ends in the number. "A17_S2", "Apollo 17", "Ap-17".
_MISSIONS = (
    ("Apollo", re.compile(r"(?<![a-z0-9])(?:apollo|apo|ap|a)[\s_.\-]*(1[124567])(?!\d)")),
    ("Luna", re.compile(r"(?<![a-z0-9])(?:luna|l)[\s_.\-]*(16|20|24)(?!\d)")),
    (
        "Chang'e",
        re.compile(r"(?:(?<![a-z0-9])(?:chang\W?\s?e|ce)|\u5ae6\u5a25)[\s_.\-]*([56])(?!\d)"),
    ),
)

#: Missions that sampled one place only.
_ONE_PLACE = ("Luna", "Chang'e")

#: Several of them were taken at one place.
_NO_PLACES = ("SOIL", "COMP")

_ROVER_STOP = re.compile(r"lrv[\s_.\-]*(?:stop[\s_.\-]*)?(\d{1,2})(?!\d)")
_NUMBERED = re.compile(
    r"(?<![a-z0-9])(?:station|stn|sta|st|s)[\s_.\-#]*(\d{1,2}[a-c]?)(?![a-z0-9])"
)
_LETTERED = re.compile(r"(?<![a-z0-9])(?:station|stn|sta)[\s_.\-#]*([a-h])(?![a-z0-9])")
_LANDER = re.compile(r"(?<![a-z])(?:lm|lander|lunar module|landing site)(?![a-z])")
_COMPREHENSIVE = re.compile(r"(?<![a-z])comp(?:rehensive)?(?![a-z])")
_SOIL = re.compile(r"(?<![a-z])soil[\s_\-]*(\d)(?!\d)")
_BARE = re.compile(r"[\s_\-]*(?:(\d{1,2}[a-c]?)|([a-h]))[\s_\-]*")
_SAMPLE_NUMBER = re.compile(r"(?<!\d)(1[024567]\d{3}|6\d{4}|7\d{4})(?!\d)")


@dataclass(frozen=True)
class StationName:
    """Mission and stations that the names of a site give.

    Attributes
    ----------
    mission : str
        Such as ``"Apollo 17"``; empty where the names give none.
    stations : frozenset of str
        Stations and sample numbers in one spelling: ``"LM"``, ``"S2A"``, ``"LRV4"``,
        ``"12030"``; empty where only a mission is given.
    places : frozenset of str
        Those of `stations` that can only be one place. Sample numbers are not, as others were
        taken beside them, nor is a number alone as an identifier, which may count the rows.
    """

    mission: str
    stations: FrozenSet[str]
    places: FrozenSet[str] = frozenset()

    def is_same(self, other: StationName) -> bool:
        """Whether both name one station of one mission."""
        if not self.mission or self.mission != other.mission:
            return False
        if self.mission.startswith(_ONE_PLACE):
            return True
        return bool(self.stations & other.stations)

    def is_other(self, other: StationName) -> bool:
        """Whether the names show that these are two places."""
        if not (self.mission and other.mission):
            return False
        if self.mission != other.mission:
            return True
        return bool(self.places and other.places) and not self.is_same(other)


def station_name(site: SampleSite) -> StationName:
    """The mission and station in a site's identifier, name, mission and sample numbers."""
    texts = [text.lower() for text in (site.mission, site.station_id, site.name, site.station)]
    missions = [mission for mission in map(_mission, texts) if mission]
    stations = {key for text in texts for key in _stations(_without_mission(text))}
    stations |= {key for key in _stations(_without_mission(site.samples.lower()), False)}
    samples = set(_SAMPLE_NUMBER.findall(" ".join((*texts, site.samples))))
    mission = missions[0] if missions else _mission_of_samples(sorted(samples))
    places = {
        key
        for text in texts
        for key in _stations(
            _without_mission(text), bool(_mission(text)) or text == site.station.lower()
        )
        if not key.startswith(_NO_PLACES)
    }
    return StationName(mission, frozenset(stations | samples), frozenset(places))


def _mission(text: str) -> str:
    for name, pattern in _MISSIONS:
        match = pattern.search(text)
        if match:
            joint = "-" if name == "Chang'e" else " "
            return f"{name}{joint}{match.group(1)}"
    return ""


def _without_mission(text: str) -> str:
    for _, pattern in _MISSIONS:
        text = pattern.sub(" ", text)
    return text


def _stations(text: str, bare: bool = True) -> Sequence[str]:
    """Stations in a text from which the mission was removed.

    With `bare`, a number or letter alone counts too.
    """
    text = _SAMPLE_NUMBER.sub(" ", text)
    keys = [f"LRV{number}" for number in _ROVER_STOP.findall(text)]
    text = _ROVER_STOP.sub(" ", text)
    keys += [f"S{number.upper()}" for number in _NUMBERED.findall(text)]
    keys += [f"S{letter.upper()}" for letter in _LETTERED.findall(text)]
    keys += [f"SOIL{number}" for number in _SOIL.findall(text)]
    if _LANDER.search(text):
        keys.append("LM")
    if _COMPREHENSIVE.search(text):
        keys.append("COMP")
    alone = _BARE.fullmatch(text) if bare else None
    if alone:
        keys.append(f"S{(alone.group(1) or alone.group(2)).upper()}")
    return [re.sub(r"(?<=[A-Z])0+(?=\d)", "", key) for key in keys]


def _mission_of_samples(samples: Sequence[str]) -> str:
    """Apollo sample numbers begin with the mission's: 12xxx, but 6xxxx for 16 and 7xxxx for 17."""
    missions = {
        "Apollo 16" if n[0] == "6" else "Apollo 17" if n[0] == "7" else _early(n) for n in samples
    }
    found: Optional[str] = missions.pop() if len(missions) == 1 else None
    return found or ""


def _early(number: str) -> str:
    return "Apollo 11" if number.startswith("10") else f"Apollo {number[:2]}"
