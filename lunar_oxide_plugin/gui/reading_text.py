"""A reading as text: its position, and the reliability of its numbers."""

from __future__ import annotations

import math
from html import escape

from ..core.probe.reading import SpectrumReading
from ..core.translation import tr, tr_message
from .appearance import DOUBTFUL, GOOD, UNFIT

TICK, WARNING, CROSS = "\u2713", "\u26a0", "\u2717"


def place_text(reading: SpectrumReading) -> str:
    """Position, pixel or box, and the raster (rich text)."""
    area = reading.area
    parts = []
    if area.longitude_deg is not None and area.latitude_deg is not None:
        north = "N" if area.latitude_deg >= 0 else "S"
        east = "E" if area.longitude_deg >= 0 else "W"
        parts.append(f"{abs(area.latitude_deg):.4f}\u00b0 {north}")
        parts.append(f"{abs(area.longitude_deg):.4f}\u00b0 {east}")
    if area.columns == 0:  # a spectrum of a library
        pass
    elif area.is_pixel:
        text = tr("pixel {column}, {row}")
        parts.append(text.format(column=area.column, row=area.row))
    else:
        parts.append(
            tr("median of {valid} pixels of a box of {columns} x {rows}").format(
                valid=reading.n_valid, columns=area.columns, rows=area.rows
            )
        )
        if area.sampled:
            parts.append(tr("sampled evenly"))
    where = f"<small>{escape(reading.raster_name)}</small>"
    return "<br>".join(filter(None, (escape(", ".join(parts)), where)))


def state_text(reading: SpectrumReading) -> str:
    """Domain state, quality flags and origin of the data (rich text)."""
    lines = [_domain(reading)]
    if reading.flags:
        flags = ", ".join(
            tr(share.flag.label)
            + (
                ""
                if reading.area.columns <= 1 >= reading.area.rows
                else f" ({_percent(share.share)})"
            )
            for share in reading.flags
        )
        lines.append(_marked(WARNING, DOUBTFUL, tr("Flags: {flags}").format(flags=flags)))
    else:
        lines.append(_marked(TICK, GOOD, tr("No quality flag")))
    if reading.doubt:
        lines.append(_marked(WARNING, DOUBTFUL, tr_message(reading.doubt)))
    if reading.data_origin:
        text = tr("The file says of its values: {origin}")
        lines.append(_marked(WARNING, DOUBTFUL, text.format(origin=reading.data_origin)))
    lines.append(f"<small>{escape(reading.model_title)}</small>")
    return "<br>".join(lines)


def refusal_text(text: str) -> str:
    """The reason why there is no reading (rich text)."""
    return _marked(CROSS, UNFIT, text)


def _domain(reading: SpectrumReading) -> str:
    distance = reading.domain_distance
    if math.isnan(distance):
        text = tr("The model does not tell whether it knows such spectra")
        return _marked(WARNING, DOUBTFUL, text)
    if distance > 1.0:
        text = tr("Spectrum unlike all sampled ones (distance {distance:.2f}): extrapolation")
        return _marked(WARNING, DOUBTFUL, text.format(distance=distance))
    text = tr("Spectrum like a sampled one (distance {distance:.2f}); the geology may be another")
    return _marked(TICK, GOOD, text.format(distance=distance))


def _percent(share: float) -> str:
    return "< 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _marked(sign: str, colour: str, text: str) -> str:
    """A coloured sign before text in the window's own colour, readable in any theme."""
    return f'<b><span style="color:{colour}">{sign}</span></b> {escape(text)}'
