"""Render the user guide, ``docs/guide/*.md`` and the algorithms' help, as offline HTML.

``make guide`` writes ``resources/guide``, which is in the package and which QGIS's Help buttons
open. Pages need no network; a broken link is an error.
"""

from __future__ import annotations

import html
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Tuple

from markdown_it import MarkdownIt

from tools.qgis_session import ROOT

SOURCES = ROOT / "docs" / "guide"
#: Pages in Simplified Chinese; those that are missing are linked to in English.
CHINESE = SOURCES / "zh"
TARGET = ROOT / "resources" / "guide"
IMAGES = ROOT / "docs" / "images"

#: First pages of the navigation; the others follow by title.
FIRST = ("index", "tutorial", "install", "numbers", "algorithms")

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --link: #2a63b8; }
@media (prefers-color-scheme: dark) { :root { --link: #8ab4f8; } }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0; }
.page { display: flex; flex-wrap: wrap; max-width: 72rem; margin: 0 auto; }
nav { flex: 0 0 14rem; padding: 1.5rem 1rem; font-size: .92rem; }
nav a { display: block; padding: .15rem 0; text-decoration: none; }
nav a.here { font-weight: bold; }
main { flex: 1 1 30rem; min-width: 0; padding: .5rem 1.5rem 3rem; }
a { color: var(--link); }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; }
th { background: var(--soft); }
code { background: var(--soft); padding: .1em .3em; border-radius: 3px; font-size: .92em; }
pre { background: var(--soft); padding: .8rem; overflow-x: auto; border-radius: 4px; }
pre code { background: none; padding: 0; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .2rem; margin-top: 2.2rem; }
dt { font-weight: bold; margin-top: .6rem; }
footer { color: gray; font-size: .85rem; margin-top: 3rem; }
"""


@dataclass(frozen=True)
class Page:
    """One page of the guide."""

    name: str
    title: str
    body: str


def markdown_pages() -> List[Page]:
    """The pages of the guide, and the Markdown files of the repository that they lead to."""
    return _pages_of(SOURCES)


def chinese_pages() -> List[Page]:
    """The translated pages; links lead to translated pages where there are some."""
    names = {path.stem for path in CHINESE.glob("*.md")}
    pages = []
    for path in sorted(CHINESE.glob("*.md")):
        page, _ = _page(path)
        body = re.sub(
            r'href="([\w-]+)\.html',
            lambda hit: hit.group(0) if hit.group(1) in names else f'href="../{hit.group(1)}.html',
            page.body,
        )
        body = body.replace('src="images/', 'src="../images/')
        pages.append(Page(page.name, page.title, body))
    return pages


def _pages_of(folder: Path) -> List[Page]:
    waiting = sorted(folder.glob("*.md"))
    found: Dict[str, Path] = {}
    pages: List[Page] = []
    while waiting:
        path = waiting.pop(0)
        if found.setdefault(path.stem, path) != path:
            raise SystemExit(f"two pages are called {path.stem}: {path}, {found[path.stem]}")
        page, links = _page(path)
        pages.append(page)
        waiting += [link for link in links if link not in found.values() and link not in waiting]
    return pages


def algorithms_page() -> Page:
    """The help of every algorithm. Needs QGIS with the provider."""
    from qgis.core import QgsApplication

    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    parts = [
        "<h1>Algorithms</h1>",
        "<p>Parameters as in the dialogs; the names in code type are those of scripts, models and "
        "<code>qgis_process</code>.</p>",
    ]
    algorithms = sorted(provider.algorithms(), key=lambda algorithm: algorithm.displayName())
    parts.append("<ul>")
    for algorithm in algorithms:
        parts.append(
            f'<li><a href="#{algorithm.name()}">{html.escape(algorithm.displayName())}</a></li>'
        )
    parts.append("</ul>")
    for algorithm in algorithms:
        parts.append(
            f'<h2 id="{algorithm.name()}">{html.escape(algorithm.displayName())}</h2>'
            f"<p><code>{algorithm.id()}</code></p>"
        )
        parts.append(algorithm.shortHelpString())
    return Page("algorithms", "Algorithms", "\n".join(parts))


def render(pages: List[Page], language: str = "en", other: str = "") -> Dict[str, str]:
    """File names and contents of the guide; `other` is a link to it in another language."""
    names = {page.name for page in pages}
    order = sorted(
        pages,
        key=lambda page: (
            FIRST.index(page.name) if page.name in FIRST else len(FIRST),
            page.title.lower(),
        ),
    )
    files = {}
    for page in pages:
        for target in re.findall(r'href="([\w-]+)\.html', page.body):
            if target not in names:
                raise SystemExit(f"{page.name}: the link to {target}.html leads nowhere")
        links = "\n".join(
            f'<a href="{one.name}.html"{" class=here" if one is page else ""}>'
            f"{html.escape(one.title)}</a>"
            for one in order
        )
        files[f"{page.name}.html"] = (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{html.escape(page.title)} - Lunar Oxide</title>\n<style>{STYLE}</style>\n"
            f'</head>\n<body>\n<div class="page">\n<nav>\n<b>Lunar Oxide</b>\n{links}\n{other}'
            "</nav>\n"
            f"<main>\n{page.body.strip()}\n</main>\n</div>\n</body>\n</html>\n"
        )
    return files


def used_images(files: Dict[str, str]) -> List[Path]:
    """Pictures that the pages show."""
    names = sorted(
        {n for text in files.values() for n in re.findall(r'src="(?:\.\./)?images/([^"]+)"', text)}
    )
    missing = [name for name in names if not (IMAGES / name).is_file()]
    if missing:
        raise SystemExit(f"no such picture in docs/images: {', '.join(missing)}")
    return [IMAGES / name for name in names]


def _page(path: Path) -> Tuple[Page, List[Path]]:
    """A Markdown file as a page, and the Markdown files that it links to."""
    text = path.read_text(encoding="utf-8")
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    if heading is None:
        raise SystemExit(f"{path.name} has no title")
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = renderer.render(text)
    links: List[Path] = []

    def link(match: re.Match[str]) -> str:
        address, anchor, label = match.group(1), match.group(2) or "", match.group(3)
        if not address or "://" in address or address.endswith(".html"):
            return match.group(0)
        target = (path.parent / address).resolve()
        if not target.exists():
            raise SystemExit(f"{path.name}: the link {address} leads nowhere")
        if target.suffix == ".md":
            links.append(target)
            return f'<a href="{target.stem}.html{anchor}">{label}</a>'
        # Sources and data are in the repository, not in the package, so they get no link.
        return label

    body = re.sub(r'<a href="([^"#]*)(#[^"]*)?">(.*?)</a>', link, body, flags=re.DOTALL)
    body = re.sub(r'src="(?:[^"]*/)?images/', 'src="images/', body)
    body = re.sub(r"<h([23])>(.*?)</h\1>", _with_anchor, body)
    return Page(path.stem, heading.group(1).strip(), body), links


def _with_anchor(match: re.Match[str]) -> str:
    level, text = match.groups()
    words = re.sub(r"<[^>]*>|[^\w\s-]", "", html.unescape(text)).lower().split()
    return f'<h{level} id="{"-".join(words)}">{text}</h{level}>'


def write(target: Path = TARGET) -> None:
    """Render everything into `target`, and replace its content. Needs QGIS with the provider."""
    chinese = chinese_pages()
    to_chinese = '<hr>\n<a href="zh/index.html">\u4e2d\u6587</a>\n' if chinese else ""
    files = render([*markdown_pages(), algorithms_page()], other=to_chinese)
    to_english = '<hr>\n<a href="../index.html">English</a>\n'
    translated = render(chinese, "zh-CN", to_english)
    files.update({f"zh/{name}": text for name, text in translated.items()})
    pictures = used_images(files)
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    (target / "zh").mkdir()
    for name, content in files.items():
        (target / name).write_text(content, encoding="utf-8")
    for picture in pictures:
        shutil.copyfile(picture, target / "images" / picture.name)


def main() -> int:
    """Write the guide."""
    from tools.qgis_session import qgis_session

    with qgis_session("en"):
        write()
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(
        f"{TARGET.relative_to(ROOT)}: {len(list(TARGET.glob('*.html')))} pages, {size / 1e3:.0f} kB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
