"""`taskdef rules`: every rule with its level in this project, or the page of one code. The only command that loads pages."""

from __future__ import annotations

from generator.model.findings import SEVERITIES, Level, WrongUsage, did_you_mean
from generator.model.nodes import Value
from generator.model.project import Settings
from generator.model.result import Result, state_counts
from generator.project.loading import load_settings
from generator.reports.pages import DATE, PAGES, Page
from generator.rules import RULES

WIDTH = 100
"""Columns of a page on a terminal."""


def rules(root: str, *, code: str | None = None, json: bool = False) -> Result:
    """List the rules with the levels that the settings of a project give them, or show the page of a code. The product is text or JSON."""
    settings, findings = load_settings(root)
    if findings:
        return Result("rules", findings, 1, summary=f"{state_counts(findings)} in the settings", judging=True)
    if code is not None:
        name = find_code(code)
        product = dump(describe_page(name, settings)) if json else format_page(name, settings)
    else:
        product = dump([describe_rule(name, settings) for name in sorted(RULES)]) if json else format_list(settings)
    return Result("rules", (), 0, product=product)


def find_code(word: str) -> str:
    """Find the code that a word names."""
    code = word.upper()
    if code in PAGES:
        return code
    digits = code[:1] + code[1:].replace("O", "0").replace("I", "1")
    near = digits if digits in PAGES else did_you_mean(code, sorted(PAGES))
    raise WrongUsage(f"there is no code `{word}`" + (f"; did you mean `{near}`?" if near else ""))


def find_title(code: str) -> str:
    return PAGES[code].title if code in PAGES else ""


def find_level(code: str, settings: Settings) -> Level:
    """Find how much a code weighs in a project."""
    return settings.find_levels().get(code, RULES[code].level) if code in RULES else SEVERITIES[code[0]]


def find_exceptions(code: str, settings: Settings) -> dict[str, Level]:
    """Find the environments in which a code weighs something else."""
    names = (name for name, _ in settings.environment_levels)
    levels = {name: settings.find_levels(name).get(code) for name in names}
    return {name: level for name, level in levels.items() if level and level != find_level(code, settings)}


# As text.


def format_list(settings: Settings) -> str:
    """Write a line for each rule."""
    return "".join(f"{code}  {state_level(code, settings):<7}  {find_title(code)}\n" for code in sorted(RULES))


def state_level(code: str, settings: Settings) -> str:
    """Say how much a rule weighs, and where it weighs something else."""
    said = [
        find_level(code, settings),
        *(f"{level} in {name}" for name, level in find_exceptions(code, settings).items()),
    ]
    return ", ".join(said)


def format_page(code: str, settings: Settings) -> str:
    """Write the page of a code for a terminal."""
    page = PAGES[code]
    parts = [f"{code}: {page.title}", unmark(page.text)]
    if page.applies:
        parts.append(wrap(f"Condition: {page.applies}."))
    always = "" if code in RULES else ", always"
    parts.append(f"Level: {state_level(code, settings)}{always}")
    for path, text in page.passes.items():
        parts.append(f"{path} is deleted" if text is None else f"This passes, {path}:\n\n{indent(text)}")
    if page.run:
        parts.append(f"{'This tells that it passes' if page.passes else 'This mends it'}: {page.run}")
    parts += [f"What AWS says:\n\n{indent(page.aws)}"] if page.aws else []
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


def describe_rule(code: str, settings: Settings) -> Value:
    exceptions = find_exceptions(code, settings)
    return {
        "code": code,
        "level": find_level(code, settings),
        "title": find_title(code),
        **({"environments": exceptions} if exceptions else {}),
    }


def describe_page(code: str, settings: Settings) -> Value:
    page: Page = PAGES[code]
    return {
        **describe_rule(code, settings),
        "configurable": code in RULES,
        "text": page.text,
        "applies": page.applies,
        "passes": page.passes,
        "run": page.run,
        "aws": page.aws.splitlines(),
        "source": page.source,
        "date": DATE,
    }


def dump(value: Value) -> str:
    from generator.reports.json import write_json

    return write_json(value)
