"""Make a print layout of a prediction from the layers of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..core.chemistry.new_place import kind_words, skills_of_tag, weakened_by
from ..core.chemistry.oxides import UNIT, Oxide
from ..core.translation import tr
from ..core.version import SOFTWARE
from .graticule import add_graticule
from .layer_metadata import raster_tags
from .print_layout import Panel, Plate, build
from .raster_layer import raster_input
from .result_groups import GroupLoader, layer_file, shown_name
from .result_layers import band_layers as band_styles
from .site_layers import style_sites

if TYPE_CHECKING:
    from ..core.probe.map_summary import MapSummary
    from ..core.rasters.prediction_bands import PredictionBands

#: Property of a layout: the file of the prediction that it shows.
PREDICTION = "lunar_oxide/prediction"


@dataclass(frozen=True)
class PrintRequest:
    """What to print.

    Attributes
    ----------
    layer : QgsRasterLayer
        Any layer of the prediction.
    oxides : sequence of Oxide
        The panels; those that the prediction has are taken in their order, all for none.
    crs : QgsCoordinateReferenceSystem
        Of the map.
    extent : QgsRectangle or None
        In `crs`; None for the whole prediction.
    sites : QgsVectorLayer or None
    title : str
        Empty for the prediction's name.
    """

    layer: QgsRasterLayer
    oxides: Sequence[Oxide]
    crs: QgsCoordinateReferenceSystem
    extent: Optional[QgsRectangle] = None
    sites: Optional[QgsVectorLayer] = None
    title: str = ""


def print_map(project: QgsProject, request: PrintRequest) -> QgsPrintLayout:
    """Add a layout of a prediction to a project; its layers are added where they are missing.

    Parameters
    ----------
    project : QgsProject
    request : PrintRequest

    Returns
    -------
    QgsPrintLayout
        In the project's list of layouts.

    Raises
    ------
    QgsProcessingException, RasterError
        If the layer is no prediction, lacks the oxide, or the map shows no part of it.
    """
    from ..core.moon.map_frame import map_frame
    from ..core.probe.map_summary import map_summary

    layer = request.layer
    summary = map_summary(raster_input(layer))
    oxides = [o for o in summary.bands.present if not request.oxides or o in request.oxides]
    if not oxides:
        raise QgsProcessingException(
            tr("{layer} has no {oxides}: choose oxides that it maps ({present}).").format(
                layer=layer.name(),
                oxides=", ".join(oxide.name for oxide in request.oxides),
                present=", ".join(oxide.name for oxide in summary.bands.present),
            )
        )
    crs = request.crs if layer.crs().isValid() else QgsCoordinateReferenceSystem()
    whole = rectangle_in(project, layer.extent(), layer.crs(), crs, layer.name())
    extent = request.extent or whole
    if not extent.intersects(whole):
        raise QgsProcessingException(
            tr(
                "The extent shows no part of {layer}: zoom to it, or give an extent inside it."
            ).format(layer=layer.name())
        )
    if request.extent is None:
        extent.scale(1.08)
    frame = None
    if crs.isValid():
        wkt = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)
        bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        frame = map_frame(str(wkt), bounds)
    shown, quality = band_layers(project, layer, oxides, summary.bands)
    sites = _in_project(project, request.sites)
    keys: List[QgsMapLayer] = [each for each in (sites, quality) if each is not None]
    graticule = None
    if frame is not None and frame.has_pole:
        graticule = add_graticule(project, frame)
    on_top = [*keys[:-1], graticule, *keys[-1:]] if graticule is not None else keys
    panels = [
        Panel(_caption(oxide, summary), shown[oxide.name], [*on_top, shown[oxide.name]])
        for oxide in oxides
    ]
    title = request.title or tr("Oxides of the lunar surface, predicted from reflectance")
    plate = Plate(
        title=title,
        subtitle=shown_name(layer),
        panels=panels,
        extent=extent,
        crs=crs if crs.isValid() else layer.crs(),
        frame=frame,
        graticule=graticule,
        keys=keys,
        notes=notes(summary, oxides, frame is not None),
    )
    name = oxides[0].name if len(oxides) == 1 else tr("{count} oxides").format(count=len(oxides))
    layout = build(project, _free_name(project, f"{shown_name(layer)}: {name}"), plate)
    layout.setCustomProperty(PREDICTION, layer_file(layer))
    if not project.layoutManager().addLayout(layout):
        raise RuntimeError("QGIS refused a layout with a name of its own")
    return layout


def band_layers(
    project: QgsProject, layer: QgsRasterLayer, oxides: Sequence[Oxide], bands: PredictionBands
) -> Tuple[Dict[str, QgsRasterLayer], Optional[QgsRasterLayer]]:
    """The project's styled layers of a prediction: by oxide, and that of its quality flags.

    Missing ones are added to the project as the prediction's group.
    """
    found = _styled(project, layer)
    wanted = [bands.oxides[oxide.name] for oxide in oxides]
    if bands.quality is not None:
        wanted.append(bands.quality)
    if not set(wanted) <= set(found):
        numbers = {oxide: bands.oxides[oxide.name] for oxide in bands.present}
        skills = skills_of_tag(raster_tags(layer).get("NEW_PLACE", ""))
        styled = band_styles(numbers, bands.quality, bands.sigma_kind, skills)
        GroupLoader(layer_file(layer), shown_name(layer), styled).load(project, layer, None)
        found = _styled(project, layer)
    quality = None if bands.quality is None else found[bands.quality]
    return {oxide.name: found[bands.oxides[oxide.name]] for oxide in oxides}, quality


def _styled(project: QgsProject, layer: QgsRasterLayer) -> Dict[int, QgsRasterLayer]:
    """Layers of a prediction's file that show one band in colours, by band, the first of each."""
    found: Dict[int, QgsRasterLayer] = {}
    for node in project.layerTreeRoot().findLayers():
        other = node.layer()
        if not isinstance(other, QgsRasterLayer) or layer_file(other) != layer_file(layer):
            continue
        renderer = other.renderer()
        if renderer is not None and renderer.type() == "singlebandpseudocolor":
            found.setdefault(renderer.usesBands()[0], other)
    return found


