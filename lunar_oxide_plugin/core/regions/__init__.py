"""Parts of a map: the composition of polygons and along lines, with errors that are shared.

Offers statistics by region, differences between regions, and profiles along lines.
Must not know how reports look, nor the other rooms of this floor.
"""
