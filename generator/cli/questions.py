"""The questions that `taskdef init` asks for options that are not set. It repeats a question after an invalid answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext, redirect_stdout
from typing import TypeVar, cast

import click

from generator.adopt.init.answers import check_project
from generator.model.findings import WrongUsage
from generator.model.new_project import LAUNCH_TYPES, LaunchType, NewProject, Site
from generator.model.nodes import Value

Apply = Callable[[NewProject, str], NewProject]
Answer = TypeVar("Answer")


UNNAMED = "x"
"""A placeholder for a name that is asked later: no other name contains a word this short."""


def answer_questions(given: Mapping[str, Value], site: Site, *, ask: bool) -> NewProject:
    """Make a project from the given members. What is missing is asked, or has its default.

    What is given is checked before the first question.
    """
    project = NewProject(**{"name": UNNAMED, **given})
    if not ask:
        return project if "name" in given else take_folder(project, site.name)
    usual = " ".join(project.environments)
    if "environments" not in given:
        project = project._replace(environments=project.environments[:1])
    check_project(project)
    questions = {
        "name": ("Name of the task", find_name(project, site.name), set_name),
        "environments": ("Environments, in the order of a release", usual, set_environments),
        "launch_type": ("Launch type, fargate or ec2", project.launch_type, set_launch_type),
        "account": ("AWS account; the default is an example to replace", project.account, set_account),
        "region": ("AWS region", project.region, set_region),
        "owners": ("Reviewers of production, @user or @org/team; none if empty", "", set_owners),
    }
    needless = ("owners", "renovate") if site.top else ()  # the file that needs these is not written
    for member, (words, default, apply) in questions.items():
        if member not in given and member not in needless:
            project = put(words, default, project, apply)
    if "renovate" in given or "renovate" in needless:
        return project
    return project._replace(renovate=confirm("Let Renovate propose new image tags?"))


def take_folder(project: NewProject, name: str) -> NewProject:
    """Name the task after the folder."""
    check_project(project)
    named = project._replace(name=name)
    try:
        check_project(named)
    except WrongUsage as error:
        raise WrongUsage(f"{error}: this is the name of the folder; set another with `--name`") from None
    return named


def find_name(project: NewProject, name: str) -> str | None:
    """Find a name to propose: the name of the folder, if a task can have it."""
    try:
        check_project(project._replace(name=name))
    except WrongUsage:
        return None
    return name


def put(words: str, default: str | None, project: NewProject, apply: Apply) -> NewProject:
    """Ask until an answer makes a valid project."""

    def take(text: str) -> NewProject:
        try:
            changed = apply(project, text.strip())
            check_project(changed)
        except WrongUsage as error:
            raise click.UsageError(str(error)) from None
        return changed

    answer: NewProject = ask_person(
        lambda: click.prompt(words, default=default, value_proc=take, show_default=bool(default), err=True)
    )
    return answer


def confirm(words: str) -> bool:
    """Ask for yes or no; no is the default."""
    return ask_person(lambda: click.confirm(words, err=True))


def ask_person(ask: Callable[[], Answer]) -> Answer:
    """Ask on stderr only: click writes the end of a question to stdout, which another program may read."""
    shared = sys.stdout is not None and sys.stdout.isatty()
    with nullcontext() if shared else redirect_stdout(sys.stderr):
        try:
            return ask()
        except click.Abort:  # Ctrl-C, or the end of the input
            raise KeyboardInterrupt from None


# What an answer changes.


def set_name(project: NewProject, text: str) -> NewProject:
    return project._replace(name=text)


def set_environments(project: NewProject, text: str) -> NewProject:
    return project._replace(environments=split(text))


def set_launch_type(project: NewProject, text: str) -> NewProject:
    """Set the launch type."""
    if text.lower() not in LAUNCH_TYPES:
        raise WrongUsage(f"`{text}` is neither `fargate` nor `ec2`")
    return project._replace(launch_type=cast("LaunchType", text.lower()))


def set_account(project: NewProject, text: str) -> NewProject:
    return project._replace(account=text)


def set_region(project: NewProject, text: str) -> NewProject:
    return project._replace(region=text)


def set_owners(project: NewProject, text: str) -> NewProject:
    return project._replace(owners=split(text))


def split(text: str) -> tuple[str, ...]:
    """Split at blanks and commas."""
    return tuple(text.replace(",", " ").split())
