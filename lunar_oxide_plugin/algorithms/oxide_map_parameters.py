"""Parameters of algorithms that read any map of an oxide: its band, and what its numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsProcessingParameterBand,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

from ..core.chemistry.oxides import OXIDE_NAMES, OXIDES, Oxide
from ..core.errors import RasterError
from .base import LunarOxideAlgorithm
from .run import Run

if TYPE_CHECKING:
    from ..core.rasters.map_band import Quantity

#: Possible meanings of a map's numbers: text of the dialog, and text for
#: `map_band.stated_quantity`.
QUANTITIES = {
    "As the band's description says": "",
    "Oxide, wt%": "oxide wt%",
    "Element, wt%": "element wt%",
    "Oxide, ppm": "oxide ppm",
    "Element, ppm": "element ppm",
    "Oxide, fraction (0 to 1)": "oxide fraction",
    "Element, fraction (0 to 1)": "element fraction",
}


class OxideMapAlgorithm(LunarOxideAlgorithm):
    """An algorithm that reads maps of oxides or elements, ours or published."""

    OXIDE = "OXIDE"
    QUANTITY = "QUANTITY"
    BAND = "BAND"

    def add_oxide(self, as_described: str, parent: str) -> None:
        """Declare what a map holds, where the descriptions of its bands do not tell."""
        self.add(
            QgsProcessingParameterEnum(
                self.OXIDE,
                self.tr("Oxide of the map"),
                options=[self.tr(as_described), *OXIDE_NAMES],
                defaultValue=0,
            ),
            advanced=True,
        )
        self.add_quantity(self.QUANTITY, "Numbers of the map", advanced=True)
        self.add_map_band(self.BAND, "Band of the map", parent)

    def chosen_oxide(self, run: Run) -> Optional[Oxide]:
        """The oxide that a map holds; None where its bands tell.

        Raises
        ------
        RasterError
            If a band or quantity is chosen and no oxide.
        """
        place = run.choice(self.OXIDE)
        if not place and (run.whole(self.BAND) or run.choice(self.QUANTITY)):
            raise RasterError(
                "A band or its numbers are chosen but no oxide: choose the oxide that they hold."
            )
        return OXIDES[place - 1] if place else None

    def add_map_band(self, name: str, label: str, parent: str) -> None:
        """Declare the band of a map; found by its description if empty."""
        self.add(
            QgsProcessingParameterBand(
                name, self.tr(label), parentLayerParameterName=parent, optional=True
            ),
            advanced=True,
        )

    def add_quantity(self, name: str, label: str, advanced: bool) -> None:
        """Declare what the numbers of a map are."""
        self.add(
            QgsProcessingParameterEnum(
                name,
                self.tr(label),
                options=[self.tr(each) for each in QUANTITIES],
                defaultValue=0,
            ),
            advanced=advanced,
        )

    def add_limit(
        self, name: str, label: str, default: float, low: float = -1e12, high: float = 1e12
    ) -> None:
        """Declare an advanced number."""
        self.add(
            QgsProcessingParameterNumber(
                name,
                self.tr(label),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=default,
                minValue=low,
                maxValue=high,
            ),
            advanced=True,
        )


def chosen_quantity(run: Run, name: str, oxide: Oxide) -> Optional[Quantity]:
    """The chosen meaning of a map's numbers; None where the band's description tells."""
    from ..core.rasters.map_band import stated_quantity

    chosen = list(QUANTITIES.values())[run.choice(name)]
    return stated_quantity(chosen, oxide) if chosen else None
