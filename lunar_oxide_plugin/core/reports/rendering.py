"""Make pages from templates: the only use of Jinja2, and the tables that templates take.

Only features of Jinja2 2.11 are used: QGIS 3.22 has no newer version on some platforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, List, Optional, Sequence, Tuple, Union

from ..errors import PackageMissingError
from .localised import localised

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
    small : tuple of str
        Small lines below the text; empty ones are left out.
    css : str
        Further classes; those of a row's first cell apply to the row.
    glyph : str
        Class of the mark before the text, e.g. ``"seen"``.
    """

    text: str
    small: Tuple[str, ...] = ()
    css: str = ""
    glyph: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its title, its class (``"num"`` is right-aligned), and the class of its cells."""

    title: str
    css: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of a table under one title; an empty title has no line."""

    rows: Sequence[Sequence[Union[str, Cell]]]
    title: str = ""
    glyph: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose first column names the row.

    Attributes
    ----------
    title : str
        Title for screen readers.
    css : str
        Class of the table.
    columns : sequence of Column
    groups : sequence of Group
    spans : sequence of (title, number of columns)
        A first line of titles over the last columns.
    caption : str
        Shown above the table.
    """

    title: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    css: str = ""
    spans: Sequence[Tuple[str, int]] = ()
    caption: str = ""

    @property
    def rows(self) -> List[Sequence[Union[str, Cell]]]:
        """Rows of all groups."""
        return [row for group in self.groups for row in group.rows]

    @property
    def spanned(self) -> int:
        """Number of columns below `spans`."""
        return sum(width for _, width in self.spans)


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; `lines` follow the caption's title."""

    title: str
    svg: str
    lines: Tuple[str, ...] = ()


def plain_table(
    title: str,
    head: Iterable[str],
    rows: Sequence[Sequence[Union[str, Cell]]],
    numeric_from: Optional[int] = 1,
    caption: str = "",
) -> Table:
    """A table without groups; columns from `numeric_from` on are right-aligned."""
    columns = [
        Column(text, "num" if numeric_from is not None and place >= numeric_from else "")
        for place, text in enumerate(head)
    ]
    return Table(title, columns, [Group(rows)], caption=caption)


def require_templates() -> None:
    """Check before the computation that a report can be made.

    Raises
    ------
    PackageMissingError
        If Jinja2 cannot be imported.
    """
    _environment()


def render(template: str, **view: Any) -> str:
    """Lay out a page in the user's language: all text of `view` is escaped, `Markup` is not.

    Parameters
    ----------
    template : str
        File name, e.g. ``"check.html"``.
    **view : object
        Values for the template; a missing name is an error.

    Raises
    ------
    PackageMissingError
        If Jinja2 cannot be imported.
    """
    # Each section adds its title here during the layout; the frame lists the titles at the top.
    contents: List[Tuple[str, str]] = []
    return localised(_environment().get_template(template).render(contents=contents, **view))


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise PackageMissingError(
            f"Reports need the Python package Jinja2, which cannot be imported here ({error}): "
            "install it into QGIS's Python (Debian and Ubuntu: apt install python3-jinja2; "
            "OSGeo4W shell: python -m pip install jinja2) and start QGIS again, or run without "
            "the report."
        ) from error
    return Environment(
        loader=FileSystemLoader(str(TEMPLATES), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
