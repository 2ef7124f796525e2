"""What a long command tells while it runs, as values; `cli` prints them as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from generator.model.records import Record


class ArtifactDone(Record):
    """An artifact was rendered, or cannot be."""

    path: str


class FileDone(Record):
    """A file was linted, or skipped."""

    path: str


class EditReaches(Record):
    """An edit is going to change the artifacts of these environments. `paths` are the files to edit."""

    paths: tuple[str, ...]
    names: tuple[str, ...]


Event: TypeAlias = ArtifactDone | FileDone | EditReaches

OnEvent: TypeAlias = Callable[[Event], None]
"""What hears of events: the parameter `on_event` of commands."""


def ignore_event(_: Event) -> None:
    """Hear of an event, and do nothing."""
