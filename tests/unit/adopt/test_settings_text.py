"""Rules that are turned off in the settings."""

from __future__ import annotations

from generator.adopt.settings_text import HEADER, keep_findings


def test_a_code_that_all_environments_have_is_off_everywhere_and_others_in_theirs() -> None:
    found = {"E425": {"dev": "no image", "prod": "no image"}, "E453": {"prod": "no role"}}
    assert keep_findings("", found, ("dev", "prod")) == (
        f'{HEADER}[rules]\nE425 = "off"  # no image\n\n[rules.prod]\nE453 = "off"  # no role\n'
    )


def test_lines_go_into_the_rules_that_are_there() -> None:
    before = '# ours\n[rules]  # few\nW601 = "off"\n\n[exceptions]\n'
    assert keep_findings(before, {"E425": {"dev": "no image"}}, ("dev",)) == (
        '# ours\n[rules]  # few\nE425 = "off"  # no image\nW601 = "off"\n\n[exceptions]\n'
    )


def test_lines_go_into_the_tables_of_environments_and_of_files_that_others_own() -> None:
    before = '[rules.dev]\nW601 = "off"\n'
    found = {"E425": {"dev": "no\nimage"}}
    assert keep_findings(before, found, ("dev", "prod")) == '[rules.dev]\nE425 = "off"  # no image\nW601 = "off"\n'
    assert keep_findings("[project]", found, ("dev", "eu.prod"), prefix="tool.taskdef.") == (
        f'[project]\n\n{HEADER}[tool.taskdef.rules.dev]\nE425 = "off"  # no image\n'
    )
    assert keep_findings("", {"E425": {"eu.prod": "x"}}, ("dev", "eu.prod")).endswith(
        '[rules."eu.prod"]\nE425 = "off"  # x\n'
    )
