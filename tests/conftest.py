"""Fixtures that several test files use; a QGIS profile of its own for each process of tests."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

import pytest
import pytest_qgis.plugin
from hypothesis import HealthCheck, settings
from qgis.core import QgsApplication, QgsLayerTreeModel, QgsProject
from qgis.gui import QgsLayerTreeView
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSettings
from qgis.PyQt.QtWidgets import QApplication

# pyproject.toml keeps pytest from loading it earlier, before it has been told of the profile.
pytest_plugins = ["pytest_qgis.plugin"]

# Dask looks at the stacks of its workers' threads, which locks processes of Python 3.11 and earlier
# now and then (github.com/dask/distributed/issues/8616).
os.environ["DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED"] = "False"

# No deadline, because the machine may be busy; fixed examples, so that results are repeatable.
settings.register_profile(
    "lunar_oxide", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lunar_oxide")


def start_with_own_profile(config):
    """Point QGIS and Qt at a new, empty profile, because several runs may share one checkout.

    pytest-qgis would use a folder in the checkout, the same in each run.
    """
    folder = tempfile.mkdtemp(prefix="lunar_oxide_profile_")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    # QGIS and the processes that tests start read these.
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = os.environ["QGIS_OPTIONS_PATH"] = folder
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    default = str(Path(folder) / "profiles" / "default")
    QSettings.setPath(ini, QSettings.Scope.UserScope, default)


pytest_qgis.plugin._load_qgis_settings = start_with_own_profile


def widgets_of_python():
    """Windows that live as long as Python refers to them."""
    if QApplication.instance() is None:
        return []
    return [widget for widget in QApplication.topLevelWidgets() if sip.ispyowned(widget)]


def free_widgets(item):
    """Free the widgets that a test made and no longer holds.

    Python would free them at any later time: in a slot of one of their children, whose next line
    then finds itself deleted, or in another thread, where Qt allows no widget to be deleted.
    """
    known = item.stash[WIDGETS_BEFORE]
    if any(id(widget) not in known for widget in widgets_of_python()):
        gc.collect()


WIDGETS_BEFORE = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    item.stash[WIDGETS_BEFORE] = set(map(id, widgets_of_python()))


# Last, because pytest-qt lets Qt call its slots after each of the two.
@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_call(item):
    yield
    free_widgets(item)


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_teardown(item):
    yield
    item.funcargs.clear()  # what fixtures returned
    free_widgets(item)


@pytest.fixture(scope="session", autouse=True)
def exceptions_in_slots(qgis_app):
    """Tracebacks of exceptions that reached Qt, which would end the process without a hook."""
    found = []

    def keep(kind, error, trace):
        found.append("".join(traceback.format_exception(kind, error, trace)))
        sys.__excepthook__(kind, error, trace)

    # Stays until the process ends: Qt may call Python until then.
    sys.excepthook = keep
    return found


@pytest.fixture(autouse=True)
def no_exception_in_a_slot(exceptions_in_slots):
    """Fails a test during which an exception reached Qt."""
    yield
    found = "\n".join(exceptions_in_slots)
    exceptions_in_slots.clear()
    assert not found, f"an exception reached Qt:\n{found}"


@pytest.fixture(scope="session")
def layer_tree_view(qgis_iface):
    """The tree of the window's stand-in: newer Processing shows results there, in C++."""
    view = QgsLayerTreeView()
    view.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), view))
    qgis_iface.layerTreeView = lambda: view
    yield view
    del qgis_iface.layerTreeView
    sip.delete(view)


@pytest.fixture(scope="session")
def run(qgis_app, layer_tree_view):
    """Runs one of the plugin's algorithms like a user, and returns its results."""
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    import processing
    from processing.core.Processing import Processing

    from lunar_oxide_plugin import classFactory

    Processing.initialize()
    plugin = classFactory(None)
    plugin.initProcessing()

    def run_algorithm(name, feedback=None, context=None, **parameters):
        return processing.run(f"lunaroxide:{name}", parameters, feedback=feedback, context=context)

    yield run_algorithm
    plugin.unload()


@pytest.fixture
def user_profile(tmp_path, monkeypatch):
    """A new profile; the plugin's folder in it, which does not exist yet."""
    from lunar_oxide_plugin.core import profile

    monkeypatch.setattr(profile, "_folder", None)
    profile.use_profile(tmp_path / "profile")
    return tmp_path / "profile" / "lunar_oxide"


@pytest.fixture
def bare(user_profile, monkeypatch):
    """A new profile, and a Python without onnxruntime."""
    kept = [entry for entry in sys.path if not (Path(entry) / "onnxruntime").is_dir()]
    monkeypatch.setattr(sys, "path", kept)
    for name in [n for n in sys.modules if n.split(".")[0] == "onnxruntime"]:
        monkeypatch.delitem(sys.modules, name)
    yield user_profile
    for name in [n for n in sys.modules if n.split(".")[0] == "onnxruntime"]:
        del sys.modules[name]  # remove the packages that the test installed
