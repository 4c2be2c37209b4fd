"""Choose the model that fits a raster: the one that was trained for its sensor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import List, Optional, Tuple

from ..errors import ModelError
from ..rasters.sensors.recognition import described_sensor
from ..rasters.sensors.record import Sensor
from .model_description import METADATA_KEY, ModelDescription
from .model_library import AUTOMATIC, ModelEntry, find_model, model_entries
from .oxide_model import MAX_MODEL_BYTES
from .protobuf_wire import values

__all__ = [
    "AUTOMATIC",
    "ModelChoice",
    "advice_on_model",
    "better_model",
    "bundled_by_sensor",
    "choose_model",
    "describe_file",
    "models_for",
    "sensor_of",
]

#: Most models that one sentence offers.
MOST_OFFERED = 3

#: Numbers of fields in ONNX's messages: metadata of a model, key and value of an entry.
_METADATA, _KEY, _VALUE = 14, 1, 2


@dataclass(frozen=True)
class ModelChoice:
    """A model that was chosen for a raster.

    Attributes
    ----------
    entry : ModelEntry
    reason : str
        One sentence, for logs and metadata.
    """

    entry: ModelEntry
    reason: str


def describe_file(path: Path) -> Optional[ModelDescription]:
    """The description in a model file, without opening it as a model.

    Parameters
    ----------
    path : Path

    Returns
    -------
    ModelDescription or None
        None if the file cannot be read, is no model, or does not describe itself.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    if status.st_size > MAX_MODEL_BYTES:
        return None
    return _described(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _described(path: Path, changed: int, size: int) -> Optional[ModelDescription]:
    """The description in a file of this age and size."""
    try:
        for number, entry in values(memoryview(path.read_bytes())):
            if number == _METADATA and isinstance(entry, memoryview):
                texts = {
                    key: bytes(text) for key, text in values(entry) if not isinstance(text, int)
                }
                if texts.get(_KEY) == METADATA_KEY.encode():
                    return ModelDescription.from_json(texts[_VALUE].decode("utf-8"), path.name)
    except (OSError, ValueError, IndexError, KeyError, ModelError):
        return None
    return None


def sensor_of(description: ModelDescription) -> Optional[Sensor]:
    """The sensor whose reflectance a model takes, or None if that is not known.

    Parameters
    ----------
    description : ModelDescription

    Returns
    -------
    Sensor or None
    """
    centres = [band.wavelength_nm for band in description.bands]
    return described_sensor(description.sensor, centres)


def models_for(sensor: Sensor) -> Tuple[ModelEntry, ...]:
    """The available models that take reflectance of a sensor, the bundled ones first.

    Parameters
    ----------
    sensor : Sensor

    Returns
    -------
    tuple of ModelEntry
    """
    return tuple(
        entry
        for entry, description in _described_models()
        if description is not None and sensor_of(description) == sensor
    )


def choose_model(
    sensor: Optional[Sensor],
    where: str,
    band_count: int = 0,
    preferred: str = "",
) -> ModelChoice:
    """The model for a raster: the preferred one if it fits, or else the first that fits.

    Parameters
    ----------
    sensor : Sensor, or None
        The raster's, if recognised.
    where : str
        The raster's name, for the reason.
    band_count : int
        Number of bands that a model is to take, used where the sensor is not known; 0 for none.
    preferred : str
        Name of a model; by default, and where it does not exist, the first bundled one.

    Returns
    -------
    ModelChoice
        The preferred model where no model fits.
    """
    first = find_model(preferred) or model_entries()[0]
    if sensor is not None:
        fitting = models_for(sensor)
        if not fitting:
            return _usual(first, f"no model is for {sensor.title}")
        entry = first if first in fitting else fitting[0]
        return ModelChoice(
            entry, f"Model {entry.name} was taken: {where} has reflectance of {sensor.title}."
        )
    by_count = [
        entry
        for entry, description in _described_models()
        if description is not None and len(description.bands) == band_count
    ]
    if by_count and first not in by_count:
        return ModelChoice(
            by_count[0],
            f"Model {by_count[0].name} was taken: it takes {band_count} bands, as {where} has "
            "them, whose sensor is not recognised.",
        )
    return _usual(first, f"the sensor of {where} is not recognised")


def _usual(entry: ModelEntry, why: str) -> ModelChoice:
    return ModelChoice(entry, f"Model {entry.name} was taken, the usual one: {why}.")


def better_model(
    path: Path,
    sensor: Optional[Sensor],
    where: str,
    band_count: int,
    preferred: str = "",
) -> Optional[ModelChoice]:
    """Another model that fits a raster, where a model is for another sensor or for more bands.

    Parameters
    ----------
    path : Path
        The model's file.
    sensor, where, band_count, preferred
        See `choose_model`.

    Returns
    -------
    ModelChoice or None
        None where the model fits, where it does not describe itself, and where no other fits.
    """
    description = describe_file(path)
    if description is None:
        return None
    own = sensor_of(description)
    if sensor is not None and (own is None or own == sensor):
        return None
    if sensor is None and len(description.bands) <= band_count:
        return None
    choice = choose_model(sensor, where, band_count, preferred)
    taken = describe_file(choice.entry.path)
    fits = taken is not None and (
        len(taken.bands) == band_count if sensor is None else sensor_of(taken) == sensor
    )
    return choice if fits and choice.entry.path != path else None


def bundled_by_sensor() -> str:
    """The bundled models and the sensor that each is for, for help texts.

    Returns
    -------
    str
    """
    found = (
        (entry.name, description)
        for entry, description in _described_models()
        if entry.is_bundled and description is not None
    )
    return "; ".join(f"{name}: {description.sensor}" for name, description in found)


def advice_on_model(sensor: Optional[Sensor]) -> str:
    """Advice to take a model that fits a raster's sensor; empty if there is none.

    Parameters
    ----------
    sensor : Sensor or None

    Returns
    -------
    str
    """
    names = [entry.name for entry in models_for(sensor)] if sensor is not None else []
    return f"take the model {' or '.join(names[:MOST_OFFERED])}" if names else ""


def _described_models() -> List[Tuple[ModelEntry, Optional[ModelDescription]]]:
    return [(entry, describe_file(entry.path)) for entry in model_entries()]
