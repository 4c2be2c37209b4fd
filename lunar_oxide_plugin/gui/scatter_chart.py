"""Density plot of pixels in the plane of two quantities, with stations and a brush."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..algorithms.site_layers import MISSION_STYLES, OTHER_STYLE
from ..core.probe.axes import PlotAxis
from ..core.translation import tr
from .appearance import ChartStyle
from .chart import Chart, dress_axes, fit_margins
from .chart_zoom import ChartZoom
from .selection_item import HIGHLIGHT_COLOUR

Ring = Tuple[Tuple[float, float], ...]

#: Marker of matplotlib for each shape of the map's symbols.
MARKERS = {"circle": "o", "square": "s", "star": "*", "diamond": "D"}

#: Distance in screen pixels within which the pointer selects a station.
REACH_PX = 9.0


@dataclass(frozen=True)
class ScatterData:
    """Content of the plot; `density` and `stations` come from `core.probe.scatter`.

    `ranges` are those of both axes when everything is shown; `density` may cover a part of them.
    """

    x: PlotAxis
    y: PlotAxis
    ranges: Tuple[Tuple[float, float], Tuple[float, float]]
    density: Any
    stations: Tuple[Any, ...]


class ScatterChart(Chart):
    """Draws the density, names the station under the pointer, and lets the user brush a region.

    Signals
    -------
    brushed(tuple)
        Corners of the region, in the quantities' units.
    pointed(str)
        The station under the pointer; empty for none.
    """

    brushed = pyqtSignal(tuple)
    pointed = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._data: Optional[ScatterData] = None
        self._ring: Ring = ()
        self._lasso = False
        self._selector: Any = None
        self._named = ""
        self.zoom = ChartZoom(self, box=False)
        self.setAccessibleName(tr("Scatter plot"))

    def set_data(self, data: Optional[ScatterData]) -> None:
        """Show other pixels, and remove the brushed region."""
        self._data = data
        self._ring = ()
        self.zoom.forget()
        self.refresh()

    def set_density(self, density: Any) -> None:
        """Show the same pixels counted in other bins, after zooming."""
        if self._data is not None:
            self._data = replace(self._data, density=density)
            self.refresh()

    def set_ring(self, ring: Ring) -> None:
        """Show a brushed region; empty for none."""
        self._ring = ring
        self.refresh()

    def use_lasso(self, lasso: bool) -> None:
        """Brush with a free line, or a rectangle."""
        self._lasso = lasso
        self._arm()

    def canvas_made(self, canvas: Any) -> None:
        """Connect to the pointer's events."""
        canvas.setAccessibleName(tr("Scatter plot"))
        canvas.mpl_connect("motion_notify_event", self._moved)
        self.zoom.connect_canvas(canvas)

    def refresh(self) -> None:
        """Draw again, and enable the brush again."""
        super().refresh()
        self._arm()

    def draw(self, figure: Any, style: ChartStyle) -> None:
        """Draw into an empty figure."""
        from matplotlib.colors import LogNorm

        axes = figure.add_subplot()
        fit_margins(figure, style, left=5.2, bottom=3.4, top=3.2)
        dress_axes(axes, style)
        data = self._data
        if data is None:
            axes.text(
                0.5, 0.5, tr("No prediction yet"), transform=axes.transAxes,
                ha="center", va="center", color=style.faint, fontsize=style.font_pt,
            )  # fmt: skip
            return
        axes.set_xlabel(data.x.axis)
        axes.set_ylabel(data.y.axis)
        density = data.density
        if density.counts.any():
            mesh = axes.pcolormesh(
                density.x_edges, density.y_edges, density.counts, cmap="viridis",
                norm=LogNorm(vmin=1, vmax=max(2, density.counts.max())), rasterized=True, zorder=2,
            )  # fmt: skip
            # Bins without a pixel are transparent.
            mesh.set_array(_masked(density.counts))
            _colour_bar(figure, axes, mesh, style)
        _draw_stations(axes, data, style)
        axes.set_xlim(*data.ranges[0])
        axes.set_ylim(*data.ranges[1])
        self.zoom.apply(axes)
        if self._ring:
            xs, ys = zip(*self._ring, self._ring[0])
            axes.plot(xs, ys, color=style.ground, linewidth=3.0, zorder=6)
            axes.plot(xs, ys, color=HIGHLIGHT_COLOUR, linewidth=1.6, zorder=7)

    def _arm(self) -> None:
        """Make a new brush, because clearing the figure removes the old one."""
        self._selector = None
        if self.canvas is None or self._data is None or not self.canvas.figure.axes:
            return
        from matplotlib.widgets import LassoSelector, RectangleSelector

        axes = self.canvas.figure.axes[0]
        if self._lasso:
            line = {"color": HIGHLIGHT_COLOUR, "linewidth": 1.6}
            self._selector = _selector(LassoSelector, axes, self._lassoed, line, "lineprops")
        else:
            box = {"edgecolor": HIGHLIGHT_COLOUR, "fill": False, "linewidth": 1.6}
            self._selector = _selector(RectangleSelector, axes, self._boxed, box, "rectprops")

    def _lassoed(self, corners: List[Tuple[float, float]]) -> None:
        if len(corners) > 2:
            self.brushed.emit(tuple((float(x), float(y)) for x, y in corners))

    def _boxed(self, press: Any, release: Any) -> None:
        x0, x1 = float(press.xdata), float(release.xdata)
        y0, y1 = float(press.ydata), float(release.ydata)
        if x0 != x1 and y0 != y1:
            self.brushed.emit(((x0, y0), (x1, y0), (x1, y1), (x0, y1)))

    def _moved(self, event: Any) -> None:
        name = ""
        if self._data is not None and event.inaxes is not None:
            nearest = REACH_PX
            for point in self._data.stations:
                x, y = event.inaxes.transData.transform((point.x, point.y))
                distance = ((x - event.x) ** 2 + (y - event.y) ** 2) ** 0.5
                if distance < nearest:
                    nearest = distance
                    name = f"{point.site.station_id} ({point.site.name})"
        if name != self._named:
            self._named = name
            self.pointed.emit(name)


