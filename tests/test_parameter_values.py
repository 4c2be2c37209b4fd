"""Numbers and bands given to the algorithms: read, missing, or refused by name; never guessed."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBand,
    QgsProcessingParameterNumber,
    QgsProperty,
)
from qgis.PyQt.QtCore import QVariant

from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff

NULL_PROPERTY = QgsProperty.fromExpression("NULL")
NO_NUMBERS = ["0,01", "file", "1e", "1;2", "nan", "inf", "0.1 m", "1_0", "١", True, [1, 2]]
NO_BANDS = ["a", "1;b", "0", "-1", "1.5", "1,,2", [1, "x"], "١"]
NOTHING = [None, "", "  ", QVariant(), NULL_PROPERTY]


@pytest.fixture(scope="module")
def algorithms(run):
    return {
        a.name(): a
        for a in QgsApplication.processingRegistry().providerById("lunaroxide").algorithms()
    }


def parameters_of(algorithms, kind):
    found = [
        (name, definition.name())
        for name, algorithm in algorithms.items()
        for definition in algorithm.parameterDefinitions()
        if isinstance(definition, kind)
    ]
    assert found
    return found


def verdict(algorithm, name, value):
    """Whether a value passes the check, as far as this parameter is concerned, and the message."""
    fresh = algorithm.create()
    context = QgsProcessingContext()
    parameters = {"TILES": ["x"], name: value}
    _, message = fresh.checkParameterValues(parameters, context)
    return name not in message, message


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_refused_by_name_in_every_algorithm(algorithms, value):
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterNumber):
        passed, message = verdict(algorithms[algorithm], name, value)
        assert not passed, (algorithm, name)
        assert "no number" in message


@pytest.mark.parametrize("value", NO_BANDS, ids=repr)
def test_what_is_no_band_is_refused_by_name_in_every_algorithm(algorithms, value):
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterBand):
        passed, message = verdict(algorithms[algorithm], name, value)
        assert not passed, (algorithm, name)
        assert "is no band number" in message


@pytest.mark.parametrize("value", NOTHING, ids=repr)
def test_nothing_an_empty_text_and_null_are_not_given(algorithms, value):
    context = QgsProcessingContext()
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterNumber):
        fresh = algorithms[algorithm].create()
        default = fresh.parameterDefinition(name).defaultValue()
        assert verdict(fresh, name, value)[0], (algorithm, name)
        assert fresh.optional_number({name: value}, name, context) == default
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterBand):
        fresh = algorithms[algorithm].create()
        assert verdict(fresh, name, value)[0], (algorithm, name)
        assert fresh.parameterAsInts({name: value}, name, context) == []
        assert fresh.parameterAsInt({name: value}, name, context) == 0


def test_numbers_are_read_as_they_are_written_in_every_algorithm(algorithms):
    context = QgsProcessingContext()
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterNumber):
        fresh = algorithms[algorithm].create()
        definition = fresh.parameterDefinition(name)
        whole = definition.dataType() == QgsProcessingParameterNumber.Type.Integer
        number = max(definition.minimum(), 0.0) + (3 if whole else 0.25)
        for value in (
            number,
            repr(number),
            f" {number} ",
            QgsProperty.fromExpression(f"{number} * 1"),
        ):
            assert fresh.optional_number({name: value}, name, context) == number
            assert verdict(fresh, name, value)[0]
        if whole:
            assert "whole number" in verdict(fresh, name, number + 0.5)[1]
        if definition.minimum() > -1e12:
            assert "range" in verdict(fresh, name, definition.minimum() - 1)[1]


@pytest.mark.parametrize(
    "value",
    [[3, 1, 2], "3,1,2", "3;1;2", "3; 1, 2", "3 1 2", ["3", "1", "2"], (3.0, 1.0, 2.0)],
    ids=repr,
)
def test_bands_mean_the_same_whatever_separates_them(algorithms, value):
    context = QgsProcessingContext()
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterBand):
        fresh = algorithms[algorithm].create()
        if fresh.parameterDefinition(name).allowMultiple():
            assert fresh.parameterAsInts({name: value}, name, context) == [3, 1, 2]
        else:
            assert "takes one band, not 3" in verdict(fresh, name, value)[1]
            assert fresh.parameterAsInt({name: "7"}, name, context) == 7


def test_a_broken_expression_is_refused_by_name(algorithms):
    for algorithm, name in parameters_of(algorithms, QgsProcessingParameterNumber):
        broken = QgsProperty.fromExpression("1 +")
        assert f"expression of {name}" in verdict(algorithms[algorithm], name, broken)[1]


def test_an_offset_with_a_comma_never_counts_as_zero(run, tmp_path):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(6, 7) - 500, offset=0.01)
    model = write_linear_model(tmp_path / "m.onnx")

    def feo(**more):
        output = tmp_path / "out.tif"
        run("predictoxides", INPUT=str(raster), MODEL_FILE=str(model), OUTPUT=str(output), **more)
        with rasterio.open(output) as dataset:
            return dataset.read(2)

    own = feo()
    np.testing.assert_array_equal(feo(OFFSET=""), own)
    np.testing.assert_array_equal(feo(OFFSET=NULL_PROPERTY), own)
    np.testing.assert_array_equal(feo(OFFSET="0.01"), own)
    np.testing.assert_array_equal(feo(BANDS="1,2,3,4,5,7,8,9"), own)
    assert (feo(OFFSET=0) != own).all()
    for wrong in ("0,01", "file"):
        with pytest.raises(
            QgsProcessingException, match=f"OFFSET is '{wrong}', which is no number"
        ):
            feo(OFFSET=wrong)
