"""The software's name and version, read from metadata.txt."""

from __future__ import annotations

import configparser
from pathlib import Path

_METADATA = Path(__file__).resolve().parent.parent / "metadata.txt"


def _version() -> str:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(_METADATA, encoding="utf-8")
    return parser.get("general", "version")


VERSION = _version()
NAME = "Lunar Oxide"
SOFTWARE = f"{NAME} {VERSION}"

#: Prefix of every tag that the plugin writes into a raster.
TAG_PREFIX = "LUNAR_OXIDE_"
