"""Synthetic tables of elements from orbit, in the layout of Lunar Prospector's archived ones."""

from __future__ import annotations

import numpy as np

ARCHIVED = ("MgO", "Al2O3", "SiO2", "CaO", "TiO2", "FeO", "K", "Th", "U")
OXIDES = ARCHIVED[:6]


def cell_bounds(height):
    """Bounds (cells, 4) of nearly equal areas: bands of a height, half of it at the poles."""
    edges = [-90.0, *np.arange(-90.0 + height / 2, 90.0, height), 90.0]
    rows = []
    for south, north in zip(edges, edges[1:]):
        span = float(np.diff(np.sin(np.radians([south, north])))[0])
        n = max(3, round(2.0 * np.pi * span / np.radians(height) ** 2))
        sides = np.round(np.linspace(-180.0, 180.0, n + 1), 1)
        rows += [(south, north, west, east) for west, east in zip(sides, sides[1:])]
    return np.array(rows)


def centres(bounds):
    south, north, west, east = np.radians(bounds).T
    return (
        np.degrees((west + east) / 2),
        np.degrees(np.arcsin((np.sin(south) + np.sin(north)) / 2)),
    )


def covariance(sigmas, correlation=-0.3):
    matrix = np.full((9, 9), correlation)
    np.fill_diagonal(matrix, 1.0)
    return matrix * np.outer(sigmas, sigmas)


def archived_lines(bounds, amounts, sigmas_wt):
    """Lines of an archived table.

    `amounts` holds arrays by name: oxides in wt%, K, Th and U in ppm. `sigmas_wt` are those of the
    six oxides, in the archive's order.
    """
    n = len(bounds)
    ones = np.array([*np.asarray(sigmas_wt) / 100.0, 100.0, 0.2, 0.1])
    triangle = covariance(ones)[np.triu_indices(9)]
    values = [np.broadcast_to(amounts.get(name, 1.0), n) for name in ARCHIVED]
    lines = []
    for i in range(n):
        row = [v[i] / 100.0 if name in OXIDES else v[i] for name, v in zip(ARCHIVED, values)]
        lines.append(
            f"{i:10d}" + "".join(f"{value:7.1f}" for value in bounds[i])
            + "".join(f"{value:15.6e}" for value in (21.9, 1.4e-6, *row, *triangle))
        )  # fmt: skip
    return lines


def write_archived(path, bounds, amounts, sigmas_wt=(1.0, 2.0, 1.5, 1.0, 0.5, 0.4), label=True):
    lines = archived_lines(bounds, amounts, sigmas_wt)
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("ascii"))
    if label:
        path.with_suffix(".lbl").write_text(
            "PDS_VERSION_ID = PDS3\nRECORD_TYPE = FIXED_LENGTH\n"
            f"RECORD_BYTES = {len(lines[0]) + 2}\nFILE_RECORDS = {len(lines)}\n"
            f'^TABLE = "{path.name.upper()}"\nNOTE = "synthetic, for tests"\nEND\n',
            encoding="ascii",
        )
    return path
