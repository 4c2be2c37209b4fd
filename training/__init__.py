"""From the station spectra to the shipped ONNX models, reproducibly.

PyTorch lives only here: the plugin itself runs the exported graphs with ONNX Runtime.
"""
