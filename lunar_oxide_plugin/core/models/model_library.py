"""The available models: those of the plugin and the user's own in the profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from ..errors import ModelError, OutputError
from ..files import write_bytes
from ..profile import models_folder
from ..translation import tr
from .bundled_models import BUNDLED_MODELS, bundled_model_path
from .model_description import ModelDescription
from .oxide_model import ModelIdentity, OxideModel

#: The choice of a model by the raster's sensor, where a model's name is asked for.
AUTOMATIC = "automatic"

#: Names are used in parameters, scripts and file names.
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True)
class ModelEntry:
    """A model that can be chosen by name.

    Attributes
    ----------
    name : str
        Unique among all models; the file's name without its extension.
    path : Path
    is_bundled : bool
    """

    name: str
    path: Path
    is_bundled: bool

    @property
    def card(self) -> Optional[Path]:
        """The model's card, if one lies beside the file."""
        path = self.path.with_suffix(".md")
        return path if path.is_file() else None


@dataclass(frozen=True)
class CheckedModel:
    """Description of a model, from opening its file."""

    entry: ModelEntry
    description: ModelDescription
    identity: ModelIdentity


def model_entries() -> List[ModelEntry]:
    """All models, the bundled ones first, the user's own by name.

    Returns
    -------
    list of ModelEntry
    """
    entries = [ModelEntry(name, bundled_model_path(name), True) for name in BUNDLED_MODELS]
    folder = models_folder()
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.onnx"), key=lambda item: item.stem.lower()):
            if path.stem not in BUNDLED_MODELS:
                entries.append(ModelEntry(path.stem, path, False))
    return entries


def model_names() -> Tuple[str, ...]:
    """Names of all models, in the order of `model_entries`.

    Returns
    -------
    tuple of str
    """
    return tuple(entry.name for entry in model_entries())


def find_model(name: str) -> Optional[ModelEntry]:
    """The model of a name, or None.

    Parameters
    ----------
    name : str

    Returns
    -------
    ModelEntry or None
    """
    return next((entry for entry in model_entries() if entry.name == name), None)


def model_file(name: str) -> Path:
    """File of a model, given by path or by name.

    Parameters
    ----------
    name : str
        A path that ends in ``.onnx``, a model's name, or empty for the first bundled one.

    Returns
    -------
    Path

    Raises
    ------
    ModelError
        If there is no model of this name.
    """
    if name.lower().endswith(".onnx"):
        return Path(name)
    names = model_names()
    entry = find_model(name or names[0])
    if entry is None:
        raise ModelError(
            f"There is no model {name!r}: give one of {', '.join(names)}, or the path of an .onnx "
            "file."
        )
    return entry.path


def check_model(entry: ModelEntry) -> CheckedModel:
    """Open a model and test it on a spectrum.

    Parameters
    ----------
    entry : ModelEntry

    Returns
    -------
    CheckedModel

    Raises
    ------
    ModelError
        If it is not a usable oxide model.
    RuntimeMissingError
    """
    model = OxideModel(entry.path)
    return CheckedModel(entry, model.description, model.identity)


def add_model(path: Path) -> CheckedModel:
    """Check a model file and copy it into the profile, with its card if there is one.

    Parameters
    ----------
    path : Path

    Returns
    -------
    CheckedModel

    Raises
    ------
    ModelError
        If it is no usable oxide model, its name is taken, or it cannot be copied.
    RuntimeMissingError
    """
    folder = models_folder()
    if folder is None:
        raise ModelError(
            tr("Models are kept in a QGIS profile, and there is none: give the file itself.")
        )
    name = _UNFIT.sub("_", path.stem).strip("._") or "model"
    if name.lower() == AUTOMATIC:
        name = f"{name}_model"
    checked = check_model(ModelEntry(name, path, False))
    for entry in model_entries():
        if entry.name.lower() == name.lower():
            raise ModelError(
                tr(
                    "There is already a model named {name} ({path}): remove it first, or rename "
                    "the file."
                ).format(name=entry.name, path=entry.path)
            )
    target = folder / f"{name}.onnx"
    _copy(path, target)
    card = path.with_suffix(".md")
    if card.is_file():
        _copy(card, target.with_suffix(".md"))
    return CheckedModel(ModelEntry(name, target, False), checked.description, checked.identity)


def remove_model(name: str) -> None:
    """Delete one of the user's own models.

    Parameters
    ----------
    name : str

    Raises
    ------
    ModelError
        If there is none of this name, it belongs to the plugin, or it cannot be deleted.
    """
    entry = find_model(name)
    if entry is None:
        raise ModelError(tr("There is no model named {name}.").format(name=name))
    if entry.is_bundled:
        raise ModelError(
            tr(
                "{name} came with the plugin and stays; only your own models can be removed."
            ).format(name=name)
        )
    card = entry.card
    try:
        entry.path.unlink()
        if card is not None:
            card.unlink()
    except OSError as error:
        raise ModelError(
            tr("{path} cannot be deleted ({reason}).").format(
                path=entry.path, reason=error.strerror or error
            )
        ) from error


def _copy(source: Path, target: Path) -> None:
    """Copy whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(target, source.read_bytes(), [source])
    except (OSError, OutputError) as error:
        raise ModelError(
            tr("{source} cannot be copied to {target} ({reason}).").format(
                source=source, target=target, reason=getattr(error, "strerror", None) or error
            )
        ) from error
