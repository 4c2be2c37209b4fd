"""The network as QGIS knows it: its proxy, certificates, authentication and time limits."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Iterator

from qgis.core import QgsBlockingNetworkRequest, QgsFeedback
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..core.errors import Cancelled, DependencyError
from ..core.installer.package_index import Answer
from ..core.progress import Progress
from ..core.translation import tr


class QgisNetwork:
    """Fetches documents through QGIS's network stack; usable in background threads."""

    def get(self, url: str, accept: str, progress: Progress) -> Answer:
        """Fetch a whole document.

        Raises
        ------
        DependencyError
            If the server or proxy does not hand it over, whole.
        Cancelled
        """
        feedback = QgsFeedback()
        blocking = QgsBlockingNetworkRequest()

        def on_progress(received: int, total: int) -> None:
            if total > 0:
                progress.report(min(1.0, received / total))

        blocking.downloadProgress.connect(on_progress)
        request = QNetworkRequest(QUrl(url))
        request.setRawHeader(b"Accept", accept.encode("ascii"))
        # Packages of tens of megabytes would push map tiles out of QGIS's cache.
        request.setAttribute(QNetworkRequest.Attribute.CacheSaveControlAttribute, False)
        if progress.is_cancelled():
            raise Cancelled(tr("Cancelled: nothing was installed."))
        with _cancelling(feedback, progress):
            outcome = blocking.get(request, True, feedback)
        if progress.is_cancelled():
            raise Cancelled(tr("Cancelled: nothing was installed."))
        if outcome != QgsBlockingNetworkRequest.ErrorCode.NoError:
            raise DependencyError(
                tr(
                    "{url} cannot be fetched ({reason}): check the connection and the proxy in "
                    "QGIS's options (Network), or install from a wheel file."
                ).format(url=url, reason=blocking.errorMessage().strip().rstrip("."))
            )
        reply = blocking.reply()
        content_type = bytes(reply.rawHeader(b"Content-Type")).decode("latin-1").lower()
        return Answer(bytes(reply.content()), content_type)


@contextmanager
def _cancelling(feedback: QgsFeedback, progress: Progress) -> Iterator[None]:
    """Hand the user's wish to stop to `feedback`, even while a server says nothing at all."""
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
