"""Installing onnxruntime or rasterio into the user's profile.

Offers the plan, download, check, test and activation of one wheel, and diagnostics.
Must not know anything about the Moon, rasters or models.
"""
