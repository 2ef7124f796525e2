"""Where schemas lie, and the lines that lead there."""

from __future__ import annotations

from generator.documents.schemas.files import FILES, KINDS, write_modeline


def test_the_first_line_of_an_overlay_leads_to_the_folder_of_the_project() -> None:
    assert write_modeline("environments") == "# yaml-language-server: $schema=../taskdef.schema.json"
    assert write_modeline("deploy/env s") == "# yaml-language-server: $schema=../../taskdef.schema.json"
    assert write_modeline("environments", "task") == "# yaml-language-server: $schema=../../taskdef.task.schema.json"


def test_every_schema_has_a_file_of_its_own_without_a_blank() -> None:
    assert tuple(FILES) == KINDS
    assert len({*FILES.values()}) == len(KINDS)
    assert not any(" " in name for name in FILES.values())
