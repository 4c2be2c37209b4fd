"""A large GeoTIFF that is written tile by tile and survives being stopped at any moment.

GDAL makes the empty (sparse) file with everything that describes it. Tiles are appended in the
order in which they are finished, a journal remembers them, and the tile offsets are entered at
the end. GDAL's own writer keeps the offsets in memory until it closes, so that a killed run
leaves nothing that can be read; and it compresses and makes overviews in further passes.
"""

from __future__ import annotations

import errno
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Callable, List, Mapping, Optional, Sequence, Tuple, Type

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import OutputError
from ..files import cannot_write, require_geotiff_name, unlink_if_there
from . import tiff_layout
from .overviews import FIRST_FACTOR, OVERVIEW_SIDE, add_overviews, reduced
from .run_journal import RunJournal
from .tiff_layout import TILE_STEP
from .tile_codec import Compression, Tile, TileCodec

#: Seconds between two times that finished tiles are made safe on disk.
COMMIT_SECONDS = 2.0


@dataclass(frozen=True)
class RasterDescription:
    """What is written beside the pixels.

    Attributes
    ----------
    crs : rasterio CRS or None
    transform : Affine
    bands : tuple of str
        Band descriptions.
    units : tuple of str
    tags : mapping of full tag names to text
    """

    crs: Optional[CRS]
    transform: Affine
    bands: Tuple[str, ...]
    units: Tuple[str, ...]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class EncodedBlock:
    """A block as it goes to disk.

    Attributes
    ----------
    index : int
        Its number in the `TileGrid`.
    tiles : sequence of uint8 arrays
        One a band, then one a band of the first overview if there is one; empty arrays for
        bands without any value, which stay sparse.
    valid, outside : int
        Pixels with a prediction, and those of them outside the training domain.
    """

    index: int
    tiles: Sequence[Tile]
    valid: int
    outside: int


