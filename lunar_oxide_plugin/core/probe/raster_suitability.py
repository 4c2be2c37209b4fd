"""Check before a run whether a raster fits a model: yes, with doubts, or no, with reasons."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple

import numpy as np

from ..errors import BandMappingError, LunarOxideError, RasterError
from ..models.model_description import ModelDescription
from ..models.oxide_model import OxideModel
from ..moon import lunar_crs
from ..prediction.plan import choose_bands
from ..rasters.bands import BandMapping, nearest_band
from ..rasters.grid import require_georeference
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_raster
from ..sites.station_levels import doubt_at_stations
from ..sites.station_shapes import doubt_of_shape
from ..translation import tr
from .suitability import BandRow, FitLevel, RasterFit

#: Share of the sampled pixels outside the training domain above which the fit is in doubt. The
#: prediction warns above the same share.
DOUBTFUL_OUTSIDE_SHARE = 0.5

#: Largest distance of a band as a share of its width; a farther band samples another part of the
#: spectrum.
DOUBTFUL_WIDTH_SHARE = 0.5

#: Samples for the check: number of windows in each direction, and their side in pixels.
SAMPLES_PER_AXIS = 5
SAMPLE_SIDE = 16


def judge_fit(
    model: OxideModel, source: RasterSource, chosen: Optional[Sequence[int]] = None
) -> RasterFit:
    """Compare a raster with a model's requirements, using a small sample of its pixels.

    Parameters
    ----------
    model : OxideModel
    source : RasterSource
        Open; its scale and offset are checked as given.
    chosen : sequence of int, optional
        Raster band numbers in the model's order; None finds them by wavelength or name.
    """
    info = source.info
    try:
        mapping = choose_bands(model, info, chosen)
    except BandMappingError as error:
        rows = _nearest_rows(model, info)
        return RasterFit(FitLevel.UNFIT, (str(error),), rows, None, info.bands, info.sensor)
    rows = tuple(
        BandRow(m.wanted, m.number, m.description, m.distance_nm, m.basis) for m in mapping.matches
    )
    try:
        lunar_crs.require_moon(info.crs_wkt, tr("The raster {name}").format(name=info.name))
        doubts = _judge_pixels(model, source, mapping)
    except LunarOxideError as error:
        return RasterFit(FitLevel.UNFIT, (str(error),), rows, mapping, info.bands, info.sensor)
    assumed = (mapping.assumption,) if mapping.assumed else ()
    reasons = (
        *assumed,
        *_band_doubts(rows),
        *doubts,
        *_file_doubts(info),
        *_model_doubts(model.description),
    )
    level = FitLevel.DOUBTFUL if reasons else FitLevel.GOOD
    return RasterFit(level, reasons, rows, mapping, info.bands, info.sensor)


def _nearest_rows(model: OxideModel, info: RasterInfo) -> Tuple[BandRow, ...]:
    rows: List[BandRow] = []
    for wanted in model.description.bands:
        found = nearest_band(wanted, info.bands)
        if found is None:
            rows.append(BandRow(wanted, None, "", None, ""))
        else:
            band, distance = found
            rows.append(BandRow(wanted, band.number, band.description, distance, ""))
    return tuple(rows)


def _judge_pixels(model: OxideModel, source: RasterSource, mapping: BandMapping) -> List[str]:
    """Doubts about a sample of pixels; raises if they are not reflectance."""
    judgement = judge_raster(source, mapping, side=SAMPLE_SIDE, per_axis=SAMPLES_PER_AXIS)
    spectra, looked_at = judgement.spectra, judgement.looked_at
    shape = doubt_of_shape(spectra, [m.wanted for m in mapping.matches], source.info.name)
    doubts = [d for d in (*judgement.doubts, shape, doubt_at_stations(source, mapping)) if d]
    if spectra.shape[1] == 0:
        text = tr("None of {count} sampled pixels has usable reflectance in all bands.")
        return [text.format(count=looked_at)]
    if not model.description.has_domain:
        return doubts
    share = float(np.mean(model.predict(spectra).domain_distance > 1.0))
    if share <= DOUBTFUL_OUTSIDE_SHARE:
        return doubts
    text = tr(
        "{share:.0%} of {count} pixels that were looked at have spectra unlike all sampled ones: "
        "the model's answers there are extrapolation. Check that the raster is the product "
        "that the model was trained for."
    )
    return [*doubts, text.format(share=share, count=spectra.shape[1])]


def _band_doubts(rows: Sequence[BandRow]) -> List[str]:
    reasons = []
    for row in rows:
        wanted = row.wanted
        if row.distance_nm is None or math.isnan(row.distance_nm):
            continue
        if row.distance_nm > DOUBTFUL_WIDTH_SHARE * wanted.width_nm:
            text = tr(
                "Band {number} serves {wanted} but lies {distance:g} nm off ({width:g} nm wide)."
            )
        else:
            continue
        reasons.append(
            text.format(
                number=row.number,
                wanted=wanted.name,
                distance=row.distance_nm,
                width=wanted.width_nm,
            )
        )
    unknown = [
        str(row.number)
        for row in rows
        if row.distance_nm is None and math.isfinite(row.wanted.wavelength_nm)
    ]
    if unknown:
        text = tr(
            "The raster tells no wavelength of band(s) {numbers}: that they fit is your choice."
        )
        reasons.append(text.format(numbers=", ".join(unknown)))
    return reasons


def _file_doubts(info: RasterInfo) -> List[str]:
    reasons = []
    try:
        require_georeference(info.crs_wkt, info.transform, info.name)
    except RasterError as error:
        reasons.append(str(error))
    if info.data_origin:
        reasons.append(
            tr("The file says of its values: {origin}.").format(origin=info.data_origin.rstrip("."))
        )
    return reasons


def _model_doubts(description: ModelDescription) -> List[str]:
    reasons = []
    if description.is_foreign:
        reasons.append(
            tr(
                "The model file does not describe itself: what its inputs and outputs are is "
                "your word."
            )
        )
    elif not description.has_sigma:
        reasons.append(tr("The model gives no uncertainty."))
    if not description.is_foreign and not description.has_domain:
        reasons.append(tr("The model cannot tell spectra unlike its training."))
    return reasons
