"""`taskdef render`: computes artifacts, then writes changed files and deletes obsolete ones. Writes nothing after an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.build.planning import PlannedProject, make_path, plan_project
from generator.build.streaming import build_texts
from generator.commands.words import select_environments
from generator.model.answers import Rendered
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Finding, Severity, WrongUsage
from generator.model.nodes import Value
from generator.model.project import Artifact, ArtifactText, Build, Project, TextBuild
from generator.model.result import Outcome, Result, are_failing
from generator.project.leftovers import find_leftovers, remove_leftovers
from generator.project.loading import leads_into, leads_into_git, load_existing, load_project
from generator.project.writing import delete_artifacts, write_artifacts
from generator.review.extras import find_bytes, find_extras, is_ours

if TYPE_CHECKING:
    from generator.build.layering import Plan
    from generator.build.parts import Workers
    from generator.project.ledger import Ledger

LARGE = 30
"""The number of artifacts from which a ledger saves more than it costs."""


def render(
    root: str,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    variables: Sequence[str] = (),
    stdout: bool = False,
    output_dir: str | None = None,
    exit_code: bool = False,
    strict: bool = False,
    least: Severity = "warning",
    on_event: OnEvent = ignore_event,
    hold: Callable[[], None] | None = None,
    now: float = 0.0,
    ledger: Ledger | None = None,
    jobs: int = 1,
) -> Result:
    """Render the named environments, or all. `variables` are `KEY=VALUE`; they never reach the committed files.

    `least` is the lowest severity of rules to look for. With `exit_code`, a file that was written or deleted is a failure. `hold` is
    called before the first file is replaced. `now` decides which temporary files are old. A `ledger` saves building untouched artifacts.
    `jobs` is the number of processes that build a large project.
    """
    refuse_options(variables, stdout=stdout, output_dir=output_dir, exit_code=exit_code)
    whole = not environments and task is None
    project = load_project(root, artifacts=not stdout and output_dir is None)
    refuse_own_folders(root, project, output_dir)
    names = select_environments(project, environments, task)
    planned, values, workers = plan_project(project), read_variables(project, variables), make_workers(jobs)
    if whole and not values and ledger is not None and is_large(project):
        computed, untouched = build_with(ledger, planned, least, workers, on_event)
    else:
        computed, untouched = build_chosen(planned, names, task, values, least, workers, on_event), ()
    findings = computed.findings or (() if untouched else report_no_artifact(computed, names, task))
    if are_failing(findings, strict=strict):
        return Result("render", findings, 1, answer=Rendered(withheld=True))
    if stdout:
        return Result("render", findings, 0, product=join_artifacts(computed.artifacts), answer=Rendered())
    removed, outcomes = write(root, planned, computed, untouched, output_dir, whole=whole, hold=hold, now=now)
    return Result("render", findings, int(exit_code and has_change(outcomes)), outcomes, answer=Rendered(removed))


def build_chosen(
    planned: PlannedProject,
    names: tuple[str, ...],
    task: str | None,
    values: Mapping[str, Value],
    least: Severity,
    workers: Workers | None,
    on_event: OnEvent,
) -> TextBuild:
    """Build the selected environments and task. If there are none, the build reports it."""
    chosen = task if planned.project.tasks and planned.project.environments else None
    return build_texts(
        planned, environments=names, task=chosen, variables=values, least=least, workers=workers, on_event=on_event
    )


def make_workers(jobs: int) -> Workers | None:
    """Make the workers of a build; None for a build in this process alone."""
    if jobs == 1:
        return None
    from generator.build.parts import Workers  # only with `--jobs`
    from generator.project.processes import can_fork, run_beside

    if not can_fork():
        raise WrongUsage("`--jobs` needs a system that can fork a process, and Windows cannot")
    return Workers(jobs, run_beside)


def write(
    root: str,
    planned: PlannedProject,
    computed: TextBuild,
    untouched: Sequence[Plan],
    output_dir: str | None,
    *,
    whole: bool,
    hold: Callable[[], None] | None,
    now: float,
) -> tuple[tuple[str, ...], tuple[Outcome, ...]]:
    """Write the build. Returns the removed temporary files of killed runs, and the outcome of each artifact."""
    if output_dir is not None:
        folders = {artifact.environment for artifact in computed.artifacts}
        removed = clear_leftovers(output_dir, folders, now, shown=output_dir)
        return removed, write_elsewhere(output_dir, computed.artifacts, hold)
    settings = planned.project.settings
    removed = clear_leftovers(root, (settings.rendered, settings.environments), now)
    return removed, write_committed(root, planned, computed, untouched, whole=whole, hold=hold)


def is_large(project: Project) -> bool:
    """Whether there are so many artifacts that a ledger saves more than it costs."""
    return len(project.environments) * len(project.tasks) >= LARGE


def build_with(
    ledger: Ledger, planned: PlannedProject, least: Severity, workers: Workers | None, on_event: OnEvent
) -> tuple[TextBuild, tuple[Plan, ...]]:
    """Build the artifacts that edits touched since the ledger was written, and rewrite the ledger. Also returns the skipped artifacts."""
    from generator.build.reusing import build_reusing  # only if a project is large

    origins = ledger.read()
    reused = build_reusing(planned, origins, least=least, workers=workers, on_event=on_event)
    if reused.origins not in ({}, origins):  # those of a run with findings stay: their digests say whether they hold
        ledger.write(reused.origins)
    return reused.build, reused.untouched


def has_change(outcomes: Iterable[Outcome]) -> bool:
    """Whether a file was written or deleted."""
    return any(outcome.action in ("wrote", "deleted") for outcome in outcomes)


def refuse_options(variables: Sequence[str], *, stdout: bool, output_dir: str | None, exit_code: bool) -> None:
    """Refuse options that exclude each other, or the destination of artifacts."""
    committing = not stdout and output_dir is None
    if variables and committing:
        raise WrongUsage("`--set` needs `--stdout` or `--output-dir`: committed artifacts come from files only")
    if exit_code and not committing:
        raise WrongUsage("`--exit-code` is about the committed files: not with `--stdout` or `--output-dir`")
    if stdout and output_dir is not None:
        raise WrongUsage("`--stdout` and `--output-dir` exclude each other")
    if output_dir == "":
        raise WrongUsage("`--output-dir` is empty: name a folder, `.` for this one")


def write_committed(
    root: str,
    planned: PlannedProject,
    computed: Build | TextBuild,
    untouched: Sequence[Plan] = (),
    *,
    whole: bool,
    hold: Callable[[], None] | None,
) -> tuple[Outcome, ...]:
    """Write the artifacts of the project, and if all were rendered, delete those of ours that no task produces.

    Those that are `untouched` stay as they are.
    """
    project = planned.project
    artifacts: Sequence[Artifact | ArtifactText] = computed.artifacts
    written = write_artifacts(root, artifacts, project.artifacts, hold=hold)
    outcomes = [
        Outcome(done.path, done.action, artifact.environment, artifact.task)
        for done, artifact in zip(written, artifacts, strict=True)
    ]
    if untouched:
        order = {path: number for number, path in enumerate(computed.planned)}
        rest = [Outcome(make_path(project, plan), "unchanged", plan.environment, plan.task) for plan in untouched]
        outcomes = sorted(outcomes + rest, key=lambda outcome: order[outcome.path])
    extras = find_extras(project, computed) if whole else ()
    ours = {path: find_bytes(project, path) for path in extras if is_ours(planned, path)}
    deleted = {done.path: done for done in delete_artifacts(root, ours, written)}
    return (*outcomes, *(Outcome(path, deleted[path].action if path in deleted else "left") for path in extras))


def write_elsewhere(
    folder: str, artifacts: tuple[ArtifactText, ...], hold: Callable[[], None] | None
) -> tuple[Outcome, ...]:
    """Write artifacts as `<env>/<task>.json` below any folder."""
    moved = tuple(artifact._replace(path=f"{artifact.environment}/{artifact.task}.json") for artifact in artifacts)
    existing = load_existing(folder, tuple(artifact.path for artifact in moved))
    written = write_artifacts(folder, moved, existing, hold=hold)
    return tuple(
        Outcome(f"{folder.rstrip('/')}/{done.path}", done.action, artifact.environment, artifact.task)
        for done, artifact in zip(written, artifacts, strict=True)
    )


def clear_leftovers(root: str, folders: Iterable[str], now: float, *, shown: str = "") -> tuple[str, ...]:
    """Remove temporary files of runs that were killed, and list them, as below the folder that is `shown`.

    They are old an hour before `now`, which is in seconds since 1970.
    """
    prefix = f"{shown.rstrip('/')}/" if shown else ""
    return tuple(f"{prefix}{path}" for path in remove_leftovers(root, find_leftovers(root, folders, now=now)))


def join_artifacts(artifacts: tuple[ArtifactText, ...]) -> str:
    """Return one artifact as it is, or several as one JSON object with a member `<env>/<task>` for each."""
    if len(artifacts) == 1:
        return artifacts[0].text
    members = [
        f'  "{artifact.environment}/{artifact.task}": ' + artifact.text.rstrip("\n").replace("\n", "\n  ")
        for artifact in artifacts
    ]
    return "{\n" + ",\n".join(members) + "\n}\n"


def report_no_artifact(computed: Build | TextBuild, names: tuple[str, ...], task: str | None) -> tuple[Finding, ...]:
    """Report a run without errors and artifacts: every selected task is switched off (E132)."""
    if computed.artifacts:
        return ()
    where = ", ".join(f"`{name}`" for name in names) or "every environment"
    what = f"`{task}`" if task else "every task"
    return (Finding("E132", "error", f"nothing to render: {what} is switched off in {where}"),)


def read_variables(project: Project, settings: Sequence[str]) -> dict[str, Value]:
    """Read the values of `--set`. A name that no template contains has no effect, and is refused."""
    if not settings:
        return {}
    import re

    from generator.build.rendering import RESERVED
    from generator.documents.parsing.scalars import parse_setting
    from generator.model.findings import did_you_mean

    tags = (
        tag for source in project.templates.values() for tag in re.findall(r"\{[{%](.*?)[%}]\}", source.text, re.DOTALL)
    )
    words = {word for tag in tags for word in re.findall(r"[^\W\d]\w*", tag)}
    values = {}
    for setting in settings:
        try:
            name, value = parse_setting(setting)
        except ValueError as error:
            raise WrongUsage(f"`--set {setting.partition('=')[0]}`: {error}") from None
        if name in RESERVED:
            raise WrongUsage(f"`--set {name}`: this is a reserved name")
        if name not in words and words:
            near = did_you_mean(name, sorted(words))
            raise WrongUsage(f"no template uses `{name}`" + (f"; did you mean `{near}`?" if near else ""))
        values[name] = value
    return values


def refuse_own_folders(root: str, project: Project, output_dir: str | None) -> None:
    """Keep `--output-dir` out of the folders that have other owners: git, what is committed, and what is written by hand."""
    if output_dir is None:
        return
    if leads_into_git(output_dir):
        raise WrongUsage(f"`--output-dir {output_dir}` lies in `.git`, which belongs to git")
    settings = project.settings
    for folder in (settings.rendered, settings.templates, settings.environments):
        if leads_into(output_dir, f"{root}/{folder}"):
            raise WrongUsage(f"`--output-dir {output_dir}` lies in the project's own folder `{folder}`")
