"""The plugin's part of QGIS's window: dock, map tool, charts. Computations are in core."""
