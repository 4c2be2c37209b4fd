"""The command line without QGIS: ``lunar-oxide``, or ``python -m lunar_oxide_plugin``.

Offers a command for each function of the room ``api``; ``main.py`` says how they end. Nothing may
import this room: it stands above all others.
"""
