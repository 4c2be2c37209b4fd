"""Stations and samples: the places where soil was collected, and the measured composition.

Offers the bundled table, analyses made on the Moon, users' tables, the pixels of a site,
and whether a model saw it.
Must not know predictions or reports.
"""
