"""Read, scale and mask reflectance; all reflectance is read here."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Callable, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.windows import Window

from ..closing import Closing
from ..errors import RasterError
from .band_decoding import BandDecoding
from .bands import BandMapping
from .opening import open_raster
from .pixel_codes import band_codes, read_file_codes, reflectance_factor
from .pixel_copy import PixelCopy, block_bytes
from .quality import (
    MAX_REFLECTANCE,
    MAX_UNSCALED,
    MIN_REFLECTANCE,
    NO_DATA,
    NO_SIGNAL,
    SATURATED,
    SHADOW,
)
from .raster_info import describe
from .raster_input import RasterInput
from .sensors.known import usual_scales
from .spectra import SpectraBlock
from .truncated_files import require_whole


def _never() -> None:
    """Do not stop."""


class _Extremes(NamedTuple):
    """Smallest and largest number of a band in a block, and their reflectance."""

    low: Any
    high: Any
    darkest: np.float32
    brightest: np.float32

    def holds(self, code: Any) -> bool:
        """Whether a number can occur in the block."""
        return bool(self.low <= code <= self.high)


class RasterSource(Closing):
    """Reflectance of a raster in a model's band order.

    Use as a context manager. Not thread-safe: GDAL datasets are not; open one per thread.

    Parameters
    ----------
    raster : RasterInput

    Raises
    ------
    RasterError
        If the file is missing or no raster.
    """

    def __init__(self, raster: RasterInput) -> None:
        self.raster = raster
        self._dataset = open_raster(raster)
        self._pixels: Union[rasterio.DatasetReader, PixelCopy] = self._dataset
        require_whole(self._dataset, self._dataset.name)
        self.info = describe(self._dataset, raster.path)
        self._file_codes = read_file_codes(self._dataset, self._dataset.name)
        self._shadow_reflectance = np.float32(self._file_codes.shadow_reflectance)
        # The user's SCALE overrides the header.
        explicit = raster.scale is not None
        self._factor = None if explicit else reflectance_factor(self._dataset, raster.name)
        self._decodings = tuple(self._decoding(band.number) for band in self.info.bands)
        masked = {MaskFlags.per_dataset, MaskFlags.alpha}
        # A separate mask file (.msk) has no flag.
        self._masked_bands = frozenset(
            number
            for number, flags in enumerate(self._dataset.mask_flag_enums, start=1)
            if masked & set(flags) or not flags
        )
        # GDAL itself uses alpha only in pictures of two or four bands.
        self._alpha = next(
            (
                number
                for number, kind in enumerate(self._dataset.colorinterp, start=1)
                if kind is ColorInterp.alpha and number not in self._masked_bands
            ),
            None,
        )

    def close(self) -> None:
        """Close the dataset; reading afterwards is an error."""
        self._dataset.close()

    @property
    def crs(self) -> Optional[CRS]:
        """The user's CRS, or the file's rasterio object, to be passed on without parsing."""
        return self._dataset.crs

    def decoding(self, number: int) -> BandDecoding:
        """Scale, offset and nodata that apply to a band (from 1).

        Parameters
        ----------
        number : int

        Returns
        -------
        BandDecoding
        """
        return self._decodings[number - 1]

    def require_reflectance(self, numbers: Sequence[int]) -> None:
        """Refuse bands whose numbers cannot be reflectance, before any pixel is read.

        Parameters
        ----------
        numbers : sequence of int

        Raises
        ------
        RasterError
        """
        for number in numbers:
            if self._dataset.dtypes[number - 1].startswith("complex"):
                raise RasterError(
                    f"Band {number} of {self.info.name} holds complex numbers, which are no "
                    "reflectance: choose another product."
                )
            decoding = self.decoding(number)
            if not (0.0 < decoding.scale < math.inf and math.isfinite(decoding.offset)):
                raise RasterError(
                    f"Band {number} of {self.info.name} has scale {decoding.scale:g} and offset "
                    f"{decoding.offset:g}, which give no reflectance: set SCALE and OFFSET "
                    f"({usual_scales()})."
                )

    @property
    def block_shape(self) -> Tuple[int, int]:
        """Rows and columns of the raster's own blocks."""
        rows, columns = self._dataset.block_shapes[0]
        return int(rows), int(columns)

    def stripe_bytes(self, mapping: BandMapping) -> int:
        """Bytes of one row of the mapped bands if blocks are stripes of full width, else 0.

        Such files are read stripe by stripe: narrower windows would decode every stripe again.

        Parameters
        ----------
        mapping : BandMapping

        Returns
        -------
        int
        """
        rows, columns = self.block_shape
        if columns < self.info.width or rows >= self.info.height:
            return 0
        sizes = [_numpy_type(self._dataset.dtypes[n - 1]).itemsize for n in mapping.numbers]
        return sum(sizes) * self.info.width

    def block_bytes(self, mapping: BandMapping) -> int:
        """Least bytes of decoded blocks for a window of the mapped bands.

        Parameters
        ----------
        mapping : BandMapping

        Returns
        -------
        int
        """
        return block_bytes(self._dataset, mapping.numbers)

    def copy_pixels(
        self, mapping: BandMapping, area: Window, folder: Path, check: Callable[[], None]
    ) -> PixelCopy:
        """Decode the mapped bands of an area once to an unnamed file; see `PixelCopy`.

        Parameters
        ----------
        mapping : BandMapping
        area : Window
        folder : Path
        check : callable

        Returns
        -------
        PixelCopy

        Raises
        ------
        RasterError
        """
        numbers = set(mapping.numbers) | ({self._alpha} if self._alpha is not None else set())
        masked = numbers & self._masked_bands
        try:
            return PixelCopy(self._dataset, sorted(numbers), masked, area, folder, check)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise RasterError(
                f"{self.info.name} is stored in blocks too large for the memory, and its pixels "
                f"cannot be copied to {folder} ({error}): make room there, or convert the raster "
                "to a tiled GeoTIFF."
            ) from error

    def read_from(self, copy: PixelCopy) -> None:
        """Read all further pixels from a copy of this raster.

        Parameters
        ----------
        copy : PixelCopy
        """
        self._pixels = copy

    def read(
        self,
        mapping: BandMapping,
        window: Window,
        shape: Optional[Tuple[int, int]] = None,
        check: Callable[[], None] = _never,
    ) -> SpectraBlock:
        """Reflectance in a window that lies inside the raster.

        Parameters
        ----------
        mapping : BandMapping
        window : Window
        shape : (rows, columns), optional
            Fewer pixels than the window has: those of the raster's overviews where there are,
            else single pixels at even steps.
        check : callable
            Called before each band; may raise to stop.

        Returns
        -------
        SpectraBlock

        Raises
        ------
        RasterError
            If the pixels cannot be read (truncated file, network gone ...).
        """
        self.require_reflectance(mapping.numbers)
        reduced = shape
        shape = reduced or (int(window.height), int(window.width))
        flags = np.zeros(shape, dtype=np.uint8)
        reflectance = np.empty((len(mapping.numbers), *shape), dtype=np.float32)
        valid = np.ones(shape, dtype=np.bool_)
        unscaled = np.zeros(shape, dtype=np.bool_)
        all_valid = True
        if self._alpha is not None:
            valid &= self._read_raw(self._alpha, window, reduced) != 0
            all_valid = bool(valid.all())
        for band, number in zip(reflectance, mapping.numbers):
            check()
            raw = self._read_raw(number, window, reduced)
            extremes = self._extremes(raw, number)
            if self._is_ordinary(extremes, number):
                self.decoding(number).decode(raw, band)
                continue
            all_valid = False
            usable, saturated = self._usable(raw, number, window, reduced, extremes)
            # A pixel's flags come from the first band that excludes it, so that they do not depend
            # on the other pixels in the window.
            flags[saturated & valid] |= SATURATED.bit
            valid &= usable
            unscaled &= usable
            if not (valid.any() or unscaled.any()):
                break  # mosaics are mostly empty: do not read the other bands
            self.decoding(number).decode(raw, band)
            limit = MAX_REFLECTANCE if mapping.is_reflectance else math.inf
            self._judge_values(band, valid, unscaled, flags, limit, extremes)
        if not all_valid:
            flags[~valid & ((flags & (SHADOW.bit | SATURATED.bit)) == 0)] |= NO_DATA.bit
        return SpectraBlock(reflectance, valid, flags, unscaled)

    def _judge_values(
        self,
        band: npt.NDArray[np.float32],
        valid: npt.NDArray[np.bool_],
        unscaled: npt.NDArray[np.bool_],
        flags: npt.NDArray[np.uint8],
        limit: float,
        extremes: Optional[_Extremes],
    ) -> None:
        """Exclude impossible reflectance pixel by pixel; changes the masks in place."""
        if extremes is None or not extremes.brightest <= np.float32(limit):
            finite = np.isfinite(band)  # excludes doubles beyond single precision
            valid &= finite
            unscaled &= finite
            bright = valid & (band > np.float32(limit))
            flags[bright & (band < np.float32(1.0))] |= SATURATED.bit
            unscaled |= bright & (band <= np.float32(MAX_UNSCALED))
            valid &= ~bright
        if extremes is None or not extremes.darkest >= self._shadow_reflectance:
            valid &= band >= np.float32(MIN_REFLECTANCE)
            dark = valid & (band < self._shadow_reflectance)
            flags[dark] |= SHADOW.bit
            valid &= ~(dark & (band <= np.float32(NO_SIGNAL)))

    def _extremes(self, raw: npt.NDArray[np.generic], number: int) -> Optional[_Extremes]:
        """Smallest and largest number of a band in a block; None where they are not sufficient."""
        decoding = self.decoding(number)
        low, high = raw.min(), raw.max()
        if not (decoding.scale > 0.0 and np.isfinite(low) and np.isfinite(high)):
            return None
        reflectance = np.empty(2, dtype=np.float32)
        decoding.decode(np.asarray([low, high]), reflectance)
        if not np.isfinite(reflectance).all():
            return None
        return _Extremes(low, high, reflectance[0], reflectance[1])

    def _is_ordinary(self, extremes: Optional[_Extremes], number: int) -> bool:
        """Whether the extremes show that all numbers of a band are plain reflectance.

        This is so for most blocks; their pixels need no masks.
        """
        if extremes is None or number in self._masked_bands:
            return False
        if self.raster.band_nodata(number).ranges:
            return False
        plain = extremes.darkest >= self._shadow_reflectance
        plain &= extremes.brightest <= np.float32(MAX_REFLECTANCE)
        return bool(plain) and not any(map(extremes.holds, self.decoding(number).codes.invalid))

    def _read_raw(
        self, number: int, window: Window, shape: Optional[Tuple[int, int]] = None
    ) -> npt.NDArray[np.generic]:
        reduced = {"out_shape": shape} if shape else {}
        try:
            raw: npt.NDArray[np.generic] = self._pixels.read(number, window=window, **reduced)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise RasterError(
                f"Band {number} of {self.info.name} cannot be read at rows "
                f"{window.row_off}-{window.row_off + window.height}: {error}; the file may be "
                "truncated."
            ) from error
        return raw

    def _usable(
        self,
        raw: npt.NDArray[np.generic],
        number: int,
        window: Window,
        shape: Optional[Tuple[int, int]],
        extremes: Optional[_Extremes],
    ) -> Tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Masks of usable and of saturated pixels of one band."""
        if extremes is None and np.issubdtype(raw.dtype, np.floating):
            usable = np.isfinite(raw)
        else:
            usable = np.ones(raw.shape, dtype=np.bool_)
        codes = self.decoding(number).codes
        for code in codes.invalid:
            if extremes is None or extremes.holds(code):
                usable &= raw != code
        saturated = np.zeros(raw.shape, dtype=np.bool_)
        for code in codes.saturated:
            if extremes is None or extremes.holds(code):
                saturated |= raw == code
        if number in self._masked_bands:
            reduced = {"out_shape": shape} if shape else {}
            usable &= self._pixels.read_masks(number, window=window, **reduced) != 0
        if self.raster.nodata:
            usable &= ~self._dataset.is_user_nodata(number, raw)
        return usable, saturated

    def _decoding(self, number: int) -> BandDecoding:
        own_scale = self._factor or float(self._dataset.scales[number - 1])
        own_offset = float(self._dataset.offsets[number - 1])
        nodata = self._dataset.nodatavals[number - 1]
        scale = own_scale if self.raster.scale is None else self.raster.scale
        offset = own_offset if self.raster.offset is None else self.raster.offset
        dtype = _numpy_type(self._dataset.dtypes[number - 1])
        return BandDecoding(
            scale, offset, band_codes(dtype, scale, offset, nodata, self._file_codes)
        )


def _numpy_type(name: str) -> np.dtype[Any]:
    """The type of rasterio's name; numpy has no pairs of 16-bit integers."""
    return np.dtype("complex64" if name == "complex_int16" else name)
