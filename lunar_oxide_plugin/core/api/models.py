"""Why a model predicts what it does, and its correction by new samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, List, Optional, Sequence

from ..errors import SitesError
from ..progress import Progress
from .chosen_model import chosen_model
from .run import (
    AnyPath,
    AnyRaster,
    choice_of,
    file_of,
    path_of,
    progress_or_log,
    protected,
    raster_of,
    tell_left_out,
)

if TYPE_CHECKING:
    from ..explain.raster_attribution import ExplainResult
    from ..models.model_choice import ModelChoice
    from ..refine.model_refinement import RefineResult
    from ..sites.sample_sites import SampleSite

Reads = List[Optional[AnyPath]]


def explain(
    raster: AnyRaster,
    points: Optional[AnyPath] = None,
    *,
    name_field: str = "",
    points_crs: str = "",
    model: AnyPath = "",
    bands: Optional[Sequence[int]] = None,
    scale: Optional[float] = None,
    offset: Optional[float] = None,
    crs: str = "",
    nodata: Sequence[float] = (),
    method: str = "Shapley values",
    reference: str = "mean of the nearest stations",
    max_samples: int = 2500,
    attributions: Optional[AnyPath] = None,
    report: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> ExplainResult:
    """Tell by how many wt% each band moves the prediction of each oxide.

    Parameters
    ----------
    raster : path or RasterInput
        Reflectance, as in `predict`.
    points : path, optional
        File of places, formats as in `regions`; the raster at reduced sampling by default.
    name_field : str
        Field that names the points.
    points_crs : str
        Lunar CRS of the points where their own is missing or wrong.
    model, bands, scale, offset, crs, nodata
        As in `predict`.
    method : {"Shapley values", "occlusion", "integrated gradients"}
    reference : str
        The spectrum that a place is compared with: ``"mean of the nearest stations"``, ``"mean of
        all training stations"`` or ``"median of the raster"``.
    max_samples : int
        Most places of the grid that samples the raster.
    attributions, report : path, optional
        GeoTIFF of attributions on this grid, and HTML report to write.
    layer : path, optional
        Explained places
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    ExplainResult

    Raises
    ------
    LunarOxideError
    """
    from ..explain.attribution import Method, Reference
    from ..explain.explanation_layer import explanation_features
    from ..explain.raster_attribution import ExplainRequest, explain_raster
    from ..polygons.feature_file import write_features
    from ..polygons.vector_file import Shape, read_vector_file
    from ..prediction.model_for_raster import model_for_raster
    from ..reports.explanation_report import write_explanation

    progress = progress_or_log(progress)
    source = raster_of(raster, crs, nodata, bands, scale, offset)
    file, _ = chosen_model(model, lambda: model_for_raster(source), progress)
    places, wkt = None, ""
    if points is not None:
        found = read_vector_file(str(points), Shape.POINT, points_crs)
        found.require_field(name_field)
        wkt = found.crs_wkt
        places = tuple(
            (feature.name(name_field, "point"), *part[0][0])
            for feature in found.features
            for part in feature.parts
        )
    request = ExplainRequest(
        raster=source,
        model=str(file),
        points=places,
        points_wkt=wkt,
        max_samples=max_samples,
        attribution_raster="" if attributions is None else str(attributions),
        method=choice_of(Method, method, "method"),
        reference=choice_of(Reference, reference, "reference"),
    )
    reads: Reads = [source.path, file, None if points is None else file_of(points)]
    with protected(reads, [attributions, report, layer], pages=[report], layer=layer):
        result = explain_raster(request, progress)
        for note in result.notes:
            progress.warn(note)
        tell_left_out(result.skipped, progress)
        if report:
            write_explanation(result, Path(report))
        if layer:
            write_features(explanation_features(result), layer)
    return result


def refine(
    output: AnyPath,
    *,
    model: AnyPath = "",
    sites: Optional[AnyPath] = None,
    sites_crs: str = "",
    columns: str = "",
    raster: Optional[AnyRaster] = None,
    window: int = 3,
    title: str = "",
    report: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> RefineResult:
    """Correct a model near new samples, and tell whether it is better by cross-validation.

    Parameters
    ----------
    output : path
        Model file to make (.onnx).
    model : path, optional
        Name of a bundled model, or path of an .onnx file; by default the one for the sensor of the
        raster, or of the samples' spectra.
    sites : path, optional
        Table of new samples with coordinates and oxides, or a file of points or polygons (formats
        as in `regions`); the bundled sites by default. Those that the model was trained on are
        left out.
    sites_crs : str
        Lunar CRS of these points or polygons where their own is missing or wrong.
    columns : str
        What columns hold where names do not tell.
    raster : path or RasterInput, optional
        Reflectance that the spectra are read from; not needed where the sites have spectra.
    window : int
        Odd side in pixels of the square around each site.
    title : str
        Of the refined model.
    report : path, optional
        HTML report to write.
    progress : Progress, optional

    Returns
    -------
    RefineResult

    Raises
    ------
    LunarOxideError
    """
    from ..refine.model_refinement import RefineRequest, refine_model
    from ..reports.refinement_report import write_refine_report
    from ..sites.sample_sites import SPECTRUM_COLUMNS, load_sites, sensors_seen
    from ..sites.site_file import read_site_file

    progress = progress_or_log(progress)
    source = None if raster is None else raster_of(raster)
    known = tuple(load_sites())
    samples = known
    if sites:
        truth = read_site_file(sites, columns, sites_crs)
        for note in truth.notes:
            progress.info(f"Sites: {note}.")
        for row in truth.rejected:
            progress.warn(f"Row {row.number} ({row.station_id}) left out: {row.reason}.")
        samples = truth.sites
    if source is None and not any(map(sensors_seen, samples)):
        listed = "; ".join(f"{key}: {', '.join(names)}" for key, names in SPECTRUM_COLUMNS.items())
        raise SitesError(
            f"The samples have no spectra: give a reflectance raster, or columns of reflectance "
            f"({listed})."
        )
    file, _ = chosen_model(model, lambda: _model_for(source, samples), progress)
    request = RefineRequest(
        model=str(file),
        output=str(output),
        sites=samples,
        known_sites=known,
        raster=source,
        window=window,
        title=title,
    )
    reads: Reads = [
        file,
        file_of(sites) if sites else None,
        None if raster is None else path_of(raster),
    ]
    with protected(reads, [output, report], pages=[report]):
        result = refine_model(request, progress)
        if report:
            write_refine_report(result, Path(report))
    tell_left_out(((site.station_id, why) for site, why in result.skipped), progress)
    for doubt in result.doubts:
        progress.warn(doubt.text)
    return result


def _model_for(raster: Optional[AnyRaster], samples: Sequence[SampleSite]) -> ModelChoice:
    """The model for a raster's sensor, or for that of the samples' spectra."""
    from ..models.model_choice import choose_model
    from ..prediction.model_for_raster import model_for_raster
    from ..rasters.sensors.known import sensor_called
    from ..sites.sample_sites import sensors_seen

    if raster is not None:
        return model_for_raster(raster_of(raster))
    sensors = [set(sensors_seen(site)) for site in samples if sensors_seen(site)]
    common = set.intersection(*sensors) if sensors else set()
    only = sensor_called(common.pop()) if len(common) == 1 else None
    return choose_model(only, "the table of samples")
