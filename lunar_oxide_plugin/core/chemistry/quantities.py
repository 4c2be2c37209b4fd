"""The quantities of a composition: its oxides and the values computed from them, defined once.

Maps of products, window, scatter view, tables and reports all take value, uncertainty, unit, rule
and range from these records. Uncertainties are propagated to first order; the errors of the oxides
are taken as independent. They are correlated (Al2O3 falls where FeO rises), but models do not give
the correlation, so the sigma of a sum is too large or too small by up to some tens of percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Collection, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from .oxides import AL2O3, CAO, FEO, MAJOR_OXIDES, MGO, OXIDE_NAMES, OXIDES, TIO2, UNIT, Oxide
from .stoichiometry import molar_mass, oxide_per_element

FloatArray = npt.NDArray[np.float64]
#: wt% by name of the oxide, numbers or arrays of one shape.
Composition = Mapping[str, npt.ArrayLike]

INDEPENDENCE = "errors of the oxides taken as independent, first order"
HUANG_WIECZOREK_2012 = (
    "Huang & Wieczorek (2012), J. Geophys. Res. 117, E05003, doi 10.1029/2012JE004062"
)

#: Al2O3 of pure anorthite, CaAl2Si2O8, as a share of its mass: 0.3665.
ANORTHITE_AL2O3 = molar_mass("Al2O3") / (
    molar_mass("CaO") + molar_mass("Al2O3") + 2.0 * molar_mass("SiO2")
)


class Estimate(NamedTuple):
    """A value and its standard uncertainty, arrays of one shape; NaN where there is none."""

    value: FloatArray
    sigma: FloatArray


_Formula = Callable[[Sequence[FloatArray], Sequence[FloatArray]], Estimate]


@dataclass(frozen=True)
class Quantity:
    """One number that a composition has.

    Attributes
    ----------
    key : str
        Stable name for settings, columns and tests, e.g. ``"mg_number"``.
    title : str
        Plain text, for band descriptions and tables.
    label : str
        Short name with subscripts, for narrow tables.
    unit : str
        Empty where the quantity has none.
    oxides : tuple of str
        Names of the oxides it needs.
    rule : str
        How it is computed.
    validity : str
        Where it has a value.
    source : str
    display_min, display_max : float
        Fixed legend range.
    decimals : int
        Digits that are shown after the point.
    """

    key: str
    title: str
    label: str
    unit: str
    oxides: Tuple[str, ...]
    rule: str
    validity: str
    source: str
    display_min: float
    display_max: float
    decimals: int
    _formula: _Formula

    @property
    def name(self) -> str:
        """The title with subscripts, for menus."""
        text = self.title
        for oxide in OXIDES:
            text = text.replace(oxide.name, oxide.pretty)
        return text

    @property
    def axis(self) -> str:
        """Name with unit, for axes."""
        return self.with_unit(self.name)

    def with_unit(self, text: str) -> str:
        """A text followed by the unit in parentheses, if there is one.

        Parameters
        ----------
        text : str

        Returns
        -------
        str
        """
        return f"{text} ({self.unit})" if self.unit else text

    def is_given_by(self, names: Collection[str]) -> bool:
        """Whether all the oxides that it needs are among `names`.

        Parameters
        ----------
        names : collection of str
            Formulas, e.g. ``"FeO"``.

        Returns
        -------
        bool
        """
        return set(self.oxides) <= set(names)

    def evaluate(self, composition: Composition, sigma: Optional[Composition] = None) -> Estimate:
        """Value and standard uncertainty.

        Parameters
        ----------
        composition : mapping of oxide name to array of wt%
        sigma : mapping of oxide name to array of wt%, optional
            Standard uncertainties; one that is missing or NaN is unknown.

        Returns
        -------
        Estimate
            No value where an oxide is missing or not finite, or where `validity` is not met; no
            sigma where that of an oxide is unknown.
        """
        given = [composition.get(name, np.nan) for name in self.oxides]
        spread = [(sigma or {}).get(name, np.nan) for name in self.oxides]
        arrays = np.broadcast_arrays(
            *(np.asarray(values, dtype=np.float64) for values in (*given, *spread))
        )
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value, error = self._formula(arrays[: len(given)], arrays[len(given) :])
        known = np.isfinite(value) & np.all(np.isfinite(arrays[: len(given)]), axis=0)
        return Estimate(
            np.where(known, value, np.nan), np.where(known & np.isfinite(error), error, np.nan)
        )


def _oxide(oxide: Oxide) -> Quantity:
    return Quantity(
        key=oxide.key,
        title=oxide.name,
        label=oxide.pretty,
        unit=UNIT,
        oxides=(oxide.name,),
        rule="as predicted",
        validity="where the oxide is predicted",
        source="the model",
        display_min=oxide.display_min,
        display_max=oxide.display_max,
        decimals=2,
        _formula=lambda values, sigmas: Estimate(values[0], sigmas[0]),
    )


def _none_negative(value: FloatArray, values: Sequence[FloatArray]) -> FloatArray:
    """The value where all oxides are there and none is negative; 0.0 is an abundance."""
    return np.where(np.all([oxide >= 0.0 for oxide in values], axis=0), value, np.nan)


def _weighted(weights: Sequence[float], constant: float = 0.0) -> _Formula:
    """A constant plus a weighted sum of oxides."""

    def formula(values: Sequence[FloatArray], sigmas: Sequence[FloatArray]) -> Estimate:
        value = sum((w * oxide for w, oxide in zip(weights, values)), np.float64(constant))
        variance = sum(((w * sigma) ** 2 for w, sigma in zip(weights, sigmas)), np.float64(0.0))
        return Estimate(_none_negative(np.asarray(value), values), np.sqrt(variance))

    return formula


def _ratio(factor: float = 1.0) -> _Formula:
    """Numerator over denominator."""

    def formula(values: Sequence[FloatArray], sigmas: Sequence[FloatArray]) -> Estimate:
        above, below = values
        # An unknown sigma (NaN) compares as false: the denominator need only be positive then.
        usable = (below > 0.0) & ~(below <= sigmas[1])
        ratio = np.where(usable, above / below, np.nan)
        spread = np.hypot(sigmas[0], ratio * sigmas[1]) / below
        return Estimate(factor * _none_negative(ratio, values), factor * spread)

    return formula


def _mg_number(values: Sequence[FloatArray], sigmas: Sequence[FloatArray]) -> Estimate:
    mgo, mgo_sigma = values[0] / molar_mass("MgO"), sigmas[0] / molar_mass("MgO")
    feo, feo_sigma = values[1] / molar_mass("FeO"), sigmas[1] / molar_mass("FeO")
    total = mgo + feo
    # The quotient comes first: 100 x 1 / 1 must not exceed 100 by rounding.
    value = np.where(total > 0.0, 100.0 * (mgo / total), np.nan)
    # The derivatives are FeO / total^2 by MgO and -MgO / total^2 by FeO.
    spread = 100.0 * np.hypot(feo * mgo_sigma, mgo * feo_sigma) / total**2
    return Estimate(_none_negative(value, values), spread)


_NOT_NEGATIVE = "where no oxide that it needs is negative (0.0 is an abundance)"
_RATIO_VALIDITY = (
    "where the numerator is not negative and the denominator exceeds its own uncertainty"
)

MG_NUMBER = Quantity(
    key="mg_number",
    title="Mg#",
    label="Mg#",
    unit="",
    oxides=(MGO.name, FEO.name),
    rule="100 x molar MgO/(MgO + FeO)",
    validity="where neither oxide is negative and not both are zero",
    source="definition; molar masses from IUPAC 2021 atomic weights, doi 10.1515/pac-2019-0603",
    display_min=30.0,
    display_max=80.0,
    decimals=1,
    _formula=_mg_number,
)
FEO_TIO2 = Quantity(
    key="feo_tio2",
    title="FeO/TiO2",
    label=f"FeO/{TIO2.pretty}",
    unit="",
    oxides=(FEO.name, TIO2.name),
    rule="mass ratio of the oxides",
    validity=_RATIO_VALIDITY,
    source="definition",
    display_min=0.0,
    display_max=30.0,
    decimals=1,
    _formula=_ratio(),
)
FE_TI = Quantity(
    key="fe_ti",
    title="Fe/Ti",
    label="Fe/Ti",
    unit="",
    oxides=(FEO.name, TIO2.name),
    rule="mass ratio of the elements",
    validity=_RATIO_VALIDITY,
    source="definition",
    display_min=0.0,
    display_max=40.0,
    decimals=1,
    _formula=_ratio(oxide_per_element("TiO2") / oxide_per_element("FeO")),
)
AL2O3_CAO = Quantity(
    key="al2o3_cao",
    title="Al2O3/CaO",
    label=f"{AL2O3.pretty}/CaO",
    unit="",
    oxides=(AL2O3.name, CAO.name),
    rule="mass ratio of the oxides",
    validity=_RATIO_VALIDITY,
    source="definition",
    display_min=0.8,
    display_max=1.8,
    decimals=2,
    _formula=_ratio(),
)
SUM = Quantity(
    key="sum",
    title="Sum of six oxides",
    label="Sum",
    unit=UNIT,
    oxides=tuple(oxide.name for oxide in MAJOR_OXIDES),
    rule="TiO2 + FeO + Al2O3 + MgO + CaO + SiO2; the training soils have 97.5-100.2",
    validity=_NOT_NEGATIVE,
    source="definition",
    display_min=94.0,
    display_max=102.0,
    decimals=2,
    _formula=_weighted((1.0,) * len(MAJOR_OXIDES)),
)
PLAGIOCLASE = Quantity(
    key="plagioclase",
    title="Normative plagioclase, upper bound",
    label="Plag. \u2264",
    unit=UNIT,
    oxides=(AL2O3.name,),
    rule=(
        f"Al2O3 / {ANORTHITE_AL2O3:.4f}: all aluminium in pure anorthite, none in pyroxene, spinel "
        "or glass"
    ),
    validity=_NOT_NEGATIVE,
    source="stoichiometry of CaAl2Si2O8",
    display_min=20.0,
    display_max=100.0,
    decimals=1,
    _formula=_weighted((1.0 / ANORTHITE_AL2O3,)),
)
GRAIN_DENSITY = Quantity(
    key="grain_density",
    title="Grain density",
    label="Density",
    unit="g/cm3",
    oxides=(FEO.name, TIO2.name),
    rule="0.0273 FeO + 0.011 TiO2 + 2.773",
    validity=_NOT_NEGATIVE,
    source=HUANG_WIECZOREK_2012,
    display_min=2.80,
    display_max=3.45,
    decimals=3,
    _formula=_weighted((0.0273, 0.011), 2.773),
)

#: Quantities computed from the oxides. A new quantity is one more record here.
DERIVED: Tuple[Quantity, ...] = (
    MG_NUMBER, FEO_TIO2, FE_TI, AL2O3_CAO, SUM, PLAGIOCLASE, GRAIN_DENSITY,
)  # fmt: skip
QUANTITIES: Tuple[Quantity, ...] = (*map(_oxide, OXIDES), *DERIVED)
BY_KEY: Mapping[str, Quantity] = {quantity.key: quantity for quantity in QUANTITIES}


def of_composition(
    quantity: Quantity, oxides_wt: Sequence[float], sigma_wt: Sequence[float] = ()
) -> float:
    """Value for one composition in wt%, in the order of `oxides.OXIDES`; NaN where unknown.

    Parameters
    ----------
    quantity : Quantity
    oxides_wt : sequence of float
        In the order of `oxides.OXIDES`.
    sigma_wt : sequence of float, optional
        Standard uncertainties in the same order; none by default.

    Returns
    -------
    float
    """
    composition = dict(zip(OXIDE_NAMES, oxides_wt))
    return float(quantity.evaluate(composition, dict(zip(OXIDE_NAMES, sigma_wt))).value)
