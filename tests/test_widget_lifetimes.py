"""The widgets of a test end with it, whatever refers to them in a circle."""

import gc
import weakref

from qgis.PyQt.QtWidgets import QLabel, QWidget

PAGES = []


def test_a_test_drops_a_page_that_refers_to_itself(qgis_app):
    page = QWidget()
    page.label = QLabel("Tycho", page)
    page.label.page = page
    PAGES.append(weakref.ref(page))
    gc.disable()
    assert PAGES[0]() is page


def test_its_page_is_gone_without_any_further_collection():
    gc.enable()
    assert [page() for page in PAGES] == [None]
