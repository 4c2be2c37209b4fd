"""The networks that the literature uses, for comparison.

The published OneDCNN of Yang et al. 2023 (Nat Commun 14:7554): five convolutions of three
positions with 64, 64, 128 (stride 2), 128 and 256 filters, each with batch norm and ReLU, global
average pooling, one linear output; one network for each oxide on ten standardised features.
And its residual variant: a stem of 64 filters without ReLU, and three residual blocks of 64,
128 (stride 2) and 256 filters. `published.py` reads checkpoints of both.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

EPOCHS = 100
LEARNING_RATE = 1e-3
WEIGHT_DECAY = 1e-4


def _conv_norm(inputs: int, outputs: int, size: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm1d(outputs)
    )


def _head(inputs: int) -> list[nn.Module]:
    return [nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(inputs, 1)]


class ResidualBlock(nn.Module):
    """Two convolutions of three positions around a shortcut."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = _conv_norm(inputs, outputs, 3, stride)
        self.second = _conv_norm(outputs, outputs, 3, 1)
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else _conv_norm(inputs, outputs, 1, stride)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Sum of both ways, rectified."""
        inner = self.second(torch.relu(self.first(hidden)))
        return torch.relu(inner + self.shortcut(hidden))


def published() -> nn.Module:
    """The published network: (spectra, 1, 10) to (spectra, 1)."""
    layers: list[nn.Module] = []
    widths = ((1, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 1))
    for inputs, outputs, stride in widths:
        layers += [_conv_norm(inputs, outputs, 3, stride), nn.ReLU()]
    return nn.Sequential(*layers, *_head(256))


def residual() -> nn.Module:
    """The residual variant: (spectra, 1, 10) to (spectra, 1)."""
    return nn.Sequential(
        _conv_norm(1, 64, 3, 1),
        ResidualBlock(64, 64, 1),
        ResidualBlock(64, 128, 2),
        ResidualBlock(128, 256, 1),
        *_head(256),
    )


ARCHITECTURES: dict[str, Callable[[], nn.Module]] = {
    "published OneDCNN": published,
    "residual CNN": residual,
}
