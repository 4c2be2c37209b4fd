"""Derive products from a prediction raster, window by window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..chemistry.layout import SigmaKind
from ..chemistry.new_place import Skills, skills_of_tag
from ..chemistry.quantities import INDEPENDENCE
from ..chemistry.rock_classes import Classification, class_table
from ..errors import Cancelled, RasterError
from ..geotiff.band_writer import PredictionWriter
from ..moon import lunar_crs
from ..progress import Progress
from ..rasters.pixel_windows import pixel_windows
from ..rasters.prediction_map import PredictionMap
from ..rasters.raster_input import RasterInput
from ..rasters.raster_kind import RasterKind
from ..rasters.source_files import files_behind
from ..version import SOFTWARE
from .oxide_products import PRODUCTS, ProductBand, derive, product_bands, rule_of

Floats = npt.NDArray[np.float64]

#: Tags of a prediction that say nothing of what is derived from it.
_OF_THE_PREDICTION = ("SOFTWARE", "CONTENT", "ENCODING")

#: Pixels of one window: 18 output bands in float64 and intermediates stay below 150 MB.
BLOCK_PIXELS = 262144


@dataclass(frozen=True)
class ProductSummary:
    """The result of a derivation.

    Attributes
    ----------
    output : str
    bands : tuple of ProductBand
        Bands that could be derived from the oxides of the prediction.
    valid_pixels, total_pixels : int
        Pixels with a value of any product, and all.
    classes : mapping of a classification's key to pixels of each class, by label
    data_origin, model_title : str
    sigma_kind : SigmaKind, or None
        Of the uncertainties; None without any.
    new_place : mapping of oxide name to NewPlaceSkill
        What the prediction's maps tell at a new place; empty where it does not say.
    """

    output: str
    bands: Tuple[ProductBand, ...]
    valid_pixels: int
    total_pixels: int
    classes: Mapping[str, Mapping[str, int]]
    data_origin: str
    model_title: str
    sigma_kind: Optional[SigmaKind]
    new_place: Skills


def write_products(raster: RasterInput, output: str, progress: Progress) -> ProductSummary:
    """Derive every product that the oxides of a prediction raster allow.

    Parameters
    ----------
    raster : RasterInput
        A prediction raster; its bands are found by description.
    output : str
        GeoTIFF to make, bands as in `oxide_products.product_bands`.
    progress : Progress

    Returns
    -------
    ProductSummary

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
        If the user stopped it; no output is left.
    """
    name = raster.name
    with PredictionMap(raster) as source:
        bands, dataset = source.bands, source.dataset
        lunar_crs.require_moon(dataset.crs.to_wkt() if dataset.crs else "", f"The raster {name}")
        products = product_bands(bands.oxides, bands.sigma, bands.sigma_kind)
        if not products:
            raise RasterError(
                f"{name} has only {', '.join(bands.oxides)}, from which no product follows: "
                "predict with a model that gives more oxides."
            )
        _tell(source, products, progress)
        tags = source.tags
        windows = pixel_windows(
            dataset.width, dataset.height, dataset.block_shapes[0], BLOCK_PIXELS
        )
        rules = [
            (place, band.product)
            for place, band in enumerate(products)
            if isinstance(band.product, Classification) and not band.is_uncertainty
        ]
        counts: Dict[str, Counter[int]] = {rule.key: Counter() for _, rule in rules}
        valid = 0
        with PredictionWriter(
            Path(output),
            dataset.width,
            dataset.height,
            dataset.crs,
            dataset.transform,
            _tags(tags, name, products, bands.sigma_kind),
            [band.description for band in products],
            files_behind(raster.path),
        ) as writer:
            for done, window in enumerate(windows):
                if progress.is_cancelled():
                    raise Cancelled("The computation was cancelled.")
                oxides = _read(source, bands.oxides, window)
                sigma = _read(source, bands.sigma, window)
                usual = source.typical_sigma_wt
                there = np.any([np.isfinite(band) for band in oxides.values()], axis=0)
                if there.any():
                    values = np.full((len(products), *there.shape), np.nan, dtype=np.float32)
                    values[:, there] = derive(
                        products,
                        {name: band[there] for name, band in oxides.items()},
                        {
                            **{name: np.asarray(number) for name, number in usual.items()},
                            **{name: _positive(band[there]) for name, band in sigma.items()},
                        },
                    )
                    writer.write_values(values, window)
                    valid += int(np.count_nonzero(np.isfinite(values).any(axis=0)))
                    for place, rule in rules:
                        numbers = values[place][np.isfinite(values[place])].astype(int)
                        counts[rule.key].update(dict(zip(*np.unique(numbers, return_counts=True))))
                progress.report((done + 1) / len(windows))
            writer.finish()
        total = dataset.width * dataset.height
    if valid == 0:
        progress.warn(
            f"{name} has no pixel from whose oxides a product follows: the raster is empty."
        )
    return ProductSummary(
        output=output,
        bands=products,
        valid_pixels=valid,
        total_pixels=total,
        classes={
            rule.key: {c.label: int(counts[rule.key][c.number]) for c in rule.classes}
            for _, rule in rules
        },
        data_origin=tags.get("DATA_ORIGIN", ""),
        model_title=tags.get("MODEL_TITLE", ""),
        sigma_kind=bands.sigma_kind,
        new_place=skills_of_tag(tags.get("NEW_PLACE", "")),
    )


def _tell(source: PredictionMap, products: Sequence[ProductBand], progress: Progress) -> None:
    """Say what cannot be derived because oxides or their sigmas are missing."""
    bands, name = source.bands, source.name
    given = {band.product.key for band in products}
    missing = [product.title for product in PRODUCTS if product.key not in given]
    if missing:
        progress.warn(
            f"{name} has {', '.join(bands.oxides)} only, so there is no {', '.join(missing)}."
        )
    if set(bands.sigma) != set(bands.oxides):
        progress.warn(
            f"{name} has no sigma of every oxide: products that need one that is missing come "
            "without uncertainty, classes without probability."
        )
    if not bands.sigmas:
        progress.warn(source.ratios_note)


def _read(source: PredictionMap, bands: Mapping[str, int], window: Window) -> Dict[str, Floats]:
    """Bands of a window by name of the oxide, each (rows, columns), NaN where there is none."""
    values = source.read(bands.values(), window)
    return {name: values[number] for name, number in bands.items()}


def _positive(sigma: Floats) -> Floats:
    """Sigmas, with impossible ones as unknown (NaN)."""
    return np.where(sigma > 0.0, sigma, np.nan)


def _tags(
    source: Dict[str, str],
    name: str,
    products: Sequence[ProductBand],
    kind: Optional[SigmaKind],
) -> Dict[str, str]:
    """Own provenance, and the prediction's statements on its model and the data's origin."""
    tags = {key: value for key, value in source.items() if key not in _OF_THE_PREDICTION}
    predicted_with = source.get("SOFTWARE")
    if predicted_with:
        tags["PREDICTED_WITH"] = predicted_with
    tags.update(
        SOFTWARE=SOFTWARE,
        PRODUCT=RasterKind.PRODUCTS.value,
        PREDICTION_RASTER=name,
        RULE_SIGMA=f"Uncertainties: {INDEPENDENCE}",
    )
    if kind is not None:
        tags["SIGMA_KINDS"] = kind.value
        tags["RULE_SIGMA"] += f"; 90 % intervals {kind.title}"
    for band in products:
        product = band.product
        tags[f"RULE_{product.key.upper()}"] = rule_of(product)
        if isinstance(product, Classification):
            tags[f"CLASSES_{product.key.upper()}"] = class_table(product.classes)
    return tags
