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

EVENTS = ("account_events.py", "events.py", "rollouts.py")
"""The modules of `generator/model` that have what a long command reports while it runs, and what becomes of it."""

TEXTS = {
    "accounts", "cluster", "mark", "name", "names", "operation", "path", "paths", "revision", "rollout", "service", "status",
    "container", "task",
    "line",  # that a container wrote
    "back_on", "back_to",  # revisions
    "said",  # by ECS
    "message",  # of an error, made where it was raised
    "help",  # the command line that helps, as a finding has it
}  # fmt: skip
"""The fields there that are texts: names, and words that others chose. Our sentences are made in `reports`."""


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


def find_texts(tree: ast.Module) -> set[str]:
    """Find the fields of classes that are texts, or may be."""
    return {
        field.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if any(isinstance(part, ast.Name) and part.id == "str" for part in ast.walk(field.annotation))
    }


def test_an_event_has_no_sentence_of_ours() -> None:
    model = ROOT / "generator" / "model"
    found = [find_texts(ast.parse((model / name).read_text(encoding="utf-8"))) for name in EVENTS]
    assert set().union(*found) == TEXTS, "what happened is a value, and `reports` has the words"


def test_an_event_with_a_sentence_is_found() -> None:
    code = (
        "class A(NamedTuple):\n    name: str\n    at: int\n    text: str | None = None\n    counts: tuple[int, str]\n"
    )
    assert find_texts(ast.parse(code)) == {"name", "text", "counts"}
