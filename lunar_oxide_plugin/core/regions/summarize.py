"""Statistics of regions of a prediction raster, read once, window by window."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..chemistry.quantities import INDEPENDENCE, QUANTITIES, Quantity
from ..errors import Cancelled, LunarOxideError, RasterError
from ..polygons.areas import area_km2, areas_in
from ..polygons.outline import Outline
from ..polygons.placing import Placing
from ..polygons.shapes import MapRegion, RegionLayer
from ..progress import Progress
from ..rasters.grid import Grid
from ..rasters.opening import placement_note
from ..rasters.pixel_plane import PixelPlane
from ..rasters.pixel_windows import pixel_windows
from ..rasters.prediction_map import PredictionMap
from ..rasters.quality import FLAGS, NO_DATA, OUTSIDE_DOMAIN, WIDE_INTERVAL
from ..rasters.raster_input import RasterInput
from .common_error import ErrorModel
from .region_statistics import (
    RegionStatistics,
    RegionSummary,
    differences_of,
    statistics_of,
)
from .region_sums import RegionSums

#: Pixels of one window: bands in float64 and what is computed of them stay below 150 MB.
BLOCK_PIXELS = 262144
#: Differences are given between the largest regions, at most this many.
MOST_COMPARED = 40
_THREADS = 4

_Floats = npt.NDArray[np.float64]
_Mask = npt.NDArray[np.bool_]


class Pixels(Enum):
    """Which pixels with a prediction are used; the value says it."""

    UNFLAGGED = "pixels whose quality is good"
    EXTRAPOLATED = "pixels whose quality is good, or whose spectrum is unlike the training"
    ALL = "all pixels with a prediction"

    @property
    def refused(self) -> int:
        """Bits of the quality band that exclude a pixel."""
        if self is Pixels.ALL:
            return 0
        # A wide interval is no fault of a pixel, and sigma tells it.
        kept = (WIDE_INTERVAL,) if self is Pixels.UNFLAGGED else (WIDE_INTERVAL, OUTSIDE_DOMAIN)
        return sum(flag.bit for flag in FLAGS if flag not in kept)


@dataclass(frozen=True)
class SummaryRequest:
    """The request for statistics of regions.

    Attributes
    ----------
    raster : RasterInput
        A prediction raster; its bands are found by their descriptions.
    layer : RegionLayer
    pixels : Pixels
    shared : float
        Correlation of the common errors of two regions, 0 to 1.
    """

    raster: RasterInput
    layer: RegionLayer
    pixels: Pixels = Pixels.UNFLAGGED
    shared: float = 0.0


class _Part(NamedTuple):
    """Pixels of a window that lie in a region: their places, and the areas in the region."""

    region: int
    places: npt.NDArray[np.int64]
    areas: _Floats


def summarize(request: SummaryRequest, progress: Progress) -> RegionSummary:
    """Compute the statistics of every region.

    Parameters
    ----------
    request : SummaryRequest
    progress : Progress

    Returns
    -------
    RegionSummary
        Its regions are in the order of the layer.

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong.
    Cancelled
    """
    if not request.layer.regions:
        raise RasterError("There is no polygon to summarise: choose a layer of polygons.")
    with PredictionMap(request.raster) as source:
        return _Run(request, source, progress).run()


class _Run:
    """One computation with its raster open."""

    def __init__(self, request: SummaryRequest, source: PredictionMap, progress: Progress) -> None:
        self.request, self.source, self.progress = request, source, progress
        self.name, self.bands = source.name, source.bands
        self.plane = PixelPlane(Grid.of(source.dataset, self.name))
        self.quantities: Tuple[Quantity, ...] = tuple(
            quantity for quantity in QUANTITIES if quantity.is_given_by(self.bands.oxides)
        )
        self.errors = ErrorModel.of(self.bands.sigma_kind, request.shared)
        self.names = _different(region.name for region in request.layer.regions)
        self.outlines: Dict[int, Outline] = {}
        self.areas: Dict[int, float] = {}
        self.notes: Dict[int, str] = {}
        self.sums: Dict[int, RegionSums] = {}
        self.done: Dict[int, RegionStatistics] = {}

    def run(self) -> RegionSummary:
        """Place the regions, read the raster, and compute."""
        note = placement_note(self.source.dataset)
        if note:
            self.progress.warn(note)
        self._place()
        if self.outlines:
            with ThreadPoolExecutor(_THREADS) as pool:
                self._read_all(pool)
        for index in range(len(self.names)):
            self._finish(index)
        regions = tuple(self.done[index] for index in range(len(self.names)))
        compared = sorted(
            (region for region in regions if region.pixels), key=lambda r: -r.used_km2
        )[:MOST_COMPARED]
        chosen = [region for region in regions if region in compared]
        return RegionSummary(
            regions=regions,
            quantities=self.quantities,
            sigma_kind=self.bands.sigma_kind,
            errors=self.errors,
            differences=differences_of(chosen, self.errors),
            facts=self._facts(regions),
            warnings=tuple(self._warnings(regions, len(chosen))),
        )

    def _place(self) -> None:
        """Lay all regions onto the raster."""
        layer = self.request.layer
        placing = Placing(self.plane, layer.crs_wkt)
        for index, region in enumerate(layer.regions):
            self._require_going_on()
            try:
                outline = placing.place(region)
                self.areas[index] = self._area(region)
            except LunarOxideError as error:
                self.notes[index] = str(error)
                continue
            if outline is None:
                self.notes[index] = "lies off the raster"
            else:
                self.outlines[index] = outline
        if not self.outlines:
            reasons = sorted(set(self.notes.values()))
            if len(layer.regions) == 1 or len(reasons) == 1:
                text = reasons[0]
                if text == "lies off the raster":
                    raise RasterError(
                        f"No polygon lies on {self.name}: check that both show the same part of "
                        "the Moon and have the right CRS."
                    )
                raise RasterError(text)
            raise RasterError(f"No polygon can be used: {reasons[0]}")

    def _area(self, region: MapRegion) -> float:
        if not region.whole:
            return area_km2(region, self.request.layer.crs_wkt)
        found = 0.0
        for window in self._windows():
            areas = self.plane.part_areas_km2(*_bounds(window))
            found += float(areas.sum())
        return found

    def _windows(self) -> Iterator[Window]:
        """Windows over the columns that show different places."""
        dataset = self.source.dataset
        blocks, height = dataset.block_shapes[0], dataset.height
        yield from pixel_windows(self.plane.width, height, blocks, BLOCK_PIXELS)

    def _read_all(self, pool: ThreadPoolExecutor) -> None:
        """Read the windows that regions reach; one is read while the last one is added."""
        windows = list(self._windows())
        waiting: List[Future[None]] = []
        here: Dict[int, Outline] = {}
        rows = (-1, -1)
        for done, window in enumerate(windows):
            self._require_going_on()
            if rows != (int(window.row_off), int(window.height)):
                rows = (int(window.row_off), int(window.height))
                self._finish_above(rows[0], waiting)
                here = self._in_rows(*rows)
            parts = self._parts(window, here)
            if parts:
                bands = self._read(window)
                _wait(waiting)
                waiting = self._add(bands, parts, pool)
            self.progress.report((done + 1) / len(windows))
        _wait(waiting)

    def _in_rows(self, top: int, rows: int) -> Dict[int, Outline]:
        """The outlines that reach some rows, without the edges that lie elsewhere."""
        k = self.plane.parts
        found = {
            index: outline.in_rows(top * k, (top + rows) * k)
            for index, outline in self.outlines.items()
        }
        return {index: outline for index, outline in found.items() if outline is not None}

    def _finish_above(self, top: int, waiting: List[Future[None]]) -> None:
        """Drop the sums of regions that no further window reaches."""
        over = [
            index
            for index, outline in self.outlines.items()
            if index in self.sums
            and outline.constant <= 0
            and outline.bounds[3] <= top * self.plane.parts
        ]
        if over:
            _wait(waiting)
            for index in over:
                self._finish(index)
                del self.outlines[index]

    def _finish(self, index: int) -> None:
        if index in self.done:
            return
        sums = self.sums.pop(index, None) or RegionSums(self.quantities)
        note = self.notes.get(index, "")
        if not note and not sums.pixels:
            note = (
                "has no prediction"
                if sums.left_out <= 0.0
                else "has only pixels that are left out for their quality flags"
            )
        self.done[index] = statistics_of(
            self.names[index], self.areas.get(index, float("nan")), sums, self.errors, note
        )

    def _parts(self, window: Window, outlines: Mapping[int, Outline]) -> List[_Part]:
        """Pixels of a window that lie in regions."""
        top, left, rows, columns = _bounds(window)
        parts = []
        for index, outline in outlines.items():
            found = areas_in(outline, self.plane, top, left, rows, columns)
            if found is None:
                continue
            first_row, first_column, areas = found
            inside = np.nonzero(areas)
            if not inside[0].size:
                continue
            places = (inside[0] + (first_row - top)) * columns + inside[1] + (first_column - left)
            parts.append(_Part(index, places, areas[inside]))
        return parts

    def _read(self, window: Window) -> Mapping[int, _Floats]:
        """All needed bands of a window by number, flat, NaN where there is no value."""
        numbers = [*self.bands.oxides.values(), *self.bands.sigma.values()]
        if self.bands.quality is not None:
            numbers.append(self.bands.quality)
        return {number: band.ravel() for number, band in self.source.read(numbers, window).items()}

    def _add(
        self, bands: Mapping[int, _Floats], parts: Sequence[_Part], pool: ThreadPoolExecutor
    ) -> List[Future[None]]:
        """Add the pixels of a window: each quantity in a task of its own."""
        oxides = {name: bands[number] for name, number in self.bands.oxides.items()}
        there = np.any([np.isfinite(band) for band in oxides.values()], axis=0)
        flags = self._flags(bands, there)
        used = there & ((flags & self.request.pixels.refused) == 0)
        inside = np.zeros(there.shape, dtype=np.bool_)
        kept: List[_Part] = []
        for part in parts:
            sums = self.sums.setdefault(part.region, RegionSums(self.quantities))
            here = used[part.places]
            sums.add_flags(part.areas, there[part.places], here, flags[part.places])
            if here.any():
                kept.append(_Part(part.region, part.places[here], part.areas[here]))
                inside[kept[-1].places] = True
        if not kept:
            return []
        number = np.cumsum(inside) - 1
        kept = [part._replace(places=number[part.places]) for part in kept]
        composition = {name: band[inside] for name, band in oxides.items()}
        sigma: Dict[str, _Floats] = {
            **{name: np.asarray(usual) for name, usual in self.source.typical_sigma_wt.items()},
            **{name: _positive(bands[number][inside]) for name, number in self.bands.sigma.items()},
        }
        return [
            pool.submit(self._add_quantity, place, quantity, composition, sigma, kept)
            for place, quantity in enumerate(self.quantities)
        ]

    def _add_quantity(
        self,
        place: int,
        quantity: Quantity,
        composition: Mapping[str, _Floats],
        sigma: Mapping[str, _Floats],
        parts: Sequence[_Part],
    ) -> None:
        value, error = quantity.evaluate(composition, sigma)
        if not self.bands.sigmas:
            error = np.full(value.shape, np.nan)
        for part in parts:
            self.sums[part.region].quantities[place].add(
                value[part.places], error[part.places], part.areas
            )

    def _flags(self, bands: Mapping[int, _Floats], there: _Mask) -> npt.NDArray[np.uint8]:
        if self.bands.quality is None:
            return np.where(there, 0, NO_DATA.bit).astype(np.uint8)
        quality = bands[self.bands.quality]
        known = np.isfinite(quality) & (quality >= 0.0) & (quality <= 255.0)
        known &= there | (quality > 0.0)  # where nodata is 0, no data looks like no flag
        return np.where(known, quality, np.where(there, 0, NO_DATA.bit)).astype(np.uint8)

    def _require_going_on(self) -> None:
        if self.progress.is_cancelled():
            raise Cancelled("Cancelled: nothing was written.")

    def _facts(self, regions: Sequence[RegionStatistics]) -> Dict[str, str]:
        tags = self.source.tags
        kind = self.bands.sigma_kind
        facts = {
            "Origin of the data": tags.get("DATA_ORIGIN", ""),
            "Prediction": self.name,
            "Model": tags.get("MODEL_TITLE", ""),
            "Regions": f"{self.request.layer.source}: {len(regions)}".lstrip(": "),
            "Pixels": f"{self._pixels_words()}; about {self.plane.pixel_km:.3g} km each",
            "Uncertainty": "none" if kind is None else f"sigma {kind.title}",
            "Uncertainty of derived quantities": INDEPENDENCE,
        }
        return {name: text for name, text in facts.items() if text}

    def _pixels_words(self) -> str:
        if self.source.left_out:
            return Pixels.UNFLAGGED.value
        return Pixels.ALL.value if self.bands.quality is None else self.request.pixels.value

    def _warnings(self, regions: Sequence[RegionStatistics], compared: int) -> Iterator[str]:
        for region in regions:
            if region.note:
                yield f"{region.name}: {region.note}"
        known = [region for region in regions if region.pixels]
        if not known:
            yield "No region has a pixel that can be used."
        if compared < len(known):
            yield (
                f"Differences are given between the {compared} largest of {len(known)} regions: "
                "join polygons of one kind, or choose fewer."
            )
        if self.bands.sigma_kind is None:
            yield (
                f"{self.name} has no uncertainties, so that means have no standard errors and "
                "differences no significance: predict with a model and a content that give sigma."
            )
            yield self.source.ratios_note
        wanted = self.request.pixels
        if self.source.left_out and wanted is not Pixels.UNFLAGGED:
            yield (
                f"{self.name} holds only pixels without a fault, so that the others cannot be "
                "used: predict again with all content."
            )
        elif self.bands.quality is None and not self.source.left_out and wanted is not Pixels.ALL:
            yield (
                f"{self.name} has no quality flags, so that all pixels with a prediction are used, "
                "also those in shadow and those unlike all sampled spectra."
            )
        lost = [region.name for region in known if region.left_out > 0.2]
        if lost:
            yield (
                f"More than 20 % of the area is left out for its quality flags in "
                f"{', '.join(lost[:5])}{' and others' if len(lost) > 5 else ''}: the means are "
                "those of the rest."
            )
        partly = [
            region.name
            for region in known
            if region.area_km2 > 0.0 and region.on_raster_km2 < 0.99 * region.area_km2
        ]
        if partly:
            yield (
                f"{Path(self.name).name} covers only a part of "
                f"{', '.join(partly[:5])}{' and others' if len(partly) > 5 else ''}: the means are "
                "those of this part."
            )


def _different(names: Iterable[str]) -> List[str]:
    """Names with numbers after those that occur again."""
    seen: Dict[str, int] = {}
    different = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        different.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return different


def _bounds(window: Window) -> Tuple[int, int, int, int]:
    """Top, left, rows and columns of a window."""
    return int(window.row_off), int(window.col_off), int(window.height), int(window.width)


def _wait(tasks: List[Future[None]]) -> None:
    """Wait for tasks and raise what failed in them."""
    for task in tasks:
        task.result()
    tasks.clear()


def _positive(sigma: _Floats) -> _Floats:
    """Sigmas, with impossible ones as unknown (NaN)."""
    return np.where(sigma > 0.0, sigma, np.nan)
