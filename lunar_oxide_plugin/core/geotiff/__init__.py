"""Write GeoTIFF files: tiled, compressed, with overviews, resumable.

Offers a writer of whole rasters and one that continues after an interruption.
Must not know the meaning of the bands or anything about the Moon.
"""
