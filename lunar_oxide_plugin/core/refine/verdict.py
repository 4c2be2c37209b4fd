"""Judge whether a refinement helps, from a small number of new samples.

There are three kinds of evidence. None of them uses the sample that it judges:

- **new places**: each new place is left out of the correction in turn and predicted by the rest
  (leave-one-place-out). With one new place this is not possible, and no verdict is given.
- **old stations**: for each training station, the parent's prediction *without that station*
  (held out, where the model file carries it) plus the correction fitted without its pin. Where
  the file carries no held-out predictions, the parent's own sigma is used as its error, and the
  correction counts as independent of that error. This gives an upper bound of the harm.
- **new places**, in the view of missions left out: what the new samples change at each training
  station when the pins of its whole mission are left out, as if that mission had never flown. Where
  the file carries predictions with missions left out, also what that does to their error.
- **rehearsal**: the same refinement on the missions that the parent knows, each in turn taken
  as new, with the parent's leave-one-mission-out predictions. It shows how well such refinements
  work, also for a single new sample; it is not evidence about the new sample itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from .correction import REACHES, Correction, at_stations_without_their_pin, fit

Floats = npt.NDArray[np.float64]

#: Least number of new places: with fewer, an improvement may be chance.
MIN_PLACES = 3
#: Share of resamples in which the error must fall (or grow) for a verdict.
CONFIDENCE = 0.95
#: Factor of growth of the old stations' error above which it counts as harm.
TOLERATED_GROWTH = 1.02
RESAMPLES = 2000

BETTER = "better"
NOT_SHOWN = "not shown to be better"
WORSE = "worse"
UNTESTABLE = "cannot be told"


@dataclass(frozen=True)
class Samples:
    """New samples at scaled coordinates.

    Attributes
    ----------
    points : float array, shape (k, bands)
    measured, predicted, sigma : float array, shape (k, oxides), wt%
        Sigma is the parent's, NaN where it gives none; measured is NaN where not measured.
    label_sigma : float array, shape (k, oxides), wt%
    place : tuple of int
        Samples with the same number lie at one place and are left out together.
    """

    points: Floats
    measured: Floats
    predicted: Floats
    sigma: Floats
    label_sigma: Floats
    place: Tuple[int, ...]

    @property
    def residual(self) -> Floats:
        """Measured minus predicted, wt%."""
        return self.measured - self.predicted

    def subset(self, rows: Sequence[int]) -> Samples:
        """The selected samples."""
        chosen = list(rows)
        return Samples(
            self.points[chosen],
            self.measured[chosen],
            self.predicted[chosen],
            self.sigma[chosen],
            self.label_sigma[chosen],
            tuple(self.place[row] for row in chosen),
        )


@dataclass(frozen=True)
class Stations:
    """The parent's training stations at scaled coordinates.

    Attributes
    ----------
    ids, missions : tuple of str
    label_sigma : float array, shape (oxides,), wt%
        Standard uncertainty of an analysis, for each oxide that the parent gives.
    points : float array, shape (m, bands)
    measured : float array, shape (m, oxides), wt%
    sigma : float array, shape (m, oxides), wt%
        The parent's, NaN where it gives none.
    held_out, mission_held_out : float array, shape (m, oxides), or None
        Predictions by the parent's recipe without the station, and without its mission.
    """

    ids: Tuple[str, ...]
    missions: Tuple[str, ...]
    label_sigma: Floats
    points: Floats
    measured: Floats
    sigma: Floats
    held_out: Optional[Floats] = None
    mission_held_out: Optional[Floats] = None


@dataclass(frozen=True)
class Comparison:
    """Root mean square error per oxide before and after, wt%, and the number of samples."""

    before: Floats
    after: Floats
    n: Tuple[int, ...]


@dataclass(frozen=True)
class Evidence:
    """All evidence; None where it is not available.

    `reach` is that of the correction, in domain units; `confidence` is the share of resamples of
    the new places in which the error falls, NaN where there are too few; `old_is_bound` is True
    where the parent's sigma is used as its error. `elsewhere` is the mean absolute change, wt%, by
    oxide, at the training stations when the pins of a station's mission are left out: what the new
    samples change at places that no mission has sampled. `missions` is the error there, None where
    the file carries no predictions with missions left out.
    """

    reach: float
    new_places: int
    new: Optional[Comparison]
    new_errors: Optional[Floats]
    confidence: Floats
    old: Comparison
    old_is_bound: bool
    rehearsal: Optional[Comparison]
    elsewhere: Floats
    missions: Optional[Comparison]

    def verdict(self, oxide: int) -> str:
        """One of BETTER, NOT_SHOWN, WORSE, UNTESTABLE for one oxide."""
        grows = self.old.after[oxide] > TOLERATED_GROWTH * self.old.before[oxide]
        if grows and not self.old_is_bound:
            return WORSE
        if self.new is None or self.new.n[oxide] < MIN_PLACES:
            return UNTESTABLE
        if self.confidence[oxide] <= 1.0 - CONFIDENCE:
            return WORSE
        if self.confidence[oxide] >= CONFIDENCE and not grows:
            return BETTER
        return NOT_SHOWN


def correct(stations: Stations, samples: Samples, error_wt: Floats, reach: float) -> Correction:
    """The correction from all samples, pinned at all stations."""
    return fit(
        stations.points,
        samples.points,
        samples.residual,
        samples.label_sigma,
        stations.label_sigma,
        error_wt,
        reach,
    )


def error_scale(stations: Stations, samples: Samples, recorded: Optional[Floats]) -> Floats:
    """Standard deviation of the parent's error at places that are not in its training.

    The first of these that is available, wt%, shape (oxides,): its leave-one-mission-out errors,
    the error that its file records, its sigma at the new samples, and their residuals.
    """
    if stations.mission_held_out is not None:
        found = rms(stations.mission_held_out - stations.measured)
    elif recorded is not None:
        found = recorded
    elif np.isfinite(samples.sigma).any(axis=0).all():
        found = rms(samples.sigma)
    else:
        found = rms(samples.residual)
    floor = stations.label_sigma
    return np.where(np.isfinite(found), np.maximum(found, floor), floor)


def examine(stations: Stations, samples: Samples, error_wt: Floats) -> Evidence:
    """Gather the evidence about the correction from these samples.

    The reach is the longest of `REACHES` with which no oxide's error at the old stations grows by
    more than `TOLERATED_GROWTH`. The new places do not influence the choice.
    """
    for reach in REACHES:
        old, bound = _old_stations(stations, samples, error_wt, reach)
        if (old.after <= TOLERATED_GROWTH * old.before).all():
            break
    places = sorted(set(samples.place))
    errors = None
    comparison = None
    confidence = np.full(samples.measured.shape[1], np.nan)
    if len(places) >= 2:
        errors = _leave_places_out(stations, samples, error_wt, reach, places)
        comparison, confidence = _compare_places(samples, errors, places)
    rehearsal = None
    if stations.mission_held_out is not None:
        rehearsal = rehearse(stations, error_wt, reach, single=len(places) == 1)
    change = at_left_out_missions(stations, samples, error_wt, reach)
    missions = None
    if stations.mission_held_out is not None:
        error = stations.mission_held_out - stations.measured
        count = tuple([len(stations.ids)] * error.shape[1])
        missions = Comparison(rms(error), rms(error + change), count)
    return Evidence(
        reach,
        len(places),
        comparison,
        errors,
        confidence,
        old,
        bound,
        rehearsal,
        np.asarray(np.abs(change).mean(axis=0)),
        missions,
    )


def at_left_out_missions(
    stations: Stations, samples: Samples, error_wt: Floats, reach: float
) -> Floats:
    """The correction at each station when its whole mission is not pinned, shape (m, oxides)."""
    missions = np.array(stations.missions)
    change = np.zeros((len(missions), len(error_wt)))
    for mission in dict.fromkeys(stations.missions):
        out = missions == mission
        correction = fit(
            stations.points[~out],
            samples.points,
            samples.residual,
            samples.label_sigma,
            stations.label_sigma,
            error_wt,
            reach,
        )
        change[out] = correction.at(stations.points[out]).T
    return change


def _leave_places_out(
    stations: Stations,
    samples: Samples,
    error_wt: Floats,
    reach: float,
    places: Sequence[int],
) -> Floats:
    """Error of each sample (predicted minus measured) when its place is left out, (k, oxides)."""
    errors = np.empty_like(samples.measured)
    for place in places:
        inside = [row for row, own in enumerate(samples.place) if own == place]
        rest = samples.subset([row for row, own in enumerate(samples.place) if own != place])
        change = correct(stations, rest, error_wt, reach).at(samples.points[inside]).T
        errors[inside] = samples.predicted[inside] + change - samples.measured[inside]
    return errors


def _compare_places(
    samples: Samples, errors: Floats, places: Sequence[int]
) -> Tuple[Comparison, Floats]:
    """Errors by place, and the share of resamples in which they fall."""
    membership = np.array(samples.place)
    before, after = [], []
    for place in places:
        rows = membership == place
        before.append(_mean(samples.residual[rows] ** 2))
        after.append(_mean(errors[rows] ** 2))
    squares_before, squares_after = np.array(before), np.array(after)
    rng = np.random.default_rng(6)
    draws = rng.integers(0, len(places), (RESAMPLES, len(places)))
    confidence = np.full(samples.measured.shape[1], np.nan)
    counts = []
    for oxide in range(len(confidence)):
        gain = squares_before[:, oxide] - squares_after[:, oxide]
        known = gain[np.isfinite(gain)]
        counts.append(known.size)
        if known.size >= MIN_PLACES:
            confidence[oxide] = float(np.mean(known[draws % known.size].sum(axis=1) > 0.0))
    return (
        Comparison(np.sqrt(_mean(squares_before)), np.sqrt(_mean(squares_after)), tuple(counts)),
        confidence,
    )


def _old_stations(
    stations: Stations, samples: Samples, error_wt: Floats, reach: float
) -> Tuple[Comparison, bool]:
    """The old stations' error without and with the correction, each without its own pin."""
    change = at_stations_without_their_pin(
        stations.points,
        samples.points,
        samples.residual,
        samples.label_sigma,
        stations.label_sigma,
        error_wt,
        reach,
    )
    count = tuple([len(stations.ids)] * len(stations.label_sigma))
    if stations.held_out is not None:
        error = stations.held_out - stations.measured
        return Comparison(rms(error), rms(error + change), count), False
    spread = np.where(np.isfinite(stations.sigma), stations.sigma, error_wt[None])
    return Comparison(rms(spread), rms(np.hypot(spread, change)), count), True


