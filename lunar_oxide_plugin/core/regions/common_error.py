"""The part of an uncertainty that a mean over many pixels does not reduce.

A sigma says how far a predicted abundance may be from the measured one. Nearly all of this error is
the model's own at a kind of ground: it is the same in neighbouring pixels, so that a mean over a
million pixels has it as one pixel has. Only what changes when the same ground is observed again
averages out. The repository's ``training/results/validation.json`` tells how much that is for the
shipped model: spectra perturbed as two published extractions of one place differ change predictions
by an RMS of 0.30 (CaO) to 0.71 wt% (Al2O3). This is 7 to 28 % of the squared residuals where a
mission was held out, and 25 to 76 % where a station was. Less than the least of each is taken (2
and 10 %), because a part of that noise, the common gain of an extraction, is the same in
neighbouring pixels: the error of a mean is rather too large than too small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Mapping, Optional

from ..chemistry.layout import SigmaKind

#: Share of sigma's variance that is common to all pixels of a region; the whole where the model
#: does not say how its sigma was calibrated.
COMMON_SHARE: Mapping[SigmaKind, float] = {
    SigmaKind.NEW_PLACE: 0.98,
    SigmaKind.NEAR_SAMPLES: 0.90,
    SigmaKind.AS_STATED: 1.0,
}


@dataclass(frozen=True)
class ErrorModel:
    """How errors of pixels add up in means and differences.

    Attributes
    ----------
    common : float
        Share of sigma's variance that all pixels of a region have in common, 0 to 1.
    shared : float
        Correlation of the common parts of two regions, 0 to 1. 0 by default: held out, missions are
        missed in both directions (FeO by +1.1 wt% at Apollo 14, by -3.2 at Chang'e-5), so that
        nothing is known to cancel between two kinds of ground.
    """

    common: float
    shared: float = 0.0

    @classmethod
    def of(cls, kind: Optional[SigmaKind], shared: float = 0.0) -> ErrorModel:
        """The error model for a kind of sigma.

        Parameters
        ----------
        kind : SigmaKind or None
        shared : float
            0 to 1.

        Returns
        -------
        ErrorModel
        """
        return cls(1.0 if kind is None else COMMON_SHARE[kind], shared)

    def common_part(self, mean_sigma: float) -> float:
        """Standard error of a mean from the common part.

        Parameters
        ----------
        mean_sigma : float
            Mean of sigma over the region, weighted by area.

        Returns
        -------
        float
        """
        return math.sqrt(self.common) * mean_sigma

    def averaged_part(self, weighted_squares: float, weight: float) -> float:
        """Standard error of a mean from what averages out.

        Parameters
        ----------
        weighted_squares : float
            Sum of squares of weight times sigma.
        weight : float
            Sum of weights.

        Returns
        -------
        float
        """
        return math.sqrt(max(0.0, 1.0 - self.common) * weighted_squares) / weight

    def of_difference(
        self, first: float, second: float, first_averaged: float, second_averaged: float
    ) -> float:
        """Standard error of the difference of two means.

        Parameters
        ----------
        first, second : float
            Common parts of their standard errors.
        first_averaged, second_averaged : float
            Parts that average out.

        Returns
        -------
        float
        """
        common = first**2 + second**2 - 2.0 * self.shared * first * second
        return math.sqrt(max(0.0, common) + first_averaged**2 + second_averaged**2)
