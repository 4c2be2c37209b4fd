"""Small seeded rasters with real names, formats and conventions, fabricated for tests."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Sequence

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

PRODUCT_WAVELENGTHS = (414, 749, 901, 950, 1001, 1000, 1049, 1248, 1548)
PRODUCT_WIDTHS = (20, 12, 21, 30, 42, 27, 28, 33, 48)
PRODUCT_FILTERS = ("MV1", "MV2", "MV3", "MV4", "MV5", "MN1", "MN2", "MN3", "MN4")
#: Positions of the model's eight bands in product order (MN1, 1000 nm, is not used).
MODEL_BANDS = (0, 1, 2, 3, 4, 6, 7, 8)

MOON_GEOGRAPHIC = (
    'GEOGCS["Moon",DATUM["Moon",SPHEROID["Moon",1737400,0]],PRIMEM["Reference Meridian",0],'
    'UNIT["degree",0.0174532925199433]]'
)


def moon_equirectangular(central_meridian: float = 0.0) -> str:
    return (
        f'PROJCS["Moon equirectangular {central_meridian:g}",{MOON_GEOGRAPHIC},'
        'PROJECTION["Equirectangular"],PARAMETER["standard_parallel_1",0],'
        f'PARAMETER["central_meridian",{central_meridian}],PARAMETER["false_easting",0],'
        'PARAMETER["false_northing",0],UNIT["metre",1]]'
    )


MOON_SOUTH_POLE = (
    f'PROJCS["Moon south pole",{MOON_GEOGRAPHIC},PROJECTION["Polar_Stereographic"],'
    'PARAMETER["latitude_of_origin",-90],PARAMETER["central_meridian",0],'
    'PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],'
    'UNIT["metre",1]]'
)
EARTH = "EPSG:4326"

#: Upper left corner near Taurus-Littrow, 59 m pixels, as metres on the Moon.
TAURUS_LITTROW = Affine(59.2, 0.0, 932000.0, 0.0, -59.2, 613000.0)

#: Bytes in front of the image in a tile with an attached label; a real label has 14 kB.
ATTACHED_LABEL_BYTES = 8192


def random_dn(rows: int, columns: int, seed: int = 3) -> np.ndarray:
    """Asymmetric digital numbers (9, rows, columns) within the Moon's range."""
    rng = np.random.default_rng(seed)
    base = np.array([2000, 3600, 4000, 4100, 4300, 4310, 4500, 5400, 6700])[:, None, None]
    return (base * rng.uniform(0.8, 1.5, (9, rows, columns))).astype(np.int16)


def reflectance(dn: np.ndarray) -> np.ndarray:
    """Reflectance of the model's eight bands from product DN: float64 (8, ...)."""
    return dn[list(MODEL_BANDS)] * 2e-5


def write_mi_geotiff(
    path: Path,
    values: np.ndarray,
    *,
    scale: Optional[float] = 2e-5,
    offset: float = 0.0,
    nodata: Optional[float] = -30000,
    wavelengths: Optional[Sequence[float]] = PRODUCT_WAVELENGTHS,
    names: Optional[Sequence[str]] = None,
    crs: Optional[str] = None,
    transform: Affine = TAURUS_LITTROW,
    **profile: object,
) -> Path:
    """A GeoTIFF with wavelengths as band tags (or none) and names (or none).

    Its data type is that of `values`; with `scale` None there is no scale and offset; with an empty
    `crs` there is no CRS.
    """
    crs = moon_equirectangular() if crs is None else crs
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=values.shape[0],
        height=values.shape[1],
        width=values.shape[2],
        dtype=values.dtype,
        nodata=nodata,
        crs=CRS.from_user_input(crs) if crs else None,
        transform=transform,
        **profile,
    ) as dataset:
        dataset.write(values)
        if scale is not None:
            dataset.scales = [scale] * values.shape[0]
            dataset.offsets = [offset] * values.shape[0]
        for number in range(1, values.shape[0] + 1):
            if names is not None:
                dataset.set_band_description(number, names[number - 1])
            if wavelengths is not None:
                dataset.update_tags(
                    number, wavelength=str(wavelengths[number - 1]), wavelength_units="nm"
                )
    return path


