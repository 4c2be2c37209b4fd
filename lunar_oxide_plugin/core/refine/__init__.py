"""Correcting a model with new samples.

Offers the correction, the verdict by cross-validation, and a refined model file with its lineage.
Must not know how reports look, nor the other rooms of this floor.
"""
