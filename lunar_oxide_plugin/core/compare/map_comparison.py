"""Comparing two maps of an oxide on the coarser one's grid."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.oxides import FEO, UNIT, Oxide
from ..chemistry.rock_classes import MARE_FEO_SOURCE, MARE_FEO_WT
from ..errors import Cancelled, NoOverlapError, RasterError
from ..geotiff.band_writer import PredictionWriter
from ..moon.terranes import SPA_SOURCE
from ..progress import Progress
from ..rasters.map_band import MapBand, Quantity
from ..rasters.raster_input import RasterInput
from ..rasters.raster_kind import RasterKind
from ..rasters.source_files import files_behind
from ..version import SOFTWARE
from .area_average import average_over, cell_geometry, coarse_windows, overlap_window
from .difference_moments import Accumulator, RasterComparison, group_metrics

#: Means that differ by more than this factor probably have different units.
SUSPICIOUS_FACTOR = 8.0

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MapSource:
    """A map to compare: its raster, and the meaning of its numbers (None: read from the band)."""

    raster: RasterInput
    band: Optional[int] = None
    quantity: Optional[Quantity] = None
    scale: float = 1.0

    def open(self, oxide: Oxide) -> MapBand:
        """Open the map for one oxide.

        Parameters
        ----------
        oxide : Oxide

        Returns
        -------
        MapBand
        """
        return MapBand(self.raster, oxide, self.band, self.quantity, self.scale)


@dataclass(frozen=True)
class ComparisonRequest:
    """The request for a comparison.

    Attributes
    ----------
    oxide : Oxide
    prediction, reference : MapSource
    output : str
        GeoTIFF with the difference and both maps on the common grid.
    min_coverage : float
        Share of a cell that the finer map must cover, above 0, at most 1.
    mare_feo_wt : float
        Least FeO of ground that counts as mare, wt%.
    """

    oxide: Oxide
    prediction: MapSource
    reference: MapSource
    output: str
    min_coverage: float = 0.5
    mare_feo_wt: float = MARE_FEO_WT


def compare_maps(request: ComparisonRequest, progress: Progress) -> RasterComparison:
    """Compare two maps and write their difference (prediction minus reference, wt%).

    The finer map is averaged by area over the cells of the coarser one; the coarser map's values
    are used unchanged.

    Parameters
    ----------
    request : ComparisonRequest
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    RasterComparison

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong; no output is left.
    Cancelled
    """
    with ExitStack() as stack:
        prediction = stack.enter_context(request.prediction.open(request.oxide))
        reference = stack.enter_context(request.reference.open(request.oxide))
        feo = None
        if request.oxide is not FEO and prediction.has_band(FEO):
            feo = stack.enter_context(MapBand(request.prediction.raster, FEO))
        return _Run(request, prediction, reference, feo, progress).run()


class _Run:
    """One comparison with its maps open."""

    def __init__(
        self,
        request: ComparisonRequest,
        prediction: MapBand,
        reference: MapBand,
        feo: Optional[MapBand],
        progress: Progress,
    ) -> None:
        self.request = request
        self.prediction, self.reference, self.feo = prediction, reference, feo
        self.progress = progress
        # For equal pixel sizes the reference's grid is used and the prediction is averaged.
        self.prediction_is_fine = prediction.pixel_km <= 1.0001 * reference.pixel_km
        self.coarse = reference if self.prediction_is_fine else prediction
        self.fine = prediction if self.prediction_is_fine else reference
        self.sums = Accumulator(request.oxide, request.mare_feo_wt)
        self.skipped = 0
        self.best_coverage = 0.0

    def run(self) -> RasterComparison:
        """Read window by window, write the maps and add the sums."""
        for band in (self.prediction, self.reference):
            self.progress.info(band.description)
            if band.placement_note:
                self.progress.warn(band.placement_note)
        within = overlap_window(self.coarse, self.fine)
        if within.width == 0:
            raise NoOverlapError(
                f"{self.prediction.name} and {self.reference.name} do not overlap: check that both "
                "show the same part of the Moon and have the right CRS."
            )
        name = self.request.oxide.name
        descriptions = [
            f"{name} difference ({UNIT})",
            f"{name} prediction ({UNIT})",
            f"{name} reference ({UNIT})",
        ]
        corner = Affine.translation(within.col_off, within.row_off)
        with PredictionWriter(
            Path(self.request.output),
            int(within.width),
            int(within.height),
            self.coarse.grid.crs,
            self.coarse.grid.transform * corner,
            self._tags(),
            descriptions,
            files_behind(self.request.prediction.raster.path, self.request.reference.raster.path),
        ) as writer:
            windows = coarse_windows(self.coarse, self.fine, within)
            for done, window in enumerate(windows):
                if self.progress.is_cancelled():
                    raise Cancelled("The comparison was cancelled.")
                values = self._window(window)
                if values is not None:
                    place = Window(
                        window.col_off - within.col_off, window.row_off - within.row_off,
                        window.width, window.height,
                    )  # fmt: skip
                    writer.write_values(values.astype(np.float32), place)
                self.progress.report((done + 1) / len(windows))
            self._require_cells()
            writer.finish()
        return RasterComparison(
            oxide=self.request.oxide,
            groups=group_metrics(self.sums),
            sums=self.sums,
            cells_skipped=self.skipped,
            cell_km=self.coarse.pixel_km,
            facts=self._facts(within),
            warnings=tuple(self._warnings()),
        )

    def _window(self, window: Window) -> Optional[_Floats]:
        """Difference, prediction and reference of a window, (3, rows, columns); None if empty."""
        top, left = int(window.row_off), int(window.col_off)
        shape = (int(window.height), int(window.width))
        coarse = self.coarse.read(top, left, *shape)
        if not np.isfinite(coarse).any():
            return None
        fine, coverage = average_over(self.coarse, window, self.fine)
        geometry = cell_geometry(self.coarse, window)
        with np.errstate(invalid="ignore"):
            both = np.isfinite(coarse) & np.isfinite(fine)
            used = (
                both
                & np.isfinite(geometry.longitudes_deg)
                & (coverage >= self.request.min_coverage - 1e-6)
            )
        self.skipped += int(np.count_nonzero(both & ~used))
        if both.any():
            self.best_coverage = max(self.best_coverage, float(coverage[both].max()))
        if not used.any():
            return None
        p, m = (fine, coarse) if self.prediction_is_fine else (coarse, fine)
        p, m = np.where(used, p, np.nan), np.where(used, m, np.nan)
        feo = self._iron(window, p, m)
        self.sums.add(
            p[used], m[used], None if feo is None else feo[used],
            geometry.longitudes_deg[used], geometry.latitudes_deg[used], geometry.areas_km2[used],
        )  # fmt: skip
        stacked: _Floats = np.stack([p - m, p, m])
        return stacked

    def _iron(self, window: Window, p: _Floats, m: _Floats) -> Optional[_Floats]:
        """FeO in wt% that distinguishes maria from highlands."""
        if self.request.oxide is FEO:
            # The mean of both maps: selecting by one of them would bias the difference.
            return (p + m) / 2.0
        if self.feo is None:
            return None
        if self.prediction_is_fine:
            return average_over(self.coarse, window, self.feo)[0]
        shape = (int(window.height), int(window.width))
        return self.feo.read(int(window.row_off), int(window.col_off), *shape)

    def _require_cells(self) -> None:
        if self.sums.whole.n:
            return
        for band in (self.prediction, self.reference):
            if band.numbers and band.implausible > 0.5 * band.numbers:
                raise RasterError(
                    f"{band.name} holds numbers that are no amounts in {UNIT} of "
                    f"{self.request.oxide.name} when taken as {band.quantity.words}: choose what "
                    "they are, and their scale."
                )
        if self.best_coverage > 0.0:
            raise RasterError(
                f"{self.fine.name} covers at most {self.best_coverage:.1%} of a cell of "
                f"{self.coarse.name}, and {self.request.min_coverage:.0%} are asked for: lower the "
                "coverage, or compare with a finer map."
            )
        raise NoOverlapError(
            f"{self.prediction.name} and {self.reference.name} have no valid cell in common."
        )

    def _terrane_words(self) -> str:
        if self.request.oxide is FEO:
            basis = "mean FeO of both maps"
        elif self.feo is not None:
            basis = f"FeO of {self.prediction.name}"
        else:
            return f"South Pole-Aitken: ellipse of {SPA_SOURCE}; no FeO to tell maria by"
        return (
            f"South Pole-Aitken: ellipse of {SPA_SOURCE}; elsewhere maria where the {basis} on the "
            f"common grid is at least {self.request.mare_feo_wt:g} {UNIT} ({MARE_FEO_SOURCE}), "
            "highlands below: a criterion of composition, no geological boundary"
        )

    def _origins(self) -> str:
        """Statements of both maps on the origin of their values; empty for plain observations."""
        return "; ".join(
            f"{band.name}: {band.data_origin}"
            for band in (self.prediction, self.reference)
            if band.data_origin
        )

    def _tags(self) -> Dict[str, str]:
        origins = self._origins()
        return {
            **({"DATA_ORIGIN": origins} if origins else {}),
            "PRODUCT": RasterKind.DIFFERENCE.value,
            "PREDICTION": self.prediction.description,
            "REFERENCE": self.reference.description,
            "SOFTWARE": SOFTWARE,
        }

    def _facts(self, within: Window) -> Dict[str, str]:
        wkt = self.coarse.grid.wkt
        origins = self._origins()
        return {
            **({"Origin of the data": origins} if origins else {}),
            "Prediction": self.prediction.description,
            "Reference": self.reference.description,
            "Common grid": (
                f"that of {self.coarse.name}: {int(within.width)} x {int(within.height)} cells of "
                f"about {self.coarse.pixel_km:.3g} km in the overlap; {self.fine.name} "
                f"(pixels of about {self.fine.pixel_km:.3g} km) averaged by area"
            ),
            "CRS": wkt.split('"')[1] if '"' in wkt else wkt,
            "Coverage asked for": f"{self.request.min_coverage:.0%} of a cell",
            "Terranes": self._terrane_words(),
        }

    def _warnings(self) -> List[str]:
        lines = []
        for band in (self.prediction, self.reference):
            if band.implausible:
                lines.append(
                    f"{band.implausible} of {band.numbers} pixels of {band.name} hold numbers that "
                    f"are no amounts in {UNIT} and were left out: undeclared nodata, or another "
                    "unit."
                )
        whole = self.sums.whole.metrics()
        means = sorted((abs(whole.mean_prediction), abs(whole.mean_reference)))
        if means[1] > SUSPICIOUS_FACTOR * max(means[0], 0.05):
            lines.append(
                f"The means differ much ({whole.mean_prediction:.3g} and "
                f"{whole.mean_reference:.3g} {UNIT}): check what the numbers are (oxide or "
                f"element, {UNIT} or ppm) and their scale."
            )
        return lines
