"""The schemas for editors admit every overlay here, and the strict one every artifact, with the settings of each project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.project.loading import load_project
from tests.schemas import find_faults, find_kind, read_core

FOLDER = Path(__file__).parent
PROJECTS = sorted((*(path.parent for path in FOLDER.glob("*/README.md")), FOLDER.parents[1]))


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_every_overlay_is_admitted(folder: Path) -> None:
    project = load_project(str(folder))
    found = [
        (name, fault)
        for name, source in project.overlays.items()
        for fault in find_faults(find_kind(name), read_core(source.text), project.settings)
    ]
    assert project.overlays
    assert found == []


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_every_artifact_is_a_task_definition(folder: Path) -> None:
    settings = load_project(str(folder)).settings
    artifacts = [*folder.glob("expected/*/*.json"), *folder.glob("rendered/*/*.json")]
    assert artifacts
    found = [find_faults("task-definition", json.loads(path.read_bytes()), settings) for path in artifacts]
    assert found == [[]] * len(artifacts)
