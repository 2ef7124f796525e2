"""What a run keeps for each further artifact is little: counted in bytes that Python gave out."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.inputs import write_project
from generator.commands.check import check
from generator.commands.render import render

KIB = 1 << 10
FEW, MANY = 40, 80
"""Tasks of two projects: of both, artifacts are too many for their documents to be kept."""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    roots = [tmp_path_factory.mktemp("project") for _ in range(2)]
    for root, count in zip(roots, (FEW, MANY), strict=True):
        write_project(root, count, shared=False)
        assert render(str(root)).status == 0
    return roots


def render_anew(root: Path) -> None:
    shutil.rmtree(root / "rendered")
    assert len(render(str(root)).outcomes) in (3 * FEW, 3 * MANY)


def check_all(root: Path) -> None:
    assert check(str(root)).status == 0


def measure(run: Callable[[Path], None], root: Path) -> int:
    """Measure the most that a run has at once, in bytes."""
    tracemalloc.start()
    try:
        run(root)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("run", "most"), [(render_anew, 16), (check_all, 16)])
def test_each_further_artifact_takes_little_memory(run: Callable[[Path], None], most: int, roots: list[Path]) -> None:
    run(roots[0])  # loads what is loaded once

    few, many = (measure(run, root) for root in roots)
    each = (many - few) / (3 * (MANY - FEW))
    assert each < most * KIB, f"{each / KIB:.1f} KiB"
