"""Finds expressions in texts of Terraform's JSON, and replaces them by values that are given by hand. Evaluates nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.adopt.supplied import ask_for
from generator.model.findings import Finding, Place, finding_at
from generator.model.patterns import Pattern
from generator.model.records import Record

NAMED = Pattern(r'[A-Za-z_][\w-]*+(?:\.[A-Za-z0-9_*][\w-]*+|\[(?:[0-9]++|\*|"[^"\]]*+")\])++')
"""The name of a value: `var.image`, `local.tags["team"]`, `aws_iam_role.task.arn`."""

CALL = Pattern(r"\s*+([a-z][a-z0-9_:]*+)\(")

SHOW = "import the output of `terraform show -json`, which has the value"


class Stretch(Record):
    """A part of a text: literal characters, or an expression. `expression` is empty for a literal part."""

    start: int
    end: int
    text: str
    expression: str = ""


def split_text(text: str) -> Iterator[Stretch]:
    """Split a text into literal stretches and expressions. `$${` and `%%{` are literal, and stand for `${` and `%{`."""
    start = at = 0
    while at < len(text):
        if text.startswith(("$${", "%%{"), at):
            yield from make_literal(text, start, at)
            yield Stretch(at, at + 3, text[at + 1 : at + 3])
            start = at = at + 3
        elif text.startswith(("${", "%{"), at):
            yield from make_literal(text, start, at)
            end = find_end(text, at + 2)
            yield Stretch(at, end, "", text[at:end])
            start = at = end
        else:
            at += 1
    yield from make_literal(text, start, at)


def make_literal(text: str, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        yield Stretch(start, end, text[start:end])


def find_end(text: str, at: int) -> int:
    """Find the end of an expression that begins before an offset. Braces and quoted texts in it are skipped."""
    depth, quoted = 1, False
    while at < len(text):
        char = text[at]
        if quoted:
            at += char == "\\"
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if not depth:
                return at + 1
        at += 1
    return len(text)


class Interpolator:
    """One walk over one resource that gathers findings and the names it needs. `defaults` are the defaults of variables."""

    def __init__(self, values: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        self.values = values
        self.defaults = defaults
        self.findings: list[Finding] = []
        self.used: set[str] = set()
        self.wanted: set[str] = set()

    def find_value(self, expression: str, place: Place) -> str:
        """Find the value that is given for an expression. Reports E137 if there is none."""
        inner = expression[2:-1].strip(" \t\r\n~") if expression.endswith("}") else ""
        if expression.startswith("%{") or not NAMED.fullmatch(inner):
            self.findings.append(finding_at(place, "E137", state_expression(expression, inner), help=SHOW))
            return ""
        if inner in self.values:
            self.used.add(inner)
            return self.values[inner]
        self.wanted.add(inner)
        asked = ask_for(inner, self.defaults.get(inner))
        message = f"`{inner}` is known to Terraform only{asked.default}"
        self.findings.append(finding_at(place, "E137", message, help=asked.help))
        return ""


def state_expression(expression: str, inner: str) -> str:
    """Describe an expression that is not the name of a value."""
    call = CALL.match(inner)
    if expression.startswith("%{"):
        return "`%{…}` is a directive, which only Terraform evaluates"
    if call is not None:
        return f"`${{{call[1]}(…)}}` calls a function, which only Terraform evaluates"
    return f"`{expression}` is an expression, which only Terraform evaluates"
