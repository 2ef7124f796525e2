"""The output of `set` and `promote`: each value with its line, the differences in the artifacts, and the files; as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.edits import Edited, ValueSet
from generator.model.events import EditReaches
from generator.model.nodes import Value
from generator.model.result import Result, count_findings, state_counts
from generator.reports.differences.json import describe_comparison
from generator.reports.differences.text import format_comparison
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, describe_location, describe_outcome, write_json
from generator.reports.others import join_words


def write_answer(edited: Edited, result: Result, view: View) -> Written:
    """Write the values, the differences that they make, and the files."""
    if view.form == "json":
        return Written(format_edited(edited, result), whole=True)
    if edited.withheld:
        because = "" if count_findings(result.findings)["error"] else ", and `--strict` was given"
        return Written(summary=f"{state_counts(result.findings)}{because}: nothing was written")
    return Written(lines=tuple(list_lines(edited, result)), summary=state_counts(result.findings))


def list_lines(edited: Edited, result: Result) -> Iterator[str]:
    """List the lines of the answer."""
    if not edited.values:
        yield "nothing to promote: the versions of all images are the same already"
    for value in edited.values:
        yield state_value(value)
    for comparison in edited.comparisons:
        yield from format_comparison(comparison, color=False)
    if not edited.comparisons and any(not value.same for value in edited.values):
        yield "no artifact changes"
    if edited.dry:
        yield "nothing was written"
    else:
        yield from (f"{each.action} {each.path}" for each in result.outcomes)
    if edited.commit is not None:
        yield f"committed {edited.commit.hash[:12]} {edited.commit.subject}"
    yield from (f"  git: {line}" for line in edited.said)


def state_value(value: ValueSet) -> str:
    """State the change of one value, with its line."""
    where = f"{value.location}: " if value.location is not None else ""
    if value.same:
        return f"{where}{value.name} is {show(value.after)} already"
    if value.after is None:
        return f"{where}{value.name}: {show(value.before)} removed"
    return f"{where}{value.name}: {show(value.before)} → {show(value.after)}"


def show(text: str | None) -> str:
    """Show a value. One that would be invisible is quoted, and one that is absent is named."""
    if text is None:
        return "not set"
    return text if text and text == text.strip() else f'"{text}"'


def state_reach(event: EditReaches) -> str:
    """State which environments an edit is going to change."""
    verb = "changes" if len(event.paths) == 1 else "change"
    what = join_words(event.names) if event.names else "no artifact"
    return f"{join_words(event.paths)} {verb} {what}"


def format_edited(edited: Edited, result: Result) -> str:
    """Write one JSON object."""
    counts = count_findings(result.findings)
    report: dict[str, Value] = {
        "version": VERSION,
        "command": result.command,
        "values": [describe_value(each) for each in edited.values],
        "environments": list(edited.environments),
        "comparisons": [describe_comparison(each) for each in edited.comparisons],
        "files": [describe_outcome(each) for each in result.outcomes],
        "commit": edited.commit and {"hash": edited.commit.hash, "subject": edited.commit.subject},
        **describe_findings(result.findings),
        "summary": {
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["note"],
            "written": not edited.dry and not edited.withheld,
            "status": result.status,
        },
    }
    if result.refused:
        report["refused"] = [*result.refused, *edited.said]
    return write_json(report)


def describe_value(value: ValueSet) -> Value:
    """Describe the change of one value."""
    return {
        "name": value.name,
        "location": describe_location(value.location),
        "before": value.before,
        "after": value.after,
        "changed": not value.same,
    }
