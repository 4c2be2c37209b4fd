"""Write a large GeoTIFF tile by tile, so that it can be continued after any interruption.

GDAL makes the empty (sparse) file with all metadata. Tiles are appended in the order in which they
are finished, a journal records them, and the tile offsets are entered at the end. GDAL's own writer
is not used because it keeps the offsets in memory until it closes, so that nothing of a killed run
can be read; and it compresses and makes overviews in further passes.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from contextlib import ExitStack, suppress
from html import escape
from pathlib import Path
from typing import IO, Any, BinaryIO, Callable, List, Mapping, Optional

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.io import MemoryFile

from ..closing import Closing
from ..errors import Cancelled, NotWrittenError, OutputError, note_kept
from ..file_lock import OutputLock, temporary_stem
from ..files import (
    cannot_write,
    final_path,
    is_folder,
    put_in_place,
    require_geotiff_name,
    unlink_if_there,
)
from ..progress import Progress, SilentProgress
from . import tiff_layout
from .blocks import EncodedBlock, RasterDescription, TileGrid, empty_file, tile_tables
from .cloud_optimised import write_cloud_optimised
from .overviews import FIRST_FACTOR, OVERVIEW_SIDE, add_overviews, reduced
from .run_journal import MARK, RunJournal, content_sum, holds_its_bytes
from .tile_codec import Compression, Tile, TileCodec
from .unfinished_files import own_paths

#: Seconds between two syncs of finished tiles to the disk.
COMMIT_SECONDS = 2.0


class ResumableRaster(Closing):
    """Writes a GeoTIFF under a temporary name and renames it when complete.

    Use as a context manager. Without `finish` no file is left, unless `keep` was called before or
    the process was killed. In these cases ``NAME.part`` and its journal remain beside the target,
    and a later run of the same target and request reuses the undamaged blocks.

    Parameters
    ----------
    target : path of the GeoTIFF to make
    description : RasterDescription
    grid : TileGrid
    compression : Compression
    request : mapping
        Everything that determines the pixels; JSON.
    resume : bool
        Whether to continue an earlier run.
    progress : Progress
        Receives messages on an earlier run, and can stop the check of its blocks.

    Attributes
    ----------
    done : structured array
        Records (`run_journal.record_type`) of the undamaged blocks of an earlier run.

    Raises
    ------
    OutputError
        If the file cannot be made or another run is making it.
    Cancelled
        During the check of an earlier run's blocks, which are kept.
    """

    def __init__(
        self,
        target: Path,
        description: RasterDescription,
        grid: TileGrid,
        compression: Compression,
        request: Mapping[str, Any],
        resume: bool = True,
        progress: Optional[Progress] = None,
    ) -> None:
        require_geotiff_name(target)
        self._final = final_path(target)
        if not is_folder(self._final.parent):
            raise NotWrittenError(cannot_write(self._final, FileNotFoundError()))
        compression.require()
        self.target = target
        self.grid = grid
        self._description = description
        self._bands = len(description.bands)
        self._samples = description.samples
        self._codec = TileCodec(compression, grid.rows, grid.columns, self._samples)
        self._overview_codec: Optional[TileCodec] = None
        if max(grid.width, grid.height) > OVERVIEW_SIDE:
            self._overview_codec = TileCodec(
                compression,
                tiff_layout.tile_side(reduced(grid.rows), grid.rows),
                tiff_layout.tile_side(reduced(grid.columns), grid.columns),
                self._samples,
            )
        self._resume = resume
        self._keep = False
        self._file: IO[Any]
        self._end = 0
        self._pending: List[npt.NDArray[Any]] = []
        self._committed = time.monotonic()
        self._tiles = self._bands * (2 if self._overview_codec else 1)
        self._open = ExitStack()
        try:
            self._open.enter_context(OutputLock(self._final))
            self._begin(
                {
                    **request,
                    "grid": [grid.width, grid.height, grid.rows, grid.columns],
                    "compression": compression.value,
                },
                progress or SilentProgress(),
            )
        except BaseException as error:
            self._close()
            if isinstance(error, (rasterio.errors.RasterioError, OSError)):
                raise NotWrittenError(cannot_write(target, error)) from error
            raise

    @property
    def part_name(self) -> str:
        """Name of the unfinished file."""
        return self._part.name

    def close(self) -> None:
        """Close the files; without `finish` or `keep` also remove the unfinished ones."""
        if not self._keep:
            self._discard()
        self._close()

    def encode(
        self, index: int, values: npt.NDArray[np.float32], valid: int, outside: int
    ) -> EncodedBlock:
        """Encode a block for writing; may be called from several threads.

        Parameters
        ----------
        index : int
            Number of the block in the grid.
        values : float32 array, shape (bands, rows, columns)
            NaN where there is no value. Must not change before `write` has returned.
        valid, outside : int
            Pixels with a prediction, and those of them outside the training domain.

        Returns
        -------
        EncodedBlock
        """
        samples = self._samples.stored(values)
        tiles = self._codec.encode_present(samples)
        if self._overview_codec:
            # Nearest neighbour: every overview value, also of flags, is that of a pixel.
            fourth = np.ascontiguousarray(samples[:, ::FIRST_FACTOR, ::FIRST_FACTOR])
            tiles += self._overview_codec.encode_present(fourth)
        return EncodedBlock(index, tiles, valid, outside, content_sum(tiles))

    def empty(self, index: int) -> EncodedBlock:
        """A block without any value, which needs no space in the file.

        Parameters
        ----------
        index : int

        Returns
        -------
        EncodedBlock
        """
        nothing = np.empty(0, dtype=np.uint8)
        return EncodedBlock(index, [nothing] * self._tiles, 0, 0, 0)

    def write(self, block: EncodedBlock) -> None:
        """Append a block; must be called from one thread.

        Parameters
        ----------
        block : EncodedBlock

        Raises
        ------
        OutputError
            Also if the disk is full; the blocks written before are kept for a later run.
        """
        start = self._end + -self._end % 16
        end = start
        try:
            self._file.seek(start)
            for tile in block.tiles:
                _write_all(self._file, tile)
                end += tile.size
            sizes = [tile.size for tile in block.tiles]
            self._pending.append(
                self._journal.make_record(
                    block.index, block.valid, block.outside, start, sizes, block.content
                )
            )
            self._end = end
            if time.monotonic() - self._committed > COMMIT_SECONDS:
                self._commit()
        except OSError as error:
            raise self._failed(error) from error

    def keep(self) -> None:
        """Keep the unfinished file and its journal for a later run.

        Raises
        ------
        OutputError
        """
        try:
            self._commit()
        except OSError as error:
            raise self._failed(error) from error
        self._keep = True

    def finish(
        self,
        advance: Callable[[float], None] = lambda fraction: None,
        arrange: Optional[Callable[[float], None]] = None,
    ) -> None:
        """Enter the tile offsets, add overviews, verify, and give the file its name.

        Parameters
        ----------
        advance : callable
            Takes the share of this step that is done; may raise to stop.
        arrange : callable, optional
            As `advance`, for a last step in which the file becomes a cloud-optimised GeoTIFF. What
            is computed is kept until that is complete.

        Raises
        ------
        OutputError
        """
        try:
            self._commit()
            records = np.concatenate(self._written)
            with open(self._part, "r+b") as file:
                self._enter_tiles(file, records, advance)
                file.flush()
                os.fsync(file.fileno())
            self._require_whole(records)
            if arrange is not None:
                self._put_arranged(arrange)
                return
            self._set_mark(bytes(len(MARK)))
            # Windows cannot rename an open file.
            self._file.close()
            self._put_in_place(self._part)
        except (rasterio.errors.RasterioError, tiff_layout.TiffLayoutError, OSError) as error:
            raise self._failed(error) from error
        # The map is complete. A journal that cannot be removed does no harm: the next run
        # recognises and overwrites it.

    def _put_arranged(self, arrange: Callable[[float], None]) -> None:
        """Give a cloud-optimised copy of the file its name; `close` removes the file."""
        copy = self._final.with_name(f"{temporary_stem(self._final)}.cog")
        try:
            write_cloud_optimised(self._part, copy, arrange)
            self._put_in_place(copy)
        finally:
            with suppress(OSError):
                unlink_if_there(copy)

    def _put_in_place(self, path: Path) -> None:
        """Give the file its name, with a companion file for a CRS that GeoTIFF cannot store."""
        text = self._crs_in_words()
        if not text:
            put_in_place(path, self._final)
            return
        folder = Path(tempfile.mkdtemp(prefix=f".{self._final.name}-", dir=self._final.parent))
        try:
            companion = folder / f"{self._final.name}.aux.xml"
            companion.write_text(text, encoding="utf-8")
            put_in_place(path, self._final, [companion])
        finally:
            # The map is complete, also if the empty folder cannot be removed.
            shutil.rmtree(folder, ignore_errors=True)

    def _crs_in_words(self) -> str:
        """Text of the companion file for a CRS, e.g. a perspective view; empty if not needed."""
        crs = self._description.crs
        if not crs:
            return ""
        with MemoryFile(self._header) as memory, memory.open() as dataset:
            if dataset.crs:
                return ""
        text = escape(crs.to_wkt(version="WKT2_2019"))
        return f"<PAMDataset>\n  <SRS>{text}</SRS>\n</PAMDataset>\n"

    def _begin(self, request: Mapping[str, Any], progress: Progress) -> None:
        """Open the unfinished file of an earlier run of this request, or a new one."""
        self._header = empty_file(self._description, self.grid, self._codec) + MARK
        self._part, journal = own_paths(self._final, self._header)
        self._journal = RunJournal(journal, self._tiles, request, self._header)
        self._open.callback(self._journal.close)
        self.done = self._journal.no_records()
        if self._resume and self._part.exists():
            self.done = self._take_up(progress)
        self._written = [self.done]
        self._end = _end(self.done, len(self._header))
        mode = "r+b" if len(self.done) else "w+b"
        self._file = open(self._part, mode, buffering=0)  # noqa: SIM115 - held while it lasts
        self._open.callback(self._file.close)
        try:
            # Always write the beginning of the file again, because it may be damaged.
            self._file.truncate(self._end)
            _write_all(self._file, np.frombuffer(self._header, dtype=np.uint8))
            self._journal.begin(self.done)
        except OSError:
            if not len(self.done):
                self._discard()
            raise

    def _take_up(self, progress: Progress) -> npt.NDArray[Any]:
        """Records of an earlier run whose blocks are undamaged."""
        try:
            records = self._journal.records()
        except OSError:
            records = self._journal.no_records()
        if not len(records):
            progress.info(
                f"{self._part.name} beside the output has no complete block, is of another "
                "request, or its journal is damaged: computing everything anew."
            )
            return records
        whole = []
        with open(self._part, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            for record in records:
                if progress.is_cancelled():
                    raise Cancelled("The prediction was cancelled; what an earlier run left stays.")
                whole.append(self._is_whole(file, size, record))
        damaged = whole.count(False)
        if damaged:
            progress.info(
                f"{damaged} of {len(whole)} blocks in {self._part.name} are damaged: computing "
                "them anew."
            )
        return records[whole]

    def _is_whole(self, file: BinaryIO, size: int, record: Any) -> bool:
        """Whether a block is undamaged; one that cannot be read is computed again."""
        is_outside = record["sizes"].any() and record["offset"] < len(self._header)
        if is_outside or record["block"] >= len(self.grid):
            return False
        with suppress(OSError):
            return holds_its_bytes(file, size, record)
        return False

    def _set_mark(self, mark: bytes) -> None:
        self._file.seek(len(self._header) - len(MARK))
        _write_all(self._file, np.frombuffer(mark, dtype=np.uint8))
        os.fsync(self._file.fileno())

    def _commit(self) -> None:
        """Sync finished blocks to the disk: first the tiles, then their records."""
        if self._pending:
            os.fsync(self._file.fileno())
            self._journal.append(self._pending)
            self._written += self._pending
            self._pending = []
        self._committed = time.monotonic()

    def _failed(self, error: Exception) -> OutputError:
        """The error to raise; if the disk is full, the written blocks are kept."""
        if getattr(error, "errno", None) not in (errno.ENOSPC, errno.EDQUOT):
            return NotWrittenError(cannot_write(self.target, error))
        if self._resume:
            try:
                os.truncate(self._part, self._end)
                self._commit()
            except OSError:
                self._pending = []  # these blocks are computed again in the next run
            self._keep = any(map(len, self._written))
        if not self._keep:
            return NotWrittenError(
                f"The disk is full: {self.target} cannot be completed; make room or choose "
                "another output folder."
            )
        full = NotWrittenError(
            f"The disk is full: {self.target} cannot be completed; what is computed is kept in "
            f"{self._part.name} beside it: make room and run the same command again to go on."
        )
        note_kept(full, self._part.name)
        return full

    def _enter_tiles(
        self,
        file: BinaryIO,
        records: npt.NDArray[Any],
        advance: Callable[[float], None],
    ) -> None:
        offsets, sizes = tile_tables(records, len(self.grid))
        main = tiff_layout.read_directory(file)
        own = slice(0, self._bands)
        tiff_layout.write_integers(
            file, main.fields[tiff_layout.TILE_OFFSETS], offsets[own].ravel()
        )
        tiff_layout.write_integers(
            file, main.fields[tiff_layout.TILE_BYTE_COUNTS], sizes[own].ravel()
        )
        if self._overview_codec:
            overviews = slice(self._bands, None)
            add_overviews(
                self._part,
                file,
                main,
                self._overview_codec,
                (self.grid.width, self.grid.height),
                (offsets[overviews], sizes[overviews]),
                advance,
            )

    def _require_whole(self, records: npt.NDArray[Any]) -> None:
        """Refuse a file that GDAL cannot open, or that has missing tiles or overviews."""
        size = self._part.stat().st_size
        with rasterio.open(self._part) as dataset:
            overviews = dataset.overviews(1)
            as_asked = (dataset.width, dataset.height, dataset.count, bool(overviews)) == (
                self.grid.width,
                self.grid.height,
                self._bands,
                self._overview_codec is not None,
            )
        if not as_asked or size < _end(records, len(self._header)):
            raise OSError(errno.EIO, "the file was not written completely")

    def _discard(self) -> None:
        """Remove the unfinished file and the journal, if possible."""
        for action in (self._file.close, self._journal.close):
            with suppress(OSError):
                action()
        for path in (self._part, self._journal.path):
            with suppress(OSError):
                unlink_if_there(path)

    def _close(self) -> None:
        """Close the files and release the lock."""
        with suppress(OSError):
            self._open.close()


def _end(records: npt.NDArray[Any], least: int) -> int:
    """Position of the end of the last tile; empty blocks have no position."""
    lengths = records["sizes"].sum(axis=1, dtype=np.uint64)
    ends = (records["offset"] + lengths)[lengths > 0]
    return max(least, int(ends.max(initial=0)))


def _write_all(file: Any, tile: Tile) -> None:
    """Write every byte: one system call may write fewer."""
    view = tile.data
    while len(view):
        view = view[file.write(view) :]
