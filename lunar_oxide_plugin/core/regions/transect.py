"""The composition of a prediction along a line, against distance on the sphere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..chemistry.layout import SigmaKind
from ..chemistry.oxides import Oxide
from ..errors import Cancelled, RasterError
from ..moon import lunar_crs, sphere
from ..progress import Progress
from ..rasters.grid import Grid
from ..rasters.pixel_plane import PixelPlane
from ..rasters.prediction_map import PredictionMap
from ..rasters.quality import FAULTS
from ..rasters.raster_input import RasterInput
from ..sites.sample_sites import SampleSite

#: Most places of a profile.
MOST_POINTS = 1000
#: Most samples along a line, and most parallel lines in a corridor.
_MOST_SAMPLES = 200_000
_MOST_LINES = 101
#: Samples per pixel along the line.
_PER_PIXEL = 2.0
#: Side of the squares of pixels that are read together.
_TILE = 512

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TransectRequest:
    """The request for a profile.

    Attributes
    ----------
    raster : RasterInput
        A prediction raster; its bands are found by their descriptions.
    vertices : tuple of (x, y)
        Of the line; its edges are straight in their CRS.
    crs_wkt : str
    sites : tuple of SampleSite
        Sites to show where they lie near the line.
    sites_km : float
        Largest distance of a site from the line.
    width_km : float
        Width of the corridor over which values are averaged; 0 for the line alone.
    most_points : int
    name : str
    """

    raster: RasterInput
    vertices: Tuple[Tuple[float, float], ...]
    crs_wkt: str
    sites: Tuple[SampleSite, ...] = ()
    sites_km: float = 5.0
    width_km: float = 0.0
    most_points: int = MOST_POINTS
    name: str = ""


@dataclass(frozen=True)
class SiteOnLine:
    """A sample site near a line.

    Attributes
    ----------
    site : SampleSite
    along_km, aside_km : float
        Distance along the line of its nearest place, and from it.
    """

    site: SampleSite
    along_km: float
    aside_km: float


@dataclass(frozen=True)
class Transect:
    """A profile: values at places along a line, NaN where there is no prediction.

    Attributes
    ----------
    name : str
    length_km, step_km : float
        Of the line, and between two places; each place has the mean of this part of the line.
    distances_km, longitudes_deg, latitudes_deg : float64 array, shape (n,)
        Middles of the parts.
    values_wt, sigma_wt : mapping of oxide name to float64 array, shape (n,)
        Sigma is the mean of the pixels' sigmas: most of it is common to neighbours, and does not
        average out.
    pixels : int64 array, shape (n,)
        Samples with a prediction.
    flagged : float64 array, shape (n,)
        Share of them with a quality flag; NaN where the map has none.
    oxides : tuple of Oxide
    sigma_kind : SigmaKind or None
    sites : tuple of SiteOnLine
        In the order of the line.
    facts : dict
        Names and texts for the report's provenance.
    """

    name: str
    length_km: float
    step_km: float
    distances_km: _Floats
    longitudes_deg: _Floats
    latitudes_deg: _Floats
    values_wt: Mapping[str, _Floats]
    sigma_wt: Mapping[str, _Floats]
    pixels: npt.NDArray[np.int64]
    flagged: _Floats
    oxides: Tuple[Oxide, ...]
    sigma_kind: Optional[SigmaKind]
    sites: Tuple[SiteOnLine, ...]
    facts: Dict[str, str]

    def place_at(self, distance_km: float) -> int:
        """Index of the place nearest to a distance along the line.

        Parameters
        ----------
        distance_km : float

        Returns
        -------
        int
        """
        return int(np.argmin(np.abs(self.distances_km - distance_km)))


@dataclass(frozen=True)
class _Path:
    """Samples along a line.

    Attributes
    ----------
    vectors : float64 array, shape (3, n)
        Unit vectors.
    along_km : float64 array, shape (n,)
    """

    vectors: _Floats
    along_km: _Floats


def read_transect(request: TransectRequest, progress: Progress) -> Transect:
    """Read a profile.

    Parameters
    ----------
    request : TransectRequest
    progress : Progress

    Returns
    -------
    Transect

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong.
    Cancelled
    """
    raster = request.raster
    with PredictionMap(raster) as source:
        bands = source.bands
        plane = PixelPlane(Grid.of(source.dataset, raster.name))
        path = _path(request, plane.pixel_km)
        length = float(path.along_km[-1])
        step = max(length / request.most_points, min(plane.pixel_km, length))
        count = max(1, min(request.most_points, round(length / step)))
        numbers = [*bands.oxides.values(), *bands.sigma.values()]
        if bands.quality is not None:
            numbers.append(bands.quality)
        lines = _corridor(path, request.width_km, plane.pixel_km)
        samples = _read(source, plane, lines, numbers, progress)
        tags, left_out = source.tags, source.left_out
    places = np.minimum((path.along_km / length * count).astype(np.int64), count - 1)
    places = np.tile(places, len(lines))
    oxides = {name: samples[number] for name, number in bands.oxides.items()}
    there = np.any([np.isfinite(values) for values in oxides.values()], axis=0)
    if not there.any():
        raise RasterError(f"{raster.name} has no prediction along this line: draw it over the map.")
    flagged = np.full(there.shape, 0.0 if left_out else np.nan)
    if bands.quality is not None:
        quality = np.nan_to_num(samples[bands.quality]).astype(np.int64)
        flagged = (quality & FAULTS != 0).astype(np.float64)
    flagged[~there] = np.nan
    middles = (np.arange(count) + 0.5) / count * length
    lons, lats = sphere.places_of(
        np.stack([np.interp(middles, path.along_km, axis) for axis in path.vectors])
    )
    return Transect(
        name=request.name,
        length_km=length,
        step_km=length / count,
        distances_km=middles,
        longitudes_deg=lons,
        latitudes_deg=lats,
        values_wt={name: _means(values, places, count) for name, values in oxides.items()},
        sigma_wt={
            name: _means(np.where(samples[number] > 0.0, samples[number], np.nan), places, count)
            for name, number in bands.sigma.items()
        },
        pixels=np.bincount(places[there], minlength=count),
        flagged=_means(flagged, places, count),
        oxides=bands.present,
        sigma_kind=bands.sigma_kind,
        sites=_near(request, path),
        facts={
            **({"Origin of the data": tags["DATA_ORIGIN"]} if tags.get("DATA_ORIGIN") else {}),
            "Prediction": raster.name,
            "Model": tags.get("MODEL_TITLE", ""),
            "Line": (
                f"{length:.4g} km on the sphere, {count} parts of {length / count:.3g} km; pixels "
                f"of about {plane.pixel_km:.3g} km"
                + (f"; mean over {request.width_km:g} km" if len(lines) > 1 else "")
            ),
        },
    )


def line_km(vertices: Sequence[Tuple[float, float]], crs_wkt: str) -> float:
    """Length of a line on the sphere.

    Parameters
    ----------
    vertices : sequence of (x, y)
        Edges between them are straight in their CRS.
    crs_wkt : str

    Returns
    -------
    float
        km.

    Raises
    ------
    RasterError
        If the line is too short, or reaches beyond the map of its CRS.
    """
    return float(_edges_km(_known_vertices(vertices), crs_wkt).sum())


def _known_vertices(vertices: Sequence[Tuple[float, float]]) -> _Floats:
    known = np.array(vertices, dtype=np.float64).reshape(-1, 2)
    if len(known) < 2 or not np.isfinite(known).all():
        raise RasterError("The line has fewer than two points: draw a longer one.")
    return known


def _edges_km(vertices: _Floats, crs_wkt: str) -> _Floats:
    """Lengths of the edges between vertices."""
    edges = len(vertices) - 1
    coarse = _vectors(_divided(vertices, [32] * edges), crs_wkt)
    lengths: _Floats = _steps_km(coarse).reshape(edges, 32).sum(axis=1)
    if not float(lengths.sum()) > 0.0:
        raise RasterError("The line has no length: draw a longer one.")
    return lengths


def _path(request: TransectRequest, pixel_km: float) -> _Path:
    """Samples along the line, about two in each pixel."""
    vertices = _known_vertices(request.vertices)
    steps_km = _edges_km(vertices, request.crs_wkt)
    length = float(steps_km.sum())
    spacing = max(pixel_km / _PER_PIXEL, length / _MOST_SAMPLES)
    counts = np.maximum(np.ceil(steps_km / spacing), 1).astype(np.int64).tolist()
    vectors = _vectors(_divided(vertices, counts), request.crs_wkt)
    return _Path(vectors, np.concatenate([[0.0], np.cumsum(_steps_km(vectors))]))


def _divided(vertices: _Floats, counts: Sequence[int]) -> _Floats:
    """Points along the edges between vertices, each divided into as many parts as given."""
    parts = [
        start + (stop - start) * (np.arange(count) / count)[:, None]
        for start, stop, count in zip(vertices[:-1], vertices[1:], counts)
    ]
    return np.vstack([*parts, vertices[-1:]])


def _vectors(points: _Floats, crs_wkt: str) -> _Floats:
    lons, lats = lunar_crs.unproject(crs_wkt, points[:, 0], points[:, 1])
    if not np.isfinite(lons).all():
        raise RasterError(
            "The line reaches beyond the map of its CRS, e.g. over the horizon of a globe: keep it "
            "on the map."
        )
    return sphere.unit_vectors(lons, lats)


def _steps_km(vectors: _Floats) -> _Floats:
    """Great-circle distances between neighbouring places."""
    chords = np.linalg.norm(np.diff(vectors, axis=1), axis=0)
    steps: _Floats = 2.0 * np.arcsin(np.clip(chords / 2.0, 0.0, 1.0)) * sphere.RADIUS_KM
    return steps


def _corridor(path: _Path, width_km: float, pixel_km: float) -> List[_Floats]:
    """Unit vectors of parallel lines over the width of a corridor; the line alone without one."""
    if not width_km > 0.0:
        return [path.vectors]
    count = int(min(_MOST_LINES, max(1, round(width_km / pixel_km))))
    tangent = np.gradient(path.vectors, axis=1)
    across = np.cross(path.vectors, tangent, axis=0)
    across /= np.maximum(np.linalg.norm(across, axis=0), 1e-300)
    offsets = ((np.arange(count) + 0.5) / count - 0.5) * width_km / sphere.RADIUS_KM
    return [
        math.cos(offset) * path.vectors + math.sin(offset) * across for offset in offsets.tolist()
    ]


def _read(
    source: PredictionMap,
    plane: PixelPlane,
    lines: Sequence[_Floats],
    numbers: Sequence[int],
    progress: Progress,
) -> Dict[int, _Floats]:
    """Values of bands at all samples, one line after the other; NaN where there are none."""
    places = np.concatenate(lines, axis=1)
    columns, rows = plane.pixel(*sphere.places_of(places))
    with np.errstate(invalid="ignore"):
        inside = np.flatnonzero(plane.holds(columns, rows))
    values = np.full((len(numbers), places.shape[1]), np.nan)
    column, row = columns[inside].astype(np.int64), rows[inside].astype(np.int64)
    tiles = (row // _TILE) * (source.dataset.width // _TILE + 1) + column // _TILE
    order = np.argsort(tiles, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(tiles[order])) + 1) if order.size else []
    for done, group in enumerate(groups):
        if progress.is_cancelled():
            raise Cancelled("Cancelled: nothing was written.")
        top, left = int(row[group].min()), int(column[group].min())
        window = Window(
            left, top, int(column[group].max()) + 1 - left, int(row[group].max()) + 1 - top
        )
        part = source.read(numbers, window)
        for place, number in enumerate(numbers):
            values[place, inside[group]] = part[number][row[group] - top, column[group] - left]
        progress.report((done + 1) / len(groups))
    return dict(zip(numbers, values))


def _means(values: _Floats, places: npt.NDArray[np.int64], count: int) -> _Floats:
    """Means of the finite values of each place; NaN where there are none."""
    known = np.isfinite(values)
    n = np.bincount(places[known], minlength=count)
    total = np.bincount(places[known], weights=values[known], minlength=count)
    means: _Floats = np.where(n > 0, total / np.maximum(n, 1), np.nan)
    return means


def _near(request: TransectRequest, path: _Path) -> Tuple[SiteOnLine, ...]:
    found = []
    for site in request.sites:
        here = sphere.unit_vectors(np.array([site.longitude_deg]), np.array([site.latitude_deg]))
        chords = np.linalg.norm(path.vectors - here, axis=0)
        nearest = int(np.argmin(chords))
        aside = 2.0 * math.asin(min(1.0, float(chords[nearest]) / 2.0)) * sphere.RADIUS_KM
        if aside <= request.sites_km:
            found.append(SiteOnLine(site, float(path.along_km[nearest]), aside))
    return tuple(sorted(found, key=lambda item: item.along_km))
