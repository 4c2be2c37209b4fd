"""The prediction check: predicted against measured oxides at sample sites.

Offers pairs with residuals, metrics with intervals, tables and JSON.
Must not know how reports look, nor the other rooms of this floor.
"""
