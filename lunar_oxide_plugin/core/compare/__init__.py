"""Map against map: a prediction and another map of the same oxide, or a table from orbit.

Offers area averages on the coarser grid or over a table's cells, the moments of the difference,
gamma-ray tables, and the check of a map by terrane.
Must not know how reports look, nor the other rooms of this floor.
"""
