"""Tables for a person at a terminal, cut to its width where need be. Says what it cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.model.records import Record
from generator.reports.matrix import ABSENT, Request
from generator.reports.text import escape, measure
from generator.review.matrix import Row, Table

GAP = 2
NARROWEST = 14
"""Columns of a terminal below which no value is cut; before that, environments go into a block of their own."""
WIDEST = 200
"""Columns up to which values stand below each other where none is cut: what is longer moves the rest of its own line only."""
DOTS = "…"


class Cut:
    """Cuts texts, and counts what it cut; where they are to stay `whole`, none."""

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole
        self.count = 0

    def fit(self, text: str, width: int, alike: Alike | None = None) -> str:
        """Cut a text that is too wide, and fill up one that is not."""
        if not self.whole and measure(text) > width:
            self.count += 1
            text = cut_middle(cut_alike(text, width, alike) if alike else text, width)
        return text + " " * (width - measure(text))


class Alike(Record):
    """How many characters the values of a row have alike: at their beginning, and at their end."""

    start: int
    end: int


def find_alike(texts: Sequence[str]) -> Alike:
    """Find how much texts have alike, so that what tells them apart can stay."""
    least, most = min(texts), max(texts)  # whatever these two begin with, all between them do
    start = count_alike(least, most)
    turned = [text[start:][::-1] for text in texts]
    return Alike(start, count_alike(min(turned), max(turned)))


def count_alike(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def cut_alike(text: str, width: int, alike: Alike) -> str:
    """Cut off what all values of a row have alike, at both ends, and leave as much around what differs as there is room for."""
    first, last = alike.start, len(text) - alike.end
    spare = width - 2 * measure(DOTS) - measure(text[first:last])
    if spare < 0:
        return DOTS + cut_middle(text[first:], width - measure(DOTS)) if first else text
    head, tail = text[:first], text[last:]
    after = take(tail, max(spare // 2, spare - measure(head)))
    if after == tail:
        spare += measure(DOTS)
    before = take(reversed(head), spare - measure(after))[::-1]
    return ("" if before == head else DOTS) + before + text[first:last] + after + ("" if after == tail else DOTS)


def cut_middle(text: str, width: int) -> str:
    """Cut the middle out of a text that is still too wide; the end gets the larger part, since it mostly says more."""
    if measure(text) <= width:
        return text
    right = (width - measure(DOTS)) * 3 // 5
    left = width - measure(DOTS) - right
    tail = take(reversed(text), right)[::-1]
    return take(text, left) + DOTS + tail


def take(chars: Iterable[str], width: int) -> str:
    """Take as many characters as there is room for."""
    taken, room = "", width
    for char in chars:
        room -= measure(char)
        if room < 0:
            break
        taken += char
    return taken


def format_tables(request: Request) -> str:
    """Write a table for each task, and what was cut."""
    cut = Cut(whole=not request.width)
    parts = []
    for table in request.tables:
        lines = list(format_table(table, request.width, cut))
        if len(request.tables) > 1:
            lines.insert(0, escape(table.task))
        parts.append("".join(f"{line.rstrip()}\n" for line in lines))
    if cut.count:
        values = "1 value is" if cut.count == 1 else f"{cut.count} values are"
        parts.append(f"{values} cut to fit; `--format csv` and `--html` have them whole\n")
    return "\n".join(part for part in parts if part)


def format_table(table: Table, width: int, cut: Cut) -> Iterator[str]:
    """Write one table, in blocks of as many environments as fit; paths of a container stand under its name."""
    if not table.rows:
        return
    labels = [label_row(row) for row in table.rows]
    columns = [
        [escape(name), *(spell_row(row, number) for row in table.rows)]
        for number, name in enumerate(table.environments)
    ]
    first = max(measure(label) for label in labels)
    first = min(first, max(width * 2 // 5, NARROWEST) if width else WIDEST)
    widths = [max(measure(text) for text in column) for column in columns]
    for number, block in enumerate(split_blocks(widths, width - first if width else 0)):
        if number:
            yield ""
        yield from format_block(table.rows, labels, columns, block, first, cut)


def label_row(row: Row) -> str:
    """Name a row below the heading of its container."""
    path = row.path
    return "  " + escape(path[len(f"containerDefinitions[{row.container}].") :]) if row.container else escape(path)


def spell_row(row: Row, number: int) -> str:
    cell = row.cells[number]
    return ABSENT if cell is None else escape(cell.text) or '""'


def split_blocks(widths: Sequence[int], room: int) -> Iterator[dict[int, int]]:
    """Split columns into blocks that fit, each with the width that it gets; with no room given, all are as wide as they are, or nearly."""
    if not room:
        yield {number: min(width, WIDEST) for number, width in enumerate(widths)}
        return
    least = [min(width, NARROWEST) + GAP for width in widths]
    block: list[int] = []
    for number in range(len(widths)):
        if block and sum(least[each] for each in (*block, number)) > room:
            yield share_room({each: widths[each] for each in block}, room)
            block = []
        block.append(number)
    yield share_room({each: widths[each] for each in block}, room)


def share_room(wishes: dict[int, int], room: int) -> dict[int, int]:
    """Give each column what it wishes for, or where that is too much an equal part, less what others leave."""
    shares: dict[int, int] = {}
    left = room - GAP * len(wishes)
    for done, number in enumerate(sorted(wishes, key=lambda each: wishes[each])):
        shares[number] = max(1, min(wishes[number], left // (len(wishes) - done)))
        left -= shares[number]
    return {number: shares[number] for number in wishes}


def format_block(
    rows: Sequence[Row],
    labels: Sequence[str],
    columns: Sequence[Sequence[str]],
    block: dict[int, int],
    first: int,
    cut: Cut,
) -> Iterator[str]:
    """Write some columns beside the paths."""

    def join(label: str, line: int) -> str:
        texts = [column[line] for column in columns]
        alike = find_alike([text for text in texts if text != ABSENT]) if line and rows[line - 1].differs else None
        cells = (cut.fit(texts[number], share, alike) for number, share in block.items())
        return (" " * GAP).join((cut.fit(label, first), *cells))

    yield join("", 0)
    container = ""
    for line, row in enumerate(rows):
        if row.container != container:
            container = row.container
            yield escape(f"containerDefinitions[{container}]")
        yield join(labels[line], line + 1)
