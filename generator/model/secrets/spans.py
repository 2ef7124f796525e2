"""Stretches of a text by their first and last offsets. Knows nothing of what is in them."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def join_spans(found: Iterable[Span]) -> list[Span]:
    """Sort spans, and make one of those that overlap or touch."""
    return merge_spans(found, touching=1)


def join_overlapping(found: Iterable[Span]) -> list[Span]:
    """Sort spans, and make one of those that overlap."""
    return merge_spans(found, touching=0)


def merge_spans(found: Iterable[Span], touching: int) -> list[Span]:
    """Sort spans, and make one of those that come so near to each other."""
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1] + touching:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif end > start:
            spans.append((start, end))
    return spans
