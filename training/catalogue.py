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
    "3.2.0",
    "Six oxides from Kaguya/SELENE Multiband Imager reflectance, learnt from all 56 sampling "
    "stations with a published spectrum, Chang'e-6 included.",
    KAGUYA_MI,
    KAGUYA_MI.oxides,
    changes="Version 3.2 computes TiO2 from a law of theta_Ti that the stations correct, and has a "
    "network of half of 3.1's cost. With missions left out R2 of TiO2 is 0.63 instead of 0.44 and "
    "the mean RMSE of the missions 1.00 wt% instead of 1.26, with stations left out R2 is 0.905 "
    "instead of 0.901; but spectra extracted again move TiO2 by 0.60 wt% instead of 0.49, and Luna "
    "24 left out is 2.2 wt% off instead of 1.7. R2 of no other oxide is worse than 3.1's by more "
    "than 0.006 (SiO2 with stations left out), in either protocol. The interval of a new place is "
    "scaled by missions left out. It is narrower than 3.1's but for MgO, of which 93 % hold "
    "instead of 79 %; of TiO2's 82 % hold instead of 96 %.",
)
BEFORE_CE6 = ShippedModel(
    "kaguya_mi_before_ce6",
    "Kaguya MI, before Chang'e-6",
    "3.2.0",
    "The same recipe on the 55 stations known before Chang'e-6, so that its prediction of the "
    "Chang'e-6 landing site is blind.",
    KAGUYA_MI,
    KAGUYA_MI.oxides,
    excluded=("CE6",),
    changes="Version 3.2 computes TiO2 from a law of theta_Ti that the stations correct, and has a "
    "network of half of 3.1's cost. With missions left out R2 of TiO2 is 0.67 instead of 0.49, "
    "with stations left out 0.88 instead of 0.89; of no other oxide it is worse by more than "
    "0.005. The interval of a new place is scaled by missions left out: with missions left out it "
    "is narrower for each oxide, and 91 % hold instead of 96 % (80 % of TiO2's).",
)
CLEMENTINE = ShippedModel(
    "clementine_uvvis",
    "Clementine UVVIS, all stations",
    "1.1.0",
    "Five oxides from Clementine UVVIS reflectance, learnt from 46 sampling stations of Apollo and "
    "Luna with a published spectrum.",
    CLEMENTINE_UVVIS,
    # Without MgO, which has no skill where a mission is left out (`skill`).
    ("TiO2", "FeO", "Al2O3", "CaO", "SiO2"),
    changes="Version 1.1 has a network of half of 1.0's cost; R2 of no oxide is worse by more than "
    "0.003, in either protocol. The interval of a new place is scaled by missions left out: "
    "narrower for each oxide (FeO 4.9 wt% instead of 6.0 with missions left out), and 93 % hold "
    "instead of 97 %.",
)
SHIPPED = (ALL_STATIONS, BEFORE_CE6, CLEMENTINE)
