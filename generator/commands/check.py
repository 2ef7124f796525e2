"""`taskdef check`: checks that committed artifacts are up to date, and environments agree. Writes with `--fix` only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from generator.build.layering import Plan
from generator.build.pipeline import Run
from generator.build.planning import PlannedProject, plan_project
from generator.build.streaming import build_texts
from generator.commands.words import select_environments
from generator.model.answers import Checked, Mended
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Finding, Severity, WrongUsage
from generator.model.project import Project, TextBuild
from generator.model.records import Record
from generator.model.result import Outcome, Result, are_failing
from generator.project.leftovers import find_leftovers
from generator.project.loading import load_project
from generator.review.check import Comparison
from generator.review.extras import find_extras, is_ours, report_leftover

if TYPE_CHECKING:
    from generator.review.environments import BetweenEnvironments

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
    """Compare the artifacts of the named environments, or of all, and find artifacts that no task produces.

    If all are selected and have no error, environments are also compared with each other. With `fix`, overrides that
    change nothing are removed first; `hold` is called before a file is replaced. `least` is the lowest severity of rules to look for.
    `now` decides which temporary files are old.
    """
    if fix and (environments or task is not None):
        raise WrongUsage("`--fix` looks at all environments: give no ENV and no `--task`")
    project = load_project(root)
    names = select_environments(project, environments, task)
    chosen = task if project.tasks and project.environments else None
    look = Look(plan_project(project), whole=not names and task is None)
    built = look.build(names, chosen, least=least, on_event=on_event)
    agreed = Agreed(look, built)
    if not names and task is None and built.artifacts and not built.failed:
        agreed = compare_environments(root, look, built, fix=fix, least=least, hold=hold)
    elif fix and built.failed:
        agreed = agreed._replace(mended=Mended(obstacle="error"))
    planned, computed = agreed.look.planned, agreed.computed
    extras = find_extras(planned.project, computed, names) if task is None else ()
    compared = agreed.look.comparison.conclude(computed, extras)
    found = (*computed.findings, *agreed.findings, *report_leftovers(root, planned.project, now), *compared)
    found = found if computed.artifacts or are_failing(found, strict=False) else (*found, NOTHING_COMPARED)
    outcomes = (*judge_artifacts(computed, compared), *(Outcome(path, "extra") for path in extras))
    mendable = not extras or any(is_ours(planned, path) for path in extras)
    answer = Checked(find_broken(computed), agreed.mended, mendable)
    status = 1 if are_failing(found, strict=strict) else 0
    return Result("check", found, status, outcomes, judging=True, answer=answer)


class Look:
    """The check of each task while it is built: its committed artifacts and, if `whole`, the values of its environments."""

    def __init__(self, planned: PlannedProject, *, whole: bool) -> None:
        self.planned = planned
        self.comparison = Comparison(planned)
        self.seen = 0
        self.between: BetweenEnvironments | None = None
        if whole:
            from generator.review.environments import BetweenEnvironments  # only if there is something to compare

            self.between = BetweenEnvironments(planned)

    def build(
        self, environments: Sequence[str] = (), task: str | None = None, *, least: Severity, on_event: OnEvent
    ) -> TextBuild:
        """Build the selected artifacts, and check them."""
        return build_texts(
            self.planned, environments=environments, task=task, least=least, look=self.see, on_event=on_event
        )

    def see(self, run: Run, plans: Sequence[Plan]) -> None:
        """Look at one task."""
        for plan in plans:
            artifact = run.artifacts.get((plan.environment, plan.task))
            if artifact is not None:
                self.comparison.see(artifact)
        if run.has_error(self.seen):  # environments are compared only if none has an error
            self.between = None
        self.seen = len(run.reports)
        if self.between is not None:
            self.between.see(plans, run.stages or {}, run.artifacts)


def find_broken(computed: TextBuild) -> tuple[Finding, ...]:
    """Find the errors that prevented the artifacts of a build."""
    return computed.findings if computed.failed else ()


def report_leftovers(root: str, project: Project, now: float) -> tuple[Finding, ...]:
    """Report the temporary files of runs that were killed."""
    folders = (project.settings.rendered, project.settings.environments)
    return tuple(report_leftover(path) for path in find_leftovers(root, folders, now=now))


class Agreed(Record):
    """A checked project and its build, after environments were compared and useless overrides removed."""

    look: Look
    computed: TextBuild
    findings: tuple[Finding, ...] = ()
    mended: Mended = Mended()


def compare_environments(
    root: str,
    look: Look,
    built: TextBuild,
    *,
    fix: bool,
    least: Severity,
    hold: Callable[[], None] | None = None,
) -> Agreed:
    """Compare environments with each other; with `fix`, remove the overrides that change nothing, and compare once more."""
    assert look.between is not None, "nothing is wrong"
    agreement = look.between.conclude(built.secrets, least=least)
    mended = Mended()
    if fix and agreement.idle:
        from generator.commands.check_fix import mend

        project, mended = mend(root, look.planned, built, agreement.idle, hold)
        look = Look(plan_project(project, look.planned.texts), whole=True)
        built = look.build(least=least, on_event=ignore_event)
        assert look.between is not None, "that is proven"
        agreement = look.between.conclude(built.secrets, least=least)
    return Agreed(look, built, agreement.findings, mended)


def judge_artifacts(computed: TextBuild, compared: tuple[Finding, ...]) -> tuple[Outcome, ...]:
    """Report for each artifact whether it is the same, differs or is missing."""
    actions = {
        (environment, finding.task): ACTIONS[finding.code]
        for finding in compared
        if finding.code in ACTIONS
        for environment in finding.environments
    }
    pairs = ((artifact, (artifact.environment, artifact.task)) for artifact in computed.artifacts)
    return tuple(Outcome(artifact.path, actions.get(pair, "same"), *pair) for artifact, pair in pairs)