def _caption(oxide: Oxide, summary: MapSummary) -> str:
    text = f"{oxide.pretty} ({UNIT})"
    if oxide.name in summary.half_width_wt:
        text += f" \u00b1 {summary.half_width_wt[oxide.name]:.1f}"
    if weakened_by([oxide.name], skills_of_tag(summary.tags.get("NEW_PLACE", ""))):
        text += tr(" (tells little)")
    return text


def notes(summary: MapSummary, oxides: Sequence[Oxide], placed: bool) -> List[str]:
    """What the page says about its maps: uncertainty, quality, model, data, software."""
    tags = summary.tags
    lines = []
    if summary.half_width_wt:
        lines.append(
            tr(
                "Legends: {unit}. \u00b1: half width of the 90 % interval {kind}, median of the "
                "map."
            ).format(unit=UNIT, kind=kind_words(summary.bands.sigma_kind))
        )
    else:
        lines.append(tr("Legends: {unit}. The model gives no uncertainty.").format(unit=UNIT))
    skills = skills_of_tag(tags.get("NEW_PLACE", ""))
    little = weakened_by([oxide.name for oxide in oxides], skills)
    if little:
        text = tr("{oxides}: the map tells little at a place that no mission has sampled.")
        lines.append(text.format(oxides=", ".join(little)))
    if "LEFT_OUT" in tags:
        lines.append(tr("Pixels with a flag that makes their numbers doubtful are left out."))
    if summary.flagged_share == 0.0:
        lines.append(tr("No predicted pixel carries a flag that makes its numbers doubtful."))
    elif summary.flagged_share is not None:
        # One decimal would show a small share as none.
        lines.append(
            tr(
                "{share} % of the predicted pixels carry a flag that makes their numbers doubtful, "
                "and are drawn in its colour."
            ).format(share=f"{100.0 * summary.flagged_share:.2g}")
        )
    if tags.get("MODEL_TITLE"):
        lines.append(
            tr("Model: {title}, version {version}.").format(
                title=tags["MODEL_TITLE"], version=tags.get("MODEL_VERSION") or "?"
            )
        )
    origin = tags.get("DATA_ORIGIN")
    source = tags.get("SOURCE_RASTER", "?")
    lines.append(
        tr("Reflectance: {source} ({origin}).").format(source=source, origin=origin)
        if origin
        else tr("Reflectance: {source}.").format(source=source)
    )
    if tags.get("MODEL_CITATION"):
        lines.append(tr("Cite: {citation}").format(citation=tags["MODEL_CITATION"]))
    if placed:
        lines.append(tr("Grid: east longitude and planetocentric latitude (IAU 2015)."))
    else:
        lines.append(tr("The map has no lunar CRS: no scale and no grid."))
    date = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)[:10]
    lines.append(f"{tags.get('SOFTWARE') or SOFTWARE}, {date}.")
    return lines


def rectangle_in(
    project: QgsProject,
    rectangle: QgsRectangle,
    source: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    name: str,
) -> QgsRectangle:
    """A rectangle in another CRS; unchanged where one of the two is not known.

    Parameters
    ----------
    project : QgsProject
    rectangle : QgsRectangle
    source, target : QgsCoordinateReferenceSystem
    name : str
        Of the layer, for the message.

    Returns
    -------
    QgsRectangle

    Raises
    ------
    QgsProcessingException
        If QGIS has no transformation.
    """
    if not source.isValid() or not target.isValid() or source == target:
        return QgsRectangle(rectangle)
    transform = QgsCoordinateTransform(source, target, project)
    # QGIS returns coordinates unchanged where it has no transformation, e.g. between two bodies.
    if transform.isValid():
        try:
            moved = transform.transformBoundingBox(rectangle)
            if moved.isFinite():
                return moved
        except QgsCsException:
            pass
    raise QgsProcessingException(
        tr(
            "QGIS knows no way from the CRS of {layer} to that of the map: choose a lunar CRS for "
            "the map."
        ).format(layer=name)
    )


def _in_project(project: QgsProject, layer: Optional[QgsVectorLayer]) -> Optional[QgsVectorLayer]:
    """A layer of the project, which is added if it was opened for this run alone."""
    if layer is None or project.mapLayer(layer.id()) is not None:
        return layer
    own = layer.clone()
    if {"station_id", "mission"} <= {field.name() for field in own.fields()}:
        style_sites(own)  # a file has no style of its own
    if project.addMapLayer(own, False) is None:
        raise RuntimeError("QGIS refused a copy of a layer")
    project.layerTreeRoot().insertLayer(0, own)
    return own


def _free_name(project: QgsProject, name: str) -> str:
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    number = 2
    free = name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free
