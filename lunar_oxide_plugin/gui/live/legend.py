"""The legend of a live map: what is shown, its unit and range, flags, and the level of detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, List

from qgis.core import (
    QgsColorRampLegendNode,
    QgsColorRampLegendNodeSettings,
    QgsLayerTreeLayer,
    QgsLayerTreeModelLegendNode,
    QgsMapLayerLegend,
    QgsSimpleLegendNode,
)
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap

from ...algorithms.result_layers import FLAG_COLOURS, viridis_ramp
from ...core.chemistry.layout import PredictionLayout
from ...core.chemistry.oxides import OXIDES
from ...core.live.colours import FlagStyle
from ...core.live.shown import Kind, Shown, classification
from ...core.translation import tr
from .engine import LiveReport

if TYPE_CHECKING:
    from .layer import LiveLayer

#: Side of a colour's square in pixels.
_ICON = 14


class LiveLegend(QgsMapLayerLegend):
    """Makes the legend's entries from the layer's present state.

    Parameters
    ----------
    layer : LiveLayer
        Owns the legend.
    """

    def __init__(self, layer: LiveLayer) -> None:
        super().__init__()
        self._layer = layer

    def createLayerTreeModelLegendNodes(  # noqa: N802 - QGIS's name
        self,
        nodeLayer: QgsLayerTreeLayer,  # noqa: N803 - QGIS's name
    ) -> List[QgsLayerTreeModelLegendNode]:
        """New entries; QGIS owns them."""
        layer = self._layer
        if sip.isdeleted(layer):
            return []
        shown, style = layer.shown, layer.live_style
        nodes = [_text(nodeLayer, shown_title(shown, layer.layout), "title")]
        if shown.kind is Kind.RAMP:
            low, high = style.range_of(shown)
            settings = QgsColorRampLegendNodeSettings()
            settings.setSuffix(f" {shown.unit}" if shown.unit else "")
            nodes.append(QgsColorRampLegendNode(nodeLayer, viridis_ramp(), settings, low, high))
        rule = classification(shown)
        for own in rule.classes if rule is not None else ():
            nodes.append(_square(nodeLayer, tr(own.label), own.colour))
        if shown.kind is Kind.FLAGS or style.flags is FlagStyle.COLOURED:
            nodes += [_square(nodeLayer, tr(flag.label), colour) for flag, colour in FLAG_COLOURS]
        for number, line in enumerate(notes(layer.report, shown)):
            nodes.append(_text(nodeLayer, line, f"note{number}"))
        for node in nodes:
            # Otherwise Python deletes them at the end of this call.
            sip.transferto(node, None)
        return nodes


def shown_title(shown: Shown, layout: PredictionLayout) -> str:
    """Name of what is shown, with subscripts and unit, and the kind of an uncertainty."""
    title = tr(shown.title)
    for oxide in OXIDES:
        title = title.replace(oxide.name, oxide.pretty)
    if shown.is_sigma and layout.sigma_kind is not None:
        title = f"{title}, {tr(layout.sigma_kind.title)}"
    return f"{title} ({shown.unit})" if shown.unit else title


def notes(report: LiveReport, shown: Shown) -> List[str]:
    """What readers of the map must know of it beside its colours; often nothing."""
    if report.problem:
        return [tr("Not drawn: the reason stands on the map")]
    found = []
    if shown.key in report.tells_little:
        found.append(tr("Tells little at a new place"))
    if report.factor > 1 and report.detail == "overviews":
        text = tr("Spectra of {count} x {count} pixels, averaged or sampled by the overviews")
        found.append(text.format(count=report.factor))
    elif report.factor > 1:
        text = tr("Sampled: one pixel of {count} x {count}")
        found.append(text.format(count=report.factor))
    return found


def _text(node: QgsLayerTreeLayer, text: str, key: str) -> QgsSimpleLegendNode:
    return QgsSimpleLegendNode(node, text, QIcon(), None, key)


def _square(node: QgsLayerTreeLayer, text: str, colour: str) -> QgsSimpleLegendNode:
    pixmap = QPixmap(_ICON, _ICON)
    pixmap.fill(QColor(colour))
    return QgsSimpleLegendNode(node, text, QIcon(pixmap), None, colour)
