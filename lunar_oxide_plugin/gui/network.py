"""Downloads with QGIS's proxy, certificates, authentication and time limits."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Iterator

from qgis.core import QgsBlockingNetworkRequest, QgsFeedback, QgsNetworkReplyContent
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..core.errors import Cancelled, DependencyError
from ..core.installer.package_index import Answer
from ..core.progress import Progress
from ..core.translation import tr


class QgisNetwork:
    """Fetches documents through QGIS's network stack; usable in background threads."""

    def get(self, url: str, accept: str, progress: Progress, most_bytes: int) -> Answer:
        """Fetch a whole document of no more than `most_bytes`.

        Raises
        ------
        DependencyError
            If the server or proxy does not send the whole document.
        Cancelled
        """
        feedback = QgsFeedback()
        blocking = QgsBlockingNetworkRequest()

        too_large = threading.Event()

        def on_progress(received: int, total: int) -> None:
            if max(received, total) > most_bytes:
                too_large.set()
                feedback.cancel()
            if total > 0:
                progress.report(min(1.0, received / total))

        # Call at once on the receiving thread, because this thread may be waiting for it.
        blocking.downloadProgress.connect(on_progress, Qt.ConnectionType.DirectConnection)
        request = QNetworkRequest(QUrl(url))
        request.setRawHeader(b"Accept", accept.encode("ascii"))
        # Otherwise Qt would unpack a compressed answer of any size.
        request.setRawHeader(b"Accept-Encoding", b"identity")
        # Packages of tens of megabytes would remove map tiles from QGIS's cache.
        request.setAttribute(QNetworkRequest.Attribute.CacheSaveControlAttribute, False)
        if progress.is_cancelled():
            raise Cancelled(tr("Cancelled: nothing was installed."))
        with _cancelling(feedback, progress):
            outcome = blocking.get(request, True, feedback)
        if progress.is_cancelled():
            raise Cancelled(tr("Cancelled: nothing was installed."))
        reply = blocking.reply()
        content = bytes(reply.content())
        if too_large.is_set() or len(content) > most_bytes:
            raise DependencyError(
                tr(
                    "{url} sends more than the {size:.1f} MB that it should: try another index, "
                    "or install from a wheel file."
                ).format(url=url, size=most_bytes / 1e6)
            )
        if outcome != QgsBlockingNetworkRequest.ErrorCode.NoError:
            raise DependencyError(
                tr(
                    "{url} cannot be fetched ({reason}): check the connection and the proxy in "
                    "QGIS's options (Network), or install from a wheel file."
                ).format(url=url, reason=blocking.errorMessage().strip().rstrip("."))
            )
        return Answer(content, _header(reply, "content-type").lower())


def _header(reply: QgsNetworkReplyContent, name: str) -> str:
    """A header's value; QGIS itself finds it only in the server's upper and lower case."""
    for header in reply.rawHeaderList():
        if bytes(header).decode("latin-1").lower() == name:
            return bytes(reply.rawHeader(header)).decode("latin-1")
    return ""


@contextmanager
def _cancelling(feedback: QgsFeedback, progress: Progress) -> Iterator[None]:
    """Pass the user's cancel to `feedback`, also while the server does not answer."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            if progress.is_cancelled():
                feedback.cancel()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
