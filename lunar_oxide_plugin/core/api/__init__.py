"""Whole runs as functions of plain values: from paths to files and frozen results.

Offers one function for each command of ``lunar-oxide``; `lunar_oxide_plugin.api` hands them on,
and the commands call them. Must not print, nor parse arguments of a process.
"""
