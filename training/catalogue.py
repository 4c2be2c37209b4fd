"""The models that are shipped, and which stations each may learn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .stations import Stations

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "models"


@dataclass(frozen=True)
class ShippedModel:
    """One file of `resources/models`.

    Attributes
    ----------
    name, title, version, summary : str
    excluded : tuple of str
        Station ids that it never sees, neither in training nor in calibration.
    """

    name: str
    title: str
    version: str
    summary: str
    excluded: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The ONNX file."""
        return MODEL_FOLDER / f"{self.name}.onnx"

    @property
    def card(self) -> Path:
        """The model card."""
        return MODEL_FOLDER / f"{self.name}.md"

    def stations(self, everything: Stations) -> Stations:
        """The stations that it learns from."""
        return everything.without(*self.excluded)


ALL_STATIONS = ShippedModel(
    "kaguya_mi",
    "Kaguya MI, all stations",
    "3.0.0",
    "Six oxides from Kaguya/SELENE Multiband Imager reflectance, learnt from all 56 sampling "
    "stations with a published spectrum, Chang'e-6 included.",
)
BEFORE_CE6 = ShippedModel(
    "kaguya_mi_before_ce6",
    "Kaguya MI, before Chang'e-6",
    "3.0.0",
    "The same recipe on the 55 stations known before Chang'e-6, so that its prediction of the "
    "Chang'e-6 landing site is blind.",
    excluded=("CE6",),
)
SHIPPED = (ALL_STATIONS, BEFORE_CE6)
