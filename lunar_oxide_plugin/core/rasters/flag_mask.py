"""A virtual raster beside a prediction with a band that is transparent where a flag is set.

Programs that draw maps take that band as opacity (the alpha band of a QGIS style), so that flagged
pixels are not drawn. The prediction itself is not changed.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, List, Tuple

from ..errors import RasterError
from ..files import write_text
from ..translation import tr
from .quality import FAULTS

if TYPE_CHECKING:
    from .opening import DescribedDataset

#: Ending that is added to the whole name of the prediction.
SUFFIX = ".unflagged.vrt"

#: Description of the band: 255 where no flag makes the pixel doubtful, else 0.
UNFLAGGED = "unflagged"

#: GDAL's names of the data types of predictions.
_GDAL_TYPES = {
    "float32": "Float32",
    "float64": "Float64",
    "uint8": "Byte",
    "int16": "Int16",
    "uint16": "UInt16",
    "int32": "Int32",
    "uint32": "UInt32",
}


def _table(scale: float, offset: float) -> str:
    """Quality as stored to opacity: 255 where no bit makes the pixel doubtful.

    A table interpolates between its entries.
    """
    steps = [(value, 0 if value & FAULTS else 255) for value in range(256)]
    kept = [
        step
        for place, step in enumerate(steps)
        if place in (0, 255) or not steps[place - 1][1] == step[1] == steps[place + 1][1]
    ]
    return ",".join(f"{(value - offset) / scale:.12g}:{opacity}" for value, opacity in kept)


def masked_path(path: str) -> str:
    """The virtual raster of a prediction.

    Parameters
    ----------
    path : str

    Returns
    -------
    str
    """
    return path if path.endswith(SUFFIX) else path + SUFFIX


def unmasked_path(path: str) -> str:
    """The prediction of a virtual raster; other paths unchanged.

    Parameters
    ----------
    path : str

    Returns
    -------
    str
    """
    return path[: -len(SUFFIX)] if path.endswith(SUFFIX) else path


def write_masked(path: str) -> Tuple[str, int]:
    """Write the virtual raster of a prediction.

    Parameters
    ----------
    path : str
        A GeoTIFF with a quality band.

    Returns
    -------
    str
        The virtual raster, beside the prediction; it refers to it by name, so both can be moved.
    int
        Number (from 1) of its band that is 0 where a flag is set.

    Raises
    ------
    RasterError
        If the raster is no file, is no prediction, or has no quality.
    OutputError
        If its folder cannot be written.
    """
    # Imported here: the names above are needed before rasterio is loaded.
    from .opening import open_raster
    from .prediction_bands import find_bands
    from .raster_input import RasterInput

    if not Path(path).is_file():
        text = tr("{name} is not a file on a disk: save the prediction as a file first.")
        raise RasterError(text.format(name=path))
    with open_raster(RasterInput(path)) as dataset:
        name = Path(path).name
        bands = find_bands([text or "" for text in dataset.descriptions], name)
        if bands.quality is None:
            text = tr(
                "{name} has no band of quality flags: predict again with all content to get them."
            )
            raise RasterError(text.format(name=name))
        size = f'xSize="{dataset.width}" ySize="{dataset.height}"'
        lines = [
            f'<VRTDataset rasterXSize="{dataset.width}" rasterYSize="{dataset.height}">',
            f"  <SRS>{escape(dataset.crs.to_wkt() if dataset.crs else '')}</SRS>",
            f"  <GeoTransform>{', '.join(map(repr, dataset.drawn_transform.to_gdal()))}"
            "</GeoTransform>",
            "  <Metadata>",
            *(
                f'    <MDI key="{escape(key)}">{escape(value)}</MDI>'
                for key, value in sorted(dataset.tags().items())
                if re.fullmatch(r"\w+", key)
            ),
            "  </Metadata>",
        ]
        for number in range(1, dataset.count + 1):
            place = number - 1
            nodata = dataset.nodatavals[place]
            scale, offset = dataset.scales[place], dataset.offsets[place]
            more = [] if nodata is None else [f"    <NoDataValue>{nodata:.17g}</NoDataValue>"]
            if (scale, offset) != (1.0, 0.0):
                more.append(f"    <Offset>{offset:.17g}</Offset>")
                more.append(f"    <Scale>{scale:.17g}</Scale>")
            lines += _band(
                number, _GDAL_TYPES.get(dataset.dtypes[place], "Float64"),
                dataset.descriptions[place] or "", dataset.units[place] or "",
                more, _source("SimpleSource", name, number, size, ()),
            )  # fmt: skip
        table = _opacity(dataset, bands.quality - 1)
        source = _source("ComplexSource", name, bands.quality, size, table)
        lines += _band(dataset.count + 1, "Byte", UNFLAGGED, "", [], source)
        count = dataset.count + 1
    lines.append("</VRTDataset>")
    target = masked_path(path)
    write_text(target, "\n".join(lines) + "\n", "virtual raster")
    return target, count


def _opacity(dataset: DescribedDataset, place: int) -> Tuple[str, ...]:
    """Elements that turn the quality band into opacity."""
    nodata = dataset.nodatavals[place]
    scale, offset = float(dataset.scales[place]), float(dataset.offsets[place])
    table = f"      <LUT>{_table(scale, offset)}</LUT>"
    if nodata is not None and nodata * scale + offset == 0.0:
        # The nodata of all bands is that of the oxides; in this band it means "good".
        return (table,)
    return (f"      <NODATA>{'nan' if nodata is None else f'{nodata:.17g}'}</NODATA>", table)


def _band(
    number: int, kind: str, description: str, unit: str, more: List[str], source: List[str]
) -> List[str]:
    return [
        f'  <VRTRasterBand dataType="{kind}" band="{number}">',
        f"    <Description>{escape(description)}</Description>",
        *([f"    <UnitType>{escape(unit)}</UnitType>"] if unit else []),
        *more,
        *source,
        "  </VRTRasterBand>",
    ]


def _source(kind: str, name: str, band: int, size: str, more: Tuple[str, ...]) -> List[str]:
    return [
        f"    <{kind}>",
        f'      <SourceFilename relativeToVRT="1">{escape(name)}</SourceFilename>',
        f"      <SourceBand>{band}</SourceBand>",
        f'      <SrcRect xOff="0" yOff="0" {size} />',
        f'      <DstRect xOff="0" yOff="0" {size} />',
        *more,
        f"    </{kind}>",
    ]
