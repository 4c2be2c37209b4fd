"""The user's language: QGIS's locale, and the plugin's texts in it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .core.translation import use_translator

I18N = Path(__file__).resolve().parent / "resources" / "i18n"

#: The one translation context of the plugin.
CONTEXT = "LunarOxide"

#: Simplified Chinese as QGIS and systems name it; others of `zh` are Traditional.
SIMPLIFIED = ("zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn", "zh_hans_sg")


def catalogue(locale: str) -> Optional[Path]:
    """File with the texts in a locale's language; None for English and languages not there."""
    name = locale.replace("-", "_").split(".")[0].lower()
    if name in SIMPLIFIED:
        return I18N / "lunar_oxide_zh_CN.qm"
    for candidate in (locale, locale.split("_")[0]):
        path = I18N / f"lunar_oxide_{candidate}.qm"
        if path.is_file():
            return path
    return None


class Language:
    """Installs the texts of QGIS's locale, and removes them."""

    def __init__(self) -> None:
        self._translator: Optional[QTranslator] = None
        path = catalogue(QgsApplication.locale())
        translator = QTranslator()
        if path is not None and translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            self._translator = translator
            use_translator(_from_qt)

    def remove(self) -> None:
        """Return to the untranslated texts."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
            use_translator(None)


def _from_qt(text: str) -> str:
    return str(QCoreApplication.translate(CONTEXT, text))
