"""HTML reports and model cards from templates, with charts as SVG.

Offers one page per kind of result, and may import every other room of core. Each module prepares
the content of a page, `templates/` lays it out, `charts/` draws. Must not compute results: other
rooms compute every number shown.
"""
