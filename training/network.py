"""The compact convolutional network, many copies at once.

A copy is a short chain of one-dimensional convolutions along the spectrum. The copies of
all folds and ensemble members live in one set of stacked tensors and train together: a
batched matrix product costs the same as one network of their summed size, where a loop over
56 folds would spend its time in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .features import CHANNELS, POSITIONS
from .stations import OXIDES, FloatArray


@dataclass(frozen=True)
class LayerShape:
    """One convolution along the spectrum: `size` positions wide, `stride` positions apart."""

    outputs: int
    size: int
    stride: int
    padding: int


#: Two convolutions of three positions, one that spans what is left of the spectrum, one more
#: across channels, and the six oxides. 0.03 million multiply-adds a spectrum.
LAYERS = (
    LayerShape(16, 3, 1, 1),
    LayerShape(32, 3, 2, 1),
    LayerShape(96, 5, 1, 0),
    LayerShape(96, 1, 1, 0),
    LayerShape(len(OXIDES), 1, 1, 0),
)


@dataclass(frozen=True)
class Layer:
    """A trained convolution.

    Attributes
    ----------
    weight : float array, shape (outputs, inputs, size)
    bias : float array, shape (outputs,)
    stride, padding : int
    """

    weight: FloatArray
    bias: FloatArray
    stride: int
    padding: int


@dataclass(frozen=True)
class Descent:
    """How long and how fast a network learns; nothing is stopped early."""

    steps: int
    batch: int
    rate: float


class StackedNetwork(torch.nn.Module):
    """`copies` networks of one architecture with their own weights.

    Parameters
    ----------
    copies : int
    seed : int
        Of the initial weights (He initialisation).
    channels : int
        Of the input.
    layers : sequence of LayerShape
    """

    def __init__(
        self,
        copies: int,
        seed: int,
        channels: int = CHANNELS,
        layers: Sequence[LayerShape] = LAYERS,
    ) -> None:
        super().__init__()
        self.shapes = tuple(layers)
        generator = torch.Generator().manual_seed(seed)
        self.weights = torch.nn.ParameterList()
        self.biases = torch.nn.ParameterList()
        inputs = channels
        for shape in self.shapes:
            fan_in = inputs * shape.size
            weight = torch.randn(copies, fan_in, shape.outputs, generator=generator)
            self.weights.append(torch.nn.Parameter(weight * (2.0 / fan_in) ** 0.5))
            self.biases.append(torch.nn.Parameter(torch.zeros(copies, 1, shape.outputs)))
            inputs = shape.outputs

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Standardised oxides, shape (copies, spectra, 6).

        Parameters
        ----------
        features : float tensor, shape (copies, spectra, 10 positions, channels)
        """
        return self._run(features, list(self.weights), list(self.biases))

    def answer(self, features: torch.Tensor, copy: int) -> torch.Tensor:
        """What one copy says of spectra, shape (spectra, positions, channels): (spectra, 6)."""
        weights = [weight[copy : copy + 1] for weight in self.weights]
        biases = [bias[copy : copy + 1] for bias in self.biases]
        return self._run(features[None], weights, biases)[0]

    def _run(
        self, hidden: torch.Tensor, weights: list[torch.Tensor], biases: list[torch.Tensor]
    ) -> torch.Tensor:
        copies, spectra = hidden.shape[:2]
        last = len(self.shapes) - 1
        for index, shape in enumerate(self.shapes):
            if shape.padding:
                hidden = torch.nn.functional.pad(hidden, (0, 0, shape.padding, shape.padding))
            windows = hidden.unfold(2, shape.size, shape.stride)
            positions = windows.shape[2]
            rows = windows.reshape(copies, spectra * positions, -1)
            hidden = torch.baddbmm(biases[index], rows, weights[index])
            if index < last:
                hidden = torch.relu(hidden)
            hidden = hidden.reshape(copies, spectra, positions, shape.outputs)
        return hidden.reshape(copies, spectra, -1)

    def layers_of(self, copy: int) -> tuple[Layer, ...]:
        """The trained layers of one copy."""
        layers = []
        for index, shape in enumerate(self.shapes):
            weight = self.weights[index][copy].detach().double().numpy()
            inputs = weight.shape[0] // shape.size
            layers.append(
                Layer(
                    np.ascontiguousarray(weight.T).reshape(shape.outputs, inputs, shape.size),
                    self.biases[index][copy, 0].detach().double().numpy(),
                    shape.stride,
                    shape.padding,
                )
            )
        return tuple(layers)


def multiply_adds(layers: Sequence[LayerShape] = LAYERS) -> int:
    """Multiply-adds of one copy for one spectrum."""
    inputs, positions, total = CHANNELS, POSITIONS, 0
    for shape in layers:
        positions = (positions + 2 * shape.padding - shape.size) // shape.stride + 1
        total += positions * shape.outputs * inputs * shape.size
        inputs = shape.outputs
    return total


def descend(
    network: StackedNetwork,
    features: torch.Tensor,
    targets: torch.Tensor,
    descent: Descent,
    seed: int,
) -> None:
    """Fit every copy to its own spectra: Adam with a one-cycle rate on the mean squared error.

    Parameters
    ----------
    features : float tensor, shape (copies, spectra, positions, channels)
    targets : float tensor, shape (copies, spectra, 6)
        Standardised oxides.
    seed : int
        Of the order in which spectra are drawn.
    """
    optimiser = torch.optim.Adam(network.parameters(), descent.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, descent.rate, total_steps=descent.steps
    )
    generator = torch.Generator().manual_seed(seed)
    for _ in range(descent.steps):
        rows = torch.randint(features.shape[1], (descent.batch,), generator=generator)
        # Copies share no weight, so that the sum of their losses trains each by itself.
        error = (network(features[:, rows]) - targets[:, rows]) ** 2
        loss = error.mean(dim=(1, 2)).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
