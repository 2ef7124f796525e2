"""`taskdef schema`: JSON Schemas for editors, adapted to the settings of a project. Reads no template and no overlay."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.documents.schemas.files import FILES, Kind, OverlayKind, write_modeline
from generator.documents.schemas.parts import Schema, write_schema
from generator.documents.schemas.patches import Admission
from generator.model.answers import SchemasWritten
from generator.model.findings import WrongUsage
from generator.model.project import OVERLAY_SUFFIX, Settings
from generator.model.result import Outcome, Result
from generator.project.loading import load_existing, load_settings
from generator.project.writing import MODE, replace_files
from generator.rules import LINT_ONLY, RULES

if TYPE_CHECKING:
    from generator.documents.schemas.settings import Code

WRITTEN: tuple[Kind, ...] = ("overlay", "task")
"""The schemas that overlays need, each kind of file its own."""

WORDS = "E401"
"""The rule about words that ECS does not list."""


def schema(
    root: str,
    *,
    kind: Kind | None = None,
    write: bool = False,
    exit_code: bool = False,
    hold: Callable[[], None] | None = None,
) -> Result:
    """Return a schema as text, by default the one for overlays; or write it, by default all that overlays need.

    With `exit_code`, a file that was written is a failure. `hold` is called before the first file is replaced.
    """
    if exit_code and not write:
        raise WrongUsage("`--exit-code` is about files that are written: use it with `--write`")
    settings, findings = load_settings(root)
    if findings:
        return Result("schema", findings, 1, judging=True)
    if not write:
        return Result("schema", (), 0, product=make_text(kind or "overlay", settings), answer=SchemasWritten())
    kinds = WRITTEN if kind is None else (kind,)
    files = {FILES[each]: make_text(each, settings).encode() for each in kinds}
    existing = load_existing(root, tuple(files))
    changed = {path: data for path, data in files.items() if existing.get(path) != data}
    if changed:
        replace_files(root, changed, MODE, hold)
    outcomes = tuple(Outcome(path, "wrote" if path in changed else "unchanged") for path in files)
    answer = SchemasWritten(list_modelines(settings.environments, kinds))
    return Result("schema", (), 1 if exit_code and changed else 0, outcomes, answer=answer)


def list_modelines(environments: str, kinds: tuple[Kind, ...]) -> tuple[tuple[str, str], ...]:
    """List the files that find their schema by their first line, each with that line."""
    names: dict[OverlayKind, str] = {
        "overlay": f"{environments}/*{OVERLAY_SUFFIX}",
        "task": f"{environments}/*/*{OVERLAY_SUFFIX}",
    }
    return tuple((name, write_modeline(environments, kind)) for kind, name in names.items() if kind in kinds)


def make_text(kind: Kind, settings: Settings) -> str:
    """Make a schema as text."""
    return write_schema(make_schema(kind, settings)) + "\n"


def make_schema(kind: Kind, settings: Settings) -> Schema:
    """Make a schema with the members and words that the settings admit. Each module is imported for its own kind only."""
    if kind == "settings":
        from generator.documents.schemas.settings import make_settings_schema

        return make_settings_schema(list_codes())
    admission = Admission(settings.allow_members, admits_words(settings))
    if kind == "task-definition":
        from generator.documents.schemas.strict import make_definition_schema

        return make_definition_schema(admission)
    from generator.build.rendering import RESERVED
    from generator.documents.schemas.overlays import make_overlay_schema, make_task_schema

    make = make_task_schema if kind == "task" else make_overlay_schema
    return make(admission, RESERVED)


def admits_words(settings: Settings) -> bool:
    """Whether some environment accepts words that ECS does not list."""
    environments = ("", *(name for name, _ in settings.environment_levels))
    return any(settings.find_levels(name).get(WORDS, "error") != "error" for name in environments)


def list_codes() -> list[Code]:
    """List the codes that can have a level in the settings, each with its title."""
    from generator.documents.schemas.settings import Code
    from generator.reports.pages import PAGES

    return [Code(code, PAGES[code].title, lint_only=code in LINT_ONLY) for code in sorted({*RULES, *LINT_ONLY})]
