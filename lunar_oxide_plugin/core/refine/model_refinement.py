"""Refining a model file with new samples: from sites and spectra to a new file with lineage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import SigmaKind, Uncertainty
from ..chemistry.oxides import OXIDE_NAMES, Oxide
from ..errors import Cancelled, ModelError, OutputError, SitesError
from ..files import require_other_file, write_bytes
from ..models.oxide_model import OxideModel
from ..progress import Progress
from ..rasters.raster_input import RasterInput
from ..rasters.source_files import files_behind
from ..sites.nearest_stations import StationBands, StationSpace, model_stations, station_bands
from ..sites.reasons import by_reason, name_list
from ..sites.sample_sites import SampleSite, separation_m
from ..sites.station_shapes import doubt_of_shape
from ..sites.training_stations import SAME_PLACE_M, Seen, seen_in_training
from ..translation import tr_message
from .correction import Correction
from .refined_description import describe_refined
from .refined_graph import Coordinates, SigmaChange, refined_file
from .sample_plausibility import Doubt, doubts
from .site_spectra import SiteSpectra, SiteSpectrum, own_spectra, read_site_spectra
from .verdict import (
    BETTER,
    MIN_PLACES,
    UNTESTABLE,
    WORSE,
    Evidence,
    Samples,
    Stations,
    correct,
    error_scale,
    examine,
    held_out_predictions,
    recorded_error,
    rms,
)

LOO = "nested leave-one-out"
LOMO = "leave-one-mission-out"
#: Largest difference in wt% between the written file and the arithmetic that it was made from.
TOLERANCE_WT = 2e-3

Floats = npt.NDArray[np.float64]

#: Reason why a site is left out that the model has learned from.
KNOWN = "the model was trained on it"


@dataclass(frozen=True)
class RefineRequest:
    """The request for a refinement, of plain values.

    Attributes
    ----------
    model, output : str
        The parent's file, and the file to make.
    sites : tuple of SampleSite
        With measured oxides; those that the parent was trained on are left out.
    raster : RasterInput, or None
        Where spectra are read; None where the sites carry their own.
    window : int
        Odd side in pixels of the square around each site.
    known_sites : tuple of SampleSite
        The table that training lists refer to.
    title : str
        Of the new model; empty to derive one from the parent's.
    """

    model: str
    output: str
    sites: Tuple[SampleSite, ...]
    known_sites: Tuple[SampleSite, ...]
    raster: Optional[RasterInput] = None
    window: int = 3
    title: str = ""


@dataclass(frozen=True)
class RefineResult:
    """The result of a refinement.

    Attributes
    ----------
    output : str
    parent_title, title : str
    oxides : tuple of Oxide
        Oxides of the parent and the refined model, in the order of the arrays' columns.
    added : tuple of SiteSpectrum
    skipped : tuple of (SampleSite, str)
    samples : Samples
    refined : float array, shape (k, oxides), wt%
        Predictions of the refined model at the added samples: fitted there, not validated.
    refined_sigma : float array, shape (k, oxides), wt%
    evidence : Evidence
    verdicts : tuple of str
        One per oxide.
    doubts : tuple of Doubt
    fitted_change : float array, shape (m, oxides)
        Refined minus parent's prediction at the training stations, wt%.
    description : dict
    stations_known : bool
        False where the parent lists no known training stations and all stations were used.
    data_origin : str
    sigma_kind : SigmaKind, or None
        Of `refined_sigma` and the samples' sigma.
    """

    output: str
    parent_title: str
    title: str
    oxides: Tuple[Oxide, ...]
    added: Tuple[SiteSpectrum, ...]
    skipped: Tuple[Tuple[SampleSite, str], ...]
    samples: Samples
    refined: Floats
    refined_sigma: Floats
    evidence: Evidence
    verdicts: Tuple[str, ...]
    doubts: Tuple[Doubt, ...]
    fitted_change: Floats
    description: Dict[str, Any]
    stations_known: bool
    data_origin: str = ""
    sigma_kind: Optional[SigmaKind] = None


def refine_model(request: RefineRequest, progress: Progress) -> RefineResult:
    """Refine a model and write the new file.

    Parameters
    ----------
    request : RefineRequest
    progress : Progress
        Receives the progress, and says whether to stop.

    Returns
    -------
    RefineResult

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no file is left.
    Cancelled
    """
    parent = OxideModel(Path(request.model), uncertainty=Uncertainty.BOTH)
    if parent.description.is_foreign:
        raise ModelError(
            f"{parent.identity.file_name} does not describe itself, so that its bands and training "
            "are unknown: only models with a description can be refined (docs/model_file.md)."
        )
    _require_other_model(request)
    training = model_stations(parent.description, request.known_sites)
    spectra = _spectra(request, parent, station_bands(parent.description.bands), progress)
    added, skipped = _unseen(spectra, parent, request.known_sites)
    if not added:
        groups = by_reason((site.station_id, why) for site, why in skipped)
        reasons = "; ".join(
            f"{tr_message(why)} ({len(names)}: {name_list(names)})" for why, names in groups
        )
        advice = (
            ": give samples of your own, or choose a model that was not trained on these"
            if any(why == KNOWN for why, _ in groups)
            else ""
        )
        raise SitesError(f"No site is left to refine with ({reasons or 'none was given'}){advice}.")
    bands = parent.description.bands
    for item in added:
        doubt = doubt_of_shape(item.reflectance[:, None], bands, item.site.station_id)
        if doubt:
            progress.warn(doubt)
    progress.report(0.2)

    space = training.space
    coordinates = Coordinates(space.centre, space.whitening / space.threshold)
    stations = _stations(parent, space, coordinates)
    samples = _samples(parent, added, coordinates)
    layout = parent.outputs
    recorded = recorded_error(parent.description.validation, layout.names)
    error_wt = error_scale(stations, samples, recorded)
    evidence = examine(stations, samples, error_wt)
    if progress.is_cancelled():
        raise Cancelled("The refinement was cancelled.")
    progress.report(0.7)

    verdicts = tuple(evidence.verdict(oxide) for oxide in range(len(layout.oxides)))
    if parent.description.training_stations is None:
        # Without a list of training stations, no sample is known to be new.
        verdicts = tuple(UNTESTABLE if v == BETTER else v for v in verdicts)
    dropped = [oxide for oxide, verdict in enumerate(verdicts) if verdict == WORSE]
    correction = correct(stations, samples, error_wt, evidence.reach).without(dropped)
    changes = _sigma_changes(parent, added, evidence, samples)
    refined = samples.predicted + correction.at(samples.points).T
    refined_sigma = samples.sigma
    if layout.sigma_kind is not None:
        shown = changes[layout.sigma_kind]
        refined_sigma = shown.apply(samples.sigma.T, correction.presence(samples.points)).T
    found = _doubts(layout.names, samples, added, stations, error_wt)
    description = describe_refined(
        parent,
        added,
        samples,
        refined,
        evidence,
        verdicts,
        {kind: dict(zip(layout.names, change.factor)) for kind, change in changes.items()},
        title=request.title,
        raster="" if request.raster is None else request.raster.path,
        window=request.window,
    )
    # Index in our order of each row of the graph, whose order is the file's.
    order = [layout.names.index(name) for name in parent.description.graph_oxides]
    content = refined_file(
        Path(request.model).read_bytes(),
        parent.identity.file_name,
        parent.layout,
        coordinates,
        correction.in_rows(order),
        {kind: change.in_rows(order) for kind, change in changes.items()},
        description,
    )
    _write(request.output, content, correction, coordinates, added, parent)
    progress.report(1.0)
    return RefineResult(
        output=request.output,
        parent_title=parent.identity.title,
        title=description["title"],
        oxides=layout.oxides,
        added=added,
        skipped=skipped,
        samples=samples,
        refined=refined,
        refined_sigma=refined_sigma,
        evidence=evidence,
        verdicts=verdicts,
        doubts=found,
        fitted_change=correction.at(stations.points).T,
        description=description,
        stations_known=training.trained_on,
        data_origin=spectra.data_origin,
        sigma_kind=layout.sigma_kind,
    )


def _require_other_model(request: RefineRequest) -> None:
    target = Path(request.output)
    if target.suffix.lower() != ".onnx":
        raise OutputError(
            f"The output {target.name} must be a model file: give a name that ends in .onnx."
        )
    raster = [request.raster.path] if request.raster else []
    require_other_file(target, files_behind(request.model, *raster))


def _spectra(
    request: RefineRequest, parent: OxideModel, bands: StationBands, progress: Progress
) -> SiteSpectra:
    if request.raster is not None:
        return read_site_spectra(request.raster, parent, request.sites, request.window, progress)
    return own_spectra(request.sites, bands)


def _unseen(
    spectra: SiteSpectra, parent: OxideModel, known_sites: Sequence[SampleSite]
) -> Tuple[Tuple[SiteSpectrum, ...], Tuple[Tuple[SampleSite, str], ...]]:
    """Spectra that are new to the parent, and the sites left out with the reason."""
    added: List[SiteSpectrum] = []
    skipped = list(spectra.skipped)
    known = [*known_sites, *_earlier_sites(parent)]
    listed = parent.description.training_stations
    for item in spectra.found:
        answer = parent.predict(item.reflectance.astype(np.float32)[:, None])
        distance = float(answer.domain_distance[0])
        seen, note = seen_in_training(item.site, listed, known, distance)
        if seen is Seen.SEEN:
            skipped.append((item.site, note or KNOWN))
        elif seen is Seen.UNKNOWN and listed is not None:
            skipped.append((item.site, f"it may be one that the model was trained on: {note}"))
        elif not np.isfinite(_measured([item.site], parent)).any():
            skipped.append((item.site, "no oxide that the model gives was measured"))
        else:
            added.append(item)
    return tuple(added), tuple(skipped)


def _measured(sites: Sequence[SampleSite], parent: OxideModel) -> Floats:
    """Measured amounts of the oxides that the parent gives, shape (sites, oxides), wt%."""
    return _of_parent([site.oxides_wt for site in sites], parent)


def _of_parent(rows: Sequence[Sequence[float]], parent: OxideModel) -> Floats:
    """Columns of the oxides that the parent gives, from rows in the order of OXIDES."""
    columns = [OXIDE_NAMES.index(name) for name in parent.description.outputs.names]
    return np.array(rows, dtype=np.float64)[:, columns]


def _earlier_sites(parent: OxideModel) -> List[SampleSite]:
    """Samples that earlier refinements added, from the parent's lineage."""
    sites = []
    for entry in _lineage_sites(parent.description.document):
        oxides = entry["oxides"]
        sites.append(
            SampleSite(
                station_id=str(entry["id"]),
                name=str(entry["id"]),
                mission=str(entry.get("mission", "")),
                latitude_deg=float(entry["latitude_deg"]),
                longitude_deg=float(entry["longitude_deg"]),
                position_error_m=float("nan"),
                oxides_wt=tuple(
                    float("nan") if oxides.get(name) is None else float(oxides[name])
                    for name in OXIDE_NAMES
                ),
                reflectance=tuple(float(value) for value in entry["reflectance"]),
            )
        )
    return sites


