"""Predict oxides from the spectra of a library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import PredictionLayout, Uncertainty
from ..errors import Cancelled, LibraryError
from ..models.model_description import ModelDescription
from ..models.oxide_model import ModelIdentity, OxideModel
from ..prediction.block_prediction import predict_block
from ..prediction.plan import uncertainty_note
from ..progress import Progress
from ..rasters.bands import ModelBand
from ..rasters.quality import (
    FAULTS,
    MAX_REFLECTANCE,
    NO_DATA,
    SATURATED,
    SHADOW,
    SHADOW_REFLECTANCE,
)
from ..rasters.reflectance_check import check_reflectance_range
from ..rasters.sensors.plausibility import require_plausible
from ..rasters.sensors.recognition import model_sensor
from ..rasters.spectra import SpectraBlock
from ..sites.station_shapes import doubt_of_shape
from .convolution import FilterShape, at_bands, is_sampled
from .library import SpectralLibrary, Spectrum

#: Spectra between two looks at whether the user cancelled.
_STEP = 256


@dataclass(frozen=True)
class SpectraPrediction:
    """Oxides of the spectra of a library, in its order.

    Attributes
    ----------
    where : str
        The library's name.
    model : ModelIdentity
    description : ModelDescription
        Of the model.
    shape : FilterShape
        Of the filters by which finely sampled spectra were brought to the bands.
    spectra : tuple of Spectrum
    bands : tuple of ModelBand
    reflectance : float32 array, shape (bands, n)
        In the model's bands; NaN where there is no prediction.
    layout : PredictionLayout
    values : float32 array, shape (layout.value_count, n)
        Rows of `layout`; NaN where there is no prediction.
    flags : uint8 array, shape (n,)
        Quality bits.
    reasons : tuple of str
        Why a spectrum has no prediction; empty where it has one.
    doubts : tuple of str
        About all spectra, one sentence each.
    """

    where: str
    model: ModelIdentity
    description: ModelDescription
    shape: FilterShape
    spectra: Tuple[Spectrum, ...]
    bands: Tuple[ModelBand, ...]
    reflectance: npt.NDArray[np.float32]
    layout: PredictionLayout
    values: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]
    reasons: Tuple[str, ...]
    doubts: Tuple[str, ...]

    @property
    def model_title(self) -> str:
        """Title of the model."""
        return self.model.title

    @property
    def model_version(self) -> str:
        """Version of the model."""
        return self.model.version

    def is_doubtful(self, place: int) -> bool:
        """Whether a flag casts doubt on a spectrum's prediction.

        Parameters
        ----------
        place : int
            Of the spectrum, from 0.

        Returns
        -------
        bool
        """
        return bool(int(self.flags[place]) & FAULTS)

    @property
    def count(self) -> int:
        """Number of spectra with a prediction."""
        return sum(not reason for reason in self.reasons)


def predict_spectra(
    library: SpectralLibrary,
    model: OxideModel,
    shape: FilterShape,
    progress: Progress,
    uncertainty: Uncertainty = Uncertainty.NEW_PLACE,
) -> SpectraPrediction:
    """Bring the spectra of a library to a model's bands, and predict.

    Parameters
    ----------
    library : SpectralLibrary
    model : OxideModel
        Opened for `uncertainty`.
    shape : FilterShape
    progress : Progress
    uncertainty : Uncertainty
        The wanted one, for the sentence where the model lacks it.

    Returns
    -------
    SpectraPrediction

    Raises
    ------
    LibraryError
        If the model does not describe its bands, or no spectrum can be brought to them.
    ReflectanceRangeError
        If the numbers cannot be reflectance of the Moon.
    Cancelled
    """
    description = model.description
    bands = description.bands
    if not all(np.isfinite([band.wavelength_nm, band.width_nm]).all() for band in bands):
        raise LibraryError(
            f"The model {model.identity.file_name} does not describe the wavelengths of its bands, "
            "so that no spectrum can be brought to them: choose another model."
        )
    sensor = model_sensor([band.wavelength_nm for band in bands])
    reflectance = np.full((len(bands), len(library.spectra)), np.nan)
    reasons: List[str] = []
    fine = 0
    for place, spectrum in enumerate(library.spectra):
        if place % _STEP == 0:
            progress.report(0.9 * place / len(library.spectra))
            if progress.is_cancelled():
                raise Cancelled("Cancelled: nothing was written.")
        values, reason = at_bands(spectrum, bands, shape, sensor)
        reflectance[:, place] = values
        reasons.append(reason or _unusable(values, bands))
        fine += not reasons[-1] and is_sampled(spectrum, bands, shape)
    usable = np.array([not reason for reason in reasons])
    if not usable.any():
        raise LibraryError(
            f"No spectrum of {library.where} can be brought to the bands of {description.title}: "
            f"{library.spectra[0].name}: {reasons[0]}."
        )
    doubts = [uncertainty_note(model, uncertainty)]
    if fine:
        doubts.append(
            f"{fine} of the spectra of {library.where} are sampled as finely as in a laboratory or "
            f"by a spectrometer, but {description.title} knows reflectance of "
            f"{description.sensor or 'another instrument'} alone: the laboratory sees soil 62231 "
            "27-76 % brighter, so that the oxides can be wrong where every flag is good."
        )
    used = reflectance[:, usable].astype(np.float32)
    check_reflectance_range(used, bands, library.where)
    if sensor is not None:
        nominal: Dict[str, npt.NDArray[np.float32]] = {}
        for band, row in zip(bands, used):
            own = sensor.filter_at(band.wavelength_nm)
            if own is not None and own.nominal:
                nominal[own.nominal] = row
        doubts += require_plausible(sensor, nominal, library.where, told=bool(fine))
    doubts.append(doubt_of_shape(used, bands, library.where))
    block = predict_block(model, _block(reflectance, usable))
    layout = block.layout
    progress.report(1.0)
    return SpectraPrediction(
        where=library.where,
        model=model.identity,
        description=description,
        shape=shape,
        spectra=library.spectra,
        bands=bands,
        reflectance=reflectance.astype(np.float32),
        layout=layout,
        values=block.bands[: layout.value_count, 0],
        flags=block.flags[0],
        reasons=tuple(reasons),
        doubts=tuple(doubt for doubt in doubts if doubt),
    )


def _unusable(values: npt.NDArray[np.float64], bands: Tuple[ModelBand, ...]) -> str:
    """Why reflectance cannot be predicted from; empty if it can."""
    for value, band in zip(values.tolist(), bands):
        if not np.isfinite(value):
            return f"it has no number at {band.wavelength_nm:g} nm"
        if not 0.0 < value < 1.0:
            return (
                f"its reflectance at {band.wavelength_nm:g} nm is {value:.4g}, which no surface on "
                "the Moon has"
            )
    return ""


def _block(reflectance: npt.NDArray[np.float64], usable: npt.NDArray[np.bool_]) -> SpectraBlock:
    """The spectra as a row of pixels."""
    flags = np.where(usable, 0, NO_DATA.bit).astype(np.uint8)
    with np.errstate(invalid="ignore"):
        flags[usable & (reflectance.max(axis=0) >= MAX_REFLECTANCE)] |= SATURATED.bit
        flags[usable & (reflectance.min(axis=0) <= SHADOW_REFLECTANCE)] |= SHADOW.bit
    return SpectraBlock(reflectance.astype(np.float32)[:, None, :], usable[None, :], flags[None, :])
