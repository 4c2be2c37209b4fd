"""The models that are shipped, and which stations each may learn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .instrument import CLEMENTINE_UVVIS, KAGUYA_MI, Instrument
from .stations import Stations, read_stations

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "models"


@dataclass(frozen=True)
class ShippedModel:
    """One file of `resources/models`.

    Attributes
    ----------
    name, title, version, summary : str
    instrument : Instrument
    oxides : tuple of str
        That it answers (`skill`).
    excluded : tuple of str
        Station ids that it never sees, neither in training nor in calibration.
    changes : str
        What differs from the version before, a sentence or two.
    """

    name: str
    title: str
    version: str
    summary: str
    instrument: Instrument
    oxides: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    changes: str = ""

    @property
    def path(self) -> Path:
        """The ONNX file."""
        return MODEL_FOLDER / f"{self.name}.onnx"

    @property
    def card(self) -> Path:
        """The model card."""
        return MODEL_FOLDER / f"{self.name}.md"

    def everything(self) -> Stations:
        """All stations of its sensor, excluded ones too, in its oxides."""
        return read_stations(instrument=self.instrument).of_oxides(self.oxides)

    def stations(self) -> Stations:
        """The stations that it learns from."""
        return self.everything().without(*self.excluded)


ALL_STATIONS = ShippedModel(
    "kaguya_mi",
    "Kaguya MI, all stations",
    "3.1.0",
    "Six oxides from Kaguya/SELENE Multiband Imager reflectance, learnt from all 56 sampling "
    "stations with a published spectrum, Chang'e-6 included.",
    KAGUYA_MI,
    KAGUYA_MI.oxides,
    changes="Version 3.1 has a convolutional network of half the cost of 3.0's. R2 of no oxide is "
    "worse than 3.0's by more than 0.002, in either protocol; with missions left out TiO2 gains "
    "0.010 and CaO 0.012, and fewer intervals of MgO at a new place hold, 0.79 instead of 0.84.",
)
BEFORE_CE6 = ShippedModel(
    "kaguya_mi_before_ce6",
    "Kaguya MI, before Chang'e-6",
    "3.1.0",
    "The same recipe on the 55 stations known before Chang'e-6, so that its prediction of the "
    "Chang'e-6 landing site is blind.",
    KAGUYA_MI,
    KAGUYA_MI.oxides,
    excluded=("CE6",),
    changes="Version 3.1 has a convolutional network of half the cost of 3.0's. With missions left "
    "out R2 of MgO is 0.017 worse than 3.0's (neither has skill) and of SiO2 0.013, of TiO2 0.013 "
    "better and of CaO 0.018; with single stations left out TiO2 is 0.005 worse and SiO2 0.005 "
    "better, the others within 0.002.",
)
CLEMENTINE = ShippedModel(
    "clementine_uvvis",
    "Clementine UVVIS, all stations",
    "1.0.0",
    "Five oxides from Clementine UVVIS reflectance, learnt from 46 sampling stations of Apollo and "
    "Luna with a published spectrum.",
    CLEMENTINE_UVVIS,
    # Without MgO, which has no skill where a mission is left out (`skill`).
    ("TiO2", "FeO", "Al2O3", "CaO", "SiO2"),
)
SHIPPED = (ALL_STATIONS, BEFORE_CE6, CLEMENTINE)
