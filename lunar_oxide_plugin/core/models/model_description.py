"""The description of a model: a JSON document in the ONNX file (docs/model_file.md)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.layout import PredictionLayout, in_order
from ..chemistry.oxides import MAJOR_OXIDES, OXIDE_NAMES, Oxide
from ..errors import ModelError
from ..rasters.bands import ModelBand

METADATA_KEY = "lunar_oxide_model"
SCHEMA_VERSION = 1

#: Largest description in characters; real ones have a few kilobytes.
MAX_DESCRIPTION_CHARS = 1_000_000

#: Longer summaries and citations are shortened to this many characters.
MAX_TEXT_CHARS = 4000


@dataclass(frozen=True)
class ModelDescription:
    """Identity, input, output and validation of a model.

    Attributes
    ----------
    name, title, version, license, citation, summary : str
    sensor, geometry : str
        Required source of the input reflectance.
    bands : tuple of ModelBand
        In the order of the graph's input.
    oxides : tuple of Oxide
        What the model predicts, in the order of `oxides.OXIDES`.
    graph_rows : tuple of int
        Row of each of `oxides` in the graph's output, whose order is the file's own.
    valid_min, valid_max : tuple of float
        Physical range of each of `oxides` in wt%.
    has_sigma, has_domain : bool
        Whether the graph gives calibrated uncertainty and domain distance.
    training_stations : tuple of str, or None
        Station ids that the model was fitted on; None if the file does not list them.
    validation : tuple of dict
        Metrics by protocol, from the training.
    is_foreign : bool
        True for a file without description, for which the user states the bands and units.
    document : mapping
        The whole description in the file; only the fields above are checked.
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
    oxides: Tuple[Oxide, ...]
    graph_rows: Tuple[int, ...]
    valid_min: Tuple[float, ...]
    valid_max: Tuple[float, ...]
    has_sigma: bool
    has_domain: bool
    training_stations: Optional[Tuple[str, ...]]
    validation: Tuple[Mapping[str, Any], ...] = ()
    is_foreign: bool = False
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def graph_oxides(self) -> Tuple[str, ...]:
        """Names of the oxides in the order of the graph's output."""
        named = dict(zip(self.graph_rows, (oxide.name for oxide in self.oxides)))
        return tuple(named[row] for row in sorted(named))

    @property
    def outputs(self) -> PredictionLayout:
        """Layout of a prediction by this model."""
        return PredictionLayout(self.oxides, self.has_sigma, self.has_domain)

    @classmethod
    def from_json(cls, text: str, where: str) -> ModelDescription:
        """Read the description.

        Parameters
        ----------
        text : str
        where : str
            The file's name, for messages.

        Returns
        -------
        ModelDescription

        Raises
        ------
        ModelError
            If the document is damaged, of another schema, or for unknown oxides.
        """
        if len(text) > MAX_DESCRIPTION_CHARS:
            raise ModelError(
                f"{where} carries a description of {len(text)} characters, which is no model "
                "description; use the file as its author published it."
            )
        try:
            document = json.loads(text, parse_constant=_refuse_constant)
            if document["schema_version"] != SCHEMA_VERSION:
                raise ModelError(
                    f"{where} has description schema {one_line(document['schema_version'], 20)} "
                    f"and this plugin reads {SCHEMA_VERSION}: update the plugin."
                )
            return cls._from_document(document, where)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            reason = one_line(f"{type(error).__name__}: {error}", 120)
            raise ModelError(
                f"{where} has a damaged description ({reason}); "
                "use the file as its author published it."
            ) from error

    @classmethod
    def _from_document(cls, document: Dict[str, Any], where: str) -> ModelDescription:
        outputs: List[Dict[str, Any]] = document["outputs"]
        names = [str(output["oxide"]) for output in outputs]
        oxides = _oxides(names, where)
        rows = tuple(names.index(oxide.name) for oxide in oxides)
        source = document["input"]
        if source["quantity"] != "reflectance":
            raise ModelError(
                f"{where} takes {one_line(source['quantity'], 60)!r}; this plugin feeds "
                "reflectance only."
            )
        ranges = [_range(outputs[row], "valid_min", "valid_max") for row in rows]
        training = document.get("training", {})
        stations = training.get("stations")
        return cls(
            name=one_line(document["name"], 200),
            title=one_line(document["title"], 200),
            version=one_line(document["version"], 200),
            license=one_line(document.get("license", ""), 200),
            citation=one_line(document.get("citation", ""), MAX_TEXT_CHARS),
            summary=one_line(document.get("summary", ""), MAX_TEXT_CHARS),
            sensor=one_line(source.get("sensor", ""), 200),
            geometry=one_line(source.get("geometry", ""), 200),
            bands=tuple(_band(band) for band in source["bands"]),
            oxides=oxides,
            graph_rows=rows,
            valid_min=tuple(low for low, _ in ranges),
            valid_max=tuple(high for _, high in ranges),
            has_sigma=_truth(document["sigma"]["available"]),
            has_domain=_truth(document["domain"]["available"]),
            training_stations=None
            if stations is None
            else tuple(one_line(s, 100) for s in stations),
            validation=tuple(document.get("validation", ())),
            document=document,
        )

    @classmethod
    def foreign(cls, name: str, band_count: int) -> ModelDescription:
        """Description of a file that has none: bands without wavelength, no sigma, no domain.

        The oxides are assumed to be the major oxides in the order of `oxides.MAJOR_OXIDES`.

        Parameters
        ----------
        name : str
        band_count : int

        Returns
        -------
        ModelDescription
        """
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
            oxides=MAJOR_OXIDES,
            graph_rows=tuple(range(len(MAJOR_OXIDES))),
            valid_min=(0.0,) * len(MAJOR_OXIDES),
            valid_max=(100.0,) * len(MAJOR_OXIDES),
            has_sigma=False,
            has_domain=False,
            training_stations=None,
            is_foreign=True,
        )


