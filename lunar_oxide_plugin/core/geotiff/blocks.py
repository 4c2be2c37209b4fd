"""Blocks of a raster under construction: their grid, their tiles, and the empty file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.io import MemoryFile
from rasterio.transform import Affine
from rasterio.windows import Window

from .encoding import FLOATS, Samples
from .overviews import FIRST_FACTOR
from .tiff_layout import TILE_STEP
from .tile_codec import Tile, TileCodec


@dataclass(frozen=True)
class RasterDescription:
    """Metadata of the raster to write.

    Attributes
    ----------
    crs : rasterio CRS or None
    transform : Affine
    bands : tuple of str
        Band descriptions.
    units : tuple of str
    tags : mapping of full tag names to text
    samples : Samples
    """

    crs: Optional[CRS]
    transform: Affine
    bands: Tuple[str, ...]
    units: Tuple[str, ...]
    tags: Mapping[str, str]
    samples: Samples = FLOATS


@dataclass(frozen=True)
class EncodedBlock:
    """A block in the form in which it is written.

    Attributes
    ----------
    index : int
        Its number in the `TileGrid`.
    tiles : sequence of uint8 arrays
        One per band, then one per band of the first overview if there is one; empty arrays for
        bands without any value, which stay sparse.
    valid, outside : int
        Pixels with a prediction, and those of them outside the training domain.
    content : int
        `run_journal.content_sum` of the tiles.
    """

    index: int
    tiles: Sequence[Tile]
    valid: int
    outside: int
    content: int


@dataclass(frozen=True)
class TileGrid:
    """Blocks of a raster, one tile each, numbered row by row."""

    width: int
    height: int
    rows: int
    columns: int

    def __post_init__(self) -> None:
        # Each block is a tile of the image, and after reduction a tile of the first overview.
        sides = ((self.rows, self.height), (self.columns, self.width))
        if any(side % TILE_STEP for side, _ in sides) or any(
            side % (TILE_STEP * FIRST_FACTOR) for side, length in sides if side < length
        ):
            raise ValueError(f"blocks of {self.rows} x {self.columns} pixels are no tiles")

    @property
    def across(self) -> int:
        """Number of blocks in a row."""
        return -(-self.width // self.columns)

    @property
    def down(self) -> int:
        """Number of blocks in a column."""
        return -(-self.height // self.rows)

    def __len__(self) -> int:
        return self.across * self.down

    def window(self, index: int) -> Window:
        """Pixels of a block.

        Parameters
        ----------
        index : int

        Returns
        -------
        Window
        """
        row, column = divmod(index, self.across)
        top, left = row * self.rows, column * self.columns
        return Window(
            left, top, min(self.columns, self.width - left), min(self.rows, self.height - top)
        )


def empty_file(description: RasterDescription, grid: TileGrid, codec: TileCodec) -> bytes:
    """GDAL's file of a raster without any tile, padded to a multiple of 16 bytes."""
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=grid.width,
            height=grid.height,
            count=len(description.bands),
            crs=description.crs,
            transform=description.transform,
            bigtiff="if_safer",
            sparse_ok=True,
            **codec.file_options,
        ) as dataset:
            dataset.descriptions = description.bands
            dataset.units = description.units
            if description.samples.scales:
                dataset.scales = description.samples.scales
                dataset.offsets = (0.0,) * len(description.bands)
            dataset.update_tags(**description.tags)
        content = bytes(memory.getbuffer())
    return content.ljust(len(content) + -len(content) % 16, b"\0")


def tile_tables(
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
