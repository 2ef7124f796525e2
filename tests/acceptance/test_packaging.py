"""The wheel has all that is needed, and what is installed from it runs anywhere."""

from __future__ import annotations

from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

import generator
from tests.acceptance.running import ROOT, Runner


def test_the_wheel_contains_the_whole_package_and_nothing_else(wheel: Path) -> None:
    files = (path for path in (ROOT / "generator").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == {path.relative_to(ROOT).as_posix() for path in files}
    data = {"generator/py.typed", "generator/ecs/shapes.json", "generator/ecs/documentation.json"}
    data |= {f"generator/reports/matrix/page.{ending}" for ending in ("css", "html.j2", "js")}
    assert data <= packed


def test_the_wheel_says_what_it_is_and_what_it_needs(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        folder = f"taskdef-{generator.__version__}.dist-info"
        metadata = Parser().parsestr(archive.read(f"{folder}/METADATA").decode())
        scripts = archive.read(f"{folder}/entry_points.txt").decode().split("\n")
    needed = [text.partition(";")[0] for text in metadata.get_all("Requires-Dist", []) if "extra ==" not in text]
    assert sorted(text.split(">")[0].strip() for text in needed) == ["click", "deepmerge", "jinja2", "pyyaml"]
    assert (metadata["Name"], metadata["Version"]) == ("taskdef", generator.__version__)
    assert (metadata["Requires-Python"], metadata["License-Expression"]) == (">=3.11", "Apache-2.0")
    assert "taskdef=generator.__main__:main" in scripts


@pytest.mark.parametrize(
    "command",
    [["taskdef", "--version"], ["python", "-m", "generator", "--version"]],
    ids=["taskdef", "python -m generator"],
)
def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path, command: list[str]) -> None:
    said = Runner(tmp_path, {}).demand(installed / "bin" / command[0], *command[1:])
    assert said.split()[-1] == generator.__version__


def test_the_installed_command_renders_what_is_committed(runner: Runner, installed: Path, tmp_path: Path) -> None:
    outside = Runner(tmp_path, {})
    said = outside.demand(installed / "bin" / "taskdef", "render", "--project", runner.folder)
    assert said.splitlines() == [
        f"unchanged rendered/{environment}/trading-bot-task.json" for environment in ("dev", "prod", "test")
    ]
