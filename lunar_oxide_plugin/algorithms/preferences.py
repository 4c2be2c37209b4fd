"""The user's settings, which QGIS stores under `lunar_oxide/...`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Optional, TypeVar

from qgis.core import QgsSettings

from ..core.installer.package_index import DEFAULT_INDEX
from ..core.models.bundled_models import BUNDLED_MODELS

GROUP = "lunar_oxide"


@dataclass(frozen=True)
class Preferences:
    """Values of the settings page.

    Attributes
    ----------
    default_model : str
        Name of the default model in dialogs.
    threads : int
        Threads of a prediction; 0 lets the plugin choose.
    memory_mb : int
        Memory that a prediction may take, in megabytes; 0 lets the plugin choose.
    package_index : str
        Address where missing packages are searched.
    welcome_closed : bool
        Whether the user has dismissed the dock's welcome.
    """

    default_model: str = BUNDLED_MODELS[0]
    threads: int = 0
    memory_mb: int = 0
    package_index: str = DEFAULT_INDEX
    welcome_closed: bool = False

    def least_memory_mb(self, least: int) -> Optional[int]:
        """The memory limit, at least the minimum of a prediction; None if automatic."""
        return max(self.memory_mb, least) if self.memory_mb > 0 else None


def load_preferences() -> Preferences:
    """Read the settings; an invalid value counts as unset."""
    unset = Preferences()
    return Preferences(
        default_model=_stored("default_model", unset.default_model),
        threads=_stored("threads", unset.threads),
        memory_mb=_stored("memory_mb", unset.memory_mb),
        package_index=_stored("package_index", unset.package_index),
        welcome_closed=_stored("welcome_closed", unset.welcome_closed),
    )


def save_preferences(preferences: Preferences) -> None:
    """Write the settings."""
    settings = QgsSettings()
    for field in fields(Preferences):
        settings.setValue(f"{GROUP}/{field.name}", getattr(preferences, field.name))


Value = TypeVar("Value", str, int, bool)


def _stored(name: str, unset: Value) -> Value:
    try:
        value: Optional[Value] = QgsSettings().value(f"{GROUP}/{name}", unset, type=type(unset))
    except TypeError:  # a text where a number should be
        return unset
    return unset if value is None or value == "" else value
