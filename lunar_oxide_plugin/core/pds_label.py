"""Placeholder until the parser lands."""


def read_band_definitions(path):
    return ()
