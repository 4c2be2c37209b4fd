"""The model of a run: the one that the user names, or the one that fits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Callable, Tuple

from ..progress import Progress
from .run import AnyPath

if TYPE_CHECKING:
    from ..models.model_choice import ModelChoice


def chosen_model(
    model: AnyPath, choose: Callable[[], ModelChoice], progress: Progress
) -> Tuple[Path, str]:
    """The file of a model, and why it was taken.

    Parameters
    ----------
    model : path
        Name of a bundled model, or path of an .onnx file; empty or ``"automatic"`` to choose.
    choose : callable
        Gives the model that fits.
    progress : Progress
        Hears why it was taken.

    Returns
    -------
    Path
    str
        Empty where the user named it.

    Raises
    ------
    ModelError
        If there is no model of this name.
    """
    from ..models.model_choice import AUTOMATIC
    from ..models.model_library import model_file

    if str(model) not in ("", AUTOMATIC):
        return model_file(str(model)), ""
    choice = choose()
    progress.info(choice.reason)
    return choice.entry.path, choice.reason
