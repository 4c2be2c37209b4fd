"""`lunaroxide:mosaictiles`: many tiles as one virtual raster."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
)

from ..core.translation import tr
from .base import LunarOxideAlgorithm
from .raster_layer import plain_path
from .reflectance_style import style_reflectance
from .result_groups import LayerLoader, load_on_completion
from .run import Run

#: Number of folders and tiles in the name of a mosaic's layer.
MOST_NAMES = 3


class VirtualRasterDestination(QgsProcessingParameterRasterDestination):
    """A raster destination that offers .vrt, as QGIS's own 'Build virtual raster' does."""

    def clone(self) -> VirtualRasterDestination:
        """A copy."""
        return VirtualRasterDestination(self.name(), self.description())

    def defaultFileExtension(self) -> str:  # noqa: N802 - QGIS's name
        """The extension of temporary outputs."""
        return "vrt"

    def createFileFilter(self) -> str:  # noqa: N802 - QGIS's name
        """The file dialog's filter."""
        return "VRT files (*.vrt *.VRT)"

    def supportedOutputRasterLayerExtensions(self) -> List[str]:  # noqa: N802 - QGIS's name
        """Accepted extensions."""
        return ["vrt"]


class MosaicTiles(LunarOxideAlgorithm):
    """Joins tiles without copying pixels."""

    NAME = "mosaictiles"
    GROUP = "Map"
    DISPLAY_NAME = "Mosaic tiles"
    SUMMARY = (
        "Makes one virtual raster of many tiles, for 'Predict oxides' to map in one run. No pixel "
        "is copied: the result is a small file that names the tiles, with lunar CRS, band names, "
        "wavelengths, scale and no-data value; a tile is opened only when its pixels are read. "
        "Whole MI_MAP tiles are placed by the corner in their names, so that a Moon of them takes "
        "seconds; crops keep their own georeference. What cannot be read is named and left out."
    )
    FOLDER = "FOLDER"
    TILES = "TILES"
    OUTPUT = "OUTPUT"
    N_TILES = "N_TILES"
    HELP = {
        FOLDER: (
            "Folder with tiles, searched with its subfolders. MI_MAP tiles (.lbl, or .img of "
            "version 2) are taken if there are any, other rasters if there are none. Of a tile "
            "found in two versions the newer is taken."
        ),
        TILES: (
            "Tiles one by one, instead of a folder or besides it: MI_MAP tiles, or any rasters of "
            "one kind on one pixel grid; where these overlap, the last one lies on top."
        ),
        OUTPUT: "Virtual raster (.vrt). The tiles must stay where they are, seen from it.",
    }
    OUTPUT_HELP = {N_TILES: "Tiles in the mosaic."}
    CITATION = (
        "Ohtake et al. (2008), Earth, Planets and Space 60, 257-264, doi 10.1186/BF03352789 "
        "(the Multiband Imager); tile names and layout: the labels of MI_MAP products, "
        "SLN-L-MI-5-MAP-V3.0, JAXA/SELENE."
    )

    def __init__(self) -> None:
        super().__init__()
        self._places: List[str] = []

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add(
            QgsProcessingParameterFile(
                self.FOLDER,
                self.tr("Folder of tiles"),
                behavior=QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            )
        )
        self.add(
            QgsProcessingParameterMultipleLayers(
                self.TILES,
                self.tr("Tiles"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            )
        )
        self.add(VirtualRasterDestination(self.OUTPUT, self.tr("Mosaic")))
        self.addOutput(QgsProcessingOutputNumber(self.N_TILES, self.tr("Tiles")))

    def checkParameterValues(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Require a folder or tiles."""
        if not parameters.get(self.FOLDER) and not parameters.get(self.TILES):
            return False, self.tr("Give a folder of tiles, or tiles.")
        result: Tuple[bool, str] = super().checkParameterValues(parameters, context)
        return result

    def prepare(self, run: Run) -> None:
        """Read the paths of the layers, on the thread that owns them."""
        folder = run.file(self.FOLDER)
        layers = self.parameterAsLayerList(run.parameters, self.TILES, run.context) or []
        self._places = [folder] if folder else []
        self._places += [plain_path(layer) for layer in layers]

    def execute(self, run: Run) -> Dict[str, Any]:
        """Write the virtual raster."""
        from ..core.rasters.mosaic import find_rasters, plan_mosaic
        from ..core.rasters.mosaic_vrt import write_mosaic

        output = run.output(self.OUTPUT)
        progress = run.progress
        mosaic = plan_mosaic(find_rasters(self._places, progress), progress)
        write_mosaic(mosaic, Path(output))
        run.info(
            self.tr("{n} tiles, {width} x {height} pixels.").format(
                n=len(mosaic.tiles), width=mosaic.width, height=mosaic.height
            )
        )
        names = ", ".join(Path(place).name for place in self._places[:MOST_NAMES])
        if len(self._places) > MOST_NAMES:
            names += " ..."
        name = tr("Mosaic of {names}").format(names=names)
        loader = LayerLoader(output, name, style_reflectance)
        load_on_completion(run.context, output, loader)
        return {self.OUTPUT: output, self.N_TILES: len(mosaic.tiles)}
