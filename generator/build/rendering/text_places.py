"""A scalar of an overlay as a template of its own: where each of its characters is written. Renders nothing."""

from __future__ import annotations

from generator.model.findings import Place, Source
from generator.model.nodes import Scalar
from generator.model.records import Record

BROKEN = "\\\n"
"""Where a line of a double-quoted text of YAML ends, and the text does not."""

ESCAPES = {"x": 4, "u": 6, "U": 10}
"""Characters of YAML's escapes that have a number; all others have two."""


class Text(Record):
    """A scalar of an overlay as a template of its own. `offsets` has where each character is written, and where the last one ends."""

    source: Source
    place: Place
    offsets: tuple[int, ...]

    def find_place(self, start: int, length: int) -> Place:
        """Find where a span of the text is written: the whole scalar where that cannot be told."""
        if not self.offsets:
            return self.place
        last = len(self.offsets) - 1
        first, end = self.offsets[min(start, last)], self.offsets[min(start + length, last)]
        return Place(self.place.source, first, max(first, end))


def make_text(scalar: Scalar) -> Text:
    """Make a template of a scalar. Jinja drops one line end at the end of a template, which the text has besides its own."""
    text = f"{scalar.text}\n" if scalar.text.endswith("\n") else scalar.text
    return Text(Source(scalar.place.source.path, text), scalar.place, align_text(scalar.place, scalar.text))


def align_text(place: Place, text: str) -> tuple[int, ...]:
    """Find where each character of a scalar of YAML is written; nothing where its style cannot be followed.

    Blanks fold and lines are indented, but all other characters stand in their order, or are escaped.
    """
    source, at, end = place
    written = source.text
    style = written[at : at + 1]
    if style and style in "|>":
        at = written.find("\n", at) + 1
    elif style and style in "\"'":
        at += 1
    offsets = []
    for char in text:
        while style == '"' and written.startswith(BROKEN, at):
            at = skip_blanks(written, at + len(BROKEN), end)
        if char.isspace() and not (style == '"' and written.startswith("\\", at)):
            offsets.append(at)
            at = min(at + written.startswith(char, at), end)
            continue
        at = skip_blanks(written, at, end)
        length = measure_character(written, at, char, style)
        if not length or at >= end:
            return ()
        offsets.append(at)
        at += length
    return (*offsets, at)


def skip_blanks(written: str, at: int, end: int) -> int:
    while at < end and written[at].isspace():
        at += 1
    return at


def measure_character(written: str, at: int, char: str, style: str) -> int:
    """Measure what stands for a character at an offset; 0 where something else does."""
    if style == '"' and written.startswith("\\", at):
        length = ESCAPES.get(written[at + 1 : at + 2], 2)
        return length * 2 if length == 6 and ord(char) > 0xFFFF else length
    if style == "'" and char == "'":
        return 2 * written.startswith("''", at)
    return int(written.startswith(char, at))
