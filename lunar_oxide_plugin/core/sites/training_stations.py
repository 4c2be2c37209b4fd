"""Whether a model was trained on the spectrum of a site."""

from __future__ import annotations

from enum import Enum
from typing import Optional, Sequence, Tuple

from .sample_sites import SampleSite, separation_m

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


def _known(value: float) -> float:
    return 0.0 if value != value else value
