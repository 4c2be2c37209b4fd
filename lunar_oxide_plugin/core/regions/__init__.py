"""Parts of a map: the composition of polygons and along lines, with errors that are shared.

Offers the exact share of each pixel in a polygon, statistics by region and profiles along lines.
Must not know how reports look, nor the other rooms of this floor.
"""
