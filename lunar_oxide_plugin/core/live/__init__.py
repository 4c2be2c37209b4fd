"""The live map: oxides of what a map shows, read and predicted in the background.

Offers a view's positions on a raster, its pixels in passes from coarse to fine, a bounded cache of
tiles, colours, and overviews of reflectance. Must not know widgets, nor the other rooms of this
floor.
"""
