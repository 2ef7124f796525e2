"""What is secret in a build: in its documents, and in the templates and overlays that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.documents.hiding import Origins, find_known
from generator.documents.looks import Looks
from generator.model.nodes import MapNode
from generator.model.project import Project
from generator.model.secrecy import Known


def find_build_secrets(
    project: Project,
    variables: Iterable[MapNode],
    patches: Iterable[MapNode],
    documents: Iterable[MapNode],
    looks: Looks | None = None,
) -> Known:
    """Find what is secret in documents of a project, in the variables and patches of its layers, and in all its files."""
    origins = Origins(
        tuple(project.templates.values()),
        tuple(project.overlays.values()),
        tuple(variables),
        frozenset(list_names(project)),
        tuple(patches),
    )
    return find_known(tuple(documents), origins, looks)


def list_names(project: Project) -> Iterator[str]:
    """List the names of environments, tasks and files: they stand in most messages."""
    yield from (*project.environments, *project.tasks)
    sources = (source.path for source in (*project.templates.values(), *project.overlays.values()))
    for path in (*sources, *project.artifacts):
        yield path
        for part in path.split("/"):
            yield part
            yield part.partition(".")[0]
