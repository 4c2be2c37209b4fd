"""What people read: HTML reports and model cards from templates, charts as SVG.

Offers one page for each kind of result; every other room of core may be read here. Each module
prepares what a page shows, `templates/` lays it out, `charts/` draws.
Must not compute results: a number shown is one that another room measured.
"""
