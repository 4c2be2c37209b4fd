"""The published networks as plain arrays: architecture read from shapes, batch norm folded.

Yang et al. 2023 (Nat Commun 14:7554): `OneDCNN`, five convolutions of three positions with
64, 64, 128 (stride 2), 128 and 256 filters, each with batch norm and ReLU, global average
pooling, one linear output. Its residual successor: a stem of 64 filters with batch norm but
without ReLU, and three residual blocks of 64, 128 (stride 2) and 256 filters. Ten inputs:
eight reflectances, theta_Fe and theta_Ti, standardised.

A state holds neither strides nor activations; they are the published ones unless said
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .checkpoints import CheckpointError
from .stations import FloatArray

#: Inputs of every published network, in this order.
FEATURES = (
    "414 nm",
    "749 nm",
    "901 nm",
    "950 nm",
    "1001 nm",
    "1049 nm",
    "1248 nm",
    "1548 nm",
    "theta_Fe",
    "theta_Ti",
)

#: Ratio, and addition to R749, of the angles' origins.
IRON_ORIGIN = (1.250, -0.037)
TITANIUM_ORIGIN = (0.208, 0.108)

#: PyTorch's default; a state does not hold it.
BATCH_NORM_EPSILON = 1e-5

NORM = {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"}


def features_of(reflectance: FloatArray) -> FloatArray:
    """The ten features before standardisation, shape (n, 10), of spectra of shape (n, 8).

    theta_Fe = -atan((R950/R749 - 1.250) / (R749 - 0.037)) and theta_Ti = atan((R414/R749 -
    0.208) / (R749 + 0.108)), radians, as in Yang et al. 2023; unbounded, unlike those of the
    project's own models.
    """
    r414, r749, r950 = reflectance[:, 0], reflectance[:, 1], reflectance[:, 3]
    iron = -np.arctan((r950 / r749 - IRON_ORIGIN[0]) / (r749 + IRON_ORIGIN[1]))
    titanium = np.arctan((r414 / r749 - TITANIUM_ORIGIN[0]) / (r749 + TITANIUM_ORIGIN[1]))
    return np.column_stack([reflectance, iron, titanium])


@dataclass(frozen=True)
class Convolution:
    """A convolution along the spectrum, batch norm folded in; padding keeps the length.

    Attributes
    ----------
    weight : float array, shape (outputs, inputs, size)
    bias : float array, shape (outputs,)
    stride : int
    rectified : bool
        Whether ReLU follows.
    """

    weight: FloatArray
    bias: FloatArray
    stride: int = 1
    rectified: bool = True

    def __call__(self, hidden: FloatArray) -> FloatArray:
        """Values, shape (n, outputs, positions), of values of shape (n, inputs, positions)."""
        outputs, _, size = self.weight.shape
        padded = np.pad(hidden, ((0, 0), (0, 0), (size // 2, size // 2)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=2)
        rows = windows[:, :, :: self.stride].transpose(0, 2, 1, 3)
        flat = rows.reshape(*rows.shape[:2], -1)
        answer = (flat @ self.weight.reshape(outputs, -1).T + self.bias).transpose(0, 2, 1)
        return np.maximum(answer, 0.0) if self.rectified else answer


@dataclass(frozen=True)
class ResidualBlock:
    """Two convolutions around a shortcut (None: the input itself), added and rectified."""

    first: Convolution
    second: Convolution
    shortcut: Convolution | None

    def __call__(self, hidden: FloatArray) -> FloatArray:
        """Values, shape (n, outputs, positions), of values of shape (n, inputs, positions)."""
        beside = hidden if self.shortcut is None else self.shortcut(hidden)
        return np.maximum(self.second(self.first(hidden)) + beside, 0.0)


@dataclass(frozen=True)
class Network:
    """One oxide's network.

    Attributes
    ----------
    parts : tuple of Convolution and ResidualBlock
    head : float array, shape (channels,)
        Weights of the linear output on the pooled channels.
    offset : float
        Its bias.
    """

    parts: tuple[Convolution | ResidualBlock, ...]
    head: FloatArray
    offset: float

    @property
    def is_residual(self) -> bool:
        """Whether it has residual blocks."""
        return any(isinstance(part, ResidualBlock) for part in self.parts)

    @property
    def strides(self) -> tuple[int, ...]:
        """Stride of each convolution or block."""
        return tuple(_first(part).stride for part in self.parts)

    def __call__(self, features: FloatArray) -> FloatArray:
        """Output, shape (n,), of standardised features, shape (n, 10)."""
        if features.ndim != 2 or features.shape[1] != len(FEATURES):
            raise CheckpointError(
                f"The published networks take ten features ({', '.join(FEATURES)}), in this "
                f"order, for every oxide; {features.shape[-1]} were given."
            )
        hidden = features[:, None, :]
        for part in self.parts:
            hidden = part(hidden)
        return hidden.mean(axis=2) @ self.head + self.offset

    def with_strides(self, strides: Sequence[int]) -> Network:
        """The same weights with other strides, one for each part."""
        if len(strides) != len(self.parts):
            raise CheckpointError(
                f"{len(strides)} strides were given for a network of {len(self.parts)} "
                f"{'blocks' if self.is_residual else 'convolutions'}."
            )
        parts = tuple(_strided(part, stride) for part, stride in zip(self.parts, strides))
        return replace(self, parts=parts)

    def with_rectified_stem(self, rectified: bool) -> Network:
        """The same weights with or without ReLU after the first convolution."""
        stem = self.parts[0]
        assert isinstance(stem, Convolution)
        return replace(self, parts=(replace(stem, rectified=rectified), *self.parts[1:]))

    def describe(self) -> str:
        """Widths and strides in one line."""
        kind = "residual network" if self.is_residual else "OneDCNN"
        steps = [
            f"{len(_first(part).bias)}{f' (stride {stride})' if stride > 1 else ''}"
            for part, stride in zip(self.parts, self.strides)
        ]
        return f"{kind}, filters {' -> '.join(steps)}, {len(FEATURES)} features"


def network_from_state(state: Mapping[str, FloatArray], where: str) -> Network:
    """The published network that a state fits, whatever its parameters are called.

    Parameters
    ----------
    state : mapping of parameter name to array, in the order of registration
    where : str
        The file's name, for messages.

    Raises
    ------
    CheckpointError
        If the state is of another architecture or takes other than ten features.
    """
    modules = _modules(state, where)
    convolutions = [m for m in modules if _kind(m, where) == "convolution"]
    norms = [m for m in modules if _kind(m, where) == "norm"]
    linear = [m for m in modules if _kind(m, where) == "linear"]
    if not convolutions:
        raise CheckpointError(f"{where} holds no convolution, so it is no published network.")
    folded = _fold(convolutions, norms, modules, where)
    inputs = folded[0].weight.shape[1]
    if inputs != 1:
        raise CheckpointError(
            f"The first convolution of {where} takes {inputs} channels; the published networks "
            f"take one channel of ten features in this order: {', '.join(FEATURES)}."
        )
    plain = all(conv.weight.shape[2] > 1 for conv in folded)
    parts = _plain(folded, where) if plain else _residual(folded, where)
    head, offset = _head(linear, len(_last(parts[-1]).bias), where)
    return Network(parts, head, offset)


@dataclass(frozen=True)
class _Module:
    name: str
    arrays: Mapping[str, FloatArray]


def _modules(state: Mapping[str, FloatArray], where: str) -> list[_Module]:
    """Parameters of one module together, in the order of registration."""
    groups: dict[str, dict[str, FloatArray]] = {}
    for key, value in state.items():
        name, _, parameter = key.rpartition(".")
        groups.setdefault(name, {})[parameter] = value
    for name, arrays in groups.items():
        unknown = set(arrays) - NORM
        if unknown:
            raise CheckpointError(
                f"{where} holds the parameter {name}.{sorted(unknown)[0]}, which the published "
                "networks do not have."
            )
        if not all(np.isfinite(array).all() for array in arrays.values()):
            raise CheckpointError(f"{where} holds numbers that are not finite in {name}: damaged.")
    return [_Module(name, arrays) for name, arrays in groups.items()]


def _kind(module: _Module, where: str) -> str:
    weight = module.arrays.get("weight")
    if "running_var" in module.arrays:
        return "norm"
    if weight is not None and weight.ndim == 2:
        return "linear"
    if weight is not None and (weight.ndim == 3 or (weight.ndim == 4 and 1 in weight.shape[2:])):
        return "convolution"
    raise CheckpointError(
        f"{where} holds the module {module.name or '(top)'} with "
        f"{', '.join(f'{k} {list(v.shape)}' for k, v in module.arrays.items())}: neither "
        "convolution, batch norm nor linear layer as in the published networks."
    )


def _fold(
    convolutions: Sequence[_Module],
    norms: Sequence[_Module],
    modules: Sequence[_Module],
    where: str,
) -> list[Convolution]:
    """Each convolution with its batch norm in its weights."""
    if len(norms) == len(convolutions) and all(
        len(conv.arrays["weight"]) == len(norm.arrays["running_var"])
        for conv, norm in zip(convolutions, norms)
    ):
        pairs: list[tuple[_Module, _Module | None]] = list(zip(convolutions, norms))
    else:
        pairs = [(conv, _following_norm(conv, modules)) for conv in convolutions]
        used = [norm for _, norm in pairs if norm is not None]
        if len(used) != len(norms):
            spare = next(norm.name for norm in norms if norm not in used)
            raise CheckpointError(
                f"{where} has a batch norm, {spare}, that follows no convolution of its width."
            )
    return [_folded(conv, norm) for conv, norm in pairs]


def _following_norm(conv: _Module, modules: Sequence[_Module]) -> _Module | None:
    after = modules[modules.index(conv) + 1 :][:1]
    width = len(conv.arrays["weight"])
    fits = after and len(after[0].arrays.get("running_var", ())) == width
    return after[0] if fits else None


def _folded(conv: _Module, norm: _Module | None) -> Convolution:
    weight = conv.arrays["weight"]
    if weight.ndim == 4:
        weight = weight.reshape(*weight.shape[:2], -1)
    bias = conv.arrays.get("bias", np.zeros(len(weight)))
    if norm is None:
        return Convolution(weight, bias)
    arrays = norm.arrays
    gain = arrays.get("weight", 1.0) / np.sqrt(arrays["running_var"] + BATCH_NORM_EPSILON)
    shift = arrays.get("bias", 0.0) - arrays["running_mean"] * gain
    return Convolution(weight * gain[:, None, None], bias * gain + shift)


def _plain(convolutions: Sequence[Convolution], where: str) -> tuple[Convolution, ...]:
    """A chain; stride 2 where the network widens first after its stem, as published."""
    _require_chain(convolutions, where)
    strides = [1] * len(convolutions)
    for index in range(1, len(convolutions)):
        if len(convolutions[index].bias) > len(convolutions[index - 1].bias):
            strides[index] = 2
            break
    return tuple(replace(conv, stride=stride) for conv, stride in zip(convolutions, strides))


def _residual(
    convolutions: Sequence[Convolution], where: str
) -> tuple[Convolution | ResidualBlock, ...]:
    """A stem and blocks of two; kernels of one position are shortcuts."""
    main = [conv for conv in convolutions if conv.weight.shape[2] > 1]
    shortcuts = {_shape(conv): conv for conv in convolutions if conv.weight.shape[2] == 1}
    stem, rest = main[0], main[1:]
    _require_chain(main, where)
    if len(rest) % 2 or not rest:
        raise CheckpointError(
            f"{where} has {len(rest)} convolutions after the stem beside its shortcuts; the "
            "published residual network has two a block."
        )
    parts: list[Convolution | ResidualBlock] = [replace(stem, rectified=False)]
    widened = False
    for first, second in zip(rest[::2], rest[1::2]):
        outputs, inputs = len(second.bias), first.weight.shape[1]
        shortcut = shortcuts.pop((inputs, outputs), None)
        if shortcut is None and inputs != outputs:
            raise CheckpointError(
                f"{where} widens from {inputs} to {outputs} filters in a block without shortcut "
                "convolution, which the published residual network has."
            )
        block = ResidualBlock(
            first,
            replace(second, rectified=False),
            None if shortcut is None else replace(shortcut, rectified=False),
        )
        stride = 2 if outputs > inputs and not widened else 1
        widened = widened or outputs > inputs
        parts.append(_strided(block, stride))
    if shortcuts:
        raise CheckpointError(f"{where} has a shortcut of {next(iter(shortcuts))} without a block.")
    return tuple(parts)


def _shape(conv: Convolution) -> tuple[int, int]:
    return conv.weight.shape[1], conv.weight.shape[0]


def _require_chain(convolutions: Sequence[Convolution], where: str) -> None:
    for before, after in zip(convolutions, convolutions[1:]):
        if after.weight.shape[1] != len(before.bias):
            widths = ", ".join(f"{i} to {o}" for i, o in map(_shape, convolutions))
            raise CheckpointError(
                f"The convolutions of {where} ({widths}) do not follow each other as in the "
                "published networks."
            )
    if any(conv.weight.shape[2] % 2 == 0 for conv in convolutions):
        raise CheckpointError(f"{where} has a convolution of even size; the published have three.")


def _head(linear: Sequence[_Module], channels: int, where: str) -> tuple[FloatArray, float]:
    if len(linear) != 1:
        raise CheckpointError(
            f"{where} has {len(linear)} linear layers; the published networks have one."
        )
    weight = linear[0].arrays["weight"]
    if weight.shape[1] != channels:
        raise CheckpointError(
            f"The linear layer of {where} takes {weight.shape[1]} numbers, not the {channels} "
            "channels that are averaged along the ten features in the published networks."
        )
    if weight.shape[0] != 1:
        raise CheckpointError(
            f"{where} gives {weight.shape[0]} outputs; the published networks give one oxide each."
        )
    bias = linear[0].arrays.get("bias", np.zeros(1))
    return weight[0], float(bias[0])


def _first(part: Convolution | ResidualBlock) -> Convolution:
    return part.first if isinstance(part, ResidualBlock) else part


def _last(part: Convolution | ResidualBlock) -> Convolution:
    return part.second if isinstance(part, ResidualBlock) else part


def _strided(part: Convolution | ResidualBlock, stride: int) -> Convolution | ResidualBlock:
    if isinstance(part, Convolution):
        return replace(part, stride=stride)
    shortcut = part.shortcut
    if shortcut is None and stride != 1:
        raise CheckpointError("A block without shortcut convolution cannot have a stride of 2.")
    return ResidualBlock(
        replace(part.first, stride=stride),
        part.second,
        None if shortcut is None else replace(shortcut, stride=stride),
    )
