"""Published network checkpoints, read without running anything that they hold.

A folder has one subfolder an oxide, ``log_<oxide>/model_best.pth``, as the code of Yang et al.
2023 writes them: a dictionary with the network's state and notes on the training.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .stations import OXIDES, FloatArray

FILE_NAME = "model_best.pth"

#: Where a training's dictionary keeps the network's parameters, by common habit.
STATE_KEYS = (
    "state_dict",
    "model_state_dict",
    "model_state",
    "model",
    "net",
    "network",
    "weights",
    "params",
)

#: Cations stand for their oxide in folder names: each occurs once among the six.
CATIONS = {re.sub(r"\d*O\d*$", "", oxide).lower(): oxide for oxide in OXIDES}


class CheckpointError(Exception):
    """A checkpoint cannot be used; the message is one sentence for the user."""


class Inert(dict):  # type: ignore[type-arg]
    """Stands in for a harmless bookkeeping object of a pickle: keeps its state, runs nothing."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, Mapping):
            self.update(state)


#: Bookkeeping that trainings put beside the weights. None is imported: `Inert` replaces it.
BOOKKEEPING = (
    "argparse.Namespace",
    "types.SimpleNamespace",
    "easydict.EasyDict",
    "pathlib.PosixPath",
    "pathlib.WindowsPath",
    "pathlib.PurePosixPath",
    "sklearn.preprocessing._data.StandardScaler",
    "sklearn.preprocessing.data.StandardScaler",
)


@dataclass(frozen=True)
class Checkpoint:
    """One oxide's network, as stored.

    Attributes
    ----------
    oxide : str
    path : Path
    state : dict of str to float array
        Parameters and buffers in the order of their registration.
    notes : dict of str to Any
        What else the dictionary holds (epoch, losses ...), without the optimiser.
    standardised : bool, or None
        Whether features and target were standardised, as a ``config.yaml`` beside the file
        says (``do_scale``); None if there is none.
    """

    oxide: str
    path: Path
    state: dict[str, FloatArray]
    notes: dict[str, Any]
    standardised: bool | None

    def numbers(self) -> dict[str, float]:
        """The finite numbers among the notes, such as losses."""
        found = {}
        for key, value in self.notes.items():
            if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
                found[key] = float(value)
            elif isinstance(value, (torch.Tensor, np.ndarray)) and value.size in (1,):
                found[key] = float(np.asarray(value).reshape(-1)[0])
        return {key: value for key, value in found.items() if np.isfinite(value)}


def read_folder(folder: Path) -> dict[str, Checkpoint]:
    """The six checkpoints of a folder, in the order of `OXIDES` whatever the folder's.

    Raises
    ------
    CheckpointError
        If an oxide is missing or there twice, or a file cannot be read safely.
    """
    return {oxide: read_checkpoint(oxide, path) for oxide, path in find_files(folder).items()}


def find_files(folder: Path) -> dict[str, Path]:
    """Each oxide's checkpoint file under `folder` (or under its only subfolder)."""
    if not folder.is_dir():
        raise CheckpointError(f"{folder} is no folder: give the one that holds log_TiO2, log_FeO …")
    found: dict[str, list[Path]] = {oxide: [] for oxide in OXIDES}
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir())
    for subfolder in subfolders:
        oxide = oxide_of(subfolder.name)
        if oxide is not None:
            found[oxide].append(subfolder)
    if not any(found.values()) and len(subfolders) == 1:
        return find_files(subfolders[0])
    missing = [oxide for oxide, paths in found.items() if not paths]
    if missing:
        raise CheckpointError(
            f"{folder} has no folder for {', '.join(missing)}: six are needed, named log_TiO2, "
            "log_FeO, log_Al2O3, log_MgO, log_CaO and log_SiO2."
        )
    for oxide, paths in found.items():
        if len(paths) > 1:
            names = " and ".join(path.name for path in paths)
            raise CheckpointError(f"{folder} has {names} for {oxide}: keep one of them.")
    return {oxide: _file_in(paths[0]) for oxide, paths in found.items()}


