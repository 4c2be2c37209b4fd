"""The plugin object that QGIS loads and unloads."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication

from .provider import LunarOxideProvider


class LunarOxidePlugin:
    """Registers the Processing provider.

    Parameters
    ----------
    iface : QgisInterface or None
        None in qgis_process and other headless uses.
    """

    def __init__(self, iface: Optional[Any]) -> None:
        self.iface = iface
        self.provider: Optional[LunarOxideProvider] = None

    def initProcessing(self) -> None:  # noqa: N802 - QGIS's name
        """Register the provider; all that headless use needs."""
        self.provider = LunarOxideProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 - QGIS's name
        """Set up in QGIS's window."""
        self.initProcessing()

    def unload(self) -> None:
        """Remove all that was registered."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
