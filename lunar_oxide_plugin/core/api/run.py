"""What all runs have in common: plain values as objects of core, protected files, progress."""

from __future__ import annotations

import errno
import logging
import os
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Iterable, Iterator, Optional, Sequence, Tuple, Type, TypeVar, Union

from ..chemistry.column_names import WT_PER_UNIT
from ..chemistry.oxides import OXIDES, Oxide
from ..errors import LunarOxideError, NotWrittenError, OutputError
from ..files import cannot_write, final_path, inputs_of_run, is_folder
from ..progress import Progress
from ..rasters.raster_input import BandNodata, RasterInput
from ..sites.reasons import by_reason, name_list

AnyPath = Union[str, Path]
#: A raster as users name it: a path, or a description where the file does not tell everything.
AnyRaster = Union[str, Path, RasterInput]

LOGGER = logging.getLogger("lunar_oxide")

#: Meanings of a map's numbers, as ``map_band.stated_quantity`` takes them.
QUANTITIES: Tuple[str, ...] = tuple(
    f"{kind} {unit}" for unit in WT_PER_UNIT for kind in ("oxide", "element")
)

Choice = TypeVar("Choice", bound=Enum)


class LogProgress(Progress):
    """Gives warnings and log lines to the logger ``lunar_oxide``; never stops the run."""

    def info(self, message: str) -> None:
        """Log a line."""
        LOGGER.info("%s", message)

    def warn(self, message: str) -> None:
        """Log a warning."""
        LOGGER.warning("%s", message)

    def is_cancelled(self) -> bool:
        """Nobody can stop it but by an exception."""
        return False


def progress_or_log(progress: Optional[Progress]) -> Progress:
    """The given progress; without one, the log.

    Parameters
    ----------
    progress : Progress or None

    Returns
    -------
    Progress
    """
    return LogProgress() if progress is None else progress


@contextmanager
def protected(
    reads: Iterable[Optional[AnyPath]],
    writes: Iterable[Optional[AnyPath]],
    pages: Iterable[Optional[AnyPath]] = (),
    layer: Optional[AnyPath] = None,
) -> Iterator[None]:
    """Protect what a run reads, before it computes anything.

    Parameters
    ----------
    reads : iterable of path or None
        Rasters, tables, models.
    writes : iterable of path or None
        All files that the run is asked to make, `pages` included.
    pages : iterable of path or None
        Those that are laid out with Jinja2.
    layer : path, optional
        That of `writes` which becomes a vector layer.

    Raises
    ------
    OutputError
        If two outputs have one name, or an output's folder does not exist or may not be written.
        An output that is an input is refused when it is opened.
    PackageMissingError
        If a page cannot be laid out here.
    """
    from ..rasters.source_files import files_behind

    if any(pages):
        from ..reports.rendering import require_templates

        require_templates()
    wanted = [path for path in writes if path]
    require_different(wanted)
    for path in wanted:
        require_folder(path)
    if layer:
        from ..polygons.feature_file import require_layer

        require_layer(layer)
    names = [str(path) for path in reads if path]
    with inputs_of_run(lambda: files_behind(*names)):
        yield


def require_folder(output: AnyPath) -> None:
    """Refuse an output in a folder where no file can be made, before hours are computed.

    Parameters
    ----------
    output : path

    Raises
    ------
    NotWrittenError
    """
    final = final_path(Path(output))
    reason = errno.ENOENT
    if is_folder(final.parent):
        if os.access(final.parent, os.W_OK):
            return
        reason = errno.EACCES
    refused = OSError(reason, os.strerror(reason))
    raise NotWrittenError(cannot_write(Path(output), refused))


def require_different(outputs: Sequence[AnyPath]) -> None:
    """Refuse two outputs in one file, which would lose the first.

    Parameters
    ----------
    outputs : sequence of path

    Raises
    ------
    OutputError
    """
    places = [final_path(Path(output)).resolve() for output in outputs]
    for place, output in zip(places, outputs):
        if places.count(place) > 1:
            raise OutputError(f"Two outputs have the name {output}: give each a file of its own.")


