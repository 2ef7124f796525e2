"""`taskdef promote`: sets image versions or named values of one environment in the overlay of another, and renders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.commands.edits import Change, Wish, check_environment, check_wish, finish_edit, think_through
from generator.commands.set import check_plans
from generator.model.edits import Edited
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import WrongUsage
from generator.model.nodes import Scalar
from generator.model.project import Project
from generator.model.result import Result
from generator.project.loading import load_project
from generator.review.promote import (
    Move,
    assign_all,
    check_moves,
    find_given,
    find_moves,
    find_named,
    refuse_environment_tag,
    split_version,
)
from generator.review.set.looking import Look, NotBuilt
from generator.review.set.setting import Setter


def promote(
    root: str,
    *,
    source: str,
    target: str,
    names: Sequence[str] = (),
    task: str | None = None,
    wish: Wish = Wish(),  # noqa: B008 - a value that nothing changes
    on_event: OnEvent = ignore_event,
    hold: Callable[[], None] | None = None,
) -> Result:
    """Set values of one environment in another: the named values, or else the versions of all images.

    `hold` is called before the first file is replaced.
    """
    check_wish(wish)
    if source == target:
        raise WrongUsage(f"`{source}` is both sides: name another environment to promote to")
    project = load_project(root)
    if project.findings and not (project.environments and project.tasks):
        return Result("promote", project.findings, 1)
    for environment in (source, target):
        check_environment(project, environment, task)
    try:
        change, moves = carry_over(project, source, target, names, task, wish, on_event)
    except NotBuilt as error:
        return Result("promote", error.findings, 1)
    if not change.setter.edits and not change.setter.values:
        return Result("promote", (), 0, answer=Edited(dry=wish.dry))
    check_tags(project, change, target)
    check_moves(change.built, target, moves)
    subject = f"Promote {source} to {target}{f'/{task}' if task else ''}"
    return finish_edit("promote", root, change, wish, subject, on_event=on_event, hold=hold)


def carry_over(
    project: Project,
    source: str,
    target: str,
    names: Sequence[str],
    task: str | None,
    wish: Wish,
    on_event: OnEvent,
) -> tuple[Change, tuple[Move, ...]]:
    """Set values of one environment in another, in memory. Returns the change, and the images that get another version."""
    giver, setter = Setter(project, source), Setter(project, target)
    for each in (giver, setter):
        check_plans(each, each.environment, task or "")
    origin = giver.look
    tasks = find_tasks(origin, setter.look, task)
    moves: tuple[Move, ...] = ()
    if names:
        given = [each for name in dict.fromkeys(names) for each in find_named(origin, setter.look, name, tasks)]
    else:
        moves = find_moves(origin, setter.look, tasks)
        for move in moves:
            refuse_environment_tag(move.wanted.tag, move.container, project.environments)
        given = [each for move in moves for each in find_given(origin, setter.look, move)]
    assign_all(setter, list(dict.fromkeys(given)))
    return think_through(project, setter, wish, on_event), moves


def find_tasks(source: Look, target: Look, task: str | None) -> tuple[str, ...]:
    """Find the tasks that both environments have, or the one that is named."""
    tasks = tuple(name for name in target.plans if name in source.plans and task in (None, name))
    if not tasks:
        raise WrongUsage(f"`{source.environment}` and `{target.environment}` have no task in common")
    return tasks


def check_tags(project: Project, change: Change, environment: str) -> None:
    """Refuse an edit that gives an image a tag which is the name of an environment."""
    for comparison in (each for each in change.comparisons if each.environment == environment):
        for row in (each.row for each in comparison.changes):
            if row.structure == "ContainerDefinition" and row.member == "image" and isinstance(row.right, Scalar):
                tag = split_version(row.right.text)[1].tag
                refuse_environment_tag(tag, row.container, project.environments)
