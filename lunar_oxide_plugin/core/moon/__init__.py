"""The Moon as a body: its CRSs, longitudes, terranes.

Offers lunar CRSs as text and as objects, continuous longitudes, and the terrane of a place.
Must not know reflectance, models or sample sites.
"""
