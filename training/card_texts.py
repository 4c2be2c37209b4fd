"""What cards say of a sensor beside its figures: use, labels, known failures, citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import protocols
from .instrument import CLEMENTINE_UVVIS, KAGUYA_MI


@dataclass(frozen=True)
class Texts:
    """Sentences on one sensor's models.

    Attributes
    ----------
    intended_use, citation : str
    reflectance : str
        What a model takes.
    labels, taught : str
        How compositions came about, and what the network has learnt from.
    singles : str
        On stations that decide much of the squared error; empty where none does.
    others : str
        Which methods a model is compared with.
    chosen : str
        What was not chosen inside the folds.
    failures : tuple of str
        Beside what `known_failures` says of the figures.
    """

    intended_use: str
    citation: str
    reflectance: str
    labels: str
    taught: str
    singles: str
    others: str
    chosen: str
    failures: tuple[str, ...]

    def known_failures(self, validation: Mapping[str, Any]) -> list[str]:
        """What a model is known to do badly and what stands in the way, a sentence each."""
        return [
            "A mission never seen: the figures with missions left out are what to expect at a new "
            "kind of place" + _without_skill(validation),
            *self.failures,
        ]


def _without_skill(validation: Mapping[str, Any]) -> str:
    """Oxides that leave-one-mission-out predicts no better than half of the variance."""
    oxides = validation[protocols.LOMO]["oxides"]
    figures = {oxide: part["r2"] for oxide, part in oxides.items()}
    none = [oxide for oxide, value in figures.items() if value < 0.0]
    little = [oxide for oxide, value in figures.items() if 0.0 <= value < 0.5]
    parts = []
    if none:
        parts.append(f"{', '.join(none)} then has no skill")
    if little:
        parts.append(f"{', '.join(little)} little" if none else f"{', '.join(little)} has little")
    return "; " + ", ".join(parts) + "." if parts else "."


_LABELS_DIFFER = (
    "Labels: independent compilations of the same sites differ by 0.3-0.5 wt% TiO2 at high-Ti "
    "sites, 0.5-1 FeO and about 1 Al2O3. The errors with stations left out are near these "
    "differences; the errors at new places are larger and come from too few sampled kinds of "
    "place."
)

_ILLUMINATED = (
    "Shadow, steep slopes, latitudes above 60-65 degrees and fresh rock change reflectance "
    "without changing chemistry; other sensors' reflectance differs even where bands agree."
)

TEXTS = {
    KAGUYA_MI.key: Texts(
        intended_use=(
            "For maps of soil composition from MI MAP reflectance, with sigma and quality shown. "
            "Not for single rocks, not for pixels outside the domain."
        ),
        citation=(
            "Lunar Oxide. Station spectra and compositions: Yang et al. 2023, Nat Commun 14:7554, "
            "doi 10.1038/s41467-023-43358-0; Chang'e-6 soil: Li et al. 2024, NSR 11, nwae328; "
            "Apollo 12 bulk soils: Lunar Sample Compendium, Meyer 2011; "
            "Multiband Imager data: JAXA/SELENE."
        ),
        reflectance="Multiband Imager reflectance",
        labels=(
            "bulk soil. Apollo 12's eight rows were published as fines below 37 micrometres, "
            "which are poorer in FeO and richer in Al2O3; five have a bulk analysis in the Lunar "
            "Sample Compendium (Meyer 2011), three are moved by the mean difference of these five. "
            "`sample_sites.csv` holds both, with sources and uncertainties"
        ),
        taught=(
            "a bank of kernel regressions on reciprocal reflectance (MgO and CaO, half of "
            "Al2O3 and SiO2 on principal components of composition) and by mixtures of two "
            "stations, all in closed form. TiO2 is not learnt by the network, but computed in the "
            "file: a power law of theta_Ti, plus the mean of the stations' residuals from it by "
            "the probability that the spectrum is another extraction of theirs. A spectrum as far "
            "from a station as the median of two extractions of one place is as likely of a new "
            "place, and there the law stands alone"
        ),
        singles="These two decide much of the squared error.",
        others=(
            "Ridge, PLS (four components) and Gaussian process on log reflectance; FeO and TiO2 "
            "from the angles of the published formulas, linear in theta_Fe and a power of "
            "theta_Ti, fitted anew in each fold; the published OneDCNN of Yang et al. 2023 and its "
            "residual variant as they were trained there, one seed, on the same labels. Rows "
            "marked *leaking* choose, in each fold, the epoch that is best on the held-out "
            "station, as in the literature: no figure to expect anywhere."
        ),
        chosen=(
            "which oxides use principal components, the shares of the mixtures, and the form of "
            "the interval at a new place were chosen among some hundred variants with the figures "
            "of both protocols in view, and are younger than the data. TiO2 was chosen last, among "
            "some ninety variants (kernels and mixtures on what the law leaves, weights that fade "
            "with the distance from the stations, residual kriging). The one taken has no number "
            "that was set by the figures, since the noise of extraction is measured and the median "
            "is a median; but it was taken with the figures in view. The choices count: with a "
            "quartile instead of the median R2 is 0.89 to 0.91 with stations left out and 0.62 to "
            "0.63 with missions left out, with 0.7 times the noise 0.85 and 0.60, with 1.4 times "
            "the noise 0.91 and 0.56. The like for FeO, a line of theta_Fe where nothing was "
            "sampled, was worse (0.91 with missions left out) and was not taken. "
            "That MgO has no skill was known from all missions when its interval was given that of "
            "the mean."
        ),
        failures=(
            "TiO2 of a spectrum that is like no station's is a law of one angle. Near a station's "
            "spectrum it changes to that station's within a few per cent of reflectance, so that "
            "noise moves it more than other oxides.",
            "Two corners of composition: TiO2 above 5.1 wt% is known from Apollo 17 alone, Al2O3 "
            "above 23 wt% from Apollo 16 alone; left out, each is extrapolated from the others.",
            "Spectral twins: beside a common gain the bands of Luna 16 and Chang'e-6 differ by "
            "0.9 %, as two extractions of one place do, and their SiO2 by 4.3 wt%; Apollo 14 "
            "Station G and Apollo 15 Station 2 differ by 1.4 % and 1.8 wt% SiO2. No function of "
            "these spectra is right at both.",
            "Chang'e-5 and Chang'e-6 are the only soils of their kind.",
            "MgO and SiO2 have no absorption of their own in these bands: the model infers them "
            "from the company that oxides keep in returned soils.",
            _LABELS_DIFFER,
            _ILLUMINATED,
        ),
    ),
    CLEMENTINE_UVVIS.key: Texts(
        intended_use=(
            "For maps of soil composition from the calibrated Clementine UVVIS mosaics "
            "(reflectance = DN x 1.3500004e-4 + 6.3422227e-8), with sigma and quality shown. Not "
            "for single rocks, not for pixels outside the domain."
        ),
        citation=(
            "Lunar Oxide. Station spectra: Wilcox, Lucey & Gillis 2005, J. Geophys. Res. 110, "
            "E11001, doi 10.1029/2005JE002512; compositions: sources in sample_sites.csv (Yang et "
            "al. 2023, Nat Commun 14:7554, doi 10.1038/s41467-023-43358-0; Korotev & Gillis 2001; "
            "Lunar Sourcebook 1991); Clementine UVVIS data: NASA/USGS."
        ),
        reflectance="Clementine UVVIS reflectance",
        labels=(
            "bulk soil, those of `sample_sites.csv`, where the model for Kaguya MI has the same "
            "station; the averages of Apollo 11 and Apollo 12 stand for their sites. The spectra "
            "of Wilcox et al. came from a public transcription, in which two rows were wrong and "
            "are mended (the lander of Apollo 16 stood under Apollo 15, Luna 16 was north of the "
            "equator). Apollo 14's Cone crater is left out: only its FeO and TiO2 are known here"
        ),
        taught=(
            "a bank of kernel regressions on reciprocal reflectance (FeO, CaO and SiO2 on "
            "principal components of composition, TiO2 on what a power law of theta_Ti leaves), by "
            "mixtures of two stations (a fifth of TiO2, three fifths of SiO2), and by ridge "
            "regression on log reflectance (half of FeO, Al2O3 and CaO), all in closed form"
        ),
        singles="",
        others=(
            "Ridge, PLS (four components) and Gaussian process on log reflectance; FeO and TiO2 "
            "from the angles of Lucey et al. 2000, linear in theta_Fe and a power of theta_Ti, "
            "fitted anew in each fold; and the formulas as published. The coefficients of those of "
            "Lucey et al. 2000 and Wilcox et al. 2005 come from landing sites that are mostly "
            "these: their figures are fitted, not validated. That of Wilcox et al. holds in maria "
            "alone."
        ),
        chosen=(
            "the shares of the ridge regression, of the mixtures and of the principal components "
            "were chosen for Clementine among some two hundred combinations of the teacher with "
            "the figures of both protocols in view, which flatters both. So was the spread between "
            "missions: that each mission counts the same, that one factor serves all oxides, and "
            "that it is not relative to the abundance. TiO2 as the model for Kaguya MI has it was "
            "worse here (R2 0.40 with missions left out, 0.84 with stations left out): the law "
            "alone has 0.41."
        ),
        failures=(
            "Brightness decides: beside a common gain the bands of Apollo 17 Station 5 and Apollo "
            "16 Station 8 differ by 1.4 % at most, and their FeO by 12 wt%. What changes "
            "brightness without changing chemistry - slopes, phase, other calibrations, freshness "
            "- moves the answer.",
            "Spectral twins: beside a gain of 4 % the bands of Luna 16 and Apollo 17 LRV 1 differ "
            "by 1.4 % and their TiO2 by 4.6 wt%; those of Luna 16 and Luna 24 by 1.9 % and their "
            "FeO by 3.7, SiO2 by 3.9 wt%. No function of these spectra is right at both.",
            "Corners of composition: TiO2 above 4.6 wt% is known from Apollo 17 and from Apollo 11 "
            "alone, Al2O3 above 23 wt% from Apollo 16 alone. Six of nine missions are one station.",
            "Without the bands beyond 1000 nm of Kaguya MI olivine, pyroxene and plagioclase are "
            "hardly told apart.",
            "No far side, no Chang'e-5, no Chang'e-6: no Clementine spectrum of these is "
            "published, so that there is no blind prediction either.",
            "Position: the mosaics on the old control network of Clementine are up to kilometres "
            "away from the positions in `sample_sites.csv`. Compare with samples on a mosaic that "
            "was moved to a newer network.",
            _LABELS_DIFFER,
            _ILLUMINATED,
        ),
    ),
}
