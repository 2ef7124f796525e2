"""Findings: the mistake, its place and what to do about it. Owns positions and findings; knows nothing of ECS, disks or terminals."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, TypeAlias

from generator.model.patterns import Pattern
from generator.model.records import Record

Severity = Literal["error", "warning", "note"]

Path: TypeAlias = tuple[str | int, ...]
"""The way from a document's root to a value in it: names of members and numbers of items, from 0."""

HERE, PARENT, CONTAINER = "\0", "\1", "\2"
"""Stand in the message or fact of a problem for the path it is about, for the structure around it, and for the container it leads into, as
findings spell them: a container has one identity in all environments, whatever its name there."""

Level = Literal["off", "note", "warning", "error"]
"""The level of a rule in settings: a severity, or off."""

SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}
"""The severity a finding has by default, from the first letter of its code."""


@lru_cache(maxsize=8)  # every finding of a file asks for the same text
def find_lines(text: str) -> tuple[int, ...]:
    """Find where the lines of a text start."""
    *lines, _ = text.split("\n")
    return tuple(accumulate([len(line) + 1 for line in lines], initial=0))


class Source(Record):
    """One input file, whole. `path` is relative to the project, with `/`; `text` has `\\n` line ends and no byte order mark."""

    path: str
    text: str


class Location(Record):
    """A position a person can go to. `line` and `column` count from 1, in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Place(Record):
    """A span of a source, as character offsets `[start, end)`. Cheap to make; `location` does the counting."""

    source: Source
    start: int
    end: int

    @property
    def location(self) -> Location:
        starts = find_lines(self.source.text)
        line = bisect_right(starts, self.start)
        return Location(self.source.path, line, self.start - starts[line - 1] + 1)


class Edit(Record):
    """One change of a source: `text` replaces the text at a place."""

    place: Place
    text: str = ""


class Excerpt(Record):
    """The source line of a finding, masked. `column` (from 1) and `length` span what to underline in `text`."""

    text: str
    column: int
    length: int


class Note(Record):
    """One fact beside a finding, with the place it is about, if any."""

    text: str
    location: Location | None = None


class Finding(Record):
    """One message to the user. The pipeline sets `environments` and `task`.

    A `left_out` finding is counted, but not shown. `edits` fix it, if the fix is certain; they are in order and do not overlap.
    Findings of one code and severity that have the same `cause` are shown as one: the first, and the `others` at their own places.
    """

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    excerpt: Excerpt | None = None
    path: str | None = None
    notes: tuple[Note, ...] = ()
    help: str | None = None
    environments: tuple[str, ...] = ()
    task: str | None = None
    left_out: bool = False
    edits: tuple[Edit, ...] = ()
    cause: str | None = None
    others: tuple[Finding, ...] = ()


def list_places(finding: Finding) -> tuple[Finding, ...]:
    """List a finding at each of its places, for forms that show a finding where it is."""
    return (finding._replace(others=()), *finding.others) if finding.others else (finding,)


class Fact(Record):
    """One fact beside a problem, and the path of the value it is about, if any. `HERE` in `text` is that path spelt."""

    text: str
    path: Path | None = None


class Change(Record):
    """The change that a help proposes at a problem, before that has a place; only if it is an edit.

    `rename`: the key becomes `text`. `text`: the value becomes the text `text`. `write`: it becomes `text`, which is JSON.
    `quote`: double quotes come around the value as it is written. `remove`: the member goes.
    `before`: the text `text` becomes an item of its own, before the value, which is an item.
    """

    kind: Literal["rename", "text", "write", "quote", "remove", "before"]
    text: str = ""


class Problem(Record):
    """A mistake in a document of plain values: a finding once its path has a place.

    `path` leads to the value, or with `key` to the key it stands under. `missing` names a member whose absence is the
    problem, so it is not reported if the member may only be misspelt. `change` is the help as an edit, if it is one.
    Problems of one code and
    `cause` are one finding of each file. Where no cause is given, it is the value that was written at one place.
    """

    code: str
    path: Path
    message: str
    facts: tuple[Fact, ...] = ()
    help: str | None = None
    key: bool = False
    missing: str | None = None
    change: Change | None = None
    cause: str | None = None


def name_cause(place: Place, *said: str | None) -> str:
    """Make a cause from the text at one place and its message. The cause hides the text: it may be a secret."""
    from hashlib import sha256  # only when there is something to report

    text = "\0".join((place.source.path, str(place.start), *(each or "" for each in said)))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def finding_at(
    place: Place | None,
    code: str,
    message: str,
    *,
    path: str | None = None,
    notes: tuple[Note, ...] = (),
    help: str | None = None,
    severity: Severity | None = None,
    harmless: bool = False,
    edits: tuple[Edit, ...] = (),
    cause: str | None = None,
) -> Finding:
    """Make a finding about a place; one of no length at the start of a source is the whole source, and has no excerpt.

    Its severity is the one its code's letter stands for, unless another is given. `harmless` means that no name
    around the place looks like a secret's. Findings with the same `cause` are one finding, even across files.
    """
    from generator.model.secrets.scanning import hide_credentials  # only when there is something to report
    from generator.model.shortening import shorten_text

    def clean(text: str) -> str:
        return hide_credentials(shorten_text(text))

    return Finding(
        code=code,
        severity=severity or SEVERITIES[code[0]],
        message=clean(message),
        location=place.location if place else None,
        excerpt=make_excerpt(place, harmless=harmless) if place and (place.start or place.end) else None,
        path=path and clean(path),
        notes=tuple(note._replace(text=clean(note.text)) for note in notes),
        help=help and clean(help),
        edits=edits,
        cause=cause,
    )


SHORT_LINE = Pattern(r'[ \t]*+(?:"[^"\\]*+"[ \t]*+:[ \t]*+)?(?:"[^"\\]{0,11}+"|[\w.+-]{1,11}+|[\[{])[ \t]*+,?')
"""A line of JSON with one member, whose value is too short to be known for a secret by its looks."""


AROUND = 300
"""So many characters of a line are cut out on either side of a place: a file may be one line, and have many findings."""

FEW_NAMES = 50
"""So many names are compared with a misspelt one. Among more, it is found by a single mistake: that work does not grow with them."""

LONGEST_NAME = 64
"""Characters of names that are compared, which takes the square of them."""


def make_excerpt(place: Place, *, harmless: bool = False) -> Excerpt:
    """Cut the first line of a place out of its source, masked as far as the source alone shows secrets."""
    from generator.model.secrets.scanning import find_secrets  # only when there is something to report

    left, right = find_line(place.source.text, place.start)
    # Looking through a whole file for secrets takes longer than all else, and most lines plainly have none.
    plain = harmless and SHORT_LINE.fullmatch(place.source.text, left, right)
    return cut_excerpt(place, () if plain else find_secrets(place.source.text))


def find_line(text: str, start: int) -> tuple[int, int]:
    """Find where the line around a place begins and ends; of a long one, what is around the place."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    right = len(text) if right < 0 else right
    return max(left, start - AROUND), min(right, start + AROUND)


