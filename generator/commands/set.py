"""`taskdef set`: values of one environment, set or removed by name in its overlay, and rendered. Nothing is written after an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.commands.edits import Wish, check_environment, check_wish, finish_edit, think_through
from generator.model.edits import Assignment
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import WrongUsage
from generator.model.project import Project
from generator.model.result import Result
from generator.project.loading import load_project
from generator.review.set.looking import NotBuilt
from generator.review.set.setting import Setter, find_file


def set_values(
    root: str,
    *,
    where: str,
    settings: Sequence[str] = (),
    deleted: Sequence[str] = (),
    file: str | None = None,
    override: bool = False,
    wish: Wish = Wish(),  # noqa: B008 - a value that nothing changes
    on_event: OnEvent = ignore_event,
    hold: Callable[[], None] | None = None,
) -> Result:
    """Set values of an environment, or of `ENV/TASK`. `settings` are `NAME=VALUE`, and `deleted` names of values to remove.

    `file` is another file of the environment to edit. With `override`, a patch may override a value that the template sets. `hold` is
    called before the first file is replaced.
    """
    check_wish(wish)
    environment, _, task = where.partition("/")
    assignments = read_assignments(settings, deleted, task or None)
    project = load_project(root)
    if project.findings and not (project.environments and project.tasks):
        return Result("set", project.findings, 1)
    check_environment(project, environment, task or None)
    try:
        setter = make_setter(project, environment, task, file, root, override=override)
        for assignment in assignments:
            setter.assign(assignment)
        change = think_through(project, setter, wish, on_event)
    except NotBuilt as error:
        return Result("set", error.findings, 1)
    return finish_edit(
        "set",
        root,
        change,
        wish._replace(spread=file is not None),
        write_subject(assignments, where),
        on_event=on_event,
        hold=hold,
    )


def make_setter(
    project: Project, environment: str, task: str, file: str | None, root: str, *, override: bool
) -> Setter:
    """Make the setter of an environment. Its overlays must have no errors."""
    setter = Setter(project, environment, override=override)
    check_plans(setter, environment, task)
    if file is not None:
        setter.file = find_file(setter.look, file, root)
    return setter


def check_plans(setter: Setter, environment: str, task: str = "") -> None:
    """Refuse an environment whose overlays are broken, or that does not have the task."""
    planned = setter.planned
    chain = planned.find_chain(environment)
    reports = planned.list_reports([environment], planned.project.tasks)
    errors = tuple(report.finding for report in reports if report.finding.severity == "error")
    if not chain.overlays or (errors and not setter.look.plans):
        raise NotBuilt(planned.secrets.hide_all(dict.fromkeys(errors)))
    if task and task not in setter.look.plans:
        raise WrongUsage(f"`{environment}` has no task `{task}`: its overlay switches it off")
    if not setter.look.plans:
        raise WrongUsage(f"`{environment}` has no task: its overlay switches all of them off")


def read_assignments(settings: Sequence[str], deleted: Sequence[str], task: str | None) -> tuple[Assignment, ...]:
    """Read `NAME=VALUE` and names to remove; no name may be there twice."""
    assignments = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals or not name:
            raise WrongUsage(f"`{name or setting}` is not of the form `NAME=VALUE`; `--delete NAME` removes a value")
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise WrongUsage(f"the value of `{name}` is not UTF-8")
        assignments.append(Assignment(name, text, task))
    assignments += [Assignment(name, None, task) for name in deleted]
    names = [each.name for each in assignments]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongUsage(f"`{twice}` is set twice")
    if not names:
        raise WrongUsage("name what is set: `NAME=VALUE`, or `--delete NAME`")
    return tuple(assignments)


def write_subject(assignments: Sequence[Assignment], where: str) -> str:
    """Write the first line of a commit's message."""
    given, removed = ([each.name for each in assignments if (each.text is None) is gone] for gone in (False, True))
    parts = [f"{verb} {', '.join(names)}" for verb, names in (("set", given), ("remove", removed)) if names]
    said = f"{' and '.join(parts)} in {where}"
    return said[:1].upper() + said[1:]
