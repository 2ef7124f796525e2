"""`registered_by` in the settings: `check` warns of what another tool would change, and the page on other tools is as the table."""

from __future__ import annotations

from pathlib import Path

from generator.ecs.actions import ACTIONS, NEWEST, REGISTRARS
from tests.integration.cli.process import ROOT, Project

TEMPLATE = """{"family": "f", "memory": "128", "containerDefinitions": [{"name": "app", "image": "app:v1", "command": ["a", "", "b"]}]}
"""


def test_check_warns_only_of_what_the_tool_in_the_settings_would_change(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write({"templates/app.json.j2": TEMPLATE, "environments/dev.yaml": "vars: {}\n"})
    assert project.run("render").status == 0
    assert "W636" not in project.run("check").err
    project.write({"taskdef.toml": 'registered_by = "deploy-action"\n'})
    warned = project.run("check")
    assert warned.status == 0
    assert "templates/app.json.j2:1:111: warning[W636]" in warned.out + warned.err
    assert project.run("check", "--strict").status == 1
    project.write({"taskdef.toml": 'registered_by = "awscli"\n'})
    assert "W636" not in project.run("check").err


def test_the_page_on_other_tools_names_each_version() -> None:
    page = (ROOT / "docs" / "other-tools.md").read_text(encoding="utf-8")
    for action in {**ACTIONS, **REGISTRARS}.values():
        assert f"| {action.version} |" in page
        assert action.read in page
    assert all(f"`{member}`" in page for _, member in NEWEST)
