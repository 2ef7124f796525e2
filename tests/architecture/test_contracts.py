"""The contracts of `pyproject.toml` hold: imports point down, each library has one home, the core does no I/O."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> tuple[int, str]:
    """Run import-linter on the package in a folder, and give its exit status and what it said."""
    command: list[str | Path] = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the package and its contracts."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_are_kept(copy: Path) -> None:
    status, said = lint_imports(copy)
    assert (status, " BROKEN" in said, "Contracts: " in said) == (0, False, True), said


@pytest.mark.parametrize(
    ("module", "line", "broken", "named"),
    [
        (
            "build/merging/reaching.py",
            "from generator.review.check import compare",
            "imports point down",
            "generator.build.merging.reaching -> generator.review.check (l.1)",
        ),
        (
            "ecs/reaching.py",
            "from generator.documents.parsing import yaml",
            "imports point down",
            "generator.ecs.reaching -> generator.documents.parsing.yaml (l.1)",
        ),
        (
            "documents/reaching.py",
            "from generator.rules import RULES",
            "imports point down",
            "generator.documents.reaching -> generator.rules (l.1)",
        ),
        (
            "project/reaching.py",
            "from generator.review.check import compare",
            "imports point down",
            "generator.project.reaching -> generator.review.check (l.1)",
        ),
        (
            "build/merging/reaching.py",
            "import yaml",
            "PyYAML is imported in documents.parsing only",
            "generator.build.merging.reaching -> yaml (l.1)",
        ),
        (
            "build/merging/reaching.py",
            "import jinja2",
            "Jinja is imported in build.rendering and reports.matrix.html only",
            "generator.build.merging.reaching -> jinja2 (l.1)",
        ),
        (
            "commands/reaching.py",
            "import deepmerge",
            "deepmerge is imported in build.merging only",
            "generator.commands.reaching -> deepmerge (l.1)",
        ),
        (
            "commands/reaching.py",
            "import click",
            "click is imported in cli only",
            "generator.commands.reaching -> click (l.1)",
        ),
        (
            "commands/reaching.py",
            "import boto3",
            "boto3 and botocore are imported in aws.calls only",
            "generator.commands.reaching -> boto3 (l.1)",
        ),
        (
            "project/reaching.py",
            "import watchfiles",
            "watchfiles is imported in project.watching only",
            "generator.project.reaching -> watchfiles (l.1)",
        ),
        (
            "build/merging/reaching.py",
            "def now() -> None:\n    import os",
            "the core does no I/O",
            "generator.build.merging.reaching -> os (l.2)",
        ),
        (
            "build/merging/reaching.py",
            "import pathlib",
            "the core does no I/O",
            "generator.build.merging.reaching -> pathlib (l.1)",
        ),
    ],
)
def test_a_module_that_breaks_a_contract_is_named(copy: Path, module: str, line: str, broken: str, named: str) -> None:
    (copy / "generator" / module).write_text(line + "\n", encoding="utf-8")
    status, said = lint_imports(copy)
    verdicts = [text.partition(" BROKEN")[0] for text in said.splitlines() if " BROKEN" in text]
    assert (status, verdicts, named in said) == (1, [broken], True)


def test_a_module_without_a_layer_is_named(copy: Path) -> None:
    (copy / "generator" / "helping.py").write_text('"""Belongs nowhere."""\n', encoding="utf-8")
    status, said = lint_imports(copy)
    assert (status, "generator.helping" in said) == (1, True)
