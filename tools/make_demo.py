"""Make the bundled demo rasters from the stations' published spectra.

Run as ``python -m tools.make_demo``; the same table gives the same pixels.

The Taurus-Littrow scene carries the published Kaguya MI spectrum of each Apollo 17 station in
the pixels around it. Between stations the logarithm of reflectance is interpolated, all bands
with the same weights, so that every pixel is a mixture of real spectra; the scene is not an
observation. The two rasters of stations hold single pixels, one for Kaguya MI and one for
Clementine UVVIS.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine, from_origin
from rasterio.windows import Window

from lunar_oxide_plugin.core.moon.wkt import MOON_RADIUS_M
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE, MI, MI_NUMBERS
from lunar_oxide_plugin.core.rasters.sensors.record import Sensor
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite, load_sites

DEMO = RESOURCES / "demo"
SCENE = DEMO / "taurus_littrow_interpolated_between_stations.tif"
STATIONS = DEMO / "stations_all_missions.tif"
CLEMENTINE_STATIONS = DEMO / "stations_seen_by_clementine.tif"

#: The number of an empty pixel, by sensor: MI's code, and ISIS's null in Clementine mosaics.
EMPTY = {MI.key: MI_NUMBERS.outside, CLEMENTINE.key: -32768}

SATURATION, DEFECT = -20000, -22000

#: Product bands that the published spectra have; MN1 (1000 nm) is not published.
PUBLISHED = (0, 1, 2, 3, 4, 6, 7, 8)
MN1, MV5 = 5, 4

MOON_EQUIRECTANGULAR_WKT = (
    'PROJCS["Moon (2015) - Sphere / Ocentric / Equirectangular, clon = 0",'
    'GEOGCS["Moon (2015) - Sphere / Ocentric",DATUM["Moon (2015) - Sphere",'
    'SPHEROID["Moon (2015) - Sphere",1737400,0]],PRIMEM["Reference Meridian",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Equirectangular"],'
    'PARAMETER["standard_parallel_1",0],PARAMETER["central_meridian",0],'
    'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
)
METRES_PER_DEGREE = math.radians(1.0) * MOON_RADIUS_M
CITATION = {
    MI.key: "spectra: Yang et al. 2023, doi 10.1038/s41467-023-43358-0; data: JAXA/SELENE MI",
    CLEMENTINE.key: (
        "spectra: Wilcox, Lucey & Gillis 2005, doi 10.1029/2005JE002512; data: NASA/USGS "
        "Clementine UVVIS"
    ),
}

#: A pixel farther than this from every station is left out of the scene.
REACH_M = 2600.0

#: Smoothness of the interpolation: weights fall as distance to this power (Shepard 1968,
#: doi 10.1145/800186.810616).
SHEPARD_POWER = 3.0


@dataclass(frozen=True)
class Grid:
    """An equirectangular lunar grid: `pixel_m` metres per pixel, upper left corner in metres."""

    left_m: float
    top_m: float
    pixel_m: float
    columns: int
    rows: int

    @property
    def transform(self) -> Affine:
        """Affine transform of the grid."""
        return from_origin(self.left_m, self.top_m, self.pixel_m, self.pixel_m)

    def pixel(self, site: SampleSite) -> Tuple[int, int]:
        """Row and column of a site."""
        x = site.longitude_deg * METRES_PER_DEGREE
        y = site.latitude_deg * METRES_PER_DEGREE
        return (
            math.floor((self.top_m - y) / self.pixel_m),
            math.floor((x - self.left_m) / self.pixel_m),
        )


def grid_around(sites: Sequence[SampleSite], pixels_per_degree: int, margin_deg: float) -> Grid:
    """Grid over sites, its edges on whole pixels of the global grid."""
    west = min(site.longitude_deg for site in sites) - margin_deg
    east = max(site.longitude_deg for site in sites) + margin_deg
    south = min(site.latitude_deg for site in sites) - margin_deg
    north = max(site.latitude_deg for site in sites) + margin_deg
    first, last = math.floor(west * pixels_per_degree), math.ceil(east * pixels_per_degree)
    bottom, top = math.floor(south * pixels_per_degree), math.ceil(north * pixels_per_degree)
    pixel_m = METRES_PER_DEGREE / pixels_per_degree
    return Grid(first * pixel_m, top * pixel_m, pixel_m, last - first, top - bottom)


def uvvis_numbers(spectrum: Sequence[float]) -> npt.NDArray[np.int16]:
    """Five bands of Clementine as DN from the published reflectances."""
    numbers = CLEMENTINE.numbers
    assert numbers is not None
    return np.round((np.asarray(spectrum) - numbers.offset) / numbers.scale).astype(np.int16)


def digital_numbers(spectrum: Sequence[float]) -> npt.NDArray[np.int16]:
    """Nine product bands as DN from eight published reflectances (MN1 copied from MV5)."""
    numbers = np.empty(len(MI.filters), dtype=np.int16)
    numbers[list(PUBLISHED)] = np.round(np.asarray(spectrum) / MI_NUMBERS.scale).astype(np.int16)
    numbers[MN1] = numbers[MV5]
    return numbers


def scene_pixels(sites: Sequence[SampleSite], grid: Grid) -> npt.NDArray[np.int16]:
    """DN of the interpolated scene, shape (9, rows, columns)."""
    places = np.array([grid.pixel(site) for site in sites], dtype=float)
    spectra = np.log([spectrum_of(site) for site in sites])
    rows, columns = np.mgrid[: grid.rows, : grid.columns]
    distance = np.hypot(rows[..., None] - places[:, 0], columns[..., None] - places[:, 1])
    weights = 1.0 / np.maximum(distance, 0.5) ** SHEPARD_POWER
    weights /= weights.sum(axis=-1, keepdims=True)
    reflectance = np.exp(weights @ spectra)
    pixels = np.empty((len(MI.filters), grid.rows, grid.columns), dtype=np.int16)
    pixels[list(PUBLISHED)] = np.moveaxis(np.round(reflectance / MI_NUMBERS.scale), -1, 0)
    pixels[MN1] = pixels[MV5]
    pixels[:, distance.min(axis=-1) * grid.pixel_m > REACH_M] = MI_NUMBERS.outside
    # The 3 x 3 pixels around a station have its spectrum, or that of the nearer one where two
    # overlap.
    nearest = distance.argmin(axis=-1)
    for index, site in enumerate(sites):
        row, column = grid.pixel(site)
        own = (abs(rows - row) <= 1) & (abs(columns - column) <= 1) & (nearest == index)
        pixels[:, own] = digital_numbers(spectrum_of(site))[:, None]
    return pixels


def add_invalid_codes(pixels: npt.NDArray[np.int16]) -> None:
    """Put two small patches of MI's codes for invalid pixels into the scene's north-west."""
    inside = np.argwhere(pixels[0] != MI_NUMBERS.outside)
    row, column = inside[0]
    pixels[1, row : row + 2, column : column + 3] = SATURATION
    pixels[8, row + 3 : row + 5, column : column + 3] = DEFECT


def shared_pixels(sites: Sequence[SampleSite], grid: Grid) -> Dict[Tuple[int, int], List[int]]:
    """Indices of the sites in each pixel that holds any."""
    found: Dict[Tuple[int, int], List[int]] = {}
    for index, site in enumerate(sites):
        found.setdefault(grid.pixel(site), []).append(index)
    return found


def create(
    path: Path, grid: Grid, tags: Dict[str, str], sparse: bool, sensor: Sensor = MI
) -> rasterio.io.DatasetWriter:
    """Open a raster in the conventions of a sensor's product for writing."""
    numbers = sensor.numbers
    assert numbers is not None
    dataset = rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=grid.columns,
        height=grid.rows,
        count=len(sensor.filters),
        dtype=numbers.dtype,
        nodata=EMPTY[sensor.key],
        crs=CRS.from_wkt(MOON_EQUIRECTANGULAR_WKT),
        transform=grid.transform,
        tiled=True,
        blockxsize=512 if sparse else 128,
        blockysize=512 if sparse else 128,
        compress="deflate",
        predictor=2,
        interleave="band",
        sparse_ok=sparse,
    )
    dataset.scales = [numbers.scale] * len(sensor.filters)
    dataset.offsets = [numbers.offset] * len(sensor.filters)
    dataset.descriptions = tuple(f"{own.name} {own.wavelength_nm:g} nm" for own in sensor.filters)
    dataset.update_tags(CITATION=CITATION[sensor.key], **tags)
    for number, own in enumerate(sensor.filters, start=1):
        dataset.update_tags(
            number,
            wavelength=f"{own.wavelength_nm:g}",
            wavelength_units="nm",
            width=f"{own.width_nm:g}",
        )
    if sensor == MI:
        dataset.update_tags(
            MN1 + 1, NOTE="copied from 1001 nm: the near-infrared detector's value is not published"
        )
    return dataset


