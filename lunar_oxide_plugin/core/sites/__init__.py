"""Stations and samples: where soil was collected and what was measured.

Offers the bundled table, users' tables, the pixels of a site, and whether a model saw it.
Must not know predictions or reports.
"""
