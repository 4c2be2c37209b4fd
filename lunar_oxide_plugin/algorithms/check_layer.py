"""Style of a prediction check: each site coloured by its residual in units of the uncertainty."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from qgis.core import QgsMarkerSymbol, QgsRuleBasedRenderer, QgsVectorLayer

from ..core.chemistry.oxides import FEO, OXIDES, UNIT, Z90, Oxide
from ..core.sites.sample_sites import IN_SITU
from ..core.translation import tr
from .layer_metadata import summarise
from .site_layers import html_field, label, name_crs

#: Residual over uncertainty: upper limit and colour of each class, low to high (Paul Tol's
#: "sunset", which colour-blind readers can distinguish).
LIMITS: Tuple[Tuple[float, str], ...] = (
    (-2.0 * Z90, "#364b9a"),
    (-Z90, "#6ea6cd"),
    (Z90, "#eaeccc"),
    (2.0 * Z90, "#f67e4b"),
    (float("inf"), "#a50026"),
)

#: Sites that an instrument on the Moon has analysed.
_ON_THE_MOON = f"coalesce(\"sample_kind\", '') LIKE '{IN_SITU}%'"

#: The oxide that is shown first: the best determined one.
FIRST = FEO


def style_check(layer: QgsVectorLayer) -> None:
    """Colour the sites by residual over uncertainty, with one style for each oxide.

    The styles have the names of the oxides; the user changes between them in the layer's context
    menu or the panel of styles.
    """
    oxides = [oxide for oxide in OXIDES if layer.fields().indexOf(f"{oxide.key}_z") >= 0]
    if not oxides:
        return
    first = FIRST if FIRST in oxides else oxides[0]
    styles = layer.styleManager()
    current = styles.currentStyle()
    for oxide in oxides:
        if oxide.pretty != current:
            styles.removeStyle(oxide.pretty)
    if current in ("default", *(oxide.pretty for oxide in oxides)):
        styles.renameStyle(current, first.pretty)
    else:  # a style that the user made stays in the list
        styles.addStyleFromLayer(first.pretty)
        styles.setCurrentStyle(first.pretty)
    for oxide in [each for each in oxides if each is not first]:
        _style_oxide(layer, oxide, oxides)
        styles.addStyleFromLayer(oxide.pretty)
    _style_oxide(layer, first, oxides)


def _style_oxide(layer: QgsVectorLayer, oxide: Oxide, oxides: Sequence[Oxide]) -> None:
    layer.setRenderer(_renderer(oxide))
    layer.setMapTipTemplate(check_map_tip(oxides))
    label(layer, "station_id")
    name_crs(layer)
    summarise(
        layer,
        tr(
            "{oxide}: predicted minus measured, divided by the uncertainty of the prediction. "
            "Nine sites in ten should lie between -{z:.2f} and {z:.2f}. Circles were seen in "
            "training: they show the fit; only diamonds validate."
        ).format(oxide=oxide.name, z=Z90),
    )


def _renderer(oxide: Oxide) -> QgsRuleBasedRenderer:
    """Colours by residual over uncertainty below outlines by seen or not."""
    root = QgsRuleBasedRenderer.Rule(None)
    field = f'"{oxide.key}_z"'
    low = float("-inf")
    for high, colour in LIMITS:
        conditions = [f"{field} IS NOT NULL"]
        conditions += [] if low == float("-inf") else [f"{field} >= {low!r}"]
        conditions += [] if high == float("inf") else [f"{field} < {high!r}"]
        text = _class_text(oxide, low, high)
        root.appendChild(_rule(_disc(colour), " AND ".join(conditions), text))
        low = high
    missing = tr("{oxide}: no measurement or no uncertainty").format(oxide=oxide.pretty)
    root.appendChild(_rule(_disc("#ffffff"), f"{field} IS NULL", missing))
    for shape, condition, text in _outlines():
        root.appendChild(_rule(_outline(shape), condition, text))
    return QgsRuleBasedRenderer(root)


def _class_text(oxide: Oxide, low: float, high: float) -> str:
    if low == float("-inf"):
        text = tr("{oxide} far too low (below {high:.1f} sigma)")
    elif high == float("inf"):
        text = tr("{oxide} far too high (above {low:.1f} sigma)")
    elif high < 0.0:
        text = tr("{oxide} too low ({low:.1f} to {high:.1f} sigma)")
    elif low > 0.0:
        text = tr("{oxide} too high ({low:.1f} to {high:.1f} sigma)")
    else:
        text = tr("{oxide} inside the 90 % interval ({low:.1f} to {high:.1f} sigma)")
    return text.format(oxide=oxide.pretty, low=low, high=high)


def _outlines() -> List[Tuple[str, str, str]]:
    return [
        ("circle", f'"seen_in_training" AND NOT {_ON_THE_MOON}', tr("seen in training (fitted)")),
        ("diamond", f'NOT "seen_in_training" AND NOT {_ON_THE_MOON}', tr("not seen (validation)")),
        (
            "square",
            f'"seen_in_training" IS NULL AND NOT {_ON_THE_MOON}',
            tr("unknown whether seen"),
        ),
        ("triangle", _ON_THE_MOON, tr("analysed on the Moon (in no metric)")),
    ]


def _rule(symbol: QgsMarkerSymbol, condition: str, text: str) -> QgsRuleBasedRenderer.Rule:
    return QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, text)


def _disc(colour: str) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": colour, "size": "2.6", "outline_color": "#202020"}
    )


def _outline(shape: str) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": "0,0,0,0",
            "size": "4.4" if shape == "circle" else "5.4",
            "outline_color": "#202020",
            "outline_width": "0.5",
        }
    )


def check_map_tip(oxides: Sequence[Oxide]) -> str:
    """HTML of the map tip: measured and predicted in wt%, residual over uncertainty, its use."""
    head = (UNIT, tr("measured"), tr("predicted"), tr("residual / sigma"))
    number = "<td align='right'>[% coalesce(format_number(\"{0}\", {1}), '-') %]</td>"
    rows = "".join(
        f"<tr><td>{oxide.pretty}</td>"
        + "".join(
            number.format(f"{oxide.key}_{what}", digits)
            for what, digits in (("measured_wt", 2), ("predicted_wt", 2), ("z", 1))
        )
        + "</tr>"
        for oxide in oxides
    )
    seen = (
        f"[% CASE WHEN {_ON_THE_MOON} THEN '{tr('analysed on the Moon (in no metric)')}' "
        f"WHEN \"seen_in_training\" THEN '{tr('seen in training (fitted)')}' WHEN NOT "
        f"\"seen_in_training\" THEN '{tr('not seen (validation)')}' ELSE "
        f"'{tr('unknown whether seen')}' END %]"
    )
    header = "".join(f"<th>{text}</th>" for text in head)
    return (
        f"<b>{html_field('station_id')}</b> {html_field('name')}<br>{html_field('mission')}: {seen}"
        f"<table><tr>{header}</tr>{rows}</table>{html_field('quality_text')}"
    )
