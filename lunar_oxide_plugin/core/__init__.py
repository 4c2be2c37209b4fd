"""The inversion and its checks, without QGIS: numpy, rasterio and onnxruntime only.

Each folder is a room with one subject; its ``__init__`` says what it offers and what it must
not know. Imports go one way, from reports down to chemistry: ``.importlinter`` holds the order
of the floors, and ``make lint`` checks it.
"""
