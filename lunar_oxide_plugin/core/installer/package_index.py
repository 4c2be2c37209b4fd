"""Read the "simple repository" pages of a Python package index (PEP 503, 691, 700)."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Dict, Iterable, List, Optional, Protocol, Tuple
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import DependencyError
from ..progress import Progress
from ..translation import tr
from .wheel_tags import PythonTarget, WheelName, normalised, release_key

DEFAULT_INDEX = "https://pypi.org/simple"

#: Largest page of a project; one with a thousand files has half a megabyte.
MAX_PAGE_BYTES = 8_000_000

#: HTML is read in pieces within this many seconds; real pages need a twentieth of it.
PIECE = 10_000
PARSE_SECONDS = 3.0

#: Accepted types: JSON first, HTML for indexes without JSON.
ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.1"


@dataclass(frozen=True)
class Answer:
    """The answer of a server."""

    content: bytes
    content_type: str


class Network(Protocol):
    """Access to the network; the plugin uses QGIS's own, with its proxy."""

    def get(self, url: str, accept: str, progress: Progress, most_bytes: int) -> Answer:
        """Fetch a whole document of no more than `most_bytes`.

        Raises
        ------
        DependencyError
            If the whole document cannot be fetched.
        Cancelled
            If the user stopped it.
        """


@dataclass(frozen=True)
class IndexFile:
    """A wheel on an index.

    Attributes
    ----------
    name : WheelName
    file_name, url : str
    sha256 : str
        Lower-case hexadecimal; empty if the index gives none, and then the wheel is not used.
    size : int or None
        Bytes, if the index gives them.
    """

    name: WheelName
    file_name: str
    url: str
    sha256: str
    size: Optional[int]


def find_wheel(
    network: Network,
    project: str,
    target: PythonTarget,
    progress: Progress,
    index: str = DEFAULT_INDEX,
    newest_tested: str = "",
) -> IndexFile:
    """The wheel of a project that fits a Python.

    Parameters
    ----------
    network, target, progress
    project : str
    index : str
        Address of the simple repository.
    newest_tested : str
        A newer version is used only if none up to this one fits, and then the oldest of the newer
        ones.

    Raises
    ------
    DependencyError
        If the index cannot be reached, is not an index, or has no wheel for this Python.
    """
    page = f"{index.rstrip('/')}/{normalised(project)}/"
    files = read_page(network.get(page, ACCEPT, progress, MAX_PAGE_BYTES), page)
    wanted = [file for file in files if file.name.project == normalised(project)]
    fitting = [file for file in wanted if file.name.fits(target)]
    if not fitting:
        raise DependencyError(
            tr(
                "{page} offers no {project} wheel for {target}: install from a wheel file made "
                "for it, or use a QGIS with another Python."
            ).format(page=page, project=project, target=target)
        )
    chosen = _choose(fitting, release_key(newest_tested))
    _require_safe(chosen, page)
    return chosen


def _require_safe(file: IndexFile, page: str) -> None:
    """Refuse a wheel that an attacker on the network could replace.

    The user may choose an index over plain http in the settings; but an index over https must not
    lead to wheels over http.
    """
    scheme, wanted = urlsplit(file.url).scheme, urlsplit(page).scheme
    if scheme != "https" and scheme != wanted:
        raise DependencyError(
            tr(
                "{page} offers {file} over {scheme}, where it could be exchanged on the way: use "
                "an index that offers it over https, or install from a wheel file."
            ).format(page=page, file=file.file_name, scheme=scheme or "-")
        )
    if not file.sha256:
        raise DependencyError(
            tr(
                "{page} gives no sha256 of {file}, so that what arrives could not be checked: "
                "use another index, or download the wheel yourself and install from the file."
            ).format(page=page, file=file.file_name)
        )


def read_page(answer: Answer, page: str) -> List[IndexFile]:
    """The wheels of final releases on a project's page, without withdrawn ("yanked") ones.

    Raises
    ------
    DependencyError
        If the page is not that of an index (e.g. a login or proxy page).
    """
    try:
        if len(answer.content) > MAX_PAGE_BYTES:
            raise ValueError(f"it has {len(answer.content) / 1e6:.0f} MB")
        text = answer.content.decode("utf-8")
        # Some servers give no type, or a general one.
        is_json = "json" in answer.content_type or text.lstrip().startswith("{")
        entries = _json_entries(json.loads(text)) if is_json else _html_entries(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DependencyError(
            tr(
                "{page} is not a page of a Python package index ({error}): check the address, "
                "and that no proxy or login page stands between."
            ).format(page=page, error=error)
        ) from error
    files = []
    for file_name, address, sha256, size in entries:
        if not file_name.endswith(".whl"):
            continue
        try:
            name, url = WheelName.parse(file_name), urljoin(page, address)
        except (DependencyError, ValueError):
            continue  # skip files and addresses with invalid names
        if release_key(name.version) is not None:
            files.append(IndexFile(name, file_name, url, sha256, size))
    return files


def _choose(files: Iterable[IndexFile], tested: Optional[Tuple[int, ...]]) -> IndexFile:
    keyed = sorted(
        ((release_key(file.name.version) or (), file) for file in files), key=lambda pair: pair[0]
    )
    known = [file for key, file in keyed if tested is None or key <= tested]
    return known[-1] if known else keyed[0][1]


Entry = Tuple[str, str, str, Optional[int]]


def _json_entries(document: Dict[str, Any]) -> List[Entry]:
    entries: List[Entry] = []
    for file in document["files"]:
        if file.get("yanked"):
            continue
        size = file.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size <= 0:
            size = None
        sha256 = str((file.get("hashes") or {}).get("sha256", "")).lower()
        if re.fullmatch(r"[0-9a-f]{64}", sha256) is None:
            sha256 = ""
        entries.append((str(file["filename"]), str(file["url"]), sha256, size))
    return entries


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.entries: List[Entry] = []

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        values = dict(attrs)
        address = values.get("href")
        if tag != "a" or not address or "data-yanked" in values:
            return
        try:
            parts = urlsplit(address)
        except ValueError:
            return
        match = re.fullmatch(r"sha256=([0-9a-fA-F]{64})", parts.fragment)
        file_name = unquote(parts.path.rsplit("/", 1)[-1])
        sha256 = match.group(1).lower() if match else ""
        self.entries.append((file_name, address.split("#")[0], sha256, None))


def _html_entries(text: str) -> List[Entry]:
    links = _Links()
    end = time.monotonic() + PARSE_SECONDS
    for start in range(0, len(text), PIECE):
        links.feed(text[start : start + PIECE])
        # An incomplete tag is kept and searched again with each piece.
        if len(links.rawdata) > 4 * PIECE or time.monotonic() > end:
            raise ValueError("no page of links")
    if not links.entries:
        raise ValueError("no links in it")
    return links.entries
