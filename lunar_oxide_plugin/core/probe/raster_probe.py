"""Read the spectrum at a place and predict from it in the same way as for a whole raster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import List, Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine
from rasterio.windows import Window

from ..closing import Closing
from ..errors import LunarOxideError, NoSpectrumError, RasterError, SitesError
from ..models.oxide_model import OxideModel
from ..moon import lunar_crs
from ..prediction.plan import predict_block
from ..rasters.bands import BandMapping
from ..rasters.quality import FLAGS, describe
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_source import RasterSource
from ..rasters.spectra import OxideBlock, Prediction, SpectraBlock
from ..sites.nearest_stations import ModelStations, NearStation, model_stations
from ..sites.station_shapes import doubt_of_shape
from ..translation import tr
from .probe_area import Ring, inside, is_small, onto_raster, pixel_at, ring_window, windows_to_read
from .raster_suitability import judge_fit
from .reading import FlagShare, PixelArea, ProbeSource, SpectrumReading, Spread
from .suitability import FitLevel, RasterFit

#: Number of nearest stations to show with a spectrum.
NEAREST = 3

#: Most spectra of a box that a reading keeps, for the spread of other curves than reflectance.
KEPT_PIXELS = 1000


class Probe(Closing):
    """A raster and a model that are opened once for many readings.

    Use as a context manager or call `close`. Not thread-safe: the raster is not.

    Parameters
    ----------
    source : ProbeSource

    Raises
    ------
    LunarOxideError
        If the model or the raster cannot be opened.
    """

    def __init__(self, source: ProbeSource) -> None:
        self.source = source
        self._model = OxideModel(Path(source.model))
        self._raster = RasterSource(source.raster)
        self._stations, self._stations_note = _stations(self._model)
        self._fit: Optional[RasterFit] = None

    def close(self) -> None:
        """Close the raster."""
        self._raster.close()

    def fit(self) -> RasterFit:
        """Whether the raster fits the model.

        Returns
        -------
        RasterFit
        """
        if self._fit is None:
            self._fit = judge_fit(self._model, self._raster, self.source.raster.bands)
        return self._fit

    def _require_fit(self) -> BandMapping:
        """The bands to read; raises in the same cases as 'Predict oxides'."""
        fit = self.fit()
        if fit.level is FitLevel.UNFIT or fit.mapping is None:
            raise RasterError(fit.reasons[0])
        return fit.mapping

    @property
    def _drawn(self) -> RasterInfo:
        """The raster's grid at the position where QGIS shows it, and the user points at it."""
        info = self._raster.info
        return replace(info, transform=info.drawn_transform)

    def _turn(self) -> Optional[float]:
        crs = self._raster.crs
        return lunar_crs.turn_length(crs) if crs else None

    def at(self, x: float, y: float) -> SpectrumReading:
        """Read the pixel at a point in the raster's CRS.

        Parameters
        ----------
        x : float
            In the raster's CRS.
        y : float
            In the raster's CRS.

        Returns
        -------
        SpectrumReading

        Raises
        ------
        NoSpectrumError
            If the point lies off the raster or its pixel has no usable reflectance.
        RasterError
            If the raster does not fit the model or cannot be read.
        """
        mapping = self._require_fit()
        pixel = pixel_at(self._drawn, x, y, self._turn())
        if pixel is None:
            text = tr("This point lies outside {name}: click on the raster.")
            raise NoSpectrumError(text.format(name=self._raster.info.name))
        row, column = pixel
        return self._read(mapping, Window(column, row, 1, 1), None)

    def within(self, ring: Ring) -> SpectrumReading:
        """Read the pixels whose centres lie inside a ring in the raster's CRS.

        If the ring contains no pixel's centre, the pixel at its middle is read.

        Parameters
        ----------
        ring : Ring
            Vertices in the raster's CRS.

        Returns
        -------
        SpectrumReading

        Raises
        ------
        NoSpectrumError
            If the ring lies off the raster or holds no usable reflectance.
        RasterError
            If the raster does not fit the model or cannot be read.
        """
        mapping = self._require_fit()
        info = self._drawn
        shifted = onto_raster(info, ring, self._turn())
        window = None if shifted is None else ring_window(info, shifted)
        if shifted is None or window is None:
            text = tr("This box lies outside {name}: drag it over the raster.")
            raise NoSpectrumError(text.format(name=info.name))
        if is_small(window) and not inside(info, shifted, window).any():
            xs, ys = zip(*shifted)
            return self.at((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        return self._read(mapping, window, shifted)

    def _read(self, mapping: BandMapping, area: Window, ring: Optional[Ring]) -> SpectrumReading:
        spectra: List[npt.NDArray[np.float32]] = []
        answers: List[Prediction] = []
        flags: List[npt.NDArray[np.uint8]] = []
        windows = windows_to_read(area)
        for window in windows:
            block = self._raster.read(mapping, window)
            if ring is not None:
                block = _only(block, inside(self._drawn, ring, window))
            result: OxideBlock = predict_block(self._model, block)
            wanted = block.valid | (block.flags != 0)
            spectra.append(block.valid_spectra)
            answers.append(_at(result.prediction, block.valid))
            flags.append(result.flags[wanted])
        reflectance = np.concatenate(spectra, axis=1)
        oxides = np.concatenate([answer.oxides for answer in answers], axis=1)
        sigma = np.concatenate([answer.sigma for answer in answers], axis=1)
        distance = np.concatenate([answer.domain_distance for answer in answers])
        quality = np.concatenate(flags)
        # Pixels without any flag are valid, so `quality` counts all pixels that were read.
        if reflectance.shape[1] == 0:
            raise NoSpectrumError(_nothing_here(self._raster.info, quality))
        middle = np.median(reflectance, axis=1)
        near: Tuple[NearStation, ...] = ()
        if self._stations is not None:
            near = self._stations.space.nearest(middle[:, None], NEAREST)[0]
        info, description = self._raster.info, self._model.description
        return SpectrumReading(
            raster_name=info.name,
            model_title=self._model.identity.title,
            area=_area(info, area, len(windows) > 1),
            n_valid=int(reflectance.shape[1]),
            n_read=int(quality.size),
            bands=description.bands,
            reflectance=_spread(reflectance),
            oxides=description.oxides,
            oxides_wt=_spread(oxides),
            sigma_wt=tuple(np.median(sigma, axis=1).tolist()),
            domain_distance=float(np.median(distance)),
            flags=_flag_shares(quality),
            nearest=near,
            nearest_note=self._stations_note,
            data_origin=info.data_origin,
            sigma_kind=self._model.outputs.sigma_kind,
            new_place=description.new_place,
            doubt=doubt_of_shape(middle[:, None], description.bands, info.name),
            pixels=_evenly(reflectance),
        )


def examine(source: ProbeSource) -> RasterFit:
    """Check whether a raster fits a model; errors become reasons and are not raised."""
    try:
        with Probe(source) as probe:
            return probe.fit()
    except LunarOxideError as error:
        return RasterFit.refused(error)


def _evenly(spectra: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The spectra, or evenly chosen ones of many."""
    count = spectra.shape[1]
    if count <= KEPT_PIXELS:
        return spectra
    return spectra[:, np.linspace(0, count - 1, KEPT_PIXELS).round().astype(int)]


def _at(prediction: Prediction, valid: npt.NDArray[np.bool_]) -> Prediction:
    """The prediction of the pixels in a mask."""
    return Prediction(
        prediction.oxides[:, valid], prediction.sigma[:, valid], prediction.domain_distance[valid]
    )


def _only(block: SpectraBlock, inside: npt.NDArray[np.bool_]) -> SpectraBlock:
    """The block with no values and no flags outside a mask."""
    flags = np.where(inside, block.flags, 0).astype(np.uint8)
    return SpectraBlock(block.reflectance, block.valid & inside, flags)


def _spread(values: npt.NDArray[np.float32]) -> Tuple[Spread, ...]:
    rows = zip(np.median(values, axis=1), *np.quantile(values, (0.05, 0.95), axis=1))
    return tuple(Spread(*map(float, row)) for row in rows)


def _flag_shares(quality: npt.NDArray[np.uint8]) -> Tuple[FlagShare, ...]:
    shares = [(flag, float(np.mean((quality & flag.bit) != 0))) for flag in FLAGS]
    return tuple(FlagShare(flag, share) for flag, share in shares if share > 0.0)


def _nothing_here(info: RasterInfo, quality: npt.NDArray[np.uint8]) -> str:
    found = int(np.bitwise_or.reduce(quality)) if quality.size else 0
    text = tr("{name} has no usable reflectance here ({flags}): choose another place.")
    return text.format(name=info.name, flags=", ".join(describe(found)) or tr("no data"))


def _area(info: RasterInfo, window: Window, sampled: bool) -> PixelArea:
    middle = (window.col_off + window.width / 2, window.row_off + window.height / 2)
    x, y = Affine(*info.drawn_transform) * middle
    longitude: Optional[float] = None
    latitude: Optional[float] = None
    if info.crs_wkt:
        true = Affine(*info.transform) * middle
        try:
            lons, lats = lunar_crs.to_lunar_lonlat(info.crs_wkt, *zip(true))
            if np.isfinite(lons[0]):
                longitude, latitude = lons[0], lats[0]
        except LunarOxideError:
            longitude = latitude = None
    return PixelArea(
        column=int(window.col_off),
        row=int(window.row_off),
        columns=int(window.width),
        rows=int(window.height),
        x=float(x),
        y=float(y),
        longitude_deg=longitude,
        latitude_deg=latitude,
        sampled=sampled,
    )


def _stations(model: OxideModel) -> Tuple[Optional[ModelStations], str]:
    """Stations to compare with, or None and the reason why there are none."""
    try:
        stations = model_stations(model.description)
    except SitesError as error:
        return None, str(error)
    return stations, stations.note
