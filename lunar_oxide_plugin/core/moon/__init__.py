"""The Moon as a body: its CRSs, longitudes, terranes.

Offers lunar CRSs as text and as objects, continuous longitudes, the terrane of
a place, and regions as polygons.
Must not know reflectance, models or sample sites.
"""
