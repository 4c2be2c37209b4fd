"""The composition of regions and along lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence, Tuple

from ..errors import LunarOxideError, VectorError
from ..progress import Progress
from .provenance import run_facts
from .run import AnyPath, AnyRaster, choice_of, file_of, progress_or_log, protected, raster_of

if TYPE_CHECKING:
    from ..regions.region_statistics import RegionSummary
    from ..regions.transect import Transect

#: Which pixels count in regions: the words, and names of `summarize.Pixels`.
PIXELS = {"good": "UNFLAGGED", "good-or-extrapolated": "EXTRAPOLATED", "all": "ALL"}


def regions(
    prediction: AnyRaster,
    polygons: Optional[AnyPath] = None,
    *,
    name_field: str = "",
    polygons_crs: str = "",
    built_in: str = "whole raster",
    pixels: str = "good",
    shared: float = 0.0,
    crs: str = "",
    report: Optional[AnyPath] = None,
    table: Optional[AnyPath] = None,
    differences: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> RegionSummary:
    """Tell the composition of regions of a prediction, with errors and differences.

    Parameters
    ----------
    prediction : path or RasterInput
    polygons : path, optional
        GeoJSON; with pyogrio and shapely also GeoPackage, shapefile ... (``|layername=NAME`` names
        one of several layers).
    name_field : str
        Field with the regions' names: polygons of one name form one region.
    polygons_crs : str
        Lunar CRS of the polygons where their own is missing or wrong.
    built_in : {"whole raster", "south pole-aitken", "sides"}
        Used where no polygons are given.
    pixels : {"good", "good-or-extrapolated", "all"}
        Which pixels with a prediction count, by their quality.
    shared : float
        How much of the common error of two regions cancels in their difference, percent.
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.
    report, table, differences : path, optional
        HTML report, table of statistics and table of differences (CSV) to write.
    layer : path, optional
        Regions with their statistics
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    RegionSummary

    Raises
    ------
    LunarOxideError
    """
    from ..polygons.feature_file import write_features
    from ..polygons.feature_table import columns_of_fields
    from ..polygons.vector_file import Shape, read_vector_file, regions_of
    from ..regions.built_in import BuiltIn, built_in_regions, drawn
    from ..regions.region_files import region_features, write_differences, write_statistics
    from ..regions.summarize import Pixels, SummaryRequest, summarize
    from ..reports.regions_report import write_regions_report

    progress = progress_or_log(progress)
    if not 0.0 <= shared <= 100.0:
        raise LunarOxideError(f"The shared error is {shared:g} %: give 0 to 100.")
    if pixels not in PIXELS:
        raise LunarOxideError(f"pixels is {pixels!r}: give one of {', '.join(PIXELS)}.")
    division = choice_of(BuiltIn, built_in, "built_in")
    raster = raster_of(prediction, crs)
    files = [raster.path, None if polygons is None else file_of(polygons)]
    with protected(files, [report, table, differences, layer], pages=[report], layer=layer):
        own: Sequence[Mapping[str, Any]] = ()
        if polygons is None:
            divided = built_in_regions(division)
        else:
            found = read_vector_file(str(polygons), Shape.POLYGON, polygons_crs)
            divided = regions_of(found, name_field)
            own = () if name_field else [feature.fields for feature in found.features]
        request = SummaryRequest(raster, divided, Pixels[PIXELS[pixels]], shared / 100.0)
        summary = summarize(request, progress)
        summary = replace(summary, facts={**summary.facts, **run_facts()})
        for warning in summary.warnings:
            progress.warn(warning)
        for path, write in (
            (report, write_regions_report),
            (table, write_statistics),
            (differences, write_differences),
        ):
            if path:
                write(summary, Path(path))
        if layer:
            columns, values = columns_of_fields(own)
            shown = divided if polygons is not None else drawn(divided, raster)
            write_features(region_features(summary, shown, columns, values), layer)
    return summary


def transect(
    prediction: AnyRaster,
    lines: Optional[AnyPath] = None,
    *,
    vertices: Sequence[Tuple[float, float]] = (),
    name_field: str = "",
    lines_crs: str = "",
    width_km: float = 0.0,
    sites_km: float = 5.0,
    max_points: int = 1000,
    crs: str = "",
    report: Optional[AnyPath] = None,
    table: Optional[AnyPath] = None,
    layer: Optional[AnyPath] = None,
    progress: Optional[Progress] = None,
) -> Tuple[Transect, ...]:
    """Tell how a predicted composition changes along lines.

    Parameters
    ----------
    prediction : path or RasterInput
    lines : path, optional
        File of lines, formats as in `regions`.
    vertices : sequence of (longitude, latitude)
        A line in degrees, instead of a file; straight on a plate carree.
    name_field : str
        Field with the names of the lines.
    lines_crs : str
        Lunar CRS of the lines where their own is missing or wrong.
    width_km : float
        Width over which values are averaged; 0: the pixels on the line.
    sites_km : float
        Largest distance of sample sites that are shown.
    max_points : int
        Most points of a line.
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.
    report, table : path, optional
        HTML report and table of points (CSV) to write.
    layer : path, optional
        Points along the lines
        to write as GeoJSON, or with pyogrio and shapely as GeoPackage, by the name's ending. A
        file that this program did not make is not replaced.
    progress : Progress, optional

    Returns
    -------
    tuple of Transect
        One for each part of each line.

    Raises
    ------
    LunarOxideError
    """
    from ..moon.wkt import MOON_GEOGRAPHIC_WKT
    from ..polygons.feature_file import write_features
    from ..polygons.vector_file import Shape, read_vector_file
    from ..regions.transect import TransectRequest, read_transect
    from ..regions.transect_files import transect_features, write_transects
    from ..reports.transect_report import write_transect_report
    from ..sites.sample_sites import load_sites

    progress = progress_or_log(progress)
    if (lines is None) == (not vertices):
        raise VectorError("Give a line: either a file of lines, or its vertices.")
    if max_points < 2:
        raise VectorError(f"Most points of a line are {max_points}: give at least 2.")
    raster = raster_of(prediction, crs)
    files = [raster.path, None if lines is None else file_of(lines)]
    with protected(files, [report, table, layer], pages=[report], layer=layer):
        wkt = MOON_GEOGRAPHIC_WKT
        named = [("line 1", tuple(vertices))]
        if lines is not None:
            found = read_vector_file(str(lines), Shape.LINE, lines_crs)
            found.require_field(name_field)
            wkt = found.crs_wkt
            named = [
                (feature.name(name_field, "line"), part[0])
                for feature in found.features
                for part in feature.parts
            ]
        sites = tuple(load_sites())
        profiles = tuple(
            read_transect(
                TransectRequest(
                    raster=raster,
                    vertices=line,
                    crs_wkt=wkt,
                    sites=sites,
                    sites_km=sites_km,
                    width_km=width_km,
                    most_points=max_points,
                    name=name,
                ),
                progress,
            )
            for name, line in named
        )
        if report:
            write_transect_report(profiles, list(run_facts().items()), Path(report))
        if table:
            write_transects(profiles, Path(table))
        if layer:
            write_features(transect_features(profiles), layer)
    return profiles
