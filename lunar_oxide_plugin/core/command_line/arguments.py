"""Arguments that several commands share, and the objects made from them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Tuple

from ..chemistry.column_names import WT_PER_UNIT
from ..errors import LunarOxideError, RasterError
from ..rasters.raster_input import BandNodata, RasterInput, band_numbers


def add_raster(
    parser: argparse.ArgumentParser, name: str, metavar: str, what: str, prefix: str = ""
) -> None:
    """Declare a raster to read, and options that override properties of its file.

    Parameters
    ----------
    parser : ArgumentParser
    name, metavar : str
        Of the argument.
    what : str
        Its help text.
    prefix : str
        Of the options, where a command takes several rasters: ``"reference-"``.
    """
    parser.add_argument(name, metavar=metavar, help=what)
    parser.add_argument(
        f"--{prefix}crs",
        default="",
        help=f"lunar CRS of {metavar}'s coordinates where its own is missing or wrong: a code such "
        "as IAU_2015:30100, a PROJ string, or WKT",
    )
    parser.add_argument(
        f"--{prefix}nodata",
        action="append",
        default=[],
        type=float,
        metavar="VALUE",
        help=f"value in {metavar}, by the bands' own scale, that is no data besides the file's "
        "own; may be given several times",
    )
    parser.add_argument(
        f"--{prefix}open-option",
        action="append",
        default=[],
        type=_option,
        metavar="KEY=VALUE",
        help=f"option of GDAL's driver for {metavar}; may be given several times",
    )


def raster_input(options: argparse.Namespace, name: str, prefix: str = "") -> RasterInput:
    """The raster that the arguments of `add_raster` describe.

    Raises
    ------
    RasterError
        If the CRS is not valid.
    """
    from ..moon.lunar_crs import wkt_of

    said = vars(options)
    key = prefix.replace("-", "_")
    crs, values = said[f"{key}crs"], said[f"{key}nodata"]
    return RasterInput(
        path=said[name],
        open_options=tuple(said[f"{key}open_option"]),
        crs_wkt=wkt_of(crs) if crs else "",
        nodata=(BandNodata(0, tuple((value, value) for value in values)),) if values else (),
    )


def add_quantity(parser: argparse.ArgumentParser, flag: str, what: str) -> None:
    """Declare what the numbers of a map are."""
    statements = [f"{kind} {unit}" for unit in WT_PER_UNIT for kind in ("oxide", "element")]
    words = ", ".join(f'"{text}"' for text in statements).replace("%", "%%")
    parser.add_argument(
        flag,
        choices=statements,
        default="",
        metavar="WHAT",
        help=f"what {what} holds: {words} (default: as its description says)",
    )


def _option(text: str) -> str:
    if "=" not in text[1:]:
        raise argparse.ArgumentTypeError(f"{text!r} is no KEY=VALUE.")
    return text


def add_reflectance(parser: argparse.ArgumentParser) -> None:
    """Declare how a reflectance raster is read: bands, scale, offset."""
    parser.add_argument(
        "--bands", type=integers, help="raster bands in the model's order, e.g. 1,2,3,4,5,7,8,9"
    )
    parser.add_argument("--scale", type=float, help="reflectance for one step of the numbers")
    parser.add_argument("--offset", type=float, help="reflectance where the number is zero")


def reflectance_input(options: argparse.Namespace) -> RasterInput:
    """The reflectance raster that the arguments describe, those of `add_reflectance` included."""
    return replace(
        raster_input(options, "input"),
        scale=options.scale,
        offset=options.offset,
        bands=options.bands or None,
    )


def crs_wkt(text: str, option: str) -> str:
    """WKT of a CRS given as an authority's code, WKT or PROJ string; empty for none.

    Raises
    ------
    LunarOxideError
        If it is not known; the sentence names the option.
    """
    if not text:
        return ""
    import rasterio.errors
    from rasterio.crs import CRS

    from ..moon import rasterio_import  # noqa: F401 - gives an installed rasterio its PROJ data

    try:
        return str(CRS.from_user_input(text).to_wkt())
    except (rasterio.errors.CRSError, ValueError) as error:
        raise LunarOxideError(
            f"{option} {text!r} is no CRS that PROJ knows: give one such as IAU_2015:30100."
        ) from error


def add_output_style(parser: argparse.ArgumentParser) -> None:
    """Declare options of the printed output."""
    parser.add_argument("--quiet", action="store_true", help="no progress, warnings only")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def integers(text: str) -> Tuple[int, ...]:
    """Band numbers such as ``1,2,3`` or ``1;2;3``."""
    try:
        return band_numbers(text)
    except RasterError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def model_file(name: str) -> Path:
    """File of a model, given by path or by name.

    Parameters
    ----------
    name : str
        A path that ends in ``.onnx``, a model's name, or empty for the first bundled one.

    Returns
    -------
    Path

    Raises
    ------
    LunarOxideError
        If there is no model of this name.
    """
    from ..models.model_library import find_model, model_names

    names = model_names()
    if name.lower().endswith(".onnx"):
        return Path(name)
    entry = find_model(name or names[0])
    if entry is None:
        raise LunarOxideError(
            f"There is no model {name!r}: give one of {', '.join(names)}, or the path of an .onnx "
            "file."
        )
    return entry.path
