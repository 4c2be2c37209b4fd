"""Published checkpoints, made here with PyTorch, against the file that the import writes."""

from __future__ import annotations

import csv
import json
import os
from argparse import Namespace
from collections import OrderedDict

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.sites.nearest_stations import model_stations
from training.checkpoints import CheckpointError, find_files, oxide_of, read_checkpoint
from training.import_published import import_folder, main
from training.instrument import KAGUYA_MI, OXIDES
from training.published import FEATURES, network_from_state
from training.station_tables import StationTableError, read_table
from training.stations import STATION_TABLE, read_stations

WAVELENGTHS_NM = [int(nm) for nm in KAGUYA_MI.wavelengths_nm]

torch.set_num_threads(1)
STATIONS = read_stations(published=True)
MEAN, STD = STATIONS.oxides.mean(0), STATIONS.oxides.std(0)


class OneD(nn.Module):
    """The published OneDCNN, its names as in a nested Sequential."""

    def __init__(self, bias=False, strides=(1, 1, 2, 1, 1)):
        super().__init__()
        widths, inputs, steps = (64, 64, 128, 128, 256), 1, []
        for width, stride in zip(widths, strides):
            conv = nn.Conv1d(inputs, width, 3, stride=stride, padding=1, bias=bias)
            steps.append(nn.Sequential(conv, nn.BatchNorm1d(width), nn.ReLU()))
            inputs = width
        self.feature = nn.Sequential(*steps, nn.AdaptiveAvgPool1d(1))
        self.fc = nn.Linear(256, 1)

    def forward(self, x):
        return self.fc(self.feature(x).flatten(1))


class Named(nn.Module):
    """The same network, convolutions first, then norms, the output registered before them."""

    def __init__(self):
        super().__init__()
        self.regressor = nn.Linear(256, 1)
        widths = (1, 64, 64, 128, 128, 256)
        for i in range(5):
            setattr(self, f"c{i}", nn.Conv1d(widths[i], widths[i + 1], 3, (2 if i == 2 else 1), 1))
        for i in range(5):
            setattr(self, f"n{i}", nn.BatchNorm1d(widths[i + 1]))

    def forward(self, x):
        for i in range(5):
            x = torch.relu(getattr(self, f"n{i}")(getattr(self, f"c{i}")(x)))
        return self.regressor(x.mean(2))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv1d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm1d(outputs)
        self.conv2 = nn.Conv1d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm1d(outputs)
        self.down = None
        if inputs != outputs or stride != 1:
            conv = nn.Conv1d(inputs, outputs, 1, stride, bias=False)
            self.down = nn.Sequential(conv, nn.BatchNorm1d(outputs))

    def forward(self, x):
        beside = x if self.down is None else self.down(x)
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + beside)


class Residual(nn.Module):
    """The published residual successor: no ReLU after the stem."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(1, 64, 3, 1, 1, bias=False), nn.BatchNorm1d(64)
        self.layers = nn.Sequential(Block(64, 64, 1), Block(64, 128, 2), Block(128, 256, 1))
        self.fc = nn.Linear(256, 1)

    def forward(self, x):
        return self.fc(self.layers(self.bn1(self.conv1(x))).mean(2))


def random_network(kind, seed):
    """A network with weights, statistics and shifts that no folding may lose."""
    torch.manual_seed(seed)
    network = kind()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm1d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.running_var, 0.3, 2.0)
    output = next(m for m in network.modules() if isinstance(m, nn.Linear))
    nn.init.uniform_(output.bias, -1, 1)
    nn.init.uniform_(output.weight, -10, 10)  # answers that vary by wt%, as trained ones do
    return network.eval()


def raw_features(reflectance):
    r414, r749, r950 = reflectance[:, 0], reflectance[:, 1], reflectance[:, 3]
    fe = -np.arctan((r950 / r749 - 1.250) / (r749 - 0.037))
    ti = np.arctan((r414 / r749 - 0.208) / (r749 + 0.108))
    return np.column_stack([reflectance, fe, ti])


def standard_features(reflectance, stations=STATIONS):
    known = raw_features(stations.reflectance)
    return (raw_features(reflectance) - known.mean(0)) / known.std(0)


def answers(networks, reflectance):
    """PyTorch's own answers, shape (6, n), in the order of OXIDES."""
    inputs = torch.tensor(standard_features(reflectance), dtype=torch.float32)[:, None]
    with torch.no_grad():
        return np.stack([networks[oxide](inputs)[:, 0].double().numpy() for oxide in OXIDES])


