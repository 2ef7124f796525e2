"""What RegisterTaskDefinition accepts, generated from the botocore service model; refuses to know more than that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from generator.model.nodes import Value
from generator.model.records import Record

if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader

Type = Literal["structure", "list", "map", "string", "integer", "boolean"]


class Shape(Record):
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


class Model:
    """The shapes of one service model; `facts` is what `shapes.json` holds."""

    def __init__(self, facts: Value) -> None:
        self._facts = facts
        self._shapes: dict[str, Shape] = {}

    @property
    def botocore(self) -> str:
        """The botocore release whose model the shapes were generated from."""
        return str(self._facts["botocore"])

    @property
    def task_definition(self) -> Shape:
        """The shape of a whole document."""
        return self.shape(self._facts["input"])

    @property
    def read_only(self) -> tuple[str, ...]:
        """Top-level members that DescribeTaskDefinition answers with and RegisterTaskDefinition refuses."""
        return tuple(self._facts["read_only"])

    def shape(self, name: str) -> Shape:
        """Find a shape by its name in the model; an unknown name is a KeyError."""
        found = self._shapes.get(name)
        if found is None:
            facts = self._facts["shapes"][name]
            found = self._shapes[name] = Shape(
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
        return found


@cache
def bundled() -> Model:
    """The model that comes with this package; `render` and `check` know no other."""
    return Model(_load("shapes.json"))


def task_definition() -> Shape:
    """The shape of a whole document, in the bundled model."""
    return bundled().task_definition


def shape(name: str) -> Shape:
    """Find a shape by its name in the bundled model; an unknown name is a KeyError."""
    return bundled().shape(name)


def read_only() -> tuple[str, ...]:
    """Top-level members that DescribeTaskDefinition answers with and RegisterTaskDefinition refuses."""
    return bundled().read_only


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
