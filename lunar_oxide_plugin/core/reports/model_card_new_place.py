"""The model card's first section: what to expect at a place that no mission has sampled."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.layout import SigmaKind
from ..chemistry.oxides import UNIT, Oxide
from ..models.model_description import ModelDescription, one_line
from .model_card_values import is_number, mapping
from .numbers import DASH, number, percent
from .rendering import Table, plain_table

#: What the protocol is called whose folds hold out whole missions.
MISSIONS_OUT = "leave-one-mission-out"

#: Largest number of missions that are shown.
MAX_MISSIONS = 40

Row = Tuple[str, ...]


def missions_left_out(description: ModelDescription) -> Optional[Mapping[str, Any]]:
    """The entry of the validation whose folds hold out whole missions, or None.

    Parameters
    ----------
    description : ModelDescription

    Returns
    -------
    mapping or None
    """
    for entry in description.validation:
        if isinstance(entry, Mapping) and entry.get("protocol") == MISSIONS_OUT:
            return entry
    return None


def new_place_tables(description: ModelDescription) -> List[Table]:
    """RMSE by mission left out, and the interval at a new place beside the range of soils.

    Parameters
    ----------
    description : ModelDescription

    Returns
    -------
    list of Table
        Empty where the file gives neither.
    """
    head = ("", *(oxide.pretty for oxide in description.oxides))
    tables = []
    for caption, rows in (
        (f"RMSE of each mission when it is left out ({UNIT})", _by_mission(description)),
        (f"90\u00a0% interval at a new place ({UNIT})", _interval(description)),
    ):
        if rows:
            tables.append(plain_table(caption, head, rows, caption=caption))
    return tables


def new_place_words(description: ModelDescription) -> List[str]:
    """What the tables mean, a sentence each.

    Parameters
    ----------
    description : ModelDescription

    Returns
    -------
    list of str
    """
    words = [
        "Every pixel away from the landing sites is such a place. The figures are of whole "
        "missions that the model had not seen."
    ]
    if description.tells_little:
        names = " and ".join(oxide.name for oxide in description.tells_little)
        words.append(
            f"{names}: the interval is wider than the range of all known soils, so that the map "
            "tells little there."
        )
    if description.sigmas == (SigmaKind.NEAR_SAMPLES,):
        words.append(
            "The model gives no uncertainty for a new place: its sigma was calibrated near "
            "sampled geology and is too small elsewhere."
        )
    return words


def _by_mission(description: ModelDescription) -> List[Row]:
    entry = missions_left_out(description) or {}
    missions = entry.get("missions")
    if not isinstance(missions, Mapping):
        return []
    rows = []
    for name, part in list(missions.items())[:MAX_MISSIONS]:
        if isinstance(part, Mapping):
            label = f"{one_line(name, 40)} ({one_line(part.get('n', DASH), 8)})"
            rows.append((label, *_numbers(part.get("rmse"), description.oxides)))
    mean = entry.get("mean_over_missions_rmse")
    return [*rows, ("Mean of the missions", *_numbers(mean, description.oxides))] if rows else []


def _interval(description: ModelDescription) -> List[Row]:
    shares = mapping(description.document.get("sigma_new_place")).get("coverage_90")
    rows: List[Row] = []
    if isinstance(shares, Mapping):
        found = (_number(shares, oxide) for oxide in description.oxides)
        cells = (DASH if share is None else percent(share) for share in found)
        rows.append(("Stations of missions left out inside it", *cells))
    skills = description.new_place
    if not skills:
        return rows
    for words, field in (
        ("Half of the interval, mean", "half_width_wt"),
        ("Half of the range of all training soils", "soil_half_range_wt"),
    ):
        cells = (
            number(getattr(skills[oxide.name], field)) if oxide.name in skills else DASH
            for oxide in description.oxides
        )
        rows.append((words, *cells))
    return rows


def _numbers(values: Any, oxides: Sequence[Oxide]) -> Row:
    found = (_number(mapping(values), oxide) for oxide in oxides)
    return tuple(DASH if value is None else number(value) for value in found)


def _number(values: Mapping[str, Any], oxide: Oxide) -> Optional[float]:
    value: Any = values.get(oxide.name)
    return float(value) if is_number(value) else None
