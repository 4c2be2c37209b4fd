"""A prediction as arrays with masks, names and units."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..chemistry.layout import DOMAIN_DISTANCE, QUALITY
from ..chemistry.oxides import UNIT
from ..errors import LunarOxideError, PackageMissingError, RasterError
from ..rasters.quality import NO_DATA
from .run import AnyRaster, oxide_named, raster_of

if TYPE_CHECKING:
    import xarray

    Masked = np.ma.MaskedArray[Any, np.dtype[Any]]

Bounds = Tuple[float, float, float, float]


@dataclass(frozen=True)
class PredictionArrays:
    """A prediction, or a part of it: every band as a masked array of shape (rows, columns).

    Masked pixels have no prediction. Declared scales are applied.

    Attributes
    ----------
    path : str
    oxides : mapping of oxide name to masked float32 array
        wt%, e.g. ``oxides["FeO"]``.
    sigmas : mapping of kind to mapping of oxide name to masked float32 array
        Standard uncertainties in wt%; prediction -+ 1.645 sigma is a 90 % interval. The kind says
        where it holds: ``"new place"``, ``"near samples"`` or ``"as stated"``; the one that maps
        show comes first.
    domain_distance : masked float32 array or None
        Above 1 the spectrum is unlike all training spectra. None where the map has none.
    quality : masked uint8 array or None
        Sum of the bits of the quality flags; 0 is good.
    crs_wkt : str
        Empty where the raster has no CRS.
    transform : (a, b, c, d, e, f)
        From pixels to coordinates: x = a * column + b * row + c, y = d * column + e * row + f.
    tags : mapping of str to str
        The plugin's own tags: model, its citation, origin of the data ...
    """

    path: str
    oxides: Mapping[str, Masked]
    sigmas: Mapping[str, Mapping[str, Masked]]
    domain_distance: Optional[Masked]
    quality: Optional[Masked]
    crs_wkt: str
    transform: Tuple[float, float, float, float, float, float]
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def sigma(self) -> Mapping[str, Masked]:
        """The uncertainties that maps show, by name of the oxide; empty without any."""
        return next(iter(self.sigmas.values()), {})

    @property
    def sigma_kind(self) -> str:
        """Where these uncertainties hold; empty without any."""
        return next(iter(self.sigmas), "")

    @property
    def shape(self) -> Tuple[int, int]:
        """Rows and columns."""
        rows, columns = next(iter(self.oxides.values())).shape
        return int(rows), int(columns)

    @property
    def bands(self) -> Mapping[str, Masked]:
        """All arrays by name: ``"FeO"``, ``"FeO sigma new place"``, ``"domain distance"`` ..."""
        found: Dict[str, Masked] = dict(self.oxides)
        for kind, sigmas in self.sigmas.items():
            found.update({f"{name} sigma {kind}": values for name, values in sigmas.items()})
        if self.domain_distance is not None:
            found[DOMAIN_DISTANCE] = self.domain_distance
        if self.quality is not None:
            found[QUALITY] = self.quality
        return found

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of each of `bands`; empty where it has none."""
        return {name: "" if name in (DOMAIN_DISTANCE, QUALITY) else UNIT for name in self.bands}

    def to_xarray(self) -> xarray.Dataset:
        """The prediction as a dataset of xarray, one variable for each of `bands`.

        Coordinates ``x`` and ``y`` are the pixels' centres; ``spatial_ref`` holds the CRS as CF
        and rioxarray expect it. Pixels without prediction are NaN; in ``quality``, which stays
        uint8, they are 1 ("no data").

        Returns
        -------
        xarray.Dataset

        Raises
        ------
        LunarOxideError
            If xarray is not installed, or the raster's axes are not those of its CRS.
        """
        try:
            import xarray
        except ImportError as error:
            raise PackageMissingError(
                f"The Python package xarray cannot be imported ({error}): install it with 'pip "
                "install xarray', or use the arrays."
            ) from error
        a, b, c, d, e, f = self.transform
        if b or d:
            raise LunarOxideError(
                f"{self.path} is turned against the axes of its CRS, so that its pixels have no "
                "common x and y: use the arrays and their transform."
            )
        rows, columns = self.shape
        place = xarray.DataArray(
            np.int64(0),
            attrs={
                "crs_wkt": self.crs_wkt,
                "spatial_ref": self.crs_wkt,
                "GeoTransform": f"{c!r} {a!r} {b!r} {f!r} {d!r} {e!r}",
            },
        )
        coordinates = {
            "y": ("y", f + e * (np.arange(rows) + 0.5)),
            "x": ("x", c + a * (np.arange(columns) + 0.5)),
            "spatial_ref": place,
        }
        variables = {}
        for name, values in self.bands.items():
            variables[name] = xarray.DataArray(
                values.filled(),
                dims=("y", "x"),
                coords=coordinates,
                attrs={"units": self.units[name], "long_name": name},
            )
            variables[name].encoding["grid_mapping"] = "spatial_ref"
        return xarray.Dataset(variables, attrs=dict(self.tags))


