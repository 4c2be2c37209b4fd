"""Attribution of a prediction to the bands of its spectrum, relative to a reference spectrum.

Neighbouring bands of lunar spectra have a correlation of 0.99. A spectrum in which one band alone
is changed does not occur in any soil, and a network's prediction for it means nothing: plain
gradients give attributions of tens of wt% that cancel each other. Two of the methods therefore
replace a band that they remove by its expectation given the other bands (Gaussian, with the
covariance of the stations), so that the model is only evaluated on plausible spectra:

- Shapley values (Aas et al. 2021, Artificial Intelligence 298, 103502): the mean change of the
prediction when a band's value becomes known, over all orders of the bands. Their sum is exactly the
prediction minus the reference's prediction; - occlusion: the change of the prediction when one band
is replaced by its expectation. It shows the information that only this band has; the shares do not
add up to the prediction.

The third method allows comparison with other work: integrated gradients (Sundararajan et al. 2017,
arXiv:1703.01365) by finite differences along the straight line from the reference to the
spectrum in log reflectance. Their sum equals the difference of the predictions to within the error
of the differences.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Dict, List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import Oxide
from ..errors import Cancelled
from ..models.oxide_model import OxideModel
from ..progress import Progress, SilentProgress
from ..sites.nearest_stations import NearStation

FloatArray = npt.NDArray[np.float64]

#: Largest number of bands for which all orders are computed (2^10 spectra); for more bands, orders
#: are drawn.
EXACT_BANDS = 10
DRAWN_ORDERS = 256
SEED = 2023

#: Integrated gradients: points on the line, and the relative change of reflectance for a
#: difference. A larger change leaves the range where the network is linear (measured: the sum is
#: off by up to 1.5 wt% at 1e-3, 0.13 at 1e-4); a smaller one is lost in float32 rounding.
STEPS = 64
DIFFERENCE = 1e-4

#: Spectra that the model predicts at a time.
BATCH = 65536

#: Least reflectance in the logarithm; valid pixels are above zero.
LEAST = 1e-6


class Method(Enum):
    """Methods of attribution."""

    SHAPLEY = "Shapley values"
    OCCLUSION = "occlusion"
    INTEGRATED = "integrated gradients"


class Reference(Enum):
    """Kinds of reference spectrum."""

    NEAREST = "mean of the nearest stations"
    ALL = "mean of all training stations"
    LAYER = "median of the raster"


@dataclass(frozen=True)
class Background:
    """Reference spectra, and the covariance of the bands.

    Attributes
    ----------
    reference : float array, shape (bands, n)
        Reflectance (fraction), one reference per spectrum.
    covariance : float array, shape (bands, bands)
        Of the natural logarithm of reflectance, positive definite.
    """

    reference: FloatArray
    covariance: FloatArray


@dataclass(frozen=True)
class Explanation:
    """Attributions of n spectra.

    Attributes
    ----------
    method : Method
    oxides : tuple of Oxide
        What the model predicts, in the order of the arrays' first axis.
    reference : float array, shape (bands, n)
        Reflectance (fraction) that each spectrum is compared with.
    prediction, reference_prediction : float array, shape (oxides, n), wt%
    attribution : float array, shape (oxides, bands, n), wt%
        Contribution of each band to the prediction minus the reference's prediction.
    """

    method: Method
    oxides: Tuple[Oxide, ...]
    reference: FloatArray
    prediction: FloatArray
    reference_prediction: FloatArray
    attribution: FloatArray

    @property
    def remainder(self) -> FloatArray:
        """Part that the bands' attributions do not explain, shape (oxides, n), wt%."""
        rest: FloatArray = (
            self.prediction - self.reference_prediction - self.attribution.sum(axis=1)
        )
        return rest

    @property
    def strongest_band(self) -> npt.NDArray[np.intp]:
        """Index of the band with the largest absolute attribution, shape (oxides, n)."""
        place: npt.NDArray[np.intp] = np.argmax(np.abs(self.attribution), axis=1)
        return place


