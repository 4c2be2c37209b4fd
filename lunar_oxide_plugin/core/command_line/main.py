"""Run a command: progress, signals, errors in one sentence, exit status.

Results go to standard output, everything else to standard error. Exit status: 0 done, 1 the
request cannot be met (one sentence says why), 2 wrong usage, 130 stopped from outside. A complete
file counts as done, also if the printed output cannot be delivered; so does a result of which
nobody reads all. A result that is only printed, to a full disk, is not done.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from types import ModuleType
from typing import List, NamedTuple, Optional, Sequence

from ..api.provenance import repeated_by
from ..errors import Cancelled, LunarOxideError, system_error
from ..version import SOFTWARE
from . import (
    check_command,
    compare_command,
    describe_command,
    explain_command,
    gamma_rays_command,
    mosaic_command,
    parameters_command,
    predict_command,
    products_command,
    refine_command,
    regions_command,
    spectra_command,
    transect_command,
)
from .arguments import add_output_style
from .streams import SafeStream, abandon_broken_streams
from .terminal import TerminalProgress

DONE, FAILED, STOPPED = 0, 1, 130


class Command(NamedTuple):
    """A command: its module, its help text, and the algorithm of QGIS that does the same."""

    module: ModuleType
    what: str
    algorithm: str


COMMANDS = {
    "predict": Command(predict_command, "map oxides of a reflectance raster", "predictoxides"),
    "predict-spectra": Command(
        spectra_command, "predict oxides of a library or table of spectra", "predictspectra"
    ),
    "mosaic": Command(mosaic_command, "join tiles into a virtual raster", "mosaictiles"),
    "check": Command(check_command, "check a prediction at sample sites", "checkpredictions"),
    "compare": Command(compare_command, "compare a prediction with another map", "comparerasters"),
    "gamma-rays": Command(
        gamma_rays_command, "check a map against elements measured from orbit", "checkregions"
    ),
    "parameters": Command(
        parameters_command, "map classical FeO, TiO2, maturity, ratios", "spectralparameters"
    ),
    "products": Command(
        products_command, "derive Mg#, ratios and rock classes from oxides", "derivedproducts"
    ),
    "regions": Command(
        regions_command, "tell the composition of polygons, with errors", "summarizeregions"
    ),
    "transect": Command(transect_command, "tell the composition along lines", "transect"),
    "explain": Command(explain_command, "tell which bands cause a prediction", "explainprediction"),
    "refine": Command(refine_command, "correct a model by new samples", "refinemodel"),
    "describe": Command(describe_command, "describe a model or a raster", "describemodel"),
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
    given = sys.argv[1:] if arguments is None else list(map(str, arguments))
    options = _parser().parse_args(given)
    out, err = SafeStream(sys.stdout), SafeStream(sys.stderr)
    progress = TerminalProgress(err, options.quiet)
    progress.listen()
    try:
        for value in vars(options).values():
            str(value).encode("utf-8")  # refuse at once a name that this environment cannot encode
        with repeated_by(shlex.join(["lunar-oxide", *given])):
            result = options.module.execute(options, progress)
        progress.close()
        out.write((json.dumps(result.document) if options.json else result.text) + "\n")
        if out.failure:
            err.write(f"lunar-oxide: The result cannot be printed ({out.failure}).\n")
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
        err.write(f"lunar-oxide: {_sentence(error)}\n")
        return FAILED
    finally:
        abandon_broken_streams()


def _outputs(options: argparse.Namespace) -> List[str]:
    """The files that a command was asked to write."""
    names = ("output", "report", "table", "metrics", "differences", "document", "figures")
    return [str(path) for path in (getattr(options, name, None) for name in names) if path]


def _sentence(error: Exception) -> str:
    if isinstance(error, LunarOxideError):
        return str(error)
    if isinstance(error, ImportError):
        return (
            f"a Python package is missing ({error}): install it, or run 'pip install "
            "lunar-oxide[onnxruntime]'."
        )
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
        prog="lunar-oxide",
        description="Oxides of the Moon from its reflectance, without QGIS.",
        epilog="Exit status: 0 done, 1 cannot be done, 2 wrong usage, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=SOFTWARE)
    add_output_style(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        aliases = [command.algorithm] if command.algorithm != name else []
        subparser = commands.add_parser(
            name, aliases=aliases, help=command.what, description=command.module.__doc__
        )
        subparser.set_defaults(module=command.module)
        command.module.declare(subparser)
        add_output_style(subparser, argparse.SUPPRESS)
    return parser
