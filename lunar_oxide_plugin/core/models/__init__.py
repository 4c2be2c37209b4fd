"""The model file: its description, its graph, and a session that runs it.

Offers the available models, their checked descriptions, and predictions for spectra.
Must not know raster files, sample sites or reports.
"""
