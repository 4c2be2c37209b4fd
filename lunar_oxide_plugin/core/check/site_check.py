"""The prediction check: measured and predicted oxides of each site."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Dict, List, Optional, Sequence, Tuple

from ..chemistry.layout import SigmaKind
from ..chemistry.new_place import Skills
from ..chemistry.oxides import OXIDES, Z90, Oxide
from ..products.spectral_parameters import SpectralParameter
from ..sites.sample_sites import SampleSite
from ..sites.site_columns import RejectedRow
from ..sites.training_stations import Seen


@dataclass(frozen=True)
class SitePrediction:
    """Measured and predicted oxides at one site.

    Attributes
    ----------
    site : SampleSite
    predicted_wt, sigma_wt : tuple of float
        wt%, in the order of `oxides.OXIDES`: median over the window's valid pixels; NaN for oxides
        that the model does not give.
    domain_distance : float
        Median over the window, in units of the model's threshold; NaN where none.
    quality : int, or None
        Quality bits of the window's valid pixels, combined by OR; None where the map has none.
    n_pixels : int
        Valid pixels in the window.
    seen : Seen
    note : str
        A remark about this pair (position error larger than the window, same place as a training
        station ...); may be empty.
    place : str
        The pixels; equal for sites that are compared with the same ones.
    sigma_kind : SigmaKind, or None
        Of `sigma_wt`; None without any.
    sigma_basis : str
        Why this kind is used at this site; may be empty.
    """

    site: SampleSite
    predicted_wt: Tuple[float, ...]
    sigma_wt: Tuple[float, ...]
    domain_distance: float
    quality: Optional[int]
    n_pixels: int
    seen: Seen
    note: str = ""
    place: str = ""
    sigma_kind: Optional[SigmaKind] = None
    sigma_basis: str = ""

    @property
    def residual_wt(self) -> Tuple[float, ...]:
        """Predicted minus measured, wt%."""
        return tuple(p - m for p, m in zip(self.predicted_wt, self.site.oxides_wt))

    @property
    def combined_sigma_wt(self) -> Tuple[float, ...]:
        """Root of the summed squares of predicted and measured sigma, wt%.

        The predicted sigma alone where the measurement has none; NaN where the model gives none.
        """
        return tuple(
            math.hypot(sigma, 0.0 if math.isnan(measured) else measured)
            for sigma, measured in zip(self.sigma_wt, self.site.measured_sigma_wt)
        )

    @property
    def standardised_residual(self) -> Tuple[float, ...]:
        """Residual over combined sigma; NaN where there is no sigma."""
        return tuple(
            r / s if s > 0.0 else math.nan for r, s in zip(self.residual_wt, self.combined_sigma_wt)
        )

    @property
    def outside_interval(self) -> Tuple[bool, ...]:
        """Whether |residual| exceeds 1.645 combined sigma; False where there is no sigma."""
        return tuple(
            bool(abs(r) > Z90 * s) for r, s in zip(self.residual_wt, self.combined_sigma_wt)
        )


@dataclass(frozen=True)
class SkippedSite:
    """A site that could not be checked, and the reason."""

    site: SampleSite
    reason: str


#: The oxides that classical formulas give, with the formula of each.
Formulas = Tuple[Tuple[Oxide, SpectralParameter], ...]


@dataclass(frozen=True)
class SecondOpinion:
    """Values of classical formulas at each checked site.

    Attributes
    ----------
    raster : str
        Name of the reflectance raster.
    bands : tuple of str
        Which raster band was used for which wavelength.
    values_wt : tuple of (FeO, TiO2)
        One for each pair of the check, in wt%; NaN where a formula has no value.
    formulas : tuple of (Oxide, SpectralParameter)
        Of the raster's sensor, for FeO and TiO2.
    """

    raster: str
    bands: Tuple[str, ...]
    values_wt: Tuple[Tuple[float, float], ...]
    formulas: Formulas


@dataclass(frozen=True)
class CheckResult:
    """Outcome of a prediction check.

    Attributes
    ----------
    pairs : tuple of SitePrediction
    skipped : tuple of SkippedSite
    window : int
        Side of the square window in pixels.
    provenance : dict
        Facts for the report: raster, model title, version and digest, CRS, software.
    rejected : tuple of RejectedRow
        Rows of the ground truth that could not be used.
    truth_notes : tuple of str
        The meaning found for each column of the ground truth.
    second_opinion : SecondOpinion, or None
        Classical formulas at the same sites, where a reflectance raster was given.
    new_place : mapping of oxide name to NewPlaceSkill
        What the model's maps tell at a new place; empty where it does not say.
    in_situ : tuple of SitePrediction
        Analyses made on the Moon by instruments: a kind of their own, in no metric.
    in_situ_skipped : tuple of SkippedSite
    """

    pairs: Tuple[SitePrediction, ...]
    skipped: Tuple[SkippedSite, ...]
    window: int
    provenance: Dict[str, str] = field(default_factory=dict)
    rejected: Tuple[RejectedRow, ...] = ()
    truth_notes: Tuple[str, ...] = ()
    second_opinion: Optional[SecondOpinion] = None
    new_place: Skills = field(default_factory=dict)
    in_situ: Tuple[SitePrediction, ...] = ()
    in_situ_skipped: Tuple[SkippedSite, ...] = ()

    @property
    def oxides(self) -> Tuple[Oxide, ...]:
        """The oxides that the raster predicts; the reports contain only these."""
        return predicted_oxides((*self.pairs, *self.in_situ))


def predicted_oxides(pairs: Sequence[SitePrediction]) -> Tuple[Oxide, ...]:
    """Oxides with a prediction at any of the sites, in the order of `oxides.OXIDES`."""
    return tuple(
        oxide
        for place, oxide in enumerate(OXIDES)
        if any(math.isfinite(pair.predicted_wt[place]) for pair in pairs)
    )


def note_shared_places(pairs: Sequence[SitePrediction]) -> List[SitePrediction]:
    """The pairs, with a note at those that are compared with the same pixels as others."""
    at: Dict[str, List[str]] = {}
    for pair in pairs:
        at.setdefault(pair.place, []).append(pair.site.station_id)
    noted = []
    for pair in pairs:
        others = list(at[pair.place]) if pair.place else []
        if len(others) > 1:
            others.remove(pair.site.station_id)
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            text = f"compared with the same pixels as {', '.join(others[:3])}{more}"
            pair = replace(pair, note="; ".join(filter(None, (pair.note, text))))
        noted.append(pair)
    return noted


def by_seen(pairs: Sequence[SitePrediction]) -> Dict[Seen, List[SitePrediction]]:
    """Pairs grouped by whether the model saw them; groups without pairs are left out.

    Parameters
    ----------
    pairs : sequence of SitePrediction

    Returns
    -------
    dict of Seen to list of SitePrediction
    """
    groups = {seen: [pair for pair in pairs if pair.seen is seen] for seen in Seen}
    return {seen: group for seen, group in groups.items() if group}
