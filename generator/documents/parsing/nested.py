"""JSON inside a string of JSON, as in Terraform's containers: parsed with the places of the outer file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.parsing.document import parse_pieces
from generator.model.findings import Finding, Place
from generator.model.nodes import NO_VALUE, Node, Piece, Scalar
from generator.model.patterns import Pattern

WRITTEN = Pattern(
    r"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.|(?P<plain>[^\\])", 16
)
"""A character of a text as JSON writes it."""


def list_characters(scalar: Scalar) -> Iterator[tuple[int, int]]:
    """List the offsets in the file at which each character of a string of JSON is written."""
    source, start, end = scalar.place
    for match in WRITTEN.finditer(source.text, start + 1, end - 1):
        yield match.span()


def parse_nested(pieces: Iterator[tuple[str, Place]]) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse stretches of text, each with the place that it comes from."""
    return parse_pieces([Piece(place, text, NO_VALUE) for text, place in pieces])
