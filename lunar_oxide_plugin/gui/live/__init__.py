"""The live map in QGIS: its layer, legend, panel and swipe."""
