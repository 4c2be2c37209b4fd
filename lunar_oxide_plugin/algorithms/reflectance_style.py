"""A sensible contrast for reflectance: one band in grey, stretched between its percentiles."""

from __future__ import annotations

from typing import Any, Optional, Tuple

import numpy as np
from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsProcessingException,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)

from ..core.errors import LunarOxideError
from ..core.translation import tr
from .layer_metadata import summarise
from .raster_layer import raster_input

#: numpy's names of QGIS's pixel types.
_DTYPES = {
    Qgis.DataType.Byte: "u1",
    Qgis.DataType.UInt16: "u2",
    Qgis.DataType.Int16: "i2",
    Qgis.DataType.UInt32: "u4",
    Qgis.DataType.Int32: "i4",
    Qgis.DataType.Float32: "f4",
    Qgis.DataType.Float64: "f8",
}
#: Wavelength (nm) that is shown: lunar albedo is commonly given there.
SHOWN_NM = 750.0
#: Rows and columns of the sample from which percentiles are estimated.
SAMPLE = 500


def percentiles(layer: QgsRasterLayer, band: int, low: float, high: float) -> Tuple[float, float]:
    """Values below which shares of a band's pixels lie, estimated from a sample of the pixels.

    Pixels are asked of the provider, which applies scale and no data. Its own histogram fails in
    QGIS 3.44 for scaled integers, whose contrast is then black.
    """
    provider = layer.dataProvider()
    columns, rows = min(SAMPLE, layer.width()), min(SAMPLE, layer.height())
    block = provider.block(band, layer.extent(), columns, rows)
    dtype = _DTYPES.get(block.dataType())
    if not block.isValid() or dtype is None:
        return 0.0, 1.0
    values = np.frombuffer(bytes(block.data()), dtype=dtype).astype(np.float64)
    used = np.isfinite(values)
    if block.hasNoDataValue():
        used &= values != block.noDataValue()
    if not used.any():
        return 0.0, 1.0
    below, above = np.quantile(values[used], (low, high))
    return (float(below), float(above)) if above > below else (float(below), float(below) + 1.0)


def reflectance_band(layer: QgsRasterLayer) -> Optional[Tuple[int, float, str]]:
    """The band nearest to 750 nm of a reflectance raster whose sensor is recognised.

    Returns
    -------
    (int, float, str) or None
        Number of the band, its wavelength in nm, and the sensor's title.
    """
    try:
        from ..core.rasters.raster_source import RasterSource

        with RasterSource(raster_input(layer)) as source:
            info = source.info
    except (LunarOxideError, QgsProcessingException, ImportError, OSError):
        return None
    if info.sensor is None:
        return None
    told = [(band.number, band.wavelength_nm) for band in info.bands if band.wavelength_nm]
    if not told:
        return None
    number, centre = min(told, key=lambda one: abs(one[1] - SHOWN_NM))
    return number, centre, info.sensor.title


def style_reflectance(layer: Any) -> bool:
    """Show a reflectance raster in grey; False if it is none whose sensor is recognised."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid() or layer.bandCount() < 2:
        return False
    found = reflectance_band(layer)
    if found is None:
        return False
    band, centre, sensor = found
    enhancement = QgsContrastEnhancement(Qgis.DataType.Float32)
    low, high = percentiles(layer, band, 0.02, 0.98)
    enhancement.setMinimumValue(low)
    enhancement.setMaximumValue(high)
    enhancement.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    )
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), band)
    renderer.setContrastEnhancement(enhancement)
    layer.setRenderer(renderer)
    summarise(
        layer,
        tr("Reflectance at {nm:g} nm ({sensor}), from {low:.3f} to {high:.3f}.").format(
            nm=centre, sensor=sensor, low=low, high=high
        ),
    )
    return True
