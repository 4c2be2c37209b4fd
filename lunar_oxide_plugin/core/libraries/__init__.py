"""Spectral libraries and tables of spectra: read, written, convolved to a model's bands, predicted.

Knows models and sensors, but neither rasters as files nor the window.
"""
