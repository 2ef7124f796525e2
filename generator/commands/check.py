"""`taskdef check`: whether the committed artifacts are what the sources give, and environments agree. Writes with `--fix` only."""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.pipeline import build_staged
from generator.build.planning import plan_project
from generator.commands.words import select_environments
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Finding, Severity, WrongUsage
from generator.model.project import Build
from generator.model.result import Outcome, Result, count_findings, state_counts, state_number
from generator.project.leftovers import find_leftovers
from generator.project.loading import load_project
from generator.review.check import compare_committed
from generator.review.extras import find_extras, is_ours, report_leftover

ACTIONS = {"E801": "differs", "E802": "differs", "E803": "missing", "E807": "differs"}


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
) -> Result:
    """Compare the artifacts of the environments given, or of all, and find those there that nothing produces.

    Where all are looked at and nothing is wrong with any, environments are compared with each other too. With `fix`, overrides that
    change nothing are taken out first. `least` is the least severity of rules to look for. Temporary files of
    runs that were killed are old by `now`, in seconds since 1970.
    """
    if fix and (environments or task is not None):
        raise WrongUsage("`--fix` looks at all environments: give no ENV and no `--task`")
    project = load_project(root)
    names = select_environments(project, environments, task)
    chosen = task if project.tasks and project.environments else None
    planned = plan_project(project)
    staged = build_staged(planned, environments=names, task=chosen, least=least, on_event=on_event)
    computed = staged.build
    lines: tuple[str, ...] = ()
    between: tuple[Finding, ...] = ()
    if not names and task is None and computed.artifacts and not computed.failed:
        from generator.review.environments import agree  # only where there is something to compare

        agreement = agree(planned, staged, least=least)
        if fix and agreement.idle:
            from generator.commands.check_fix import mend

            project, lines = mend(root, planned, computed, agreement.idle)
            planned = plan_project(project, planned.texts)
            staged = build_staged(planned, least=least)
            computed, agreement = staged.build, agree(planned, staged, least=least)
        between = agreement.findings
    elif fix:
        lines = ("nothing was fixed, since there is an error",) if computed.failed else ()
    extras = find_extras(project, computed, names) if task is None else ()
    compared = compare_committed(project, computed, extras)
    left = find_leftovers(root, (project.settings.rendered, project.settings.environments), now=now)
    found = (*computed.findings, *between, *(report_leftover(path) for path in left), *compared)
    if not computed.artifacts and not count_findings(found)["error"]:
        found = (
            *found,
            Finding("E806", "error", "nothing was compared: every task that was asked for is switched off"),
        )
    counts = count_findings(found)
    failed = counts["error"] or (strict and counts["warning"])
    outcomes = (*judge_artifacts(computed, compared), *(Outcome(path, "extra") for path in extras))
    mendable = not extras or any(is_ours(project, path) for path in extras)
    summary = summarize(computed, outcomes, root, mendable=mendable)
    return Result("check", found, 1 if failed else 0, outcomes, lines, summary, judging=True)


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


def summarize(computed: Build, outcomes: tuple[Outcome, ...], root: str, *, mendable: bool) -> str:
    """State how much was compared, what came of it, and what to run; `mendable` is that a run deletes an extra one."""
    counts = {
        action: sum(outcome.action == action for outcome in outcomes) for action in ("differs", "missing", "extra")
    }
    number = len(outcomes) - counts["missing"] - counts["extra"]
    said = [f"{state_number(number, 'artifact')} compared"]
    if counts["differs"]:
        said.append(f"{counts['differs']} {'differs' if counts['differs'] == 1 else 'differ'}")
    said += [f"{counts[action]} {action}" for action in ("missing", "extra") if counts[action]]
    if len(said) == 1 and number:
        said.append("as the sources say" if number == 1 else "all as the sources say")
    text = ", ".join(said)
    if computed.failed:
        return f"{text}; {state_counts(computed.findings)} in the sources"
    if counts["differs"] or counts["missing"] or (counts["extra"] and mendable):
        wrong = {outcome.environment: None for outcome in outcomes if outcome.action in ("differs", "missing")}
        names = "" if counts["extra"] else "".join(f" {name}" for name in wrong)
        where = "" if root == "." else f" --project {root}"
        text += f"; run `taskdef render{where}{names}`"
    return text
