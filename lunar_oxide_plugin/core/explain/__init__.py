"""Explanation of predictions: the contribution of each band.

Offers attributions of spectra, at points and over rasters.
Must not know how reports look, nor the other rooms of this floor.
"""
