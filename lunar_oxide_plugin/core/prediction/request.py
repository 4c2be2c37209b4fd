"""The request for a prediction: raster, model, area, and options of the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

from ..chemistry.layout import Content, Uncertainty
from ..geotiff.encoding import Encoding
from ..geotiff.tile_codec import Compression
from ..models.devices import CPU
from ..polygons.shapes import RegionLayer
from ..rasters.raster_input import RasterInput

Bounds = Tuple[float, float, float, float]


@dataclass(frozen=True)
class PixelWindow:
    """A rectangle of a raster's pixels."""

    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class PredictionRequest:
    """The request for a prediction, as plain values that threads can pass.

    Attributes
    ----------
    raster : RasterInput
        Its bands are in the model's order.
    output : str
        GeoTIFF to make.
    model : str
        Path of the ``.onnx`` file.
    model_choice : str
        Why this model was taken, for the map's metadata; empty where the user named it.
    extent : (xmin, ymin, xmax, ymax), or None
        The output covers all pixels that it touches; longitudes may be of any turn.
    extent_wkt : str
        CRS of the extent; empty for the raster's own.
    threads : int, or None
        Worker threads; None uses all cores that the process may use.
    memory_mb : int, or None
        Limit for blocks and caches; None uses a default for any raster.
    encoding : Encoding
        How the output stores its numbers.
    compression : Compression, or None
        Of the output; None takes the usual one of the encoding (`Compression.usual`).
    resume : bool
        Whether to continue an interrupted run of the same request, and to keep the results if this
        run is stopped after a minute of computation, or if the disk is full.
    chunk_pixels : int, optional
        Pixels per call of ONNX Runtime; by default what is fast on the device.
    window : PixelWindow, or None
        The pixels to predict, instead of an extent.
    device : str
        Device that runs the model: ``"cpu"`` or a GPU (`devices.GPU_PROVIDERS`).
    uncertainty : Uncertainty
        What the sigmas of the map say: those that hold at a new place, or near sampled geology, or
        both. A model that does not give it gives the other.
    content : Content
        The bands of the output. Without quality flags, doubtful pixels are no data.
    judge_range : bool
        Whether to refuse reflectance far outside the training range; False if this was checked
        before.
    cloud_optimised : bool
        Whether the GeoTIFF is arranged for reading over a network, with all directories and
        overviews first.
    source_state : str
        Fingerprint of the raster's files where a part of a map is asked for, whose sender watches
        them; empty to take and watch it here.
    """

    raster: RasterInput
    output: str
    model: str
    extent: Optional[Bounds] = None
    extent_wkt: str = ""
    threads: Optional[int] = None
    memory_mb: Optional[int] = None
    compression: Optional[Compression] = None
    resume: bool = True
    chunk_pixels: Optional[int] = None
    window: Optional[PixelWindow] = None
    judge_range: bool = True
    device: str = CPU
    uncertainty: Uncertainty = Uncertainty.NEW_PLACE
    content: Content = Content.ALL
    mask: Optional[RegionLayer] = None
    encoding: Encoding = Encoding.FLOAT32
    model_choice: str = ""
    cloud_optimised: bool = False
    source_state: str = ""

    @property
    def own_compression(self) -> Compression:
        """The compression that was chosen, else the usual one of the encoding on this machine."""
        return self.compression or Compression.usual(self.encoding)
