"""Run a command: progress, signals, errors in one sentence, exit status.

Results go to standard output, everything else to standard error. Exit status: 0 done, 1 the
request cannot be met (one sentence says why), 2 wrong usage, 130 stopped from outside. A complete
file counts as done, also if the printed output cannot be delivered; so does a result of which
nobody reads all. A result that is only printed, to a full disk, is not done.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Iterator, List, Optional, Sequence

from ..errors import Cancelled, LunarOxideError, OutputError, system_error
from ..files import final_path, inputs_of_run
from ..version import SOFTWARE
from . import (
    check_command,
    compare_command,
    gamma_rays_command,
    mosaic_command,
    predict_command,
    spectra_command,
)
from .arguments import add_output_style
from .streams import SafeStream, abandon_broken_streams
from .terminal import TerminalProgress

DONE, FAILED, STOPPED = 0, 1, 130

COMMANDS = {
    "predict": (predict_command, "map oxides of a reflectance raster"),
    "predict-spectra": (spectra_command, "predict oxides of a library or table of spectra"),
    "mosaic": (mosaic_command, "join tiles into a virtual raster"),
    "check": (check_command, "check a prediction at sample sites"),
    "compare": (compare_command, "compare a prediction with another map"),
    "gamma-rays": (gamma_rays_command, "check a map against elements measured from orbit"),
}


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        The exit status.
    """
    options = _parser().parse_args(arguments)
    out, err = SafeStream(sys.stdout), SafeStream(sys.stderr)
    progress = TerminalProgress(err, options.quiet)
    progress.listen()
    command, _ = COMMANDS[options.command]
    try:
        for value in vars(options).values():
            str(value).encode("utf-8")  # refuse at once a name that this environment cannot encode
        if getattr(options, "report", None):
            from ..reports.rendering import require_templates

            require_templates()
        _require_different(_outputs(options))
        with inputs_of_run(lambda: _files_read(options)):
            result = command.execute(options, progress)
        progress.close()
        out.write((json.dumps(result.document) if options.json else result.text) + "\n")
        if out.failure:
            err.write(f"lunar_oxide_plugin: The result cannot be printed ({out.failure}).\n")
            return DONE if _outputs(options) else FAILED
        return DONE
    except Cancelled as cancelled:
        progress.close()
        err.write(f"{cancelled}\n")
        return STOPPED
    except Exception as error:
        if options.traceback:
            raise
        progress.close()
        err.write(f"lunar_oxide_plugin: {_sentence(error)}\n")
        return FAILED
    finally:
        abandon_broken_streams()


def _outputs(options: argparse.Namespace) -> List[str]:
    """The files that a command was asked to write."""
    names = ("output", "report", "table", "metrics", "document")
    return [str(path) for path in (getattr(options, name, None) for name in names) if path]


def _require_different(outputs: Sequence[str]) -> None:
    """Refuse two outputs in one file, which would lose the first."""
    places = [final_path(Path(output)).resolve() for output in outputs]
    for place, output in zip(places, outputs):
        if places.count(place) > 1:
            raise OutputError(f"Two outputs have the name {output}: give each a file of its own.")


def _files_read(options: argparse.Namespace) -> Iterator[Path]:
    """Every file that a command reads: its rasters with all files behind them, and its tables."""
    from ..rasters.source_files import files_behind

    read = vars(options)
    names = (read.get(name) for name in ("input", "reference", "sites", "model"))
    yield from files_behind(*(str(name) for name in names if name))


def _sentence(error: Exception) -> str:
    if isinstance(error, LunarOxideError):
        return str(error)
    if isinstance(error, ImportError):
        return f"a Python package is missing ({error}): install rasterio and onnxruntime."
    if isinstance(error, MemoryError):
        return "the memory does not suffice: give less with --memory, or map a smaller --extent."
    if isinstance(error, UnicodeError):
        return (
            f"a file's name cannot be written in the encoding of this environment ({error}): set "
            "PYTHONUTF8=1, or rename the file."
        )
    if isinstance(error, OSError) and error.errno:
        return system_error(error)
    summary = " ".join(str(error).split())
    return (
        f"something failed that should not ({type(error).__name__}: {summary}): run it again with "
        "--traceback and report what it prints."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lunar_oxide_plugin",
        description="Oxides of the Moon from its reflectance, without QGIS.",
        epilog="Exit status: 0 done, 1 cannot be done, 2 wrong usage, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=SOFTWARE)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (command, what) in COMMANDS.items():
        subparser = commands.add_parser(name, help=what, description=command.__doc__)
        command.declare(subparser)
        add_output_style(subparser)
        subparser.add_argument("--traceback", action="store_true", help=argparse.SUPPRESS)
    return parser
