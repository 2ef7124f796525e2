"""How a secret is spelt inside of other texts: in quotes and escapes of JSON, YAML, HTML, URLs and shells. Knows no names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from generator.model.patterns import Pattern
from generator.model.records import Record

SHORTEST, LEAST = 6, 3
"""Characters from which on a secret is hidden wherever its text stands, and those it has besides quotes and backslashes."""

MARKS, LONGEST_ESCAPE = "\\\"'", 6
"""What a text may be split by, and the characters of the longest common escape of one of these."""

ESCAPES = (
    r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|((?:%[0-9a-fA-F]{2})+)"
    r"|(&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)"
)
ESCAPE = Pattern(ESCAPES)
SPELT = Pattern(rf"""{ESCAPES}|[\\"'\t\n\r]""")
"""What may stand for other characters, or for none."""

LITERAL = {ord(each): None for each in MARKS} | {ord(each): " " for each in "\t\n\r"}
"""What single characters come to: quotes to nothing, as they may split a word, and line ends to a blank."""


class Plain(Record):
    """A text without quotes and escapes, and where its parts stand in the text as it is written.

    `begins` has the offset of each part in the plain text, and `parts` where it is written; `exact` is that each character is one there.
    """

    text: str
    begins: list[int]
    parts: list[tuple[int, int, bool]]

    def find_written(self, at: int) -> tuple[int, int]:
        """Find where one character of the plain text is written."""
        number = bisect_right(self.begins, at) - 1
        start, end, exact = self.parts[number]
        within = start + at - self.begins[number]
        return (within, within + 1) if exact else (start, end)


def read_plain(text: str) -> Plain:
    """Read a text as what it comes to; quotes and backslashes are omitted."""
    said: list[str] = []
    begins: list[int] = []
    parts: list[tuple[int, int, bool]] = []
    at = length = 0

    def add(written: str, start: int, end: int, *, exact: bool) -> None:
        nonlocal length
        if written:
            said.append(written)
            begins.append(length)
            parts.append((start, end, exact))
            length += len(written)

    for match in SPELT.finditer(text):
        add(text[at : match.start()], at, match.start(), exact=True)
        add(decode(match), match.start(), match.end(), exact=False)
        at = match.end()
    add(text[at:], at, len(text), exact=True)
    return Plain("".join(said), begins, parts)


def strip_spelling(text: str) -> str:
    """Give what a text comes to without quotes and escapes."""
    if "%" in text or "&" in text or "\\u" in text or "\\x" in text:
        text = ESCAPE.sub(decode, text)
    return text.translate(LITERAL)


def decode(match: re.Match[str]) -> str:
    """Give what an escape, a quote or a blank comes to."""
    return read_escape(match).translate(LITERAL)


def read_escape(match: re.Match[str]) -> str:
    """Read the character that an escape stands for; any other stands for itself."""
    if match[1] or match[2]:
        return chr(int(match[1] or match[2], 16))
    if match[3]:
        return bytes.fromhex(match[3].replace("%", "")).decode(errors="replace")
    if match[4]:
        from html import unescape

        return unescape(match[4])
    return match[0]


class Read(Record):
    """A text without one layer of escapes, and where each of its characters stands in the text as it is written."""

    text: str
    offsets: list[int]

    def find_written(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch of the text is written."""
        return self.offsets[start], self.offsets[end]


LAYER = Pattern(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
MEANT = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": " "}
"""What letters behind a backslash come to; anything else stands for itself."""


def read_layer(text: str) -> Read:
    """Read a text as JSON and double quotes of YAML have it, one layer of escapes deep."""
    said: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in LAYER.finditer(text):
        said += (text[at : match.start()], chr(int(match[1], 16)) if match[1] else MEANT.get(match[2], match[2]))
        offsets += (*range(at, match.start()), match.start())
        at = match.end()
    return Read("".join((*said, text[at:])), [*offsets, *range(at, len(text) + 1)])


class Wanted:
    """Secrets to be found in many texts. To look for many takes no longer than for few: each place in a text is looked at once.

    Those that have marks in them still are mostly marks, and looked for by themselves.
    """

    __slots__ = ("_all", "_blank", "_marked")

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        texts = tuple(secrets)
        self._all = make_index(texts)
        self._blank = make_index(tuple(each for each in texts if " " in each))
        self._marked = tuple(each for each in texts if each != strip_spelling(each))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where secrets stand in a text: spelt in any way, or as they are where a secret has marks itself."""
        said = strip_spelling(text)
        if said == text:
            yield from self._all.find(text)
        for secret in self._marked if said != text else ():
            yield from find_marked(text, said, secret)
        if said != text and any(self._all.find(said)):
            yield from self.find_spelt(text)

    def find_spelt(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where secrets stand in a text that has to be read first: line by line, but for those with a blank in them."""
        start = 0
        for line in text.split("\n"):
            if any(self._all.find(strip_spelling(line))):
                yield from ((start + first, start + last) for first, last in map_found(line, self._all))
            start += len(line) + 1
        if self._blank.texts:
            yield from map_found(text, self._blank)


def find_marked(text: str, said: str, secret: str) -> Iterator[tuple[int, int]]:
    """Find where a secret stands that is mostly marks: what is left of it without them is too little, unless as many are there too."""
    core = strip_spelling(secret)
    exact = list(find_text(text, secret))
    yield from exact
    if len(core) >= LEAST and core in said:
        wanted = count_marks(secret)
        before, behind = (
            LONGEST_ESCAPE * (len(secret) - len(bare)) for bare in (secret.lstrip(MARKS), secret.rstrip(MARKS))
        )
        plain = read_plain(text)
        for first, last in find_text(plain.text, core):
            start, end = plain.find_written(first)[0], plain.find_written(last - 1)[1]
            if any(begin <= start and end <= close for begin, close in exact):
                continue
            if count_marks(text[max(start - before, 0) : end + behind]) >= wanted:
                yield start, end


def count_marks(text: str) -> int:
    """Count the quotes and backslashes of a text, escaped ones too."""
    plain = ESCAPE.sub(read_escape, text)
    return sum(plain.count(mark) for mark in MARKS)


def map_found(text: str, wanted: Index) -> Iterator[tuple[int, int]]:
    """Map what is found in what a text comes to back to where that is written."""
    plain = read_plain(text)
    for first, last in wanted.find(plain.text):
        yield plain.find_written(first)[0], plain.find_written(last - 1)[1]


class Index(Record):
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
    from base64 import b64encode  # only if there is a secret

    for each in dict.fromkeys((text, *(line.strip() for line in text.split("\n")))):
        if len(each) < SHORTEST:
            continue
        yield b64encode(each.encode(errors="surrogatepass")).decode()
        plain = strip_spelling(each)
        if "\n" not in each:
            yield from (plain, plain.replace(" ", "+")) if len(plain) >= SHORTEST else (each,)
