"""What a template rendered, put together as one text: owns where each of its characters was written. Reads no JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from generator.model.findings import Place
from generator.model.nodes import NO_VALUE, Piece

MARK = "\0"
"""Stands for a printed value in the assembled text. JSON allows it nowhere, so a NUL of the user's own is refused anyway."""

BLANK = " \t\n\r"


class Assembly:
    """The assembled text, in which each printed value is one MARK; `values` has their pieces by their offsets."""

    __slots__ = ("numbers", "origin", "pieces", "starts", "text", "values")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces: list[Piece] = []
        self.starts: list[int] = []
        self.values: dict[int, Piece] = {}
        self.numbers: dict[int, int] = {}
        texts: list[str] = []
        length = 0
        self.origin: Place | None = None
        for piece in pieces:
            self.origin = self.origin or piece.place
            text = piece.text
            if piece.value is not NO_VALUE:
                text = MARK
                self.values[length] = piece
            if text:
                self.pieces.append(piece)
                self.starts.append(length)
                texts.append(text)
                length += len(text)
        self.text = "".join(texts)

    def find_span(self, start: int, end: int) -> Place:
        """Find where in the templates a span of the text was written, as far as it is one span there."""
        index = bisect_right(self.starts, start) - 1
        piece, offset = self.pieces[index], self.starts[index]
        place, length = piece.place, len(piece.text)
        if start < end <= offset + length and piece.value is NO_VALUE and place.end - place.start == length:
            return Place(place.source, place.start + start - offset, place.start + end - offset)
        first = self.find_character(start)
        last = self.find_character(max(start, end - 1)) if end > start + 1 else first
        if last.source is first.source and last.end > first.end:
            return Place(first.source, first.start, last.end)
        return first

    def find_character(self, at: int) -> Place:
        """Find where one character of the text was written: the whole expression, if one printed it."""
        index = bisect_right(self.starts, at) - 1
        piece = self.pieces[index]
        source, start, end = piece.place
        if piece.value is not NO_VALUE or end - start != len(piece.text):
            return piece.place
        start += min(at - self.starts[index], len(piece.text))
        return Place(source, start, min(start + 1, end))

    def count_values(self, at: int) -> int:
        """Count the printed values before an offset."""
        if not self.numbers:
            self.numbers = {offset: number for number, offset in enumerate(self.values)}
        return self.numbers[at]

    def touches_value(self, at: int) -> bool:
        """Whether what stands here follows a value with no blank between, and an expression printed one of the two."""
        return (at in self.values or at - 1 in self.values) and self.text[at - 1] not in BLANK
