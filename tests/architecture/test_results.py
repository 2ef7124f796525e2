"""Commands return values: how these are shown is up to the command line, which chooses a form, and to `reports`, which writes it."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from generator.reports import ANSWERS, FORMATS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ROOT / "generator" / "commands"

SHOWING = {"json", "color", "form", "width"}

ADMITTED = ("generator.reports.pages",)
"""What commands may ask `reports` for: which codes have a page."""


def find_shown(tree: ast.Module) -> list[str]:
    """Find the parameters that say how a result is shown, and imports of what writes it."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            found += [each.arg for each in (*node.posonlyargs, *node.args, *node.kwonlyargs) if each.arg in SHOWING]
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [name for name in names if name.startswith("generator.reports") and name not in ADMITTED]
    return found


def test_no_command_chooses_how_its_result_is_shown() -> None:
    found = {
        path.relative_to(COMMANDS).as_posix(): find_shown(ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(COMMANDS.rglob("*.py"))
    }
    assert len(found) > 20
    assert {name: each for name, each in found.items() if each} == {}


def test_a_command_that_formats_is_found() -> None:
    code = "from generator.reports.text import escape\ndef show(*, json: bool, task: str) -> None: ...\n"
    assert find_shown(ast.parse(code)) == ["generator.reports.text", "json"]


@pytest.mark.parametrize("name", [*ANSWERS.values(), *(module for module, _ in FORMATS.values())])
def test_every_module_of_the_registries_can_write(name: str) -> None:
    writer = "write_answer" if name in ANSWERS.values() else "write_findings"
    assert callable(getattr(import_module(name), writer))
