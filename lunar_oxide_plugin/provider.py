"""The Processing provider `lunaroxide`."""

from __future__ import annotations

from pathlib import Path
from typing import List

from osgeo import gdal
from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.add_sample_sites import AddSampleSites
from .algorithms.check_predictions import CheckPredictions
from .algorithms.check_regions import CheckRegions
from .algorithms.colour_composite import ColourComposite
from .algorithms.compare_rasters import CompareRasters
from .algorithms.derived_products import DerivedProducts
from .algorithms.describe_model import DescribeModel
from .algorithms.explain_prediction import ExplainPrediction
from .algorithms.live_oxides import LiveOxides
from .algorithms.mosaic_tiles import MosaicTiles
from .algorithms.predict_oxides import PredictOxides
from .algorithms.predict_spectra import PredictSpectra
from .algorithms.print_map import PrintMap
from .algorithms.refine_model import RefineModel
from .algorithms.spectral_parameters import SpectralParameters
from .algorithms.summarize_regions import SummarizeRegions
from .algorithms.transect import ReadTransect
from .core.geotiff.reading_program import set_unreadable
from .core.version import VERSION

ICON = Path(__file__).resolve().parent / "resources" / "icon.svg"


class LunarOxideProvider(QgsProcessingProvider):
    """Provides the plugin's algorithms to the toolbox, models, batch and scripts."""

    def id(self) -> str:
        """Identifier; part of every algorithm's id."""
        return "lunaroxide"

    def name(self) -> str:
        """Name in the toolbox."""
        return "Lunar Oxide"

    def longName(self) -> str:  # noqa: N802 - QGIS's name
        """Name with version."""
        return f"Lunar Oxide {VERSION}"

    def icon(self) -> QIcon:
        """Icon in the toolbox."""
        return QIcon(str(ICON))

    def defaultRasterFileExtension(self) -> str:  # noqa: N802 - QGIS's name
        """Extension of temporary rasters, independent of the user's setting for other providers."""
        return "tif"

    def supportedOutputRasterLayerExtensions(self) -> List[str]:  # noqa: N802 - QGIS's name
        """Extensions of the rasters that can be written."""
        return ["tif", "tiff"]

    def defaultVectorFileExtension(self, hasGeometry: bool = True) -> str:  # noqa: N802, N803
        """Extension of temporary vector files, which keep the lunar CRS and field names."""
        return "gpkg"

    def loadAlgorithms(self) -> None:  # noqa: N802 - QGIS's name
        """Add the algorithms, and tell their writers what this QGIS can read."""
        options = gdal.GetDriverByName("GTiff").GetMetadataItem("DMD_CREATIONOPTIONLIST") or ""
        wanted = ("ZSTD", "LERC_ZSTD")
        set_unreadable(name.lower() for name in wanted if f">{name}<" not in options)
        for algorithm in (
            AddSampleSites(),
            CheckPredictions(),
            CheckRegions(),
            ColourComposite(),
            CompareRasters(),
            DerivedProducts(),
            DescribeModel(),
            ExplainPrediction(),
            LiveOxides(),
            MosaicTiles(),
            PredictOxides(),
            PredictSpectra(),
            PrintMap(),
            RefineModel(),
            SpectralParameters(),
            SummarizeRegions(),
            ReadTransect(),
        ):
            self.addAlgorithm(algorithm)