@dataclass(frozen=True)
class TileGrid:
    """Blocks of a raster, one tile each, numbered row by row."""

    width: int
    height: int
    rows: int
    columns: int

    def __post_init__(self) -> None:
        # Each block is a tile of the image, and reduced it is one of the first overview.
        sides = ((self.rows, self.height), (self.columns, self.width))
        if any(side % TILE_STEP for side, _ in sides) or any(
            side % (TILE_STEP * FIRST_FACTOR) for side, length in sides if side < length
        ):
            raise ValueError(f"blocks of {self.rows} x {self.columns} pixels are no tiles")

    @property
    def across(self) -> int:
        """Blocks side by side."""
        return -(-self.width // self.columns)

    @property
    def down(self) -> int:
        """Blocks on top of each other."""
        return -(-self.height // self.rows)

    def __len__(self) -> int:
        return self.across * self.down

    def window(self, index: int) -> Window:
        """Pixels of a block."""
        row, column = divmod(index, self.across)
        top, left = row * self.rows, column * self.columns
        return Window(
            left, top, min(self.columns, self.width - left), min(self.rows, self.height - top)
        )


class ResumableRaster:
    """Writes a float32 GeoTIFF under a temporary name and renames it when complete.

    Use as a context manager. Leaving it without `finish` leaves nothing, unless `keep` was
    called before or the process died: then ``NAME.part`` and its journal stay beside the
    target, and a raster opened for the same target and request takes them up.

    Parameters
    ----------
    target : path of the GeoTIFF to make
    description : RasterDescription
    grid : TileGrid
    compression : Compression
    request : mapping
        Everything that the pixels depend on; JSON.
    resume : bool
        Whether to take up an earlier run.

    Attributes
    ----------
    done : structured array
        Records (`run_journal.record_type`) of the blocks that an earlier run has written.

    Raises
    ------
    OutputError
        If the file cannot be made or another run is making it.
    """

    def __init__(
        self,
        target: Path,
        description: RasterDescription,
        grid: TileGrid,
        compression: Compression,
        request: Mapping[str, Any],
        resume: bool = True,
    ) -> None:
        require_geotiff_name(target)
        if not target.parent.is_dir():
            raise OutputError(cannot_write(target, FileNotFoundError()))
        compression.require()
        self.target = target
        self.grid = grid
        self._description = description
        self._bands = len(description.bands)
        self._codec = TileCodec(compression, grid.rows, grid.columns)
        self._overview_codec: Optional[TileCodec] = None
        if max(grid.width, grid.height) > OVERVIEW_SIDE:
            self._overview_codec = TileCodec(
                compression,
                tiff_layout.tile_side(reduced(grid.rows), grid.rows),
                tiff_layout.tile_side(reduced(grid.columns), grid.columns),
            )
        self._resume = resume
        self._keep = self._finished = False
        self._pending: List[npt.NDArray[Any]] = []
        self._committed = time.monotonic()
        self._part, journal = part_paths(target)
        self._tiles = self._bands * (2 if self._overview_codec else 1)
        self._journal = RunJournal(journal, self._tiles)
        self._request = {
            **request,
            "grid": [grid.width, grid.height, grid.rows, grid.columns],
            "compression": compression.value,
        }
        try:
            self.done = self._take_up() if resume else self._journal.no_records()
            if not len(self.done):
                self._create()
            self._file = open(self._part, "r+b", buffering=0)  # noqa: SIM115
            self._end = self._file.seek(0, os.SEEK_END)
        except (rasterio.errors.RasterioError, OSError) as error:
            self._journal.close()
            self._remove_part()
            raise OutputError(cannot_write(target, error)) from error

    @property
    def part_name(self) -> str:
        """Name of the unfinished file."""
        return self._part.name

    def __enter__(self) -> ResumableRaster:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._file.close()
        self._journal.close()
        if not self._finished and not self._keep:
            self._remove_part()

    def encode(
        self, index: int, values: npt.NDArray[np.float32], valid: int, outside: int
    ) -> EncodedBlock:
        """Make a block ready for the disk; safe to call from several threads.

        Parameters
        ----------
        index : int
            Of the block in the grid.
        values : float32 array, shape (bands, rows, columns)
            NaN where there is no value. Must not change before `write` has returned.
        valid, outside : int
            Pixels with a prediction, and those of them outside the training domain.
        """
        tiles = self._encode_present(self._codec, values)
        if self._overview_codec:
            # Nearest neighbour: every overview value is a real pixel's, flags included.
            fourth = np.ascontiguousarray(values[:, ::FIRST_FACTOR, ::FIRST_FACTOR])
            tiles += self._encode_present(self._overview_codec, fourth)
        return EncodedBlock(index, tiles, valid, outside)

    def empty(self, index: int) -> EncodedBlock:
        """A block without any value; it takes no room in the file."""
        nothing = np.empty(0, dtype=np.uint8)
        return EncodedBlock(index, [nothing] * self._tiles, 0, 0)

    def write(self, block: EncodedBlock) -> None:
        """Append a block; from one thread.

        Raises
        ------
        OutputError
            Also when the disk is full; what was written before is kept for resuming.
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
                self._journal.make_record(block.index, block.valid, block.outside, start, sizes)
            )
            self._end = end
            if time.monotonic() - self._committed > COMMIT_SECONDS:
                self._commit()
        except OSError as error:
            raise self._failed(error) from error

    def keep(self) -> None:
        """Leave the unfinished file and its journal for a later run."""
        if self._finished:
            return
        try:
            self._commit()
        except OSError as error:
            raise self._failed(error) from error
        self._keep = True

    def finish(self, advance: Callable[[float], None] = lambda fraction: None) -> None:
        """Enter the tile offsets, add overviews and give the file its name.

        Parameters
        ----------
        advance : callable
            Takes the share of this step that is done; may raise to stop.

        Raises
        ------
        OutputError
        """
        try:
            records = self._journal.records(self._request)
            if records is None:
                raise OSError(errno.EIO, "the journal has changed")
            records = np.concatenate([records, *self._pending])
            with open(self._part, "r+b") as file:
                self._enter_tiles(file, records, advance)
                file.flush()
                os.fsync(file.fileno())
            self._file.close()
            os.replace(self._part, self.target)
        except (rasterio.errors.RasterioError, tiff_layout.TiffLayoutError, OSError) as error:
            raise self._failed(error) from error
        self._finished = True
        self._journal.remove()
        # A statistics file of an earlier raster of this name would describe other pixels.
        unlink_if_there(self.target.with_name(self.target.name + ".aux.xml"))

    def _encode_present(self, codec: TileCodec, values: npt.NDArray[np.float32]) -> List[Tile]:
        present = [bool(np.isfinite(plane[0, 0]) or np.isfinite(plane).any()) for plane in values]
        if all(present):
            return codec.encode(values)
        tiles = iter(codec.encode(values[present]) if any(present) else [])
        return [next(tiles) if there else np.empty(0, dtype=np.uint8) for there in present]

    def _take_up(self) -> npt.NDArray[Any]:
        """Records of an earlier run of the same request; cuts off what they do not cover."""
        records = self._journal.records(self._request)
        if records is None or not len(records):
            return self._journal.no_records()
        end = int((records["offset"] + records["sizes"].sum(axis=1, dtype=np.uint64)).max())
        try:
            if self._part.stat().st_size < end:
                return self._journal.no_records()
            os.truncate(self._part, end)
        except FileNotFoundError:
            return self._journal.no_records()
        return records

    def _create(self) -> None:
        """Let GDAL write the empty file, then start the journal."""
        description = self._description
        unlink_if_there(self._part)
        with rasterio.open(
            self._part,
            "w",
            driver="GTiff",
            width=self.grid.width,
            height=self.grid.height,
            count=self._bands,
            dtype="float32",
            nodata=float("nan"),
            crs=description.crs,
            transform=description.transform,
            bigtiff="if_safer",
            sparse_ok=True,
            **self._codec.file_options,
        ) as dataset:
            dataset.descriptions = description.bands
            dataset.units = description.units
            dataset.update_tags(**description.tags)
        self._journal.begin(self._request)

    def _commit(self) -> None:
        """Make finished blocks safe: first the tiles, then the records that speak of them."""
        if self._pending:
            os.fsync(self._file.fileno())
            self._journal.append(self._pending)
            self._journal.sync()
            self._pending = []
        self._committed = time.monotonic()

    def _failed(self, error: Exception) -> OutputError:
        """The error to raise; keeps what is written if only room is lacking."""
        if getattr(error, "errno", None) not in (errno.ENOSPC, errno.EDQUOT):
            return OutputError(cannot_write(self.target, error))
        if not self._resume:
            return OutputError(
                f"The disk is full: {self.target} cannot be completed; make room or choose "
                "another output folder."
            )
        self._keep = True
        try:
            os.ftruncate(self._file.fileno(), self._end)
            self._commit()
        except OSError:
            self._pending = []  # computed again after resuming
        return OutputError(
            f"The disk is full: {self.target} cannot be completed; what is computed is kept in "
            f"{self._part.name} beside it: make room and run the same command again to go on."
        )

    def _enter_tiles(
        self,
        file: BinaryIO,
        records: npt.NDArray[Any],
        advance: Callable[[float], None],
    ) -> None:
        offsets, sizes = _tile_tables(records, len(self.grid))
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

    def _remove_part(self) -> None:
        self._journal.remove()
        for path in (self._part, self._part.with_name(self._part.name + ".aux.xml")):
            unlink_if_there(path)


def part_paths(target: Path) -> Tuple[Path, Path]:
    """The unfinished file and the journal of a target."""
    part = target.with_name(target.name + ".part")
    return part, part.with_name(part.name + ".journal")


def _tile_tables(
    records: npt.NDArray[Any], blocks: int
) -> Tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Offsets and sizes of all tiles, shape (tiles of a block, blocks); 0 for sparse ones."""
    sizes = records["sizes"].astype(np.uint64)
    starts = records["offset"][:, None] + np.cumsum(sizes, axis=1) - sizes
    starts[sizes == 0] = 0
    offsets = np.zeros((sizes.shape[1], blocks), dtype=np.uint64)
    counts = np.zeros_like(offsets)
    offsets[:, records["block"]] = starts.T
    counts[:, records["block"]] = sizes.T
    return offsets, counts


def _write_all(file: Any, tile: Tile) -> None:
    """Write every byte: one call of the system may write fewer."""
    view = tile.data
    while len(view):
        view = view[file.write(view) :]
