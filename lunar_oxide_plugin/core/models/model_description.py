"""The description of a model: a JSON document in the ONNX file (docs/model_file.md)."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.layout import PredictionLayout, SigmaKind, Uncertainty, in_order
from ..chemistry.new_place import NewPlaceSkill
from ..chemistry.oxides import MAJOR_OXIDES, OXIDE_NAMES, Oxide
from ..errors import ModelError
from ..rasters.bands import ModelBand

METADATA_KEY = "lunar_oxide_model"
SCHEMA_VERSION = 1

#: Largest description in characters; real ones have a few kilobytes.
MAX_DESCRIPTION_CHARS = 1_000_000

#: Longer summaries and citations are shortened to this many characters.
MAX_TEXT_CHARS = 4000

#: Words by which a file says that its sigma was calibrated on stations that were left out.
_LEFT_OUT = re.compile(r"left.out|leave.+out|leaving.+out|held.out|cross-valid", re.IGNORECASE)


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
    sigmas : tuple of SigmaKind
        The uncertainties that the graph gives; that at a new place comes first.
    has_domain : bool
        Whether the graph gives a domain distance.
    training_stations : tuple of str, or None
        Station ids that the model was fitted on; None if the file does not list them.
    new_place : mapping of oxide name to NewPlaceSkill
        What each map tells at a new place; empty where the file does not say.
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
    sigmas: Tuple[SigmaKind, ...]
    has_domain: bool
    training_stations: Optional[Tuple[str, ...]]
    new_place: Mapping[str, NewPlaceSkill] = field(default_factory=dict)
    validation: Tuple[Mapping[str, Any], ...] = ()
    is_foreign: bool = False
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def graph_oxides(self) -> Tuple[str, ...]:
        """Names of the oxides in the order of the graph's output."""
        named = dict(zip(self.graph_rows, (oxide.name for oxide in self.oxides)))
        return tuple(named[row] for row in sorted(named))

    @property
    def has_sigma(self) -> bool:
        """Whether the graph gives an uncertainty of any kind."""
        return bool(self.sigmas)

    @property
    def tells_little(self) -> Tuple[Oxide, ...]:
        """Oxides whose map tells little at a new place."""
        return tuple(
            oxide
            for oxide in self.oxides
            if oxide.name in self.new_place and self.new_place[oxide.name].tells_little
        )

    @property
    def outputs(self) -> PredictionLayout:
        """Layout of a prediction by this model, with the uncertainty that maps show."""
        return self.outputs_with(Uncertainty.NEW_PLACE)

    def outputs_with(self, uncertainty: Uncertainty) -> PredictionLayout:
        """Layout of a prediction with the wanted uncertainty, or with what the model has instead.

        Parameters
        ----------
        uncertainty : Uncertainty

        Returns
        -------
        PredictionLayout
        """
        return PredictionLayout(self.oxides, uncertainty.chosen_of(self.sigmas), self.has_domain)

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
            sigmas=_sigmas(document),
            has_domain=_truth(document["domain"]["available"]),
            training_stations=None
            if stations is None
            else tuple(one_line(s, 100) for s in stations),
            new_place=_new_place(outputs),
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
            sigmas=(),
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


def _sigmas(document: Mapping[str, Any]) -> Tuple[SigmaKind, ...]:
    """The uncertainties that a description names."""
    found: List[SigmaKind] = []
    new_place = document.get("sigma_new_place")
    if new_place is not None and _truth(new_place["available"]):
        found.append(SigmaKind.NEW_PLACE)
    sigma = document["sigma"]
    if _truth(sigma["available"]):
        words = f"{sigma.get('calibration', '')} {sigma.get('method', '')}"
        near = _LEFT_OUT.search(words[:MAX_TEXT_CHARS])
        found.append(SigmaKind.NEAR_SAMPLES if near else SigmaKind.AS_STATED)
    return tuple(found)


def _new_place(outputs: Sequence[Mapping[str, Any]]) -> Dict[str, NewPlaceSkill]:
    """What each oxide's map tells at a new place, as far as the file says."""
    found: Dict[str, NewPlaceSkill] = {}
    for output in outputs:
        skill = output.get("new_place")
        if skill is None:
            continue
        width, soils = _finite(skill, "half_width"), _finite(skill, "soil_half_range")
        if width <= 0.0 or soils <= 0.0:
            raise ValueError("half_width and soil_half_range must be positive")
        found[str(output["oxide"])] = NewPlaceSkill(width, soils, _truth(skill["tells_little"]))
    return found


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
        raise ValueError("'available' or 'tells_little' is neither true nor false")
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
