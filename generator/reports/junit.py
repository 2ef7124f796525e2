"""Results as JUnit XML, which CI servers show as tests: a case for each artifact or linted file, and each file that findings are about."""

from __future__ import annotations

from generator.model.findings import Finding, list_places
from generator.model.result import Outcome, Result, list_left_out
from generator.reports.forms import Report, View, Written
from generator.reports.text import escape, format_finding

# There is no standard; this is the subset that Jenkins, GitLab and Azure DevOps read alike, by the schema of Jenkins' xUnit plugin:
# https://github.com/jenkinsci/xunit-plugin, `junit-10.xsd`; read 2026-11. Of several failures in a case most show only one.

Case = tuple[str, str]
"""What a case is called: its class, which is the environment or the command, and its name, which is the task or the file."""


def write_findings(result: Result, _: Written, __: View) -> Report:
    """Write one suite. Errors fail a case, and warnings if the run was strict; all else is what the case printed."""
    cases: dict[Case, list[Finding]] = {name_case(outcome, result): [] for outcome in result.outcomes}
    for finding in result.findings:
        for case, (first, *rest) in group_places(finding, result).items():
            cases.setdefault(case, []).append(first._replace(others=tuple(rest)))
    special = {
        name_case(outcome, result): outcome for outcome in result.outcomes if outcome.action in ("skipped", "refused")
    }
    bodies = {case: format_body(found, special.get(case), result) for case, found in cases.items()}
    counts = " ".join(
        f'{kind}="{sum(f"<{tag}" in body for body in bodies.values())}"'
        for kind, tag in (("failures", "failure "), ("errors", "error "), ("skipped", "skipped"))
    )
    name = f'name="taskdef {quote(result.command)}" tests="{len(cases)}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", f"<testsuite {name} {counts}>"]
    for (owner, name), body in bodies.items():
        lines.append(f'<testcase classname="{quote(owner)}" name="{quote(name)}">{body}</testcase>')
    if result.left_out:
        lines.append(f"<system-out>{quote(escape('; '.join(list_left_out(result))))}</system-out>")
    paths = tuple(outcome.path for outcome in special.values() if outcome.action == "refused")
    if others := [message for message in result.refused if not message.startswith(paths)]:
        lines.append(f"<system-err>{quote(escape('; '.join(others)))}</system-err>")
    return Report("\n".join([*lines, "</testsuite>", "</testsuites>", ""]), "")


def name_case(outcome: Outcome, result: Result) -> Case:
    """Name the case of an artifact or file."""
    return outcome.environment or result.command, outcome.task or outcome.path


def name_cases(finding: Finding, result: Result) -> list[Case]:
    """Name the cases that a finding belongs to: in each of its environments its task, or else the file it is about."""
    name = finding.task or (finding.location.file if finding.location else "project")
    return [(environment, name) for environment in finding.environments or (result.command,)]


def group_places(finding: Finding, result: Result) -> dict[Case, list[Finding]]:
    """Group the places of a finding by the cases that they belong to."""
    places: dict[Case, list[Finding]] = {}
    for place in list_places(finding):
        for case in name_cases(place, result):
            places.setdefault(case, []).append(place)
    return places


def format_body(findings: list[Finding], outcome: Outcome | None, result: Result) -> str:
    """Write what happened in a case."""
    if outcome is not None and outcome.action == "skipped":
        return "<skipped/>"
    body = ""
    if outcome is not None:
        why = next(
            (message for message in result.refused if message.startswith(outcome.path)), "could not be read or written"
        )
        body += f'<error message="{quote(escape(why))}" type="refused"/>'
    failing = ("error", "warning") if result.strict else ("error",)
    failed = [finding for finding in findings if finding.severity in failing]
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        message = f"{failed[0].code}: {escape(failed[0].message)}{more}"
        text = quote("".join(format_finding(finding) for finding in failed))
        body += f'<failure message="{quote(message)}" type="{failed[0].code}">{text}</failure>'
    told = "".join(format_finding(finding) for finding in findings if finding.severity not in failing)
    return body + (f"<system-out>{quote(told)}</system-out>" if told else "")


def quote(text: str) -> str:
    """Escape what has a meaning in XML. What XML cannot hold at all, `escape` has spelt out."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text
