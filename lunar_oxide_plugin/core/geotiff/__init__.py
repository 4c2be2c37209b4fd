"""Writing GeoTIFF files: tiled, compressed, with overviews, resumable.

Offers a writer of whole rasters and one that continues after an interruption.
Must not know what the bands mean, nor anything of the Moon.
"""
