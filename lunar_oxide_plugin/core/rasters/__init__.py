"""Reading of rasters: reflectance, masks, position and metadata.

Offers rasters with scale, offset, no data and wavelengths applied, band mapping, and mosaics.
Must not know models' sessions, sample sites or reports.
"""
