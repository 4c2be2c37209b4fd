"""Apply the rules of plugins.qgis.org to the installable zip.

The repository refuses a zip that breaks one of its structural rules, and scans the contents
with Bandit, detect-secrets and for suspicious files. A finding blocks the version unless the zip
contains a configuration that explains it. This plugin has no findings and needs no configuration.
Suppressions within the sources need a reason beside them.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Dict, List, Mapping, Sequence, Tuple
from urllib.parse import urlparse

from tools.package import PLUGIN, build

MAX_BYTES = 25_000_000
REQUIRED_METADATA = (
    "name",
    "description",
    "version",
    "qgisMinimumVersion",
    "author",
    "email",
    "about",
    "tracker",
    "repository",
)
URLS = ("tracker", "repository", "homepage")
BOOLEANS = ("experimental", "deprecated", "hasProcessingProvider", "server")
FORBIDDEN_FOLDERS = ("__MACOSX", ".git", "__pycache__")
#: Programs, libraries and output of Qt's compilers: the repository accepts sources only.
FORBIDDEN_SUFFIXES = (
    *(".pyc", ".pyo", ".pyd", ".so", ".dll", ".dylib", ".exe", ".bat", ".cmd", ".sh", ".ps1"),
    *(".whl", ".egg", ".jar", ".class", ".o", ".a", ".pkl", ".pickle", ".joblib"),
)
COMPILED_RESOURCES = ("resources_rc.py", "resources.py")
SUPPRESSIONS = re.compile(r"#\s*(nosec(?:\s+B\d{3}(?:,\s*B\d{3})*)?|pragma: allowlist secret)(.*)$")


def check_structure(path: Path) -> List[str]:
    """Faults in a zip for which the repository's validator would refuse it, one sentence each."""
    findings: List[str] = []
    if path.stat().st_size > MAX_BYTES:
        findings.append(f"the zip has {path.stat().st_size / 1e6:.1f} MB, more than 25")
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if {name.split("/")[0] for name in names} != {PLUGIN}:
            findings.append(f"the zip must hold the one folder {PLUGIN}")
        if len(names) != len(set(names)):
            findings.append("a name stands twice in the zip")
        for entry in entries:
            findings += _check_entry(entry)
        damaged = archive.testzip()
        if damaged:
            findings.append(f"{damaged} is damaged")
        for needed in ("__init__.py", "metadata.txt", "LICENSE"):
            if f"{PLUGIN}/{needed}" not in names:
                findings.append(f"{needed} is missing")
        if f"{PLUGIN}/metadata.txt" in names:
            text = archive.read(f"{PLUGIN}/metadata.txt").decode("utf-8")
            findings += check_metadata(text, names)
    return findings


def _check_entry(entry: zipfile.ZipInfo) -> List[str]:
    name, mode = entry.filename, entry.external_attr >> 16
    parts = name.split("/")
    problems = {
        "climbs out of its folder": ".." in name or name.startswith("/"),
        "is a cache or foreign folder": any(part in FORBIDDEN_FOLDERS for part in parts),
        "is a compiled or executable file": name.lower().endswith(FORBIDDEN_SUFFIXES),
        "is a compiled Qt resource": parts[-1] in COMPILED_RESOURCES,
        "is a hidden file": parts[-1].startswith("."),
        "is executable": bool(mode & 0o111) and not name.endswith("/"),
        "is no plain file": (mode >> 12) not in (0, 0o10, 0o4),
    }
    return [f"{name} {text}" for text, found in problems.items() if found]


def check_metadata(text: str, names: Sequence[str]) -> List[str]:
    """Faults in a metadata.txt; `names` are the files of its zip."""
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
        general = dict(parser.items("general"))
    except configparser.Error as error:
        return [f"metadata.txt cannot be read: {error}"]
    findings = [f"metadata.txt lacks {key}" for key in REQUIRED_METADATA if not general.get(key)]
    for key in URLS:
        address = urlparse(general.get(key, ""))
        if not (address.scheme == "https" and "." in address.netloc):
            findings.append(f"metadata.txt: {key} is no https address")
    for key in BOOLEANS:
        if general.get(key, "False") not in ("True", "False", "yes", "no"):
            findings.append(f"metadata.txt: {key} is neither True nor False")
    if "/" in general.get("author", ""):
        findings.append("metadata.txt: the author's name holds a slash")
    if "<" in general.get("about", "") + general.get("description", ""):
        findings.append("metadata.txt: about and description take no HTML")
    if f"{PLUGIN}/{general.get('icon')}" not in names:
        findings.append(f"metadata.txt: the icon {general.get('icon')} is not in the zip")
    if not re.fullmatch(r"\d+\.\d+(\.\d+)?([-.]?(a|b|rc|alpha|beta)\d*)?", general["version"]):
        findings.append(f"metadata.txt: {general['version']} is no version number")
    return findings + _check_qgis_versions(general)


def _check_qgis_versions(general: Mapping[str, str]) -> List[str]:
    limits: Dict[str, Tuple[int, ...]] = {}
    for key in ("qgisMinimumVersion", "qgisMaximumVersion"):
        value = general.get(key, "")
        if not re.fullmatch(r"\d+\.\d+(\.\d+)?", value):
            return [f"metadata.txt: {key} is no QGIS version"]
        limits[key] = tuple(map(int, value.split(".")))
    if not limits["qgisMinimumVersion"] < limits["qgisMaximumVersion"]:
        return ["metadata.txt: the lowest QGIS version is not below the highest"]
    return []


def check_suppressions(folder: Path) -> List[str]:
    """Suppressed findings in the sources without a reason."""
    findings = []
    for path in sorted(folder.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = SUPPRESSIONS.search(line)
            if match and len(match.group(2).strip(" -:#")) < 10:
                findings.append(f"{path.relative_to(folder)}:{number} suppresses without a reason")
    return findings


def scan(folder: Path) -> List[str]:
    """Findings of Bandit and detect-secrets in an unpacked plugin, as the repository runs them."""
    bandit = _json_of([sys.executable, "-m", "bandit", "-r", ".", "-q", "-f", "json"], folder)
    findings = [
        f"{issue['filename']}:{issue['line_number']} {issue['test_id']} {issue['issue_text']}"
        for issue in bandit["results"]
    ]
    findings += [f"{error['filename']}: {error['reason']}" for error in bandit["errors"]]
    command = [sys.executable, "-m", "detect_secrets", "scan", "--all-files"]
    secrets = _json_of([*command, "--exclude-files", r"metadata\.txt", "."], folder)
    for name, found in secrets["results"].items():
        findings += [f"{name}:{item['line_number']} {item['type']}" for item in found]
    return findings


def _json_of(command: Sequence[str], folder: Path) -> Dict[str, List[Dict[str, str]]]:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        document: Dict[str, List[Dict[str, str]]] = json.loads(result.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"{command[2]} failed: {result.stderr[-500:]}") from error
    return document


def check(path: Path) -> List[str]:
    """All findings in a zip."""
    findings = check_structure(path)
    with tempfile.TemporaryDirectory() as unpacked:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(unpacked)
        folder = Path(unpacked)
        return findings + check_suppressions(folder) + scan(folder)


def main(arguments: Sequence[str]) -> int:
    """Check the given zips, or one made of the sources as they are."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = [Path(name) for name in arguments] or [build(Path(scratch))]
        findings = [finding for path in paths for finding in check(path)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
