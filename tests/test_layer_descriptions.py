"""Layers tell what they are: aliases with units, metadata, the style of a prediction check."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsRasterLayer,
    QgsRenderContext,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms.field_names import UNITS, field_alias
from lunar_oxide_plugin.algorithms.layer_metadata import SUMMARY
from lunar_oxide_plugin.core.chemistry.oxides import Z90
from tests.test_result_groups import (  # noqa: F401 - fixtures
    LOADING,
    oxides,
    project,
    run_and_load,
    scene_oxides,
)


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("feo_predicted_wt", "FeO predicted (wt%)"),
        ("tio2_measured_sigma_wt", "TiO₂ uncertainty of the measurement (sigma) (wt%)"),
        ("sio2_z", "SiO₂ residual / uncertainty"),
        ("tio2_wt", "TiO₂ (wt%)"),
        ("mg_number", "Mg#"),
        ("grain_density_sigma", "Density uncertainty (sigma) (g/cm3)"),
        ("feo_tio2_p05", "FeO/TiO₂ 5th percentile"),
        ("position_error_m", "Uncertainty of the position (m)"),
        ("longitude_deg", "Longitude (°)"),
        ("area_km2", "Area (km²)"),
        ("cao_from_1548nm_wt", "CaO due to 1548 nm (wt%)"),
        ("near2_al2o3_wt", "Nearest station 2: Al₂O₃ (wt%)"),
        ("r414_p95", "Reflectance at 414 nm 95th percentile"),
        ("m", "M"),
        ("something_new_km", "Something new (km)"),
    ],
)
def test_columns_get_readable_names_with_units(name, alias):
    assert field_alias(name) == alias


@settings(max_examples=40)
@given(
    words=st.lists(st.text("abcdefghij0123456789", min_size=1, max_size=6), min_size=1, max_size=4),
    unit=st.sampled_from(sorted(UNITS)),
)
def test_every_column_has_a_name_and_none_loses_its_unit(words, unit):
    alias = field_alias("_".join([*words, unit]))
    assert alias.endswith(f"({UNITS[unit]})")
    assert "_" not in alias


@pytest.mark.parametrize("name", LOADING)
def test_layers_of_every_algorithm_describe_themselves(name, project, oxides, tmp_path):  # noqa: F811
    files = {"oxides": str(oxides), "other": str(oxides)}
    if name == "comparerasters":
        files["other"] = str(tmp_path / "other.tif")
        (tmp_path / "other.tif").write_bytes(oxides.read_bytes())
    run_and_load(name, **LOADING[name](files, tmp_path / "out"))
    layers = list(project.mapLayers().values())
    assert layers
    for layer in layers:
        metadata = layer.metadata()
        assert metadata.title() and len(metadata.abstract()) > 60
        assert any(re.search(r"\(\d{4}\)", text) for text in metadata.rights()), metadata.rights()
        assert metadata.licenses() and metadata.crs() == layer.crs()
        history = "\n".join(metadata.history())
        assert "Lunar Oxide" in history and f"qgis_process run lunaroxide:{name}" in history
        if isinstance(layer, QgsVectorLayer):
            for place, field in enumerate(layer.fields()):
                alias = layer.attributeAlias(place)
                assert alias and "_" not in alias, field.name()
                assert field.name().split("_")[-1] not in UNITS or alias.endswith(")")
            assert layer.mapTipTemplate()
        elif name != "mosaictiles":
            assert isinstance(layer, QgsRasterLayer)
            assert "LUNAR" not in history and layer.customProperty(SUMMARY) in metadata.abstract()


def test_metadata_state_rules_and_model(project, oxides, tmp_path):  # noqa: F811
    run_and_load("derivedproducts", INPUT=str(oxides), OUTPUT=str(tmp_path / "products.tif"))
    layer = next(iter(project.mapLayers().values()))
    metadata = layer.metadata()
    assert "100 x molar MgO/(MgO + FeO)" in metadata.abstract()
    assert metadata.identifier().startswith("sha256:")
    assert any(line.startswith("Model title: ") for line in metadata.history())


@pytest.fixture
def checked(project, oxides, tmp_path):  # noqa: F811
    output = str(tmp_path / "check.gpkg")
    run_and_load("checkpredictions", INPUT=str(oxides), WINDOW=1, OUTPUT=output)
    (layer,) = project.mapLayers().values()
    return layer


def colour_at(layer, feature):
    """Fill colour of the symbol that is drawn below the others for a feature."""
    context = QgsRenderContext()
    context.expressionContext().appendScopes(
        QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    )
    context.expressionContext().setFeature(feature)
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    symbols = renderer.symbolsForFeature(feature, context)
    found = [symbol.color().name() for symbol in symbols if symbol.color().alpha()]
    count = len(symbols)
    renderer.stopRender(context)
    assert len(found) == 1 and count == 2
    return found[0]


@pytest.mark.parametrize(
    ("z", "colour"),
    [
        (-9.0, "#364b9a"),
        (-2.5, "#6ea6cd"),
        (-Z90 + 1e-9, "#eaeccc"),
        (0.0, "#eaeccc"),
        (1.7, "#f67e4b"),
        (5.0, "#a50026"),
        (None, "#ffffff"),
    ],
)
@pytest.mark.parametrize("style", ["FeO", "SiO₂"])
def test_a_check_is_coloured_by_residual_over_uncertainty(checked, style, z, colour):
    styles = checked.styleManager()
    assert sorted(styles.styles()) == sorted(["TiO₂", "FeO", "Al₂O₃", "MgO", "CaO", "SiO₂"])
    assert styles.currentStyle() == "FeO"
    styles.setCurrentStyle(style)
    feature = next(checked.getFeatures())
    field = {"FeO": "feo_z", "SiO₂": "sio2_z"}[style]
    other = {"FeO": "sio2_z", "SiO₂": "feo_z"}[style]
    feature[field], feature[other] = z, 0.0 if z else 9.0
    assert colour_at(checked, feature) == colour
    assert checked.attributeAlias(checked.fields().indexOf("feo_z"))


def test_the_map_tip_of_a_check_has_numbers_and_their_use(checked):
    feature = next(checked.getFeatures())
    feature["feo_measured_wt"], feature["feo_predicted_wt"], feature["feo_z"] = 17.25, 15.5, -2.34
    feature["seen_in_training"], feature["name"] = False, "<i>a & b"
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(checked))
    context.setFeature(feature)
    html = QgsExpression.replaceExpressionText(checked.mapTipTemplate(), context)
    assert "<td align='right'>17.25</td><td align='right'>15.50</td>" in html
    assert "-2.3" in html and "not seen (validation)" in html
    assert "&lt;i&gt;a &amp; b" in html


def test_a_check_repeated_keeps_a_style_of_the_user(checked, oxides):  # noqa: F811
    styles = checked.styleManager()
    styles.addStyleFromLayer("mine")
    styles.setCurrentStyle("mine")
    run_and_load("checkpredictions", INPUT=str(oxides), WINDOW=3, OUTPUT=checked.source())
    assert styles.currentStyle() == "FeO"
    assert sorted(styles.styles())[-2:] == ["TiO₂", "mine"]
    assert len(styles.styles()) == 7
