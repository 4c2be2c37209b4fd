"""Metadata of a raster, read without its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Tuple

import rasterio

from .bands import RasterBand, band_centre
from .opening import open_raster, placement_note
from .raster_input import RasterInput
from .sensors.record import Sensor
from .wavelengths import describe_bands


@dataclass(frozen=True)
class RasterInfo:
    """Metadata of a raster.

    Attributes
    ----------
    path : str
    width, height : int
        Pixels.
    crs_wkt : str
        The user's where one was assigned, else the file's from GDAL, never re-parsed; empty if
        there is none.
    transform : tuple of float
        Affine coefficients (a, b, c, d, e, f).
    drawn_transform : tuple of float
        Those that GDAL and QGIS use for the file; they differ only where `notes` says so.
    notes : tuple of str
        Corrections made when the raster was opened, for the log.
    bands : tuple of RasterBand
    data_origin : str
        The file's DATA_ORIGIN tag, e.g. that its values are interpolated.
    sensor : Sensor, or None
        Sensor of the raster, if recognised.
    """

    path: str
    width: int
    height: int
    crs_wkt: str
    transform: Tuple[float, ...]
    drawn_transform: Tuple[float, ...]
    notes: Tuple[str, ...]
    bands: Tuple[RasterBand, ...]
    data_origin: str = ""
    sensor: Optional[Sensor] = None

    @property
    def name(self) -> str:
        """File name, for messages."""
        return Path(self.path).name or self.path

    @property
    def centres_nm(self) -> Tuple[Optional[float], ...]:
        """Centre wavelength of each band, None where it is not known."""
        return tuple(map(band_centre, self.bands))


def read_info(raster: RasterInput) -> RasterInfo:
    """Describe a raster without reading pixels.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    RasterInfo

    Raises
    ------
    RasterError
        If the file is missing or no raster.
    """
    with open_raster(raster) as dataset:
        return describe(dataset, raster.path)


def describe(dataset: rasterio.DatasetReader, path: str) -> RasterInfo:
    """Describe an open raster.

    Parameters
    ----------
    dataset : rasterio.DatasetReader
    path : str
        The name that the user gave.

    Returns
    -------
    RasterInfo
    """
    bands, sensor = describe_bands(dataset, dataset.name)
    crs = dataset.crs
    return RasterInfo(
        path=path,
        width=dataset.width,
        height=dataset.height,
        crs_wkt=crs.to_wkt() if crs else "",
        transform=tuple(dataset.transform)[:6],
        drawn_transform=tuple(getattr(dataset, "drawn_transform", dataset.transform))[:6],
        notes=tuple(filter(None, [placement_note(dataset)])),
        bands=bands,
        data_origin=dataset.tags().get("DATA_ORIGIN", ""),
        sensor=sensor,
    )
