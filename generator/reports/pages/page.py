"""The parts of the page of a code. Has no page itself."""

from __future__ import annotations

from generator.model.records import Record

DATE = "2026-11-24"
"""The date of all pages."""


class Page(Record):
    """The page of one code.

    `title` is the mistake in the user's words; `text` is paragraphs of Markdown. `case` is the folder under `tests/errors` that
    the page shows; `passes` are whole files that fix it, with None for a deleted file; `run` is a command that does.
    `aws` has the messages of AWS or its client for the same mistake, one a line. `source` is the source of the facts.
    `applies` names the launch type, network mode or operating system that the rule is for; empty for every task
    definition.
    """

    title: str
    text: str
    case: str
    source: str
    passes: dict[str, str | None]
    run: str = ""
    aws: str = ""
    applies: str = ""
