"""What `render --watch` shows after each edit: the files, what differs since the start, what was written, and findings; as text only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.answers import Watched
from generator.model.comparison import Comparison
from generator.model.result import Result, count_findings, state_counts, state_number
from generator.reports.differences.text import format_group, name_comparison
from generator.reports.forms import View, Written
from generator.reports.others import join_words
from generator.reports.render import list_files, list_removed
from generator.review.compare import group_by_cause

SHOWN = ("wrote", "deleted", "left")


def write_answer(watched: Watched, result: Result, _: View) -> Written:
    """Write one report, which begins with the files that were edited."""
    return Written(lines=tuple(list_lines(watched, result)), summary=summarize(watched, result))


def list_lines(watched: Watched, result: Result) -> Iterator[str]:
    """List the lines above the findings."""
    if watched.begun:
        yield f"watching {join_words((*watched.folders, 'the settings'))}, until Ctrl-C"
    elif watched.edited:
        yield join_words(watched.edited)
    else:
        yield "files can be read again" if watched.mended else "files have changed"
    yield from list_removed(watched.removed)
    if watched.mended:
        yield "all errors are fixed"
    if watched.comparisons is not None:
        yield from list_differences(watched.comparisons)
    shown = SHOWN if watched.begun else SHOWN[:-1]
    yield from list_files(tuple(each for each in result.outcomes if each.action in shown))


def list_differences(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """List what differs since the start, edit by edit, and the artifacts that are new or gone."""
    if not comparisons:
        yield "no difference since the start"
    for group in group_by_cause(comparisons):
        yield from format_group(group, color=False)
    for comparison in comparisons:
        if not comparison.changes:
            yield f"{name_comparison(comparison)}: {'only at the start' if comparison.left else 'new since the start'}"


def summarize(watched: Watched, result: Result) -> str:
    """State how many findings there are, those that were shown before too."""
    said = state_counts(result.findings)
    if watched.standing:
        before = f"{state_number(watched.standing, 'finding')} as before"
        said = f"{said}, {before}" if said else before
    if watched.withheld and not result.refused:
        because = "" if count_findings(result.findings)["error"] else ", and `--strict` was given"
        said += f"{because}: nothing was written"
    return said
