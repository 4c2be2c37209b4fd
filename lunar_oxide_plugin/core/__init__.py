"""The inversion and its checks, without QGIS: numpy, rasterio and onnxruntime only."""
