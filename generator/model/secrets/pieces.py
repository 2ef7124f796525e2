"""Looks at a long text in pieces, so that a look which makes copies needs little memory."""

from __future__ import annotations

from collections.abc import Iterable

PIECE = 1 << 16
"""Characters of a text that are looked at together."""
OVERLAP = 64
"""Characters that two pieces share: any word up to this length is whole in one of them."""


def split_into_pieces(text: str) -> Iterable[str]:
    """Split a long text into pieces that overlap. A short one is the only piece."""
    if len(text) <= PIECE:
        return (text,)
    return (text[start : start + PIECE + OVERLAP] for start in range(0, len(text), PIECE))