def tell_left_out(pairs: Iterable[Tuple[str, str]], progress: Progress) -> None:
    """Log what was left out, one line for each reason.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Name and reason.
    progress : Progress
    """
    for reason, names in by_reason(pairs):
        progress.info(f"{len(names)} left out, {reason}: {name_list(names)}.")


def raster_of(
    raster: AnyRaster,
    crs: str = "",
    nodata: Sequence[float] = (),
    bands: Optional[Sequence[int]] = None,
    scale: Optional[float] = None,
    offset: Optional[float] = None,
) -> RasterInput:
    """The description of a raster, from its name and what its file does not tell.

    Parameters
    ----------
    raster : path or RasterInput
    crs : str
        Lunar CRS of the coordinates where the file's own is missing or wrong.
    nodata : sequence of float
        Further values that are no data, by the bands' own scale.
    bands : sequence of int, optional
        From 1, in the order of a model or formula.
    scale, offset : float, optional
        Reflectance = number * scale + offset.

    Returns
    -------
    RasterInput

    Raises
    ------
    RasterError
        If the CRS is not valid.
    """
    found = raster if isinstance(raster, RasterInput) else RasterInput(str(raster))
    if crs:
        from ..moon.lunar_crs import wkt_of

        found = replace(found, crs_wkt=wkt_of(crs))
    if nodata:
        found = replace(
            found, nodata=(BandNodata(0, tuple((value, value) for value in nodata)), *found.nodata)
        )
    if bands is not None:
        found = replace(found, bands=tuple(bands) or None)
    if scale is not None or offset is not None:
        found = replace(
            found,
            scale=found.scale if scale is None else scale,
            offset=found.offset if offset is None else offset,
        )
    return found


def path_of(raster: AnyRaster) -> str:
    """The name of a raster, for messages and for the protection of inputs.

    Parameters
    ----------
    raster : path or RasterInput

    Returns
    -------
    str
    """
    return raster.path if isinstance(raster, RasterInput) else str(raster)


def file_of(features: AnyPath) -> str:
    """The file of features, without the name of a layer in it.

    Parameters
    ----------
    features : path
        ``FILE`` or ``FILE|layername=NAME``.

    Returns
    -------
    str
    """
    return str(features).partition("|")[0]


def choice_of(kind: Type[Choice], word: Union[str, Choice], name: str) -> Choice:
    """A member of an enumeration, from its value; hyphens may stand for spaces.

    Parameters
    ----------
    kind : type of Enum
        Its values are words.
    word : str or member
    name : str
        Of the argument, for the message.

    Returns
    -------
    member of `kind`

    Raises
    ------
    LunarOxideError
    """
    if isinstance(word, kind):
        return word
    for member in kind:
        if str(member.value).replace(" ", "-").lower() == str(word).replace(" ", "-").lower():
            return member
    known = ", ".join(repr(member.value) for member in kind)
    raise LunarOxideError(f"{name} is {word!r}: give one of {known}.")


def oxide_named(name: str) -> Optional[Oxide]:
    """The oxide of a formula; None for an empty name.

    Parameters
    ----------
    name : str

    Returns
    -------
    Oxide or None

    Raises
    ------
    LunarOxideError
    """
    if not name:
        return None
    for oxide in OXIDES:
        if oxide.key == name.lower():
            return oxide
    known = ", ".join(oxide.name for oxide in OXIDES)
    raise LunarOxideError(f"{name!r} is no oxide that is known here: give one of {known}.")


def require_quantity(quantity: str) -> None:
    """Refuse words that do not tell what a map's numbers are.

    Parameters
    ----------
    quantity : str
        Empty for none.

    Raises
    ------
    LunarOxideError
    """
    if quantity and quantity not in QUANTITIES:
        known = ", ".join(map(repr, QUANTITIES))
        raise LunarOxideError(f"The quantity is {quantity!r}: give one of {known}.")
