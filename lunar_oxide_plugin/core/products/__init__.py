"""Rasters computed from a prediction (Mg#, classes) or from formulas (FeO, OMAT).

Offers derived products and classical spectral parameters, window by window.
Must not know checks, comparisons or reports.
"""
