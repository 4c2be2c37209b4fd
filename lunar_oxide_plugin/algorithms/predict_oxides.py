"""`lunaroxide:predictoxides`: six oxides, their uncertainty and quality, from reflectance."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingUtils,
)

from ..core.chemistry.layout import Content, Uncertainty
from ..core.geotiff.encoding import Encoding
from ..core.models.devices import CPU, installed_devices
from ..core.prediction.style_file import write_style_file
from ..core.prediction.threads_and_memory import LEAST_MEMORY_MB
from ..core.rasters.prediction_bands import find_bands
from .choice_parameter import choice_parameter
from .extent_parameter import read_extent
from .input_algorithms import ReflectanceAlgorithm
from .model_algorithm import ModelAlgorithm
from .preferences import Preferences, load_preferences
from .region_layers import RegionSource, read_regions, region_layer
from .result_groups import GroupLoader, load_on_completion, with_origin
from .result_layers import prediction_layers
from .run import Run

#: Values of `core.chemistry.layout.Uncertainty`, the first by default.
UNCERTAINTIES = tuple(uncertainty.value for uncertainty in Uncertainty)

#: Values of `core.chemistry.layout.Content`.
CONTENTS = tuple(content.value for content in Content)

#: Values of `core.geotiff.encoding.Encoding`, the first by default.
ENCODINGS = tuple(encoding.value for encoding in Encoding)

#: Values of `core.geotiff.tile_codec.Compression`, which is not imported because it needs rasterio.
#: The first leaves the choice to the encoding.
COMPRESSIONS = ("automatic", "none", "zstd", "deflate", "lerc_zstd")


class PredictOxides(ReflectanceAlgorithm, ModelAlgorithm):
    """Runs a model over a reflectance raster."""

    NAME = "predictoxides"
    GROUP = "Map"
    DISPLAY_NAME = "Predict oxides"
    SUMMARY = (
        "Maps TiO2, FeO, Al2O3, MgO, CaO and SiO2 (wt%) from lunar reflectance with a "
        "network trained on returned samples. Each oxide comes with an uncertainty "
        "that holds at places which no mission has sampled; each pixel with its distance to the "
        "training spectra and quality flags. The layers say of which oxides the map tells little. "
        "Each model takes reflectance of one sensor at the standard geometry (i=30, e=0, g=30), as "
        "in the sensor's map-projected products. A raster of another sensor than the model's is "
        "refused, and the model that fits it is named."
    )
    EXTENT = "EXTENT"
    MASK = "MASK"
    UNCERTAINTY = "UNCERTAINTY"
    THREADS = "THREADS"
    MEMORY = "MEMORY"
    DEVICE = "DEVICE"
    CONTENT = "CONTENT"
    ENCODING = "ENCODING"
    COMPRESSION = "COMPRESSION"
    CLOUD_OPTIMISED = "CLOUD_OPTIMISED"
    RESUME = "RESUME"
    OUTPUT = "OUTPUT"
    VALID_PIXELS = "VALID_PIXELS"
    TOTAL_PIXELS = "TOTAL_PIXELS"
    HELP = {
        "INPUT": (
            "Reflectance raster: an MI_MAP tile (.lbl, or .img of version 2), a Clementine UVVIS "
            "mosaic, or any raster with wavelengths in its metadata or band names. Scale, offset "
            "and nodata of each band are applied; the sensor's codes for invalid pixels are masked."
        ),
        "MODEL": (
            "A bundled model ({models}) or one of your own from the models page. 'automatic' takes "
            "your preferred model if it is for the raster's sensor, or else the first model that "
            "is; the log says which and why. kaguya_mi_before_ce6 has never seen Chang'e-6, so "
            "that its prediction there is blind."
        ),
        "MODEL_FILE": "A model file (.onnx) from anywhere; used instead of the model above.",
        "BANDS": (
            "Raster band numbers in the model's order, which 'Describe model' shows (kaguya_mi: "
            "414, 749, 901, 950, 1001, 1049, 1248, 1548 nm). Leave empty to find them by "
            "wavelength or name; the log shows which was taken and how far it is off."
        ),
        EXTENT: (
            "Part of the raster to map, in any lunar CRS and any turn of longitude; across 180 "
            "degrees write 178,185,-1,1 or 178,-175,-1,1. Leave empty for all of it."
        ),
        MASK: (
            "Polygons in any lunar CRS: pixels that they do not touch are not predicted, and the "
            "map ends where they end. Leave empty to map the whole extent."
        ),
        **ReflectanceAlgorithm.REFLECTANCE_HELP,
        UNCERTAINTY: (
            "What the sigmas of the map say. New place: the 90 % interval holds where no mission "
            "has sampled, as nearly everywhere on the Moon. Near samples: a narrower interval that "
            "holds only on the geology around the sampled sites. Both: both, six more bands. A "
            "model that gives only one gives that one, and the bands say which."
        ),
        THREADS: "Threads that compute; leave empty for all cores that QGIS may use.",
        MEMORY: (
            "Memory in MB for blocks and caches, whatever the raster's size (at least 64); leave "
            "empty for 400, or 100 for each thread if that is more (at most 1600)."
        ),
        DEVICE: (
            "The processor, or a GPU that this ONNX Runtime lists. A GPU is tried on a few spectra "
            "first and refused where it answers otherwise than the processor by 0.01 wt% or more."
        ),
        CONTENT: (
            "The bands of the map. all: what the model gives, with domain distance and quality "
            "flags. uncertainties: oxides and their sigmas. oxides: oxides alone. Without quality "
            "flags nobody can tell doubtful pixels (shadow, saturated, unlike all sampled "
            "spectra, outside the physical range, implausible sum) from others, so they are no "
            "data there."
        ),
        ENCODING: (
            "float32: numbers as the model gives them, 59.5 bytes a pixel with all 14 bands. "
            "compact: integers in steps of 0.01 wt% (0.01 for the domain distance; flags as they "
            "are), of which the file declares scale and nodata: 16 bytes a pixel with all bands, "
            "9 with the oxides alone, measured on noise like that of real tiles. Numbers differ "
            "by 0.005 at most, far less than the noise. QGIS, GDAL and this plugin apply the "
            "scale. A program that does not sees 1523 for 15.23 wt%: that is why float32 is the "
            "default, so that older scripts go on working. For large maps take compact."
        ),
        COMPRESSION: (
            "automatic: none for float32, ZSTD for compact (DEFLATE where GDAL or QGIS has no "
            "ZSTD). none is read by every program; a compact map then takes 30 bytes a pixel. ZSTD "
            "makes compact maps half as large, and float32 maps a quarter smaller. DEFLATE makes "
            "compact maps a little smaller than ZSTD and takes longer, but more programs read it. "
            "LERC_ZSTD makes compact maps with all bands a sixth smaller than ZSTD and takes "
            "longer; QGIS for macOS and other programs may not read it. Empty parts of a raster "
            "take no room."
        ),
        CLOUD_OPTIMISED: (
            "Arrange the finished map as a cloud-optimised GeoTIFF: programs that read it over a "
            "network load the parts that they show. The pixels are the same. It needs twice the "
            "room on the disk while it is arranged, and as much time as copying the file."
        ),
        RESUME: (
            "Continue an interrupted run: a run that was cancelled after a minute or more, killed, "
            "or stopped by a full disk leaves OUTPUT.part beside the output, and the same run "
            "continues from there. Without it, every run starts anew and leaves nothing when it "
            "is stopped. Temporary outputs are never continued."
        ),
        OUTPUT: (
            "GeoTIFF with what the model gives, 14 bands for kaguya_mi: the oxides (wt%), "
            "their sigmas (wt%; the 90 % interval is 1.645 sigma to either side), domain distance "
            "(above 1: a spectrum unlike all sampled ones; below 1 the spectrum is like a sampled "
            "one, which says nothing of the geology), and quality flags (0: good; 2 shadow, 4 "
            "saturated, 8 spectrum unlike all sampled ones, 16 outside the physical range, 32 "
            "implausible sum of oxides, 64 an interval wider than the spread of all training "
            "soils; they add up). A style file (.qml) beside it shows one oxide in colours where "
            "this plugin is missing."
        ),
    }
    OUTPUT_HELP = {
        VALID_PIXELS: "Pixels with a prediction.",
        TOTAL_PIXELS: "All pixels of the output.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._preferences = Preferences()
        self._extent: Optional[Tuple[float, float, float, float]] = None
        self._extent_wkt = ""
        self._mask: Optional[RegionSource] = None

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Reflectance raster")
        self.add_model_parameters()
        self.add_bands("Bands, in the model's order")
        self.add(QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True))
        self.add(
            QgsProcessingParameterFeatureSource(
                self.MASK,
                self.tr("Only inside polygons"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            )
        )
        self.add_scale_and_offset()
        self.add(
            choice_parameter(
                self.UNCERTAINTY,
                self.tr("Uncertainty"),
                UNCERTAINTIES,
                UNCERTAINTIES[0],
                [self.tr(each) for each in UNCERTAINTIES],
            )
        )
        for name, label, least in (
            (self.THREADS, "Threads", 1),
            (self.MEMORY, "Memory (MB)", LEAST_MEMORY_MB),
        ):
            self.add(
                QgsProcessingParameterNumber(
                    name,
                    self.tr(label),
                    QgsProcessingParameterNumber.Type.Integer,
                    optional=True,
                    minValue=least,
                ),
                advanced=True,
            )
        self.add(
            choice_parameter(self.DEVICE, self.tr("Device"), installed_devices(), CPU),
            advanced=True,
        )
        self.add(
            choice_parameter(
                self.CONTENT,
                self.tr("Content"),
                CONTENTS,
                Content.ALL.value,
                [self.tr(each) for each in CONTENTS],
            )
        )
        self.add(
            choice_parameter(
                self.ENCODING,
                self.tr("Encoding"),
                ENCODINGS,
                ENCODINGS[0],
                [self.tr(each) for each in ENCODINGS],
            )
        )
        self.add(
            choice_parameter(
                self.COMPRESSION,
                self.tr("Compression"),
                COMPRESSIONS,
                COMPRESSIONS[0],
                [*(self.tr(each) for each in COMPRESSIONS[:2]), *COMPRESSIONS[2:]],
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                self.CLOUD_OPTIMISED, self.tr("Cloud-optimised"), defaultValue=False
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                self.RESUME, self.tr("Continue an interrupted run"), defaultValue=True
            ),
            advanced=True,
        )
        self.add(QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Predicted oxides")))
        self.add_numbers((self.VALID_PIXELS, "Valid pixels"), (self.TOTAL_PIXELS, "Total pixels"))

    def prepare(self, run: Run) -> None:
        """Read the properties of the layers, on the thread that owns them."""
        super().prepare(run)
        self._extent, self._extent_wkt = read_extent(self, run.parameters, self.EXTENT, run.context)
        mask = run.optional_features(self.MASK)
        self._mask = None if mask is None else read_regions(mask, "")
        self._preferences = load_preferences()

    def execute(self, run: Run) -> Dict[str, Any]:
        """Predict, and load the result as styled layers."""
        # Imported here, because rasterio and onnxruntime are only needed to run a model.
        from ..core.geotiff.tile_codec import Compression
        from ..core.prediction.plan import PredictionRequest, predict_raster

        output = run.output(self.OUTPUT)
        compression = run.word(self.COMPRESSION)
        model = str(self.model_for(self._source, run))
        request = PredictionRequest(
            raster=self._source,
            output=output,
            model=model,
            model_choice=self._model_choice,
            extent=self._extent,
            extent_wkt=self._extent_wkt,
            mask=None if self._mask is None else region_layer(self._mask, run),
            threads=run.whole(self.THREADS) or self._preferences.threads or None,
            memory_mb=run.whole(self.MEMORY) or self._preferences.least_memory_mb(LEAST_MEMORY_MB),
            device=run.word(self.DEVICE),
            uncertainty=Uncertainty(run.word(self.UNCERTAINTY)),
            content=Content(run.word(self.CONTENT)),
            encoding=Encoding(run.word(self.ENCODING)),
            compression=None if compression == COMPRESSIONS[0] else Compression(compression),
            cloud_optimised=run.flag(self.CLOUD_OPTIMISED),
            resume=run.flag(self.RESUME) and not _is_temporary(output),
        )
        summary = predict_raster(request, run.progress)
        share = summary.outside_share
        run.info(
            self.tr("{valid} of {total} pixels predicted with {model}.").format(
                valid=summary.valid_pixels, total=summary.total_pixels, model=summary.model_title
            )
        )
        if share > 0.5:
            run.warn(
                self.tr(
                    "{share:.0%} of the predicted pixels have spectra unlike all sampled ones: "
                    "check that the raster is the sensor and product the model was trained for."
                ).format(share=share)
            )
        name = with_origin(f"{summary.model_title} - {self._raster_name}", summary.data_origin)
        if not _is_temporary(output):
            bands = find_bands(list(summary.layout.descriptions), output)
            write_style_file(Path(output), bands, summary.new_place, run.progress)
        loader = GroupLoader(output, name, prediction_layers(summary.layout, summary.new_place))
        load_on_completion(run.context, output, loader)
        return {
            self.OUTPUT: output,
            self.VALID_PIXELS: summary.valid_pixels,
            self.TOTAL_PIXELS: summary.total_pixels,
        }


def _is_temporary(path: str) -> bool:
    """Whether an output is temporary, with a name that no later run will have."""
    return Path(QgsProcessingUtils.tempFolder()).resolve() in Path(path).resolve().parents
