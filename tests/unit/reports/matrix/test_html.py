"""The page holds any data without obeying it, and allows itself nothing but what it is."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from generator.reports.matrix.html import render_page

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "]]>&lt;\u2028\u2029\x00",
)


class Reader(HTMLParser):
    """What a browser would make elements of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(f"{self.tags[-1]}{self.tags.count(self.tags[-1])}" if self.tags else "", data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_data(text: str) -> None:
    page, harmless = read(render_page(text, {"texts": [text]})), read(render_page("title", {"texts": ["text"]}))
    assert page.tags == harmless.tags
    assert json.loads(page.texts["script1"]) == {"texts": [text]}
    assert page.texts["h11"] == text.replace("\x00", "\ufffd") or page.texts["h11"] == text


def test_the_policy_allows_the_page_s_own_style_and_program_only() -> None:
    page = render_page("title", {})
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (program,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = ["'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'" for text in (style, program)]
    (policy,) = (value for name, value in read(page).attributes if name == "content" and "default-src" in (value or ""))
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )


def test_nothing_in_the_page_names_another_resource() -> None:
    names = {name for name, _ in read(render_page("title", {})).attributes}
    assert names & {"src", "href", "srcset", "action", "style", "onclick", "onload"} == set()
    assert re.findall(r"https?://|url\(|@import|fetch\(|XMLHttpRequest|innerHTML", render_page("title", {})) == []


def test_the_same_data_gives_the_same_page() -> None:
    assert render_page("title", {"a": [1]}) == render_page("title", {"a": [1]})
