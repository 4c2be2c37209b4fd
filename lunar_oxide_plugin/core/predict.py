"""From a reflectance raster to a prediction raster: read, infer, write, block by block."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Deque, Dict, List, Optional, Sequence, Tuple

import numpy as np
from rasterio.transform import Affine
from rasterio.windows import Window

from . import moon
from .bands import BandMapping, map_bands
from .errors import BandMappingError, Cancelled, OutputError, RasterError
from .guard import check_reflectance_range
from .model import OxideModel
from .prediction_raster import PredictionWriter
from .progress import Progress
from .quality import flag_predictions
from .raster import RasterInfo, RasterSource, pixel_windows, sample_windows
from .spectra import OxideBlock, SpectraBlock
from .version import SOFTWARE

#: Pixels of one block: large enough to keep ONNX Runtime busy, small enough to answer a
#: cancel at once and to bound memory (a block of 14 bands takes 15 MB).
BLOCK_PIXELS = 262144

Bounds = Tuple[float, float, float, float]


@dataclass(frozen=True)
class PredictionRequest:
    """What to predict, from plain values, so that it can cross threads.

    Attributes
    ----------
    raster, output : str
        Source (anything GDAL opens) and GeoTIFF to make.
    model : str
        Path of the ``.onnx`` file.
    bands : tuple of int, or None
        Raster band numbers in the model's order; None finds them by wavelength or name.
    extent : (xmin, ymin, xmax, ymax), or None
        In the raster's CRS; the output covers all pixels it touches.
    scale, offset : float, or None
        Replace the bands' own.
    threads : int, or None
        Worker threads; None takes the machine's cores.
    """

    raster: str
    output: str
    model: str
    bands: Optional[Tuple[int, ...]] = None
    extent: Optional[Bounds] = None
    scale: Optional[float] = None
    offset: Optional[float] = None
    threads: Optional[int] = None


@dataclass(frozen=True)
class PredictionSummary:
    """What came out.

    Attributes
    ----------
    output : str
    valid_pixels, total_pixels : int
        Pixels with a prediction, and all pixels of the output.
    outside_domain : int
        Valid pixels whose spectrum is unlike all training spectra.
    mapping : BandMapping
    model_title : str
    data_origin : str
        What the source says of its values' origin; empty if nothing.
    """

    output: str
    valid_pixels: int
    total_pixels: int
    outside_domain: int
    mapping: BandMapping
    model_title: str
    data_origin: str


def predict_raster(request: PredictionRequest, progress: Progress) -> PredictionSummary:
    """Run a model over a raster.

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
        If the user stopped it; no output is left.
    """
    model = OxideModel(Path(request.model))
    with RasterSource(request.raster, request.scale, request.offset) as source:
        _require_lunar(source.info, progress)
        _require_other_file(request)
        mapping = choose_bands(model, source.info, request.bands)
        for match in mapping.matches:
            progress.info(str(match))
        area = request_window(source.info, request.extent)
        return _run(request, source, model, mapping, area, progress)


def choose_bands(
    model: OxideModel, info: RasterInfo, chosen: Optional[Sequence[int]]
) -> BandMapping:
    """Map the model's bands to the raster's.

    Raises
    ------
    BandMappingError
    """
    if model.description.is_foreign and not chosen:
        raise BandMappingError(
            f"The model {model.identity.file_name} does not describe its bands: give BANDS, the "
            f"raster band numbers for its {len(model.description.bands)} inputs in order."
        )
    return map_bands(model.description.bands, info.bands, chosen)


def request_window(info: RasterInfo, extent: Optional[Bounds]) -> Window:
    """Pixels of a raster that an extent in its CRS touches; all of them without an extent.

    Raises
    ------
    RasterError
        If they do not meet.
    """
    if extent is None:
        return Window(0, 0, info.width, info.height)
    inverse = ~Affine(*info.transform)
    xmin, ymin, xmax, ymax = extent
    corners = [inverse * (x, y) for x in (xmin, xmax) for y in (ymin, ymax)]
    # The tolerance keeps an extent that ends on a pixel edge from taking the next pixel.
    left, right = _pixel_span([corner[0] for corner in corners], info.width)
    top, bottom = _pixel_span([corner[1] for corner in corners], info.height)
    if left >= right or top >= bottom:
        raise RasterError(
            f"The extent {xmin:g}, {ymin:g}, {xmax:g}, {ymax:g} does not meet {info.name}: give "
            "it in the raster's CRS."
        )
    return Window(left, top, right - left, bottom - top)


def _pixel_span(positions: Sequence[float], length: int) -> Tuple[int, int]:
    tolerance = 1e-6
    first = int(np.floor(min(positions) + tolerance))
    last = int(np.ceil(max(positions) - tolerance))
    return max(0, first), min(length, max(last, first + 1))


def predict_block(model: OxideModel, block: SpectraBlock) -> OxideBlock:
    """Predict the valid pixels of a block."""
    rows, columns = block.valid.shape
    values = np.full((13, rows, columns), np.nan, dtype=np.float32)
    flags = block.flags.copy()
    if block.valid.any():
        prediction = model.predict(block.valid_spectra)
        values[:6, block.valid] = prediction.oxides
        values[6:12, block.valid] = prediction.sigma
        values[12, block.valid] = prediction.domain_distance
        flags[block.valid] |= flag_predictions(
            prediction.oxides,
            prediction.domain_distance,
            np.asarray(model.description.valid_min, dtype=np.float32),
            np.asarray(model.description.valid_max, dtype=np.float32),
        )
    return OxideBlock(values, flags)


def _run(
    request: PredictionRequest,
    source: RasterSource,
    model: OxideModel,
    mapping: BandMapping,
    area: Window,
    progress: Progress,
) -> PredictionSummary:
    windows = pixel_windows(int(area.width), int(area.height), source.block_shape, BLOCK_PIXELS)
    threads = request.threads or os.cpu_count() or 1
    transform = Affine(*source.info.transform) * Affine.translation(area.col_off, area.row_off)
    judged = _probe_range(source, model, mapping, area)
    valid = outside = 0
    pending: Deque[Tuple[Window, Future[OxideBlock]]] = deque()
    with (
        PredictionWriter(
            Path(request.output),
            int(area.width),
            int(area.height),
            source.crs,
            transform,
            _tags(request, source.info, model, mapping),
        ) as writer,
        ThreadPoolExecutor(threads) as pool,
    ):

        def write_oldest() -> None:
            nonlocal valid, outside
            window, future = pending.popleft()
            block = future.result()
            writer.write(block, window)
            predicted = np.isfinite(block.values[0])
            valid += int(np.count_nonzero(predicted))
            outside += int(np.count_nonzero(block.values[12] > 1.0))

        try:
            for done, window in enumerate(windows):
                if progress.is_cancelled():
                    raise Cancelled("The prediction was cancelled.")
                spectra = source.read(
                    mapping,
                    Window(
                        window.col_off + area.col_off,
                        window.row_off + area.row_off,
                        window.width,
                        window.height,
                    ),
                )
                if not judged and spectra.valid.any():
                    check_reflectance_range(
                        spectra.valid_spectra, model.description.bands, source.info.name
                    )
                    judged = True
                pending.append((window, pool.submit(predict_block, model, spectra)))
                if len(pending) > 2 * threads:
                    write_oldest()
                progress.report(done / len(windows))
            while pending:
                write_oldest()
        finally:
            for _, future in pending:
                future.cancel()
        writer.finish()
    progress.report(1.0)
    return PredictionSummary(
        output=request.output,
        valid_pixels=valid,
        total_pixels=int(area.width) * int(area.height),
        outside_domain=outside,
        mapping=mapping,
        model_title=model.identity.title,
        data_origin=source.info.data_origin,
    )


def _probe_range(
    source: RasterSource, model: OxideModel, mapping: BandMapping, area: Window
) -> bool:
    """Judge small samples from all over the area; False if they hold no valid pixel."""
    samples: List[SpectraBlock] = []
    for window in sample_windows(int(area.width), int(area.height), side=64, per_axis=6):
        shifted = Window(
            window.col_off + area.col_off,
            window.row_off + area.row_off,
            window.width,
            window.height,
        )
        samples.append(source.read(mapping, shifted))
    spectra = np.concatenate([block.valid_spectra for block in samples], axis=1)
    check_reflectance_range(spectra, model.description.bands, source.info.name)
    return spectra.shape[1] > 0


def _require_lunar(info: RasterInfo, progress: Progress) -> None:
    moon.require_moon(info.crs_wkt, f"The raster {info.name}")
    if not info.crs_wkt:
        progress.warn(
            f"{info.name} has no CRS: the maps are made on its pixel grid, but sites cannot be "
            "placed on them until a lunar CRS is assigned."
        )


def _require_other_file(request: PredictionRequest) -> None:
    source, target = Path(request.raster), Path(request.output)
    if source.exists() and target.exists() and source.samefile(target):
        raise OutputError("The output is the input raster itself: choose another output file.")


def _tags(
    request: PredictionRequest, info: RasterInfo, model: OxideModel, mapping: BandMapping
) -> Dict[str, str]:
    identity, description = model.identity, model.description
    tags = {
        "SOFTWARE": SOFTWARE,
        "MODEL_NAME": identity.name,
        "MODEL_TITLE": identity.title,
        "MODEL_VERSION": identity.version,
        "MODEL_SHA256": identity.sha256,
        "MODEL_FILE": identity.file_name,
        "MODEL_CITATION": description.citation,
        "SOURCE_RASTER": Path(request.raster).name,
        "BAND_MAPPING": "; ".join(map(str, mapping.matches)),
    }
    if description.training_stations is not None:
        tags["TRAINING_STATIONS"] = ",".join(description.training_stations)
    if info.data_origin:
        tags["DATA_ORIGIN"] = info.data_origin
    return tags
