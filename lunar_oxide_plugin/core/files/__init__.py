"""Every file that the package writes: opened, verified and put in place here.

Offers `open_output`, `write_text` and `write_bytes`, the protection of a run's inputs, and what
stands at or beside an output's name. Must not know what is in a file.
"""

from .names import (
    cannot_write,
    companions,
    file_state,
    final_path,
    is_folder,
    is_there,
    not_complete,
    require_geotiff_name,
    unlink_if_there,
)
from .outputs import (
    OutputFile,
    inputs_of_run,
    open_output,
    put_in_place,
    require_other_file,
    write_bytes,
    write_text,
)

__all__ = [
    "OutputFile",
    "cannot_write",
    "companions",
    "file_state",
    "final_path",
    "inputs_of_run",
    "is_folder",
    "is_there",
    "not_complete",
    "open_output",
    "put_in_place",
    "require_geotiff_name",
    "require_other_file",
    "unlink_if_there",
    "write_bytes",
    "write_text",
]
