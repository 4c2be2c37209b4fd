"""Small seeded rasters with real names, formats and conventions, fabricated for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

PRODUCT_WAVELENGTHS = (414, 749, 901, 950, 1001, 1000, 1049, 1248, 1548)
PRODUCT_WIDTHS = (20, 12, 21, 30, 42, 27, 28, 33, 48)
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
    nodata: Optional[float] = -30000,
    wavelengths: Optional[Sequence[float]] = PRODUCT_WAVELENGTHS,
    names: Optional[Sequence[str]] = None,
    crs: Optional[str] = None,
    transform: Affine = TAURUS_LITTROW,
    **profile: object,
) -> Path:
    """A GeoTIFF with wavelengths as band tags (or none) and names (or none)."""
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
        for number in range(1, values.shape[0] + 1):
            if names is not None:
                dataset.set_band_description(number, names[number - 1])
            if wavelengths is not None:
                dataset.update_tags(
                    number, wavelength=str(wavelengths[number - 1]), wavelength_units="nm"
                )
    return path


def write_pds3_tile(directory: Path, dn: np.ndarray, attached: bool = False) -> Path:
    """A MI_MAP tile as PDS3; version 3 (detached label) or, `attached`, version 2 style.

    The image file starts with the altitude object, as real tiles do. Returns what to open.
    """
    version = "02" if attached else "03"
    name = f"MI_MAP_{version}_N21E030N20E031SC"
    rows, columns = dn.shape[1:]
    altitude = np.full((rows, columns), 1.5, dtype="<f4").tobytes()
    image = dn.astype(">i2").tobytes()
    label_bytes = 8192 if attached else 0
    start = label_bytes + len(altitude) + 1
    pointer = str(start) if attached else f"({name}.img, {start} <BYTES>)"
    label = "\r\n".join(
        [
            "PDS_VERSION_ID             = PDS3",
            "RECORD_TYPE                = UNDEFINED",
            f"FILE_NAME                  = {name}.img",
            f"^IMAGE                     = {pointer}",
            "DATA_SET_ID                = SLN-L-MI-5-MAP-V3.0",
            f"PRODUCT_ID                 = {name}",
            'INSTRUMENT_NAME            = "MULTIBAND IMAGER"',
            "TARGET_NAME                = MOON",
            "PRODUCT_SET_ID             = MI_MAP",
            "FILTER_NAME                = (MV1, MV2, MV3, MV4, MV5, MN1, MN2, MN3, MN4)",
            "CENTER_FILTER_WAVELENGTH = (414.0 <nm>, 749.0 <nm>, 901.0 <nm>, 950.0 <nm>,",
            "                           1001.0 <nm>, 1000.0 <nm>, 1049.0 <nm>, 1248.0 <nm>,",
            "                           1548.0 <nm>)",
            "BANDWIDTH = (20.0 <nm>, 12.0 <nm>, 21.0 <nm>, 30.0 <nm>, 42.0 <nm>, 27.0 <nm>,",
            "            28.0 <nm>, 33.0 <nm>, 48.0 <nm>)",
            "Object = IMAGE",
            "  BANDS                    = 9",
            "  BAND_STORAGE_TYPE        = BAND_SEQUENTIAL",
            f"  LINES                    = {rows}",
            f"  LINE_SAMPLES             = {columns}",
            "  SAMPLE_TYPE              = MSB_INTEGER",
            "  SAMPLE_BITS              = 16",
            "  IMAGE_VALUE_TYPE         = REFLECTANCE",
            "  SCALING_FACTOR           = 2e-05",
            "  OFFSET                   = 0.0",
            "  INVALID_VALUE            = (-20000, -21000, -22000, -23000)",
            "  OUT_OF_IMAGE_BOUNDS_VALUE = -30000",
            "End_Object = IMAGE",
            "Object = IMAGE_MAP_PROJECTION",
            '  MAP_PROJECTION_TYPE          = "SIMPLE CYLINDRICAL"',
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
            "  MAP_RESOLUTION               = 2048.0 <pixel/deg>",
            "  MAP_SCALE                    = 0.014806323445 <km/pixel>",
            "  MAXIMUM_LATITUDE             = 21.0 <deg>",
            "  MINIMUM_LATITUDE             = 20.00048828 <deg>",
            "  EASTERNMOST_LONGITUDE        = 30.99951172 <deg>",
            "  WESTERNMOST_LONGITUDE        = 30.0 <deg>",
            "  LINE_PROJECTION_OFFSET       = 43008.0 <pixel>",
            "  SAMPLE_PROJECTION_OFFSET     = -61440.0 <pixel>",
            "End_Object = IMAGE_MAP_PROJECTION",
            "END",
            "",
        ]
    ).encode("ascii")
    image_path = directory / f"{name}.img"
    if attached:
        image_path.write_bytes(label.ljust(label_bytes) + altitude + image)
        return image_path
    image_path.write_bytes(altitude + image)
    label_path = directory / f"{name}.lbl"
    label_path.write_bytes(label)
    return label_path


def write_envi(path: Path, values: np.ndarray, wavelengths_um: Sequence[float]) -> Path:
    """An ENVI cube whose header gives wavelengths in micrometres."""
    rows, columns = values.shape[1:]
    path.write_bytes(values.astype("<f4").tobytes())
    path.with_suffix(".hdr").write_text(
        "\n".join(
            [
                "ENVI",
                f"samples = {columns}",
                f"lines = {rows}",
                f"bands = {values.shape[0]}",
                "header offset = 0",
                "data type = 4",
                "interleave = bsq",
                "byte order = 0",
                "data ignore value = -999",
                "wavelength units = Micrometers",
                "wavelength = {" + ", ".join(f"{w:.3f}" for w in wavelengths_um) + "}",
                "",
            ]
        )
    )
    return path
