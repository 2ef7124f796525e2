"""The top of the package has the rooms that ARCHITECTURE.md describes, and nothing else."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator"

ROOMS = {
    "adopt",
    "aws",
    "build",
    "cli",
    "commands",
    "documents",
    "ecs",
    "model",
    "project",
    "reports",
    "review",
    "rules",
}
FILES = {"__init__.py", "__main__.py", "py.typed"}


def test_the_package_has_no_room_but_those_of_architecture() -> None:
    found = {entry.name for entry in PACKAGE.iterdir()} - {"__pycache__"}
    new = sorted(found - ROOMS - FILES)
    assert new == [], f"{new} is not one of the rooms: ARCHITECTURE.md says what each owns, and where new code belongs"
    assert sorted(ROOMS | FILES) == sorted(found)
