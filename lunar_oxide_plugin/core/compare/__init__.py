"""Map against map: a prediction and another map of the same oxide.

Offers area averages on the coarser grid and the moments of the difference.
Must not know how reports look, nor the other rooms of this floor.
"""
