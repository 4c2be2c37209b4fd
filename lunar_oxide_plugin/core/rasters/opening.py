"""Open a raster as its `RasterInput` describes it; all datasets that are read come from here."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import RasterError
from ..files import is_there
from .file_handles import few_handles
from .georeference import Placement, true_placement
from .opening_names import other_names, why_not
from .raster_input import RasterInput
from .virtual_sources import VirtualSources

#: Options that do not change pixels. Blocks are read in threads already; further threads of GDAL
#: 3.6 crash the process on compressed GeoTIFFs ("malloc(): invalid size").
SPEED_OPTIONS = frozenset({"NUM_THREADS"})


#: Most subdatasets that are examined for the advice in a message.
_MOST_SUBDATASETS = 32


class DescribedDataset(DatasetReader):
    """An open raster with the user's CRS and no data, at its true position.

    rasterio cannot open a file with another CRS or georeference. The class of an open dataset can
    be changed to a subclass without attributes of its own.

    Attributes
    ----------
    described : RasterInput
    assigned : rasterio CRS, or None
        None where the file's CRS is used.
    placement : Placement, or None
        None where GDAL's georeference is right.
    sources : VirtualSources
        Of a virtual raster: checked when their pixels are read.
    """

    described: RasterInput
    assigned: Optional[CRS]
    placement: Optional[Placement] = None
    sources: VirtualSources

    @property
    def crs(self) -> Optional[CRS]:
        """The user's CRS, else the file's."""
        return super().crs if self.assigned is None else self.assigned

    @property
    def transform(self) -> Affine:
        """The true position, where the product's label contradicts GDAL."""
        return super().transform if self.placement is None else self.placement.transform

    @property
    def drawn_transform(self) -> Affine:
        """The position at which GDAL and QGIS place the file."""
        return super().transform

    @property
    def nodatavals(self) -> Tuple[Optional[float], ...]:
        """The file's nodata value of each band; None where the user disabled it."""
        own = super().nodatavals
        return tuple(
            value if self.described.band_nodata(number).use_own else None
            for number, value in enumerate(own, start=1)
        )

    def read(
        self,
        indexes: Union[int, Sequence[int], None] = None,
        *arguments: Any,
        masked: bool = False,
        **options: Any,
    ) -> Any:
        """Read as rasterio does; masked arrays also mask the user's no data.

        Parameters
        ----------
        indexes : int or sequence of int, optional
            Bands, from 1; all by default.
        *arguments, **options
            Of `rasterio.DatasetReader.read`.
        masked : bool

        Returns
        -------
        array
            Stored numbers, without scale and offset.
        """
        window = options.get("window")
        if not isinstance(window, Window):
            window = Window(0, 0, self.width, self.height)
        self.sources.require_unchanged(window)
        with few_handles(self.described.path):
            values = super().read(indexes, *arguments, masked=masked, **options)
        if not masked or not self.described.nodata:
            return values
        mask = np.ma.getmaskarray(values).copy()
        for place, number in _planes(indexes, self.count):
            nodata = self.described.band_nodata(number)
            if not nodata.use_own and MaskFlags.nodata in self.mask_flag_enums[number - 1]:
                mask[place] = False
            mask[place] |= self.is_user_nodata(number, values.data[place])
        return np.ma.array(values.data, mask=mask)

    def is_user_nodata(self, number: int, raw: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Which stored numbers of a band the user declared as no data.

        Parameters
        ----------
        number : int
            Of the band, from 1.
        raw : array

        Returns
        -------
        bool array
        """
        found = np.zeros(raw.shape, dtype=np.bool_)
        ranges = self.described.band_nodata(number).ranges
        if not ranges:
            return found
        scale, offset = self.scales[number - 1], self.offsets[number - 1]
        values: npt.NDArray[Any] = raw.astype(np.float64) * scale + offset
        ends = np.array(ranges, dtype=np.float64)
        if raw.dtype.kind == "f" or (scale, offset) != (1.0, 0.0):
            # The typed number 0.1 differs from 0.1 in single precision, and may differ from 5000 *
            # 0.00002.
            with np.errstate(over="ignore", invalid="ignore"):
                values, ends = values.astype(np.float32), ends.astype(np.float32)
        for low, high in ends:
            found |= (values >= low) & (values <= high)
        return found


def _planes(
    indexes: Union[int, Sequence[int], None], count: int
) -> List[Tuple[Union[int, Tuple[()]], int]]:
    """Index in the array and number of each band that is read."""
    if isinstance(indexes, int):
        return [((), indexes)]
    return list(enumerate(indexes or range(1, count + 1)))


def placement_note(dataset: rasterio.DatasetReader) -> str:
    """Reason why a dataset's position differs from GDAL's, for the log; empty if it does not.

    Parameters
    ----------
    dataset : rasterio.DatasetReader

    Returns
    -------
    str
    """
    placement = getattr(dataset, "placement", None)
    return "" if placement is None else str(placement.note)


def open_raster(raster: RasterInput) -> DescribedDataset:
    """Open a raster for reading.

    Its CRS and no data are the user's where given; its `transform` is the true one where GDAL's
    contradicts the product's label.

    Parameters
    ----------
    raster : RasterInput

    Returns
    -------
    DescribedDataset

    Raises
    ------
    RasterError
        If the file is missing, is not a raster, or has a georeference that cannot be trusted.
    """
    path, name = raster.path, raster.name
    assigned = _assigned_crs(raster)
    try:
        dataset = _open(raster)
        if dataset.count == 0:
            inner = tuple(dataset.subdatasets)
            dataset.close()
            if inner:
                raise _several_rasters(name, inner)
            raise RasterError(f"{name} has no raster bands: choose another file.")
    except (rasterio.errors.RasterioError, OSError, ValueError) as error:
        if "/vsi" not in path and ":" not in path[2:] and not is_there(path):
            raise RasterError(f"The raster {path} does not exist: check the path.") from error
        if raster.open_options:
            raise RasterError(
                f"{name} cannot be opened with the open options "
                f"{', '.join(raster.open_options)} ({error}): leave them out, or check them."
            ) from error
        reason = why_not(path)
        if reason:
            raise RasterError(
                f"{name} cannot be opened as a raster ({error}): {reason}."
            ) from error
        raise RasterError(
            f"{name} cannot be opened as a raster: GDAL knows no format for it or the file is "
            f"damaged ({error})."
        ) from error
    try:
        placement = true_placement(dataset, dataset.name, dataset.crs or assigned)
    except RasterError:
        dataset.close()
        raise
    dataset.__class__ = DescribedDataset
    dataset.described, dataset.assigned, dataset.placement = raster, assigned, placement
    dataset.sources = VirtualSources(raster.path)
    return dataset  # type: ignore[no-any-return]


def _several_rasters(name: str, inner: Sequence[str]) -> RasterError:
    """Advice for a file of several rasters, according to their bands."""
    counts = {}
    for subdataset in inner[:_MOST_SUBDATASETS]:
        with suppress(rasterio.errors.RasterioError, OSError, ValueError):
            with rasterio.open(subdataset) as dataset:
                if min(dataset.shape) > 1:  # axes are not rasters
                    counts[subdataset] = dataset.count
    most = max(counts.values(), default=0)
    best = [one for one, count in counts.items() if count == most] or list(inner)
    text = f"{name} holds several rasters (subdatasets), not one: "
    if most == 1 and len(best) > 1:
        return RasterError(
            f"{text}each has one band, e.g. {', '.join(best[:3])}. Join those with the reflectance "
            "into one raster (QGIS: Build virtual raster, each file in a separate band)."
        )
    return RasterError(f"{text}open the one with the reflectance, e.g. {', '.join(best[:3])}.")


def _open(raster: RasterInput) -> rasterio.DatasetReader:
    """Open the user's file, or the label or image beside it that GDAL can open."""
    options = _options(raster)
    try:
        return rasterio.open(raster.path, **options)
    except rasterio.errors.RasterioIOError:
        for name in other_names(raster.path):
            with suppress(rasterio.errors.RasterioIOError):
                return rasterio.open(name, **options)
        raise


def _options(raster: RasterInput) -> dict[str, str]:
    pairs = [option.partition("=") for option in raster.open_options]
    return {key: value for key, _, value in pairs if key.upper() not in SPEED_OPTIONS}


def _assigned_crs(raster: RasterInput) -> Optional[CRS]:
    if not raster.crs_wkt:
        return None
    try:
        return CRS.from_wkt(raster.crs_wkt)
    except (rasterio.errors.CRSError, ValueError) as error:
        raise RasterError(
            f"The CRS assigned to {raster.name} cannot be used ({error}): assign another one."
        ) from error
