"""Charts of a page as files of their own: SVG that needs no page around it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import List, Sequence, Tuple, Union
from urllib.parse import quote

from ..errors import NotWrittenError
from ..files import cannot_write, write_text
from .rendering import TEMPLATES

_STYLE = TEMPLATES / "style.css"

#: An SVG's identity and size in what `charts.svg.drawing` makes.
_IDENT = re.compile(r'<svg [^>]*?\bid="([^"]+)"')
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)


def drawings(page: str) -> List[Tuple[str, str]]:
    """Name and SVG of every chart of a page, in order.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    list of (str, str)
        Swatches of legends are left out.
    """
    found = []
    for svg in _DRAWING.findall(page):
        ident = _IDENT.match(svg)
        if ident is not None and _VIEW.search(svg):
            found.append((ident.group(1), svg))
    return found


def standalone(svg: str) -> str:
    """A chart as a file: dark on white, with its own styles and without variables.

    Parameters
    ----------
    svg : str
        As `charts.svg.drawing` makes it.

    Returns
    -------
    str
        XML.
    """
    size = _VIEW.search(svg)
    width, height = size.groups() if size is not None else ("360", "344")
    head = f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    body = svg.replace("<svg ", f"<svg {head}", 1).replace("&nbsp;", "\u00a0")
    cut = body.index(">") + 1
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    style = f"<style>{_rules()}</style>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body[:cut]}{style}{ground}{body[cut:]}\n'


def write_charts(page: str, folder: Union[str, Path]) -> List[Path]:
    """Write every chart of a page into a folder, which is made if needed.

    Parameters
    ----------
    page : str
        HTML.
    folder : str or Path
        Files of the same names in it are replaced.

    Returns
    -------
    list of Path

    Raises
    ------
    OutputError
        If the folder cannot be made or a file cannot be written.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(cannot_write(place, error, "folder of charts")) from error
    paths = []
    for name, svg in drawings(page):
        path = place / f"{name}.svg"
        write_text(path, standalone(svg), "chart")
        paths.append(path)
    return paths


def address(target: Union[str, Path], page: Union[str, Path]) -> str:
    """Address of a file in a link of a page: relative, so that both can be moved together.

    Parameters
    ----------
    target, page : str or Path

    Returns
    -------
    str
    """
    file, folder = Path(target).absolute(), Path(page).absolute().parent
    try:
        return quote(Path(os.path.relpath(file, folder)).as_posix())
    except ValueError:  # another drive of Windows
        return file.as_uri()


def _rules() -> str:
    """The styles of charts, with the values of the light theme in place of variables."""
    text = _STYLE.read_text(encoding="utf-8")
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text[: text.index("@media")]))
    screen = text[: text.index("/* Small screens */")]
    rules: Sequence[str] = re.findall(r"^(\.plot [^{]+\{[^}]*\})", screen, re.MULTILINE)
    more = re.findall(r"(?<=\} )(\.plot [^{]+\{[^}]*\})", screen)
    written = "\n".join([*rules, *more])
    base = (
        "svg { font-family: Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', sans-serif }"
    )
    return (
        base
        + "\n"
        + re.sub(r"var\((--[\w-]+)\)", lambda hit: values[hit.group(1)].strip(), written)
    )
