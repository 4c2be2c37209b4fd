"""The model file: its description, its graph, and a session that runs it.

Offers models at hand, their checked descriptions, and predictions of spectra.
Must not know rasters as files, sample sites or reports.
"""