def _lineage_sites(document: Mapping[str, Any]) -> List[Mapping[str, Any]]:
    found: List[Mapping[str, Any]] = []
    lineage = document.get("lineage")
    while isinstance(lineage, dict):
        found = [*lineage.get("sites", []), *found]
        lineage = lineage.get("parent", {}).get("lineage")
    return found


def _stations(parent: OxideModel, space: StationSpace, coordinates: Coordinates) -> Stations:
    earlier = _earlier_sites(parent)
    sites = [*space.sites, *earlier]
    spectra = space.reflectance
    if earlier:
        spectra = np.concatenate([spectra, [site.reflectance for site in earlier]])
    ids = tuple(site.station_id for site in sites)
    validation, names = parent.description.validation, parent.description.outputs.names
    return Stations(
        ids=ids,
        missions=tuple(site.mission for site in sites),
        label_sigma=_label_sigma(parent),
        points=coordinates(spectra.T),
        measured=_measured(sites, parent),
        sigma=parent.predict(spectra.T.astype(np.float32)).sigma.T.astype(np.float64),
        held_out=held_out_predictions(validation, LOO, ids, names),
        mission_held_out=held_out_predictions(validation, LOMO, ids, names),
    )


def _samples(
    parent: OxideModel, added: Sequence[SiteSpectrum], coordinates: Coordinates
) -> Samples:
    spectra = np.array([item.reflectance for item in added]).T
    prediction = parent.predict(spectra.astype(np.float32))
    own = _of_parent([item.site.measured_sigma_wt for item in added], parent)
    default = np.tile(_label_sigma(parent), (len(added), 1))
    return Samples(
        points=coordinates(spectra),
        measured=_measured([item.site for item in added], parent),
        predicted=prediction.oxides.T.astype(np.float64),
        sigma=prediction.sigma.T.astype(np.float64),
        label_sigma=np.where(np.isfinite(own) & (own > 0.0), own, default),
        place=_places([item.site for item in added]),
    )


