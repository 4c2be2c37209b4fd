"""Polygons of any lunar CRS on the pixels of a raster, cut exactly.

Offers the share of each pixel inside a polygon, areas on the sphere, and masks; reads features of
files, and writes them.
Must not know what the pixels hold.
"""
