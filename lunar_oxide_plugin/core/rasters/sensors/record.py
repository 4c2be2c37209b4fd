"""Records of a sensor: filters, digital numbers, codes, names, plausible reflectance."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import FrozenSet, Mapping, Optional, Tuple

#: Largest distance (nm) of a raster's band centre from a filter's: centres are written with or
#: without decimals, but 414 and 415 nm belong to different cameras.
CENTRE_TOLERANCE_NM = 0.5


@dataclass(frozen=True)
class Filter:
    """One filter of a camera.

    Attributes
    ----------
    name : str
        Name in labels, e.g. ``"MV1"``.
    wavelength_nm, width_nm : float
        Centre and full width at half maximum.
    nominal : str
        Wavelength that names the band in published formulas, e.g. ``"415"``; may be empty.
    """

    name: str
    wavelength_nm: float
    width_nm: float
    nominal: str


@dataclass(frozen=True)
class DigitalNumbers:
    """Conversion of the numbers in a product's file to reflectance: ``number * scale + offset``.

    Attributes
    ----------
    dtype : str
        Name of the pixels' numpy type.
    scale, offset : float
        Reflectance (fraction).
    invalid : frozenset of int
        Numbers that are not measurements, saturation included.
    saturated : frozenset of int
    outside : int
        Number outside the product's image.
    shadow_up_to : mapping of str to int
        Product version, as in the file's name, to the highest number that counts as shadow.
    """

    dtype: str
    scale: float
    offset: float = 0.0
    invalid: FrozenSet[int] = frozenset()
    saturated: FrozenSet[int] = frozenset()
    outside: int = 0
    shadow_up_to: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plausible:
    """Range of medians over a scene that the sensor's reflectance can have.

    Attributes
    ----------
    known_min, known_max : float
        Range of measured soils; outside it a doubt is given.
    possible_min, possible_max : float
        Outside this range, it cannot be this sensor's reflectance and is refused.
    """

    known_min: float
    known_max: float
    possible_min: float
    possible_max: float


@dataclass(frozen=True)
class Sensor:
    """All facts of one sensor.

    Attributes
    ----------
    key : str
        Short name, e.g. ``"MI"``.
    title : str
        Full name, as in model files.
    filters : tuple of Filter
        In the product's band order; empty for spectrometers.
    numbers : DigitalNumbers, or None
        Of its map-projected product.
    product : str
        Name of that product in sentences, e.g. ``"MI_MAP"``.
    station_columns : tuple of str
        Columns of the bundled sample sites with its reflectance; a name ends in the wavelength in
        nm. Empty where no public table has its spectra of stations.
    band_counts : frozenset of int
        Band counts of a spectrometer's cubes.
    range_nm : tuple of float, or None
        First and last wavelength of a spectrometer.
    grid_nm : tuple of float, or None
        A band centre of a spectrometer and the step on which all of them lie.
    file_names : tuple of str
        Regular expressions for names of its files, any case; a group ``version`` is the
        product's version.
    label_names : tuple of str
        Regular expressions for the instrument or data set in labels.
    levels : mapping of str to Plausible
        Nominal band to the median reflectance that a scene can have.
    ratios : mapping of str to Plausible
        Nominal band to its ratio to 750 nm.
    formulas : tuple of str
        Keys of the spectral parameters that hold for it, in the order of their raster bands.
    legends : mapping of str to (float, float)
        Legend ranges of parameters that are specific to this sensor.
    advice : str
        Advice to a user whose raster is of this sensor where no model is named that takes it.
    citations : tuple of str
        Sources of the facts.
    """

    key: str
    title: str
    filters: Tuple[Filter, ...] = ()
    numbers: Optional[DigitalNumbers] = None
    product: str = ""
    station_columns: Tuple[str, ...] = ()
    band_counts: FrozenSet[int] = frozenset()
    range_nm: Optional[Tuple[float, float]] = None
    grid_nm: Optional[Tuple[float, float]] = None
    file_names: Tuple[str, ...] = ()
    label_names: Tuple[str, ...] = ()
    levels: Mapping[str, Plausible] = field(default_factory=dict)
    ratios: Mapping[str, Plausible] = field(default_factory=dict)
    formulas: Tuple[str, ...] = ()
    legends: Mapping[str, Tuple[float, float]] = field(default_factory=dict)
    advice: str = ""
    citations: Tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.key)

    def filter_at(self, wavelength_nm: float) -> Optional[Filter]:
        """The filter with this centre, exact or nominal, or None.

        Parameters
        ----------
        wavelength_nm : float

        Returns
        -------
        Filter or None
        """
        exact = min(self.filters, key=lambda f: abs(f.wavelength_nm - wavelength_nm), default=None)
        if exact and abs(exact.wavelength_nm - wavelength_nm) <= CENTRE_TOLERANCE_NM:
            return exact
        nominal = f"{wavelength_nm:g}"
        return next((own for own in self.filters if own.nominal == nominal), None)

    @property
    def station_wavelengths_nm(self) -> Tuple[float, ...]:
        """Centres of `station_columns`, nm."""
        return tuple(float(name.rpartition("r")[2]) for name in self.station_columns)

    def nominal_filter(self, nominal: str) -> Filter:
        """The filter of a nominal wavelength.

        Parameters
        ----------
        nominal : str

        Returns
        -------
        Filter

        Raises
        ------
        KeyError
            If the sensor has none.
        """
        for own in self.filters:
            if own.nominal == nominal:
                return own
        raise KeyError(nominal)

    def version_in(self, name: str) -> Optional[str]:
        """The product version in a file name, empty if there is none; None if the name is not of
        this sensor.

        Parameters
        ----------
        name : str

        Returns
        -------
        str or None
        """
        for pattern in self.file_names:
            match = re.search(pattern, name, re.IGNORECASE)
            if match:
                return match.groupdict().get("version") or ""
        return None

    def is_named_in(self, label: str) -> bool:
        """Whether a label's instrument and data set are of this sensor.

        Parameters
        ----------
        label : str

        Returns
        -------
        bool
        """
        return any(re.search(pattern, label, re.IGNORECASE) for pattern in self.label_names)
