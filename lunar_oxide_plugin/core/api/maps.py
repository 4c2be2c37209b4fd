"""Rasters from rasters: mosaics of tiles, classical parameters, products of oxides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Iterable, Optional, Sequence

from ..errors import LunarOxideError, RasterError
from ..progress import Progress
from ..sites.reasons import name_list
from .run import AnyPath, AnyRaster, progress_or_log, protected, raster_of

if TYPE_CHECKING:
    from ..products.oxide_product_raster import ProductSummary
    from ..products.spectral_raster import SpectralSummary
    from ..rasters.mosaic import Mosaic


def mosaic(
    places: Iterable[AnyPath],
    output: AnyPath,
    *,
    strict: bool = False,
    progress: Optional[Progress] = None,
) -> Mosaic:
    """Join tiles into a virtual raster.

    Parameters
    ----------
    places : iterable of path
        Tiles, or folders of them.
    output : path
        Virtual raster to make (.vrt).
    strict : bool
        Whether to refuse a mosaic if a tile cannot be read. Otherwise it is left out with a
        warning.
    progress : Progress, optional

    Returns
    -------
    Mosaic

    Raises
    ------
    LunarOxideError
    """
    from ..rasters.mosaic import find_rasters, plan_mosaic
    from ..rasters.mosaic_vrt import write_mosaic

    progress = progress_or_log(progress)
    tiles = [str(place) for place in places]
    with protected([], [output]):
        planned = plan_mosaic(find_rasters(tiles, progress), progress)
        if strict and planned.left_out:
            names = name_list([path.name for path in planned.left_out])
            raise RasterError(
                f"{len(planned.left_out)} of {len(planned.left_out) + len(planned.tiles)} tiles "
                f"cannot be read ({names}): copy or download them again, or do without strict, "
                "which leaves them out."
            )
        progress.report(1.0)
        write_mosaic(planned, Path(output))
    return planned


def parameters(
    raster: AnyRaster,
    output: AnyPath,
    *,
    sensor: str = "",
    bands: Optional[Sequence[int]] = None,
    scale: Optional[float] = None,
    offset: Optional[float] = None,
    crs: str = "",
    nodata: Sequence[float] = (),
    extent: Optional[Sequence[float]] = None,
    extent_crs: str = "",
    progress: Optional[Progress] = None,
) -> SpectralSummary:
    """Map FeO, TiO2, maturity, band depths and ratios of reflectance by published formulas.

    Parameters
    ----------
    raster : path or RasterInput
    output : path
        GeoTIFF with one band for each parameter.
    sensor : str
        Key of the sensor whose formulas are used; recognised by default.
    bands : sequence of int, optional
        Band numbers (from 1) in the formulas' order; found by wavelength by default.
    scale, offset, crs, nodata, extent, extent_crs
        As in `predict`.
    progress : Progress, optional

    Returns
    -------
    SpectralSummary

    Raises
    ------
    LunarOxideError
    """
    from ..moon.lunar_crs import wkt_of
    from ..products.spectral_raster import SpectralRequest, write_spectral_parameters
    from ..rasters.sensors.known import sensors_with_formulas

    progress = progress_or_log(progress)
    known = {each.key.lower(): each for each in sensors_with_formulas()}
    if sensor and sensor.lower() not in known:
        keys = ", ".join(each.key for each in known.values())
        raise LunarOxideError(f"The sensor {sensor!r} has no formulas here: give one of {keys}.")
    source = raster_of(raster, crs, nodata, bands, scale, offset)
    bounds = None if extent is None else (extent[0], extent[1], extent[2], extent[3])
    request = SpectralRequest(
        source,
        str(output),
        known.get(sensor.lower()),
        extent=bounds,
        extent_wkt=wkt_of(extent_crs) if extent_crs else "",
    )
    with protected([source.path], [output]):
        return write_spectral_parameters(request, progress)


def products(
    prediction: AnyRaster,
    output: AnyPath,
    *,
    crs: str = "",
    progress: Optional[Progress] = None,
) -> ProductSummary:
    """Derive Mg#, ratios, plagioclase, density, basalt and rock classes from predicted oxides.

    Parameters
    ----------
    prediction : path or RasterInput
    output : path
        GeoTIFF with each product and its uncertainty or probability.
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.
    progress : Progress, optional

    Returns
    -------
    ProductSummary

    Raises
    ------
    LunarOxideError
    """
    from ..products.oxide_product_raster import write_products

    source = raster_of(prediction, crs)
    with protected([source.path], [output]):
        return write_products(source, str(output), progress_or_log(progress))
