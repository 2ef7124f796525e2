"""Finds what `taskdef render` and `taskdef check` will report after an import. Uses the build of the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator.adopt.proving import Proof
from generator.build.expressions import Expressions
from generator.build.judging import Judge
from generator.build.pipeline import StagedBuild, build_staged
from generator.build.planning import PlannedProject, plan_project
from generator.model.findings import Finding
from generator.model.gathering import Report, gather, join_causes
from generator.model.project import Project, Settings
from generator.review.environments import agree
from generator.rules import RULES

PLACEHOLDER = "E517"

Refused = dict[str, dict[str, str]]
"""The first message of each rule in each environment, by code and environment."""


def find_refused(proof: Proof, settings: Settings) -> Refused:
    """Find the rules that make `render` refuse the artifacts.

    With a rule off, another one may report the same value, so they run until none refuses.
    """
    found: Refused = {}
    environments = tuple(dict.fromkeys(artifact.environment for artifact in proof.artifacts))
    while True:
        more = False
        for finding in judge_artifacts(proof, turn_off(settings, found)):
            if finding.severity != "error" or finding.code not in RULES:
                continue
            for env in finding.environments or environments:
                more = more or env not in found.get(finding.code, {})
                found.setdefault(finding.code, {}).setdefault(env, finding.message)
        if not more:
            return found


def choose_codes(proof: Proof, settings: Settings, refused: Refused) -> Refused:
    """Choose the codes to turn off. A placeholder (E517) is allowed where the rules that refuse its value are off."""
    others = {code: told for code, told in refused.items() if code != PLACEHOLDER}
    if len(others) == len(refused):
        return refused
    errors = judge_artifacts(proof, turn_off(settings, others))
    return refused if any(finding.severity == "error" for finding in errors) else others


def judge_artifacts(proof: Proof, settings: Settings) -> tuple[Finding, ...]:
    """Run the rules on artifacts that were built without them, and give the errors."""
    judge = Judge(proof.planned, settings=settings, least="error")
    reports = []
    for artifact in proof.artifacts:
        plan, _ = proof.planned.plan_task(artifact.environment, artifact.task)
        if plan is not None:
            findings = judge.judge(artifact.document, plan, artifact.variables, (), Expressions(()))
            reports += [Report(finding, artifact.environment, artifact.task) for finding in findings]
    return proof.staged.build.secrets.hide_all(gather(reports)) if reports else ()


def turn_off(settings: Settings, refused: Mapping[str, Mapping[str, str]]) -> Settings:
    """Turn off rules in the environments that break them."""
    levels = dict(settings.environment_levels)
    for code, told in refused.items():
        for env in told:
            levels[env] = (*levels.get(env, ()), (code, "off"))
    return settings._replace(environment_levels=tuple(levels.items()))


def count_in_project(project: Project) -> tuple[tuple[str, int], ...]:
    """Count the findings between environments of a whole project. Empty if it does not build."""
    planned = plan_project(project)
    return count_between(planned, build_staged(planned))


def count_between(planned: PlannedProject, staged: StagedBuild) -> tuple[tuple[str, int], ...]:
    """Count the findings between environments by code, as `check` shows them. Empty if something does not build."""
    if staged.build.failed or not staged.build.artifacts:
        return ()
    counts = Counter(finding.code for finding in join_causes(agree(planned, staged).findings))
    return tuple(sorted(counts.items()))
