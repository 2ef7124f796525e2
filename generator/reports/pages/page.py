"""What the page of a code is made of. Holds no page."""

from __future__ import annotations

from generator.model.records import Record

DATE = "2026-11-24"
"""The day as of which all pages speak."""


class Page(Record):
    """The page of one code.

    `title` is what the user sees, in his words; `text` is paragraphs of Markdown. `case` is the folder under `tests/errors` that
    the page shows; `passes` are files that mend it, whole, and None for one that goes; `run` is a command that does. `aws` is what
    AWS or its client says to the same mistake, a message a line. `source` is where what the page says comes from. `applies` says when
    a rule looks at all: the launch type, network mode or operating system it is about; empty for every task definition.
    """

    title: str
    text: str
    case: str
    source: str
    passes: dict[str, str | None]
    run: str = ""
    aws: str = ""
    applies: str = ""
