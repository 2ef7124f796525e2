"""Where values come from, as text for people and as JSON for other programs. The JSON form has a version."""

from __future__ import annotations

from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.origins import Explanation, Origin, Setting, Step
from generator.model.result import Result, state_counts
from generator.reports.forms import View, Written
from generator.reports.text import COLORS, RESET, escape, format_excerpt, measure

VERSION = 1
WIDEST = 72
"""Columns within which places stand below each other."""


def write_answer(explained: Explanation, result: Result, view: View) -> Written:
    """Write what was explained; where something is wrong with the artifact, this is not all of it."""
    counts = state_counts(result.findings)
    summary = f"{counts}: this is as far as the artifact comes" if counts else ""
    if view.form == "json":
        return Written(format_json(explained, result.findings), summary=summary)
    return Written(format_text(explained, color=view.color), summary=summary)


# As text.


def format_text(explained: Explanation, *, color: bool = False) -> str:
    """Write a line for each value of an artifact, or the whole way of those that were asked for."""
    if explained.settings is not None:
        return format_settings(explained, color=color)
    if explained.chains:
        return "\n".join(format_origin(origin, color=color) for origin in explained.origins)
    heads = [state_value(origin) for origin in explained.origins]
    widths = [measure(head) for head in heads]
    column = max([width for width in widths if width <= WIDEST], default=0)
    lines = (
        f"{head}{' ' * max(column - width, 0)}  {state_origin(origin)}\n"
        for head, width, origin in zip(heads, widths, explained.origins, strict=True)
    )
    return "".join(lines)


def state_value(origin: Origin) -> str:
    """State what is at a path."""
    gone = f"`{origin.path}` is not in the artifact"
    return escape(f"{origin.path} = {origin.value}" if origin.value is not None else gone)


def state_origin(origin: Origin) -> str:
    """Say in one line where a value was written, and which variables it takes; account and region are in every other line."""
    variables = (f"`{name}` {location}" for name, location in origin.variables if not name.startswith("aws."))
    return escape(", ".join([str(origin.location), *variables]))


def format_origin(origin: Origin, *, color: bool) -> str:
    """Write one value and its way, lowest layer first."""
    head = state_value(origin)
    lines = [f"{COLORS['note']}{head}{RESET}" if color else head]
    for step in origin.steps:
        lines += format_step(step, "")
    return "".join(f"{line}\n" for line in lines)


def format_step(step: Step, indent: str) -> list[str]:
    """Write one step: where and what, its line, and what a template's line takes."""
    where = f"{step.location}: " if step.location else "  "
    lines = [f"{indent}{escape(where + step.message)}"]
    if step.excerpt and step.location:
        lines += [indent + line for line in format_excerpt(step.excerpt, step.location.line)]
    for inner in step.inner:
        lines += format_step(inner, indent + "  ")
    return lines


def format_settings(explained: Explanation, *, color: bool) -> str:
    """Write every variable: its value, who set it, and who takes it."""
    blocks = []
    for setting in explained.settings or ():
        head = escape(f"{setting.name} = {setting.value}")
        lines = [f"{COLORS['note']}{head}{RESET}" if color else head]
        for step in (*setting.steps, *setting.uses):
            lines += format_step(step, "")
        if not setting.uses:
            lines.append("  no line of the template uses it")
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks) or f"{escape(explained.environment)} sets no variables\n"


# As JSON.


def format_json(explained: Explanation, findings: tuple[Finding, ...] = ()) -> str:
    """Write one JSON object; `findings` say why the artifact is not as it should be."""
    from generator.reports.json import describe_findings, write_json

    report: dict[str, Value] = {
        "version": VERSION,
        "command": "explain",
        "environment": explained.environment,
        "task": explained.task,
        "artifact": explained.artifact,
    }
    if explained.settings is None:
        report["values"] = [describe_origin(origin) for origin in explained.origins]
    else:
        report["variables"] = [describe_setting(setting) for setting in explained.settings]
    report |= describe_findings(findings)
    return write_json(report)


def read_value(value: str | None) -> Value:
    """Read a value back from its spelling; one that is masked, has no type yet, or is no number of JSON (`3e567`) stays text."""
    from json import dumps, loads

    try:
        read = None if value is None else loads(value)
        dumps(read, allow_nan=False)
    except ValueError:
        return value
    return read


def describe_origin(origin: Origin) -> Value:
    from generator.reports.json import describe_location

    return {
        "path": origin.path,
        "value": read_value(origin.value),
        "gone": origin.value is None,
        "location": describe_location(origin.location),
        "variables": [{"name": name, "location": describe_location(place)} for name, place in origin.variables],
        "steps": [describe_step(step) for step in origin.steps],
    }


def describe_setting(setting: Setting) -> Value:
    return {
        "name": setting.name,
        "value": read_value(setting.value),
        "steps": [describe_step(step) for step in setting.steps],
        "uses": [describe_step(step) for step in setting.uses],
    }


def describe_step(step: Step) -> Value:
    from generator.reports.json import describe_location

    excerpt = step.excerpt
    return {
        "kind": step.kind,
        "name": step.name or None,
        "message": step.message,
        "location": describe_location(step.location),
        "excerpt": excerpt and {"text": excerpt.text, "column": excerpt.column, "length": excerpt.length},
        "before": step.before,
        "after": step.after,
        "steps": [describe_step(inner) for inner in step.inner],
    }
