"""Oxides from reflectance: of a raster, of the spectra of a library."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence, Tuple

from ..chemistry.layout import Content, Uncertainty
from ..progress import Progress
from .chosen_model import chosen_model
from .provenance import run_facts
from .run import AnyPath, AnyRaster, choice_of, progress_or_log, protected, raster_of

if TYPE_CHECKING:
    from ..libraries.spectra_prediction import SpectraPrediction
    from ..prediction.plan import PredictionSummary

Bounds = Tuple[float, float, float, float]


def predict(
    raster: AnyRaster,
    output: AnyPath,
    *,
    model: AnyPath = "",
    bands: Optional[Sequence[int]] = None,
    scale: Optional[float] = None,
    offset: Optional[float] = None,
    crs: str = "",
    nodata: Sequence[float] = (),
    extent: Optional[Bounds] = None,
    extent_crs: str = "",
    mask: Optional[AnyPath] = None,
    mask_crs: str = "",
    uncertainty: str = Uncertainty.NEW_PLACE.value,
    threads: Optional[int] = None,
    memory_mb: Optional[int] = None,
    device: str = "cpu",
    content: str = Content.ALL.value,
    encoding: str = "float32",
    compression: str = "automatic",
    cloud_optimised: bool = False,
    resume: bool = True,
    scheduler: str = "",
    shard: int = 4096,
    progress: Optional[Progress] = None,
) -> PredictionSummary:
    """Map the oxides of a reflectance raster.

    Parameters
    ----------
    raster : path or RasterInput
        A tile, a mosaic, anything that GDAL reads.
    output : path
        GeoTIFF to make (.tif); a virtual raster (.vrt) with a `scheduler`.
    model : path, optional
        Name of a bundled model, or path of an .onnx file; by default the one for the raster's
        sensor.
    bands : sequence of int, optional
        Band numbers (from 1) in the model's order; found by wavelength or name by default.
    scale, offset : float, optional
        Reflectance = number * scale + offset, replacing the file's own.
    crs : str, optional
        Lunar CRS of the raster where its own is missing or wrong.
    nodata : sequence of float, optional
        Further values that are no data.
    extent : (xmin, ymin, xmax, ymax), optional
        Part of the raster.
    extent_crs : str, optional
        CRS of the extent; the raster's own by default.
    mask : path, optional
        Polygons: GeoJSON; with pyogrio and shapely also GeoPackage, shapefile ... Only pixels that
        they touch are read and predicted.
    mask_crs : str, optional
        Lunar CRS of the polygons where their own is missing or wrong.
    uncertainty : {"new place", "near samples", "both"}
        Where the 90 % intervals of the map hold.
    threads, memory_mb : int, optional
    device : str
        ``"cpu"``, or a GPU that ONNX Runtime lists.
    content : {"all", "uncertainties", "oxides"}
        Bands of the map. Without all there are no quality flags: doubtful pixels are no data.
    encoding : {"float32", "compact"}
        Numbers as they are, or integers in steps of 0.01 with a declared scale.
    compression : {"automatic", "none", "zstd", "deflate", "lerc_zstd"}
        Automatic: the usual one of the encoding.
    cloud_optimised : bool
        Whether to arrange the GeoTIFF, or each shard of a cluster, for reading over a network.
    resume : bool
        Whether to continue an interrupted run of the same request.
    scheduler : str, optional
        Address of a Dask scheduler.
    shard : int
        Side of a worker's share in pixels.
    progress : Progress, optional
        Hears of the progress, and may stop the run; the log by default.

    Returns
    -------
    PredictionSummary

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no file is left under the output's name.
    """
    from ..geotiff.encoding import Encoding
    from ..geotiff.tile_codec import Compression
    from ..models.model_choice import AUTOMATIC
    from ..moon.lunar_crs import wkt_of
    from ..polygons.vector_file import read_region_file
    from ..prediction.model_for_raster import model_for_raster
    from ..prediction.plan import PredictionRequest, predict_raster
    from ..prediction.style_file import write_style_file
    from ..rasters.prediction_bands import find_bands

    progress = progress_or_log(progress)
    source = raster_of(raster, crs, nodata, bands, scale, offset)
    file, reason = chosen_model(model, lambda: model_for_raster(source), progress)
    request = PredictionRequest(
        raster=source,
        output=str(output),
        model=str(file),
        model_choice=reason,
        mask=None if mask is None else read_region_file(str(mask), crs=mask_crs),
        extent=None if extent is None else (extent[0], extent[1], extent[2], extent[3]),
        extent_wkt=wkt_of(extent_crs) if extent_crs else "",
        threads=threads,
        memory_mb=memory_mb,
        content=choice_of(Content, content, "content"),
        encoding=choice_of(Encoding, encoding, "encoding"),
        compression=None
        if compression == AUTOMATIC
        else choice_of(Compression, compression, "compression"),
        cloud_optimised=cloud_optimised,
        resume=resume,
        device=device,
        uncertainty=choice_of(Uncertainty, uncertainty, "uncertainty"),
    )
    polygons = None if mask is None else str(mask).partition("|")[0]
    with protected([source.path, file, polygons], [output]):
        if scheduler:
            from ..prediction.cluster import predict_on_cluster

            summary = predict_on_cluster(request, scheduler, progress, shard)
        else:
            summary = predict_raster(request, progress)
        found = find_bands(list(summary.layout.descriptions), summary.output)
        write_style_file(Path(summary.output), found, summary.new_place, progress)
    return summary


def predict_spectra(
    library: AnyPath,
    output: Optional[AnyPath] = None,
    *,
    model: AnyPath = "",
    scale: Optional[float] = None,
    filter_shape: str = "gaussian",
    uncertainty: str = Uncertainty.NEW_PLACE.value,
    report: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> SpectraPrediction:
    """Predict the oxides of the spectra of a library or table.

    Parameters
    ----------
    library : path
        Spectral library (.sli) or table of spectra (.csv, .txt).
    output : path, optional
        Table to make (.csv).
    model : path, optional
        Name of a bundled model, or path of an .onnx file; by default the one for the library's
        sensor.
    scale : float, optional
        Reflectance for one step of the numbers.
    filter_shape : str
        Shape of the model's filters, a value of `FilterShape`.
    uncertainty : {"new place", "near samples", "both"}
    report : path, optional
        HTML report to write.
    layer : path, optional
        Points (where the spectra tell their places)
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    SpectraPrediction

    Raises
    ------
    LunarOxideError
    """
    from ..libraries.convolution import FilterShape
    from ..libraries.model_for_library import model_for_library
    from ..libraries.prediction_table import features, write
    from ..libraries.reading import read_library
    from ..libraries.spectra_prediction import predict_spectra as run
    from ..models.oxide_model import OxideModel
    from ..polygons.feature_file import write_features
    from ..reports.spectra_report import write_spectra_report

    progress = progress_or_log(progress)
    shape = choice_of(FilterShape, filter_shape, "filter")
    wanted = choice_of(Uncertainty, uncertainty, "uncertainty")
    with protected([library, model or None], [output, report, layer], pages=[report], layer=layer):
        spectra = read_library(str(library), math.nan if scale is None else scale)
        for note in spectra.notes:
            progress.info(f"{note}.")
        file, _ = chosen_model(model, lambda: model_for_library(spectra), progress)
        result = run(spectra, OxideModel(file, uncertainty=wanted), shape, progress, wanted)
        for doubt in result.doubts:
            progress.warn(doubt)
        for spectrum, reason in zip(result.spectra, result.reasons):
            if reason:
                progress.warn(f"{spectrum.name} has no prediction: {reason}.")
        if output:
            write(result, str(output))
        if report:
            write_spectra_report(result, list(run_facts().items()), report)
        if layer:
            write_features(features(result), layer)
    return result
