"""What is read off a composition: the six oxides, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping, Tuple

import numpy as np
import numpy.typing as npt

from .oxides import FEO, MGO, OXIDE_NAMES, OXIDES, TIO2, UNIT, Oxide
from .stoichiometry import molar_mass

FloatArray = npt.NDArray[np.float64]
Composition = Mapping[str, npt.ArrayLike]


@dataclass(frozen=True)
class Quantity:
    """One number that a composition has.

    Attributes
    ----------
    key : str
        Stable name for settings, columns and tests, e.g. ``"mg_number"``.
    label : str
        For axes, with subscripts.
    unit : str
        Empty where the quantity has none.
    oxides : tuple of str
        Names of the oxides it needs.
    """

    key: str
    label: str
    unit: str
    oxides: Tuple[str, ...]
    _formula: Callable[[Tuple[FloatArray, ...]], FloatArray]

    @property
    def title(self) -> str:
        """Label with unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def compute(self, composition: Composition) -> FloatArray:
        """Value for arrays of oxides.

        Parameters
        ----------
        composition : mapping of oxide name to array of wt%, all of one shape

        Returns
        -------
        array of that shape
            NaN where an oxide is missing or the quantity has no meaning.
        """
        needed = tuple(np.asarray(composition[name], dtype=np.float64) for name in self.oxides)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._formula(needed)


def _only(values: Tuple[FloatArray, ...]) -> FloatArray:
    return values[0]


def _total(values: Tuple[FloatArray, ...]) -> FloatArray:
    total: FloatArray = np.sum(np.stack(values), axis=0)
    return total


def _ratio(values: Tuple[FloatArray, ...]) -> FloatArray:
    above, below = values
    return np.where((above >= 0.0) & (below > 0.0), above / below, np.nan)


def _mg_number(values: Tuple[FloatArray, ...]) -> FloatArray:
    mgo = values[0] / molar_mass(MGO.name)
    feo = values[1] / molar_mass(FEO.name)
    defined = (mgo >= 0.0) & (feo >= 0.0) & (mgo + feo > 0.0)
    return np.where(defined, 100.0 * mgo / (mgo + feo), np.nan)


def _oxide(oxide: Oxide) -> Quantity:
    return Quantity(oxide.key, oxide.pretty, UNIT, (oxide.name,), _only)


#: Molar MgO / (MgO + FeO), times 100 as petrologists write it.
MG_NUMBER = Quantity("mg_number", "Mg#", "", (MGO.name, FEO.name), _mg_number)
FEO_TIO2 = Quantity("feo_tio2", f"FeO/{TIO2.pretty}", "", (FEO.name, TIO2.name), _ratio)
SUM = Quantity("sum", "Sum of oxides", UNIT, OXIDE_NAMES, _total)

QUANTITIES: Tuple[Quantity, ...] = (*map(_oxide, OXIDES), MG_NUMBER, FEO_TIO2, SUM)
BY_KEY: Mapping[str, Quantity] = {quantity.key: quantity for quantity in QUANTITIES}


def of_composition(quantity: Quantity, oxides_wt: Tuple[float, ...]) -> float:
    """Value for one composition, six oxides in wt% in the order of `oxides.OXIDES`."""
    return float(quantity.compute(dict(zip(OXIDE_NAMES, oxides_wt))))
