"""The command line without QGIS: ``python -m lunar_oxide_plugin``.

Offers the commands predict, mosaic, check and compare; ``main.py`` says how they end.
Nothing may import this room: it stands above all others.
"""
