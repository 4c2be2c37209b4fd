"""Oxides, elements, and the quantities that follow from a composition.

Offers the oxides, the layout of a prediction, molar masses, what a column's name says, derived
quantities and rock classes.
Must not know rasters, models, files or the Moon's map.
"""
