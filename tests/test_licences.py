"""docs/licences.md covers all files of the installable zip, and only these."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from tools.package import PLUGIN, package_files

TABLE = Path(__file__).resolve().parent.parent / "docs" / "licences.md"


def test_every_shipped_file_has_a_licence_and_every_row_a_file():
    text = TABLE.read_text(encoding="utf-8").split("## Used, not shipped")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    patterns = [pattern for row in rows for pattern in re.findall(r"`([^`]+)`", row)]
    names = [name[len(PLUGIN) + 1 :] for _, name in package_files()]
    uncovered = [name for name in names if not any(fnmatch(name, p) for p in patterns)]
    assert not uncovered
    assert not [p for p in patterns if not any(fnmatch(name, p) for name in names)]
