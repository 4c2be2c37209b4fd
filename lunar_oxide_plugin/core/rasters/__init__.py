"""Reading of rasters: reflectance, masks, position and metadata.

Offers rasters with scale, offset, no data and wavelengths applied, band mapping, mosaics, and maps
of an oxide or element in wt%.
Must not know models' sessions, sample sites or reports.
"""
