"""The proof of a new project: a real build of its texts, with all rules, in which nothing is found."""

from __future__ import annotations

from generator.adopt.init.texts import write_sources
from generator.build.pipeline import build_staged
from generator.build.planning import plan_project
from generator.documents.parsing.settings import parse_settings
from generator.model.findings import Finding, Source
from generator.model.new_project import NewProject
from generator.model.project import Artifact, Project
from generator.model.records import Record
from generator.review.environments import agree
from generator.rules import LINT_ONLY, RULES


class Proof(Record):
    """What a build of the texts gave: the artifacts, and all that was found, notes too."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]


def prove(project: NewProject) -> Proof:
    """Build the texts of a project, and look at everything that `taskdef check` looks at."""
    texts = write_sources(project)
    settings, findings = parse_settings(
        Source("taskdef.toml", texts["taskdef.toml"]), None, rules=tuple(RULES), lint_only=tuple(LINT_ONLY)
    )
    templates, overlays = (select(texts, folder) for folder in (settings.templates, settings.environments))
    planned = plan_project(Project(settings, templates, overlays, {}))
    staged = build_staged(planned, least="note")
    found = (*findings, *staged.build.findings)
    if not found:
        found = agree(planned, staged, least="note").findings
    return Proof(staged.build.artifacts, found)


def select(texts: dict[str, str], folder: str) -> dict[str, Source]:
    """Select the texts of a folder, by their names in it."""
    start = f"{folder}/"
    return {path.removeprefix(start): Source(path, text) for path, text in texts.items() if path.startswith(start)}