def save(folder, networks, wrap, name="log_{}"):
    for oxide in reversed(OXIDES):  # the folder's order is not the model's
        subfolder = folder / name.format(oxide)
        subfolder.mkdir(parents=True)
        torch.save(wrap(networks[oxide]), subfolder / "model_best.pth")
    return folder


def plain_dict(network):
    optimiser = torch.optim.Adam(network.parameters())
    return {
        "epoch": 99,
        "state_dict": network.state_dict(),
        "train_loss": np.float64(0.25),
        "best_rmse": 0.5,
        "optimizer": optimiser.state_dict(),
    }


def parallel_dict(network):
    state = OrderedDict((f"module.{k}", v) for k, v in network.state_dict().items())
    return {"model_state_dict": state, "args": Namespace(lr=0.001), "loss": np.float32(1.5)}


def spectra(count=300):
    rng = np.random.default_rng(4)
    near = STATIONS.reflectance[rng.integers(0, len(STATIONS), count)]
    return near * rng.normal(1.0, 0.08, near.shape)


def run_file(path, reflectance):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feed = reflectance.T[None, None].astype(np.float32)
    return session.run(["oxides"], {"reflectance": feed})[0]


def as_seen(reflectance):
    """The doubles that the graph's float32 input stands for."""
    return reflectance.astype(np.float32).astype(np.float64)


def six(kind):
    return {oxide: random_network(kind, seed) for seed, oxide in enumerate(OXIDES)}


@pytest.mark.parametrize(
    ("kind", "wrap", "name"),
    [
        (OneD, plain_dict, "log_{}"),
        (lambda: OneD(bias=True), lambda network: network.state_dict(), "LOG-{}"),
        (Named, parallel_dict, "log_{}_wt"),
        (Residual, plain_dict, "log_{}"),
    ],
)
def test_the_file_answers_as_pytorch(tmp_path, kind, wrap, name):
    networks = six(kind)
    out = tmp_path / "published.onnx"
    assert main([str(save(tmp_path / "ckpt", networks, wrap, name)), "--out", str(out)]) == 0
    reflectance = as_seen(spectra())
    expected = answers(networks, reflectance)
    assert expected.std(axis=1).min() > 0.1
    np.testing.assert_allclose(run_file(out, reflectance), expected, atol=1e-4, rtol=0)
    model = OxideModel(out)  # as the plugin opens it
    assert model.description.training_stations == STATIONS.ids
    assert not model.description.is_foreign
    plugin = model.predict(np.ascontiguousarray(reflectance.T, dtype=np.float32))
    np.testing.assert_allclose(plugin.oxides, expected, atol=1e-4, rtol=0)
    near = model_stations(model.description).space.nearest(reflectance.T, k=1)
    distance = [stations[0].distance for stations in near]
    np.testing.assert_allclose(plugin.domain_distance, distance, rtol=1e-3, atol=1e-3)


def test_standardised_targets_are_restored_when_asked(tmp_path):
    networks = fitted_networks()
    out = tmp_path / "published.onnx"
    folder = save(tmp_path / "ckpt", networks, plain_dict)
    assert main([str(folder), "--out", str(out), "--targets", "standardised"]) == 0
    reflectance = as_seen(spectra())
    expected = answers(networks, reflectance) * STD[:, None] + MEAN[:, None]
    np.testing.assert_allclose(run_file(out, reflectance), expected, atol=1e-4, rtol=0)


def fitted_networks(strides=(1, 1, 2, 1, 1), standardised=True, stations=STATIONS):
    """Networks whose output layer is fitted to the stations, so that they know them."""
    features = standard_features(stations.reflectance, stations)
    inputs = torch.tensor(features, dtype=torch.float32)[:, None]
    mean, std = stations.oxides.mean(0), stations.oxides.std(0)
    networks = {}
    for index, oxide in enumerate(OXIDES):
        network = random_network(lambda: OneD(strides=strides), index)
        with torch.no_grad():
            pooled = network.feature(inputs).flatten(1).double().numpy()
        target = stations.oxides[:, index]
        target = (target - mean[index]) / std[index] if standardised else target
        pooled = np.column_stack([pooled, np.ones(len(pooled))])
        gram = pooled @ pooled.T + 1e-3 * np.eye(len(pooled))
        weights = pooled.T @ np.linalg.solve(gram, target)
        network.fc.weight.data[0] = torch.tensor(weights[:-1])
        network.fc.bias.data[0] = float(weights[-1])
        networks[oxide] = network
    return networks


