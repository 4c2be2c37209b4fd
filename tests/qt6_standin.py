"""A stand-in for QGIS 4: PyQt6 itself, and `qgis` classes that have the names but do nothing.

Run as a script in a separate process (PyQt5 and PyQt6 cannot be used together). Reads from standard
input the names of the installed QGIS: {module: {class: {enum: [members]}}}. Enum members are only
available in their enum, as in Qt 6. Imports every module of the plugin, and builds every algorithm
with its parameters and help. Prints the ids.
"""

from __future__ import annotations

import enum
import importlib
import json
import pkgutil
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Meta(type):
    """Class attributes: enums, and any other name except the enums' members."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        for owner in cls.__mro__:
            for scope, members in owner.__dict__.get("ENUMS", {}).items():
                if name in members:
                    raise AttributeError(
                        f"{cls.__name__}.{name}: write {cls.__name__}.{scope}.{name}"
                    )
        return lambda *arguments, **options: Nothing()


class Nothing(metaclass=Meta):
    """Any QGIS object: accepts all arguments and calls; has a name and a description."""

    ENUMS: dict = {}

    def __init__(self, *arguments, **options):
        self._told = arguments

    def name(self):
        return self._told[0]

    def description(self):
        return self._told[1]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        getattr(type(self), name)  # this refuses unscoped members too
        return lambda *arguments, **options: Nothing()

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self


class Algorithm(Nothing):
    """The parts of the base class that algorithms need while they describe themselves."""

    def __init__(self):
        super().__init__()
        self._parameters = []

    def addParameter(self, parameter):
        self._parameters.append(parameter)
        return True

    def addOutput(self, output):
        return True

    def parameterDefinitions(self):
        return self._parameters


class Provider(Nothing):
    """Collects its algorithms."""

    def __init__(self):
        super().__init__()
        self.added = []

    def addAlgorithm(self, algorithm):
        self.added.append(algorithm)
        return True


BASES = {"QgsProcessingAlgorithm": Algorithm, "QgsProcessingProvider": Provider}


def make_module(name, classes):
    module = types.ModuleType(name)
    for class_name, enums in classes.items():
        scopes = {scope: enum.IntFlag(scope, _values(members)) for scope, members in enums.items()}
        body = {**scopes, "ENUMS": enums}
        base = BASES.get(class_name, _widget(class_name) if name == "qgis.gui" else Nothing)
        setattr(module, class_name, type(base)(class_name, (base,), body))
    sys.modules[name] = module
    return module


def _values(members):
    return [(member, 1 << place) for place, member in enumerate(members)]


def _widget(class_name):
    """Base classes of the window's classes, which must be real widgets of PyQt6."""
    from PyQt6.QtCore import QObject
    from PyQt6.QtWidgets import QDockWidget, QWidget

    if class_name.endswith("DockWidget"):
        return QDockWidget
    if class_name.startswith("QgsMapTool"):
        return QObject
    return QWidget if class_name.endswith(("Widget", "Dialog", "Page")) else Nothing


def pretend_qgis(known):
    """`qgis.PyQt` as in QGIS 4, and the modules with names."""
    qgis = types.ModuleType("qgis")
    qgis.__path__ = []
    toolkit = types.ModuleType("qgis.PyQt")
    toolkit.__path__ = []
    sys.modules.update({"qgis": qgis, "qgis.PyQt": toolkit})
    toolkit.sip = importlib.import_module("PyQt6.sip")
    for name in ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "QtSvg", "QtPrintSupport"):
        module = importlib.import_module(f"PyQt6.{name}")
        setattr(toolkit, name, module)
        sys.modules[f"qgis.PyQt.{name}"] = module
    core, gui, widgets = toolkit.QtCore, toolkit.QtGui, toolkit.QtWidgets
    # QGIS 4 adds these for plugins that support both versions.
    for name, kind in (
        ("String", "QString"),
        ("Double", "Double"),
        ("Int", "Int"),
        ("Bool", "Bool"),
    ):
        setattr(core.QVariant, name, getattr(core.QMetaType.Type, kind))
    core.QVariant.LongLong = core.QMetaType.Type.LongLong
    widgets.QAction, widgets.QActionGroup = gui.QAction, gui.QActionGroup
    widgets.QShortcut = gui.QShortcut
    for name, classes in known.items():
        setattr(qgis, name.split(".")[1], make_module(name, classes))
    sys.modules["qgis.utils"] = types.ModuleType("qgis.utils")
    sys.modules["qgis.utils"].iface = None
    qgis.core.Qgis.QGIS_VERSION_INT = 40000
    wrappers = types.ModuleType("processing.gui.wrappers")
    wrappers.WidgetWrapper = type("WidgetWrapper", (), {})
    for name in ("processing", "processing.gui"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["processing.gui.wrappers"] = wrappers


def main():
    pretend_qgis(json.load(sys.stdin))
    from PyQt6.QtWidgets import QApplication

    application = QApplication([])
    sys.path.insert(0, str(ROOT))
    import lunar_oxide_plugin

    names = []
    for module in pkgutil.walk_packages(lunar_oxide_plugin.__path__, "lunar_oxide_plugin."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            names.append(module.name)
    from lunar_oxide_plugin.provider import LunarOxideProvider

    provider = LunarOxideProvider()
    provider.loadAlgorithms()
    for algorithm in provider.added:
        algorithm.initAlgorithm({})
        if not algorithm.parameterDefinitions() or "<p>" not in algorithm.shortHelpString():
            raise SystemExit(f"{algorithm.name()} describes nothing")
    sys.stdout.write(
        json.dumps({"modules": names, "algorithms": [a.name() for a in provider.added]}) + "\n"
    )
    del application


if __name__ == "__main__":
    main()
