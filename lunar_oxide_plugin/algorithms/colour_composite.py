"""`lunaroxide:colourcomposite`: reflectance as colour ratios or natural-like colours."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, List, Sequence

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsRasterLayer,
)

from ..core.products.sensor_parameters import (
    COLOUR_COMPOSITES,
    NATURAL_COLOURS,
    Composite,
    channels,
)
from ..core.products.spectral_parameters import SpectralParameter
from ..core.rasters.sensors.known import sensors_with_formulas
from .input_algorithms import FormulaAlgorithm
from .product_layers import Range, style_composite
from .reflectance_style import percentiles
from .result_groups import LayerLoader, load_on_completion, with_origin
from .run import Run

AUTOMATIC = "Recognise"


class ColourComposite(FormulaAlgorithm):
    """Makes a picture of three channels from reflectance."""

    NAME = "colourcomposite"
    GROUP = "Map"
    DISPLAY_NAME = "Colour composite"
    SUMMARY = (
        "Shows reflectance as a picture: the colour ratios 750/415, 750/950 and 415/750 nm in red, "
        "green and blue, as made with Clementine, or natural-like colours. In colour ratios "
        "topography cancels to first order: red are mature highlands and maria poor in titanium, "
        "green is fresh soil with iron, blue are maria rich in titanium and fresh highlands. The "
        "sensor is recognised as by 'Spectral parameters'."
    )
    CITATION = (
        "Pieters et al. (1994), Science 266, 1844-1848, doi 10.1126/science.266.5192.1844 (colour "
        "ratios)."
    )
    COMPOSITE = "COMPOSITE"
    STRETCH = "STRETCH"
    OUTPUT = "OUTPUT"
    HELP = {
        "INPUT": (
            "Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile or mosaic, Clementine UVVIS, "
            "or any raster with wavelengths in its metadata or band names."
        ),
        COMPOSITE: (
            "Colour ratios need bands at 415, 750 and 950 nm; natural-like colours need 415 and "
            "750 nm, between which reflectance is interpolated."
        ),
        STRETCH: (
            "This scene: from the 2nd to the 98th percentile of each channel, natural-like colours "
            "from black to the 99th together. Fixed: the same range for every scene of a sensor, "
            "so that pictures of different places can be compared."
        ),
        "SENSOR": "Where the reflectance comes from; a choice against the raster is refused.",
        "BANDS": (
            "Raster band numbers in the order of the formulas of 'Spectral parameters' (MI: 414, "
            "749, 950, 1049, 1248, 1548 nm; Clementine: 415, 750, 950 nm). Leave empty to find "
            "them by wavelength or name."
        ),
        **FormulaAlgorithm.EXTENT_HELP,
        **FormulaAlgorithm.REFLECTANCE_HELP,
        OUTPUT: "GeoTIFF of three bands, numbers as computed; the stretch is a matter of style.",
    }
    STRETCHES = ("This scene", "Fixed")

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Reflectance raster")
        for name, label, options in (
            (
                self.COMPOSITE,
                "Colours",
                [self.tr(each.title) for each in COLOUR_COMPOSITES],
            ),
            (self.STRETCH, "Stretch", [self.tr(each) for each in self.STRETCHES]),
            (
                self.SENSOR,
                "Sensor",
                [self.tr(AUTOMATIC), *(sensor.title for sensor in sensors_with_formulas())],
            ),
        ):
            self.add(
                QgsProcessingParameterEnum(name, self.tr(label), options=options, defaultValue=0)
            )
        self.add_bands("Bands, in the formulas' order")
        self.add_extent()
        self.add_scale_and_offset()
        self.add(QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Colour composite")))

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compute the channels, and load the picture."""
        composite = COLOUR_COMPOSITES[run.choice(self.COMPOSITE)]
        output = run.output(self.OUTPUT)
        summary = self.compute(run, output, composite)
        name = with_origin(
            f"{composite.title.split(' (')[0]} - {self._raster_name}", summary.data_origin
        )
        fixed = run.choice(self.STRETCH) == 1
        style = partial(
            style_picture,
            composite=composite,
            parameters=channels(composite, summary.sensor),
            fixed=fixed,
        )
        load_on_completion(run.context, output, LayerLoader(output, name, style))
        return {self.OUTPUT: output}


def style_picture(
    layer: QgsRasterLayer,
    composite: Composite,
    parameters: Sequence[SpectralParameter],
    fixed: bool,
) -> None:
    """Show the three channels, in fixed ranges or in those of the scene."""
    style_composite(
        layer,
        (1, 2, 3),
        [(p.display_min, p.display_max) for p in parameters]
        if fixed
        else scene_ranges(layer, composite),
        f"{composite.title}; {composite.reading}.",
    )


def scene_ranges(layer: QgsRasterLayer, composite: Composite) -> List[Range]:
    """Range of each channel in this scene; natural-like colours have one for all."""
    if composite is not NATURAL_COLOURS:
        return [percentiles(layer, band, 0.02, 0.98) for band in (1, 2, 3)]
    # One stretch for all keeps the hue; red is the brightest channel on the Moon.
    return [(0.0, percentiles(layer, 1, 0.0, 0.99)[1])] * 3
