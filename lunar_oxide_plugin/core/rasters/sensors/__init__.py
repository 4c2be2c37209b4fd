"""What is known of sensors: one record each, and how a raster's sensor is recognised.

A new sensor is one record in `known.SENSORS` (and, if it brings formulas of its own, those in
`products.spectral_parameters`). Nothing else in the plugin holds a sensor's facts.
"""
