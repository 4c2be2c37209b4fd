"""A widget with a matplotlib figure: made when first shown, redrawn when the theme changes."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from io import BytesIO
from typing import Any, Iterator, Optional

from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QTableView, QVBoxLayout, QWidget

from ..core.files import write_bytes
from ..core.translation import is_translated, tr, untranslated
from .appearance import ChartStyle, print_style, style_of

#: Size and resolution of exported pictures: one column of a journal, in print quality.
EXPORT_INCHES = (6.0, 4.0)
EXPORT_DPI = 200
EXPORT_FONT_PT = 9.0

#: Fonts with Chinese letters, as Linux, Windows and macOS bring them; matplotlib's own has none.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "SimHei", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS",
)  # fmt: skip


#: First version of matplotlib that takes missing letters from further fonts.
FALLBACK_VERSION = (3, 6)


class Chart(QWidget):
    """Base of the plugin's charts. Subclasses draw; they do not keep matplotlib objects.

    Matplotlib is imported when the chart is first shown, so that the plugin loads quickly. Where it
    is missing, a text replaces the chart.
    """

    #: Size of exported pictures.
    export_inches = EXPORT_INCHES

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.canvas: Optional[Any] = None
        #: True while a picture is drawn, without what serves only the pointer.
        self.exporting = False
        # Themes made of style sheets set the colours of tables, not of plain widgets: use a
        # table's.
        self._model = QTableView(self)
        self._model.hide()
        self._missing: Optional[QLabel] = None
        # Several changes follow each other, and reach the table after this widget.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def draw(self, figure: Any, style: ChartStyle) -> None:
        """Draw into an empty figure."""
        raise NotImplementedError

    def canvas_made(self, canvas: Any) -> None:
        """Connect to a new canvas; does nothing by default."""

    def refresh(self) -> None:
        """Draw again, if the chart has been shown."""
        if self.canvas is None:
            return
        figure = self.canvas.figure
        self._model.ensurePolished()
        style = style_of(self._model)
        figure.clear()
        figure.set_facecolor(style.ground)
        figure.set_dpi(self.logicalDpiY() * getattr(self.canvas, "device_pixel_ratio", 1.0))
        with _with_chinese_letters():
            self.draw(figure, style)
        self.canvas.draw_idle()

    def save_picture(self, path: str) -> None:
        """Export as a picture, dark on white, independent of screen and theme.

        Parameters
        ----------
        path : str
            Ending in ``.svg`` for a vector graphic, anything else is PNG.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=self.export_inches, dpi=EXPORT_DPI)
        FigureCanvasAgg(figure)
        style = print_style(EXPORT_FONT_PT)
        figure.set_facecolor(style.ground)
        self.exporting = True
        try:
            with _with_chinese_letters():
                self.draw(figure, style)
        finally:
            self.exporting = False
        picture = BytesIO()
        kind = "svg" if path.lower().endswith(".svg") else "png"
        with _with_chinese_letters():
            figure.savefig(picture, dpi=EXPORT_DPI, facecolor=style.ground, format=kind)
        write_bytes(path, picture.getvalue(), what="picture")

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Make the canvas when the widget is first shown."""
        super().showEvent(event)
        if self.canvas is None and self._missing is None:
            self._make_canvas()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Redraw after a change of theme or font."""
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        ):
            self._soon.start()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Set the margins again: they are given in letters, so they depend on the size."""
        super().resizeEvent(event)
        self._soon.start()

    def _make_canvas(self) -> None:
        try:
            canvas_class, figure_class = _matplotlib()
        except (ImportError, OSError, AttributeError, RuntimeError) as error:
            # Broken installations raise more than ImportError, e.g. after a numpy upgrade.
            self._missing = QLabel(missing_text(error), self)
            self._missing.setWordWrap(True)
            self._missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._layout.addWidget(self._missing)
            return
        self.canvas = canvas_class(figure_class())
        # The page sets the chart's size, not matplotlib's default figure.
        self.canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.canvas.setMinimumSize(1, 1)
        self._layout.addWidget(self.canvas)
        self.canvas_made(self.canvas)
        self.refresh()


@contextmanager
def _with_chinese_letters() -> Iterator[None]:
    """Matplotlib with a font that has Chinese letters.

    From version 3.6 on, matplotlib takes letters that its own font lacks from the next one. Older
    versions use one font only: in a Chinese QGIS that is the Chinese one. Where the machine has
    none, charts are in English rather than in empty boxes.
    """
    from matplotlib import __version__, font_manager, rc_context, rcParams

    there = {font.name for font in font_manager.fontManager.ttflist}
    found = [name for name in CHINESE_FONTS if name in there][:1]
    families = [*rcParams["font.family"], *found]
    version = tuple(int(part) for part in __version__.split(".")[:2])
    if is_translated() and found and version < FALLBACK_VERSION:
        families = found
    language = untranslated() if is_translated() and not found else nullcontext()
    # Many Chinese fonts lack the minus sign of Unicode.
    with rc_context({"font.family": families, "axes.unicode_minus": families != found}), language:
        yield


def _matplotlib() -> Any:
    """Canvas and figure classes; the older module name serves matplotlib before 3.5."""
    from matplotlib.figure import Figure

    try:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    except ImportError:
        from matplotlib.backends.backend_qt5agg import FigureCanvasQTAgg
    return FigureCanvasQTAgg, Figure


def missing_text(error: Exception) -> str:
    """Text for the user where matplotlib cannot be used."""
    text = tr(
        "Charts need the Python package matplotlib, which QGIS's Python cannot import ({reason}). "
        "Tables, pins and export work without it."
    )
    return text.format(reason=str(error).strip() or type(error).__name__)


def fit_margins(
    figure: Any, style: ChartStyle, left: float, bottom: float, top: float = 0.9
) -> None:
    """Set margins in letters: `left` and `bottom` for ticks and labels, small other sides."""
    width, height = figure.get_size_inches()
    letter = style.font_pt / 72.0
    figure.subplots_adjust(
        left=min(0.45, left * letter / width),
        right=max(0.55, 1.0 - 1.6 * letter / width),
        bottom=min(0.45, bottom * letter / height),
        top=max(0.55, 1.0 - top * letter / height),
    )


def dress_axes(axes: Any, style: ChartStyle) -> None:
    """Draw background, frame, ticks and grid in the style's colours."""
    axes.set_facecolor(style.ground)
    for name, spine in axes.spines.items():
        spine.set_color(style.faint)
        spine.set_visible(name in ("left", "bottom"))
    axes.tick_params(colors=style.text, labelsize=0.9 * style.font_pt, length=3, color=style.faint)
    axes.grid(True, color=style.grid, linewidth=0.6)
    axes.set_axisbelow(True)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(style.text)
        label.set_fontsize(style.font_pt)
