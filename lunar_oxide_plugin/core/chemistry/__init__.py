"""Oxides, elements, and the quantities that follow from a composition.

Offers the six oxides, molar masses, what a column's name says, and derived quantities.
Must not know rasters, models, files or the Moon's map.
"""