def rehearse(
    stations: Stations, error_wt: Floats, reach: float, single: bool
) -> Optional[Comparison]:
    """Refine with each mission as if it were new, and predict its stations that were left out.

    Parameters
    ----------
    single : bool
        Refine with one station of the mission and predict the others; if False, refine with all
        others and predict the one.
    """
    if stations.mission_held_out is None:
        return None
    label = stations.label_sigma
    missions = np.array(stations.missions)
    residual = stations.measured - stations.mission_held_out
    before: List[Floats] = []
    after: List[Floats] = []
    for mission in dict.fromkeys(stations.missions):
        rows = np.flatnonzero(missions == mission)
        if rows.size < 2:
            continue
        pinned = stations.points[missions != mission]
        for row in rows:
            others = rows[rows != row]
            given, asked = ([row], others) if single else (others, [row])
            change = fit(
                pinned,
                stations.points[given],
                residual[given],
                np.tile(label, (len(given), 1)),
                label,
                error_wt,
                reach,
            ).at(stations.points[asked])
            before.extend(-residual[asked])
            after.extend(change.T - residual[asked])
    if not before:
        return None
    return Comparison(
        rms(np.array(before)), rms(np.array(after)), tuple([len(before)] * len(label))
    )


def rms(values: Floats) -> Floats:
    """Root mean square down the rows, NaN left out."""
    return np.asarray(np.sqrt(_mean(values**2)))


