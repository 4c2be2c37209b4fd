"""``predict-spectra``: oxides of the spectra of a library or table."""

from __future__ import annotations

import argparse
import math

from ..chemistry.layout import Uncertainty
from ..progress import Progress
from .arguments import model_file
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from ..libraries.convolution import FilterShape

    parser.add_argument(
        "input", metavar="IN", help="spectral library (.sli) or table of spectra (.csv, .txt)"
    )
    parser.add_argument("output", metavar="OUT", help="table to make (.csv)")
    parser.add_argument(
        "--model", default="", help="name of a bundled model or path of an .onnx file"
    )
    parser.add_argument("--scale", type=float, help="reflectance for one step of the numbers")
    parser.add_argument(
        "--filter",
        choices=[shape.value for shape in FilterShape],
        default=FilterShape.GAUSSIAN.value,
        help="shape of the model's filters",
    )
    parser.add_argument(
        "--uncertainty",
        choices=[each.value for each in Uncertainty],
        default=Uncertainty.NEW_PLACE.value,
        help="what the sigmas say: at a new place, near sampled geology, or both",
    )


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Predict, and return a summary of the result."""
    from ..libraries.convolution import FilterShape
    from ..libraries.prediction_table import write
    from ..libraries.reading import read_library
    from ..libraries.spectra_prediction import predict_spectra
    from ..models.oxide_model import OxideModel

    library = read_library(options.input, math.nan if options.scale is None else options.scale)
    for note in library.notes:
        progress.info(f"{note}.")
    wanted = Uncertainty(options.uncertainty)
    model = OxideModel(model_file(options.model), uncertainty=wanted)
    result = predict_spectra(library, model, FilterShape(options.filter), progress, wanted)
    for doubt in result.doubts:
        progress.warn(doubt)
    skipped = [
        {"name": spectrum.name, "reason": reason}
        for spectrum, reason in zip(result.spectra, result.reasons)
        if reason
    ]
    for item in skipped:
        progress.warn(f"{item['name']} has no prediction: {item['reason']}.")
    write(result, options.output)
    return Result(
        {
            "output": options.output,
            "model": result.model_title,
            "spectra": len(result.spectra),
            "predicted": result.count,
            "skipped": skipped,
        },
        f"{options.output}: {result.count} of {len(result.spectra)} spectra predicted "
        f"({result.model_title}).",
    )
