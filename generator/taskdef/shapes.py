"""What RegisterTaskDefinition accepts, generated from the botocore service model; refuses to know more than that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from generator.model import Value

if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader

Type = Literal["structure", "list", "map", "string", "integer", "boolean"]


class Shape(NamedTuple):
    """One shape of the service model; what does not apply to its type is empty.

    `members` maps a structure's members, in model order, to shape names; `member` names the shape of a list's items or
    a map's values. `minimum` and `maximum` bound an integer's value, else a length. A `union` has exactly one member.
    """

    name: str
    type: Type
    members: dict[str, str]
    required: tuple[str, ...]
    member: str
    enum: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    union: bool


def task_definition() -> Shape:
    """The shape of a whole document."""
    return shape(_load("shapes.json")["input"])


@cache
def shape(name: str) -> Shape:
    """Find a shape by its name in the model; an unknown name is a KeyError."""
    facts = _load("shapes.json")["shapes"][name]
    return Shape(
        name,
        facts["type"],
        facts.get("members", {}),
        tuple(facts.get("required", ())),
        facts.get("member") or facts.get("value") or "",
        tuple(facts.get("enum", ())),
        facts.get("min"),
        facts.get("max"),
        facts.get("union", False),
    )


def read_only() -> tuple[str, ...]:
    """Top-level members that DescribeTaskDefinition answers with and RegisterTaskDefinition refuses."""
    return tuple(_load("shapes.json")["read_only"])


def botocore_version() -> str:
    """The botocore release whose model the shapes were generated from."""
    return str(_load("shapes.json")["botocore"])


def find_documentation(name: str) -> str | None:
    """Find the page of the AWS API reference that describes a structure."""
    page: str | None = _load("documentation.json").get(name)
    return page


@cache
def _load(name: str) -> Value:
    """Read a data file beside this module by the loader that found it: also from a zip, and cheaper than `pkgutil`."""
    import json

    assert __spec__ is not None
    loader = cast("SourceFileLoader", __spec__.loader)  # or another with `get_data`
    return json.loads(loader.get_data(__file__[: -len("shapes.py")] + name))
