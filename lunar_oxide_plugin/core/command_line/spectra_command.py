"""``predict-spectra``: oxides of the spectra of a library or table."""

from __future__ import annotations

import argparse

from ..progress import Progress
from .arguments import add_layer, add_model
from .predict_command import UNCERTAINTIES
from .results import Result

#: Values of `convolution.FilterShape`, which is imported later.
FILTERS = ("gaussian", "boxcar")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "input", metavar="IN", help="spectral library (.sli) or table of spectra (.csv, .txt)"
    )
    parser.add_argument("output", metavar="OUT", help="table to make (.csv)")
    add_model(parser)
    parser.add_argument("--scale", type=float, help="reflectance for one step of the numbers")
    parser.add_argument(
        "--filter", choices=FILTERS, default=FILTERS[0], help="shape of the model's filters"
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument(
        "--uncertainty",
        choices=UNCERTAINTIES,
        # The words of version 0.5 had spaces.
        type=lambda word: word.replace(" ", "-"),
        default=UNCERTAINTIES[0],
        help="what the sigmas say: at a new place, near sampled geology, or both",
    )
    add_layer(parser, "predicted spectra")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Predict, and return a summary of the result."""
    from ..api.prediction import predict_spectra

    result = predict_spectra(
        options.input,
        options.output,
        model=options.model,
        scale=options.scale,
        filter_shape=options.filter,
        uncertainty=options.uncertainty,
        report=options.report,
        layer=options.layer,
        progress=progress,
    )
    return Result(
        {
            "output": options.output,
            "model": result.model_title,
            "spectra": len(result.spectra),
            "predicted": result.count,
            "skipped": [
                {"name": spectrum.name, "reason": reason}
                for spectrum, reason in zip(result.spectra, result.reasons)
                if reason
            ],
        },
        f"{options.output}: {result.count} of {len(result.spectra)} spectra predicted "
        f"({result.model_title}).",
    )
