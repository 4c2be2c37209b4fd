"""What a model file says of itself: a JSON document inside the ONNX file (docs/model_file.md)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

from .bands import ModelBand
from .errors import ModelError
from .oxides import OXIDE_NAMES

METADATA_KEY = "lunar_oxide_model"
SCHEMA_VERSION = 1

#: A description is a few kilobytes; anything of this size is not one.
MAX_DESCRIPTION_CHARS = 1_000_000


@dataclass(frozen=True)
class ModelDescription:
    """Identity, input, output and honesty of a model.

    Attributes
    ----------
    name, title, version, license, citation, summary : str
    sensor, geometry : str
        What the input reflectance must come from.
    bands : tuple of ModelBand
        In the order of the graph's input.
    valid_min, valid_max : tuple of float
        Physical range of each oxide in wt%, in the order of `oxides.OXIDES`.
    has_sigma, has_domain : bool
        Whether the graph gives calibrated uncertainty and domain distance.
    training_stations : tuple of str, or None
        Station ids the model was fitted on; None if the file does not say.
    validation : tuple of dict
        Metrics by protocol, as written by the training.
    is_foreign : bool
        True for a file without description, whose bands and units are the user's word.
    """

    name: str
    title: str
    version: str
    license: str
    citation: str
    summary: str
    sensor: str
    geometry: str
    bands: Tuple[ModelBand, ...]
    valid_min: Tuple[float, ...]
    valid_max: Tuple[float, ...]
    has_sigma: bool
    has_domain: bool
    training_stations: Optional[Tuple[str, ...]]
    validation: Tuple[Mapping[str, Any], ...] = ()
    is_foreign: bool = False

    @classmethod
    def from_json(cls, text: str, where: str) -> ModelDescription:
        """Read the document.

        Parameters
        ----------
        text : str
        where : str
            The file's name, for messages.

        Raises
        ------
        ModelError
            If the document is damaged, of another schema, or for other oxides.
        """
        if len(text) > MAX_DESCRIPTION_CHARS:
            raise ModelError(
                f"{where} carries a description of {len(text)} characters, which is no model "
                "description; use the file as its author published it."
            )
        try:
            document = json.loads(text)
            if document["schema_version"] != SCHEMA_VERSION:
                raise ModelError(
                    f"{where} has description schema {document['schema_version']} and this "
                    f"plugin reads {SCHEMA_VERSION}: update the plugin."
                )
            return cls._from_document(document, where)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(
                f"{where} has a damaged description ({type(error).__name__}: {error}); "
                "use the file as its author published it."
            ) from error

    @classmethod
    def _from_document(cls, document: Dict[str, Any], where: str) -> ModelDescription:
        outputs: List[Dict[str, Any]] = document["outputs"]
        names = tuple(output["oxide"] for output in outputs)
        if names != OXIDE_NAMES:
            raise ModelError(
                f"{where} predicts {', '.join(map(str, names))}; this plugin needs "
                f"{', '.join(OXIDE_NAMES)}, in this order."
            )
        source = document["input"]
        if source["quantity"] != "reflectance":
            raise ModelError(
                f"{where} takes {source['quantity']!r}; this plugin feeds reflectance only."
            )
        training = document.get("training", {})
        stations = training.get("stations")
        return cls(
            name=str(document["name"]),
            title=str(document["title"]),
            version=str(document["version"]),
            license=str(document.get("license", "")),
            citation=str(document.get("citation", "")),
            summary=str(document.get("summary", "")),
            sensor=str(source.get("sensor", "")),
            geometry=str(source.get("geometry", "")),
            bands=tuple(_band(band) for band in source["bands"]),
            valid_min=tuple(float(output["valid_min"]) for output in outputs),
            valid_max=tuple(float(output["valid_max"]) for output in outputs),
            has_sigma=bool(document["sigma"]["available"]),
            has_domain=bool(document["domain"]["available"]),
            training_stations=None if stations is None else tuple(map(str, stations)),
            validation=tuple(document.get("validation", ())),
        )

    @classmethod
    def foreign(cls, name: str, band_count: int) -> ModelDescription:
        """Description of a file that has none: bands without wavelength, no sigma, no domain."""
        nan = math.nan
        return cls(
            name=name,
            title=name,
            version="",
            license="",
            citation="",
            summary="A model file without description: bands and units are the user's word.",
            sensor="",
            geometry="",
            bands=tuple(
                ModelBand(f"input {i}", nan, nan, nan, nan) for i in range(1, band_count + 1)
            ),
            valid_min=(0.0,) * len(OXIDE_NAMES),
            valid_max=(100.0,) * len(OXIDE_NAMES),
            has_sigma=False,
            has_domain=False,
            training_stations=None,
            is_foreign=True,
        )


def _band(document: Mapping[str, Any]) -> ModelBand:
    return ModelBand(
        name=str(document["name"]),
        wavelength_nm=float(document["wavelength_nm"]),
        width_nm=float(document["width_nm"]),
        training_min=float(document["training_min"]),
        training_max=float(document["training_max"]),
    )
