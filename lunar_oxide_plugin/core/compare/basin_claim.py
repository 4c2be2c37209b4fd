"""The claim that South Pole-Aitken has more SiO2 and less FeO and TiO2 than the near side's maria.

South Pole-Aitken exposes lower crust or mantle mixed with impact melt, the maria are basalts: the
claim says which oxides tell the two apart. It is answered from the numbers of a map alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Mapping, Optional, Tuple

from ..chemistry.oxides import FEO, SIO2, TIO2, Z90, Oxide

BASIN = "South Pole-Aitken"
NEAR_MARIA = "Maria of the near side"
CLAIM = "South Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near side"

#: Oxides of the claim, and whether South Pole-Aitken has more of each.
PARTS: Tuple[Tuple[Oxide, bool], ...] = ((SIO2, True), (FEO, False), (TIO2, False))

#: Least share of a terrane's area that a map must show to speak of the terrane.
LEAST_SHARE = 0.2


class Verdict(Enum):
    """Answer to a claim; the value is its text."""

    YES = "yes"
    NO = "no"
    UNTOLD = "cannot be told"


@dataclass(frozen=True)
class Side:
    """A terrane's mean in one source, with one standard error of it, wt%; NaN where unknown."""

    mean_wt: float
    sigma_wt: float


@dataclass(frozen=True)
class ClaimPart:
    """One oxide of the claim.

    Attributes
    ----------
    oxide : Oxide
    more : bool
        Whether the claim says that South Pole-Aitken has more.
    difference_wt, half_width_wt : float
        South Pole-Aitken minus the maria in the map, and half of its 90 % interval.
    reference_wt, reference_half_width_wt : float
        The same in the gamma-ray table.
    verdict, reference_verdict : Verdict
    reason : str
        The reason why it cannot be told; else empty.
    """

    oxide: Oxide
    more: bool
    difference_wt: float
    half_width_wt: float
    reference_wt: float
    reference_half_width_wt: float
    verdict: Verdict
    reference_verdict: Verdict
    reason: str = ""


def claim_part(
    oxide: Oxide,
    more: bool,
    map_sides: Tuple[Side, Side],
    reference_sides: Tuple[Side, Side],
    shares: Tuple[float, float],
) -> ClaimPart:
    """Answer the claim for one oxide.

    The errors of the two terranes' means are taken as independent of each other.

    Parameters
    ----------
    oxide : Oxide
    more : bool
    map_sides, reference_sides : (Side, Side)
        South Pole-Aitken and the maria.
    shares : (float, float)
        Shares of their areas that are compared, 0 to 1.

    Returns
    -------
    ClaimPart
    """
    difference, half_width = _difference(map_sides)
    reference, reference_half = _difference(reference_sides)
    reason = ""
    for name, share in zip((BASIN, NEAR_MARIA), shares):
        if not reason and not share >= LEAST_SHARE:
            reason = (
                f"the map shows {share:.0%} of {name}"
                if share > 0.0
                else f"the map shows nothing of {name}"
            )
    if not reason and not math.isfinite(half_width):
        reason = "the uncertainty of the map is not known"
    verdict = Verdict.UNTOLD if reason else _verdict(difference, half_width, more)
    if verdict is Verdict.UNTOLD and not reason:
        reason = "the difference is smaller than its uncertainty"
    enough = all(share > 0.0 for share in shares)
    return ClaimPart(
        oxide,
        more,
        difference,
        half_width,
        reference,
        reference_half,
        verdict,
        _verdict(reference, reference_half, more) if enough else Verdict.UNTOLD,
        reason,
    )


def whole_answer(parts: Mapping[str, Optional[ClaimPart]]) -> Verdict:
    """Yes if every part holds, no if one does not, else untold.

    Parameters
    ----------
    parts : mapping of oxide name to ClaimPart or None
        None for an oxide that is not compared.

    Returns
    -------
    Verdict
    """
    verdicts = [Verdict.UNTOLD if part is None else part.verdict for part in parts.values()]
    if Verdict.NO in verdicts:
        return Verdict.NO
    return Verdict.UNTOLD if Verdict.UNTOLD in verdicts else Verdict.YES


def in_words(part: ClaimPart) -> str:
    """The part as the claim states it, e.g. ``"less FeO"``.

    Parameters
    ----------
    part : ClaimPart

    Returns
    -------
    str
    """
    return f"{'more' if part.more else 'less'} {part.oxide.name}"


def _difference(sides: Tuple[Side, Side]) -> Tuple[float, float]:
    first, second = sides
    return first.mean_wt - second.mean_wt, Z90 * math.hypot(first.sigma_wt, second.sigma_wt)


def _verdict(difference: float, half_width: float, more: bool) -> Verdict:
    if not abs(difference) > half_width:  # also where one of them is not known
        return Verdict.UNTOLD
    return Verdict.YES if (difference > 0.0) is more else Verdict.NO
