"""Errors for the user; each message says in one sentence what is wrong, where, and what to do."""

from __future__ import annotations

from .translation import tr_message


class LunarOxideError(Exception):
    """Base of all errors that are shown to the user, in the user's language."""

    def __str__(self) -> str:
        return tr_message(super().__str__())


def system_error(error: OSError, name: str = "") -> str:
    """The sentence for what the operating system refuses: a name, a permission, a lost disk.

    Parameters
    ----------
    error : OSError
    name : str
        Of what was read or written, where the error does not say it.

    Returns
    -------
    str
    """
    return (
        f"{error.filename or name or 'A file'} cannot be read or written "
        f"({error.strerror or error}): check that its disk is connected and that you may read "
        "and write there."
    )


def note_kept(error: BaseException, where: str) -> None:
    """Note on an error that what is done was kept, so that the same run continues it.

    Parameters
    ----------
    error : BaseException
        That ends the run; it may be of any kind.
    where : str
        File or folder that holds what is done.
    """
    vars(error)["kept_in"] = where


def kept_in(error: BaseException) -> str:
    """Where the part of a run that was done before an error is kept.

    Parameters
    ----------
    error : BaseException

    Returns
    -------
    str
        Empty where nothing is kept.
    """
    return str(vars(error).get("kept_in", ""))


class RasterError(LunarOxideError):
    """A raster cannot be read, or is not what the operation needs."""


class DiskError(RasterError):
    """The operating system does not let a file be read or written."""


class NoOverlapError(RasterError):
    """A map and what it is compared with have no place in common; neither need be wrong."""


class SourceChangedError(RasterError):
    """A raster was changed or removed while it was read: what was computed of it is useless."""


class BandMappingError(LunarOxideError):
    """The model's bands cannot be found in the raster."""


class NoSpectrumError(LunarOxideError):
    """There is no usable reflectance at a place."""


class ReflectanceRangeError(LunarOxideError):
    """Values are not reflectance as the model needs it (unscaled DN, percent ...)."""


class ModelError(LunarOxideError):
    """A model file is missing, malformed, or does not fit the request."""


class PackageMissingError(LunarOxideError):
    """A Python package that the operation needs cannot be imported in this Python."""


class RuntimeMissingError(PackageMissingError):
    """onnxruntime, or what a cluster needs, cannot be imported in this Python."""


class ClusterError(LunarOxideError):
    """The scheduler or the workers of a cluster cannot be used."""


class OutputError(LunarOxideError):
    """A result cannot be written, or not under this name."""


class NotWrittenError(OutputError):
    """The disk, its folder or its permissions do not let a result be written."""


class OutputInUseError(OutputError):
    """Another run is writing the same output."""


class SitesError(LunarOxideError):
    """Sample sites cannot be read or hold impossible values."""


class VectorError(LunarOxideError):
    """Polygons, lines or points cannot be read."""


class LibraryError(LunarOxideError):
    """Spectra cannot be read, or are not what the operation needs."""


class DependencyError(LunarOxideError):
    """A package cannot be found, fetched, checked or installed; nothing has changed."""


class Cancelled(LunarOxideError):
    """The user stopped the operation."""
