"""Facts of a prediction raster for a printed map: sigma, quality flags, origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Mapping, Optional

import numpy as np
import numpy.typing as npt
import rasterio.errors
from rasterio.enums import Resampling

from ..chemistry.oxides import Z90
from ..errors import RasterError
from ..rasters.opening import open_raster
from ..rasters.prediction_bands import PredictionBands, find_bands
from ..rasters.quality import FAULTS
from ..rasters.raster_input import RasterInput
from ..version import TAG_PREFIX

#: Most pixels that are read for a median.
_MAX_PIXELS = 250_000


@dataclass(frozen=True)
class MapSummary:
    """What a printed map says about a prediction.

    Attributes
    ----------
    bands : PredictionBands
    tags : mapping of str to str
        The plugin's tags of the raster.
    half_width_wt : mapping of oxide name to float
        Median half width of the 90 % interval (1.645 sigma), wt%; without oxides that have no
        sigma band.
    flagged_share : float or None
        Share of the predicted pixels with a quality flag that makes them doubtful; None without
        quality band or pixels.
    """

    bands: PredictionBands
    tags: Mapping[str, str]
    half_width_wt: Mapping[str, float]
    flagged_share: Optional[float]


def map_summary(raster: RasterInput) -> MapSummary:
    """Read tags, medians of sigma and the share of flagged pixels of a prediction.

    Of a large raster every n-th pixel is read.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    MapSummary

    Raises
    ------
    RasterError
        If the raster is no prediction, or cannot be read.
    """
    with open_raster(raster) as dataset:
        bands = find_bands([text or "" for text in dataset.descriptions], raster.name)
        step = max(1.0, float(np.sqrt(dataset.width * dataset.height / _MAX_PIXELS)))
        shape = (max(1, int(dataset.height / step)), max(1, int(dataset.width / step)))
        tags = {
            key[len(TAG_PREFIX) :]: value
            for key, value in dataset.tags().items()
            if key.startswith(TAG_PREFIX)
        }

        def read(number: int) -> npt.NDArray[np.float32]:
            try:
                values = dataset.read(
                    number,
                    out_shape=shape,
                    resampling=Resampling.nearest,
                    masked=True,
                    out_dtype="float32",
                )
            except (rasterio.errors.RasterioError, OSError) as error:
                raise RasterError(
                    f"{raster.name} cannot be read ({error}); the file may be truncated."
                ) from error
            filled: npt.NDArray[np.float32] = values.filled(np.nan)
            return filled

        half_widths: Dict[str, float] = {}
        for name, number in bands.sigma.items():
            values = read(number)
            values = values[np.isfinite(values)]
            if values.size:
                half_widths[name] = float(Z90 * np.median(values))
        flagged = None
        if bands.quality is not None:
            first = read(next(iter(bands.oxides.values())))
            quality = read(bands.quality)[np.isfinite(first)]
            if quality.size:
                bits = np.nan_to_num(quality).astype(np.int64)
                flagged = float(np.mean(bits & FAULTS != 0))
    return MapSummary(bands, tags, half_widths, flagged)
