"""Refuse rasters whose numbers are not reflectance as the model needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..errors import BandMappingError, ReflectanceRangeError
from .bands import BandMapping, ModelBand
from .pixel_windows import sample_windows
from .raster_info import RasterInfo
from .raster_source import RasterSource
from .sensors import known
from .sensors.plausibility import require_plausible
from .sensors.recognition import model_sensor
from .sensors.record import Sensor
from .spectra import SpectraBlock

#: A median reflectance above this multiple of the brightest training spectrum, or below this
#: fraction of the darkest, cannot be lunar terrain in the model's units. The brightest fresh
#: craters reach about twice the brightest, deep mare pyroclastics about two thirds of the darkest.
TOO_BRIGHT = 5.0
TOO_DARK = 0.1

#: Scales in use besides that of the sensor's product: one in ten thousand, in a thousand.
USUAL_SCALES = (1e-4, 1e-3)

#: A scene's medians lie within this factor of the training range.
NEAR = 1.5


@dataclass(frozen=True)
class Judgement:
    """Result of a check of samples of a raster.

    Attributes
    ----------
    spectra : float32 array, shape (bands, n)
        Valid spectra.
    looked_at : int
        Number of pixels read.
    judged : int
        Number of spectra checked; with none, nothing is refused.
    doubts : tuple of str
        One sentence each.
    """

    spectra: npt.NDArray[np.float32]
    looked_at: int
    judged: int
    doubts: Tuple[str, ...]


def judge_raster(
    source: RasterSource,
    mapping: BandMapping,
    area: Optional[Window] = None,
    side: int = 64,
    per_axis: int = 4,
    sensor: Optional[Sensor] = None,
) -> Judgement:
    """Check small samples spread over a raster, see `judge_blocks`.

    Parameters
    ----------
    source : RasterSource
    mapping : BandMapping
    area : Window, optional
        Default: the whole raster.
    side, per_axis : int
        Up to ``per_axis ** 2`` windows of ``side ** 2`` pixels are read.
    sensor : Sensor, optional
        See `judge_blocks`.

    Returns
    -------
    Judgement

    Raises
    ------
    BandMappingError, RasterError, ReflectanceRangeError
    """
    info = source.info
    area = area or Window(0, 0, info.width, info.height)
    blocks = [
        source.read(
            mapping,
            Window(
                window.col_off + area.col_off,
                window.row_off + area.row_off,
                window.width,
                window.height,
            ),
        )
        for window in sample_windows(int(area.width), int(area.height), side, per_axis)
    ]
    return judge_blocks(blocks, mapping, info, sensor)


def judge_blocks(
    blocks: Sequence[SpectraBlock],
    mapping: BandMapping,
    info: RasterInfo,
    sensor: Optional[Sensor] = None,
) -> Judgement:
    """Refuse numbers that cannot be reflectance like the training's; name doubtful ones.

    Parameters
    ----------
    blocks : sequence of SpectraBlock
        Samples, read through `mapping`.
    mapping : BandMapping
    info : RasterInfo
    sensor : Sensor, optional
        Sensor whose formulas are used. Default: the sensor whose filters the wanted bands are.
        Where the raster's own is not known, ratios of another sensor with these bands are refused.

    Returns
    -------
    Judgement

    Raises
    ------
    BandMappingError
        If wavelengths were assumed and the spectra contradict them.
    ReflectanceRangeError
    """
    bands = [match.wanted for match in mapping.matches]
    valid = np.concatenate([block.valid_spectra for block in blocks], axis=1)
    bright = np.concatenate([block.unscaled_spectra for block in blocks], axis=1)
    spectra = np.concatenate([valid, _without_fills(bright, valid.shape[1] > 0)], axis=1)
    check_reflectance_range(spectra, bands, info.name)
    doubts: Tuple[str, ...] = ()
    sensor = sensor or model_sensor([band.wavelength_nm for band in bands])
    told = info.sensor == sensor
    if sensor is not None and spectra.shape[1]:
        nominal = {
            own.nominal: spectrum
            for band, spectrum in zip(bands, spectra)
            for own in [sensor.filter_at(band.wavelength_nm)]
            if own is not None and own.nominal
        }
        doubts = require_plausible(sensor, nominal, info.name, told)
    if doubts and mapping.assumed:
        raise BandMappingError(f"{mapping.assumption} The spectra speak against it: {doubts[0]}")
    return Judgement(valid, sum(block.valid.size for block in blocks), spectra.shape[1], doubts)


def _without_fills(bright: npt.NDArray[np.float32], beside_valid: bool) -> npt.NDArray[np.float32]:
    """Spectra too bright for reflectance, except those that look like a fill.

    A fill is one number in all bands, or, beside valid spectra, one spectrum that is repeated.
    """
    if bright.shape[1] == 0:
        return bright
    if bright.shape[0] > 1:
        bright = bright[:, ~(bright == bright[0]).all(axis=0)]
    if beside_valid and bright.shape[1]:
        _, inverse, counts = np.unique(bright, axis=1, return_inverse=True, return_counts=True)
        bright = bright[:, counts[inverse.ravel()] == 1]
    return bright


def check_reflectance_range(
    spectra: npt.NDArray[np.float32], bands: Sequence[ModelBand], where: str
) -> None:
    """Refuse spectra whose median lies far outside the training range.

    Parameters
    ----------
    spectra : array, shape (bands, n)
        Valid spectra spread over the raster; an empty sample is accepted.
    bands : sequence of ModelBand
        Their training range in reflectance; bands without one (NaN) are not checked.
    where : str
        The raster's name, for the message.

    Raises
    ------
    ReflectanceRangeError
        The message names the likely cause.
    """
    if spectra.shape[1] == 0:
        return
    medians = np.median(spectra, axis=1)
    for median, band in zip(medians.tolist(), bands):
        if median > TOO_BRIGHT * band.training_max or median < TOO_DARK * band.training_min:
            raise ReflectanceRangeError(
                f"{where} has a median of {median:.4g} in {band.name} where the model knows "
                f"reflectance {band.training_min:.3f} to {band.training_max:.3f}: "
                f"{_likely_cause(median, _fitting_scales(medians.tolist(), bands), bands)}."
            )


def _fitting_scales(medians: Sequence[float], bands: Sequence[ModelBand]) -> List[float]:
    """The usual scales by which the medians of all bands become what the model knows."""
    sensor = model_sensor([band.wavelength_nm for band in bands])
    own = [] if sensor is None or sensor.numbers is None else [sensor.numbers.scale]
    ranged = [
        (median, band)
        for median, band in zip(medians, bands)
        if np.isfinite([band.training_min, band.training_max]).all()
    ]
    return [
        scale
        for scale in (*own, *USUAL_SCALES)
        if all(
            band.training_min / NEAR <= median * scale <= band.training_max * NEAR
            for median, band in ranged
        )
    ]


def _likely_cause(median: float, scales: Sequence[float], bands: Sequence[ModelBand]) -> str:
    if median >= 200.0:
        sensor = model_sensor([band.wavelength_nm for band in bands])
        own = None if sensor is None or sensor.numbers is None else sensor.numbers.scale
        fitting = " or ".join(np.format_float_positional(scale) for scale in scales)
        hint = f"{fitting} fits; " if scales and own not in scales else ""
        scale = known.usual_scales() if sensor is None or own is None else known.scale_of(sensor)
        return f"these look like unscaled digital numbers; set SCALE ({hint}{scale})"
    if median >= 1.0:
        return "these look like percent; set SCALE to 0.01"
    if median > 0.3:
        return "this is no reflectance at i=30, e=0, g=30 of the Moon; check the product"
    return "the scale may have been applied twice, or this is another quantity; check SCALE"
