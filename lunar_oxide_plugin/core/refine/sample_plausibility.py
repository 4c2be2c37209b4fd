"""Judge whether a new sample is plausible, by its residuals and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import UNIT
from ..chemistry.quantities import SUM
from ..rasters.quality import SUM_MAX_WT, SUM_MIN_WT

Floats = npt.NDArray[np.float64]

#: Standardised residual above which a sample is unusual, and above which it looks wrong.
UNUSUAL = 3.0
WRONG = 5.0
#: An exchange of two oxides explains a sample if it reduces the misfit by more than this factor.
SWAP_GAIN = 4.0


@dataclass(frozen=True)
class Doubt:
    """A reason to check a sample before it is used.

    `looks_wrong` is True for a likely mistake, False for an unusual soil.
    """

    site: str
    looks_wrong: bool
    text: str


def doubts(
    site: str,
    names: Sequence[str],
    measured: Floats,
    predicted: Floats,
    spread: Floats,
    neighbour: str,
    neighbour_distance: float,
    neighbour_measured: Optional[Floats] = None,
) -> Tuple[Doubt, ...]:
    """Doubts about one sample.

    Parameters
    ----------
    site : str
    names : sequence of str
        Of the oxides, in the order of the arrays.
    measured, predicted : float array, shape (oxides,), wt%
        NaN where not measured.
    spread : float array, shape (oxides,), wt%
        Expected standard deviation of their difference: model, analysis and position.
    neighbour, neighbour_distance : str, float
        The training station with the nearest spectrum, and its distance in domain units.
    neighbour_measured : float array, shape (oxides,), wt%, optional
    """
    found: List[Doubt] = []
    score = (measured - predicted) / spread
    known = np.isfinite(score)
    far = [i for i in np.flatnonzero(known) if abs(score[i]) > UNUSUAL]
    if far:
        parts = [
            f"{names[i]} {measured[i]:.2f} where the model says {predicted[i]:.2f} "
            f"({abs(score[i]):.1f} sigma)"
            for i in far
        ]
        wrong = any(abs(score[i]) > WRONG for i in far)
        where = f"its spectrum is {neighbour_distance:.2f} domain units from {neighbour}'s"
        if neighbour_measured is not None:
            soil = ", ".join(f"{names[i]} {neighbour_measured[i]:.2f}" for i in far)
            where += f", whose soil has {soil} {UNIT}"
        advice = (
            "this looks like a wrong sample, position, unit or column: check it before you use "
            "the refined model"
            if wrong
            else "an unusual soil, or a sample or position that is off: check it"
        )
        found.append(Doubt(site, wrong, f"{site}: {'; '.join(parts)}; {where}; {advice}."))
    swap = _swapped(measured, predicted, spread)
    if swap:
        found.append(
            Doubt(
                site,
                True,
                f"{site}: its values agree with the model if {names[swap[0]]} and "
                f"{names[swap[1]]} are "
                "exchanged: check the columns.",
            )
        )
    total = float(SUM.evaluate(dict(zip(names, measured))).value)
    if np.isfinite(total) and not SUM_MIN_WT <= total <= SUM_MAX_WT:
        found.append(
            Doubt(
                site,
                True,
                f"{site}: its six oxides add up to {total:.1f} {UNIT} where soils have "
                f"{SUM_MIN_WT:g} to {SUM_MAX_WT:g}: check units and columns.",
            )
        )
    return tuple(found)


def _swapped(measured: Floats, predicted: Floats, spread: Floats) -> Optional[Tuple[int, int]]:
    """Places of two oxides whose exchange explains a large misfit, or None."""
    known = np.flatnonzero(np.isfinite(measured))

    def misfit(values: Floats) -> float:
        return float((((values - predicted) / spread)[known] ** 2).sum())

    own = misfit(measured)
    if own < UNUSUAL**2 * 2:
        return None
    best = None
    for a, b in combinations(known, 2):
        exchanged = measured.copy()
        exchanged[[a, b]] = measured[[b, a]]
        value = misfit(exchanged)
        if value * SWAP_GAIN < own and (best is None or value < best[0]):
            best = (value, a, b)
    return None if best is None else (int(best[1]), int(best[2]))