def write_pds3_tile(
    directory: Path,
    dn: np.ndarray,
    attached: bool = False,
    *,
    west: int = 30,
    north: int = 21,
    newline: str = "\n",
    per_degree: float = 2048.0,
) -> Path:
    """A MI_MAP tile as PDS3; version 3 (detached label) or, `attached`, version 2 style.

    The image file starts with the altitude object, as real tiles do. As in real version 2 labels,
    units follow lists and the sample offset has the wrong sign, so that GDAL mirrors the longitude.
    `west` and `north` name the tile's corner in degrees. With as many pixels `per_degree` as the
    image has along a side, the label fits the image. Returns the path to open.
    """
    name = (
        f"MI_MAP_{2 if attached else 3:02d}_{_latitude(north)}E{west % 360:03d}"
        f"{_latitude(north - 1)}E{(west + 1) % 360:03d}SC"
    )
    altitude = np.full(dn.shape[1:], 1.5, dtype="<f4").tobytes()
    image = dn.astype(">i2").tobytes()
    start = 1 + (ATTACHED_LABEL_BYTES if attached else 0)
    statements = _file_statements(name, start, start + len(altitude), attached)
    statements += _instrument_statements(attached)
    statements += _object_statements(*dn.shape[1:], attached)
    statements += _projection_statements(*dn.shape[1:], west, north, attached, per_degree)
    label = (newline.join([*statements, "END"]) + newline).encode("ascii")
    image_path = directory / f"{name}.img"
    if attached:
        image_path.write_bytes(label.ljust(ATTACHED_LABEL_BYTES) + altitude + image)
        return image_path
    image_path.write_bytes(altitude + image)
    label_path = directory / f"{name}.lbl"
    label_path.write_bytes(label)
    return label_path


def _latitude(degrees: int) -> str:
    return f"{'N' if degrees >= 0 else 'S'}{abs(degrees):02d}"


def _file_statements(name: str, altitude: int, image: int, attached: bool) -> List[str]:
    pointers = (
        [
            f"^GEOMETRIC_DATA_ALTITUDE   = {altitude} <BYTES>",
            f"^IMAGE                     = {image} <BYTES>",
            "DATA_SET_ID                = MI_MAP",
        ]
        if attached
        else [
            f"^GEOMETRIC_DATA_ALTITUDE   = ({name}.img, {altitude} <BYTES>)",
            f"^IMAGE = ({name}.img, {image} <BYTES>)",
            "DATA_SET_ID                = SLN-L-MI-5-MAP-V3.0",
        ]
    )
    return [
        "PDS_VERSION_ID             = PDS3",
        "RECORD_TYPE                = UNDEFINED",
        f"FILE_NAME                  = {name}.img",
        *pointers,
        f"PRODUCT_ID                 = {name}",
        'INSTRUMENT_NAME            = "MULTIBAND IMAGER"',
        "TARGET_NAME                = MOON",
        "PRODUCT_SET_ID             = MI_MAP",
    ]


def _instrument_statements(attached: bool) -> List[str]:
    wavelengths = (
        [
            "CENTER_FILTER_WAVELENGTH = (414.0, 749.0, 901.0, 950.0, 1001.0, 1000.0, 1049.0,",
            "                           1248.0, 1548.0) <nm>",
            "BANDWIDTH = (20.0, 12.0, 21.0, 30.0, 42.0, 27.0, 28.0, 33.0, 48.0) <nm>",
        ]
        if attached
        else [
            "CENTER_FILTER_WAVELENGTH = (414.0 <nm>, 749.0 <nm>, 901.0 <nm>, 950.0 <nm>,",
            "                           1001.0 <nm>, 1000.0 <nm>, 1049.0 <nm>, 1248.0 <nm>,",
            "                           1548.0 <nm>)",
            "BANDWIDTH = (20.0 <nm>, 12.0 <nm>, 21.0 <nm>, 30.0 <nm>, 42.0 <nm>, 27.0 <nm>,",
            "            28.0 <nm>, 33.0 <nm>, 48.0 <nm>)",
        ]
    )
    return [
        f"FILTER_NAME                = ({', '.join(PRODUCT_FILTERS)})",
        *wavelengths,
        "BASE_BAND                  = MV5",
    ]


