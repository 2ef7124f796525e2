"""Which environments and task a command is about. Refuses names that the project does not have."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.findings import WrongUsage, did_you_mean
from generator.model.project import OVERLAY_SUFFIX, Project


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
            environment, _, rest = name.rpartition("/")
            if rest in project.tasks and environment in ("", *project.environments):
                written = f"{environment} --task {rest}".lstrip()
                raise WrongUsage(f"`{name}` names a task: write `{written}`")
            raise WrongUsage(state_unknown_name("environment", name, project.environments))
    if task is not None and task not in project.tasks:
        raise WrongUsage(state_unknown_name("task", task, project.tasks))
    return tuple(dict.fromkeys(names))


def state_unknown_name(kind: str, name: str, known: tuple[str, ...]) -> str:
    """State that there is no such thing, what is near, and what there is."""
    near = did_you_mean(name, known)
    meant = f"; did you mean `{near}`?" if near else ""
    return f"there is no {kind} `{name}`{meant} (there is {', '.join(f'`{each}`' for each in known)})"
