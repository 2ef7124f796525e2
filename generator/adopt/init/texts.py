"""Every file of a new project as text, by its path; which of them belong at the top of a repository, and what other names they go by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from generator import __version__
from generator.adopt.init.overlays import write_overlay
from generator.adopt.init.owners import write_owners
from generator.adopt.init.settings import write_settings
from generator.adopt.init.template import write_template
from generator.documents.yaml_scalars import quote
from generator.model.findings import Location
from generator.model.new_project import EXAMPLE_ACCOUNT, Gap, NewProject
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Settings

if TYPE_CHECKING:
    from importlib.machinery import SourceFileLoader

MAKEFILE, ATTRIBUTES, HOOKS = "Makefile", ".gitattributes", ".pre-commit-config.yaml"
WORKFLOW, OWNERS, RENOVATE = ".github/workflows/taskdef.yml", ".github/CODEOWNERS", "renovate.json"

TOP = frozenset((HOOKS, WORKFLOW, OWNERS, RENOVATE))
"""What its reader looks for in the top folder of a repository only."""

OTHER_NAMES = {
    MAKEFILE: ("GNUmakefile", "makefile"),
    OWNERS: ("CODEOWNERS", "docs/CODEOWNERS"),
    RENOVATE: (
        "renovate.jsonc",
        "renovate.json5",
        ".github/renovate.json",
        ".github/renovate.jsonc",
        ".github/renovate.json5",
        ".renovaterc",
        ".renovaterc.json",
        ".renovaterc.jsonc",
        ".renovaterc.json5",
    ),
}
"""Other names of the same file. Of two, make takes GNUmakefile or makefile, GitHub and Renovate take ours, so that one has no effect.

As GNU make 4.3 did when run on 2026-11-30, as GitHub's documentation has it, "About code owners", and by `configFileNames` in
renovatebot/renovate, `lib/config/app-strings.ts`.
"""

EXAMPLE_SOURCE = f"git+https://git.example.org/platform/taskdef@v{__version__}"


def write_sources(project: NewProject) -> dict[str, str]:
    """Write what artifacts are rendered from: template, overlays and settings."""
    settings = Settings()
    overlays = {
        f"{settings.environments}/{env}{OVERLAY_SUFFIX}": write_overlay(project, env) for env in project.environments
    }
    template = {f"{settings.templates}/{project.name}{TASK_SUFFIX}": write_template(project)}
    return {"taskdef.toml": write_settings(project), **template, **overlays}


def write_surroundings(project: NewProject) -> dict[str, str]:
    """Write what make, git, pre-commit, GitHub and Renovate read."""
    files = {
        MAKEFILE: load_text("Makefile"),
        ATTRIBUTES: load_text("gitattributes"),
        HOOKS: load_text("pre-commit-config.yaml"),
        WORKFLOW: write_workflow(project.source),
        OWNERS: write_owners(project),
    }
    return files | ({RENOVATE: load_text("renovate.json")} if project.renovate else {})


def write_workflow(source: str) -> str:
    """Write the workflow, which installs taskdef from a source; without one, from an example that is to be replaced."""
    given = quote(source) if source else f"{EXAMPLE_SOURCE} # an example: write where pip gets taskdef from"
    return load_text("workflow.yml").replace("SOURCE", given)


def find_gaps(project: NewProject, files: dict[str, str]) -> Iterator[tuple[Gap, Location]]:
    """Find what only a person can fill in, in the files that are written."""
    marks: list[tuple[Gap, str, bool]] = [
        ("account", quote(EXAMPLE_ACCOUNT), project.account == EXAMPLE_ACCOUNT),
        ("source", EXAMPLE_SOURCE, not project.source),
        ("owners", "# /rendered/", not project.owners),
    ]
    for gap, mark, open in marks:
        for path, text in files.items() if open else ():
            at = text.find(mark)
            if at >= 0:
                yield gap, Location(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def load_text(name: str) -> str:
    """Load a text that is the same in every project."""
    assert __spec__ is not None
    loader = cast("SourceFileLoader", __spec__.loader)  # or another with `get_data`
    return loader.get_data(f"{__file__[: -len('texts.py')]}files/{name}").decode()
