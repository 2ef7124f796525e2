"""`taskdef render --list`: name what there is to render. Renders nothing."""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.planning import make_path, plan_project
from generator.commands.words import select_environments
from generator.model.answers import Rendered
from generator.model.gathering import gather
from generator.model.result import Outcome, Result, are_failing
from generator.project.loading import load_project


def list_artifacts(
    root: str, *, environments: Sequence[str] = (), task: str | None = None, strict: bool = False
) -> Result:
    """List the artifacts that rendering would produce."""
    project = load_project(root, artifacts=False)
    names = select_environments(project, environments, task) or project.environments
    planned = plan_project(project)
    tasks = [task] if task in project.tasks else project.tasks
    plans = planned.list_plans(names, tasks)
    findings = planned.secrets.hide_all(gather(planned.list_reports(names, tasks)))
    outcomes = tuple(Outcome(make_path(project, plan), "planned", plan.environment, plan.task) for plan in plans)
    return Result("render", findings, 1 if are_failing(findings, strict=strict) else 0, outcomes, answer=Rendered())
