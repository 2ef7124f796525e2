"""References to images, taken apart: registry, repository, and tag or digest. Knows no account."""

from __future__ import annotations

from generator.model.patterns import Pattern
from generator.model.records import Record

IMAGE = Pattern(
    r"(?:(?P<registry>[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?|localhost(?::[0-9]+)?|[\w-]+:[0-9]+)/)?"
    r"(?P<repository>[\w./-]+?)(?::(?P<tag>[\w][\w.-]*))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)


LONGEST = 1000
"""Characters of a reference that is taken apart; ECS takes 255 or so."""


class Image(Record):
    """A reference to an image; what it does not have is empty."""

    registry: str
    repository: str
    tag: str
    digest: str


def parse_image(text: str) -> Image | None:
    """Take a reference apart; None if it is a placeholder or anything else."""
    match = IMAGE.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    return Image(*(match[name] or "" for name in ("registry", "repository", "tag", "digest")))
