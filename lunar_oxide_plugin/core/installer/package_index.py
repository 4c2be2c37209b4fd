"""What a Python package index offers: the "simple repository" pages (PEP 503, 691, 700)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Dict, Iterable, List, Optional, Protocol, Tuple
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import DependencyError
from ..progress import Progress
from ..translation import tr
from .wheel_tags import PythonTarget, WheelName, normalised, release_key

DEFAULT_INDEX = "https://pypi.org/simple"

#: JSON first, HTML for indexes that know nothing else.
ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.1"


@dataclass(frozen=True)
class Answer:
    """What a server sent."""

    content: bytes
    content_type: str


class Network(Protocol):
    """How core reaches the network; QGIS's own stack, with its proxy, in the plugin."""

    def get(self, url: str, accept: str, progress: Progress) -> Answer:
        """Fetch a whole document.

        Raises
        ------
        DependencyError
            If it cannot be had, whole.
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
        Lower-case hexadecimal; empty if the index gives none.
    size : int or None
        Bytes, where the index says so.
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
    """The wheel of a project that suits a Python.

    Parameters
    ----------
    network, target, progress
    project : str
    index : str
        Address of the simple repository.
    newest_tested : str
        Newer versions are taken only if none up to this one fits, and then the oldest of them.

    Raises
    ------
    DependencyError
        If the index is out of reach, is no index, or has no wheel for this Python.
    """
    page = f"{index.rstrip('/')}/{normalised(project)}/"
    files = read_page(network.get(page, ACCEPT, progress), page)
    wanted = [file for file in files if file.name.project == normalised(project)]
    fitting = [file for file in wanted if file.name.fits(target)]
    if not fitting:
        raise DependencyError(
            tr(
                "{page} offers no {project} wheel for {target}: install from a wheel file made "
                "for it, or use a QGIS with another Python."
            ).format(page=page, project=project, target=target)
        )
    return _choose(fitting, release_key(newest_tested))


def read_page(answer: Answer, page: str) -> List[IndexFile]:
    """The final releases' wheels on a project's page, withdrawn ("yanked") ones left out.

    Raises
    ------
    DependencyError
        If the page is not that of an index (a login or proxy page, for example).
    """
    try:
        if "json" in answer.content_type:
            entries = _json_entries(json.loads(answer.content.decode("utf-8")))
        else:
            entries = _html_entries(answer.content.decode("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
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
            name = WheelName.parse(file_name)
        except DependencyError:
            continue  # an index may hold oddly named files; they are not for us
        if release_key(name.version) is not None:
            files.append(IndexFile(name, file_name, urljoin(page, address), sha256, size))
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
        sha256 = str(file.get("hashes", {}).get("sha256", "")).lower()
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
        parts = urlsplit(address)
        match = re.fullmatch(r"sha256=([0-9a-fA-F]{64})", parts.fragment)
        file_name = unquote(parts.path.rsplit("/", 1)[-1])
        sha256 = match.group(1).lower() if match else ""
        self.entries.append((file_name, address.split("#")[0], sha256, None))


def _html_entries(text: str) -> List[Entry]:
    links = _Links()
    links.feed(text)
    if not links.entries:
        raise ValueError("no links in it")
    return links.entries
