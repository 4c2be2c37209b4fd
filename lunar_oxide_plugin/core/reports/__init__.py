"""What people read: HTML reports, charts as SVG, model cards.

Offers one page for each kind of result; every other room of core may be read here.
Must not compute results: a number shown is one that another room measured.
"""
