"""Compress with the Zstandard library that GDAL itself uses, called directly.

GDAL compresses a tile while its file is closed, and rasterio holds Python's lock meanwhile, so that
all other threads wait. It also knows the library's levels only, which look for repetitions that
noise does not have.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Set

import numpy as np
import numpy.typing as npt
import rasterio

#: Names of the library on each system; the number after ``so`` stands for its interface.
_NAMES = {
    "linux": ("libzstd.so.1",),
    "darwin": ("libzstd.1.dylib",),
    "win32": ("zstd.dll", "libzstd.dll"),
}

#: 1.4.0, the first release in which all functions below belong to the stable interface.
_LEAST_VERSION = 10400

#: Parameters of the stable interface (``ZSTD_cParameter`` in zstd.h) and our values: the fastest
#: level that encodes by frequency, and the smallest table of earlier places. A larger table finds
#: chance repetitions in noise: it makes maps 1 % smaller and takes 1.8 times as long.
_PARAMETERS = {100: 1, 102: 6}  # ZSTD_c_compressionLevel, ZSTD_c_hashLog

Bytes = npt.NDArray[np.uint8]


class ZstdLibrary:
    """The library, if it has the functions that are needed.

    Parameters
    ----------
    library : ctypes.CDLL

    Raises
    ------
    AttributeError, OSError
        If it is too old, or another library.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        size, context = ctypes.c_size_t, ctypes.c_void_p
        library.ZSTD_versionNumber.restype = ctypes.c_uint
        if library.ZSTD_versionNumber() < _LEAST_VERSION:
            raise OSError("zstd is older than 1.4.0")
        library.ZSTD_createCCtx.restype = context
        library.ZSTD_freeCCtx.argtypes = [context]
        library.ZSTD_CCtx_setParameter.argtypes = [context, ctypes.c_int, ctypes.c_int]
        library.ZSTD_CCtx_setParameter.restype = size
        library.ZSTD_compress2.argtypes = [context, context, size, context, size]
        library.ZSTD_compress2.restype = size
        library.ZSTD_compressBound.argtypes = [size]
        library.ZSTD_compressBound.restype = size
        library.ZSTD_isError.argtypes = [size]
        library.ZSTD_isError.restype = ctypes.c_uint
        self._library = library

    def compress(self, planes: Sequence[npt.NDArray[np.generic]]) -> List[Bytes]:
        """Compress arrays, each to a Zstandard frame; other threads run meanwhile.

        Parameters
        ----------
        planes : sequence of C-contiguous arrays

        Returns
        -------
        list of uint8 arrays

        Raises
        ------
        MemoryError
        """
        library = self._library
        context = library.ZSTD_createCCtx()
        if not context:
            raise MemoryError("zstd has no memory")
        try:
            for parameter, value in _PARAMETERS.items():
                self._checked(library.ZSTD_CCtx_setParameter(context, parameter, value))
            largest = max((plane.nbytes for plane in planes), default=0)
            room = np.empty(library.ZSTD_compressBound(largest), dtype=np.uint8)
            frames = []
            for plane in planes:
                size = self._checked(
                    library.ZSTD_compress2(
                        context, room.ctypes.data, room.size, plane.ctypes.data, plane.nbytes
                    )
                )
                frames.append(room[:size].copy())
            return frames
        finally:
            library.ZSTD_freeCCtx(context)

    def _checked(self, result: int) -> int:
        # With a sufficient buffer the library only fails for want of memory.
        if self._library.ZSTD_isError(result):
            raise MemoryError("zstd has no memory")
        return result


def find_zstd() -> Optional[ZstdLibrary]:
    """The system's library, if it can be called safely; on Windows and macOS rasterio's first.

    Returns
    -------
    ZstdLibrary or None
        None if there is none.
    """
    for name in _candidates():
        try:
            return ZstdLibrary(_opened(name))
        except (OSError, AttributeError):
            continue
    return None


def _candidates() -> Iterator[str]:
    if sys.platform != "linux":
        package = Path(rasterio.__file__).parent
        # Where rasterio's wheels have their libraries: on Windows, on macOS.
        for folder in (package.with_name("rasterio.libs"), package / ".dylibs"):
            yield from sorted(str(path) for path in folder.glob("*zstd*"))
    yield from _NAMES.get(sys.platform, ())


def _opened(name: str) -> ctypes.CDLL:
    """Open a library so that it calls no functions but its own.

    On Linux a library calls the first function of a name among all that were loaded together. In
    rasterio's wheels c-blosc has a zstd of another release, and the two together damage memory.
    """
    if sys.platform != "linux":
        return ctypes.CDLL(name)
    try:
        library = ctypes.CDLL(name, mode=os.RTLD_NOLOAD)
    except OSError:  # not loaded yet: it can be told to prefer its own functions
        return ctypes.CDLL(name, mode=os.RTLD_DEEPBIND)
    if len(_places("ZSTD_freeCCtx")) != 1:
        raise OSError("zstd is loaded more than once")
    return library


def _places(function: str) -> Set[int]:
    """Addresses of a function in all loaded libraries, on Linux."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    lines = (line.split(maxsplit=5) for line in maps.splitlines())
    places = set()
    for path in {parts[5] for parts in lines if len(parts) == 6 and ".so" in parts[5]}:
        with suppress(OSError, AttributeError):
            found = getattr(ctypes.CDLL(path, mode=os.RTLD_NOLOAD), function)
            places.add(ctypes.cast(found, ctypes.c_void_p).value or 0)
    return places