@pytest.mark.parametrize("standardised", [True, False])
def test_the_stations_tell_what_the_targets_were(tmp_path, standardised):
    networks = fitted_networks(standardised=standardised)
    imported = import_folder(save(tmp_path, networks, plain_dict), STATIONS)
    assert imported.reading.standardised is standardised
    assert imported.belongs
    assert bool(imported.remarks) is standardised  # wt% is the default and needs no remark
    expected = answers(networks, STATIONS.reflectance)
    if standardised:
        expected = expected * STD[:, None] + MEAN[:, None]
    np.testing.assert_allclose(imported.fitted.T, expected, atol=1e-4)


def test_config_beside_the_checkpoint_says_it_without_trying(tmp_path):
    folder = save(tmp_path, six(OneD), plain_dict)
    for oxide in OXIDES:
        (folder / f"log_{oxide}" / "config.yaml").write_text("data:\n  do_scale: true\n")
    imported = import_folder(folder, STATIONS)
    assert imported.reading.standardised
    assert not imported.remarks


def test_other_strides_are_found_when_only_they_fit(tmp_path):
    networks = fitted_networks(strides=(1, 1, 1, 1, 1))
    imported = import_folder(save(tmp_path, networks, plain_dict), STATIONS)
    assert imported.networks[0].strides == (1, 1, 1, 1, 1)
    assert "strides 1,1,1,1,1" in imported.remarks[0]


def test_strides_can_be_given(tmp_path):
    networks = {o: random_network(lambda: OneD(strides=(1, 2, 1, 2, 1)), 3) for o in OXIDES}
    out = tmp_path / "published.onnx"
    folder = save(tmp_path / "ckpt", networks, plain_dict)
    assert main([str(folder), "--out", str(out), "--strides", "1,2,1,2,1"]) == 0
    reflectance = as_seen(spectra(40))
    expected = answers(networks, reflectance)
    np.testing.assert_allclose(run_file(out, reflectance), expected, atol=1e-4, rtol=0)


def with_stored_loss(networks, stations):
    """Wraps a network as its training on these stations would have, its loss included."""
    features = standard_features(stations.reflectance, stations)
    inputs = torch.tensor(features, dtype=torch.float32)[:, None]
    targets = (stations.oxides - stations.oxides.mean(0)) / stations.oxides.std(0)

    def wrap(network):
        index = next(i for i, oxide in enumerate(OXIDES) if networks[oxide] is network)
        with torch.no_grad():
            error = network(inputs)[:, 0] - torch.tensor(targets[:, index])
        return {**plain_dict(network), "val_loss": (error**2).mean().item()}

    return wrap


def test_stored_losses_are_recognised(tmp_path, capsys):
    networks = fitted_networks()
    folder = save(tmp_path, networks, with_stored_loss(networks, STATIONS))
    assert main([str(folder), "--out", str(tmp_path / "p.onnx")]) == 0
    printed = capsys.readouterr().out
    assert printed.count("stored val_loss") == 6
    assert "mean squared error in standard deviations" in printed
    assert "stored best_rmse" not in printed


@pytest.mark.parametrize("older", [True, False])
def test_networks_older_than_change6_are_noticed(tmp_path, capsys, older):
    stations = STATIONS.without("CE6") if older else STATIONS
    networks = fitted_networks(stations=stations)
    folder = save(tmp_path / "ckpt", networks, with_stored_loss(networks, stations))
    out = str(tmp_path / "p.onnx")
    assert main([str(folder), "--out", out]) == 0
    assert ("--exclude CE6" in capsys.readouterr().out) is older
    assert main([str(folder), "--out", out, "--exclude", "CE6"]) == 0
    printed = capsys.readouterr().out
    assert "--exclude CE6" not in printed
    assert ("stored val_loss" in printed) is older