def read_prediction(
    prediction: AnyRaster,
    *,
    oxides: Optional[Sequence[str]] = None,
    extent: Optional[Bounds] = None,
    extent_crs: str = "",
    crs: str = "",
) -> PredictionArrays:
    """Read a prediction as arrays.

    Parameters
    ----------
    prediction : path or RasterInput
        A raster made by `predict`, of any encoding; its bands are found by their descriptions.
    oxides : sequence of str, optional
        Those to read, e.g. ``["FeO", "TiO2"]``, with their uncertainties; all by default.
    extent : (xmin, ymin, xmax, ymax), optional
        Part of the raster: all pixels that it touches.
    extent_crs : str
        CRS of the extent; the raster's own by default.
    crs : str
        Lunar CRS of the raster where its own is missing or wrong.

    Returns
    -------
    PredictionArrays

    Raises
    ------
    LunarOxideError
    """
    from rasterio.windows import Window

    from ..moon.lunar_crs import wkt_of
    from ..rasters.extent import extent_window
    from ..rasters.prediction_map import PredictionMap
    from ..rasters.raster_info import describe

    raster = raster_of(prediction, crs)
    wanted = None if oxides is None else [oxide_named(name) for name in oxides]
    with PredictionMap(raster) as opened:
        dataset, bands = opened.dataset, opened.bands
        names = list(bands.oxides)
        if wanted is not None:
            names = [oxide.name for oxide in wanted if oxide is not None]
            lacking = ", ".join(name for name in names if name not in bands.oxides)
            if lacking or not names:
                raise RasterError(
                    f"{raster.name} has no {lacking or 'oxide of an empty list'}: it has "
                    f"{', '.join(bands.oxides)}."
                )
        window = Window(0, 0, dataset.width, dataset.height)
        if extent is not None:
            wkt = wkt_of(extent_crs) if extent_crs else ""
            window = extent_window(describe(dataset, raster.path), extent, wkt)
        moved = dataset.transform * dataset.transform.translation(window.col_off, window.row_off)

        def read(number: int) -> Masked:
            values = opened.read([number], window)[number]
            masked: Masked = np.ma.array(
                values.astype(np.float32), mask=~np.isfinite(values), fill_value=np.nan
            )
            return masked

        found = {name: read(bands.oxides[name]) for name in names}
        nowhere = np.all([values.mask for values in found.values()], axis=0)
        sigmas = {
            kind.value: MappingProxyType(
                {name: read(numbers[name]) for name in names if name in numbers}
            )
            for kind, numbers in bands.sigmas.items()
        }
        quality = None
        if bands.quality is not None:
            flags = read(bands.quality)
            quality = np.ma.array(
                flags.filled(NO_DATA.bit).astype(np.uint8),
                mask=flags.mask | nowhere,
                fill_value=NO_DATA.bit,
            )
        return PredictionArrays(
            path=raster.path,
            oxides=MappingProxyType(found),
            sigmas=MappingProxyType({kind: of for kind, of in sigmas.items() if of}),
            domain_distance=(
                None if bands.domain_distance is None else read(bands.domain_distance)
            ),
            quality=quality,
            crs_wkt=dataset.crs.to_wkt() if dataset.crs else "",
            transform=(moved.a, moved.b, moved.c, moved.d, moved.e, moved.f),
            tags=MappingProxyType(opened.tags),
        )