def _mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    total = np.where(known, values, 0.0).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / known.sum(axis=0))


def held_out_predictions(
    validation: Sequence[Mapping[str, object]],
    protocol: str,
    ids: Sequence[str],
    names: Sequence[str],
) -> Optional[Floats]:
    """A protocol's predictions, shape (m, oxides), if a model file has them for every station.

    `names` are those of the oxides, in the order of the columns.
    """
    for entry in validation:
        if entry.get("protocol") != protocol:
            continue
        stations = entry.get("stations")
        if not isinstance(stations, dict) or not set(ids) <= set(stations):
            return None
        rows: List[List[float]] = []
        for station in ids:
            predicted: Dict[str, float] = stations[station]["predicted"]
            rows.append([float(predicted[name]) for name in names])
        return np.array(rows)
    return None


def recorded_error(
    validation: Sequence[Mapping[str, object]], names: Sequence[str]
) -> Optional[Floats]:
    """RMSE per named oxide that a model file records for places outside its training, wt%."""
    for wanted in ("leave-one-mission-out", "nested leave-one-out"):
        for entry in validation:
            oxides = entry.get("oxides")
            if entry.get("protocol") == wanted and isinstance(oxides, dict):
                try:
                    return np.array([float(oxides[name]["rmse"]) for name in names])
                except (KeyError, TypeError, ValueError):
                    continue
    return None
