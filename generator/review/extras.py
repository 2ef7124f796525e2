"""Artifacts that no task produces, and which of them are ours: only these may be deleted."""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.merging import view_document
from generator.build.planning import PlannedProject
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.serializing import serialize_document
from generator.model.findings import Finding, Location, Source, finding_at
from generator.model.nodes import MapNode
from generator.model.project import Build, Project, TextBuild


def find_extras(project: Project, build: Build | TextBuild, environments: Sequence[str] = ()) -> tuple[str, ...]:
    """Find the committed artifacts that a build of all tasks did not plan, of all environments or of those given.

    None are found where the build failed: what is wrong may be the reason.
    """
    if build.failed:
        return ()
    names = (name for name in sorted(project.artifacts) if not environments or name.partition("/")[0] in environments)
    paths = (f"{project.settings.rendered}/{name}" for name in names)
    planned = frozenset(build.planned)
    return tuple(path for path in paths if path not in planned)


def find_bytes(project: Project, path: str) -> bytes:
    """Find the bytes of a committed artifact."""
    return project.artifacts[path.removeprefix(f"{project.settings.rendered}/")]


def is_ours(planned: PlannedProject, path: str) -> bool:
    """Whether a committed file has the bytes that we would write: a task definition that stays the same when it is written again."""
    data = find_bytes(planned.project, path)
    try:
        source = Source(path, data.decode())
    except UnicodeDecodeError:
        return False
    parsed, findings = planned.texts.parse_json(source)
    if findings or not isinstance(parsed, MapNode):
        return False
    viewed, _ = view_document(parsed, allow=planned.project.settings.allow_members)
    if viewed is None:
        return False
    document, findings = coerce_document(viewed)
    return not findings and serialize_document(order_document(document)) == source.text


def report_extra(planned: PlannedProject, path: str) -> Finding:
    """Report an artifact that no task produces (E804)."""
    ours = is_ours(planned, path)
    help = (
        "run `taskdef render`, which deletes it" if ours else "delete it: `taskdef render` did not write it like this"
    )
    cause = f"{path.rpartition('/')[0]}\n{help}"
    return finding_at(None, "E804", f"no task in any environment produces `{path}`", help=help, cause=cause)


def report_leftover(path: str) -> Finding:
    """Report a temporary file of a run that was killed (W805)."""
    message = f"`{path}` was left behind by a run that was killed"
    return Finding("W805", "warning", message, Location(path, 1, 1), help="run `taskdef render`, which removes it")
