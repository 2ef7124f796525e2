"""What a comparison of two documents, environments or projects found, as values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.model.findings import Finding, Place, Source
from generator.model.nodes import MapNode, Node
from generator.model.project import Artifact, Project
from generator.model.records import Record
from generator.model.secrecy import NO_SECRETS, Secrets


class Row(Record):
    """One field that differs. A side that does not have it is None; `structure` and `member` say what the field is.

    `unknown` is the path of the member that our model of ECS does not know, where the field is that or in it.
    """

    path: str
    left: Node | None
    right: Node | None
    structure: str = ""
    member: str = ""
    unknown: str = ""

    @property
    def container(self) -> str:
        """The container the field belongs to, by its identity; empty for what is the task's."""
        return name_container(self.path)


class Cause(Record):
    """The line that an edit put in or took out; one that is not `certain` is only if the value is written."""

    place: Place
    certain: bool = True


class Side(Record):
    """One of two task definitions: what it is called, and where it has sources, the artifact and the project it is from.

    `file` is what one from anywhere was read from, in which a secret may stand beside a mistake. `answered` is that
    ECS described it. `own` has the paths of containers
    and volumes in its sources, by those that they have in `document` because the other side calls them so.
    """

    label: str
    document: MapNode
    artifact: Artifact | None = None
    project: Project | None = None
    has_tags: bool = True
    file: Source | None = None
    answered: bool = False
    own: Mapping[str, str] = MappingProxyType({})


class Assumed(Record):
    """A value that counts as none, though nobody shows that ECS stores or answers it so."""

    path: str
    value: str


class Change(Record):
    """A field that differs, and where each side was written. `cause` is the edit that it comes from, where there is one."""

    row: Row
    left: tuple[Place, ...] = ()
    right: tuple[Place, ...] = ()
    cause: Cause | None = None


class Comparison(Record):
    """Two task definitions compared. A side that does not have the task is empty, and so is `environment` where they have two.

    Where only the right side has the task and its environment extends another one that has it too, that is the `parent`, and
    `changes` are those from the parent's task.
    `secrets` are those of all that was compared with it, and `files` what sides were read from that are no artifacts. `assumed`
    is what counted as the same, with no proof that ECS takes it so; empty if nobody asked for it.
    """

    left: str
    right: str
    changes: tuple[Change, ...]
    environment: str = ""
    task: str = ""
    notes: tuple[str, ...] = ()
    documents: tuple[MapNode, ...] = ()
    secrets: Secrets = NO_SECRETS
    files: tuple[Source, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    parent: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.changes) or not self.left or not self.right

    def mask_notes(self) -> tuple[str, ...]:
        """Give the notes with every secret masked: they name members, and a secret may stand in the place of one."""
        return tuple([self.secrets.scrub(note) for note in self.notes])


class Review(Record):
    """What was compared, and what kept something from being compared. It is told field by field, or edit by edit with `by_cause`."""

    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...] = ()
    by_cause: bool = False


def name_container(path: str) -> str:
    """Name the container that a path leads into, by its identity; empty for what belongs to the task."""
    head = "containerDefinitions["
    return path[len(head) : path.index("]", len(head))] if path.startswith(head) else ""
