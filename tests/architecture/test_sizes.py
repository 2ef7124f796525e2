"""Functions fit on a screen, and classes on a few; the classes that do not are named here, each with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator"

MOST_LINES = {ast.FunctionDef: 40, ast.AsyncFunctionDef: 40, ast.ClassDef: 150}
"""Lines from `def` or `class` to the end, the docstring included."""

LONG_CLASSES = {
    "build/rendering/compiling.py: PieceGenerator": "a subclass of Jinja's code generator: one method for each kind of node that differs",
    "build/rendering/sandbox.py: Sandbox": "a subclass of Jinja's sandbox: one method for each operation that it bounds or refuses",
    "documents/parsing/document.py: _Reader": "one pass over a JSON text, whose every step moves on in it",
    "documents/parsing/yaml.py: Composer": "one pass over the events of a YAML text, whose every step moves on in it",
    "model/secrets/scanning.py: Scan": "one pass over a text that may be broken, whose every step moves on in it",
    "review/environments/pruning.py: Pruner": "one walk that weighs each member of an overlay against all that it reaches",
}


def find_long(code: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Find the functions and classes of a module that have too many lines."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            assert node.end_lineno is not None
            if node.end_lineno - node.lineno + 1 > MOST_LINES[type(node)]:
                yield node


def test_a_function_of_41_lines_and_a_class_of_151_are_long() -> None:
    for head, most in (("def f():", 40), ("async def f():", 40), ("class C:", 150)):
        assert list(find_long("\n".join([head, *["    0"] * (most - 1)]))) == []
        assert len(list(find_long("\n".join([head, *["    0"] * most])))) == 1


def test_no_function_is_long_and_each_long_class_is_named_with_a_reason() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}: {node.name}": isinstance(node, ast.ClassDef)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in find_long(path.read_text(encoding="utf-8"))
    }
    assert found == dict.fromkeys(LONG_CLASSES, True)
