"""The plugin object that QGIS loads and unloads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsApplication

from .core.installer.packages import activate
from .core.profile import use_profile
from .language import Language
from .provider import LunarOxideProvider

if TYPE_CHECKING:
    from .gui.window import LunarOxideWindow
    from .gui.window_parts import WindowParts


class LunarOxidePlugin:
    """Registers the Processing provider and, in QGIS's window, the dock.

    Parameters
    ----------
    iface : QgisInterface or None
        None in qgis_process and other headless uses.
    """

    def __init__(self, iface: Optional[Any]) -> None:
        self.iface = iface
        self.language: Optional[Language] = None
        self.provider: Optional[LunarOxideProvider] = None
        self.window: Optional[LunarOxideWindow] = None
        self.window_parts: Optional[WindowParts] = None

    def initProcessing(self) -> None:  # noqa: N802 - QGIS's name
        """Register the provider, which is sufficient for headless use."""
        # Imported here, because layers of projects are drawn without a window, too.
        from .gui.live.layer import register

        self.language = Language()
        use_profile(Path(QgsApplication.qgisSettingsDirPath()))
        activate()
        register()
        self.provider = LunarOxideProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 - QGIS's name
        """Set up the parts in QGIS's window."""
        # Imported here, because headless use needs no widgets.
        from .gui.window import LunarOxideWindow
        from .gui.window_parts import WindowParts

        self.initProcessing()
        self.window = LunarOxideWindow(self.iface)
        self.window_parts = WindowParts(self.iface, self.window, self.provider)

    def unload(self) -> None:
        """Remove everything that was registered."""
        if self.window_parts is not None:
            self.window_parts.unload()
            self.window_parts = None
        if self.window is not None:
            self.window.unload()
            self.window = None
        if self.provider is not None:
            from .gui.live.layer import unregister

            unregister()
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.language is not None:
            self.language.remove()
            self.language = None
