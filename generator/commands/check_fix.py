"""The writes of `check --fix`: overlays without overrides that change nothing, after a proof that no artifact changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.build.planning import PlannedProject
from generator.model.answers import Mended
from generator.model.findings import Place
from generator.model.project import Project, TextBuild
from generator.project.loading import find_shared, load_existing
from generator.project.writing import replace_files
from generator.review.environments.mending import mend_project


def mend(
    root: str, planned: PlannedProject, built: TextBuild, idle: Iterable[Place], hold: Callable[[], None] | None = None
) -> tuple[Project, Mended]:
    """Remove overrides that change nothing from overlays, and report it; returns the project afterwards.

    All overlays are on the disk before the first is replaced; `hold` is called in between.
    """
    project = planned.project
    mended = mend_project(planned, built, idle)
    if not mended.proven:
        return project, Mended(obstacle="unproven")
    shared = find_shared(root, tuple(source.path for source in project.overlays.values()))
    for name in mended.changed:
        if project.overlays[name].path in shared:
            # The proof assumed that each name is a separate file.
            return project, Mended(obstacle="shared", path=project.overlays[name].path)
    ready: dict[str, bytes] = {}
    for name in mended.changed:
        path = project.overlays[name].path
        data = load_existing(root, (path,)).get(path, b"")
        text = spell_as(data, project.overlays[name].text, mended.project.overlays[name].text)
        if text is None:
            return project, Mended(obstacle="changed", path=path)
        ready[path] = text.encode()
    replace_files(root, ready, None, hold)
    return mended.project, Mended(tuple(ready), mended.left)


def spell_as(data: bytes, old: str, new: str) -> str | None:
    """Write a text with the byte order mark and the line ends of the file with the old text; None if the file has another text."""
    for mark in ("", "\ufeff"):
        for end in ("\n", "\r\n", "\r"):
            if data == (mark + old.replace("\n", end)).encode():
                return mark + new.replace("\n", end)
    return None
