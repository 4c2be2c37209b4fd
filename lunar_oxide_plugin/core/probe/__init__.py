"""Computations for the window: the spectrum at a place, suitability, scatter of two quantities.

Offers readings, the check whether a raster fits a model, and pixel selections.
Must not know widgets, nor the other rooms of this floor.
"""
