"""Read the name of a column or band: which oxide or element, which unit, value or error."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import List, Optional, Tuple

from ..errors import SitesError
from .oxides import OXIDE_NAMES, UNIT
from .stoichiometry import FEO_PER_FE2O3, element_of, oxide_per_element

#: Amount in wt% that equals one of each unit, by mass.
WT_PER_UNIT = {UNIT: 1.0, "ppm": 1e-4, "g/kg": 0.1, "fraction": 100.0}

#: Longer formulas first: ``FeO`` begins like ``Fe``.
_SPECIES = ("Fe2O3", *OXIDE_NAMES, *(element_of(name) for name in OXIDE_NAMES))
_SIGMA = (
    "err", "error", "errors", "sigma", "sd", "std", "stdev", "stddev", "unc", "uncert",
    "uncertainty", "1s", "1sd", "1sigma",
)  # fmt: skip
_TWO_SIGMA = ("2s", "2sd", "2sigma")
_TOTAL = ("t", "tot", "total")
_PERCENT = ("%", "pct", "percent")
#: The last three: Russian and Chinese for weight, Chinese for mass.
_WEIGHT = (
    "wt", "weight", "mass", "wtpct", "wtpercent", "gew", "gewichts", "ma", "massen", "masse",
    "pds", "poids", "peso", "\u043c\u0430\u0441", "\u91cd\u91cf", "\u8d28\u91cf",
)  # fmt: skip
_PPM = ("ppm", "ppmw")
_PER_MIL = ("permil",)
_FRACTION = ("fraction", "frac", "fractions")
_NO_AMOUNT = ("deg", "degree", "degrees", "m", "n", "e", "s", "w", "nm")
_MEAN = ("mean", "avg", "average")

_NAME = re.compile(
    rf"(?:(?P<before>{'|'.join((*_SIGMA, *_TWO_SIGMA))})(?:[\s_\-.(]*of)?[\s_\-.(]+)?"
    rf"(?P<species>{'|'.join(_SPECIES)})(?P<after>.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ColumnMeaning:
    """Meaning of a name.

    Attributes
    ----------
    oxide : str
        The oxide whose amount it gives, e.g. ``"TiO2"``.
    species : str
        What the numbers count: the oxide itself, an element (``"Ti"``) or ``"Fe2O3"``.
    unit : str
        ``"wt%"``, ``"ppm"``, ``"g/kg"`` or ``"fraction"``, by mass.
    unit_stated : bool
        Whether the name gives the unit; without one, wt% is meant.
    sigma_factor : float
        0 for values; for uncertainties, the factor that gives one standard deviation.
    """

    oxide: str
    species: str
    unit: str
    unit_stated: bool
    sigma_factor: float = 0.0

    @property
    def is_sigma(self) -> bool:
        """Whether the numbers are uncertainties."""
        return self.sigma_factor > 0.0

    @property
    def factor(self) -> float:
        """Factor that turns the numbers into wt% of the oxide."""
        factor = 1.0
        if self.species == "Fe2O3":
            factor = FEO_PER_FE2O3
        elif self.species != self.oxide:
            factor = oxide_per_element(self.oxide)
        return factor * WT_PER_UNIT[self.unit]

    def in_unit_of(self, value: ColumnMeaning) -> ColumnMeaning:
        """Copy with the unit of `value`, if its own name states none.

        Parameters
        ----------
        value : ColumnMeaning

        Returns
        -------
        ColumnMeaning
        """
        if self.unit_stated or self.species != value.species:
            return self
        return replace(self, unit=value.unit)

    def __str__(self) -> str:
        kind = ""
        if self.is_sigma:
            kind = "2 sigma of " if self.sigma_factor == 0.5 else "1 sigma of "
        text = f"{kind}{self.species} in {self.unit}"
        if self.species == self.oxide and self.unit == UNIT:
            return text
        return f"{text}, x {self.factor:.5g} = {self.oxide} in {UNIT}"


def read_name(name: str) -> Optional[ColumnMeaning]:
    """Read a name such as ``FeO``, ``FeO_wt``, ``FeOT``, ``Ti (ppm)``, ``feo_err``.

    Returns None where the name is no oxide or element, or has parts that are not known
    (``FeO_source``, ``Mg#``). A symbol of an element without a unit must be spelled as in
    chemistry: ``Mg`` is magnesium, ``mg`` may be milligrams.

    Parameters
    ----------
    name : str
        Of a column or band.

    Returns
    -------
    ColumnMeaning or None

    Raises
    ------
    SitesError
        Where it is an oxide or element but two readings give different numbers.
    """
    match = _NAME.match(_spell_out(name))
    if match is None:
        return None
    written = match.group("species")
    species = next(s for s in _SPECIES if s.lower() == written.lower())
    tokens = _join_counts(_tokens(match.group("before") or "") + _tokens(match.group("after")))
    is_iron = species in ("Fe", "FeO", "Fe2O3")
    units = (*_PERCENT, *_WEIGHT, *_PPM, *_PER_MIL, *_FRACTION)
    known = (*_SIGMA, *_TWO_SIGMA, *units, *_MEAN) + (_TOTAL if is_iron else ())
    if any(token not in known for token in tokens):
        return None
    sigma = [token for token in tokens if token in (*_SIGMA, *_TWO_SIGMA)]
    sigma = [token for token in sigma if token[0] in "12"] or sigma  # "\u00b1 1 sigma" is one
    ppm = any(token in _PPM for token in tokens)
    fraction = any(token in _FRACTION for token in tokens)
    per_mil = any(token in _PER_MIL for token in tokens)
    weight = any(token in _WEIGHT for token in tokens)
    percent = any(token in _PERCENT for token in tokens)
    is_element = len(species) <= 2
    if is_element and not (ppm or weight or percent or fraction or per_mil) and written != species:
        return None
    if len(sigma) > 1 or ppm + per_mil + fraction + (weight or percent) > 1:
        raise SitesError(
            f"The column {name!r} names two units or two kinds of error: name it like "
            f"{species} ({UNIT}) or {species}_sigma."
        )
    if sigma and percent and not weight:
        raise SitesError(
            f"The column {name!r} could hold {UNIT} or percent of the value: call it "
            f"{species}_sigma_wt, in {UNIT}."
        )
    if species == "Fe2O3" and not any(token in _TOTAL for token in tokens):
        raise SitesError(
            f"The column {name!r} could hold all iron or ferric iron only: call it Fe2O3T if it "
            "is all iron, or give FeO."
        )
    return ColumnMeaning(
        oxide="FeO" if is_iron else next(o for o in OXIDE_NAMES if species in (o, element_of(o))),
        species=species,
        unit="ppm" if ppm else "g/kg" if per_mil else "fraction" if fraction else UNIT,
        unit_stated=ppm or per_mil or weight or percent or fraction,
        sigma_factor=0.0 if not sigma else 0.5 if sigma[0] in _TWO_SIGMA else 1.0,
    )


def is_unit(text: str) -> bool:
    """Whether a text is a unit of amounts or of coordinates and nothing else.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    tokens = _tokens(re.sub("[\u00b0\u00ba\ufffd]", " deg ", _spell_out(text)))
    known = (*_PERCENT, *_WEIGHT, *_PPM, *_PER_MIL, *_FRACTION, *_NO_AMOUNT)
    return bool(tokens) and all(token in known for token in tokens)


def starts_like_oxide(name: str) -> bool:
    """Whether a name begins with one of the six oxides (to list the columns that were left out).

    Parameters
    ----------
    name : str
        Of a column or band.

    Returns
    -------
    bool
    """
    text = _spell_out(name).strip().lower()
    return text.startswith(tuple(oxide.lower() for oxide in OXIDE_NAMES))


_WORDS: Tuple[Tuple[str, str], ...] = (
    ("\u2082", "2"),
    ("\u2083", "3"),
    ("\u03c3", "sigma"),
    ("\u00b1", " err "),
    ("\u2030", " permil "),
    ("*", " total "),
    ("mass fraction", "fraction"),
)


_BY_MASS = (
    (r"g\s*/\s*100\s*g", " wt% "),
    (r"(?:g\s*/\s*kg|mg\s*/\s*g)", " permil "),
    (r"(?:g\s*/\s*g|kg\s*/\s*kg)", " fraction "),
)


def _spell_out(name: str) -> str:
    text = name.strip()
    for sign, word in _WORDS:
        text = text.replace(sign, word)
    # U+FFFD replaces a micro sign that was read in another encoding.
    ppm = r"(?:[u\u00b5\u03bc\ufffd]g\s*/\s*g|mg\s*/\s*kg)"
    text = re.sub(ppm, " ppm ", text, flags=re.IGNORECASE)
    for unit, words in _BY_MASS:
        text = re.sub(rf"(?<![\w\u00b5\u03bc\ufffd]){unit}(?!\w)", words, text, flags=re.IGNORECASE)
    return text


def _tokens(text: str) -> List[str]:
    return [token for token in re.split(r"[\s_()\[\]{},.;:/\-]+", _apart(text)) if token]


def _apart(text: str) -> str:
    return re.sub(r"%", " % ", text.lower())


def _join_counts(tokens: List[str]) -> List[str]:
    """Join ``2 sigma`` to ``2sigma``."""
    joined: List[str] = []
    for token in tokens:
        if joined and joined[-1] in ("1", "2") and token in ("s", "sd", "sigma"):
            joined[-1] += token
        else:
            joined.append(token)
    return joined
