"""Arguments that several commands share, and the objects made from them."""

from __future__ import annotations

import argparse
import math
from dataclasses import replace
from typing import Any, Tuple

from ..api.run import QUANTITIES
from ..chemistry.oxides import OXIDE_NAMES
from ..chemistry.rock_classes import MARE_FEO_WT
from ..errors import RasterError
from ..rasters.raster_input import BandNodata, RasterInput, band_numbers
from .exit_status import ExitStatus


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
    words = ", ".join(f'"{text}"' for text in QUANTITIES).replace("%", "%%")
    parser.add_argument(
        flag,
        choices=QUANTITIES,
        default="",
        metavar="WHAT",
        help=f"what {what} holds: {words} (default: as its description says)",
    )


def add_oxide(parser: argparse.ArgumentParser, what: str, required: bool = False) -> None:
    """Declare the choice of an oxide."""
    parser.add_argument("--oxide", choices=OXIDE_NAMES, required=required, default="", help=what)


def add_mare_feo(parser: argparse.ArgumentParser) -> None:
    """Declare which ground counts as mare."""
    parser.add_argument(
        "--mare-feo",
        type=float,
        default=MARE_FEO_WT,
        metavar="WT",
        help=f"FeO from which on ground counts as mare, wt%% ({MARE_FEO_WT:g})",
    )


def _option(text: str) -> str:
    if "=" not in text[1:]:
        raise argparse.ArgumentTypeError(f"{text!r} is no KEY=VALUE.")
    return text


def add_reflectance(
    parser: argparse.ArgumentParser, order: str = "the model's order, e.g. 1,2,3,4,5,7,8,9"
) -> None:
    """Declare how a reflectance raster is read: bands, scale, offset."""
    parser.add_argument("--bands", type=integers, help=f"raster bands in {order}")
    parser.add_argument("--scale", type=float, help="reflectance for one step of the numbers")
    parser.add_argument("--offset", type=float, help="reflectance where the number is zero")


def add_extent(parser: argparse.ArgumentParser) -> None:
    """Declare the part of a raster to compute."""
    parser.add_argument(
        "--extent",
        type=float,
        nargs=4,
        metavar=("XMIN", "YMIN", "XMAX", "YMAX"),
        help="part of the raster, in its CRS; longitudes of any turn, XMIN above XMAX across 180",
    )
    parser.add_argument(
        "--extent-crs",
        metavar="CRS",
        default="",
        help="CRS of the extent, if it is not the raster's: IAU_2015:30100, WKT or PROJ",
    )


def reflectance_input(options: argparse.Namespace) -> RasterInput:
    """The reflectance raster that the arguments describe, those of `add_reflectance` included."""
    return replace(
        raster_input(options, "input"),
        scale=options.scale,
        offset=options.offset,
        bands=options.bands or None,
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Declare the model."""
    parser.add_argument(
        "--model",
        default="",
        help="name of a bundled model or path of an .onnx file (default: the one for the sensor)",
    )


def add_vectors(
    parser: argparse.ArgumentParser, flag: str, kind: str, what: str, named: bool = True
) -> None:
    """Declare a file of polygons, lines or points, the names in it, and its CRS."""
    parser.add_argument(
        flag,
        metavar="FILE",
        help=f"{what}: GeoJSON, or with pyogrio and shapely GeoPackage, shapefile ... "
        "(FILE|layername=NAME names one of several layers)",
    )
    if named:
        parser.add_argument(
            "--name-field", default="", metavar="FIELD", help=f"field with the names of the {kind}"
        )
    parser.add_argument(
        f"{flag}-crs",
        default="",
        metavar="CRS",
        help=f"lunar CRS of the {kind} where their own is missing or wrong",
    )


def add_limit(parser: argparse.ArgumentParser, flag: str, metavar: str, what: str) -> None:
    """Declare a limit above which a command ends with the status ``DISAGREES``."""
    parser.add_argument(
        flag,
        type=_limit,
        metavar=metavar,
        help=f"{what}; the exit status is then {ExitStatus.DISAGREES}",
    )


def _limit(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 on.")
    return value


def add_layer(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare a vector layer to write."""
    parser.add_argument(
        "--layer",
        metavar="FILE",
        help=f"{what} as a layer to write: GeoJSON (.geojson), or with pyogrio and shapely "
        "GeoPackage (.gpkg); a file that this program did not make is not replaced",
    )


def add_sites(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare measured sites and their columns."""
    parser.add_argument(
        "--sites",
        metavar="FILE",
        help=f"{what}: table with coordinates (.csv, .txt), or points or polygons (GeoJSON; with "
        "pyogrio and shapely GeoPackage ...) (default: bundled sites)",
    )
    parser.add_argument(
        "--sites-crs",
        default="",
        metavar="CRS",
        help="lunar CRS of the points or polygons where their own is missing or wrong",
    )
    parser.add_argument(
        "--columns",
        default="",
        help='what columns hold where names do not tell, e.g. "FeO=iron; latitude=Y; longitude=X"',
    )


def add_output_style(parser: argparse.ArgumentParser, default: Any = False) -> None:
    """Declare options of the printed output, which may stand before and after a command.

    Parameters
    ----------
    parser : ArgumentParser
    default : bool, or argparse.SUPPRESS for a command, which keeps what stands before it
    """
    parser.add_argument(
        "--quiet", action="store_true", default=default, help="no progress, warnings only"
    )
    parser.add_argument(
        "--json", action="store_true", default=default, help="print the result as JSON"
    )
    parser.add_argument("--traceback", action="store_true", default=default, help=argparse.SUPPRESS)


def integers(text: str) -> Tuple[int, ...]:
    """Band numbers such as ``1,2,3`` or ``1;2;3``."""
    try:
        return band_numbers(text)
    except RasterError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
