"""A style file beside a prediction, with which QGIS shows it in colours without this plugin.

QGIS looks for ``NAME.qml`` when it opens ``NAME.tif``. The file shows the oxide that the plugin
would show first; with the plugin each oxide becomes a layer of its own.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Tuple

from ..chemistry.new_place import Skills, weakened_by
from ..chemistry.oxides import UNIT, Oxide
from ..errors import LunarOxideError
from ..files import is_there, write_text
from ..progress import Progress
from ..rasters.prediction_bands import PredictionBands

#: Viridis at ten even steps, perceptually uniform and suitable for colour-blind readers
#: (van der Walt & Smith 2015, released under CC0).
VIRIDIS: Tuple[str, ...] = (
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e",
    "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725",
)  # fmt: skip

#: Property of a layer that was opened with such a file.
STYLE_FILE = "lunar_oxide/style_file"

_STYLE = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Rendering|CustomProperties">
 <customproperties>
  <Option type="Map">
   <Option name="{mark}" type="QString" value="{oxide}"/>
  </Option>
 </customproperties>
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="{band}" opacity="1" alphaBand="-1"
    nodataColor="" classificationMin="{low}" classificationMax="{high}">
   <rasterTransparency/>
   <rastershader>
    <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0"
      minimumValue="{low}" maximumValue="{high}" labelPrecision="4">
     {items}
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
  <rasterresampler/>
 </pipe>
</qgis>
"""

#: Most bytes of a file in which the mark of our own is searched.
_MOST_BYTES = 65536


def style_path(raster: Path) -> Path:
    """The style file that QGIS reads for a raster.

    Parameters
    ----------
    raster : Path

    Returns
    -------
    Path
    """
    return raster.with_suffix(".qml")


def write_style_file(
    raster: Path, bands: PredictionBands, skills: Skills, progress: Progress
) -> None:
    """Write the style beside a prediction, unless a style of the user is there.

    The map is complete without it, so a style that cannot be written is only told.

    Parameters
    ----------
    raster : Path
        The finished prediction.
    bands : PredictionBands
    skills : mapping of oxide name to NewPlaceSkill
        The first oxide that tells something at a new place is shown.
    progress : Progress
        Hears why there is no style.
    """
    path = style_path(raster)
    if is_there(path) and not _is_own(path):
        progress.info(f"The style {path.name} is yours and stays as it is.")
        return
    little = weakened_by(tuple(bands.oxides), skills)
    telling = [oxide for oxide in bands.present if oxide.name not in little]
    oxide = (telling or bands.present)[0]
    try:
        write_text(path, render_style(oxide, bands.oxides[oxide.name]), "style")
    except LunarOxideError as error:
        progress.warn(f"The map is complete, but has no style file: {error}")


def render_style(oxide: Oxide, band: int) -> str:
    """A style of QGIS 3 for one oxide in its fixed range.

    Parameters
    ----------
    oxide : Oxide
    band : int
        Number of its band, from 1.

    Returns
    -------
    str
    """
    low, high = oxide.display_min, oxide.display_max
    steps = len(VIRIDIS) - 1
    items = []
    for step, colour in enumerate(VIRIDIS):
        value = low + (high - low) * step / steps
        label = escape(f"{oxide.name} {value:.1f} {UNIT}")
        items.append(f'<item value="{value:.9g}" color="{colour}" alpha="255" label="{label}"/>')
    return _STYLE.format(
        mark=STYLE_FILE,
        oxide=escape(oxide.name),
        band=band,
        low=f"{low:g}",
        high=f"{high:g}",
        items="\n     ".join(items),
    )


def _is_own(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return STYLE_FILE.encode() in file.read(_MOST_BYTES)
    except OSError:
        return False
