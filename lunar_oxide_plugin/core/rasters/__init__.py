"""Reflectance in: everything that is read of a raster is read here.

Offers rasters with scale, offset, no data and wavelengths applied, band mapping and mosaics.
Must not know models' sessions, sample sites or reports.
"""
