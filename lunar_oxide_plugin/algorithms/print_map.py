"""`lunaroxide:printmap`: a page with maps of a prediction, as layout, PDF and PNG."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Dict, Optional

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutExporter,
    QgsPrintLayout,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingOutputString,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..core.chemistry.oxides import OXIDES
from ..core.errors import OutputError
from ..core.files import not_complete, open_output
from .extent_parameter import read_extent
from .input_algorithms import RasterAlgorithm
from .printed_map import PrintRequest, print_map, rectangle_in
from .run import Run

#: First and last bytes of the files that are written.
_SIGNATURES = {"PDF": (b"%PDF", b"%%EOF"), "PNG": (b"\x89PNG", b"IEND")}


class PrintMap(RasterAlgorithm):
    """Makes a print layout of a prediction, and exports it."""

    NAME = "printmap"
    GROUP = "Map"
    DISPLAY_NAME = "Print map"
    SUMMARY = (
        "Makes a page with maps of a prediction: one oxide or all six, legends in wt% with the "
        "90 % interval, a scale bar in kilometres on the Moon, a grid of selenographic longitude "
        "and latitude, sample sites, quality flags, model, data and citation. The page is a print "
        "layout of the project, which you can edit (Project > Layouts), and a PDF or PNG file."
    )
    OXIDES = "OXIDES"
    SITES = "SITES"
    TITLE = "TITLE"
    EXTENT = "EXTENT"
    CRS = "CRS"
    DPI = "DPI"
    PDF = "PDF"
    PNG = "PNG"
    LAYOUT = "LAYOUT"
    HELP = {
        "INPUT": (
            "A raster made by 'Predict oxides'. Layers of the project that show its bands are "
            "printed in their own style; missing ones are added."
        ),
        OXIDES: "Oxides to print, one map each; all by default.",
        SITES: "Points to draw, e.g. the layer of 'Add sample sites', in their own style.",
        TITLE: "Title of the page.",
        EXTENT: "Part to print; the whole prediction by default.",
        CRS: "Lunar CRS of the maps; that of the prediction by default.",
        DPI: "Resolution of the PNG, and of rasters in the PDF.",
        PDF: "The page as PDF, its texts and lines as vectors.",
        PNG: "The page as picture.",
    }
    OUTPUT_HELP = {LAYOUT: "Name of the layout in the project."}

    def __init__(self) -> None:
        super().__init__()
        self._layer: Optional[QgsRasterLayer] = None
        self._sites: Optional[QgsVectorLayer] = None

    def flags(self) -> Any:
        """Run on the main thread, to which the project and its layouts belong."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Predicted oxides")
        self.add(
            QgsProcessingParameterEnum(
                self.OXIDES,
                self.tr("Oxides"),
                options=[oxide.name for oxide in OXIDES],
                allowMultiple=True,
                optional=True,
            )
        )
        self.add(
            QgsProcessingParameterVectorLayer(
                self.SITES,
                self.tr("Sample sites"),
                [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True,
            )
        )
        self.add(QgsProcessingParameterString(self.TITLE, self.tr("Title"), optional=True))
        self.add(QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True))
        self.add(QgsProcessingParameterCrs(self.CRS, self.tr("CRS"), optional=True), advanced=True)
        self.add(
            QgsProcessingParameterNumber(
                self.DPI,
                self.tr("Resolution (dots per inch)"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=300,
                minValue=50,
                maxValue=1200,
            ),
            advanced=True,
        )
        self.add_files(
            (self.PDF, "PDF", "PDF files (*.pdf)"), (self.PNG, "Picture", "PNG files (*.png)")
        )
        if not self.addOutput(QgsProcessingOutputString(self.LAYOUT, self.tr("Layout"))):
            raise RuntimeError("the output is declared twice")

    def prepare(self, run: Run) -> None:
        """Take the layers."""
        super().prepare(run)
        self._layer = run.raster(self.INPUT)
        self._sites = self.parameterAsVectorLayer(run.parameters, self.SITES, run.context)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Make the layout, and export it."""
        layer = self._layer or run.raster(self.INPUT)
        project = run.context.project() or QgsProject.instance()
        # QGIS takes an empty list of options for the first option.
        given = run.parameters.get(self.OXIDES) not in (None, "", [])
        chosen = self.parameterAsEnums(run.parameters, self.OXIDES, run.context) if given else []
        crs = self.parameterAsCrs(run.parameters, self.CRS, run.context)
        crs = crs if crs.isValid() else layer.crs()
        layout = print_map(
            project,
            PrintRequest(
                layer=layer,
                oxides=[OXIDES[place] for place in chosen],
                crs=crs,
                extent=self._extent(run, project, layer, crs),
                sites=self._sites,
                title=run.text(self.TITLE),
            ),
        )
        run.info(
            self.tr("The layout {name} is in the project: Project > Layouts.").format(
                name=layout.name()
            )
        )
        outputs: Dict[str, Any] = {self.LAYOUT: layout.name()}
        try:
            for name in (self.PDF, self.PNG):
                path = run.output_file(name)
                if path:
                    export(layout, Path(path), name, run.whole(self.DPI))
                    outputs[name] = path
        except BaseException:
            project.layoutManager().removeLayout(layout)
            raise
        return outputs

    def _extent(
        self,
        run: Run,
        project: QgsProject,
        layer: QgsRasterLayer,
        crs: QgsCoordinateReferenceSystem,
    ) -> Optional[QgsRectangle]:
        """The extent in the CRS of the map."""
        bounds, wkt = read_extent(self, run.parameters, self.EXTENT, run.context)
        if bounds is None:
            return None
        given = QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else layer.crs()
        return rectangle_in(project, QgsRectangle(*bounds), given, crs, layer.name())


def export(layout: QgsPrintLayout, target: Path, kind: str, dpi: int) -> None:
    """Write a layout as a file.

    Parameters
    ----------
    layout : QgsPrintLayout
    target : Path
    kind : str
        ``"PDF"`` or ``"PNG"``.
    dpi : int
        Dots per inch.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file of this name is then untouched.
    """
    with open_output(target) as output:
        # The exporter takes the format from the name, and may write files of its own beside.
        folder = output.path.parent / "page"
        folder.mkdir()
        path = folder / f"page.{kind.lower()}"
        # QGIS also tries to write the page's place into the picture, which PNG cannot hold.
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            result = _write(layout, str(path), kind, dpi)
        finally:
            gdal.PopErrorHandler()
        if result == QgsLayoutExporter.ExportResult.MemoryError:
            raise MemoryError("the page is too large")
        if result != QgsLayoutExporter.ExportResult.Success or not path.is_file():
            raise output.failed(OSError("QGIS cannot write the page"))
        path.replace(output.path)
        shutil.rmtree(folder)

        def is_whole(written: Path) -> None:
            content = written.read_bytes()
            start, end = _SIGNATURES[kind]
            if not content.startswith(start) or end not in content[-64:]:
                raise OutputError(not_complete(target))

        output.commit(is_whole)


def _write(layout: QgsPrintLayout, path: str, kind: str, dpi: int) -> Any:
    exporter = QgsLayoutExporter(layout)
    if kind == "PDF":
        pdf = QgsLayoutExporter.PdfExportSettings()
        pdf.dpi = dpi
        return exporter.exportToPdf(path, pdf)
    image = QgsLayoutExporter.ImageExportSettings()
    image.dpi = dpi
    return exporter.exportToImage(path, image)
