"""The prediction check: each site's measured oxides beside what the raster predicts there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Dict, List, Optional, Sequence, Tuple

from .oxides import Z90
from .site_columns import RejectedRow
from .sites import SampleSite, separation_m

#: A site that the training list does not name still counts as seen when a training station
#: lies this near (metres), or within either site's position error: its spectrum was used.
SAME_PLACE_M = 100.0

#: A site that bears a training station's identifier but lies farther than this (metres) from
#: that station is another place with the same name.
OTHER_PLACE_M = 5000.0


class Seen(Enum):
    """Whether the model was fitted on a site's spectrum."""

    SEEN = "seen in training"
    UNSEEN = "not seen in training"
    UNKNOWN = "unknown (the raster does not say what its model was trained on)"


@dataclass(frozen=True)
class SitePrediction:
    """Measured and predicted oxides at one site.

    Attributes
    ----------
    site : SampleSite
    predicted_wt, sigma_wt : tuple of float
        Six oxides in wt%: median over the window's valid pixels; sigma is NaN where the
        model gives none.
    domain_distance : float
        Median over the window, in units of the model's threshold; NaN where none.
    quality : int
        Quality bits of the window's valid pixels, combined by OR.
    n_pixels : int
        Valid pixels in the window.
    seen : Seen
    note : str
        What the reader should know about this pair (position error larger than the window,
        same place as a training station ...); empty if nothing.
    """

    site: SampleSite
    predicted_wt: Tuple[float, ...]
    sigma_wt: Tuple[float, ...]
    domain_distance: float
    quality: int
    n_pixels: int
    seen: Seen
    note: str = ""
    place: str = ""

    @property
    def residual_wt(self) -> Tuple[float, ...]:
        """Predicted minus measured, wt%."""
        return tuple(p - m for p, m in zip(self.predicted_wt, self.site.oxides_wt))

    @property
    def combined_sigma_wt(self) -> Tuple[float, ...]:
        """Root of the summed squares of predicted and measured sigma, wt%.

        The predicted sigma alone where the measurement comes without; NaN where the model
        gives none.
        """
        return tuple(
            math.hypot(sigma, 0.0 if math.isnan(measured) else measured)
            for sigma, measured in zip(self.sigma_wt, self.site.measured_sigma_wt)
        )

    @property
    def standardised_residual(self) -> Tuple[float, ...]:
        """Residual over combined sigma; NaN where there is no sigma."""
        return tuple(
            r / s if s > 0.0 else math.nan for r, s in zip(self.residual_wt, self.combined_sigma_wt)
        )

    @property
    def outside_interval(self) -> Tuple[bool, ...]:
        """Whether |residual| exceeds 1.645 combined sigma; False where there is no sigma."""
        return tuple(
            bool(abs(r) > Z90 * s) for r, s in zip(self.residual_wt, self.combined_sigma_wt)
        )


@dataclass(frozen=True)
class SkippedSite:
    """A site that could not be checked, and why."""

    site: SampleSite
    reason: str


@dataclass(frozen=True)
class SecondOpinion:
    """What classical formulas say at each checked site.

    Attributes
    ----------
    raster : str
        Name of the reflectance raster.
    bands : tuple of str
        Which raster band served which wavelength.
    values_wt : tuple of (FeO, TiO2)
        One for each pair of the check, in wt%; NaN where a formula has no value.
    """

    raster: str
    bands: Tuple[str, ...]
    values_wt: Tuple[Tuple[float, float], ...]


@dataclass(frozen=True)
class CheckResult:
    """Outcome of a prediction check.

    Attributes
    ----------
    pairs : tuple of SitePrediction
    skipped : tuple of SkippedSite
    window : int
        Side of the square window in pixels.
    provenance : dict
        Facts for the report: raster, model title, version and digest, CRS, software.
    rejected : tuple of RejectedRow
        Rows of the ground truth that could not be used.
    truth_notes : tuple of str
        Which column of the ground truth was taken as what.
    second_opinion : SecondOpinion, or None
        Classical formulas at the same sites, where a reflectance raster was given.
    """

    pairs: Tuple[SitePrediction, ...]
    skipped: Tuple[SkippedSite, ...]
    window: int
    provenance: Dict[str, str] = field(default_factory=dict)
    rejected: Tuple[RejectedRow, ...] = ()
    truth_notes: Tuple[str, ...] = ()
    second_opinion: Optional[SecondOpinion] = None


def seen_in_training(
    site: SampleSite,
    training_stations: Optional[Sequence[str]],
    known_sites: Sequence[SampleSite],
) -> Tuple[Seen, str]:
    """Whether the model saw `site`'s spectrum, and a note where that is not obvious.

    Parameters
    ----------
    training_stations : sequence of station ids, or None
        From the prediction raster's tags; None if the raster does not say.
    known_sites : sequence of SampleSite
        Sites whose ids the training list uses (the bundled table).
    """
    if training_stations is None:
        return Seen.UNKNOWN, ""
    namesake = next((s for s in known_sites if s.station_id == site.station_id), None)
    if site.station_id in training_stations and (
        namesake is None or separation_m(site, namesake) <= OTHER_PLACE_M
    ):
        return Seen.SEEN, ""
    for station in known_sites:
        if station.station_id not in training_stations:
            continue
        reach = max(SAME_PLACE_M, _known(site.position_error_m), _known(station.position_error_m))
        if separation_m(site, station) <= reach:
            note = f"same place as training station {station.station_id}, within position error"
            return Seen.SEEN, note
    return Seen.UNSEEN, ""


def note_shared_places(pairs: Sequence[SitePrediction]) -> List[SitePrediction]:
    """The pairs, with a note at those that are compared with the same pixels as others."""
    at: Dict[str, List[str]] = {}
    for pair in pairs:
        at.setdefault(pair.place, []).append(pair.site.station_id)
    noted = []
    for pair in pairs:
        others = list(at[pair.place]) if pair.place else []
        if len(others) > 1:
            others.remove(pair.site.station_id)
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            text = f"compared with the same pixels as {', '.join(others[:3])}{more}"
            pair = replace(pair, note="; ".join(filter(None, (pair.note, text))))
        noted.append(pair)
    return noted


def _known(value: float) -> float:
    return 0.0 if value != value else value


def by_seen(pairs: Sequence[SitePrediction]) -> Dict[Seen, List[SitePrediction]]:
    """Pairs grouped by whether the model saw them; groups without pairs are left out."""
    groups = {seen: [pair for pair in pairs if pair.seen is seen] for seen in Seen}
    return {seen: group for seen, group in groups.items() if group}
