"""What a command found and did, as text for people and machines. Pure: values in, text out; prints nothing.

Only the registries are here: `taskdef --version` imports them.
"""

from __future__ import annotations

FORMATS: dict[str, tuple[str, str]] = {
    "text": ("generator.reports.text", "for people"),
    "json": ("generator.reports.json", "for programs"),
    "github": ("generator.reports.github", "as annotations on a pull request"),
    "sarif": ("generator.reports.sarif", "for code scanning"),
    "junit": ("generator.reports.junit", "as tests"),
}
"""Every form of findings: its module, a `FindingsWriter`, and what it is for. `--format` takes its choices from here."""

ANSWERS: dict[str, str] = {
    "check": "generator.reports.check",
    "deploy": "generator.reports.rollouts",
    "diagnose": "generator.reports.diagnoses",
    "diff": "generator.reports.differences",
    "explain": "generator.reports.origins",
    "import": "generator.reports.imports",
    "init": "generator.reports.begun",
    "lint": "generator.reports.lint",
    "matrix": "generator.reports.matrix",
    "promote": "generator.reports.edits",
    "register": "generator.reports.registrations",
    "render": "generator.reports.render",
    "revisions": "generator.reports.revisions",
    "rollback": "generator.reports.rollouts",
    "rules": "generator.reports.rules",
    "run": "generator.reports.runs",
    "schema": "generator.reports.schemas",
    "set": "generator.reports.edits",
    "show": "generator.reports.shown",
    "verify": "generator.reports.verification",
    "watch": "generator.reports.watching",
}
"""The module that writes the answer of a command, an `AnswerWriter`; imported when there is an answer."""

UNANSWERED: dict[str, str] = {
    "deploy": ": nothing was done",
    "diagnose": ": nothing was looked at",
    "explain": ": nothing can be explained",
    "import": ": nothing was written",
    "lint": " in the settings",
    "promote": ": nothing was written",
    "register": ": nothing was done",
    "revisions": ": nothing was done",
    "rollback": ": nothing was done",
    "rules": " in the settings",
    "run": ": nothing was done",
    "schema": " in the settings",
    "set": ": nothing was written",
    "show": ": nothing was done",
    "verify": ": nothing was looked at",
}
"""What follows the number of findings where they kept a command from its answer."""
