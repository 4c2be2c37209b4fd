"""Turn a folder of published checkpoints into one model file that the plugin runs.

``make import-published CHECKPOINTS=DIR [STATIONS=CSV] [OUT=file.onnx]``

The networks take ten features, standardised over the stations they were trained on (population
standard deviation, as scikit-learn's StandardScaler). The graph computes them from plain
reflectance, so that nobody can feed eight, or another order, which the networks would answer
wrongly without an error. The training error on the station table is printed: it says at once
whether table, targets and strides are the right ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from lunar_oxide_plugin.core.sites.nearest_stations import StationSpace
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite

from . import metrics
from .checkpoints import Checkpoint, CheckpointError, read_folder
from .description import write_model
from .published import Network, features_of, network_from_state
from .published_description import describe_published
from .published_graph import FeatureScaler, OxideBranch, build_published
from .station_tables import StationTableError, read_table
from .stations import OXIDES, STATION_TABLE, FloatArray, Stations

#: Median R2 over the six oxides on their own training stations below which networks and table
#: do not belong together: published networks reach 0.98, a wrong reading falls below zero.
FITS = 0.5

#: The newest station: networks of 2023 do not know it.
CHANGE6 = "CE6"

#: Relative difference up to which a stored loss counts as the one computed here.
SAME_LOSS = 1e-4


@dataclass(frozen=True)
class Reading:
    """How the states are to be understood, beyond what they hold.

    Attributes
    ----------
    standardised : bool
        Whether the networks give standard deviations from the stations' mean, not wt%.
    strides : tuple of int, or None
        One for each part; None: as published.
    rectified_stem : bool, or None
        Whether ReLU follows the stem; None: as published.
    """

    standardised: bool
    strides: tuple[int, ...] | None = None
    rectified_stem: bool | None = None

    def apply(self, network: Network) -> Network:
        """The network so understood."""
        if self.strides is not None:
            network = network.with_strides(self.strides)
        if self.rectified_stem is not None:
            network = network.with_rectified_stem(self.rectified_stem)
        return network

    def __str__(self) -> str:
        words = ["targets standardised" if self.standardised else "targets in wt%"]
        if self.strides is not None:
            words.append(f"strides {','.join(map(str, self.strides))}")
        if self.rectified_stem is not None:
            words.append(f"{'with' if self.rectified_stem else 'without'} ReLU after the stem")
        return ", ".join(words)


@dataclass(frozen=True)
class Imported:
    """Networks with the scalers and the reading they run under.

    Attributes
    ----------
    checkpoints : tuple of Checkpoint
    networks : tuple of Network
        In the order of `OXIDES`.
    stations : Stations
    reading : Reading
    fitted : float array, shape (n, 6)
        wt% on the stations.
    remarks : tuple of str
        What the user should know of how the reading was found.
    """

    checkpoints: tuple[Checkpoint, ...]
    networks: tuple[Network, ...]
    stations: Stations
    reading: Reading
    fitted: FloatArray
    remarks: tuple[str, ...]

    @property
    def belongs(self) -> bool:
        """Whether the networks fit the stations as those they were trained on."""
        return float(np.median(metrics.r2(self.fitted, self.stations.oxides))) >= FITS


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        stations = read_table(options.stations).without(*options.exclude)
        imported = import_folder(
            options.checkpoints, stations, options.targets, _strides(options.strides)
        )
        model = build(imported)
        write_model(model, _document(imported, options.out), options.out)
        _report(imported, options.out)
        print(hint_of_change6(imported), end="")
    except (CheckpointError, StationTableError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Error: {options.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.import_published", description=__doc__)
    parser.add_argument("checkpoints", type=Path, help="folder with log_TiO2, log_FeO …")
    parser.add_argument(
        "--stations", type=Path, default=STATION_TABLE, help="CSV of the training stations"
    )
    parser.add_argument(
        "--exclude", nargs="*", default=[], metavar="ID", help="stations to leave out, e.g. CE6"
    )
    parser.add_argument("--out", type=Path, default=Path("published_onedcnn.onnx"))
    parser.add_argument(
        "--targets",
        choices=("auto", "raw", "standardised"),
        default="auto",
        help="what the networks give: wt% (raw) or standard deviations of the station table",
    )
    parser.add_argument("--strides", help="one a convolution or block, e.g. 1,1,2,1,1")
    return parser


def _strides(text: str | None) -> tuple[int, ...] | None:
    if not text:
        return None
    values = tuple(int(word) for word in text.split(",") if word.strip().isdigit())
    if len(values) != len(text.split(",")) or not set(values) <= {1, 2}:
        raise CheckpointError(f"--strides {text} is no list of 1 and 2 such as 1,1,2,1,1.")
    return values


def import_folder(
    folder: Path,
    stations: Stations,
    targets: str = "auto",
    strides: tuple[int, ...] | None = None,
) -> Imported:
    """Read the six networks of a folder and find how they are to be understood.

    Parameters
    ----------
    folder : Path
    stations : Stations
        Those the networks were trained on; their means and deviations are the scalers.
    targets : {"auto", "raw", "standardised"}
        "auto": as a ``config.yaml`` beside the checkpoints says; otherwise wt%, unless only
        the standardised reading fits the stations.
    strides : tuple of int, optional
        Default: the published ones, unless only others fit the stations.

    Raises
    ------
    CheckpointError
    """
    found = read_folder(folder)
    checkpoints = tuple(found[oxide] for oxide in OXIDES)
    networks = tuple(network_from_state(c.state, str(c.path)) for c in checkpoints)
    if any(network.strides != networks[0].strides for network in networks):
        raise CheckpointError(
            f"The networks in {folder} are of different architectures "
            f"({'; '.join(dict.fromkeys(n.describe() for n in networks))}): import them apart."
        )
    default, others = _readings(checkpoints, networks[0], targets, strides)
    reading, remarks = _choose(networks, stations, default, others)
    understood = tuple(reading.apply(network) for network in networks)
    return Imported(
        checkpoints,
        understood,
        stations,
        reading,
        _predict(understood, stations, reading),
        tuple(remarks),
    )


def _readings(
    checkpoints: Sequence[Checkpoint],
    network: Network,
    targets: str,
    strides: tuple[int, ...] | None,
) -> tuple[Reading, list[Reading]]:
    """The reading to take unless it does not fit, and the others to try then."""
    said = {c.standardised for c in checkpoints} - {None}
    if targets != "auto":
        scales = [targets == "standardised"]
    elif len(said) == 1:
        scales = [said == {True}]
    else:
        scales = [False, True]
    if said == {False} and targets == "auto":
        raise CheckpointError(
            "config.yaml beside the checkpoints says do_scale: false: such networks take raw "
            "features, not the published standardised ones; give --targets to import anyway."
        )
    shapes: list[tuple[tuple[int, ...] | None, bool | None]] = [(strides, None)]
    if strides is None:
        shapes += [(other, None) for other in _other_strides(network)]
    if network.is_residual:
        shapes += [(other, True) for other, _ in list(shapes)]
    every = [Reading(scale, *shape) for shape in shapes for scale in scales]
    return every[0], every[1:]


def _other_strides(network: Network) -> list[tuple[int, ...]]:
    """Strides that networks of these widths usually have, beside the published."""
    widths = [len((getattr(part, "second", part)).bias) for part in network.parts]
    each = tuple(
        2 if index and width > widths[index - 1] else 1 for index, width in enumerate(widths)
    )
    none = (1,) * len(widths)
    return [other for other in (each, none) if other != network.strides]


def _choose(
    networks: Sequence[Network], stations: Stations, default: Reading, others: Sequence[Reading]
) -> tuple[Reading, list[str]]:
    def score(reading: Reading) -> float:
        understood = [reading.apply(network) for network in networks]
        fitted = _predict(understood, stations, reading)
        return float(np.median(metrics.r2(fitted, stations.oxides)))

    if score(default) >= FITS or not others:
        return default, []
    best = max(others, key=score)
    if score(best) < FITS:
        return default, []
    return best, [
        f"Read with {best}, because the networks fit the stations so (median R2 {score(best):.3f}) "
        f"and not with {default} (median R2 {score(default):.3f})."
    ]


def scaler_of(stations: Stations) -> FeatureScaler:
    """Mean and population standard deviation of the ten features."""
    features = features_of(stations.reflectance)
    return FeatureScaler(features.mean(0), features.std(0))


def domain_of(stations: Stations) -> StationSpace:
    """The space that the plugin measures distances to these stations in."""
    nan = float("nan")
    return StationSpace(
        [
            SampleSite(name, name, "", 0.0, 0.0, nan, tuple(oxides), reflectance=tuple(spectrum))
            for name, oxides, spectrum in zip(
                stations.ids, stations.oxides.tolist(), stations.reflectance.tolist()
            )
        ]
    )


def _predict(networks: Sequence[Network], stations: Stations, reading: Reading) -> FloatArray:
    """wt%, shape (n, 6)."""
    scaler = scaler_of(stations)
    inputs = (features_of(stations.reflectance) - scaler.mean) / scaler.std
    answer = np.stack([network(inputs) for network in networks], axis=1)
    mean, std = _target_scale(stations, reading)
    return answer * std + mean


def _target_scale(stations: Stations, reading: Reading) -> tuple[FloatArray, FloatArray]:
    if not reading.standardised:
        return np.zeros(len(OXIDES)), np.ones(len(OXIDES))
    return stations.oxides.mean(0), stations.oxides.std(0)


def build(imported: Imported) -> onnx.ModelProto:
    """The graph: features, six networks, wt%; compared with the arrays on the stations.

    Raises
    ------
    CheckpointError
        If ONNX Runtime answers otherwise than the arrays by more than 1e-3 wt%.
    """
    mean, std = _target_scale(imported.stations, imported.reading)
    branches = [
        OxideBranch(network, float(std[index]), float(mean[index]))
        for index, network in enumerate(imported.networks)
    ]
    model = build_published(scaler_of(imported.stations), branches, domain_of(imported.stations))
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    feed = imported.stations.reflectance.T[None, None].astype(np.float32)
    (answer,) = session.run(["oxides"], {"reflectance": feed})
    off = float(np.abs(answer.T - imported.fitted).max())
    if not off < 1e-3 * max(1.0, float(np.abs(imported.fitted).max()) / 100.0):
        raise CheckpointError(f"The graph differs from the networks by {off:.3g} wt%.")
    return model


def _document(imported: Imported, out: Path) -> dict[str, object]:
    return describe_published(
        name=out.stem,
        network=imported.networks[0],
        stations=imported.stations,
        fitted=imported.fitted,
        reading=str(imported.reading),
        belongs=imported.belongs,
        files=[checkpoint.path for checkpoint in imported.checkpoints],
    )


def _report(imported: Imported, out: Path) -> None:
    stations = imported.stations
    print(f"{imported.networks[0].describe()}; {imported.reading}.")
    for remark in imported.remarks:
        print(remark)
    print(f"Training error on the {len(stations)} stations of the table (fitted, no validation):")
    for oxide, values in metrics.by_oxide(imported.fitted, stations.oxides, OXIDES).items():
        print(f"  {oxide:6} R2 {values['r2']:8.4f}   RMSE {values['rmse']:8.4f} wt%")
    for line in stored_losses(imported):
        print(line)
    if not imported.belongs:
        print(
            "WARNING: the networks do not fit these stations. The table is not the one they were "
            "trained on, or targets or strides are other than assumed (see --targets, --strides): "
            "do not use the file for maps."
        )
    print(f"Wrote {out}. Its published leave-one-out figures are leaked; it is unvalidated here.")


def stored_losses(imported: Imported) -> list[str]:
    """Which of the losses stored in the checkpoints the table reproduces, one line an oxide."""
    lines = []
    std = imported.stations.oxides.std(0)
    for index, checkpoint in enumerate(imported.checkpoints):
        residual = imported.fitted[:, index] - imported.stations.oxides[:, index]
        computed = _losses(residual, "wt%") | _losses(residual / std[index], "standard deviations")
        for key, value in checkpoint.numbers().items():
            same = next((k for k, v in computed.items() if abs(v - value) <= SAME_LOSS * v), None)
            if same:
                lines.append(
                    f"  {checkpoint.oxide:6} stored {key} {value:.6f} is the {same} on this "
                    "table: table and reading are the training's."
                )
    return lines


def hint_of_change6(imported: Imported) -> str:
    """What to say where the stored losses are those of a table without Chang'e-6; or nothing."""
    if CHANGE6 not in imported.stations.ids or stored_losses(imported):
        return ""
    older = imported.stations.without(CHANGE6)
    fitted = _predict(imported.networks, older, imported.reading)
    if not stored_losses(replace(imported, stations=older, fitted=fitted)):
        return ""
    return (
        f"The stored losses are those of the stations without {CHANGE6}: the networks are older "
        f"than Chang'e-6. Import them with IMPORT_OPTIONS='--exclude {CHANGE6}'.\n"
    )


def _losses(residual: FloatArray, unit: str) -> dict[str, float]:
    return {
        f"mean squared error in {unit}": float((residual**2).mean()),
        f"root mean squared error in {unit}": float(np.sqrt((residual**2).mean())),
        f"mean absolute error in {unit}": float(np.abs(residual).mean()),
    }


if __name__ == "__main__":
    sys.exit(main())