def _label_sigma(parent: OxideModel) -> Floats:
    """Uncertainty of an analysis, of each oxide that the parent gives, wt%."""
    return np.array([oxide.analysis_sigma_wt for oxide in parent.description.oxides])


def _places(sites: Sequence[SampleSite]) -> Tuple[int, ...]:
    """Number the place of each site; sites that are near each other share one."""
    places: List[int] = []
    for row, site in enumerate(sites):
        near = [
            places[other]
            for other in range(row)
            if separation_m(site, sites[other]) <= SAME_PLACE_M
        ]
        places.append(near[0] if near else row)
    return tuple(places)


def _sigma_changes(
    parent: OxideModel, added: Sequence[SiteSpectrum], evidence: Evidence, samples: Samples
) -> Dict[SigmaKind, SigmaChange]:
    """The rule of each sigma, with a factor of at least 1.

    A few samples do not justify a smaller sigma. That near sampled geology grows with the error at
    old stations left out, that at a new place with the error at missions left out, and with the
    error at new places left out, which are such places.
    """
    spectra = np.array([item.reflectance for item in added]).T.astype(np.float32)
    prediction, layout = parent.predict(spectra), parent.outputs
    found: Dict[SigmaKind, SigmaChange] = {}
    for kind in layout.sigmas:
        sigma = prediction.sigma_of(kind, layout)
        is_new = kind is SigmaKind.NEW_PLACE and evidence.missions is not None
        tested = evidence.missions if is_new and evidence.missions else evidence.old
        factor = _at_least_one(tested.after / tested.before)
        # Where the model tells the kinds apart, new places test only the sigma meant for them.
        meant = kind is SigmaKind.NEW_PLACE or SigmaKind.NEW_PLACE not in layout.sigmas
        if meant and evidence.new_errors is not None and evidence.new_places >= MIN_PLACES:
            spread = np.hypot(np.asarray(sigma, dtype=np.float64).T, samples.label_sigma)
            factor = np.maximum(factor, _at_least_one(rms(evidence.new_errors / spread)))
        found[kind] = SigmaChange(factor, rms(samples.label_sigma))
    return found


