"""The pages in `docs`: each is listed, and each link to a heading has one. `make browse` asks the same of the site, and more."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"

TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)#([^)\s]+)\)")


def list_entries(page: Path) -> list[Path]:
    """List the pages that the lists of a page name, in their order."""
    lines = [line for tree in TOCTREE.findall(page.read_text(encoding="utf-8")) for line in tree.splitlines()]
    names = [line for line in lines if line and not line.startswith(":")]
    return [found for name in names for found in sorted(page.parent.glob(f"{name}.md")) if found != page]


@cache
def list_anchors(page: Path) -> frozenset[str]:
    """List the names of a page's headings, as the site and code hosts make them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def test_every_page_is_listed_once() -> None:
    listed = [entry for page in DOCS.rglob("*.md") for entry in list_entries(page)]
    assert sorted([*listed, DOCS / "index.md"]) == sorted(DOCS.rglob("*.md"))


def test_every_list_of_pages_links_them_too() -> None:
    """A list is not seen where the repository is shown."""
    for page in (DOCS / "index.md", DOCS / "adr" / "README.md", DOCS / "errors" / "README.md"):
        links = re.findall(r"\]\(([^)#:]+\.md)\)", page.read_text(encoding="utf-8"))
        linked = {(page.parent / link).resolve() for link in links}
        assert [entry.name for entry in list_entries(page) if entry not in linked] == []


def test_links_lead_to_headings() -> None:
    for page in [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]:
        links = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
        targets = [((page.parent / name).resolve() if name else page, anchor) for name, anchor in links]
        assert [
            (target.name, anchor)
            for target, anchor in targets
            if target.suffix == ".md" and anchor not in list_anchors(target)
        ] == [], page.name
