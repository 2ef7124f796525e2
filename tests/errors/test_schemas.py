"""What the schemas for editors say of the overlays here, beside what taskdef says: each difference has a reason."""

from __future__ import annotations

from pathlib import Path

from generator.build.pipeline import build_project
from generator.model.findings import InputError
from generator.project.loading import load_project
from tests.errors.cases import CASES
from tests.errors.differences import DIFFERENCES, UNREAD, find_reason
from tests.schemas import find_faults, find_kind, read_core


def list_overlays(case: Path) -> list[str]:
    """List the overlays of a case by their names in its folder of environments."""
    folder = case / "environments"
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.yaml"))


def find_refused(case: Path) -> set[str] | None:
    """Find the overlays in which taskdef finds an error; None where it cannot read the project."""
    try:
        project = load_project(str(case))
    except InputError:
        return None
    findings = [*project.findings, *build_project(project).findings]
    files = {each.location.file for each in findings if each.severity == "error" and each.location}
    return {name for name in list_overlays(case) if f"{project.settings.environments}/{name}" in files}


def find_named(case: Path) -> set[str]:
    """Find the overlays in which a schema finds something."""
    settings = load_project(str(case), artifacts=False).settings
    texts = {name: (case / "environments" / name).read_text(encoding="utf-8") for name in list_overlays(case)}
    return {name for name, text in texts.items() if find_faults(find_kind(name), read_core(text), settings)}


def test_the_schemas_refuse_what_taskdef_refuses_but_for_what_is_listed_and_nothing_else() -> None:
    used = set()
    for case in CASES:
        refused = find_refused(case)
        if refused is None or case.name.startswith(UNREAD):
            continue
        named = find_named(case)
        assert named <= refused, f"{case.name}: taskdef takes it"
        reason = find_reason(case.name)
        assert (named == refused) == (reason is None or not refused), case.name
        used |= {reason} if refused and reason is not None else set()
    assert used == {key for keys in DIFFERENCES.values() for key in keys}