def explain_spectra(
    model: OxideModel,
    spectra: npt.ArrayLike,
    background: Background,
    method: Method = Method.SHAPLEY,
    progress: Progress = SilentProgress(),  # noqa: B008 - holds no state
) -> Explanation:
    """Explain the model's predictions for spectra.

    Parameters
    ----------
    model : OxideModel
    spectra : array, shape (bands, n)
        Positive reflectance (fraction), bands in the model's order.
    background : Background
    method : Method
    progress : Progress

    Raises
    ------
    Cancelled
    """
    there = np.asarray(spectra, dtype=np.float64)
    bands = len(model.description.bands)
    if there.ndim != 2 or there.shape[0] != bands or background.reference.shape != there.shape:
        raise ValueError(f"spectra and reference must both be ({bands}, n)")
    prediction = _oxides(model, there)
    reference_prediction = _oxides(model, background.reference)
    begin = _logarithm(background.reference)
    line = _logarithm(there) - begin

    def tick(share: float) -> None:
        if progress.is_cancelled():
            raise Cancelled("The explanation was cancelled.")
        progress.report(share)

    if method is Method.INTEGRATED:
        attribution = _integrated(model, begin, line, tick)
    else:
        games = _occlusions(bands) if method is Method.OCCLUSION else shapley_weights(bands)
        known = {0: reference_prediction, 2**bands - 1: prediction}
        attribution = _coalitions(model, begin, line, background.covariance, games, known, tick)
    return Explanation(
        method,
        model.description.oxides,
        background.reference,
        prediction,
        reference_prediction,
        attribution,
    )


def reference_from_stations(near: Sequence[Sequence[NearStation]]) -> FloatArray:
    """Geometric mean spectrum of each set of stations, shape (bands, n): the mean logarithm."""
    return np.array(
        [
            np.exp(np.mean([np.log(station.reflectance) for station in stations], axis=0))
            for stations in near
        ]
    ).T


