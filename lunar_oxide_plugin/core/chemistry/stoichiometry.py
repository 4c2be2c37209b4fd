"""Elements to oxides: mass factors from standard atomic weights."""

from __future__ import annotations

from typing import Dict, Tuple

#: Standard atomic weights in g/mol, abridged (Prohaska et al. 2022, Pure Appl. Chem. 94, 573,
#: doi 10.1515/pac-2019-0603).
ATOMIC_MASS: Dict[str, float] = {
    "O": 15.999,
    "Mg": 24.305,
    "Al": 26.982,
    "Si": 28.085,
    "Ca": 40.078,
    "Ti": 47.867,
    "Fe": 55.845,
}

#: Cation, its number and the number of oxygens in each oxide.
_FORMULAS: Dict[str, Tuple[str, int, int]] = {
    "TiO2": ("Ti", 1, 2),
    "FeO": ("Fe", 1, 1),
    "Al2O3": ("Al", 2, 3),
    "MgO": ("Mg", 1, 1),
    "CaO": ("Ca", 1, 1),
    "SiO2": ("Si", 1, 2),
    "Fe2O3": ("Fe", 2, 3),
}


def molar_mass(oxide: str) -> float:
    """Molar mass of an oxide in g/mol, e.g. 71.844 for ``"FeO"``."""
    cation, cations, oxygens = _FORMULAS[oxide]
    return cations * ATOMIC_MASS[cation] + oxygens * ATOMIC_MASS["O"]


def element_of(oxide: str) -> str:
    """Symbol of an oxide's cation, e.g. ``"Ti"`` for ``"TiO2"``.

    Parameters
    ----------
    oxide : str

    Returns
    -------
    str
    """
    return _FORMULAS[oxide][0]


def oxide_per_element(oxide: str) -> float:
    """Mass of oxide for one mass of its element, e.g. 1.2865 for ``"FeO"`` from Fe.

    Parameters
    ----------
    oxide : str

    Returns
    -------
    float
    """
    cation, cations, _ = _FORMULAS[oxide]
    return molar_mass(oxide) / (cations * ATOMIC_MASS[cation])


#: Mass of FeO that holds the iron of one mass of Fe2O3 (laboratories report total iron as Fe2O3).
FEO_PER_FE2O3 = 2.0 * molar_mass("FeO") / molar_mass("Fe2O3")