def test_the_file_says_what_it_is(tmp_path, capsys):
    out = tmp_path / "published.onnx"
    main([str(save(tmp_path / "ckpt", six(OneD), plain_dict)), "--out", str(out)])
    printed = capsys.readouterr().out
    assert "WARNING: the networks do not fit these stations" in printed
    assert "unvalidated" in printed
    entry = {p.key: p.value for p in onnx.load(str(out)).metadata_props}["lunar_oxide_model"]
    document = json.loads(entry)
    assert document["input"]["features"] == list(FEATURES)
    assert [output["oxide"] for output in document["outputs"]] == list(OXIDES)
    assert [v["protocol"] for v in document["validation"]] == [
        "fitted (training stations, not validation)"
    ]
    assert document["published"][0]["leaks"] is True
    assert "Validation unknown" in document["summary"]
    assert "10.1038/s41467-023-43358-0" in document["citation"]
    assert len(document["training"]["imported_from"]["MgO"]["sha256"]) == 64
    assert not document["sigma"]["available"]


def test_zero_negative_and_huge_reflectance_give_numbers(tmp_path):
    out = tmp_path / "published.onnx"
    main([str(save(tmp_path / "ckpt", six(OneD), plain_dict)), "--out", str(out)])
    strange = np.stack([np.full(8, value) for value in (0.0, -1.0, 0.037, 1e6, 1e-30)])
    assert np.isfinite(run_file(out, strange)).all()


class Malicious:
    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.system, (f"touch {self.marker}",)


@pytest.mark.parametrize("place", ["inside", "instead"])
def test_a_pickle_that_would_run_code_is_refused_and_does_not(tmp_path, place, capsys):
    folder = save(tmp_path / "ckpt", six(OneD), plain_dict)
    marker = tmp_path / "executed"
    evil = Malicious(marker)
    content = {**plain_dict(OneD()), "note": evil} if place == "inside" else evil
    torch.save(content, folder / "log_CaO" / "model_best.pth")
    assert main([str(folder), "--out", str(tmp_path / "p.onnx")]) == 1
    printed = capsys.readouterr().err
    assert "log_CaO" in printed
    assert "would run code" in printed
    assert printed.count("\n") == 1
    assert not marker.exists()
    assert not (tmp_path / "p.onnx").exists()


def test_files_of_old_pytorch_and_numpy_are_read(tmp_path):
    path = tmp_path / "model_best.pth"
    torch.save(plain_dict(OneD()), path, _use_new_zipfile_serialization=False)
    content = path.read_bytes()
    assert b"numpy._core.multiarray" in content
    path.write_bytes(content.replace(b"numpy._core.multiarray", b"numpy.core.multiarray"))
    checkpoint = read_checkpoint("TiO2", path)
    assert checkpoint.numbers()["train_loss"] == 0.25
    assert network_from_state(checkpoint.state, "x.pth").strides == (1, 1, 2, 1, 1)


def test_a_whole_model_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "model_best.pth"
    torch.save(OneD(), path)
    with pytest.raises(CheckpointError, match=r"save the network's state_dict\(\) alone"):
        read_checkpoint("TiO2", path)


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04 cut off"])
def test_damaged_files(tmp_path, content):
    path = tmp_path / "model_best.pth"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"model_best\.pth"):
        read_checkpoint("TiO2", path)


def test_a_dictionary_without_network(tmp_path):
    path = tmp_path / "model_best.pth"
    torch.save({"epoch": 3, "loss": torch.ones(1)}, path)
    with pytest.raises(CheckpointError, match="holds no network's state"):
        read_checkpoint("TiO2", path)


def changed(state, key, value):
    return {k: (value if k == key else v) for k, v in state.items()}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("feature.0.0.weight", torch.zeros(64, 10, 3), "takes 10 channels.*ten features in this"),
        ("feature.0.0.weight", torch.zeros(64, 8, 3), "takes 8 channels"),
        ("fc.weight", torch.zeros(1, 256 * 4), "takes 1024 numbers, not the 256"),
        ("fc.weight", torch.zeros(6, 256), "gives 6 outputs"),
        ("feature.1.0.weight", torch.zeros(64, 32, 3), "do not follow each other"),
        ("feature.2.0.weight", torch.full((128, 64, 3), torch.nan), "not finite"),
    ],
)
def test_other_architectures_are_refused(key, value, message):
    state = changed(OneD().state_dict(), key, value)
    with pytest.raises(CheckpointError, match=message):
        network_from_state({k: v.numpy().astype(float) for k, v in state.items()}, "x.pth")


