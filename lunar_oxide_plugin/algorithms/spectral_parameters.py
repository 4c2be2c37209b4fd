"""`lunaroxide:spectralparameters`: classical FeO, TiO2, maturity, band depths and ratios."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, List, Mapping

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsRasterLayer,
)

from ..core.products.sensor_parameters import COMPOSITES
from ..core.products.spectral_parameters import SpectralParameter
from ..core.rasters.sensors.known import sensors_with_formulas
from ..core.translation import tr
from .input_algorithms import FormulaAlgorithm
from .layer_metadata import summarise
from .product_layers import style_composite
from .result_groups import (
    GroupLoader,
    StyledLayer,
    load_on_completion,
    with_origin,
)
from .result_layers import style_range
from .run import Run

AUTOMATIC = "Recognise"


class SpectralParameters(FormulaAlgorithm):
    """Computes published spectral parameters of a reflectance raster."""

    NAME = "spectralparameters"
    DISPLAY_NAME = "Spectral parameters"
    SUMMARY = (
        "Maps the classical spectral parameters of Kaguya MI or Clementine reflectance: FeO and "
        "TiO2 (wt%) from published formulas, optical maturity, band depths and ratios. They need "
        "no model and so give a second opinion on predicted oxides. Each formula holds for its own "
        "sensor only, and the wrong combination is refused. Where a formula has no meaning "
        "(shadow, negative angle) there is no value. Not reliable on steep slopes or beyond about "
        "60 degrees latitude."
    )
    CITATION = (
        "MI: FeO Lemelin et al. (2015), doi 10.1002/2014JE004778; TiO2 Otake et al. (2012), LPSC "
        "43, 1905; band depths Uemoto et al. (2010), LPSC 41, 1635. Clementine: Lucey et al. "
        "(2000), doi 10.1029/1999JE001117 and 10.1029/1999JE001110; maria Wilcox et al. (2005), "
        "doi 10.1029/2005JE002512. Ratios: Pieters et al. (1994), Science 266, 1844."
    )
    OUTPUT = "OUTPUT"
    HELP = {
        "INPUT": (
            "Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile, a Clementine UVVIS mosaic, or "
            "any raster with wavelengths in its metadata or band names."
        ),
        "SENSOR": (
            "Where the reflectance comes from. Recognise tells it by all bands of the raster, "
            "its label, its name and the scale of its numbers. A choice that contradicts the "
            "raster is refused."
        ),
        "BANDS": (
            "Raster band numbers in this order - MI: 414, 749, 950, 1049, 1248, 1548 nm; "
            "Clementine: 415, 750, 950 nm. Fewer give fewer parameters. Leave empty to find them "
            "by wavelength or name."
        ),
        "SCALE": (
            "Reflectance for one step of the raster's numbers, replacing the bands' own scale "
            "({scales})."
        ),
        "OFFSET": (
            "Reflectance where the raster's number is zero, replacing the bands' own offset "
            "(Clementine UVVIS mosaic: 6.3422227e-8)."
        ),
        **FormulaAlgorithm.EXTENT_HELP,
        OUTPUT: (
            "GeoTIFF with one band for each parameter that the raster's bands allow. The dataset's "
            "tags hold each formula, its source and where it is valid."
        ),
    }
    USED_SENSOR = "USED_SENSOR"
    OUTPUT_HELP = {
        USED_SENSOR: "The sensor whose formulas were used.",
        "FEO_PIXELS, TIO2_PIXELS": "Pixels with FeO and with TiO2.",
    }
    FEO_PIXELS = "FEO_PIXELS"
    TIO2_PIXELS = "TIO2_PIXELS"

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Reflectance raster")
        self.add(
            QgsProcessingParameterEnum(
                self.SENSOR,
                self.tr("Sensor"),
                options=[self.tr(AUTOMATIC), *(sensor.title for sensor in sensors_with_formulas())],
                defaultValue=0,
            )
        )
        self.add_bands("Bands, in the formulas' order")
        self.add_extent()
        self.add_scale_and_offset()
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Spectral parameters"))
        )
        self.addOutput(QgsProcessingOutputString(self.USED_SENSOR, self.tr("Sensor used")))
        self.add_numbers(
            (self.FEO_PIXELS, "Pixels with FeO"), (self.TIO2_PIXELS, "Pixels with TiO2")
        )

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compute, and load the result as styled layers."""
        output = run.output(self.OUTPUT)
        summary = self.compute(run, output)
        counts: Dict[str, int] = {}
        for parameter, count in zip(summary.parameters, summary.valid_pixels):
            # The first FeO and TiO2 of a sensor are the general formulas, not those for maria.
            counts.setdefault(parameter.key.split("_")[0], count)
            run.info(
                tr(
                    "{band_description}: {count} of {total_pixels} pixels; {formula} [{citation}]"
                ).format(
                    band_description=parameter.band_description,
                    count=count,
                    total_pixels=summary.total_pixels,
                    formula=parameter.formula,
                    citation=parameter.citation,
                )
            )
            if count < 0.9 * summary.reflectance_pixels:
                run.warn(
                    tr(
                        "{title} has no value at {count} of {reflectance_pixels} pixels with "
                        "reflectance: shadow, or its formula has no meaning there (R750 at or "
                        "below its origin)."
                    ).format(
                        title=parameter.title,
                        count=summary.reflectance_pixels - count,
                        reflectance_pixels=summary.reflectance_pixels,
                    )
                )
        name = with_origin(
            f"Spectral parameters ({summary.sensor.key}) - {self._raster_name}",
            summary.data_origin,
        )
        layers = GroupLoader(output, name, parameter_layers(dict(enumerate(summary.parameters, 1))))
        load_on_completion(run.context, output, layers)
        return {
            self.OUTPUT: output,
            self.USED_SENSOR: summary.sensor.title,
            self.FEO_PIXELS: counts.get("feo", 0),
            self.TIO2_PIXELS: counts.get("tio2", 0),
        }


def parameter_layers(parameters: Mapping[int, SpectralParameter]) -> List[StyledLayer]:
    """The layers of a result, topmost first: single parameters, then colour composites.

    Parameters
    ----------
    parameters : mapping of band number to SpectralParameter
    """
    bands = {parameter.key: number for number, parameter in parameters.items()}
    ranges = {p.key: (p.display_min, p.display_max) for p in parameters.values()}
    layers = [
        StyledLayer(
            parameter.band_description,
            partial(_style_parameter, band=bands[parameter.key], parameter=parameter),
            shown=place == 0,
        )
        for place, parameter in enumerate(parameters.values())
    ]
    for composite in COMPOSITES:
        if set(composite.keys) <= set(bands):
            style = partial(
                style_composite,
                bands=[bands[key] for key in composite.keys],
                ranges=[ranges[key] for key in composite.keys],
                abstract=f"{composite.title}; {composite.reading}.",
            )
            layers.append(StyledLayer(composite.title, style))
    return layers


def _style_parameter(layer: QgsRasterLayer, band: int, parameter: SpectralParameter) -> None:
    style_range(layer, band, parameter.display_min, parameter.display_max, parameter.unit)
    summarise(
        layer,
        f"{parameter.title}: {parameter.formula}. {parameter.citation}. Valid: "
        f"{parameter.validity}.",
    )