def write_scene(path: Path, sites: Sequence[SampleSite]) -> None:
    """Write the Taurus-Littrow scene, 512 pixels per degree (59 m)."""
    landing = [site for site in sites if site.mission == "Apollo 17"]
    grid = grid_around(landing, 512, margin_deg=0.09)
    pixels = scene_pixels(landing, grid)
    add_invalid_codes(pixels)
    tags = {
        "DATA_ORIGIN": "interpolated between published station spectra",
        "DESCRIPTION": (
            "Taurus-Littrow: the 3 x 3 pixels at each of the 21 Apollo 17 stations carry its "
            "published Kaguya MI spectrum; all others are interpolated between them and are no "
            "observation."
        ),
    }
    with create(path, grid, tags, sparse=False) as dataset:
        dataset.write(pixels)


def write_stations(path: Path, sites: Sequence[SampleSite], sensor: Sensor = MI) -> None:
    """Write all stations at their positions, 128 pixels per degree (237 m), empty elsewhere.

    Stations that share a pixel give it the mean of their digital numbers.
    """
    seen, to_numbers = {
        MI.key: ("Kaguya MI", digital_numbers),
        CLEMENTINE.key: ("Clementine UVVIS", uvvis_numbers),
    }[sensor.key]
    grid = grid_around(sites, 128, margin_deg=0.1)
    shared = shared_pixels(sites, grid)
    groups = [
        "+".join(sites[i].station_id for i in group) for group in shared.values() if group[1:]
    ]
    tags = {
        "DATA_ORIGIN": "published station spectra at single pixels",
        "DESCRIPTION": (
            f"One pixel for each sampling station with a published {seen} spectrum"
            + (
                "; stations with one published position share a pixel and its mean spectrum: "
                f"{', '.join(groups)}."
                if groups
                else "."
            )
        ),
    }
    if sensor == CLEMENTINE:
        tags["DESCRIPTION"] += " No scene: every other pixel is empty."
    with create(path, grid, tags, sparse=True, sensor=sensor) as dataset:
        for (row, column), group in shared.items():
            spectra = [to_numbers(spectrum_of(sites[i], sensor)) for i in group]
            numbers = np.mean(spectra, axis=0)
            dataset.write(
                np.round(numbers).astype(np.int16)[:, None, None],
                window=Window(column, row, 1, 1),
            )


def spectrum_of(site: SampleSite, sensor: Sensor = MI) -> Tuple[float, ...]:
    """Published reflectance of a site that has one."""
    spectrum = site.spectrum(sensor.key)
    if spectrum is None:
        raise ValueError(f"{site.station_id} has no published spectrum")
    return spectrum


def seen_by(sensor: Sensor) -> List[SampleSite]:
    """The stations that have a published spectrum of a sensor."""
    return [site for site in load_sites() if site.spectrum(sensor.key) is not None]


def main() -> None:
    """Write the rasters."""
    DEMO.mkdir(parents=True, exist_ok=True)
    write_scene(SCENE, seen_by(MI))
    write_stations(STATIONS, seen_by(MI))
    write_stations(CLEMENTINE_STATIONS, seen_by(CLEMENTINE), CLEMENTINE)
    for path in (SCENE, STATIONS, CLEMENTINE_STATIONS):
        print(f"{path.name}  {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
