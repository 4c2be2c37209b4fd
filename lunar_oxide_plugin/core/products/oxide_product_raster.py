"""Products over a prediction raster: read, derive and write, window by window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.windows import Window

from ..errors import Cancelled, OutputError, RasterError
from ..geotiff.band_writer import PredictionWriter
from ..moon import lunar_crs
from ..progress import Progress
from ..rasters.prediction_bands import PredictionBands, find_bands
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import open_raster, pixel_windows
from ..version import SOFTWARE, TAG_PREFIX
from .oxide_products import (
    BAND_DESCRIPTIONS,
    BASALT_BAND,
    BASALT_CLASSES,
    HIGHLAND_BAND,
    HIGHLAND_CLASSES,
    class_table,
    derive,
    rules,
)

#: Pixels of one window: 18 output bands in float64 and intermediates stay below 150 MB.
BLOCK_PIXELS = 262144


@dataclass(frozen=True)
class ProductSummary:
    """What came out: pixels with products, and how many pixels each class has, by label."""

    output: str
    valid_pixels: int
    total_pixels: int
    basalts: Dict[str, int]
    highlands: Dict[str, int]
    has_sigma: bool
    data_origin: str
    model_title: str


def write_products(raster: RasterInput, output: str, progress: Progress) -> ProductSummary:
    """Derive every product of a prediction raster.

    Parameters
    ----------
    raster : RasterInput
        A prediction raster; its bands are found by description.
    output : str
        GeoTIFF to make, bands as in `products.BAND_DESCRIPTIONS`.
    progress : Progress

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
        If the user stopped it; no output is left.
    """
    source, target = Path(raster.path), Path(output)
    if source.exists() and target.exists() and source.samefile(target):
        raise OutputError("The output is the input raster itself: choose another output file.")
    name = raster.name
    with open_raster(raster) as dataset:
        bands = find_bands([text or "" for text in dataset.descriptions], name)
        lunar_crs.require_moon(dataset.crs.to_wkt() if dataset.crs else "", f"The raster {name}")
        has_sigma = all(number is not None for number in bands.sigma)
        if not has_sigma:
            progress.warn(
                f"{name} has no sigma of every oxide: products come without uncertainty, classes "
                "without probability."
            )
        tags = dataset.tags()
        windows = pixel_windows(
            dataset.width, dataset.height, dataset.block_shapes[0], BLOCK_PIXELS
        )
        counts: Tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        places = [BAND_DESCRIPTIONS.index(band) for band in (BASALT_BAND, HIGHLAND_BAND)]
        valid = 0
        with PredictionWriter(
            target,
            dataset.width,
            dataset.height,
            dataset.crs,
            dataset.transform,
            _tags(tags, name),
            BAND_DESCRIPTIONS,
        ) as writer:
            for done, window in enumerate(windows):
                if progress.is_cancelled():
                    raise Cancelled("The computation was cancelled.")
                oxides, sigma = _read(dataset, bands, window, name)
                usable = np.isfinite(oxides).all(axis=0)
                values = np.full((len(BAND_DESCRIPTIONS), *usable.shape), np.nan, np.float32)
                if usable.any():
                    values[:, usable] = derive(oxides[:, usable], sigma[:, usable])
                    writer.write_values(values, window)
                    valid += int(np.count_nonzero(usable))
                    for count, place in zip(counts, places):
                        numbers = values[place][np.isfinite(values[place])].astype(int)
                        count.update(dict(zip(*np.unique(numbers, return_counts=True))))
                progress.report((done + 1) / len(windows))
            writer.finish()
        total = dataset.width * dataset.height
    if valid == 0:
        progress.warn(f"{name} has no pixel with all six oxides: the products are empty.")
    return ProductSummary(
        output=output,
        valid_pixels=valid,
        total_pixels=total,
        basalts={c.label: int(counts[0][c.number]) for c in BASALT_CLASSES},
        highlands={c.label: int(counts[1][c.number]) for c in HIGHLAND_CLASSES},
        has_sigma=has_sigma,
        data_origin=tags.get(f"{TAG_PREFIX}DATA_ORIGIN", ""),
        model_title=tags.get(f"{TAG_PREFIX}MODEL_TITLE", ""),
    )


def _read(
    dataset: rasterio.DatasetReader, bands: PredictionBands, window: Window, name: str
) -> Tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Oxides and sigmas of a window, each (6, rows, columns), NaN where there is none."""
    try:
        oxides = _filled(dataset, list(bands.oxides), window)
        sigma = np.full(oxides.shape, np.nan)
        present: List[Tuple[int, int]] = [
            (row, number) for row, number in enumerate(bands.sigma) if number is not None
        ]
        if present:
            rows = [row for row, _ in present]
            sigma[rows] = _filled(dataset, [number for _, number in present], window)
    except (rasterio.errors.RasterioError, OSError) as error:
        raise RasterError(
            f"{name} cannot be read at rows {window.row_off}-{window.row_off + window.height}: "
            f"{error}; the file may be truncated."
        ) from error
    return oxides, np.where(sigma > 0.0, sigma, np.nan)


def _filled(
    dataset: rasterio.DatasetReader, numbers: List[int], window: Window
) -> npt.NDArray[np.float64]:
    values = dataset.read(numbers, window=window, masked=True, out_dtype="float64")
    filled: npt.NDArray[np.float64] = values.filled(np.nan)
    return filled


def _tags(source: Dict[str, str], name: str) -> Dict[str, str]:
    """Own provenance, and what the prediction says of its model and of the data's origin."""
    tags = {
        key[len(TAG_PREFIX) :]: value
        for key, value in source.items()
        if key.startswith(TAG_PREFIX) and key[len(TAG_PREFIX) :] not in ("SOFTWARE",)
    }
    predicted_with: Optional[str] = source.get(f"{TAG_PREFIX}SOFTWARE")
    if predicted_with:
        tags["PREDICTED_WITH"] = predicted_with
    tags.update(
        SOFTWARE=SOFTWARE,
        PRODUCT="derived from predicted oxides",
        PREDICTION_RASTER=name,
        CLASSES_BASALT=class_table(BASALT_CLASSES),
        CLASSES_HIGHLAND=class_table(HIGHLAND_CLASSES),
    )
    for key, text in rules().items():
        tags[f"RULE_{key.upper()}"] = text
    return tags
