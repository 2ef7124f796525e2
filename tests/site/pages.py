"""The site that `make site` built: whole, without a broken link, and searched without a network; and what its build refuses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import generator
from tests.browsers import open_browser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SITE = ROOT / "build" / "site"
PYTHON = ROOT / os.environ.get("SITE_PYTHON", ".venv-site/bin/python")


class Parsed(HTMLParser):
    """What a page has: names that links can lead to, its links, and all that a browser loads for it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.names: set[str] = {""}
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.next: str | None = None
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.names |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif tag == "link" and values["rel"] in ("next", "prev", "index", "search"):
            self.links.append(values["href"])
            self.next = values["href"] if values["rel"] == "next" else self.next
        else:
            self.loaded += [values[name] for name in ("src", "srcset", "href", "data", "action") if name in values]


@pytest.fixture(scope="session")
def pages() -> dict[str, Parsed]:
    """Each page of the site, by its path."""
    assert (SITE / "index.html").exists(), "there is no site: run `make browse`"
    return {file.relative_to(SITE).as_posix(): Parsed(file) for file in sorted(SITE.rglob("*.html"))}


def test_every_document_is_a_page_and_in_the_order_of_the_site(pages: dict[str, Parsed]) -> None:
    written = {file.relative_to(DOCS).with_suffix(".html").as_posix() for file in DOCS.rglob("*.md")}
    here, read = "index.html", ["index.html"]
    while (link := pages[here].next) is not None:
        here = os.path.normpath(f"{os.path.dirname(here)}/{link}".lstrip("/"))
        read.append(here)
    assert len(read) == len(set(read))
    assert set(read) == written <= set(pages)


def test_every_link_leads_to_a_page_or_file_of_the_site_and_every_anchor_to_a_place(pages: dict[str, Parsed]) -> None:
    broken = []
    for name, page in pages.items():
        for link in page.links:
            address, fragment = urldefrag(link)
            if urlsplit(address).scheme:
                continue
            target = (SITE / name).parent / unquote(address) if address else SITE / name
            path = os.path.relpath(target, SITE)
            if not target.is_file() or (path in pages and unquote(fragment) not in pages[path].names):
                broken.append((name, link))
    assert sum(len(page.links) for page in pages.values()) > 10_000
    assert broken == []


def test_nothing_is_loaded_from_another_host(pages: dict[str, Parsed]) -> None:
    foreign = re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)
    loaded = {(name, address) for name, page in pages.items() for address in page.loaded}
    assert ("index.html", "_static/pygments.css") in {(name, address.partition("?")[0]) for name, address in loaded}
    assert {pair for pair in loaded if foreign.match(pair[1])} == set()
    styles = {file.name: file.read_text(encoding="utf-8") for file in SITE.rglob("*.css")}
    assert {"furo.css", "site.css"} <= set(styles)
    inside = re.compile(r"""(?:@import\s*|url\(\s*)["']?(?:https?:)?//""", re.IGNORECASE)
    assert [name for name, text in styles.items() if inside.search(text)] == []


def test_every_public_name_of_the_library_is_described(pages: dict[str, Parsed]) -> None:
    assert {f"generator.{name}" for name in generator.__all__ if name != "__version__"} <= pages["api.html"].names


# In a browser.


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


class Handler(SimpleHTTPRequestHandler):
    """Serves files, and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the site on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(SITE))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def open_page(browser: Browser, address: str, *, width: int = 1280, dark: bool = False) -> tuple[Page, list[str]]:
    """Open a page, and list what it asks other hosts for, which it does not get."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    home = "{0.scheme}://{0.netloc}/".format(urlsplit(address))
    asked: list[str] = []

    def refuse(url: str) -> bool:
        return not url.startswith((home, "data:"))

    page.on("request", lambda request: asked.append(request.url) if refuse(request.url) else None)
    page.route(refuse, lambda route: route.abort())
    page.goto(address)
    return page, asked


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("E302", "errors/E302.html"),
        ("W601", "errors/W601.html"),
        ("rollback", "reference.html"),
        ("image_tag", "errors/E102.html"),
    ],
)
def test_search_finds_it_without_a_network(browser: Browser, address: str, words: str, found: str) -> None:
    page, asked = open_page(browser, address)
    page.get_by_role("textbox", name="Search").or_(page.get_by_placeholder("Search")).first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results .search-summary:has-text('found')")
    page.wait_for_selector("#search-results ul.search a")
    links = page.locator("#search-results ul.search li > a").evaluate_all("links => links.map(link => link.href)")
    pages = [link.removeprefix(address).partition("?")[0].partition("#")[0] for link in links]
    assert found in pages[:5]
    assert words[0] not in "EW" or pages[0] == found
    assert asked == []


