"""Fabricated wheels and a local package index, for tests of the installation."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
import zipfile
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Dict, Iterator, Optional

CPYTHON = f"cp{sys.version_info[0]}{sys.version_info[1]}"

#: Has the parts of onnxruntime that the test of a package uses.
FAKE_ONNXRUNTIME = """
import numpy
__version__ = "{version}"
class SessionOptions:
    pass
class InferenceSession:
    def __init__(self, path, providers):
        self.path = path
    def run(self, outputs, feed):
        return [numpy.ones((6, feed["reflectance"].shape[-1]), dtype=numpy.float32)]
"""


def write_wheel(
    folder: Path,
    project: str = "onnxruntime",
    version: str = "1.30.0",
    tags: str = f"{CPYTHON}-{CPYTHON}-any",
    code: Optional[str] = None,
    files: Optional[Dict[str, bytes]] = None,
    record: Optional[Dict[str, str]] = None,
) -> Path:
    """Write a wheel of one package; `record` replaces the hashes of some files."""
    folder.mkdir(parents=True, exist_ok=True)
    module = project.replace("-", "_")
    code = FAKE_ONNXRUNTIME.replace("{version}", version) if code is None else code
    content = {f"{module}/__init__.py": code.encode("utf-8"), **(files or {})}
    info = f"{module}-{version}.dist-info"
    content[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n".encode()
    )
    content[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
    lines = []
    for name, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},{(record or {}).get(name, 'sha256=' + digest)},{len(data)}")
    lines.append(f"{info}/RECORD,,")
    path = folder / f"{module}-{version}-{tags}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
        archive.writestr(f"{info}/RECORD", "\n".join(lines) + "\n")
    return path


class IndexHandler(BaseHTTPRequestHandler):
    """Serves a folder of wheels as a simple repository; `fault` spoils the files."""

    def __init__(self, folder: Path, fault: str, as_html: bool, *args: object) -> None:
        self.folder = folder
        self.fault = fault
        self.as_html = as_html
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, *args: object) -> None:
        """Keep the terminal quiet."""

    def do_GET(self) -> None:
        """Answer with the project's page or a wheel; addresses may come whole, as to a proxy."""
        path = self.path.split("//", 1)[-1].split("/", 1)[-1] if "//" in self.path else self.path
        path = path.strip("/")
        if self.fault == "login":
            self._send(b"<html>Please log in</html>", "text/html")
        elif self.fault == "proxy":
            self.send_error(407, "Proxy Authentication Required")
        elif path.startswith("simple/"):
            self._page(path.split("/")[1])
        elif (self.folder / path).is_file():
            self._file((self.folder / path).read_bytes())
        else:
            self.send_error(404)

    def _page(self, project: str) -> None:
        module = project.replace("-", "_")
        wheels = sorted(self.folder.glob(f"{module}-*.whl"))
        if not wheels:
            self.send_error(404)
            return
        digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels}
        if self.as_html:
            links = [
                f'<a href="../../{path.name}#sha256={digests[path]}">{path.name}</a>'
                for path in wheels
            ]
            self._send("\n".join(links).encode(), "text/html")
            return
        files = [
            {
                "filename": path.name,
                "url": f"../../{path.name}",
                "hashes": {"sha256": digests[path]},
                "size": path.stat().st_size,
                "yanked": "yanked" in self.fault and path == wheels[-1],
            }
            for path in wheels
        ]
        self._send(json.dumps({"files": files}).encode(), "application/vnd.pypi.simple.v1+json")

    def _file(self, content: bytes) -> None:
        if self.fault == "altered":
            content = content[:-1] + bytes([content[-1] ^ 1])
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.fault == "interrupted":
            content = content[: len(content) // 2]
        if self.fault == "stalled":
            self.wfile.write(content[:10])
            self.wfile.flush()
            STALLED.wait(20)
            return
        self.wfile.write(content)

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


#: Set when a stalled server may give up.
STALLED = threading.Event()


@contextmanager
def index_server(folder: Path, fault: str = "", as_html: bool = False) -> Iterator[str]:
    """Address of a simple repository that serves `folder` on this machine."""
    STALLED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(IndexHandler, folder, fault, as_html))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/simple"
    finally:
        STALLED.set()
        server.shutdown()
        server.server_close()
        thread.join()
