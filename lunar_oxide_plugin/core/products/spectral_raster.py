"""Compute spectral parameters of a raster block by block, after finding its sensor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Dict, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import BandMappingError, Cancelled, RasterError
from ..geotiff.band_writer import PredictionWriter
from ..moon import lunar_crs
from ..progress import Progress
from ..rasters.bands import BandMapping, ModelBand, map_bands
from ..rasters.extent import Bounds, extent_window
from ..rasters.pixel_windows import pixel_windows
from ..rasters.quality import SHADOW
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_input import RasterInput
from ..rasters.raster_kind import RasterKind
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_raster
from ..rasters.sensors.known import sensors_with_formulas
from ..rasters.sensors.recognition import describe_cube
from ..rasters.sensors.record import Sensor
from ..rasters.source_files import files_behind
from ..rasters.spectra import SpectraBlock
from ..version import SOFTWARE
from .sensor_parameters import Composite, channels, computable, formula_bands, parameters_of
from .spectral_parameters import MAX_LATITUDE_DEG, SpectralParameter

#: Pixels of one block: ten output bands in float64 and their intermediates stay below 100 MB.
BLOCK_PIXELS = 262144


@dataclass(frozen=True)
class SpectralRequest:
    """The request for spectral parameters, of plain values.

    Attributes
    ----------
    raster : RasterInput
        Its bands are those of the sensor's `formula_bands` in order, from the first on.
    output : str
    sensor : Sensor, or None
        None to recognise it from the raster.
    composite : Composite, or None
        Compute only the three parameters of a composite; None for all parameters of the sensor.
    extent : (xmin, ymin, xmax, ymax), or None
        Part of the raster to compute; None for all of it.
    extent_wkt : str
        CRS of the extent; empty for the raster's own.
    """

    raster: RasterInput
    output: str
    sensor: Optional[Sensor] = None
    composite: Optional[Composite] = None
    extent: Optional[Bounds] = None
    extent_wkt: str = ""


@dataclass(frozen=True)
class SpectralSummary:
    """The parameters in band order, and the number of pixels of each that have a value."""

    output: str
    sensor: Sensor
    parameters: Tuple[SpectralParameter, ...]
    valid_pixels: Tuple[int, ...]
    reflectance_pixels: int
    total_pixels: int
    data_origin: str


def choose_sensor(info: RasterInfo, chosen: Optional[Sensor]) -> Sensor:
    """The sensor to compute for.

    Parameters
    ----------
    info : RasterInfo
    chosen : Sensor or None
        The user's choice; None to recognise it.

    Returns
    -------
    Sensor

    Raises
    ------
    BandMappingError
        If the sensor is not recognised and none was chosen, or another one was chosen.
    """
    found = info.sensor
    if found is not None and not found.formulas:
        raise BandMappingError(
            f"{info.name} ({len(info.bands)} bands) is a raster of {found.title}: {found.advice}. "
            "Formulas of another sensor give wrong numbers on its reflectance."
        )
    cube = "" if found else describe_cube(info.centres_nm)
    if cube:
        raise BandMappingError(
            f"{info.name} ({len(info.bands)} bands) {cube}. Formulas of another sensor give wrong "
            f"numbers on its reflectance: use a product of {_names(sensors_with_formulas())}; no "
            "model or formula here holds for others."
        )
    sensor = chosen or found
    told = [centre for centre in info.centres_nm if centre is not None]
    if sensor is None and told:
        raise BandMappingError(
            f"The wavelengths of {info.name} ({', '.join(f'{nm:g}' for nm in told)} nm) are not "
            f"those of {_names(sensors_with_formulas())}: formulas of one sensor give wrong "
            "numbers on another's reflectance, and there are none here for others."
        )
    if sensor is None:
        raise BandMappingError(
            f"{info.name} does not tell whether it is {_names(sensors_with_formulas())}: choose "
            "SENSOR. Formulas of one sensor give wrong numbers on another's reflectance, and there "
            "are none here for other sensors."
        )
    if chosen is not None and found is not None and chosen is not found:
        raise BandMappingError(
            f"{info.name} is a raster of {found.title}, and coefficients for {chosen.title} give "
            "wrong numbers on its reflectance: choose its own sensor."
        )
    return sensor


def _names(sensors: Sequence[Sensor]) -> str:
    return " or ".join(sensor.title for sensor in sensors)


def map_sensor_bands(
    sensor: Sensor, info: RasterInfo, chosen: Optional[Sequence[int]]
) -> Tuple[Tuple[str, ...], BandMapping]:
    """Nominal bands that the raster has, with their band numbers.

    Parameters
    ----------
    sensor : Sensor
    info : RasterInfo
    chosen : sequence of int or None
        Band numbers (from 1) that the user gave; None to find them.

    Returns
    -------
    (tuple of str, BandMapping)

    Raises
    ------
    BandMappingError
        If not even one parameter can be computed.
    """
    wanted = formula_bands(sensor)
    names = list(wanted)
    mapping: Optional[BandMapping] = None
    if chosen:
        names = names[: len(chosen)]
        if len(chosen) > len(wanted):
            raise BandMappingError(
                f"BANDS gives {len(chosen)} band numbers; {sensor.title} formulas use at most "
                f"{len(wanted)}: {', '.join(wanted)} nm."
            )
        mapping = map_bands([wanted[name] for name in names], info.bands, chosen, info.sensor)
    else:
        names = [name for name in names if _has_band(wanted[name], info)]
        if names:
            mapping = map_bands([wanted[name] for name in names], info.bands)
    if mapping is None or not computable(sensor, names):
        advice = "use a raster that has them"
        if not any(info.centres_nm):
            advice = "it tells no wavelengths, so give BANDS, its band numbers in this order"
        raise BandMappingError(
            f"{info.name} lacks the bands of the {sensor.title} formulas "
            f"({', '.join(f'{band.wavelength_nm:g}' for band in wanted.values())} nm): {advice}."
        )
    return tuple(names), mapping


def _needed(
    parameters: Sequence[SpectralParameter],
    names: Sequence[str],
    mapping: BandMapping,
    where: str,
) -> Tuple[Tuple[str, ...], BandMapping]:
    """Those of the nominal bands that parameters need, with their band numbers."""
    needed = {band for parameter in parameters for band in parameter.needs}
    lacking = sorted(needed - set(names))
    if lacking:
        raise BandMappingError(
            f"{where} has no band at {', '.join(lacking)} nm, which these colours need: choose "
            "another composite, or a raster with this band."
        )
    places = [place for place, name in enumerate(names) if name in needed]
    matches = tuple(mapping.matches[place] for place in places)
    return tuple(names[place] for place in places), replace(mapping, matches=matches)


def _has_band(band: ModelBand, info: RasterInfo) -> bool:
    try:
        map_bands([band], info.bands)
    except BandMappingError:
        return False
    return True


def write_spectral_parameters(request: SpectralRequest, progress: Progress) -> SpectralSummary:
    """Compute every parameter that the raster's bands allow, one band each.

    Parameters
    ----------
    request : SpectralRequest
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    SpectralSummary

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
        If the user stopped it; no output is left.
    """
    with RasterSource(request.raster) as source:
        info = source.info
        lunar_crs.require_moon(info.crs_wkt, f"The raster {info.name}")
        for note in info.notes:
            progress.warn(note)
        sensor = choose_sensor(info, request.sensor)
        names, mapping = map_sensor_bands(sensor, info, request.raster.bands)
        if request.composite is None:
            parameters = computable(sensor, names)
            for absent in set(parameters_of(sensor)) - set(parameters):
                lacking = ", ".join(band for band in absent.needs if band not in names)
                progress.warn(f"No {absent.title}: the raster has no band at {lacking} nm.")
        else:
            parameters = channels(request.composite, sensor)
            names, mapping = _needed(parameters, names, mapping, info.name)
        mapping.report(progress)
        area = Window(0, 0, info.width, info.height)
        if request.extent is not None:
            area = extent_window(info, request.extent, request.extent_wkt)
        judged = judge_raster(source, mapping, area, per_axis=6, sensor=sensor)
        for doubt in judged.doubts:
            progress.warn(doubt)
        _warn_of_latitude(info, area, progress)
        return _run(request, source, area, sensor, names, mapping, parameters, progress)


def _run(
    request: SpectralRequest,
    source: RasterSource,
    area: Window,
    sensor: Sensor,
    names: Sequence[str],
    mapping: BandMapping,
    parameters: Sequence[SpectralParameter],
    progress: Progress,
) -> SpectralSummary:
    info = source.info
    windows = pixel_windows(area.width, area.height, source.block_shape, BLOCK_PIXELS)
    valid = np.zeros(len(parameters), dtype=np.int64)
    usable = 0
    with PredictionWriter(
        Path(request.output),
        area.width,
        area.height,
        source.crs,
        Affine(*info.transform) * Affine.translation(area.col_off, area.row_off),
        _tags(info, sensor, mapping, parameters),
        [parameter.band_description for parameter in parameters],
        files_behind(request.raster.path),
    ) as writer:
        for done, window in enumerate(windows):
            if progress.is_cancelled():
                raise Cancelled("The computation was cancelled.")
            block = source.read(
                mapping,
                Window(
                    area.col_off + window.col_off,
                    area.row_off + window.row_off,
                    window.width,
                    window.height,
                ),
            )
            if block.valid.any():
                values = parameters_of_block(block, names, parameters)
                valid += np.count_nonzero(np.isfinite(values), axis=(1, 2))
                usable += int(np.count_nonzero(block.valid))
                writer.write_values(values, window)
            progress.report((done + 1) / len(windows))
        writer.finish()
    if not any(valid):
        progress.warn(
            f"{info.name} has no pixel from which a parameter follows: the raster is empty."
        )
    return SpectralSummary(
        output=request.output,
        sensor=sensor,
        parameters=tuple(parameters),
        valid_pixels=tuple(int(count) for count in valid),
        reflectance_pixels=usable,
        total_pixels=area.width * area.height,
        data_origin=info.data_origin,
    )


def parameters_of_block(
    block: SpectraBlock, names: Sequence[str], parameters: Sequence[SpectralParameter]
) -> npt.NDArray[np.float32]:
    """Parameters on a block's grid, shape (parameters, rows, columns).

    NaN where there is none, and in shadow, where the formulas do not hold.
    """
    values = np.full((len(parameters), *block.valid.shape), np.nan, dtype=np.float32)
    lit = block.valid & ((block.flags & SHADOW.bit) == 0)
    spectra = dict(zip(names, block.reflectance[:, lit].astype(np.float64)))
    for place, parameter in enumerate(parameters):
        values[place, lit] = parameter.compute(spectra)
    return values


def _warn_of_latitude(info: RasterInfo, area: Window, progress: Progress) -> None:
    if not info.crs_wkt:
        return
    transform = Affine(*info.transform)
    corners = [
        transform * (area.col_off + x, area.row_off + y)
        for x in (0, area.width)
        for y in (0, area.height)
    ]
    try:
        _, latitudes = lunar_crs.to_lunar_lonlat(info.crs_wkt, *zip(*corners))
    except RasterError:
        return  # no latitude, no warning about it
    finite = [abs(latitude) for latitude in latitudes if np.isfinite(latitude)]
    if finite and max(finite) > MAX_LATITUDE_DEG:
        progress.warn(
            f"{info.name} reaches {max(finite):.0f} degrees latitude: FeO, TiO2 and OMAT from "
            f"angles are not reliable beyond about {MAX_LATITUDE_DEG:g}."
        )


def _tags(
    info: RasterInfo,
    sensor: Sensor,
    mapping: BandMapping,
    parameters: Sequence[SpectralParameter],
) -> Dict[str, str]:
    tags = {
        "SOFTWARE": SOFTWARE,
        "PRODUCT": RasterKind.PARAMETERS.value,
        "SENSOR": sensor.title,
        "SOURCE_RASTER": info.name,
        "BAND_MAPPING": "; ".join(map(str, mapping.matches)),
    }
    for parameter in parameters:
        tags[f"FORMULA_{parameter.key.upper()}"] = (
            f"{parameter.title}: {parameter.formula} [{parameter.citation}] "
            f"Valid: {parameter.validity}."
        )
    if info.data_origin:
        tags["DATA_ORIGIN"] = info.data_origin
    return tags
