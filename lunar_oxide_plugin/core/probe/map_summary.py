"""Facts of a prediction raster for a printed map: sigma, quality flags, origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Mapping, Optional

import numpy as np

from ..chemistry.oxides import Z90
from ..rasters.prediction_bands import PredictionBands
from ..rasters.prediction_map import PredictionMap
from ..rasters.quality import FAULTS
from ..rasters.raster_input import RasterInput

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
    with PredictionMap(raster) as source:
        bands, dataset = source.bands, source.dataset
        step = max(1.0, float(np.sqrt(dataset.width * dataset.height / _MAX_PIXELS)))
        shape = (max(1, int(dataset.height / step)), max(1, int(dataset.width / step)))
        half_widths: Dict[str, float] = {}
        for name, number in bands.sigma.items():
            values = source.read([number], shape=shape)[number]
            values = values[np.isfinite(values)]
            if values.size:
                half_widths[name] = float(Z90 * np.median(values))
        flagged = None
        if bands.quality is not None:
            first = next(iter(bands.oxides.values()))
            read = source.read([first, bands.quality], shape=shape)
            quality = read[bands.quality][np.isfinite(read[first])]
            if quality.size:
                bits = np.nan_to_num(quality).astype(np.int64)
                flagged = float(np.mean(bits & FAULTS != 0))
    return MapSummary(bands, source.tags, half_widths, flagged)
