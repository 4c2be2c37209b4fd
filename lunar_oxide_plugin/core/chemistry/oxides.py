"""The oxides, in the one order used everywhere, with their plausible and display ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple


@dataclass(frozen=True)
class Oxide:
    """One oxide of the inversion.

    Attributes
    ----------
    name : str
        Chemical formula, e.g. ``"TiO2"``.
    pretty : str
        Formula with subscripts, for legends and reports.
    display_min, display_max : float
        Fixed legend range in wt%, so that maps of different places can be compared. They span the
        soils returned from the Moon (Lunar Sourcebook 1991, Table 7.15) with some margin.
    rock_min, rock_max : float
        Lowest and highest wt% with a wide margin around every lunar soil and rock (Lunar
        Sourcebook 1991, chapters 6 and 7: ferroan anorthosite to ilmenite basalt, dunite and
        granite).
    analysis_sigma_wt : float
        Standard uncertainty of a soil's analysis as the label of a spectrum, wt%, where the site
        gives none. TiO2, FeO and Al2O3: the difference of three independent compilations of the
        same sites (0.3-0.5, 0.5-1.0, about 1). MgO, CaO, SiO2: values assumed between these.
    """

    name: str
    pretty: str
    display_min: float
    display_max: float
    rock_min: float
    rock_max: float
    analysis_sigma_wt: float

    @property
    def key(self) -> str:
        """Lower-case name for column and parameter names, e.g. ``"tio2"``."""
        return self.name.lower()


TIO2 = Oxide("TiO2", "TiO₂", 0.0, 10.0, 0.0, 30.0, 0.4)
FEO = Oxide("FeO", "FeO", 2.0, 22.0, 0.05, 50.0, 0.75)
AL2O3 = Oxide("Al2O3", "Al₂O₃", 8.0, 30.0, 0.3, 40.0, 1.0)
MGO = Oxide("MgO", "MgO", 4.0, 12.0, 0.05, 60.0, 0.5)
CAO = Oxide("CaO", "CaO", 8.0, 18.0, 0.3, 25.0, 0.5)
SIO2 = Oxide("SiO2", "SiO₂", 38.0, 50.0, 20.0, 80.0, 0.6)

#: The oxides that make up lunar soils to some percent: their sum is close to 100 wt%.
MAJOR_OXIDES: Tuple[Oxide, ...] = (TIO2, FEO, AL2O3, MGO, CAO, SIO2)

#: All oxides that models may predict; a further one is added at the end.
OXIDES: Tuple[Oxide, ...] = MAJOR_OXIDES
OXIDE_NAMES: Tuple[str, ...] = tuple(oxide.name for oxide in OXIDES)

UNIT = "wt%"

#: Half-width of the central 90 % interval of a normal distribution, in standard deviations.
Z90 = 1.6448536269514722
