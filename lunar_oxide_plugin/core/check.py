"""The prediction check: each site's measured oxides beside what the raster predicts there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Dict, List, Optional, Sequence, Tuple

from .sites import SampleSite, separation_m

#: A site that the training list does not name still counts as seen when a training station
#: lies this near (metres), or within either site's position error: its spectrum was used.
SAME_PLACE_M = 100.0


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

    @property
    def residual_wt(self) -> Tuple[float, ...]:
        """Predicted minus measured, wt%."""
        return tuple(p - m for p, m in zip(self.predicted_wt, self.site.oxides_wt))


@dataclass(frozen=True)
class SkippedSite:
    """A site that could not be checked, and why."""

    site: SampleSite
    reason: str


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
    """

    pairs: Tuple[SitePrediction, ...]
    skipped: Tuple[SkippedSite, ...]
    window: int
    provenance: Dict[str, str] = field(default_factory=dict)


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
    if site.station_id in training_stations:
        return Seen.SEEN, ""
    for station in known_sites:
        if station.station_id not in training_stations:
            continue
        reach = max(SAME_PLACE_M, _known(site.position_error_m), _known(station.position_error_m))
        if separation_m(site, station) <= reach:
            note = f"same place as training station {station.station_id}, within position error"
            return Seen.SEEN, note
    return Seen.UNSEEN, ""


def _known(value: float) -> float:
    return 0.0 if value != value else value


def by_seen(pairs: Sequence[SitePrediction]) -> Dict[Seen, List[SitePrediction]]:
    """Pairs grouped by whether the model saw them; groups without pairs are left out."""
    groups = {seen: [pair for pair in pairs if pair.seen is seen] for seen in Seen}
    return {seen: group for seen, group in groups.items() if group}