def test_the_list_of_pages_shows_where_one_is(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "errors/E302.html")
    here = page.locator(".sidebar-tree .current-page")
    assert here.inner_text() == "Errors, warnings and notes"
    box = here.bounding_box()
    assert box is not None and 0 < box["y"] < 900


LOOKED_AT = (
    "index.html", "tutorial.html", "commands.html", "overlays.html", "rules.html", "permissions.html", "merge-patch.html",
    "errors/README.html", "errors/E302.html", "api.html", "adr/README.html",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (1440, True), (390, False)], ids=["light", "dark", "narrow"]
)
def test_everybody_can_read_it(browser: Browser, address: str, width: int, dark: bool) -> None:
    """No page is wider than the window, and axe finds nothing serious."""
    for name in LOOKED_AT:
        page, asked = open_page(browser, address + name, width=width, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        found = Axe().run(page).response["violations"]
        serious = [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
        assert (name, serious, asked) == (name, [], [])
        page.close()


# What the build refuses, and what it makes of links to files.

INDEX = "# Home\n\n{}\n\n```{{toctree}}\npage\n```\n"
PAGE = "# Page\n\n## A heading\n"


def build(folder: Path, files: dict[str, str], *flags: str) -> tuple[int, str]:
    """Build a small site with our configuration, as `make site` does, and give the status and what was said."""
    docs = folder / "docs"
    shutil.copytree(DOCS / "static", docs / "static")
    for name, text in {"conf.py": (DOCS / "conf.py").read_text(encoding="utf-8"), "page.md": PAGE, **files}.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    (folder / "action.yml").write_text("name: x\n", encoding="utf-8")
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "sphinx",
        "--fail-on-warning",
        "--nitpicky",
        "--quiet",
        *flags,
        docs,
        folder / "site",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"index.md": INDEX.format("[x](gone.md)")}, "cross-reference target not found"),
        ({"index.md": INDEX.format("[x](../GONE.md)")}, "cross-reference target not found"),
        ({"index.md": INDEX.format("[x](page.md#no-heading)")}, "local id not found"),
        ({"index.md": INDEX.format("[x](#no-heading)")}, "cross-reference target not found"),
        ({"index.md": INDEX.format("[x](../gone.yml)")}, "cross-reference target not found"),
        ({"index.md": INDEX.format(""), "other.md": "# Other\n"}, "isn't included in any toctree"),
        ({"index.md": INDEX.format("![x](gone.png)")}, "image file not readable"),
        ({"index.md": INDEX.format("```{eval-rst}\n.. autofunction:: generator.nothing\n```")}, "nothing"),
    ],
    ids=["page", "page outside", "anchor", "own anchor", "file", "not in the index", "image", "name of code"],
)
def test_the_build_refuses(tmp_path: Path, files: dict[str, str], said: str) -> None:
    status, err = build(tmp_path, files)
    assert (status, said in err) == (1, True), err


def test_files_of_the_site_are_copied_and_those_of_the_repository_are_named(tmp_path: Path) -> None:
    text = "[anchor](page.md#a-heading), [copied](examples/a.yml), [outside](../action.yml)."
    files = {"index.md": INDEX.format(text), "examples/a.yml": "a: 1\n"}
    assert build(tmp_path, files) == (0, "")
    assert [path.name for path in (tmp_path / "site" / "_downloads").rglob("*.yml")] == ["a.yml"]
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="page.html#a-heading"' in html
    assert '<abbr title="action.yml">' in html


def test_an_address_of_the_repository_links_its_files(tmp_path: Path) -> None:
    files = {"index.md": INDEX.format("[outside](../action.yml), [folder](examples), [page](../OTHER.md)")}
    files |= {"examples/a.yml": "a: 1\n", "../OTHER.md": "# Other\n"}
    assert build(tmp_path, files, "-D", "repository=https://git.example.org/taskdef/blob/main/") == (0, "")
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    for path in ("action.yml", "docs/examples", "OTHER.md"):
        assert f'href="https://git.example.org/taskdef/blob/main/{path}"' in html
