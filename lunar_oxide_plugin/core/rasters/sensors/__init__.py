"""Records of sensors, and recognition of a raster's sensor.

A new sensor is one record in `known.SENSORS` (and, if it brings formulas of its own, those in
`products.spectral_parameters`). No other module contains facts of a sensor.
"""
