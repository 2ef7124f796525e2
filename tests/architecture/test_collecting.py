"""Every test module is run: a folder whose name pytest passes over would take its tests out without a word."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def test_pytest_goes_into_every_folder_with_tests(pytestconfig: pytest.Config) -> None:
    folders = {folder for path in TESTS.rglob("test_*.py") for folder in path.relative_to(TESTS).parts[:-1]}
    passed_over: list[str] = pytestconfig.getini("norecursedirs")

    assert folders >= {"architecture", "build"}
    assert [folder for folder in sorted(folders) if any(fnmatch(folder, pattern) for pattern in passed_over)] == []
