"""``describe``: the card of a model, or what a raster holds."""

from __future__ import annotations

import argparse
from typing import Any, Dict

from ..errors import LunarOxideError
from ..progress import Progress
from .arguments import add_raster, raster_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "WHAT", "name of a model, an .onnx file, or a raster")
    parser.add_argument("--report", metavar="HTML", help="page of the model's card to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Describe a model or a raster."""
    from ..models.model_library import model_names

    if options.input in model_names() or options.input.lower().endswith(".onnx"):
        return _model(options, progress)
    if options.report:
        raise LunarOxideError("--report writes the card of a model: give a model's name or file.")
    return _raster(options)


def _model(options: argparse.Namespace, progress: Progress) -> Result:
    from ..api.description import describe_model

    found = describe_model(options.input, options.report, progress=progress)
    description, stations = found.description, found.description.training_stations
    return Result(
        {
            "model": description.name,
            "title": description.title,
            "version": description.version,
            "sha256": found.identity.sha256,
            "sensor": description.sensor,
            "bands_nm": [band.wavelength_nm for band in description.bands],
            "oxides": [oxide.name for oxide in description.oxides],
            "sigmas": [kind.value for kind in description.sigmas],
            "has_domain": description.has_domain,
            "tells_little": [oxide.name for oxide in description.tells_little],
            "training_stations": None if stations is None else list(stations),
            "license": description.license,
            "warnings": list(found.card.warnings),
        },
        found.text,
    )


def _raster(options: argparse.Namespace) -> Result:
    from ..api.description import DescribedBand, describe_raster

    found = describe_raster(raster_input(options, "input"))
    kind = "map" if found.oxides else "raster"

    def band(each: DescribedBand) -> Dict[str, Any]:
        return {
            "band": each.number,
            "name": each.name,
            "unit": each.unit,
            "type": each.dtype,
            "scale": each.scale,
            "offset": each.offset,
            "nodata": each.nodata,
            "wavelength_nm": each.wavelength_nm,
        }

    lines = [f"{found.path}: {kind} of {found.width} x {found.height} pixels."]
    lines += [f"Sensor: {found.sensor}"] if found.sensor else []
    for each in found.bands:
        words = [each.name, each.dtype]
        words += [f"{each.wavelength_nm:g} nm"] if each.wavelength_nm is not None else []
        if (each.scale, each.offset) != (1.0, 0.0):
            words.append(f"scale {each.scale:g}, offset {each.offset:g}")
        lines.append(f"Band {each.number}: {', '.join(filter(None, words))}")
    lines += [f"{key}: {value}" for key, value in sorted(found.tags.items())]
    lines += found.notes
    return Result(
        {
            "raster": found.path,
            "width": found.width,
            "height": found.height,
            "crs_wkt": found.crs_wkt,
            "transform": list(found.transform),
            "oxides": list(found.oxides),
            "sigmas": list(found.sigmas),
            "sensor": found.sensor,
            "data_origin": found.data_origin,
            "bands": [band(each) for each in found.bands],
            "tags": dict(found.tags),
        },
        "\n".join(lines),
    )
