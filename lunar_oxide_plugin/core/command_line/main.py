"""Run a command: progress, signals, errors in one sentence, exit status.

Results go to standard output, everything else to standard error. `exit_status` says how commands
end. A complete file counts as done, also if the printed output cannot be delivered; so does a
result of which nobody reads all. A result that is only printed, to a full disk, is not done.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from types import ModuleType
from typing import Any, Dict, List, NamedTuple, NoReturn, Optional, Sequence

from ..api.provenance import repeated_by
from ..errors import Cancelled, LunarOxideError, kept_in, system_error
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
from .exit_status import ExitStatus, help_text, status_of
from .streams import SafeStream, abandon_broken_streams
from .terminal import TerminalProgress


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
    out, err = SafeStream(sys.stdout), SafeStream(sys.stderr)
    options = _parser(out if "--json" in given else None).parse_args(given)
    progress = TerminalProgress(err, options.quiet)
    with progress.listening():
        try:
            return _run(options, given, progress, out, err)
        except Exception as error:
            is_stopped = isinstance(error, Cancelled)
            if options.traceback and not is_stopped:
                raise
            progress.close()
            status, sentence = status_of(error, progress.received), _sentence(error)
            err.write(sentence + "\n" if is_stopped else f"lunar-oxide: {sentence}\n")
            if options.json:
                said = _ended(status, error=sentence, continues=bool(kept_in(error)))
                out.write(json.dumps(said) + "\n")
            return status
        finally:
            abandon_broken_streams()


def _run(
    options: argparse.Namespace,
    given: Sequence[str],
    progress: TerminalProgress,
    out: SafeStream,
    err: SafeStream,
) -> ExitStatus:
    """Run a command and print its result."""
    for value in vars(options).values():
        str(value).encode("utf-8")  # refuse at once a name that this environment cannot encode
    with repeated_by(shlex.join(["lunar-oxide", *given])):
        result = options.module.execute(options, progress)
    progress.close()
    if options.json:
        finding = {"finding": result.finding} if result.finding else {}
        out.write(json.dumps(_ended(result.status, **finding, **result.document)) + "\n")
    else:
        out.write(f"{result.text}\n")
    if result.finding:
        err.write(f"lunar-oxide: {result.finding}\n")
    status: ExitStatus = result.status
    if out.failure:
        err.write(f"lunar-oxide: The result cannot be printed ({out.failure}).\n")
        if status is ExitStatus.DONE and not _outputs(options):
            return ExitStatus.UNAVAILABLE
    return status


def _ended(status: ExitStatus, **more: Any) -> Dict[str, Any]:
    """The document of a command that ended so."""
    return {"status": status.word, "exit_status": int(status), **more}


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


class _Parser(argparse.ArgumentParser):
    """Prints the document of wrong usage, too, where results are wanted as JSON."""

    #: Where it is printed.
    as_json: Optional[SafeStream] = None

    def __init__(self, **options: Any) -> None:
        super().__init__(
            epilog=help_text(), formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )

    def error(self, message: str) -> NoReturn:
        """Say what is not understood, and exit."""
        if self.as_json is not None:
            said = _ended(ExitStatus.USAGE, error=message, continues=False)
            self.as_json.write(json.dumps(said) + "\n")
        super().error(message)


def _parser(as_json: Optional[SafeStream] = None) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="lunar-oxide",
        description="Oxides of the Moon from its reflectance, without QGIS.",
    )
    parser.as_json = as_json
    parser.add_argument("--version", action="version", version=SOFTWARE)
    add_output_style(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        aliases = [command.algorithm] if command.algorithm != name else []
        subparser = commands.add_parser(
            name, aliases=aliases, help=command.what, description=command.module.__doc__
        )
        subparser.as_json = as_json
        subparser.set_defaults(module=command.module)
        command.module.declare(subparser)
        add_output_style(subparser, argparse.SUPPRESS)
    return parser
