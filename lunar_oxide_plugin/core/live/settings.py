"""What a live map is made of and how it is drawn, as plain values that projects keep."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Callable, Mapping, Optional, Tuple

from ..rasters.raster_input import BandNodata, RasterInput
from .colours import FlagStyle
from .shown import FIRST, Shown

_Path = Callable[[str], str]


def _same(path: str) -> str:
    return path


@dataclass(frozen=True)
class LiveStyle:
    """How a live map is drawn.

    Attributes
    ----------
    shown : str
        Key of what is shown (`shown.choices`).
    low, high : float, or None
        Ends of the legend; None for those of what is shown.
    flags : FlagStyle
        How flagged pixels are drawn.
    """

    shown: str = FIRST
    low: Optional[float] = None
    high: Optional[float] = None
    flags: FlagStyle = FlagStyle.COLOURED

    def range_of(self, shown: Shown) -> Tuple[float, float]:
        """Ends of the legend.

        Parameters
        ----------
        shown : Shown

        Returns
        -------
        (float, float)
            The first is smaller.
        """
        low = shown.low if self.low is None else self.low
        high = shown.high if self.high is None else self.high
        return (low, high) if low < high else (shown.low, shown.high)

    def as_document(self) -> Mapping[str, Any]:
        """All fields as plain values.

        Returns
        -------
        mapping of str to any
        """
        return {**asdict(self), "flags": self.flags.value}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> LiveStyle:
        """Read the fields; those that are missing or wrong have their defaults.

        Parameters
        ----------
        document : mapping of str to any

        Returns
        -------
        LiveStyle
        """
        flags = str(document.get("flags"))
        known = [style for style in FlagStyle if style.value == flags]
        return cls(
            shown=str(document.get("shown") or FIRST),
            low=_number(document.get("low")),
            high=_number(document.get("high")),
            flags=known[0] if known else FlagStyle.COLOURED,
        )


@dataclass(frozen=True)
class LiveMap:
    """The raster and the model of a live map.

    Attributes
    ----------
    raster : RasterInput
        Its bands are in the model's order.
    model : str
        Path of the ``.onnx`` file.
    model_name : str
        Its name in the library, by which it is found on another computer; empty for a file.
    """

    raster: RasterInput
    model: str
    model_name: str = ""

    def as_document(self, written: _Path = _same) -> Mapping[str, Any]:
        """All fields as plain values.

        Parameters
        ----------
        written : callable
            From a path to the form in which a project keeps it.

        Returns
        -------
        mapping of str to any
        """
        raster = replace(self.raster, path=written(self.raster.path)).as_document()
        return {"raster": raster, "model": written(self.model), "model_name": self.model_name}

    @classmethod
    def from_document(cls, document: Mapping[str, Any], read: _Path = _same) -> LiveMap:
        """Read the fields.

        Parameters
        ----------
        document : mapping of str to any
        read : callable
            From a path as a project keeps it to one that can be opened.

        Returns
        -------
        LiveMap

        Raises
        ------
        ValueError
            If the raster is not described.
        """
        try:
            raster = _raster(dict(document["raster"]))
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"no description of a raster: {error}") from error
        return cls(
            raster=replace(raster, path=read(raster.path)),
            model=read(str(document.get("model") or "")),
            model_name=str(document.get("model_name") or ""),
        )


def _raster(document: Mapping[str, Any]) -> RasterInput:
    bands = document.get("bands")
    nodata = tuple(
        BandNodata(
            int(one["band"]),
            tuple((float(low), float(high)) for low, high in one["ranges"]),
            bool(one["use_own"]),
        )
        for one in document.get("nodata") or ()
    )
    return RasterInput(
        path=str(document["path"]),
        open_options=tuple(map(str, document.get("open_options") or ())),
        crs_wkt=str(document.get("crs_wkt") or ""),
        nodata=nodata,
        scale=_number(document.get("scale")),
        offset=_number(document.get("offset")),
        bands=tuple(map(int, bands)) if bands else None,
    )


def _number(value: Any) -> Optional[float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)
