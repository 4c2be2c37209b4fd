"""Predict a whole raster: its blocks, their order, continuation, and progress."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional

import numpy as np
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import Cancelled, SourceChangedError, kept_in, note_kept
from ..files import final_path
from ..geotiff.blocks import EncodedBlock, RasterDescription, TileGrid
from ..geotiff.encoding import Encoding
from ..geotiff.resumable_raster import ResumableRaster
from ..models.onnxruntime_import import onnxruntime
from ..models.oxide_model import OxideModel
from ..polygons.mask import PolygonMask
from ..progress import Progress
from ..rasters.bands import BandMapping
from ..rasters.gdal_cache import limited_gdal_cache
from ..rasters.pixel_copy import PixelCopy
from ..rasters.quality import NO_DATA, OUTSIDE_DOMAIN
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_blocks, judge_raster
from ..rasters.source_files import fingerprint, require_unchanged
from ..rasters.spectra import SpectraBlock
from ..rate import RateMeter, megapixels
from ..sites.station_levels import doubt_at_stations
from ..sites.station_shapes import doubt_of_shape
from ..version import SOFTWARE, TAG_PREFIX
from .block_prediction import predict_block
from .pipeline import Pipeline
from .request import PredictionRequest
from .threads_and_memory import Resources, default_chunk, default_threads, plan

#: Seconds after which a stopped run keeps its results for a later run; a shorter run is simply
#: repeated.
KEEP_AFTER_SECONDS = 60.0

#: Share of the progress at which a map begins to be arranged as a cloud-optimised GeoTIFF.
ARRANGED_FROM = 0.95

#: Size in GB from which the log of a float32 map speaks of compact maps.
LARGE_MAP_GB = 10.0

#: Side in pixels of the areas whose blocks are read one after the other, so that the tiles of a
#: mosaic and the blocks of its files are opened and decoded once.
GROUP_SIDE = 2048


@dataclass(frozen=True)
class RunOutcome:
    """Pixels with a prediction, and those of them outside the training domain."""

    valid: int
    outside: int


class PredictionRun:
    """One prediction run.

    Parameters
    ----------
    source : RasterSource
        Open; the run opens further handles of the same file for its threads.
    model : OxideModel
    mapping : BandMapping
    area : Window
        Pixels of the source to predict.
    tags : mapping
        Tags of the output, without prefix.
    request : PredictionRequest
    mask : PolygonMask, optional
        On the source's pixels.
    """

    def __init__(
        self,
        source: RasterSource,
        model: OxideModel,
        mapping: BandMapping,
        area: Window,
        tags: Mapping[str, str],
        request: PredictionRequest,
        mask: Optional[PolygonMask] = None,
    ) -> None:
        self._mask = mask
        self._source = source
        self._model = model
        self._mapping = mapping
        self._area = area
        self._target = Path(request.output)
        self._tags = tags
        self._request = request
        self._fingerprint = request.source_state or fingerprint(source.raster)
        self._judged = not request.judge_range
        self._judging = threading.Lock()
        self._copy: Optional[PixelCopy] = None

    def run(self, progress: Progress) -> RunOutcome:
        """Predict all blocks.

        Raises
        ------
        LunarOxideError
            Also `Cancelled`; the message says what is kept for a later run.
        """
        resources = self._resources(self._source.stripe_bytes(self._mapping))
        blocks = self._source.block_bytes(self._mapping)
        # If a block contains several bands, GDAL keeps them in up to half of its cache.
        is_copied = 2 * blocks > resources.cache_mb * 1_000_000
        if is_copied:
            resources = self._resources(0)
        grid = TileGrid(int(self._area.width), int(self._area.height), *resources.block_shape)
        with ExitStack() as stack:
            if is_copied:
                self._copy = self._copied(blocks, progress)
                stack.callback(self._copy.close)
                self._source.read_from(self._copy)
            stack.enter_context(limited_gdal_cache(resources.cache_mb))
            self.judge(progress)
            self._tell_size(progress)
            with ResumableRaster(
                self._target,
                self._description(),
                grid,
                self._request.own_compression,
                self.identity(),
                self._request.resume,
                progress,
            ) as raster:
                return self._predict(raster, grid, resources, progress)

    def _resources(self, stripe_bytes: int) -> Resources:
        threads = self._request.threads
        return plan(
            int(self._area.width),
            int(self._area.height),
            stripe_bytes,
            default_threads(self._model.device) if threads is None else threads,
            self._request.memory_mb,
            self._model.computed.count,
        )

    def _tell_size(self, progress: Progress) -> None:
        """Say how large an uncompressed map becomes, if it becomes large."""
        if self._request.encoding is not Encoding.FLOAT32:
            return
        pixels = _pixels(self._area)
        largest = pixels * self._model.outputs.count * np.dtype(np.float32).itemsize / 1e9
        if largest > LARGE_MAP_GB:
            progress.info(
                f"The map takes up to {largest:.0f} GB where all pixels are valid; with ENCODING "
                "compact about a quarter of that."
            )

    def _copied(self, blocks: int, progress: Progress) -> PixelCopy:
        """Decode the pixels of a raster with too large blocks once."""
        progress.info(
            f"{self._source.info.name} is stored in blocks of {blocks / 1e6:.0f} MB: its pixels "
            "are first decoded to a temporary file beside the output, which takes time and room; "
            "a tiled GeoTIFF needs neither."
        )

        def check() -> None:
            if progress.is_cancelled():
                raise Cancelled("The prediction was cancelled.")

        folder = final_path(self._target).parent
        # Use a separate handle, so that closing it frees the decoded block. The cache holds one
        # band's block.
        with limited_gdal_cache(1), RasterSource(self._source.raster) as source:
            return source.copy_pixels(self._mapping, self._area, folder, check)

    def _predict(
        self, raster: ResumableRaster, grid: TileGrid, resources: Resources, progress: Progress
    ) -> RunOutcome:
        done = raster.done
        areas = {int(block): _pixels(grid.window(int(block))) for block in done["block"]}
        meter = RateMeter(grid.width * grid.height, sum(areas.values()))
        if areas:
            progress.info(
                f"Continuing an interrupted run: {meter.fraction:.0%} of "
                f"{megapixels(grid.width * grid.height)} Mpx is there."
            )
        progress.info(
            f"{resources.workers} thread(s) on {self._model.device.upper()}, blocks of "
            f"{grid.columns} x {grid.rows} pixels."
        )
        valid, outside = int(done["valid"].sum()), int(done["outside"].sum())
        is_arranged = self._request.cloud_optimised
        share = ARRANGED_FROM if is_arranged else 1.0

        has_flags = self._model.outputs.has_quality
        chunk = self._request.chunk_pixels or default_chunk(self._model.device, resources.workers)

        def compute(index: int, spectra: SpectraBlock) -> EncodedBlock:
            self._judge(spectra)
            if _is_empty(spectra):
                return raster.empty(index)
            block = predict_block(self._model, spectra, pipeline.check, chunk)
            there = spectra.valid if has_flags else np.isfinite(block.bands[0])
            predicted = int(np.count_nonzero(there))
            beyond = int(np.count_nonzero(block.flags & OUTSIDE_DOMAIN.bit))
            return raster.encode(index, block.bands, predicted, beyond)

        def write(block: EncodedBlock) -> None:
            nonlocal valid, outside
            raster.write(block)
            valid += block.valid
            outside += block.outside
            meter.add(_pixels(grid.window(block.index)))

        def watch() -> None:
            if progress.is_cancelled():
                raise Cancelled("The prediction was cancelled.")
            progress.report(share * meter.fraction)
            line = meter.due_line()
            if line:
                progress.info(line)

        def arrange(part: float) -> None:
            if progress.is_cancelled():
                raise Cancelled("The prediction was cancelled.")
            if part == 0.0:
                progress.info("Arranging the map for reading over a network.")
            progress.report(share + part * (1.0 - share))

        pipeline: Pipeline[int, SpectraBlock, EncodedBlock] = Pipeline(
            lambda: self._reader(grid),
            compute,
            write,
            resources.readers,
            resources.workers,
            resources.blocks_in_flight,
        )
        try:
            watch()
            pipeline.run(self._groups(grid, set(areas)), watch)
            watch()
            self._require_unchanged()
            raster.finish(lambda fraction: watch(), arrange if is_arranged else None)
        except Exception as error:  # whatever it is, hours of work are kept
            is_long = areas or meter.seconds > KEEP_AFTER_SECONDS
            is_useful = self._request.resume and not isinstance(error, SourceChangedError)
            if is_long and is_useful and not kept_in(error):
                raster.keep()
                note_kept(error, raster.part_name)
                progress.info(
                    f"{meter.fraction:.0%} is kept in {raster.part_name} beside the output: run "
                    "the same again to continue."
                )
            elif isinstance(error, Cancelled):
                progress.info("Nothing was left behind.")
            raise
        progress.report(1.0)
        progress.info(f"{meter.final_line()}.")
        return RunOutcome(valid, outside)

    def _groups(self, grid: TileGrid, done: set[int]) -> Iterator[List[int]]:
        """Blocks in the order of reading, with neighbours together."""
        rows = max(1, GROUP_SIDE // grid.rows)
        columns = max(1, GROUP_SIDE // grid.columns)
        if self._copy is None and self._source.stripe_bytes(self._mapping):
            rows, columns = 1, grid.across
        for top in range(0, grid.down, rows):
            for left in range(0, grid.across, columns):
                group = [
                    row * grid.across + column
                    for row in range(top, min(top + rows, grid.down))
                    for column in range(left, min(left + columns, grid.across))
                ]
                yield [block for block in group if block not in done]

    @contextmanager
    def _reader(self, grid: TileGrid) -> Iterator[Callable[[int], SpectraBlock]]:
        with RasterSource(self._source.raster) as source:
            if self._copy is not None:
                source.read_from(self._copy)
            yield lambda index: self._read(source, self._in_source(grid.window(index)))

    def _read(self, source: RasterSource, window: Window) -> SpectraBlock:
        """Spectra of a window; no data outside the mask, where nothing need be read."""
        if self._mask is None:
            return source.read(self._mapping, window)
        shape = int(window.height), int(window.width)
        inside = self._mask.inside(int(window.row_off), int(window.col_off), *shape)
        if not inside.any():
            return SpectraBlock(
                np.zeros((len(self._mapping.numbers), *shape), dtype=np.float32),
                np.zeros(shape, dtype=np.bool_),
                np.full(shape, NO_DATA.bit, dtype=np.uint8),
            )
        block = source.read(self._mapping, window).within(inside)
        flags = np.where(inside, block.flags, NO_DATA.bit).astype(np.uint8)
        return replace(block, flags=flags)

    def _in_source(self, window: Window) -> Window:
        return Window(
            window.col_off + self._area.col_off,
            window.row_off + self._area.row_off,
            window.width,
            window.height,
        )

    def judge(self, progress: Progress) -> None:
        """Check small samples spread over the area, unless this was done; warn of doubts.

        Raises
        ------
        BandMappingError, ReflectanceRangeError
        """
        if self._judged:
            return
        judgement = judge_raster(self._source, self._mapping, self._area)
        bands = [match.wanted for match in self._mapping.matches]
        for doubt in (
            *judgement.doubts,
            doubt_of_shape(judgement.spectra, bands, self._source.info.name),
            doubt_at_stations(self._source, self._mapping),
        ):
            if doubt:
                progress.warn(doubt)
        self._judged = judgement.judged > 0

    def _judge(self, block: SpectraBlock) -> None:
        """Check the first spectra if the samples contained none."""
        if self._judged:
            return
        with self._judging:
            if not self._judged:
                judgement = judge_blocks([block], self._mapping, self._source.info)
                self._judged = judgement.judged > 0

    def _require_unchanged(self) -> None:
        """Refuse to finish a map whose source changed during the run: its parts would differ."""
        if not self._request.source_state:
            require_unchanged(self._source.raster, self._fingerprint)

    def _description(self) -> RasterDescription:
        shift = Affine.translation(self._area.col_off, self._area.row_off)
        layout = self._model.outputs
        return RasterDescription(
            crs=self._source.crs,
            transform=Affine(*self._source.info.transform) * shift,
            bands=layout.descriptions,
            units=layout.units,
            tags={TAG_PREFIX + key: value for key, value in self._tags.items()},
            samples=self._request.encoding.samples(layout.descriptions),
        )

    def identity(self) -> Dict[str, Any]:
        """Everything that determines the pixels: a run is continued only if this is the same."""
        area = self._area
        return {
            "software": SOFTWARE,
            "onnxruntime": str(onnxruntime().__version__),
            "model": self._model.identity.sha256,
            "device": self._model.device,
            "sigmas": [kind.value for kind in self._model.outputs.sigmas],
            "content": self._request.content.value,
            "encoding": self._request.encoding.value,
            "source": self._fingerprint,
            "bands": list(self._mapping.numbers),
            "area": [int(v) for v in (area.col_off, area.row_off, area.width, area.height)],
            "raster": replace(self._source.raster, bands=None).as_document(),
            "tags": dict(self._tags),
            **({} if self._mask is None else {"mask": self._mask.digest}),
        }


def _is_empty(spectra: SpectraBlock) -> bool:
    return not spectra.valid.any() and bool((spectra.flags <= NO_DATA.bit).all())


def _pixels(window: Window) -> int:
    return int(window.width) * int(window.height)
