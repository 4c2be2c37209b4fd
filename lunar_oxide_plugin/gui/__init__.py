"""The plugin's part of QGIS's window: dock, map tool, charts. Thin: core computes."""