def _at_least_one(factor: Floats) -> Floats:
    return np.maximum(1.0, np.where(np.isfinite(factor), factor, 1.0))


def _doubts(
    names: Sequence[str],
    samples: Samples,
    added: Sequence[SiteSpectrum],
    stations: Stations,
    error_wt: Floats,
) -> Tuple[Doubt, ...]:
    found: List[Doubt] = []
    for row, item in enumerate(added):
        gaps = np.sqrt(((stations.points - samples.points[row]) ** 2).sum(axis=1))
        nearest = int(gaps.argmin())
        sigma = np.where(np.isfinite(samples.sigma[row]), samples.sigma[row], error_wt)
        found += doubts(
            item.site.station_id,
            names,
            samples.measured[row],
            samples.predicted[row],
            np.hypot(sigma, samples.label_sigma[row]),
            stations.ids[nearest],
            float(gaps[nearest]),
            stations.measured[nearest],
        )
    return tuple(found)


def _write(
    output: str,
    content: bytes,
    correction: Correction,
    coordinates: Coordinates,
    added: Sequence[SiteSpectrum],
    parent: OxideModel,
) -> None:
    """Write the model if, opened as a user would, it gives the values computed here."""

    def verify(path: Path) -> None:
        model = OxideModel(path, uncertainty=Uncertainty.BOTH)
        spectra = np.array([item.reflectance for item in added]).T
        probes = np.concatenate([spectra, 1.01 * spectra, 0.6 * spectra], axis=1)
        before = parent.predict(probes.astype(np.float32)).oxides
        expected = before + correction.at(coordinates(probes))
        worst = float(np.abs(model.predict(probes.astype(np.float32)).oxides - expected).max())
        if not worst <= TOLERANCE_WT:
            raise ModelError(
                f"The refined model would be off by {worst:.3g} wt% from its own arithmetic: "
                f"{parent.identity.file_name} cannot be refined."
            )

    write_bytes(output, content, what="model", verify=verify)
