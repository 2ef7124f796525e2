"""A temporary file is removed only if it has our form of name, is old, is a regular file, and its run is over."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator.project.leftovers import find_leftovers, name_temporary, remove_leftovers

OVER = 4194305
"""A number that no process of Linux has."""


def lay_down(path: Path, hours: float = 2.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


@pytest.mark.parametrize(
    ("path", "hours", "found"),
    [
        (f"rendered/dev/.app.json.taskdef.{OVER}.0.tmp", 2.0, True),
        (f"rendered/.dev.yaml.taskdef.{OVER}.999.tmp", 2.0, True),
        ("rendered/dev/.app.json.taskdef.OWN.0.tmp", 2.0, True),  # of a run before us, as in a container
        ("rendered/dev/.app.json.taskdef.9999999999.0.tmp", 2.0, True),
        ("rendered/dev/.app.json.taskdef.PARENT.0.tmp", 2.0, False),
        (f"rendered/dev/.app.json.taskdef.{OVER}.0.tmp", 0.9, False),
        (f"rendered/dev/app.json.taskdef.{OVER}.0.tmp", 2.0, False),
        (f"rendered/dev/.app.json.taskdef.0{OVER}.0.tmp", 2.0, False),
        ("rendered/dev/.app.json.taskdef.0.0.tmp", 2.0, False),
        (f"rendered/dev/.app.json.taskdef.{OVER}.1000.tmp", 2.0, False),
        (f"rendered/dev/.app.json.{OVER}.0.tmp", 2.0, False),
        (f"rendered/dev/.taskdef.{OVER}.0.tmp", 2.0, False),
        (f"rendered/.git/.app.json.taskdef.{OVER}.0.tmp", 2.0, False),
        (f"rendered/dev/deep/.app.json.taskdef.{OVER}.0.tmp", 2.0, False),
        (f"templates/.app.json.taskdef.{OVER}.0.tmp", 2.0, False),
    ],
)
def test_what_a_killed_run_left_behind_is_found_by_name_age_and_process(
    tmp_path: Path, path: str, hours: float, *, found: bool
) -> None:
    path = path.replace("OWN", str(os.getpid())).replace("PARENT", str(os.getppid()))
    lay_down(tmp_path / path, hours)
    left = find_leftovers(str(tmp_path), ("rendered",), now=time.time())
    assert left == ((path,) if found else ())
    assert remove_leftovers(str(tmp_path), left) == left
    assert (tmp_path / path).exists() is not found


def test_only_regular_files_that_no_link_leads_to_are_found_and_removed(tmp_path: Path) -> None:
    name = f".app.json.taskdef.{OVER}.0.tmp"
    lay_down(tmp_path / "elsewhere" / name)
    (tmp_path / "rendered/dev" / name).mkdir(parents=True)
    (tmp_path / "rendered/prod").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "rendered" / name).symlink_to(tmp_path / "elsewhere" / name)
    late = time.time() + 7200
    assert find_leftovers(str(tmp_path), ("rendered", "none"), now=late) == ()
    assert find_leftovers(str(tmp_path / "rendered"), ("prod",), now=late) == ()
    paths = [f"rendered/{folder}{name}" for folder in ("dev/", "prod/", "")]
    assert remove_leftovers(str(tmp_path), paths) == ()
    assert (tmp_path / "elsewhere" / name).exists()


def test_temporary_files_are_named_so_that_they_are_found() -> None:
    assert name_temporary("app.json", 3) == f".app.json.taskdef.{os.getpid()}.3.tmp"
