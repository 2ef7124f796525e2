"""The folder that a new project is to begin in: whether something is in the way, and in which repository it lies. Writes nothing."""

from __future__ import annotations

import os

from generator.model.findings import InputError
from generator.model.new_project import Site
from generator.project.git import find_top
from generator.project.links import check_way
from generator.project.loading import leads_into_git, load_project, show_name


def look_at(root: str) -> Site:
    """Look at a folder, which need not be there. One that no project can lie in is an InputError."""
    if leads_into_git(root):
        raise InputError(f"{show_name(root)}: lies in `.git`")
    check_way(root)
    real = os.path.realpath(root)
    if os.path.lexists(real) and not os.path.isdir(real):
        raise InputError(f"{show_name(root)}: not a folder")
    top = find_top(root)
    return Site(
        show_name(os.path.basename(real)),
        "" if top is None or top == real else show_name(top),
        find_parts(root) if os.path.isdir(real) else (),
    )


def find_parts(root: str) -> tuple[str, ...]:
    """Find what of a project lies in a folder: settings, templates, overlays, artifacts, and files that are meant as such."""
    project = load_project(root)
    paths = [project.settings.source.path] if project.settings.source is not None else []
    paths += [source.path for source in (*project.templates.values(), *project.overlays.values())]
    paths += [f"{project.settings.rendered}/{name}" for name in project.artifacts]
    paths += [finding.location.file for finding in project.findings if finding.location is not None]
    paths += [project.settings.rendered for finding in project.findings if finding.code == "E808"]
    return tuple(dict.fromkeys(paths))