def _oxides(names: Sequence[str], where: str) -> Tuple[Oxide, ...]:
    """The oxides of a list of outputs.

    Raises
    ------
    ModelError
        If there is none, one is unknown, or one occurs twice.
    """
    if not names or len(set(names)) < len(names) or not set(names) <= set(OXIDE_NAMES):
        listed = one_line(", ".join(names), 120) or "nothing"
        raise ModelError(
            f"{where} predicts {listed}; this plugin knows {', '.join(OXIDE_NAMES)}, of which a "
            "model gives one or more, each once."
        )
    return in_order(names)


def _band(document: Mapping[str, Any]) -> ModelBand:
    wavelength, width = _finite(document, "wavelength_nm"), _finite(document, "width_nm")
    if wavelength <= 0.0 or width <= 0.0:
        raise ValueError("a band without positive wavelength and width")
    low, high = _range(document, "training_min", "training_max")
    return ModelBand(
        name=one_line(document["name"], 100),
        wavelength_nm=wavelength,
        width_nm=width,
        training_min=low,
        training_max=high,
    )


def _range(document: Mapping[str, Any], lowest: str, highest: str) -> Tuple[float, float]:
    low, high = _finite(document, lowest), _finite(document, highest)
    if low >= high:
        raise ValueError(f"{lowest} is not below {highest}")
    return low, high


def _finite(document: Mapping[str, Any], key: str) -> float:
    value = document[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e300:
        raise ValueError(f"{key} is no number")
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("'available' is neither true nor false")
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def one_line(value: Any, limit: int) -> str:
    """Text of unknown origin as one line of at most `limit` printable characters.

    The result is plain text: a view of HTML must escape it.

    Parameters
    ----------
    value : any
    limit : int

    Returns
    -------
    str
    """
    text = "".join(c if c.isprintable() else " " for c in str(value)[: 4 * limit])
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "\u2026"