def _masked(counts: Any) -> Any:
    import numpy as np

    return np.ma.masked_equal(counts, 0)


def _selector(
    kind: Any, axes: Any, run: Callable[..., None], look: Dict[str, Any], older: str
) -> Any:
    """A selector; before matplotlib 3.5 the keyword of its style was another."""
    try:
        return kind(axes, run, useblit=True, button=[1], props=look)
    except TypeError:
        return kind(axes, run, useblit=True, button=[1], **{older: look})


def _draw_stations(axes: Any, data: ScatterData, style: ChartStyle) -> None:
    known = {mission: (colour, shape) for mission, colour, shape in MISSION_STYLES}
    for point in data.stations:
        colour, shape = known.get(point.site.mission, OTHER_STYLE)
        axes.plot(
            [point.x], [point.y], marker=MARKERS.get(shape, "o"), color=colour, linestyle="none",
            markersize=9.0 if shape == "star" else 5.5, markeredgecolor="#202020",
            markeredgewidth=0.7, zorder=5,
        )  # fmt: skip


def _colour_bar(figure: Any, axes: Any, mesh: Any, style: ChartStyle) -> None:
    place = axes.get_position()
    height = style.font_pt / 72.0 / figure.get_size_inches()[1]
    bar_axes = figure.add_axes([place.x0, place.y1 + 0.45 * height, place.width, 0.5 * height])
    bar = figure.colorbar(mesh, cax=bar_axes, orientation="horizontal")
    bar_axes.xaxis.set_ticks_position("top")
    bar_axes.tick_params(
        labelsize=0.8 * style.font_pt, labelcolor=style.text, color=style.faint, length=2, pad=1
    )
    bar_axes.minorticks_off()
    bar_axes.text(
        1.0, -0.35, tr("pixels"), transform=bar_axes.transAxes, ha="right", va="top",
        color=style.text, fontsize=0.8 * style.font_pt,
    )  # fmt: skip
    bar.outline.set_edgecolor(style.faint)
