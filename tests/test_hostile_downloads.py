"""Hostile wheels and package indexes are refused within limits, in one sentence."""

from __future__ import annotations

import base64
import csv
import hashlib
import http.server
import io
import json
import random
import struct
import threading
import time
import tracemalloc
import zipfile
from contextlib import contextmanager

import pytest

from lunar_oxide_plugin.core.errors import DependencyError
from lunar_oxide_plugin.core.installer import package_index
from lunar_oxide_plugin.core.installer.package_index import Answer, find_wheel, read_page
from lunar_oxide_plugin.core.installer.wheel_files import require_sound, unpack
from lunar_oxide_plugin.core.installer.wheel_tags import PythonTarget, WheelName
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.gui.network import QgisNetwork
from tests.wheels import CPYTHON, write_wheel

NAME = f"onnxruntime-1.30.0-{CPYTHON}-{CPYTHON}-any.whl"
INFO = "onnxruntime-1.30.0.dist-info"
CODE = b"x = 1\n" * 50
SHA = "0" * 64


def hashed(data):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def wheel_of(files, record=None, method=zipfile.ZIP_DEFLATED, info=INFO, more=()):
    """Bytes of a wheel; `files` may contain a name twice, `more` is not in RECORD."""
    lines = io.StringIO()
    csv.writer(lines).writerows((name, hashed(data), len(data)) for name, data in files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in (*files, *more):
            archive.writestr(name, data)
        archive.writestr(f"{info}/RECORD", lines.getvalue() if record is None else record)
    return buffer.getvalue()


def patched(content, local, central, value):
    """A two-byte number in every header replaced."""
    result = bytearray(content)
    for signature, offset in ((b"PK\3\4", local), (b"PK\1\2", central)):
        place = result.find(signature)
        while place >= 0 and offset is not None:
            struct.pack_into("<H", result, place + offset, value)
            place = result.find(signature, place + 4)
    return bytes(result)


GOOD = [("onnxruntime/__init__.py", CODE)]
PLAIN = wheel_of(GOOD)


def with_big(name, size):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            f"{INFO}/RECORD", f"{name},{hashed(b'')},1\n"
        ) if "RECORD" not in name else 0
        with archive.open(name, "w", force_zip64=True) as entry:
            for _ in range(size // 1_000_000):
                entry.write(b"a,b,c\n" * 166_667)
    return buffer.getvalue()


def link():
    info = zipfile.ZipInfo("onnxruntime/link")
    info.external_attr = 0o120777 << 16
    return wheel_of([*GOOD], more=[(info, b"/etc/passwd")])


HOSTILE_WHEELS = {
    "empty": b"",
    "encrypted": patched(PLAIN, 6, 8, 1),
    "strong encryption": patched(PLAIN, 6, 8, 0x40),
    "patched data": patched(PLAIN, 6, 8, 0x20),
    "method 99": patched(PLAIN, 8, 10, 99),
    "version 255": patched(PLAIN, None, 6, 255),
    "name that is no text": patched(PLAIN.replace(b"/__init__", b"/\xd5\xd5init__"), 6, 8, 0x800),
    "lzma": wheel_of(GOOD, method=zipfile.ZIP_LZMA),
    "bzip2": wheel_of(GOOD, method=zipfile.ZIP_BZIP2),
    "NUL in RECORD": wheel_of(GOOD, record="a\0b,c,d\n"),
    "long field in RECORD": wheel_of(GOOD, record='"' + "a" * 1_000_000 + '",x,1\n'),
    "RECORD that is no text": wheel_of(GOOD, record=b"\xff\xfe,a,b\n"),
    "RECORD of 1 GB": with_big(f"{INFO}/RECORD", 1_000_000_000),
    "a file of 1.8 GB": with_big("onnxruntime/a", 1_800_000_000),
    "a size that lies": PLAIN.replace(struct.pack("<I", len(CODE)), b"\xfe\xff\xff\xff"),
    "60,000 files": wheel_of([(f"onnxruntime/{number}", b"") for number in range(60_000)]),
    "long name": wheel_of([("onnxruntime/" + "y" * 300 + ".py", CODE)]),
    "file and folder of one name": wheel_of([("onnxruntime/a", CODE), ("onnxruntime/a/b", CODE)]),
    "another RECORD": wheel_of(GOOD, info="other-9.dist-info"),
    "unsigned signature": wheel_of(GOOD, more=[("evil.dist-info/RECORD.jws", b"x")]),
    "code replaced by data": wheel_of(
        [*GOOD, ("onnxruntime-1.30.0.data/purelib/onnxruntime/__init__.py", b"evil = 1\n")]
    ),
    "one name in two cases": wheel_of([*GOOD, ("onnxruntime/__INIT__.py", b"evil = 1\n")]),
    "a device": wheel_of([("onnxruntime/nul.py", CODE)]),
    "a link": link(),
    "out of the folder": wheel_of([("../evil.py", CODE)]),
}


@pytest.mark.parametrize("kind", HOSTILE_WHEELS)
def test_hostile_wheels_are_refused_within_limits(tmp_path, kind):
    path = tmp_path / NAME
    path.write_bytes(HOSTILE_WHEELS[kind])
    folder = tmp_path / "out"
    folder.mkdir()
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(DependencyError) as caught:
        require_sound(path)
        unpack(path, folder, SilentProgress())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < 5.0
    assert peak < 100_000_000
    text = str(caught.value)
    assert NAME in text and "\n" not in text and len(text) < 700
    assert not (tmp_path / "evil.py").exists()


def test_a_plain_wheel_passes_the_same_way(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(PLAIN)
    require_sound(path)
    unpack(path, tmp_path, SilentProgress())
    assert (tmp_path / "onnxruntime" / "__init__.py").read_bytes() == CODE


def test_changed_bytes_of_a_wheel_change_no_code(tmp_path):
    whole = write_wheel(tmp_path / "whole").read_bytes()
    names = {f"onnxruntime/{n}" for n in ("__init__.py",)}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        right = {name: archive.read(name) for name in names}
    chance = random.Random(7)
    for number in range(300):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / NAME
        path.write_bytes(bytes(content))
        folder = tmp_path / f"out{number}"
        folder.mkdir()
        try:
            unpack(path, folder, SilentProgress())
        except DependencyError:
            continue
        for name, code in right.items():
            assert not (folder / name).is_file() or (folder / name).read_bytes() == code


# --- indexes --------------------------------------------------------------------------


class Served:
    """A network that answers every address with one document."""

    def __init__(self, content, content_type="application/vnd.pypi.simple.v1+json"):
        self.answer = Answer(content, content_type)

    def get(self, url, accept, progress, most_bytes):
        return self.answer


def json_page(*files):
    return json.dumps({"files": list(files)}).encode()


def entry(**changes):
    whole = {"filename": NAME, "url": NAME, "hashes": {"sha256": SHA}, "size": 1000}
    return {key: value for key, value in {**whole, **changes}.items() if value is not None}


def found(content, page_type="application/vnd.pypi.simple.v1+json", index="https://i.org/simple"):
    network = Served(content, page_type)
    return find_wheel(network, "onnxruntime", PythonTarget.running(), SilentProgress(), index)


HTML = "text/html"
HOSTILE_PAGES = {
    "nested": (b'{"files":' + b"[" * 200_000, "json"),
    "no page": (b"[]", "json"),
    "a number of 5000 digits": (b'{"files":[{"size":' + b"9" * 5000 + b"}]}", "json"),
    "an address that is none": (json_page(entry(url="https://[::1/x.whl")), "json"),
    "such an address in HTML": (b'<a href="https://[::1/' + NAME.encode() + b'">x</a>', HTML),
    "no text": (b"\xff\xfe\x00", HTML),
    "30 MB of <": (b"<" * 30_000_000, HTML),
    "7 MB of <": (b"<" * 7_000_000, HTML),
    "an endless tag": (b"<a " + b'x="' * 2_000_000, HTML),
    "an endless comment": (b"<!--" + b"-" * 7_000_000, HTML),
    "a version of 5000 digits": (
        json_page(entry(filename=f"onnxruntime-{'9' * 5000}-{CPYTHON}-{CPYTHON}-any.whl")),
        "json",
    ),
    "a name with folders": (
        json_page(entry(filename=f"onnxruntime-1.0-{CPYTHON}.x/../../evil-{CPYTHON}-any.whl")),
        "json",
    ),
    "a name that is no text": (
        json_page(entry(filename=f"onnxruntime-1.0-{CPYTHON}.\ud800-{CPYTHON}-any.whl")),
        "json",
    ),
    "hashes that are none": (json_page(entry(hashes=["x"])), "json"),
    "plain http": (json_page(entry(url=f"http://i.org/{NAME}")), "json"),
    "plain http in HTML": (f'<a href="http://i.org/{NAME}#sha256={SHA}">x</a>'.encode(), HTML),
    "a local file": (json_page(entry(url=f"file:///etc/{NAME}")), "json"),
    "no hash": (json_page(entry(hashes=None)), "json"),
    "a weak hash": (json_page(entry(hashes={"md5": "0" * 32})), "json"),
    "half a hash": (json_page(entry(hashes={"sha256": "0" * 32})), "json"),
    "no hash in HTML": (f'<a href="{NAME}">x</a>'.encode(), HTML),
}


@pytest.mark.parametrize("kind", HOSTILE_PAGES)
def test_hostile_pages_are_refused_in_time(kind):
    content, page_type = HOSTILE_PAGES[kind]
    start = time.process_time()
    with pytest.raises(DependencyError) as caught:
        found(content, page_type)
    assert time.process_time() - start < 5.0
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 600


@pytest.mark.parametrize("size", ["x", -5, 0, True, 1e400, None, [1]])
def test_a_size_that_is_none_is_not_believed(size):
    content = json.dumps({"files": [entry(size=size)]}).encode()
    assert found(content).size is None


@pytest.mark.parametrize(
    ("index", "url", "taken"),
    [
        ("https://i.org/simple", NAME, True),
        ("https://i.org/simple", f"https://files.org/{NAME}", True),
        ("https://i.org/simple", f"http://files.org/{NAME}", False),
        # The user chose this index, as in a closed network.
        ("http://127.0.0.1:3141/simple", NAME, True),
        ("http://mirror.local/simple", f"http://mirror.local/{NAME}", True),
        ("http://mirror.local/simple", f"ftp://mirror.local/{NAME}", False),
    ],
)
def test_plain_http_is_for_the_users_own_index(index, url, taken):
    if taken:
        assert found(json_page(entry(url=url)), index=index).url.endswith(NAME)
    else:
        with pytest.raises(DependencyError, match="exchanged on the way"):
            found(json_page(entry(url=url)), index=index)


def test_pages_of_real_size_are_read_quickly():
    links = "".join(
        f'<a href="../../x/onnxruntime-1.{n}.0-{CPYTHON}-{CPYTHON}-any.whl#sha256={SHA}" '
        f'data-requires-python="&gt;=3.9">n</a><br>\n'
        for n in range(5000)
    )
    start = time.process_time()
    files = read_page(Answer(links.encode(), HTML), "https://i.org/simple/onnxruntime/")
    assert len(files) == 5000 and files[7].sha256 == SHA
    assert time.process_time() - start < package_index.PARSE_SECONDS


def test_only_plain_letters_make_a_wheels_name():
    for name in ("a/b-1-py3-none-any.whl", "a-1-py3.\\x-none-any.whl", "a" * 300 + "-1-a-b-c.whl"):
        with pytest.raises(DependencyError):
            WheelName.parse(name)


@contextmanager
def server(answer):
    """A server on this machine; `answer` writes to its socket."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            try:
                answer(self)
            except OSError:  # the client has closed the connection
                self.close_connection = True

        def log_message(self, *args):
            """Keep the terminal quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/simple"
        running.shutdown()


@pytest.mark.parametrize(
    "spelling", ["Content-Type", "content-type", "CONTENT-TYPE", "conTent-tYpe"]
)
def test_header_names_count_in_any_case(qgis_app, spelling):
    body = json_page(entry())

    def answer(handler):
        head = f"{spelling}: application/vnd.pypi.simple.v1+json\r\ncontent-length: {len(body)}"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + head.encode() + b"\r\n\r\n" + body)

    with server(answer) as index:
        answered = QgisNetwork().get(index, "*/*", SilentProgress(), 10_000)
        assert answered.content_type == "application/vnd.pypi.simple.v1+json"
        target = PythonTarget.running()
        wheel = find_wheel(QgisNetwork(), "onnxruntime", target, SilentProgress(), index)
    assert wheel.sha256 == SHA


def test_an_answer_without_type_is_read_for_what_it_is(qgis_app):
    assert found(json_page(entry()), "").sha256 == SHA


@pytest.mark.parametrize("says", [True, False])
def test_an_endless_answer_is_cut_off(qgis_app, says):
    hung_up, ended = threading.Event(), threading.Event()

    def answer(handler):
        length = b"content-length: 20000000000\r\n" if says else b"connection: close\r\n"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n" + length + b"\r\n")
        try:
            handler.wfile.write(b"<" * 1_100_000)
            while not ended.wait(0.02):
                handler.wfile.write(b"<" * 1000)
        except OSError:
            hung_up.set()
            raise

    with server(answer) as index:
        with pytest.raises(DependencyError, match=r"sends more than the 1\.0 MB"):
            QgisNetwork().get(index, "*/*", SilentProgress(), 1_000_000)
        assert hung_up.wait(60.0)
        ended.set()
