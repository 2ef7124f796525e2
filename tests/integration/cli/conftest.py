"""Folders with projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.process import FILES, HEAVY, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(FILES)
    return made


@pytest.fixture
def rendered(project: Project) -> Project:
    """The project with its artifacts."""
    assert project.run("render").status == 0
    return project


@pytest.fixture
def heavy(tmp_path: Path) -> Project:
    """A project that takes some seconds to render."""
    made = Project(tmp_path / "heavy")
    made.write({"templates/app.json.j2": HEAVY})
    made.write({f"environments/env{number:03}.yaml": "vars: {}\n" for number in range(400)})
    return made