def cut_excerpt(place: Place, spans: Sequence[tuple[int, int]]) -> Excerpt:
    """Cut the first line of a place out of its source, with `***` in place of spans, which are sorted and do not overlap."""
    source, start, end = place
    left, right = find_line(source.text, start)
    end = max(start, min(end, right))
    text, column, length = "", 0, 0
    cursor = left
    first = max(bisect_left(spans, (left, 0)) - 1, 0)
    for secret_start, secret_end in (*spans[first : bisect_right(spans, (right, right))], (right, right)):
        secret_start, secret_end = max(secret_start, left), min(secret_end, right)
        if secret_end < cursor or secret_start > right:
            continue
        for piece_start, piece_end, masked in ((cursor, secret_start, False), (secret_start, secret_end, True)):
            shown = "***" if masked and piece_end > piece_start else source.text[piece_start:piece_end]
            if piece_start <= start <= piece_end:
                column = len(text) + (0 if masked else start - piece_start)
            if piece_start <= end <= piece_end and not (masked and start < end == piece_start):
                length = len(text) + (len(shown) if masked else end - piece_start) - column
            text += shown
        cursor = secret_end
    return Excerpt(text.expandtabs(1), column + 1, max(length, 1))


def find_shown_end(source: Source, start: int, length: int) -> int:
    """Find the end of the place that an excerpt underlines, from where it starts and how much of it is shown."""
    from generator.model.secrets.scanning import find_secrets  # only when there is something to report

    _, right = find_line(source.text, start)
    spans = find_secrets(source.text)
    at = start
    for secret_start, secret_end in spans[max(bisect_left(spans, (start, 0)) - 1, 0) :]:
        if secret_end <= at:
            continue
        if secret_start - at >= length:
            break
        length -= max(secret_start - at, 0) + 3
        at = secret_end
        if length <= 0:
            return min(at, right)
    return min(at + length, right)


class InputError(Exception):
    """An input file cannot be opened or decoded, or an output cannot be written: the run cannot continue. The message is one line.

    `help` is the one thing to do about it, if any.
    """

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


def describe_error(error: OSError) -> str:
    """Shorten a message of the system: without its number and path."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]


def did_you_mean(word: str, known: tuple[str, ...] | list[str]) -> str | None:
    """Find the known name nearest to a misspelt one, ignoring case, or None when none is near.

    Of many known names it is one that differs by a character, or by two that changed places.
    """
    if len(word) > LONGEST_NAME:
        return None
    if len(known) > FEW_NAMES:
        return find_mistaken(word, known)
    from difflib import get_close_matches  # slow to import, and only needed for a finding

    by_fold = {name.casefold(): name for name in reversed(known) if len(name) <= LONGEST_NAME}
    near = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def find_mistaken(word: str, known: Sequence[str]) -> str | None:
    """Find the first known name that a word is after one mistake."""
    names = known[::-1]
    by_fold = dict(zip(map(str.casefold, names), names, strict=True))  # without a step of Python for each
    fold = word.casefold()
    halves = [(fold[:at], fold[at:]) for at in range(len(fold) + 1)]
    spelt = (
        fold,
        *(head + tail[1:] for head, tail in halves if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1),
        *(head + char + tail for head, tail in halves for char in NAME_CHARACTERS),
        *(head + char + tail[1:] for head, tail in halves if tail for char in NAME_CHARACTERS),
    )
    return next((by_fold[name] for name in spelt if name in by_fold), None)


NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_."
"""What a misspelt name may lack."""


class WrongUsage(Exception):
    """A command was called with words that do not fit the project or each other. The message is one line."""
