"""`taskdef check`: whether the committed artifacts are up to date, and environments agree. Writes with `--fix` only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.build.pipeline import StagedBuild, build_staged
from generator.build.planning import PlannedProject, plan_project
from generator.commands.words import select_environments
from generator.model.answers import Checked, Mended
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Finding, Severity, WrongUsage
from generator.model.project import Build, Project
from generator.model.records import Record
from generator.model.result import Outcome, Result, are_failing
from generator.project.leftovers import find_leftovers
from generator.project.loading import load_project
from generator.review.check import compare_committed
from generator.review.extras import find_extras, is_ours, report_leftover

ACTIONS = {"E801": "differs", "E802": "differs", "E803": "missing", "E807": "differs"}

NOTHING_COMPARED = Finding("E806", "error", "nothing was compared: every task that was asked for is switched off")


def check(
    root: str,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    fix: bool = False,
    strict: bool = False,
    least: Severity = "warning",
    on_event: OnEvent = ignore_event,
    now: float = 0.0,
    hold: Callable[[], None] | None = None,
) -> Result:
    """Compare the artifacts of the environments given, or of all, and find those there that nothing produces.

    Where all are looked at and nothing is wrong with any, environments are compared with each other too. With `fix`, overrides that
    change nothing are taken out first; `hold` is called before a file is replaced. `least` is the least severity of rules to look for.
    `now` says which temporary files are old.
    """
    if fix and (environments or task is not None):
        raise WrongUsage("`--fix` looks at all environments: give no ENV and no `--task`")
    project = load_project(root)
    names = select_environments(project, environments, task)
    chosen = task if project.tasks and project.environments else None
    planned = plan_project(project)
    staged = build_staged(planned, environments=names, task=chosen, least=least, on_event=on_event)
    agreed = Agreed(planned, staged.build)
    if not names and task is None and staged.build.artifacts and not staged.build.failed:
        agreed = compare_environments(root, planned, staged, fix=fix, least=least, hold=hold)
    elif fix and staged.build.failed:
        agreed = agreed._replace(mended=Mended(obstacle="error"))
    project, computed = agreed.planned.project, agreed.computed
    extras = find_extras(project, computed, names) if task is None else ()
    compared = compare_committed(agreed.planned, computed, extras)
    found = (*computed.findings, *agreed.findings, *report_leftovers(root, project, now), *compared)
    found = found if computed.artifacts or are_failing(found, strict=False) else (*found, NOTHING_COMPARED)
    outcomes = (*judge_artifacts(computed, compared), *(Outcome(path, "extra") for path in extras))
    mendable = not extras or any(is_ours(agreed.planned, path) for path in extras)
    answer = Checked(find_broken(computed), agreed.mended, mendable)
    status = 1 if are_failing(found, strict=strict) else 0
    return Result("check", found, status, outcomes, judging=True, answer=answer)


def find_broken(computed: Build) -> tuple[Finding, ...]:
    """Find what kept a build from its artifacts."""
    return computed.findings if computed.failed else ()


def report_leftovers(root: str, project: Project, now: float) -> tuple[Finding, ...]:
    """Report the temporary files of runs that were killed."""
    folders = (project.settings.rendered, project.settings.environments)
    return tuple(report_leftover(path) for path in find_leftovers(root, folders, now=now))


class Agreed(Record):
    """A project and its build, after environments were compared and what changes nothing was taken out."""

    planned: PlannedProject
    computed: Build
    findings: tuple[Finding, ...] = ()
    mended: Mended = Mended()


def compare_environments(
    root: str,
    planned: PlannedProject,
    staged: StagedBuild,
    *,
    fix: bool,
    least: Severity,
    hold: Callable[[], None] | None = None,
) -> Agreed:
    """Compare environments with each other; with `fix`, take out the overrides that change nothing, and compare once more."""
    from generator.review.environments import agree  # only where there is something to compare

    agreement = agree(planned, staged, least=least)
    mended = Mended()
    if fix and agreement.idle:
        from generator.commands.check_fix import mend

        project, mended = mend(root, planned, staged.build, agreement.idle, hold)
        planned = plan_project(project, planned.texts)
        staged = build_staged(planned, least=least)
        agreement = agree(planned, staged, least=least)
    return Agreed(planned, staged.build, agreement.findings, mended)


def judge_artifacts(computed: Build, compared: tuple[Finding, ...]) -> tuple[Outcome, ...]:
    """Say of each artifact whether it is the same, differs or is missing."""
    actions = {
        (environment, finding.task): ACTIONS[finding.code]
        for finding in compared
        if finding.code in ACTIONS
        for environment in finding.environments
    }
    pairs = ((artifact, (artifact.environment, artifact.task)) for artifact in computed.artifacts)
    return tuple(Outcome(artifact.path, actions.get(pair, "same"), *pair) for artifact, pair in pairs)
