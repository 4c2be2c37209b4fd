"""What a model is, and what a raster holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Mapping, Optional, Tuple

from ..errors import LunarOxideError
from ..progress import Progress
from .run import AnyPath, AnyRaster, progress_or_log, protected, raster_of

if TYPE_CHECKING:
    from ..models.model_description import ModelDescription
    from ..models.oxide_model import ModelIdentity
    from ..reports.model_card import ModelCard


@dataclass(frozen=True)
class DescribedModel:
    """A model file.

    Attributes
    ----------
    description : ModelDescription
    identity : ModelIdentity
    card : ModelCard
    text : str
        The card in lines of plain text.
    """

    description: ModelDescription
    identity: ModelIdentity
    card: ModelCard
    text: str


@dataclass(frozen=True)
class DescribedBand:
    """A band of a raster.

    Attributes
    ----------
    number : int
        From 1.
    name, unit : str
        As the file describes it; may be empty.
    dtype : str
    scale, offset : float
        value = number * scale + offset.
    nodata : float or None
    wavelength_nm : float or None
        Of reflectance.
    """

    number: int
    name: str
    unit: str
    dtype: str
    scale: float
    offset: float
    nodata: Optional[float]
    wavelength_nm: Optional[float]


@dataclass(frozen=True)
class DescribedRaster:
    """A raster.

    Attributes
    ----------
    path : str
    width, height : int
        Pixels.
    crs_wkt : str
        Empty where it has none.
    transform : tuple of float
        Affine coefficients (a, b, c, d, e, f).
    bands : tuple of DescribedBand
    oxides, sigmas : tuple of str
        Those of a prediction, and the kinds of its uncertainties; empty for other rasters.
    sensor : str
        Of reflectance, where it is recognised.
    data_origin : str
        What the file says of the origin of its values.
    tags : mapping of str to str
        The plugin's own: model, software, source raster ...
    notes : tuple of str
        Corrections made when the raster was opened.
    """

    path: str
    width: int
    height: int
    crs_wkt: str
    transform: Tuple[float, ...]
    bands: Tuple[DescribedBand, ...]
    oxides: Tuple[str, ...] = ()
    sigmas: Tuple[str, ...] = ()
    sensor: str = ""
    data_origin: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    notes: Tuple[str, ...] = ()


def describe_model(
    model: AnyPath = "",
    output: Optional[AnyPath] = None,
    *,
    progress: Optional[Progress] = None,
) -> DescribedModel:
    """Describe a model: its identity, training, validation and known weaknesses.

    Parameters
    ----------
    model : path
        Name of a bundled model, or path of an .onnx file; the first bundled one by default.
    output : path, optional
        HTML page to write.
    progress : Progress, optional

    Returns
    -------
    DescribedModel

    Raises
    ------
    LunarOxideError
    """
    from ..models.model_library import model_file
    from ..models.oxide_model import OxideModel
    from ..models.speed import measure_speed
    from ..reports.model_card import model_card
    from ..reports.model_card_page import render_text, write_card

    progress = progress_or_log(progress)
    file = model_file(str(model))
    with protected([file], [output], pages=[output]):
        opened = OxideModel(file)
        card = model_card(opened, measure_speed(opened))
        for warning in card.warnings:
            progress.warn(warning)
        if output:
            write_card(card, Path(output))
    return DescribedModel(opened.description, opened.identity, card, render_text(card))


def describe_raster(raster: AnyRaster, *, crs: str = "") -> DescribedRaster:
    """Describe a raster, reflectance or map, without reading its pixels.

    Parameters
    ----------
    raster : path or RasterInput
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.

    Returns
    -------
    DescribedRaster

    Raises
    ------
    LunarOxideError
    """
    from ..rasters.opening import open_raster
    from ..rasters.prediction_bands import find_bands, own_tags
    from ..rasters.raster_info import describe

    source = raster_of(raster, crs)
    with open_raster(source) as dataset:
        info = describe(dataset, source.path)
        tags = own_tags(dataset.tags())
        names = [text or "" for text in dataset.descriptions]
        try:
            found = find_bands(names, source.name)
        except LunarOxideError:
            found = None
        bands = tuple(
            DescribedBand(
                number=band.number,
                name=names[band.number - 1] or band.description,
                unit=dataset.units[band.number - 1] or "",
                dtype=str(dataset.dtypes[band.number - 1]),
                scale=float(dataset.scales[band.number - 1]),
                offset=float(dataset.offsets[band.number - 1]),
                nodata=dataset.nodatavals[band.number - 1],
                wavelength_nm=centre,
            )
            for band, centre in zip(info.bands, info.centres_nm)
        )
    return DescribedRaster(
        path=source.path,
        width=info.width,
        height=info.height,
        crs_wkt=info.crs_wkt,
        transform=info.transform,
        bands=bands,
        oxides=() if found is None else tuple(found.oxides),
        sigmas=() if found is None else tuple(kind.value for kind in found.sigmas),
        sensor="" if info.sensor is None else info.sensor.title,
        data_origin=info.data_origin or tags.get("DATA_ORIGIN", ""),
        tags=tags,
        notes=info.notes,
    )
