"""Comparisons as Markdown, for a comment on a pull request and the summary of a job: one table per environment, collapsed when long.

A cell is data, from files that anybody may have written: nothing in it can end the cell, be a link or HTML, or call somebody by name.
"""

from __future__ import annotations

from itertools import groupby

from generator.model.comparison import Change, Comparison, Review
from generator.model.result import state_number
from generator.model.secrecy import Secrets
from generator.reports.differences.text import (
    count_changes,
    group_by_container,
    list_places,
    name_comparison,
    state_effect,
    state_group,
)
from generator.reports.differences.values import describe_row, show_part, spell_field
from generator.reports.markdown import spell_cell, spell_code, spell_html
from generator.reports.text import escape
from generator.review.compare import Group, group_by_cause

LONG = 12
"""Rows of a table that is still shown open."""

WIDEST = 300
"""Characters of a cell: a comment on GitHub takes 65,536 in all."""

LIMIT = 60_000
"""Characters of the whole, with some to spare for what a workflow puts around it."""


def format_review(review: Review) -> str:
    """Write what was compared, by field or by cause."""
    if review.by_cause:
        alone = tuple(each for each in review.comparisons if not (each.left and each.right))
        return format_groups(group_by_cause(review.comparisons), alone)
    return format_comparisons(review.comparisons)


def format_comparisons(comparisons: tuple[Comparison, ...]) -> str:
    """Write a section for each environment, and a line for all that are the same."""
    differing = [each for each in comparisons if each.differs]
    same = len(comparisons) - len(differing)
    blocks = []
    for environment, met in groupby(differing, key=lambda each: each.environment):
        title = [f"### {spell_code(environment)}"] if environment else []
        blocks.append("\n\n".join([*title, *(format_comparison(each) for each in met)]))
    if not differing:
        blocks.append("No differences.")
    elif same:
        blocks.append(f"{state_number(same, 'task definition')} without differences.")
    return join_blocks(blocks)


def format_comparison(comparison: Comparison) -> str:
    """Write the table of one comparison, collapsed when it is long."""
    rows = [
        format_row(container, change, comparison.secrets)
        for container, changes in group_by_container(comparison.changes)
        for change in changes
    ]
    title = f"{name_comparison(comparison)}: {count_changes(comparison)}"
    notes = [f"Note: {code(note)}." for note in comparison.mask_notes()]
    if not rows:
        return "\n\n".join([f"**{code(title)}**", *notes])
    table = "\n".join(("| container | field | change | where |", "|---|---|---|---|", *rows))
    return "\n\n".join([show_section(title, table, long=len(rows) > LONG), *notes])


def format_row(container: str, change: Change, secrets: Secrets) -> str:
    """Write one field; the parts of one that has several stand below each other."""
    shown = "<br>".join(cell(show_part(part)) for part in describe_row(change.row, secrets))
    where = "<br>".join(cell(place) for place in list_places(change))
    return f"| {cell(container)} | {cell(spell_field(change.row, secrets))} | {shown} | {where} |"


def format_groups(groups: tuple[Group, ...], alone: tuple[Comparison, ...] = ()) -> str:
    """Write what each edit changed, an edit a section, and then the tasks that only one side has."""
    blocks = []
    for group in groups:
        lines = [code(text) for effect in group.effects for text in state_effect(effect, group)]
        listed = "\n".join(f"- {text}" for text in lines)
        body = "\n\n".join(filter(None, (code(group.line), listed)))
        blocks.append(show_section(state_group(group), body, long=len(lines) > LONG))
    blocks += map(format_comparison, alone)
    return join_blocks(blocks or ["No differences."])


def show_section(title: str, body: str, *, long: bool) -> str:
    """Show a section under its title, collapsed when it is long; the blank lines let Markdown in HTML be Markdown."""
    if not long:
        return f"**{code(title)}**\n\n{body}"
    return f"<details>\n<summary>{spell_html(shorten(title))}</summary>\n\n{body}\n\n</details>"


def join_blocks(blocks: list[str]) -> str:
    """Put blocks below each other, as many as a comment takes, and say how many it does not."""
    kept: list[str] = []
    length = 0
    for block in blocks:
        length += len(block) + 2
        if length > LIMIT:
            kept.append(f"{state_number(len(blocks) - len(kept), 'section')} more, too long to be shown here.")
            break
        kept.append(block)
    return "\n\n".join(kept) + "\n"


def code(text: str) -> str:
    return spell_code(shorten(text))


def cell(text: str) -> str:
    return spell_cell(shorten(text))


def shorten(text: str) -> str:
    """Cut what is too long for a cell, by what is shown of it."""
    shown = escape(text)
    return shown if len(shown) <= WIDEST else shown[: WIDEST - 1] + "…"
