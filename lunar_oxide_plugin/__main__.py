"""``python -m lunar_oxide_plugin``: predictions, mosaics, checks and comparisons without QGIS."""

from __future__ import annotations

import sys

from .core.command_line.main import main

if __name__ == "__main__":
    sys.exit(main())
