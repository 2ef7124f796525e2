"""Tests of modules and rules are pure: they touch no disk, start no process, read no clock, and lie where their module does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT = sorted((ROOT / "tests" / "unit").rglob("*.py"))
RULES = sorted((ROOT / "tests" / "rules").rglob("*.py"))

FOREIGN = {
    "glob", "importlib", "io", "multiprocessing", "os", "pathlib", "shutil", "signal", "socket", "sqlite3", "subprocess",
    "tempfile", "threading", "time", "tracemalloc",
}  # fmt: skip
"""What only tests in `tests/integration`, `tests/laws` and `tests/architecture` need."""
FIXTURES = {"capfd", "recwarn", "tmp_path", "tmp_path_factory"}


def find_foreign(text: str) -> Iterator[str]:
    """Find what a test of a module has no need of: imports, fixtures, and calls that reach the disk."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in FOREIGN)
            yield from (alias.name for alias in node.names if alias.name == "hypothesis")
        elif isinstance(node, ast.ImportFrom):
            root = (node.module or "").partition(".")[0]
            yield from [root] if root in FOREIGN | {"hypothesis"} else []
        elif isinstance(node, ast.arg):
            yield from [node.arg] if node.arg in FIXTURES else []
        elif isinstance(node, ast.Attribute):
            yield from [f"{ast.unparse(node)}"] if node.attr == "chdir" else []
        elif isinstance(node, ast.Call):
            yield from ["open"] if isinstance(node.func, ast.Name) and node.func.id == "open" else []


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("import json, re\nfrom generator.model.nodes import Value\n", []),
        ("import subprocess\n", ["subprocess"]),
        ("def test():\n    import os.path as there\n", ["os.path"]),
        ("from pathlib import Path\n", ["pathlib"]),
        ("from hypothesis import given\n", ["hypothesis"]),
        ("def test(tmp_path):\n    assert open('x')\n", ["open", "tmp_path"]),
        ("def test(monkeypatch):\n    monkeypatch.chdir('x')\n", ["monkeypatch.chdir"]),
    ],
)
def test_what_reaches_beyond_memory_is_found(text: str, foreign: list[str]) -> None:
    assert sorted(find_foreign(text)) == foreign


@pytest.mark.parametrize("file", [*UNIT, *RULES], ids=name)
def test_tests_of_modules_and_rules_stay_in_memory(file: Path) -> None:
    foreign = sorted(set(find_foreign(file.read_text(encoding="utf-8"))))
    assert foreign == [], f"{name(file)} uses {', '.join(foreign)}: what needs that belongs to another folder of tests"


def find_module(test: Path) -> Path | None:
    """Find the module or package that a file of tests is about: `test_a_b.py` is about `a_b`, or about `b` of `a`."""
    folder = ROOT / "generator" / test.parent.relative_to(ROOT / "tests" / "unit")
    words = test.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        module = folder / "_".join(words[:count])
        if module.with_suffix(".py").is_file() or (module / "__init__.py").is_file():
            return module
    return None


@pytest.mark.parametrize("file", [path for path in UNIT if path.stem.startswith("test_")], ids=name)
def test_every_file_of_tests_lies_where_its_module_does(file: Path) -> None:
    assert find_module(file) is not None, f"no module of generator/ has the place and the name of {name(file)}"
