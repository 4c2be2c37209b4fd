"""The command line without QGIS: ``python -m lunar_oxide_plugin``.

Results go to standard output, everything else to standard error. Exit status: 0 done, 1 the
request cannot be met (one sentence says why), 2 wrong usage, 130 stopped from outside.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import List, Optional, Sequence, TextIO

from .errors import Cancelled, LunarOxideError
from .rasters.raster_input import RasterInput
from .version import SOFTWARE

DONE, FAILED, STOPPED = 0, 1, 130

#: Names of `tile_codec.Compression`, which needs rasterio and is imported later.
COMPRESSIONS = ("none", "zstd", "deflate")

_BAR_WIDTH = 30


class TerminalProgress:
    """Shows a bar on a terminal, lines anywhere else; stops at SIGINT and SIGTERM.

    Parameters
    ----------
    stream : text stream
    quiet : bool
        Whether to show warnings only.
    """

    def __init__(self, stream: TextIO, quiet: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet
        self._bar = stream.isatty() and not quiet
        self._shown = -1.0
        self._stop = False

    def listen(self) -> None:
        """Take SIGINT and SIGTERM as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: Optional[FrameType]) -> None:
        self._stop = True

    def report(self, fraction: float) -> None:
        """Move the bar."""
        if self._bar and (abs(fraction - self._shown) >= 0.001 or fraction >= 1.0 > self._shown):
            self._shown = fraction
            filled = round(fraction * _BAR_WIDTH)
            bar = "#" * filled + "-" * (_BAR_WIDTH - filled)
            self._stream.write(f"\r[{bar}] {fraction:6.1%}")
            self._stream.flush()

    def info(self, message: str) -> None:
        """Write a line."""
        if not self._quiet:
            self._line(message)

    def warn(self, message: str) -> None:
        """Write a warning."""
        self._line(f"Warning: {message}")

    def is_cancelled(self) -> bool:
        """Whether a signal came."""
        return self._stop

    def close(self) -> None:
        """Leave the bar's line."""
        if self._bar and self._shown >= 0:
            self._stream.write("\n")
            self._stream.flush()

    def _line(self, message: str) -> None:
        if self._bar and self._shown >= 0:
            self._stream.write("\r" + " " * (_BAR_WIDTH + 10) + "\r")
            self._shown = -1.0
        self._stream.write(message + "\n")
        self._stream.flush()


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run a command; returns the exit status."""
    options = _parser().parse_args(arguments)
    progress = TerminalProgress(sys.stderr, options.quiet)
    progress.listen()
    try:
        if options.command == "mosaic":
            _mosaic(options, progress)
        else:
            _predict(options, progress)
    except Cancelled as cancelled:
        progress.close()
        sys.stderr.write(f"{cancelled}\n")
        return STOPPED
    except (LunarOxideError, ImportError, MemoryError) as error:
        progress.close()
        sys.stderr.write(f"lunar_oxide_plugin: {_sentence(error)}\n")
        return FAILED
    return DONE


def _sentence(error: BaseException) -> str:
    if isinstance(error, ImportError):
        return f"a Python package is missing ({error}): install rasterio and onnxruntime."
    if isinstance(error, MemoryError):
        return "the memory does not suffice: give less with --memory, or map a smaller --extent."
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lunar_oxide_plugin",
        description="Oxides of the Moon from its reflectance, without QGIS.",
        epilog="Exit status: 0 done, 1 cannot be done, 2 wrong usage, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=SOFTWARE)
    commands = parser.add_subparsers(dest="command", required=True)
    predict = commands.add_parser("predict", help="map oxides of a reflectance raster")
    predict.add_argument("input", metavar="IN", help="reflectance raster: tile, mosaic, VRT")
    predict.add_argument("output", metavar="OUT", help="GeoTIFF to make (.tif)")
    predict.add_argument(
        "--model", default="", help="name of a bundled model or path of an .onnx file"
    )
    predict.add_argument(
        "--bands", type=_integers, help="raster bands in the model's order, e.g. 1,2,3,4,5,7,8,9"
    )
    predict.add_argument(
        "--extent",
        type=float,
        nargs=4,
        metavar=("XMIN", "YMIN", "XMAX", "YMAX"),
        help="part of the raster, in its CRS",
    )
    predict.add_argument("--scale", type=float, help="reflectance for one step of the numbers")
    predict.add_argument("--offset", type=float, help="reflectance where the number is zero")
    predict.add_argument("--threads", type=int, help="threads that compute (default: all cores)")
    predict.add_argument("--memory", type=int, help="MB for blocks and caches (default: 400)")
    predict.add_argument(
        "--device", default="cpu", help="cpu, or a GPU that ONNX Runtime lists: cuda, directml ..."
    )
    predict.add_argument("--compression", choices=COMPRESSIONS, default=COMPRESSIONS[0])
    predict.add_argument(
        "--no-resume",
        action="store_true",
        help="start anew, and leave nothing when stopped",
    )
    predict.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="compute on the Dask cluster of this scheduler, e.g. tcp://10.0.0.5:8786; OUT is then "
        "a virtual raster (.vrt) over shards, all paths must be the same on the workers",
    )
    predict.add_argument(
        "--shard", type=int, default=4096, help="pixels along the side of a shard (4096)"
    )
    mosaic = commands.add_parser("mosaic", help="join tiles into a virtual raster")
    mosaic.add_argument("places", metavar="TILES", nargs="+", help="tiles, or folders of them")
    mosaic.add_argument("output", metavar="OUT", help="virtual raster to make (.vrt)")
    for command in (predict, mosaic):
        command.add_argument("--quiet", action="store_true", help="no progress, warnings only")
        command.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _integers(text: str) -> List[int]:
    return [int(part) for part in text.split(",")]


def _predict(options: argparse.Namespace, progress: TerminalProgress) -> None:
    from .geotiff.tile_codec import Compression
    from .prediction.plan import PredictionRequest, predict_raster

    request = PredictionRequest(
        raster=_raster_input(options),
        output=options.output,
        model=str(_model(options.model)),
        extent=tuple(options.extent) if options.extent else None,
        threads=options.threads,
        memory_mb=options.memory,
        compression=Compression(options.compression),
        resume=not options.no_resume,
        device=options.device,
    )
    start = time.monotonic()
    if options.scheduler:
        from .prediction.cluster import predict_on_cluster

        summary = predict_on_cluster(request, options.scheduler, progress, options.shard)
    else:
        summary = predict_raster(request, progress)
    progress.close()
    if options.json:
        result = {
            "output": summary.output,
            "model": summary.model_title,
            "valid_pixels": summary.valid_pixels,
            "total_pixels": summary.total_pixels,
            "outside_domain": summary.outside_domain,
            "seconds": round(time.monotonic() - start, 3),
        }
        sys.stdout.write(json.dumps(result) + "\n")
        return
    sys.stdout.write(
        f"{summary.output}: {summary.valid_pixels} of {summary.total_pixels} pixels predicted, "
        f"{summary.outside_domain} of them outside the training domain ({summary.model_title}).\n"
    )


def _raster_input(options: argparse.Namespace) -> RasterInput:
    """The raster that the arguments describe."""
    return RasterInput(
        path=options.input,
        scale=options.scale,
        offset=options.offset,
        bands=tuple(options.bands) if options.bands else None,
    )


def _model(name: str) -> Path:
    """File of a model, given by path or by name.

    Raises
    ------
    LunarOxideError
    """
    from .models.model_library import find_model, model_names

    names = model_names()
    if name.lower().endswith(".onnx"):
        return Path(name)
    entry = find_model(name or names[0])
    if entry is None:
        raise LunarOxideError(
            f"There is no model {name!r}: give one of {', '.join(names)}, or the path of an .onnx "
            "file."
        )
    return entry.path


def _mosaic(options: argparse.Namespace, progress: TerminalProgress) -> None:
    from .rasters.mosaic import find_rasters, plan_mosaic
    from .rasters.mosaic_vrt import write_mosaic

    mosaic = plan_mosaic(find_rasters(options.places, progress), progress)
    progress.report(1.0)
    write_mosaic(mosaic, Path(options.output))
    progress.close()
    size = {"output": options.output, "tiles": len(mosaic.tiles)}
    if options.json:
        size.update(width=mosaic.width, height=mosaic.height)
        sys.stdout.write(json.dumps(size) + "\n")
        return
    sys.stdout.write(
        f"{options.output}: {len(mosaic.tiles)} tiles, {mosaic.width} x {mosaic.height} pixels.\n"
    )
