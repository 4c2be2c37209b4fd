"""Lunar Oxide: six oxides of the Moon from its reflectance, a QGIS plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plugin import LunarOxidePlugin


def classFactory(iface: Any) -> LunarOxidePlugin:  # noqa: N802 - the name QGIS calls
    """Entry point of QGIS."""
    from .plugin import LunarOxidePlugin

    return LunarOxidePlugin(iface)
