"""Choose the threads and the memory of a run, from the machine or the user's settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Optional, Tuple

from ..chemistry.layout import FULL
from ..errors import LunarOxideError
from ..geotiff.tiff_layout import tile_side
from ..models.devices import CPU, GPU_CHUNK_PIXELS
from ..models.oxide_model import CHUNK_PIXELS

#: Default limit in MB of blocks and caches together, for a raster of any size and few threads.
DEFAULT_MEMORY_MB = 400

#: The default grows by the threads, up to a limit: with 400 MB, 16 threads work on blocks of a
#: quarter of the size, and spend two fifths of their time waiting for each other.
MEMORY_A_THREAD_MB, MOST_DEFAULT_MEMORY_MB = 100, 1600

#: Least memory in MB for one thread.
LEAST_MEMORY_MB = 64

#: Bytes per pixel of a block without results: eight reflectances, masks.
_BYTES_READ = 8 * 4 + 16
#: Bytes per pixel of one row of results: the number, and the same compressed.
_BYTES_A_ROW = 2 * 4

#: Sides of square blocks, the preferred first: 512 is a usual tile size, 256 is used where many
#: threads share little memory.
_SIDES = (512, 256)

#: Threads from which ONNX Runtime gets larger chunks, and their pixels: Python lets one thread at a
#: time prepare its next call, so that 8 threads with chunks for few threads lose a quarter.
MANY_THREADS, CHUNK_FOR_MANY = 6, 8208

#: Most threads beside a GPU, unless the user asks for more: more were slower.
MOST_BESIDE_GPU = 8

#: Number of inference threads per reading thread (reading is ten times faster; three are enough for
#: compressed sources).
_WORKERS_A_READER = 4


@dataclass(frozen=True)
class Resources:
    """Threads and memory of a run.

    Attributes
    ----------
    workers : int
        Threads for inference and compression.
    readers : int
        Threads that read ahead.
    blocks_in_flight : int
        Most blocks between reading and writing at any time.
    block_shape : (rows, columns)
    cache_mb : int
        For GDAL's cache of decoded source blocks.
    """

    workers: int
    readers: int
    blocks_in_flight: int
    block_shape: Tuple[int, int]
    cache_mb: int


#: Largest number of threads that a user may set; no machine has as many cores.
MOST_THREADS = 1024


def available_threads() -> int:
    """Cores that this process may run on.

    Returns
    -------
    int
    """
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


def default_threads(device: str) -> int:
    """Threads of a run on a device, where the user gives none.

    Parameters
    ----------
    device : str

    Returns
    -------
    int
    """
    return available_threads() if device == CPU else min(available_threads(), MOST_BESIDE_GPU)


def default_chunk(device: str, workers: int) -> int:
    """Pixels per call of ONNX Runtime that are fast on a device with this number of threads.

    Parameters
    ----------
    device : str
    workers : int

    Returns
    -------
    int
    """
    if device != CPU:
        return GPU_CHUNK_PIXELS
    return CHUNK_PIXELS if workers < MANY_THREADS else CHUNK_FOR_MANY


def _default_memory(threads: int) -> int:
    return min(max(DEFAULT_MEMORY_MB, MEMORY_A_THREAD_MB * threads), MOST_DEFAULT_MEMORY_MB)


def plan(
    width: int,
    height: int,
    stripe_bytes: int,
    threads: Optional[int] = None,
    memory_mb: Optional[int] = None,
    rows: int = FULL.count,
) -> Resources:
    """Choose resources for a raster.

    Parameters
    ----------
    width, height : int
        Of the output in pixels.
    stripe_bytes : int
        Bytes of one row of the source's bands if the source is stored in blocks as wide as
        itself, else 0. Such a stripe is decoded as a whole, so blocks must have few enough rows for
        the cache to hold it.
    threads, memory_mb : int, optional
        The user's values; None to choose.
    rows : int
        Bands of the output.

    Raises
    ------
    LunarOxideError
        If a value is impossible.
    """
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise LunarOxideError(f"THREADS is {threads}: give 1 to {MOST_THREADS}, or leave it empty.")
    workers = threads or available_threads()
    memory = _default_memory(workers) if memory_mb is None else memory_mb
    if memory < LEAST_MEMORY_MB:
        raise LunarOxideError(
            f"MEMORY is {memory} MB: give at least {LEAST_MEMORY_MB}, or leave it empty."
        )
    cache = memory // 4
    room = (memory - cache) * 1_000_000
    bytes_a_pixel = _BYTES_READ + _BYTES_A_ROW * rows
    side = _SIDES[0]
    for side in _SIDES:
        if _in_flight(workers) * side * side * bytes_a_pixel <= room:
            break
    while workers > 1 and _in_flight(workers) * side * side * bytes_a_pixel > room:
        workers -= 1
    tall = side
    while tall > 64 and stripe_bytes * tall > cache * 1_000_000:
        tall //= 2
    return Resources(
        workers=workers,
        readers=_readers(workers),
        blocks_in_flight=_in_flight(workers),
        block_shape=(tile_side(height, tall), tile_side(width, side)),
        cache_mb=cache,
    )


def _readers(workers: int) -> int:
    return max(1, workers // _WORKERS_A_READER)


def _in_flight(workers: int) -> int:
    """One per worker, one read ahead per reader, and one being written."""
    return workers + _readers(workers) + 1