def shapley_weights(bands: int) -> Dict[int, FloatArray]:
    """Weights of the value of each set of known bands in each band's Shapley value.

    Returns
    -------
    dict of bit mask to float array, shape (bands,)
        Bit b of a mask is set where band b is known. Exact up to `EXACT_BANDS`; beyond, the
        mean over drawn orders and their reverses, which still adds up exactly.
    """
    if bands <= EXACT_BANDS:
        return _exact_weights(bands)
    generator = np.random.default_rng(SEED)
    weights: Dict[int, FloatArray] = {}
    for _ in range(DRAWN_ORDERS // 2):
        order = generator.permutation(bands)
        for way in (order, order[::-1]):
            mask = 0
            for band in way.tolist():
                _add(weights, mask, band, -1.0 / DRAWN_ORDERS, bands)
                mask |= 1 << band
                _add(weights, mask, band, 1.0 / DRAWN_ORDERS, bands)
    return weights


def _exact_weights(bands: int) -> Dict[int, FloatArray]:
    weights: Dict[int, FloatArray] = {}
    for mask in range(2**bands):
        known = bin(mask).count("1")
        for band in range(bands):
            if mask >> band & 1:
                continue
            share = (
                math.factorial(known) * math.factorial(bands - known - 1) / math.factorial(bands)
            )
            _add(weights, mask, band, -share, bands)
            _add(weights, mask | 1 << band, band, share, bands)
    return weights


def _occlusions(bands: int) -> Dict[int, FloatArray]:
    everything = 2**bands - 1
    weights: Dict[int, FloatArray] = {}
    for band in range(bands):
        _add(weights, everything, band, 1.0, bands)
        _add(weights, everything & ~(1 << band), band, -1.0, bands)
    return weights


def _add(weights: Dict[int, FloatArray], mask: int, band: int, amount: float, bands: int) -> None:
    weights.setdefault(mask, np.zeros(bands))[band] += amount


def filling(mask: int, covariance: FloatArray) -> FloatArray:
    """Matrix, shape (bands, bands), that replaces a deviation's unknown bands by expectations.

    Known bands (set in `mask`) are kept; the others become their expectation given the known ones.
    """
    bands = len(covariance)
    known = [band for band in range(bands) if mask >> band & 1]
    unknown = [band for band in range(bands) if not mask >> band & 1]
    matrix = np.zeros((bands, bands))
    matrix[known, known] = 1.0
    if known and unknown:
        within = covariance[np.ix_(known, known)]
        across = covariance[np.ix_(known, unknown)]
        matrix[np.ix_(unknown, known)] = np.linalg.solve(within, across).T
    return matrix


def _coalitions(
    model: OxideModel,
    begin: FloatArray,
    line: FloatArray,
    covariance: FloatArray,
    weights: Dict[int, FloatArray],
    known: Dict[int, FloatArray],
    tick: Callable[[float], None],
) -> FloatArray:
    """Sum of weight times value over sets of known bands, shape (oxides, bands, n)."""
    bands, count = begin.shape
    oxides = len(model.description.oxides)
    attribution = np.zeros((oxides, bands, count))
    for mask, answer in known.items():
        if mask in weights:
            attribution += weights[mask][:, None] * answer[:, None]
    masks = [mask for mask in weights if mask not in known]
    at_a_time = max(1, BATCH // max(1, count))
    for start in range(0, len(masks), at_a_time):
        group = masks[start : start + at_a_time]
        states = np.stack([begin + filling(mask, covariance) @ line for mask in group], axis=1)
        answers = _oxides(model, np.exp(states).reshape(bands, -1))
        shares = np.array([weights[mask] for mask in group])
        values = answers.reshape(oxides, len(group), count)
        attribution += np.einsum("gb,ogn->obn", shares, values)
        tick((start + len(group)) / len(masks))
    return attribution


def _integrated(
    model: OxideModel, begin: FloatArray, line: FloatArray, tick: Callable[[float], None]
) -> FloatArray:
    """Mean derivative along the line times the line, shape (oxides, bands, n)."""
    bands, count = begin.shape
    oxides = len(model.description.oxides)
    attribution = np.zeros((oxides, bands, count))
    shift = np.eye(bands)[:, :, None] * DIFFERENCE / 2.0
    for step in range(STEPS):
        point = begin + (step + 0.5) / STEPS * line
        states = np.exp(np.concatenate([point + shift, point - shift])).transpose(1, 0, 2)
        answers = _oxides(model, states.reshape(bands, -1)).reshape(oxides, 2 * bands, count)
        slope = (answers[:, :bands] - answers[:, bands:]) / DIFFERENCE
        attribution += slope * line / STEPS
        tick((step + 1) / STEPS)
    return attribution


def _logarithm(reflectance: FloatArray) -> FloatArray:
    logs: FloatArray = np.log(np.maximum(reflectance, LEAST))
    return logs


def _oxides(model: OxideModel, spectra: FloatArray) -> FloatArray:
    parts: List[FloatArray] = []
    for start in range(0, spectra.shape[1], BATCH):
        feed = np.ascontiguousarray(spectra[:, start : start + BATCH], dtype=np.float32)
        parts.append(model.predict(feed).oxides.astype(np.float64))
    return np.concatenate(parts, axis=1) if parts else np.empty((len(model.description.oxides), 0))


def covariance_of(spectra: npt.ArrayLike, noise: Tuple[float, float]) -> FloatArray:
    """Covariance of log reflectance, shape (bands, bands), of spectra (bands, n), with noise.

    Parameters
    ----------
    spectra : array, shape (bands, n)
    noise : (common, band)
        Standard deviations of log reflectance, common to all bands and of each band; they keep
        the covariance positive definite.
    """
    logs = _logarithm(np.asarray(spectra, dtype=np.float64))
    bands = logs.shape[0]
    spread = np.atleast_2d(np.cov(logs)) if logs.shape[1] > 1 else np.zeros((bands, bands))
    answer: FloatArray = spread + noise[0] ** 2 + noise[1] ** 2 * np.eye(bands)
    return answer