@pytest.mark.parametrize("count", [8, 9, 11])
def test_any_other_number_of_features_is_refused(count):
    network = network_from_state({k: v.numpy() for k, v in OneD().state_dict().items()}, "x.pth")
    with pytest.raises(CheckpointError, match=r"take ten features .*414 nm.*theta_Ti.*in this"):
        network(np.zeros((3, count)))


@pytest.mark.parametrize(
    ("name", "oxide"),
    [
        ("log_TiO2", "TiO2"),
        ("log_tio2", "TiO2"),
        ("LOG_FEO", "FeO"),
        ("log-Al2O3_2023", "Al2O3"),
        ("log_Mg", "MgO"),
        ("SiO2", "SiO2"),
        ("log_OneDCNN", None),
        ("log_FeO_TiO2", None),
    ],
)
def test_folder_names(name, oxide):
    assert oxide_of(name) == oxide


def test_missing_and_double_folders(tmp_path):
    for oxide in OXIDES[:-1]:
        (tmp_path / f"log_{oxide}").mkdir()
        (tmp_path / f"log_{oxide}" / "model_best.pth").write_bytes(b"x")
    with pytest.raises(CheckpointError, match="no folder for SiO2"):
        find_files(tmp_path)
    (tmp_path / "log_SiO2").mkdir()
    with pytest.raises(CheckpointError, match=r"log_SiO2 has no model_best\.pth"):
        find_files(tmp_path)
    (tmp_path / "log_feo2023").mkdir()
    (tmp_path / "old_FeO").mkdir()
    with pytest.raises(CheckpointError, match="log_FeO and old_FeO for FeO"):
        find_files(tmp_path)


def write_table(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_station_tables_in_others_layouts(tmp_path):
    header = [f"Measured {o} (wt.%)" for o in reversed(OXIDES)]
    header += ["Site", "1000nm", *[f"{nm}nm" for nm in reversed(WAVELENGTHS_NM)]]
    rows = [
        [*oxides[::-1], name, 9.9, *spectrum[::-1]]
        for name, oxides, spectrum in zip(STATIONS.ids, STATIONS.oxides, STATIONS.reflectance)
    ]
    table = read_table(write_table(tmp_path / "t.csv", header, rows))
    np.testing.assert_array_equal(table.reflectance, STATIONS.reflectance)
    np.testing.assert_array_equal(table.oxides, STATIONS.oxides)
    assert table.ids == STATIONS.ids


def test_the_bundled_table_gives_the_compositions_as_published():
    """Stored losses of published networks are those of Apollo 12's fines, not of its bulk soil."""
    table = read_table(STATION_TABLE)
    np.testing.assert_array_equal(table.oxides, STATIONS.oxides)
    np.testing.assert_array_equal(table.reflectance, STATIONS.reflectance)
    changed = (table.oxides != read_stations().oxides).any(1)
    assert [table.missions[row] for row in np.flatnonzero(changed)] == ["Apollo 12"] * 8


def test_station_tables_that_lack_something(tmp_path):
    header = ["site_id", *[f"r{nm}" for nm in WAVELENGTHS_NM], *[f"{o}_wt" for o in OXIDES]]
    rows = [["a", *[0.1] * 8, *[5.0] * 6]] * 4
    bands_lack = [name if name != "r1548" else "x" for name in header]
    with pytest.raises(StationTableError, match="no column for 1548 nm"):
        read_table(write_table(tmp_path / "a.csv", bands_lack, rows))
    oxides_lack = [name.replace("CaO", "K2O") for name in header]
    with pytest.raises(StationTableError, match="0 columns for CaO"):
        read_table(write_table(tmp_path / "b.csv", oxides_lack, rows))
    rows = [*rows, ["b", *[0.1] * 8, *["n/a"] * 6]]
    with pytest.raises(StationTableError, match=r"'n/a' in row 6, column 10"):
        read_table(write_table(tmp_path / "c.csv", header, rows))


def test_the_command_leaves_a_station_out(tmp_path):
    folder = save(tmp_path / "ckpt", six(OneD), plain_dict)
    out = tmp_path / "p.onnx"
    assert main([str(folder), "--out", str(out), "--exclude", "CE6"]) == 0
    entry = {p.key: p.value for p in onnx.load(str(out)).metadata_props}["lunar_oxide_model"]
    training = json.loads(entry)["training"]
    assert training["n_stations"] == len(STATIONS) - 1
    assert training["includes_change6"] is False
