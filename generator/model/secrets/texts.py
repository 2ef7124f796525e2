"""How a secret is spelt inside of other texts: in quotes and escapes of JSON, YAML, HTML, URLs and shells. Knows no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SHORTEST = 6
"""Characters from which on a secret is hidden wherever its text stands."""

SPELT = re.compile(
    r"""\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|((?:%[0-9a-fA-F]{2})+)|(&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)"""
    r"""|([\\"'])|([\t\n\r])"""
)
"""What may stand for other characters, or for none."""

MARKS = ("\\", '"', "'", "%", "&", "\t", "\n", "\r")
"""Of these a text has one if it has anything that is spelt otherwise."""


class Plain(NamedTuple):
    """A text without quotes and escapes, and where each of its characters stands in the text as it is written."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def read_plain(text: str) -> Plain:
    """Read a text as what it comes to; quotes and backslashes are left out."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in SPELT.finditer(text):
        parts.append(text[at : match.start()])
        starts += range(at, match.start())
        ends += range(at + 1, match.start() + 1)
        said = decode(match)
        parts.append(said)
        starts += [match.start()] * len(said)
        ends += [match.end()] * len(said)
        at = match.end()
    return Plain("".join((*parts, text[at:])), (*starts, *range(at, len(text))), (*ends, *range(at + 1, len(text) + 1)))


def strip_spelling(text: str) -> str:
    """Give what a text comes to without quotes and escapes."""
    return SPELT.sub(decode, text) if has_mark(text) else text


def has_mark(text: str) -> bool:
    return any(mark in text for mark in MARKS)


def decode(match: re.Match[str]) -> str:
    """Give what an escape stands for; quotes stand for nothing, as they may split a word, and line ends for a blank."""
    if match[1] or match[2]:
        return strip_quote(chr(int(match[1] or match[2], 16)))
    if match[3]:
        octets = bytes.fromhex(match[3].replace("%", ""))
        return octets.decode(errors="replace").translate(NOTHING)
    if match[4]:
        from html import unescape

        return strip_quote(unescape(match[4]))
    return " " if match[6] else ""


NOTHING = {ord(each): None for each in "\\\"'"}


def strip_quote(text: str) -> str:
    return text.translate(NOTHING)


class Wanted:
    """Secrets to be found in many texts. To look for many takes no longer than for few: each place in a text is looked at once."""

    __slots__ = ("_all", "_marked")

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        texts = tuple(secrets)
        self._all, self._marked = make_index(texts), make_index(tuple(filter(has_mark, texts)))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where secrets stand in a text: spelt in any way, or as they are where a secret has marks itself."""
        if not has_mark(text):
            yield from self._all.find(text)
            return
        plain = read_plain(text)
        yield from ((plain.starts[at], plain.ends[end - 1]) for at, end in self._all.find(plain.text))
        yield from self._marked.find(text)


class Index(NamedTuple):
    """Some texts, and where there are many, those that begin alike by their length."""

    texts: tuple[str, ...]
    width: int
    buckets: dict[str, dict[int, set[str]]]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where the texts stand in another one, as they are."""
        if not self.buckets:
            for each in self.texts:
                yield from find_text(text, each)
            return
        for at in range(len(text) - self.width + 1):
            for length, alike in self.buckets.get(text[at : at + self.width], NONE).items():
                if text[at : at + length] in alike:
                    yield at, at + length


FEW = 50
"""Texts that are faster looked for one after the other: the search for one is not written in Python."""

NONE: dict[int, set[str]] = {}


def make_index(texts: tuple[str, ...]) -> Index:
    """Make an index of texts, none of which is empty."""
    width = min(map(len, texts), default=0)
    buckets: dict[str, dict[int, set[str]]] = {}
    for text in texts if len(texts) > FEW else ():
        buckets.setdefault(text[:width], {}).setdefault(len(text), set()).add(text)
    return Index(texts, width, buckets)


def find_text(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Find where a part stands in a text."""
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))


def list_texts(text: str) -> Iterator[str]:
    """List the texts by which a secret is known: whole, line by line as a source has it, and in base64."""
    from base64 import b64encode  # only where there is a secret

    for each in dict.fromkeys((text, *(line.strip() for line in text.split("\n")))):
        if len(each) < SHORTEST:
            continue
        yield b64encode(each.encode(errors="surrogatepass")).decode()
        plain = strip_spelling(each)
        if "\n" not in each:
            yield from (plain, plain.replace(" ", "+")) if len(plain) >= SHORTEST else list_forms(each)


def list_forms(text: str) -> Iterator[str]:
    """List how a text is spelt that is mostly marks, so that little of it is left without them."""
    from html import escape
    from json import dumps

    yield from (text, escape(text), text.replace("'", "''"), dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1])
