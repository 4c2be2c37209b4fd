"""The bands of a product raster: each quantity and class that a prediction's oxides allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind
from ..chemistry.quantities import DERIVED, INDEPENDENCE, Composition, Quantity
from ..chemistry.rock_classes import CLASSIFICATIONS, Classification

Product = Union[Quantity, Classification]
PRODUCTS: Tuple[Product, ...] = (*DERIVED, *CLASSIFICATIONS)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ProductBand:
    """A band of a product raster.

    Attributes
    ----------
    description : str
    product : Quantity or Classification
    is_uncertainty : bool
        True for the sigma of a quantity and the probability of a class.
    """

    description: str
    product: Product
    is_uncertainty: bool


def product_bands(
    oxides: Collection[str], sigmas: Collection[str], kind: Optional[SigmaKind] = None
) -> Tuple[ProductBand, ...]:
    """The bands that can be derived, in order: quantities, then classes.

    Parameters
    ----------
    oxides, sigmas : names of the oxides in the prediction, and of those with an uncertainty
    kind : SigmaKind or None
        Of these uncertainties; named in the descriptions of their bands.

    Returns
    -------
    tuple of ProductBand
    """
    word = "sigma" if kind is None else f"sigma {kind.value}"
    bands: List[ProductBand] = []
    for quantity in DERIVED:
        if quantity.is_given_by(oxides):
            bands.append(ProductBand(quantity.with_unit(quantity.title), quantity, False))
            if quantity.is_given_by(sigmas):
                title = quantity.with_unit(f"{quantity.title} {word}")
                bands.append(ProductBand(title, quantity, True))
    for rule in CLASSIFICATIONS:
        if rule.is_given_by(oxides):
            bands.append(ProductBand(rule.title, rule, False))
            if rule.is_given_by(sigmas):
                bands.append(ProductBand(f"{rule.title} probability", rule, True))
    return tuple(bands)


def derive(
    bands: Tuple[ProductBand, ...], composition: Composition, sigma: Optional[Composition] = None
) -> Floats:
    """The values of product bands.

    Parameters
    ----------
    bands : tuple of ProductBand
        At least one.
    composition, sigma : mapping of oxide name to float array, shape (n,), wt%
        NaN where not known.

    Returns
    -------
    float array, shape (bands, n)
        Class numbers as floats; NaN where there is no value.
    """
    found: Dict[str, Tuple[Floats, Floats]] = {}
    rows = []
    for band in bands:
        product = band.product
        if product.key not in found:
            if isinstance(product, Quantity):
                found[product.key] = product.evaluate(composition, sigma)
            else:
                found[product.key] = product.assign(composition, sigma)
        rows.append(found[product.key][band.is_uncertainty])
    return np.stack(rows)


def rule_of(product: Product) -> str:
    """A product's rule and source in one line.

    Parameters
    ----------
    product : Product

    Returns
    -------
    str
    """
    validity = f"; {product.validity}" if isinstance(product, Quantity) else ""
    return f"{product.title}: {product.rule}{validity} [{product.source}]"


def rules() -> Mapping[str, str]:
    """Every rule with its source, for tags, legends and help.

    Returns
    -------
    mapping of str to str
    """
    texts = {product.key: rule_of(product) for product in PRODUCTS}
    return {**texts, "sigma": f"Uncertainties: {INDEPENDENCE}"}