def _object_statements(rows: int, columns: int, attached: bool) -> List[str]:
    storage = '"BAND SEQUENTIAL"' if attached else "BAND_SEQUENTIAL"
    return [
        "Object = GEOMETRIC_DATA_ALTITUDE",
        f"  LINES                        = {rows}",
        f"  LINE_SAMPLES                 = {columns}",
        "  SAMPLE_TYPE                  = IEEE_REAL",
        "  SAMPLE_BITS                  = 32",
        "  UNIT                         = km",
        "End_Object = GEOMETRIC_DATA_ALTITUDE",
        "Object = IMAGE",
        "  BANDS                          = 9",
        f"  BAND_STORAGE_TYPE              = {storage}",
        f"  LINES                          = {rows}",
        f"  LINE_SAMPLES                   = {columns}",
        "  SAMPLE_TYPE                    = MSB_INTEGER",
        "  SAMPLE_BITS                    = 16",
        "  IMAGE_VALUE_TYPE               = REFLECTANCE",
        "  SCALING_FACTOR                 = 2e-05",
        "  OFFSET                         = 0.0",
        "  INVALID_TYPE                   = (SATURATION, MINUS, DUMMY_DEFECT, OTHER)",
        "  INVALID_VALUE                  = (-20000, -21000, -22000, -23000)",
        "  OUT_OF_IMAGE_BOUNDS_VALUE      = -30000",
        "End_Object = IMAGE",
    ]


def _projection_statements(
    rows: int, columns: int, west: int, north: int, attached: bool, per_degree: float
) -> List[str]:
    # Version 2 gives the corner's column, positive to the east; version 3 gives the column of the
    # central meridian from the corner, as GDAL expects.
    offset = ((west + 180) % 360 - 180) * per_degree if attached else -west * per_degree
    kind = '"Simple Cylindrical"' if attached else '"SIMPLE CYLINDRICAL"'
    kilometres = 2 * np.pi * 1737.4 / 360 / per_degree
    scale = f"{kilometres:.8f}" if attached else f"{kilometres:.12f}"
    return [
        "Object = IMAGE_MAP_PROJECTION",
        f"  MAP_PROJECTION_TYPE          = {kind}",
        "  COORDINATE_SYSTEM_NAME       = PLANETOCENTRIC",
        "  A_AXIS_RADIUS                = 1737.4 <km>",
        "  B_AXIS_RADIUS                = 1737.4 <km>",
        "  C_AXIS_RADIUS                = 1737.4 <km>",
        "  POSITIVE_LONGITUDE_DIRECTION = EAST",
        "  CENTER_LATITUDE              = 0.0 <deg>",
        "  CENTER_LONGITUDE             = 0.0 <deg>",
        "  LINE_FIRST_PIXEL             = 1",
        f"  LINE_LAST_PIXEL              = {rows}",
        "  SAMPLE_FIRST_PIXEL           = 1",
        f"  SAMPLE_LAST_PIXEL            = {columns}",
        "  MAP_PROJECTION_ROTATION      = 0.0 <deg>",
        f"  MAP_RESOLUTION               = {per_degree} <pixel/deg>",
        f"  MAP_SCALE                    = {scale} <km/pixel>",
        f"  MAXIMUM_LATITUDE             = {north}.0 <deg>",
        f"  MINIMUM_LATITUDE             = {north - 1 + 1 / per_degree:.8f} <deg>",
        f"  EASTERNMOST_LONGITUDE        = {west + 1 - 1 / per_degree:.8f} <deg>",
        f"  WESTERNMOST_LONGITUDE        = {west}.0 <deg>",
        f"  LINE_PROJECTION_OFFSET       = {north * per_degree} <pixel>",
        f"  SAMPLE_PROJECTION_OFFSET     = {offset} <pixel>",
        "End_Object = IMAGE_MAP_PROJECTION",
    ]


def write_envi(
    path: Path,
    values: np.ndarray,
    wavelengths: Sequence[float],
    *,
    units: str = "Micrometers",
    names: Optional[Sequence[str]] = None,
    crs: str = "",
    transform: Affine = TAURUS_LITTROW,
) -> Path:
    """An ENVI float32 cube; its header gives wavelengths in `units` and -999 to be ignored.

    Without a `crs` (WKT in ESRI's dialect) it has no georeference, like M3 cubes.
    """
    rows, columns = values.shape[1:]
    header = [
        "ENVI",
        f"samples = {columns}",
        f"lines = {rows}",
        f"bands = {values.shape[0]}",
        "header offset = 0",
        "data type = 4",
        "interleave = bsq",
        "byte order = 0",
        "data ignore value = -999",
        f"wavelength units = {units}",
        "wavelength = {" + ", ".join(f"{w:g}" for w in wavelengths) + "}",
    ]
    if names is not None:
        header.append("band names = {" + ", ".join(names) + "}")
    if crs:
        corner = f"{transform.c}, {transform.f}, {transform.a}, {-transform.e}"
        header.append(f"map info = {{Equirectangular, 1, 1, {corner}}}")
        header.append(f"coordinate system string = {{{crs}}}")
    path.write_bytes(values.astype("<f4").tobytes())
    path.with_suffix(".hdr").write_text("\n".join([*header, ""]))
    return path
