"""``predict``: oxides of a reflectance raster, on this machine or on a cluster."""

from __future__ import annotations

import argparse
import time

from ..progress import Progress
from .arguments import (
    add_extent,
    add_model,
    add_raster,
    add_reflectance,
    add_vectors,
    reflectance_input,
)
from .results import Result

#: Values of `layout.Content`; all by default.
CONTENTS = ("oxides", "uncertainties", "all")

#: Names of `encoding.Encoding`, the first by default; numpy is imported later.
ENCODINGS = ("float32", "compact")

#: Names of `tile_codec.Compression`, which needs rasterio and is imported later; the first leaves
#: the choice to the encoding.
COMPRESSIONS = ("automatic", "none", "zstd", "deflate", "lerc_zstd")

#: The values of `layout.Uncertainty` as words of the command line.
UNCERTAINTIES = ("new-place", "near-samples", "both")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "reflectance raster: tile, mosaic, VRT")
    parser.add_argument("output", metavar="OUT", help="GeoTIFF to make (.tif)")
    add_model(parser)
    add_reflectance(parser)
    add_extent(parser)
    add_vectors(
        parser, "--mask", "polygons", "polygons outside of which nothing is predicted", named=False
    )
    parser.add_argument(
        "--uncertainty",
        choices=UNCERTAINTIES,
        default=UNCERTAINTIES[0],
        help="sigmas of the map: those that hold where nobody has sampled (default), those that "
        "hold near sampled geology, or both",
    )
    parser.add_argument("--threads", type=int, help="threads that compute (default: all cores)")
    parser.add_argument(
        "--memory",
        type=int,
        help="MB for blocks and caches (default: 400, or 100 for each thread up to 1600)",
    )
    parser.add_argument(
        "--device", default="cpu", help="cpu, or a GPU that ONNX Runtime lists: cuda, directml ..."
    )
    parser.add_argument(
        "--content",
        choices=CONTENTS,
        default=CONTENTS[-1],
        help="bands of the map: oxides alone, oxides and their sigmas, or all (default). Without "
        "all there are no quality flags: doubtful pixels are no data",
    )
    parser.add_argument(
        "--encoding",
        choices=ENCODINGS,
        default=ENCODINGS[0],
        help="float32 numbers, or compact integers in steps of 0.01 with a declared scale, which "
        "take a quarter of the room (default: float32)",
    )
    parser.add_argument(
        "--compression",
        choices=COMPRESSIONS,
        default=COMPRESSIONS[0],
        help="automatic: none for float32, ZSTD or else DEFLATE for compact; lerc_zstd makes the "
        "smallest compact maps of all bands, which fewer programs read",
    )
    parser.add_argument(
        "--cloud-optimised",
        action="store_true",
        help="arrange the GeoTIFF (on a cluster each shard) for reading over a network; needs "
        "twice the room while it does so",
    )
    parser.add_argument(
        "--no-resume",
        action="store_true",
        help="start anew, and leave nothing when stopped",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="compute on the Dask cluster of this scheduler, e.g. tcp://10.0.0.5:8786; OUT is then "
        "a virtual raster (.vrt) over shards, all paths must be the same on the workers",
    )
    parser.add_argument(
        "--shard", type=int, default=4096, help="pixels along the side of a shard (4096)"
    )


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Predict, and return a summary of the result."""
    from ..api.prediction import predict

    start = time.monotonic()
    summary = predict(
        reflectance_input(options),
        options.output,
        model=options.model,
        extent=options.extent,
        extent_crs=options.extent_crs,
        mask=options.mask,
        mask_crs=options.mask_crs,
        uncertainty=options.uncertainty,
        threads=options.threads,
        memory_mb=options.memory,
        content=options.content,
        encoding=options.encoding,
        device=options.device,
        compression=options.compression,
        cloud_optimised=options.cloud_optimised,
        resume=not options.no_resume,
        scheduler=options.scheduler,
        shard=options.shard,
        progress=progress,
    )
    has_domain = summary.has_domain
    which = "of them" if summary.layout.has_quality else "left out"
    outside = (
        f"{summary.outside_domain} {which} with spectra unlike all sampled ones"
        if has_domain
        else "the model does not say which spectra are unlike its training"
    )
    return Result(
        {
            "output": summary.output,
            "model": summary.model_title,
            "oxides": list(summary.layout.names),
            "valid_pixels": summary.valid_pixels,
            "total_pixels": summary.total_pixels,
            "outside_domain": summary.outside_domain if has_domain else None,
            "sigmas": [kind.value for kind in summary.layout.sigmas],
            "tells_little": [name for name, s in summary.new_place.items() if s.tells_little],
            "seconds": round(time.monotonic() - start, 3),
        },
        f"{summary.output}: {summary.valid_pixels} of {summary.total_pixels} pixels predicted, "
        f"{outside} ({summary.model_title}).",
    )
