"""Explaining predictions on a raster: at points, or over all of it at reduced sampling."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.layout import SigmaKind
from ..chemistry.oxides import UNIT, Oxide
from ..errors import RasterError, SitesError
from ..files import require_other_file
from ..geotiff.band_writer import PredictionWriter
from ..models.oxide_model import OxideModel
from ..moon import lunar_crs
from ..prediction.plan import choose_bands
from ..progress import Progress
from ..rasters.bands import BandMapping, ModelBand
from ..rasters.grid import require_georeference
from ..rasters.quality import flag_predictions
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_input import RasterInput
from ..rasters.raster_kind import RasterKind
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_raster
from ..rasters.source_files import files_behind
from ..rasters.spectra import Prediction
from ..sites.nearest_stations import (
    BAND_NOISE,
    COMMON_NOISE,
    ModelStations,
    NearStation,
    model_stations,
)
from ..version import SOFTWARE
from .attribution import (
    Background,
    Explanation,
    Method,
    Reference,
    covariance_of,
    explain_spectra,
    reference_from_stations,
)
from .places import Grid, Places, read_grid, read_points

#: Number of nearest stations shown per place, and of stations in the mean that is the reference.
NEAREST = 3

#: Side in pixels of the windows sampled for the range check and for the median.
PROBE_SIDE = 32
PROBES_PER_AXIS = 6


@dataclass(frozen=True)
class ExplainRequest:
    """The request for an explanation, of plain values.

    Attributes
    ----------
    raster : RasterInput
        Its bands are in the model's order.
    model : str
    points : tuple of (label, x, y), or None
        Places in `points_wkt`; None samples the raster on a regular grid.
    points_wkt : str
        CRS of the points; empty without points.
    max_samples : int
        Largest number of places of the grid.
    attribution_raster : str
        GeoTIFF of attributions on the grid to write; empty writes none.
    """

    raster: RasterInput
    model: str
    points: Optional[Tuple[Tuple[str, float, float], ...]] = None
    points_wkt: str = ""
    max_samples: int = 2500
    attribution_raster: str = ""
    method: Method = Method.SHAPLEY
    reference: Reference = Reference.NEAREST


@dataclass(frozen=True)
class ExplainResult:
    """Explained places.

    Attributes
    ----------
    places : Places
    longitudes_deg, latitudes_deg : tuple of float
        Lunar east longitude (-180..180) and latitude of the pixels' centres.
    prediction : Prediction
        With sigma and domain distance where the model gives them.
    quality : uint8 array, shape (n,)
    explanation : Explanation
    near : list of tuple of NearStation, or None
        None if the model's bands are not the stations'.
    bands : tuple of ModelBand
    reference : Reference
        The reference that was used.
    skipped : tuple of (label, reason)
    notes : tuple of str
        The assumptions made.
    provenance : dict
    sigma_kind : SigmaKind, or None
        Of the prediction's sigma.
    """

    places: Places
    longitudes_deg: Tuple[float, ...]
    latitudes_deg: Tuple[float, ...]
    prediction: Prediction
    quality: npt.NDArray[np.uint8]
    explanation: Explanation
    near: Optional[List[Tuple[NearStation, ...]]]
    bands: Tuple[ModelBand, ...]
    reference: Reference
    skipped: Tuple[Tuple[str, str], ...]
    notes: Tuple[str, ...]
    provenance: Dict[str, str]
    sigma_kind: Optional[SigmaKind] = None


def explain_raster(request: ExplainRequest, progress: Progress) -> ExplainResult:
    """Explain the predictions at points or over a raster.

    Parameters
    ----------
    request : ExplainRequest
    progress : Progress
        Receives the progress, and says whether to stop.

    Returns
    -------
    ExplainResult

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
    RasterError
        If the output is one of the inputs, or no point can be explained.
    """
    model = OxideModel(Path(request.model))
    with RasterSource(request.raster) as source:
        info = source.info
        require_georeference(info.crs_wkt, info.transform, info.name)
        for note in info.notes:
            progress.warn(note)
        if request.attribution_raster:
            require_other_file(request.attribution_raster, _inputs(request))
        mapping = choose_bands(model, info, request.raster.bands)
        mapping.report(progress)
        judgement = judge_raster(source, mapping, side=PROBE_SIDE, per_axis=PROBES_PER_AXIS)
        for doubt in judgement.doubts:
            progress.warn(doubt)
        probe = judgement.spectra
        grid = Grid.over(info.width, info.height, request.max_samples)
        skipped: List[Tuple[str, str]] = []
        if request.points is None:
            places = read_grid(source, mapping, grid, progress)
        else:
            places = read_points(source, mapping, request.points, request.points_wkt, skipped)
        stations, notes = _stations(model)
        result = _explain(
            request, model, info, mapping, places, stations, probe, notes, skipped, progress
        )
        if request.attribution_raster:
            on_grid = result
            if request.points is not None:
                on_grid = _explain(
                    request,
                    model,
                    info,
                    mapping,
                    read_grid(source, mapping, grid, progress),
                    stations,
                    probe,
                    notes,
                    [],
                    progress,
                )
            _write_raster(request, on_grid, grid, source)
    return result


def _explain(
    request: ExplainRequest,
    model: OxideModel,
    info: RasterInfo,
    mapping: BandMapping,
    places: Places,
    stations: Optional[ModelStations],
    probe: npt.NDArray[np.float32],
    notes: Sequence[str],
    skipped: Sequence[Tuple[str, str]],
    progress: Progress,
) -> ExplainResult:
    if not places.labels:
        raise RasterError(
            f"None of the {len(skipped) or 'sampled'} places lies on valid pixels of {info.name}: "
            "check their CRS and the raster's nodata."
        )
    near = None if stations is None else stations.space.nearest(places.spectra, NEAREST)
    reference = Reference.LAYER if stations is None else request.reference
    background = _background(reference, stations, near, places, probe)
    explanation = explain_spectra(
        model, places.spectra, background, request.method, progress=progress
    )
    prediction = model.predict(places.spectra)
    description = model.description
    quality = places.flags | flag_predictions(
        prediction,
        model.outputs,
        np.asarray(description.valid_min, dtype=np.float32),
        np.asarray(description.valid_max, dtype=np.float32),
        description.new_place,
    )
    transform = Affine(*info.transform)
    centres = [transform * (c + 0.5, r + 0.5) for r, c in zip(places.rows, places.columns)]
    longitudes, latitudes = lunar_crs.to_lunar_lonlat(
        info.crs_wkt, [x for x, _ in centres], [y for _, y in centres]
    )
    return ExplainResult(
        places=places,
        longitudes_deg=tuple(longitudes),
        latitudes_deg=tuple(latitudes),
        prediction=prediction,
        sigma_kind=model.outputs.sigma_kind,
        quality=quality,
        explanation=explanation,
        near=near,
        bands=tuple(match.wanted for match in mapping.matches),
        reference=reference,
        skipped=tuple(skipped),
        notes=tuple(notes),
        provenance=_provenance(info, model, mapping, request.method, reference),
    )


def _stations(model: OxideModel) -> Tuple[Optional[ModelStations], List[str]]:
    """The stations to compare with, or None and a note with the reason."""
    try:
        stations = model_stations(model.description)
    except SitesError as error:
        return None, [f"{error} The reference is the median of the raster instead."]
    return stations, [stations.note] if stations.note else []


def _background(
    reference: Reference,
    stations: Optional[ModelStations],
    near: Optional[List[Tuple[NearStation, ...]]],
    places: Places,
    probe: npt.NDArray[np.float32],
) -> Background:
    count = len(places.labels)
    if stations is None or near is None:
        sample = probe if probe.shape[1] else places.spectra
        one = np.exp(np.median(np.log(sample.astype(np.float64)), axis=1))
        return Background(
            np.repeat(one[:, None], count, axis=1),
            covariance_of(sample, (COMMON_NOISE, BAND_NOISE)),
        )
    if reference is Reference.NEAREST:
        return Background(reference_from_stations(near), stations.space.covariance)
    if reference is Reference.LAYER:
        one = np.exp(np.median(np.log(probe.astype(np.float64)), axis=1))
    else:
        one = np.exp(np.log(stations.space.reflectance).mean(axis=0))
    return Background(np.repeat(one[:, None], count, axis=1), stations.space.covariance)


def attribution_descriptions(oxides: Sequence[Oxide], bands: Sequence[ModelBand]) -> List[str]:
    """Band descriptions of an attribution raster: strongest band of each oxide, then shares.

    Model bands are given by number (from 1), not by wavelength, so that no search for bands takes
    an attribution for reflectance; the tag ``MODEL_BANDS`` names them.
    """
    strongest = [f"{oxide.name} strongest band (number)" for oxide in oxides]
    numbers = range(1, len(bands) + 1)
    shares = [f"{oxide.name} from band {number} ({UNIT})" for oxide in oxides for number in numbers]
    return strongest + shares


def _inputs(request: ExplainRequest) -> Iterator[Path]:
    return files_behind(request.raster.path, request.model)


def _write_raster(
    request: ExplainRequest, result: ExplainResult, grid: Grid, source: RasterSource
) -> None:
    info, explanation = source.info, result.explanation
    oxides = explanation.oxides
    descriptions = attribution_descriptions(oxides, result.bands)
    values = np.full((len(descriptions), grid.rows, grid.columns), np.nan, dtype=np.float32)
    row, column = result.places.rows // grid.step, result.places.columns // grid.step
    values[: len(oxides), row, column] = explanation.strongest_band + 1
    shares = explanation.attribution.reshape(-1, len(result.places.labels))
    values[len(oxides) :, row, column] = shares
    transform = Affine(*info.transform) * Affine.scale(grid.step)
    with PredictionWriter(
        Path(request.attribution_raster),
        grid.columns,
        grid.rows,
        source.crs,
        transform,
        _tags(result),
        descriptions,
        _inputs(request),
    ) as writer:
        writer.write_values(values, Window(0, 0, grid.columns, grid.rows))
        writer.finish()


def _tags(result: ExplainResult) -> Dict[str, str]:
    tags = {
        name.upper().replace(" ", "_").replace("-", "_"): text
        for name, text in result.provenance.items()
    }
    numbered = enumerate(result.bands, start=1)
    tags["MODEL_BANDS"] = "; ".join(f"{number}: {band.name}" for number, band in numbered)
    tags["PRODUCT"] = RasterKind.ATTRIBUTIONS.value
    return tags


def _provenance(
    info: RasterInfo,
    model: OxideModel,
    mapping: BandMapping,
    method: Method,
    reference: Reference,
) -> Dict[str, str]:
    facts = {
        "Raster": info.name,
        "Model": model.description.title,
        "Model version": model.description.version,
        "Model file": model.identity.file_name,
        "Model SHA-256": model.identity.sha256,
        "Method": method.value,
        "Reference": reference.value,
        "Band mapping": "; ".join(map(str, mapping.matches)),
        "Software": SOFTWARE,
    }
    if info.data_origin:
        facts["Origin of the data"] = info.data_origin
    return {key: value for key, value in facts.items() if value}
