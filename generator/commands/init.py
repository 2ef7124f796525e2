"""`taskdef init`: creates a small commented project. Proves, before it writes, that `taskdef check` reports nothing."""

from __future__ import annotations

from collections.abc import Callable

from generator.adopt.init.answers import check_project
from generator.adopt.init.texts import OTHER_NAMES, TOP, find_gaps, write_sources, write_surroundings
from generator.commands.schema import make_text
from generator.documents.schemas.files import FILES
from generator.model.adoption import NewFile
from generator.model.findings import InputError
from generator.model.new_project import Begun, NewProject, Site
from generator.model.project import Artifact, Settings
from generator.model.result import Outcome, Result
from generator.project.inputs import find_there
from generator.project.site import look_at
from generator.project.writing import MODE, replace_files

MOST_NAMED = 3
"""The number of files that are named if a project exists already."""


def find_site(root: str) -> Site:
    """Find the folder of a new project. Raises InputError if it already has a project."""
    site = look_at(root)
    if site.there:
        named = ", ".join(site.there[:MOST_NAMED])
        more = len(site.there) - MOST_NAMED
        raise InputError(
            f"{root}: already a project, with {named}{f' and {more} more' if more > 0 else ''}",
            "add a task by a template or with `taskdef import`, and an environment by an overlay; `taskdef check` looks at all",
        )
    return site


def init(
    root: str,
    *,
    site: Site,
    project: NewProject,
    keep: bool = False,
    dry: bool = False,
    hold: Callable[[], None] | None = None,
) -> Result:
    """Write the files of a project into a folder. Files that are there are an InputError, or with `keep` stay and the others are written.

    `hold` is called before the first file takes its place.
    """
    proof = check_project(project)
    left_out = tuple(path for path in write_surroundings(project) if path in TOP) if site.top else ()
    texts = list_texts(project, proof.artifacts)
    texts = {path: text for path, text in texts.items() if path not in left_out}
    kept = find_kept(root, tuple(texts), keep=keep)
    texts = {path: text for path, text in texts.items() if path not in kept}
    if not dry:
        replace_files(root, {path: text.encode() for path, text in texts.items()}, MODE, hold)
    answer = Begun(
        tuple(NewFile(path, text, shown=text) for path, text in texts.items()),
        tuple(kept.items()),
        tuple(find_gaps(project, texts)),
        left_out,
        site.top,
        dry,
        root,
    )
    outcomes = tuple(Outcome(path, "planned" if dry else "wrote") for path in texts)
    return Result("init", (), 0, outcomes, answer=answer)


def list_texts(project: NewProject, artifacts: tuple[Artifact, ...]) -> dict[str, str]:
    """List all files of a project: sources, artifacts, and the files of other tools."""
    schema = {FILES["overlay"]: make_text("overlay", Settings())}
    rendered = {artifact.path: artifact.text for artifact in artifacts}
    return write_sources(project) | rendered | schema | write_surroundings(project)


def find_kept(root: str, paths: tuple[str, ...], *, keep: bool) -> dict[str, str]:
    """Find existing files, under this name or an equivalent one. Refuses them, unless they are to be kept."""
    names = {path: (path, *OTHER_NAMES.get(path, ())) for path in paths}
    there = frozenset(find_there(root, tuple(name for each in names.values() for name in each)))
    kept = {path: next(name for name in each if name in there) for path, each in names.items() if there & {*each}}
    if kept and not keep:
        raise InputError(
            f"{', '.join(kept.values())}: already there, and `init` writes over nothing",
            "write the other files with `--keep-existing`, or name a folder for the project: `taskdef init FOLDER`",
        )
    return kept