def oxide_of(name: str) -> str | None:
    """The oxide that a folder's name tells, such as ``log_TiO2``, ``log_tio2`` or ``log-Ti``."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    by_name = {oxide.lower(): oxide for oxide in OXIDES}
    named = {by_name.get(word) or CATIONS.get(word) for word in words} - {None}
    return named.pop() if len(named) == 1 else None


def _file_in(subfolder: Path) -> Path:
    usual = subfolder / FILE_NAME
    if usual.is_file():
        return usual
    others = sorted([*subfolder.glob("*.pth"), *subfolder.glob("*.pt"), *subfolder.glob("*.tar")])
    if len(others) == 1:
        return others[0]
    raise CheckpointError(f"{subfolder} has no {FILE_NAME}: put the network's checkpoint there.")


def read_checkpoint(oxide: str, path: Path) -> Checkpoint:
    """Read one file.

    Raises
    ------
    CheckpointError
        If the file is damaged, would run code when loaded, or holds no network's state.
    """
    document = load_safely(path)
    if not isinstance(document, Mapping):
        raise CheckpointError(
            f"{path} holds a {type(document).__name__}, not a dictionary with the network's state."
        )
    state = _state(document, path)
    notes = {
        str(key): value
        for key, value in document.items()
        if key not in STATE_KEYS and not isinstance(value, Mapping) and not _is_array(value)
    }
    notes.update({str(k): v for k, v in document.items() if isinstance(v, Inert)})
    return Checkpoint(oxide, path, state, notes, _standardised(path.parent))


def load_safely(path: Path) -> Any:
    """A pickle's content, by PyTorch's restricted reader, with numpy's plain types allowed.

    Raises
    ------
    CheckpointError
        If the file cannot be read so. Nothing in it has run then.
    """
    try:
        with torch.serialization.safe_globals(_harmless()):
            return torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror or error}.") from error
    except pickle.UnpicklingError as error:
        raise CheckpointError(_refusal(path, str(error))) from error
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError, TypeError) as error:
        line = (str(error).splitlines() or [""])[0]
        raise CheckpointError(f"{path} is no readable PyTorch checkpoint: {line[:160]}.") from error


def _refusal(path: Path, message: str) -> str:
    named = re.search(r"GLOBAL ([\w.]+)|[Uu]nsupported (?:global|operand)[^\w]*([\w.]+)", message)
    what = next((group for group in (named.groups() if named else ()) if group), "")
    what = f"the object {what}" if what else "something else than numbers"
    return (
        f"{path} holds {what}, which would run code when loaded, so it was not loaded: save the "
        "network's state_dict() alone and import that."
    )


def _harmless() -> list[Any]:
    """Numpy's scalars, arrays and dtypes under their old and new module names, and stand-ins."""
    multiarray = np._core.multiarray
    allowed: list[Any] = [np.dtype, np.ndarray, *_dtype_classes()]
    for module in ("numpy.core.multiarray", "numpy._core.multiarray"):
        allowed.append((multiarray.scalar, f"{module}.scalar"))
        allowed.append((multiarray._reconstruct, f"{module}._reconstruct"))
    # A class of its own for each: PyTorch allows one name a class.
    allowed += [(type("Inert", (Inert,), {}), name) for name in BOOKKEEPING]
    return allowed


def _dtype_classes() -> Iterator[type]:
    for code in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"):
        yield type(np.dtype(code))


def _is_array(value: Any) -> bool:
    return isinstance(value, (torch.Tensor, np.ndarray)) and value.ndim > 0


def _is_state(value: Any) -> bool:
    """Whether this is a flat mapping of names to arrays, a convolution's weight among them."""
    if not isinstance(value, Mapping) or not value:
        return False
    arrays = [v for k, v in value.items() if isinstance(k, str) and hasattr(v, "ndim")]
    return len(arrays) == len(value) and any(array.ndim in (3, 4) for array in arrays)


def _state(document: Mapping[Any, Any], path: Path) -> dict[str, FloatArray]:
    if _is_state(document):
        return _as_arrays(document)
    for key in STATE_KEYS:
        if _is_state(document.get(key)):
            return _as_arrays(document[key])
    nested = {str(k): v for k, v in document.items() if _is_state(v)}
    if len(nested) == 1:
        return _as_arrays(next(iter(nested.values())))
    if nested:
        raise CheckpointError(
            f"{path} holds several networks ({', '.join(nested)}): keep one, as 'state_dict'."
        )
    raise CheckpointError(
        f"{path} holds no network's state (its keys: {', '.join(map(str, list(document)[:8]))}): "
        "it needs 'state_dict', the parameters of a convolutional network."
    )


def _as_arrays(state: Mapping[str, Any]) -> dict[str, FloatArray]:
    return {
        name: np.asarray(
            value.detach().double().numpy() if isinstance(value, torch.Tensor) else value,
            dtype=np.float64,
        )
        for name, value in state.items()
    }


def _standardised(folder: Path) -> bool | None:
    """``do_scale`` of a ``config.yaml`` beside the checkpoint."""
    try:
        text = (folder / "config.yaml").read_text(encoding="utf-8", errors="replace")[:20000]
    except OSError:
        return None
    said = re.search(r"^\s*do_scale:\s*(true|false)\s*$", text, re.IGNORECASE | re.MULTILINE)
    return None if said is None else said.group(1).lower() == "true"
