"""The cases as they lie here, and a way to run one: a project that is wrong in one way, as files and a recipe for what git keeps badly."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted(folder for folder in HERE.iterdir() if re.match(r"[EWN]\d{3}-", folder.name))
OWN = ("codes", "command", "expected.txt", "recipe")
"""Files of a case that are not part of its project."""


def read_own(case: Path, name: str, default: str) -> str:
    """Read one of a case's own files; most have a default."""
    file = case / name
    return file.read_text(encoding="utf-8").rstrip("\n") if file.exists() else default


def copy_case(case: Path, target: Path) -> None:
    """Copy the project of a case, and add to it the links, and the files that are no text, of its recipe."""
    shutil.copytree(case, target, ignore=lambda folder, _: OWN if folder == str(case) else ())
    for line in read_own(case, "recipe", "").splitlines():
        kind, path, content = line.split(" ")
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind == "link":
            file.symlink_to(content)
        else:
            assert kind == "bytes"
            file.write_bytes(bytes.fromhex(content))


def run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str, int]:
    """Run a command in this process: its stdout, its stderr and its exit status."""
    status = main(words)
    out, err = capsys.readouterr()
    return out, err, status
