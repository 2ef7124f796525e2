"""Rules with their levels, and the page of a code, as text and as JSON."""

from __future__ import annotations

from generator.model.answers import Rules, Weight
from generator.model.nodes import Value
from generator.model.result import Result
from generator.reports.forms import View, Written
from generator.reports.pages import DATE, PAGES

WIDTH = 100
"""Columns of a page on a terminal."""


def write_answer(rules: Rules, _: Result, view: View) -> Written:
    """Write the list of rules, or one page."""
    if view.form == "json":
        from generator.reports.json import write_json

        described = [describe_page(each) if rules.page else describe_rule(each) for each in rules.weights]
        return Written(write_json(described[0] if rules.page else described), whole=True)
    return Written("".join(format_page(each) if rules.page else format_rule(each) for each in rules.weights))


def find_title(code: str) -> str:
    return PAGES[code].title if code in PAGES else ""


# As text.


def format_rule(weight: Weight) -> str:
    """Write the line of a rule."""
    return f"{weight.code}  {state_level(weight):<7}  {find_title(weight.code)}\n"


def state_level(weight: Weight) -> str:
    """State how much a rule weighs, and where it weighs something else."""
    return ", ".join([weight.level, *(f"{level} in {name}" for name, level in weight.exceptions)])


def format_page(weight: Weight) -> str:
    """Write the page of a code for a terminal."""
    page = PAGES[weight.code]
    parts = [f"{weight.code}: {page.title}", unmark(page.text)]
    if page.applies:
        parts.append(wrap(f"Condition: {page.applies}."))
    parts.append(f"Level: {state_level(weight)}{', always' if weight.fixed else ''}")
    if weight.lint:
        parts[-1] += f"; in `taskdef lint` {weight.lint}, unless the settings change it"
    for path, text in page.passes.items():
        parts.append(f"{path} is deleted" if text is None else f"This passes, {path}:\n\n{indent(text)}")
    if page.run:
        parts.append(f"{'This passes' if page.passes else 'This fixes it'}: {page.run}")
    parts += [f"AWS reports:\n\n{indent(page.aws)}"] if page.aws else []
    parts.append(unmark(f"Source: {page.source}. As of {DATE}."))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def unmark(text: str) -> str:
    """Make Markdown readable as it is: links spelt out, each paragraph wrapped; what is laid out by hand stays so."""
    import re

    spelt = re.sub(
        r"\[([^\]]+)\]\(([^)\s]+)\)", lambda link: f"{link[1]} ({link[2]})" if ":" in link[2] else link[1], text
    )
    blocks = spelt.strip("\n").split("\n\n")
    return "\n\n".join(block if block.startswith(("|", "-", "```", "    ")) else wrap(block) for block in blocks)


def wrap(text: str) -> str:
    from textwrap import fill

    return fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def indent(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.rstrip("\n").split("\n"))


# As JSON.


def describe_rule(weight: Weight) -> dict[str, Value]:
    return {
        "code": weight.code,
        "level": weight.level,
        "title": find_title(weight.code),
        **({"environments": dict(weight.exceptions)} if weight.exceptions else {}),
    }


def describe_page(weight: Weight) -> Value:
    page = PAGES[weight.code]
    return {
        **describe_rule(weight),
        "configurable": not weight.fixed,
        "text": page.text,
        "applies": page.applies,
        "passes": page.passes,
        "run": page.run,
        "aws": page.aws.splitlines(),
        "source": page.source,
        "date": DATE,
    }
