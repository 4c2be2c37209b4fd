"""Check a request before a prediction: raster, model, bands, extent."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Tuple

from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.layout import Content, PredictionLayout, SigmaKind, Uncertainty
from ..chemistry.new_place import NewPlaceSkill, skill_tag
from ..errors import (
    BandMappingError,
    DiskError,
    RasterError,
    kept_in,
    note_kept,
    system_error,
)
from ..files import require_other_file
from ..models.model_choice import advice_on_model
from ..models.oxide_model import OxideModel
from ..moon import lunar_crs
from ..polygons.mask import PolygonMask, polygon_mask
from ..polygons.shapes import RegionLayer
from ..progress import Progress
from ..rasters.bands import BandMapping, map_bands
from ..rasters.extent import extent_window
from ..rasters.grid import Grid, require_georeference
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_source import RasterSource
from ..rasters.sensors.recognition import require_same_sensor
from ..rasters.source_files import files_behind
from ..version import SOFTWARE
from .block_prediction import predict_block
from .raster_run import PredictionRun
from .request import Bounds, PixelWindow, PredictionRequest

__all__ = [
    "PixelWindow",
    "PredictionPlan",
    "PredictionRequest",
    "PredictionSummary",
    "choose_bands",
    "plan_prediction",
    "predict_block",
    "predict_raster",
    "request_window",
]


@dataclass(frozen=True)
class PredictionSummary:
    """The result of a prediction.

    Attributes
    ----------
    output : str
    valid_pixels, total_pixels : int
        Pixels with a prediction in the output, and all pixels of it.
    outside_domain : int
        Pixels whose spectrum is unlike all training spectra: of the valid ones, or, in an output
        without quality flags, besides them, since it leaves them out.
    mapping : BandMapping
    layout : PredictionLayout
        Of the output's bands.
    model_title : str
    data_origin : str
        The source's statement on the origin of its values; may be empty.
    new_place : mapping of oxide name to NewPlaceSkill
        What each map tells at a new place; empty where the model does not say.
    has_domain : bool
        Whether the model says which spectra are unlike its training, also if the output does not.
    """

    output: str
    valid_pixels: int
    total_pixels: int
    outside_domain: int
    mapping: BandMapping
    layout: PredictionLayout
    model_title: str
    data_origin: str
    new_place: Mapping[str, NewPlaceSkill] = field(default_factory=dict)
    has_domain: bool = True

    @property
    def outside_share(self) -> float:
        """Share of the predicted pixels whose spectrum is unlike all training spectra."""
        left_out = 0 if self.layout.has_quality else self.outside_domain
        return self.outside_domain / max(1, self.valid_pixels + left_out)


@dataclass(frozen=True)
class PredictionPlan:
    """A checked request with its bands, layout and area.

    Attributes
    ----------
    mapping : BandMapping
    layout : PredictionLayout
    area : PixelWindow
        Pixels of the raster.
    identity : mapping
        Everything that determines the pixels, as JSON.
    model_title, data_origin : str
    new_place : mapping of oxide name to NewPlaceSkill
    has_domain : bool
        Whether the model says which spectra are unlike its training.
    """

    mapping: BandMapping
    layout: PredictionLayout
    area: PixelWindow
    identity: Mapping[str, Any]
    model_title: str
    data_origin: str
    new_place: Mapping[str, NewPlaceSkill]
    has_domain: bool

    def summary(
        self, output: str, valid: int, outside: int, progress: Progress
    ) -> PredictionSummary:
        """The result, given the numbers of pixels with a prediction and outside the domain."""
        if valid == 0:
            progress.warn(
                "The map is empty: every pixel of the raster is no data, shadow, saturated, or no "
                "reflectance that rock can have; check its bands, its scale and the extent."
            )
        if not self.layout.has_quality:
            progress.info(
                "The map has no quality flags, so pixels with a flag that makes their numbers "
                f"doubtful are no data; {outside} of them have spectra unlike all sampled ones."
            )
        return PredictionSummary(
            output=output,
            valid_pixels=valid,
            total_pixels=self.area.width * self.area.height,
            outside_domain=outside,
            mapping=self.mapping,
            layout=self.layout,
            model_title=self.model_title,
            data_origin=self.data_origin,
            new_place=self.new_place,
            has_domain=self.has_domain,
        )


def predict_raster(request: PredictionRequest, progress: Progress) -> PredictionSummary:
    """Run a model over a raster.

    Parameters
    ----------
    request : PredictionRequest
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    PredictionSummary

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no file is left under the output's name.
    Cancelled
        If the user stopped it; the message says what is kept for a later run.
    """
    with _disk_errors(request), _prepared(request, progress) as (run, plan):
        outcome = run.run(progress)
    return plan.summary(request.output, outcome.valid, outcome.outside, progress)


def plan_prediction(request: PredictionRequest, progress: Progress) -> PredictionPlan:
    """Check a request against its raster and model without predicting anything.

    Raises
    ------
    LunarOxideError
    """
    with _disk_errors(request), _prepared(request, progress) as (run, plan):
        run.judge(progress)
    return plan


@contextmanager
def _disk_errors(request: PredictionRequest) -> Iterator[None]:
    """Turn errors of the operating system into one sentence for the user."""
    try:
        yield
    except OSError as error:
        refused = DiskError(system_error(error, request.raster.name))
        if kept_in(error):
            note_kept(refused, kept_in(error))
        raise refused from error


@contextmanager
def _prepared(
    request: PredictionRequest, progress: Progress
) -> Iterator[Tuple[PredictionRun, PredictionPlan]]:
    """The run and the plan of a request, with its raster open."""
    model = OxideModel(
        Path(request.model),
        device=request.device,
        uncertainty=request.uncertainty,
        content=request.content,
    )
    with RasterSource(request.raster) as source:
        _require_lunar(source.info, progress)
        require_other_file(request.output, files_behind(request.raster.path, request.model))
        mapping = choose_bands(model, source.info, request.raster.bands)
        mapping.report(progress)
        note = uncertainty_note(model, request.uncertainty)
        if note and request.content is not Content.OXIDES:
            progress.warn(note)
        if request.window is None:
            area = request_window(source.info, request.extent, request.extent_wkt)
        else:
            area = Window(*astuple(request.window))
        mask = None
        if request.mask is not None:
            mask = _mask(request.mask, source)
            area = _within(area, mask, source.info.name)
        run = PredictionRun(
            source=source,
            model=model,
            mapping=mapping,
            area=area,
            tags=_tags(request, source.info, model, mapping),
            request=request,
            mask=mask,
        )
        yield (
            run,
            PredictionPlan(
                mapping=mapping,
                layout=model.outputs,
                area=PixelWindow(*map(int, area.flatten())),
                identity=run.identity(),
                model_title=model.identity.title,
                data_origin=source.info.data_origin,
                new_place=model.description.new_place,
                has_domain=model.computed.has_domain,
            ),
        )


def uncertainty_note(model: OxideModel, wanted: Uncertainty) -> str:
    """A sentence if a model does not give the wanted uncertainty; empty if it does.

    Parameters
    ----------
    model : OxideModel
    wanted : Uncertainty

    Returns
    -------
    str
    """
    given, title = model.description.sigmas, model.identity.title
    if not given:
        return ""
    if wanted is not Uncertainty.NEAR_SAMPLES and SigmaKind.NEW_PLACE not in given:
        return (
            f"{title} does not say how uncertain it is at a new place: the intervals of this map "
            f"hold {given[0].title}, and are too narrow elsewhere."
            if given[0] is SigmaKind.NEAR_SAMPLES
            else f"{title} does not say how uncertain it is at a new place: the intervals of this "
            "map are as the model's author states them."
        )
    if wanted is not Uncertainty.NEW_PLACE and given == (SigmaKind.NEW_PLACE,):
        return (
            f"{title} gives no uncertainty near sampled geology: the map has that at a new place."
        )
    return ""


def choose_bands(
    model: OxideModel, info: RasterInfo, chosen: Optional[Sequence[int]]
) -> BandMapping:
    """Map the model's bands to the raster's.

    Parameters
    ----------
    model : OxideModel
    info : RasterInfo
    chosen : sequence of int or None

    Returns
    -------
    BandMapping

    Raises
    ------
    BandMappingError
    """
    if model.description.is_foreign and not chosen:
        raise BandMappingError(
            f"The model {model.identity.file_name} does not describe its bands: give BANDS, the "
            f"raster band numbers for its {len(model.description.bands)} inputs in order."
        )
    description = model.description
    centres = [band.wavelength_nm for band in description.bands]
    advice = advice_on_model(info.sensor)
    require_same_sensor(
        centres, description.sensor, info.sensor, info.name, info.centres_nm, advice
    )
    return map_bands(description.bands, info.bands, chosen, info.sensor)


def request_window(info: RasterInfo, extent: Optional[Bounds], wkt: str = "") -> Window:
    """Pixels of a raster that an extent touches; all of them without an extent.

    Parameters
    ----------
    wkt : str
        CRS of the extent; empty for the raster's own.

    Raises
    ------
    RasterError
        If they do not overlap in one window.
    """
    if extent is None:
        return Window(0, 0, info.width, info.height)
    return extent_window(info, extent, wkt)


def _mask(layer: RegionLayer, source: RasterSource) -> PolygonMask:
    """The polygons on the raster's pixels."""
    info = source.info
    require_georeference(info.crs_wkt, info.transform, info.name)
    if source.crs is None:
        raise RasterError(f"{info.name} has no CRS, so no polygon can be placed on it.")
    grid = Grid(info.width, info.height, Affine(*info.transform), source.crs)
    return polygon_mask(layer, grid, info.name)


