"""Whether two sensors' models say the same of one place, each without having seen it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from . import protocols
from .calibrate import Z90
from .summary import of_oxides

#: The uncertainty that each protocol's predictions have.
SIGMAS = {protocols.NESTED_LOO: "sigma", protocols.LOMO: "sigma_new_place"}


def compare_models(
    own: Mapping[str, Any], other: Mapping[str, Any], protocol: str
) -> dict[str, Any]:
    """Differences of held-out predictions at the stations that both models have.

    Parameters
    ----------
    own, other : mapping
        Results of two models, by protocol (`results.of_model`).
    protocol : str
        Each prediction is by the fold that left the station (or its mission) out.

    Returns
    -------
    dict
        ``n``; by oxide ``mean`` and ``rms`` of own less other (wt%), ``within``, the share inside
        1.645 times both sigmas in quadrature, and ``half_width``, the mean of that interval
        (wt%); ``outside``, by station the differences of the oxides outside their interval.
    """
    first, second = own[protocol]["stations"], other[protocol]["stations"]
    common = [station for station in first if station in second]
    oxides = [name for name in own[protocol]["oxides"] if name in other[protocol]["oxides"]]

    def table(part: Mapping[str, Any], kind: str) -> np.ndarray:
        return np.array([[part[station][kind][name] for name in oxides] for station in common])

    sigma = SIGMAS[protocol]
    difference = table(first, "predicted") - table(second, "predicted")
    half = Z90 * np.hypot(table(first, sigma), table(second, sigma))
    outside = np.abs(difference) > half
    return {
        "n": len(common),
        "mean": of_oxides(oxides, difference.mean(0)),
        "rms": of_oxides(oxides, np.sqrt((difference**2).mean(0))),
        "half_width": of_oxides(oxides, half.mean(0)),
        "within": of_oxides(oxides, 1.0 - outside.mean(0)),
        "outside": {
            station: {
                name: round(float(difference[row, column]), 2)
                for column, name in enumerate(oxides)
                if outside[row, column]
            }
            for row, station in enumerate(common)
            if outside[row].any()
        },
    }
