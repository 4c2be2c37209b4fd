"""`lunaroxide:derivedproducts`: Mg#, ratios, plagioclase, basalt classes, rock types."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, List, Mapping, Optional

from qgis.core import (
    QgsProcessingParameterRasterDestination,
    QgsRasterLayer,
)

from ..core.chemistry.layout import SigmaKind
from ..core.chemistry.new_place import Skills, interval_meaning, weakened_by
from ..core.chemistry.quantities import Quantity
from ..core.chemistry.rock_classes import BASALT, HIGHLAND
from ..core.products.oxide_products import ProductBand, rule_of, rules
from ..core.translation import tr
from .input_algorithms import RasterAlgorithm
from .layer_metadata import summarise
from .product_layers import style_classes
from .result_groups import (
    GroupLoader,
    StyledLayer,
    load_on_completion,
    with_origin,
)
from .result_layers import style_range
from .run import Run


class DerivedProducts(RasterAlgorithm):
    """Derives geological products from predicted oxides."""

    NAME = "derivedproducts"
    DISPLAY_NAME = "Derived products"
    SUMMARY = (
        "Derives from predicted oxides: Mg# (100 x molar MgO/(MgO + FeO)), FeO/TiO2, Fe/Ti and "
        "Al2O3/CaO, the sum of oxides, normative plagioclase, grain density, basalt classes by "
        "TiO2 and Al2O3, and highland rock types by plagioclase and Mg#, each with its uncertainty "
        "or probability. "
        "Uncertainties come from the sigma bands (at a new place where the raster has them), the "
        "errors of the oxides taken as independent. "
        "Only products whose oxides are predicted are made. The limits of classes are those of "
        "rocks; the Moon shows soils, which are mixtures."
    )
    CITATION = (
        "Basalts: Neal & Taylor (1992), Geochim. Cosmochim. Acta 56, 2177. Highlands: Stoeffler et "
        "al. (1980), Proc. Conf. Lunar Highlands Crust, 51; Warren (1993), Am. Mineral. 78, 360. "
        "Grain density: Huang & Wieczorek (2012), doi 10.1029/2012JE004062."
    )
    OUTPUT = "OUTPUT"
    VALID_PIXELS = "VALID_PIXELS"
    MARE_PIXELS = "MARE_PIXELS"
    HIGHLAND_PIXELS = "HIGHLAND_PIXELS"
    HELP = {
        "INPUT": "A raster made by 'Predict oxides'; its bands are found by their descriptions.",
        OUTPUT: (
            "GeoTIFF with each product and its sigma, the basalt class and the highland rock type "
            "with their probabilities. The dataset's tags hold every rule with its source and the "
            "class numbers."
        ),
    }
    OUTPUT_HELP = {
        VALID_PIXELS: "Pixels with products.",
        MARE_PIXELS: "Pixels with a basalt class (FeO from 11 wt% on).",
        HIGHLAND_PIXELS: "Pixels with a highland rock type.",
        "Rules": "; ".join(rules().values()).replace("<", "&lt;").replace(">", "&gt;"),
    }

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Predicted oxides")
        self.add(QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Derived products")))
        self.add_numbers(
            (self.VALID_PIXELS, "Pixels with products"),
            (self.MARE_PIXELS, "Mare pixels"),
            (self.HIGHLAND_PIXELS, "Highland pixels"),
        )

    def execute(self, run: Run) -> Dict[str, Any]:
        """Derive products, and load the result as styled layers."""
        from ..core.products.oxide_product_raster import write_products

        output = run.output(self.OUTPUT)
        summary = write_products(self._source, output, run.progress)
        for group in summary.classes.values():
            for label, count in group.items():
                if count:
                    run.info(tr("{label}: {count} pixels").format(label=tr(label), count=count))
        name = with_origin(f"Derived products - {self._raster_name}", summary.data_origin)
        bands = dict(enumerate(summary.bands, start=1))
        loader = GroupLoader(
            output, name, product_layers(bands, summary.sigma_kind, summary.new_place)
        )
        load_on_completion(run.context, output, loader)
        return {
            self.OUTPUT: output,
            self.VALID_PIXELS: summary.valid_pixels,
            self.MARE_PIXELS: sum(summary.classes.get(BASALT.key, {}).values()),
            self.HIGHLAND_PIXELS: sum(summary.classes.get(HIGHLAND.key, {}).values()),
        }


def product_layers(
    bands: Mapping[int, ProductBand], kind: Optional[SigmaKind], skills: Skills
) -> List[StyledLayer]:
    """The layers of a result, topmost first: classes, then quantities.

    Parameters
    ----------
    bands : mapping of band number to ProductBand
    kind : SigmaKind or None
        Of the uncertainties.
    skills : mapping of oxide name to NewPlaceSkill
    """
    classes: List[StyledLayer] = []
    quantities: List[StyledLayer] = []
    sigmas = {band.product.key: n for n, band in bands.items() if band.is_uncertainty}
    for number, band in bands.items():
        product = band.product
        if band.is_uncertainty:
            continue
        text = f"{rule_of(product)}. {interval_meaning(kind)}".rstrip()
        title = band.description
        weak = ", ".join(weakened_by(product.oxides, skills))
        if weak:
            words = tr("{product}, tells little at a new place (needs {oxides})")
            title = words.format(product=title, oxides=weak)
        if isinstance(product, Quantity):
            sigma = sigmas.get(product.key)
            style = partial(
                _style_quantity,
                band=number,
                quantity=product,
                text=text if sigma is None else f"{text} Its sigma is band {sigma}.",
            )
            quantities.append(StyledLayer(title, style))
        else:
            style = partial(
                style_classes,
                band=number,
                classes=[(c.number, tr(c.label), c.colour) for c in product.classes],
                abstract=text,
            )
            classes.append(StyledLayer(title, style, shown=not weak))
    return [*classes, *quantities]


def _style_quantity(layer: QgsRasterLayer, band: int, quantity: Quantity, text: str) -> None:
    style_range(layer, band, quantity.display_min, quantity.display_max, quantity.unit)
    summarise(layer, text)
