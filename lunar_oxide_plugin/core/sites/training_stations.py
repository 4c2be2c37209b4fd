"""Decide whether a model was trained on the spectrum of a site.

A site that was seen in training validates nothing. Published tables use different names of stations
and older positions that are off by kilometres; where it cannot be decided, the answer is "unknown".
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Iterable, List, Optional, Sequence, Tuple

from .sample_sites import SampleSite, separation_m
from .station_names import station_name

#: A site that the training list does not name counts as seen if a training station lies nearer than
#: this (metres), or within the position error of either: its spectrum was used.
SAME_PLACE_M = 100.0

#: A site with a training station's identifier or name that lies farther away than this (metres) is
#: another place with the same name. Published positions differ by up to 9 km (Luna 20 in Wilcox et
#: al. 2005, doi 10.1029/2005JE002439, and from LROC, Wagner et al. 2017).
OTHER_PLACE_M = 15_000.0

#: Within this distance (metres) of a training station, positions alone do not show that two places
#: differ.
DOUBTFUL_M = 10_000.0

#: The domain distance of a spectrum that the model was trained on, rounding included.
SAME_SPECTRUM = 0.001


class Seen(Enum):
    """Whether the model was fitted on a site's spectrum."""

    SEEN = "seen in training"
    UNSEEN = "not seen in training"
    UNKNOWN = "unknown whether seen in training"


def seen_in_training(
    site: SampleSite,
    training_stations: Optional[Sequence[str]],
    known_sites: Sequence[SampleSite],
    domain_distance: float = math.nan,
) -> Tuple[Seen, str]:
    """Whether the model was trained on `site`'s spectrum, and a note where that is not obvious.

    The decision uses the spectrum itself, the identifier, mission and station name, and the
    position within its error and the table's rounding.

    Parameters
    ----------
    site : SampleSite
    training_stations : sequence of station ids, or None
        From the prediction raster's tags or the model; None if neither lists them.
    known_sites : sequence of SampleSite
        Sites whose ids the training list uses (the bundled table).
    domain_distance : float
        The smallest of the site's pixels; NaN if not known.

    Returns
    -------
    Seen
    str
        The reason, for the user; empty where the identifier decides.
    """
    if training_stations is None:
        return _by_spectrum(domain_distance) or (Seen.UNKNOWN, "")
    namesake = next((s for s in known_sites if s.station_id == site.station_id), None)
    is_known = namesake is not None and separation_m(site, namesake) <= OTHER_PLACE_M
    if site.station_id in training_stations and (namesake is None or is_known):
        return Seen.SEEN, ""
    trained = _by_distance(site, (s for s in known_sites if s.station_id in training_stations))
    own = station_name(site)
    for distance, station in trained:
        if distance <= OTHER_PLACE_M and own.is_same(station_name(station)) and not is_known:
            note = f"by its name training station {station.station_id}, {distance:.0f} m from there"
            return Seen.SEEN, note
    for distance, station in trained:
        errors = (site.position_error_m, station.position_error_m)
        reach = max(SAME_PLACE_M, *(error for error in errors if not math.isnan(error)), 0.0)
        if distance <= reach + site.position_rounding_m:
            note = f"same place as training station {station.station_id}, within position error"
            return Seen.SEEN, note
    by_spectrum = _by_spectrum(domain_distance)
    if by_spectrum is not None:
        return by_spectrum
    if is_known or math.isfinite(site.position_error_m):
        return Seen.UNSEEN, ""
    for distance, station in trained:
        if distance <= DOUBTFUL_M and not own.is_other(station_name(station)):
            return Seen.UNKNOWN, (
                f"{distance:.0f} m from training station {station.station_id}, whose published "
                "positions differ as much: give position_error_m, or the station's name"
            )
    return Seen.UNSEEN, ""


def nearest_training_station(
    site: SampleSite,
    training_stations: Optional[Sequence[str]],
    known_sites: Sequence[SampleSite],
) -> Optional[Tuple[float, SampleSite]]:
    """The nearest training station of a site, with its distance in metres.

    Parameters
    ----------
    site : SampleSite
    training_stations : sequence of station ids, or None
    known_sites : sequence of SampleSite
        Sites whose ids the training list uses.

    Returns
    -------
    (float, SampleSite), or None
        None if the training stations or their positions are not known.
    """
    listed = training_stations or ()
    trained = _by_distance(site, (s for s in known_sites if s.station_id in listed))
    return trained[0] if trained else None


def _by_spectrum(domain_distance: float) -> Optional[Tuple[Seen, str]]:
    if domain_distance <= SAME_SPECTRUM:
        return Seen.SEEN, "the model was trained on this very spectrum (domain distance 0)"
    return None


def _by_distance(
    site: SampleSite, stations: Iterable[SampleSite]
) -> List[Tuple[float, SampleSite]]:
    """Stations with their distance in metres, the nearest first."""
    return sorted(((separation_m(site, s), s) for s in stations), key=lambda pair: pair[0])
