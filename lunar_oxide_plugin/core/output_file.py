"""What every writer of files needs: names, removal, and the sentence for a failure."""

from __future__ import annotations

from pathlib import Path

from .errors import OutputError


def require_geotiff_name(target: Path) -> None:
    """Refuse names of other formats.

    Raises
    ------
    OutputError
    """
    if target.suffix.lower() not in (".tif", ".tiff"):
        raise OutputError(
            f"The output {target.name} must be a GeoTIFF: give a name that ends in .tif."
        )


def cannot_write(target: Path, error: Exception) -> str:
    """The sentence for an output that cannot be written."""
    if not target.parent.is_dir():
        return f"The output folder {target.parent} does not exist: create it or choose another."
    reason = getattr(error, "strerror", None) or str(error)
    return (
        f"The output {target} cannot be written ({reason}): check that the folder is writable, "
        "the disk has space and no other program holds the file."
    )


def unlink_if_there(path: Path) -> None:
    """Remove a file if it exists."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
