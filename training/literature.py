"""The networks that the literature uses, for comparison: many copies trained side by side.

`PUBLISHED` is the OneDCNN of Yang et al. 2023 (Nat Commun 14:7554): four convolutions of
three positions with 64, 64, 128 (stride 2) and 256 filters, each with batch norm and ReLU,
global average pooling, one linear output; one network for each oxide on ten standardised
features. `RESIDUAL` is its residual variant: a stem of 64 filters and three residual blocks
of 64, 128 and 256.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

EPOCHS = 100
LEARNING_RATE = 1e-3
WEIGHT_DECAY = 1e-4

#: Filters before the pooling, in both architectures.
POOLED_CHANNELS = 256


def stacked_conv(
    copies: int, inputs: int, outputs: int, size: int, stride: int, generator: torch.Generator
) -> nn.Conv1d:
    """A convolution in `copies` copies, as the groups of one, with PyTorch's default start.

    Channels of one copy are neighbours: (spectra, copies x inputs, positions).
    """
    conv = nn.Conv1d(
        copies * inputs,
        copies * outputs,
        size,
        stride=stride,
        padding=size // 2,
        groups=copies,
    )
    bound = (inputs * size) ** -0.5
    for parameter in (conv.weight, conv.bias):
        start = (2.0 * torch.rand(parameter.shape, generator=generator) - 1.0) * bound
        parameter.data.copy_(start)
    return conv


def conv_norm(
    copies: int, inputs: int, outputs: int, size: int, stride: int, generator: torch.Generator
) -> nn.Sequential:
    """Convolution and batch norm; the norm's channels keep the copies apart."""
    return nn.Sequential(
        stacked_conv(copies, inputs, outputs, size, stride, generator),
        nn.BatchNorm1d(copies * outputs),
    )


class ResidualBlock(nn.Module):
    """Two convolutions of three positions around a shortcut."""

    def __init__(
        self, copies: int, inputs: int, outputs: int, stride: int, generator: torch.Generator
    ) -> None:
        super().__init__()
        self.first = conv_norm(copies, inputs, outputs, 3, stride, generator)
        self.second = conv_norm(copies, outputs, outputs, 3, 1, generator)
        same = inputs == outputs and stride == 1
        self.shortcut = (
            nn.Identity() if same else conv_norm(copies, inputs, outputs, 1, stride, generator)
        )

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Sum of both ways, rectified."""
        inner = self.second(torch.relu(self.first(hidden)))
        return torch.relu(inner + self.shortcut(hidden))


class PooledNetwork(nn.Module):
    """A convolutional body, global average pooling and a linear output."""

    def __init__(self, body: nn.Module, copies: int, generator: torch.Generator) -> None:
        super().__init__()
        self.body = body
        self.head = stacked_conv(copies, POOLED_CHANNELS, 1, 1, 1, generator)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """One number a copy for each spectrum, shape (spectra, copies).

        Parameters
        ----------
        features : float tensor, shape (spectra, copies, 10)
        """
        pooled = self.body(features).mean(dim=2, keepdim=True)
        return self.head(pooled)[:, :, 0]


def published(copies: int, seed: int) -> PooledNetwork:
    """`copies` networks of the published architecture."""
    generator = torch.Generator().manual_seed(seed)
    widths = ((1, 64, 1), (64, 64, 1), (64, 128, 2), (128, 256, 1))
    layers: list[nn.Module] = []
    for inputs, outputs, stride in widths:
        layers += [conv_norm(copies, inputs, outputs, 3, stride, generator), nn.ReLU()]
    return PooledNetwork(nn.Sequential(*layers), copies, generator)


def residual(copies: int, seed: int) -> PooledNetwork:
    """`copies` networks of the residual variant."""
    generator = torch.Generator().manual_seed(seed)
    body = nn.Sequential(
        conv_norm(copies, 1, 64, 3, 1, generator),
        nn.ReLU(),
        ResidualBlock(copies, 64, 64, 1, generator),
        ResidualBlock(copies, 64, 128, 2, generator),
        ResidualBlock(copies, 128, 256, 2, generator),
    )
    return PooledNetwork(body, copies, generator)


ARCHITECTURES: dict[str, Callable[[int, int], PooledNetwork]] = {
    "published OneDCNN": published,
    "residual CNN": residual,
}
