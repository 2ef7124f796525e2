"""What a structure is called in messages, and which of its members a misspelt name may mean. Reports nothing itself."""

from __future__ import annotations

from collections.abc import Container, Iterable

from generator.ecs.shapes import Shape, find_documentation
from generator.model.findings import did_you_mean

FEW = 10
"""So many members are named in a finding."""


def help_with_member(key: str, written: Container[str], current: Shape, allow: tuple[str, ...]) -> str:
    """Name the member that may be meant, of those that are not written yet; else all if they are few, else their page."""
    near = did_you_mean(key, [name for name in (*current.members, *allow) if name not in written])
    if near:
        return f"write `{near}`"
    page = find_documentation(current.name)
    if page and len(current.members) > FEW:
        return f"its members are listed in {page}"
    return f"its members are {', '.join(f'`{name}`' for name in current.members)}"


def may_mean(written: str, name: str) -> bool:
    """Whether a name may be a misspelling of another, or one of them is how the other begins."""
    one, other = written.casefold(), name.casefold()
    return one.startswith(other) or (len(one) > 2 and other.startswith(one)) or did_you_mean(one, [other]) is not None


def leave_misspelt(missing: Iterable[str], unknown: Iterable[str]) -> list[str]:
    """Leave out of members that are missing those that one which nobody knows may be meant for."""
    names = tuple(unknown)
    return [name for name in missing if not any(may_mean(each, name) for each in names)]


def refuse_described(names: list[str]) -> tuple[str, str]:
    """Say that members are of describe output: the message and the help (E305)."""
    one = len(names) == 1
    listed = ", ".join(f"`{name}`" for name in names)
    message = f"{listed} {'is' if one else 'are'} set by ECS and cannot be registered"
    return (
        message,
        f"delete {'it' if one else 'them'}: only the output of describe-task-definition has such members",
    )


def state_missing(names: list[str]) -> str:
    """Join the names of members that are missing (E304)."""
    return " and ".join(f"`{name}`" for name in names)


def state_choice(union: Shape) -> tuple[str, str]:
    """Say that none of the members is there of which a structure has one (E304): the end of the message, and the help."""
    names = " or ".join(f"`{name}`" for name in union.members)
    return "has nothing, where ECS requires one member", f"add {names}"
