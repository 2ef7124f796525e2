"""Which environments and task a command is about. Refuses names that the project does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.model.account import Access
from generator.model.findings import WrongUsage, did_you_mean
from generator.model.project import OVERLAY_SUFFIX, Project

LIVE = "live"
"""The word for the revision that runs."""

ONLY_LIVE = "`--cluster` and `--service` say what runs, and are for words like `prod:live` only"

REVISION = re.compile(r"([^:]+):([1-9][0-9]{0,9}|live)")


def split_revision(word: str) -> tuple[str, str]:
    """Split `prod:3` or `prod/web:live` into what is asked about and which revision of it; any other word names no revision."""
    match = REVISION.fullmatch(word)
    return (match[1], match[2]) if match else (word, "")


def state_unknown_revision(word: str) -> str:
    """Say what stands behind a colon, of a word that names no revision."""
    where, _, revision = word.partition(":")
    return f"`{revision}` is no revision of `{where}`: that is a number, like `{where}:3`, or `{where}:{LIVE}`"


def select_environments(project: Project, names: Sequence[str], task: str | None) -> tuple[str, ...]:
    """Check the names on the command line, and give those of the environments, each once. None were given: none are returned.

    A project with nothing to render has no names; that it is empty is among its findings.
    """
    if not project.environments or not project.tasks:
        return ()
    for name in names:
        if name not in project.environments:
            if name + OVERLAY_SUFFIX in project.overlays:
                raise WrongUsage(f"`{name}` can only be extended: a name that begins with `_` is abstract")
            raise WrongUsage(state_unknown_name("environment", name, project.environments))
    if task is not None and task not in project.tasks:
        raise WrongUsage(state_unknown_name("task", task, project.tasks))
    return tuple(dict.fromkeys(names))


def state_unknown_name(kind: str, name: str, known: tuple[str, ...]) -> str:
    """Say that there is no such thing, what is near, and what there is."""
    near = did_you_mean(name, known)
    meant = f"; did you mean `{near}`?" if near else ""
    return f"there is no {kind} `{name}`{meant} (there is {', '.join(f'`{each}`' for each in known)})"


class Asking(NamedTuple):
    """How AWS is reached, and which service runs the task where overlays do not say so; for words that are revisions."""

    access: Access = Access()
    cluster: str | None = None
    service: str | None = None

    @property
    def placed(self) -> bool:
        """Whether an option says where the task runs."""
        return (self.cluster, self.service) != (None, None)


class Word(NamedTuple):
    """What a word stands for: an environment, perhaps with a task, a registered revision of these, or a file."""

    text: str
    environment: str = ""
    task: str | None = None
    revision: str = ""