def _within(area: Window, mask: PolygonMask, name: str) -> Window:
    """The part of an area that the polygons reach."""
    top, left, bottom, right = mask.bounds
    top, left = max(top, int(area.row_off)), max(left, int(area.col_off))
    bottom = min(bottom, int(area.row_off + area.height))
    right = min(right, int(area.col_off + area.width))
    if top >= bottom or left >= right:
        raise RasterError(
            f"No polygon of the mask lies in the extent that is asked for on {name}: choose "
            "another extent, or leave it out."
        )
    return Window(left, top, right - left, bottom - top)


def _require_lunar(info: RasterInfo, progress: Progress) -> None:
    lunar_crs.require_moon(info.crs_wkt, f"The raster {info.name}")
    for note in info.notes:
        progress.warn(note)
    try:
        require_georeference(info.crs_wkt, info.transform, info.name)
    except RasterError as error:
        progress.warn(f"The maps have the raster's pixels, but no place on the Moon: {error}")


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
        "SOURCE_RASTER": request.raster.name,
        "BAND_MAPPING": "; ".join(map(str, mapping.matches)),
        "CONTENT": request.content.value,
        "ENCODING": request.encoding.value,
    }
    if not model.outputs.has_quality:
        tags["LEFT_OUT"] = "pixels with a quality flag, since the map has no quality band"
    if description.training_stations is not None:
        tags["TRAINING_STATIONS"] = ",".join(description.training_stations)
    if description.license:
        tags["MODEL_LICENSE"] = description.license
    if model.outputs.sigmas:
        tags["SIGMA_KINDS"] = ", ".join(kind.value for kind in model.outputs.sigmas)
    if description.new_place:
        tags["NEW_PLACE"] = skill_tag(description.new_place)
    if info.data_origin:
        tags["DATA_ORIGIN"] = info.data_origin
    if request.model_choice:
        tags["MODEL_CHOICE"] = request.model_choice
    return tags
