"""Commands import only what they need: a list of modules guards start-up better than a clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.groups import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (
    "generator.build.secrets",
    "generator.documents.hiding",
    "generator.model.secrets.names",
    "generator.model.secrets.scanning",
)
COMMAND = "from generator.__main__ import main; main()"


def list_imports(program: str, *arguments: str) -> set[str]:
    """Run Python code in a process of its own, and list every module it imported."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "CI": "true"},  # so that no run is remembered
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rows = [row for row in done.stderr.splitlines() if row.startswith("import time:")]
    return {row.rpartition("|")[2].strip() for row in rows} - {"imported package"}


def test_asking_for_the_version_imports_nothing_but_the_manifest() -> None:
    added = list_imports(COMMAND, "--version") - list_imports("import _blake2, gc")
    modules = {"generator", "generator.__main__", "generator.project", "generator.project.manifest"}
    assert added == {"__future__", *modules}


def test_what_click_answers_imports_no_command() -> None:
    added = list_imports(COMMAND, "--project", ".", "--version") - list_imports("import click")
    assert {name for name in added if name.startswith("generator")} <= {
        "generator",
        "generator.__main__",
        "generator.cli",
        "generator.cli.clock",
        "generator.cli.groups",
        "generator.cli.options",
        "generator.project",
        "generator.project.manifest",
        "generator.reports",
    }
    assert added & {"dataclasses", "deepmerge", "importlib.metadata", "jinja2", "json", "pathlib", "yaml"} == set()


@pytest.mark.parametrize(
    ("word", "loaded"), [("--version", set()), ("rules", {"rules"}), ("render", {"render"}), ("--help", set(COMMANDS))]
)
def test_a_command_is_imported_when_it_is_called_or_for_help(word: str, loaded: set[str]) -> None:
    # Python's own list of imports lacks what `import_module` loads.
    program = "import sys; from generator.cli import main; main(); sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program, word], cwd=ROOT, capture_output=True, text=True)
    assert {name for name, module in COMMANDS.items() if module in done.stderr.split()} == loaded


@pytest.mark.parametrize("text", [None, "", '[project]\nname = "x"\ndependencies = ["taskdef"]\n'])
def test_the_toml_parser_is_not_loaded_for_nothing(text: str | None) -> None:
    program = f"""
from generator.model.findings import Source
from generator.documents.parsing.settings import parse_settings
text = {text!r}
parse_settings(None, None if text is None else Source("pyproject.toml", text))
"""
    imported = list_imports(program)
    assert ("generator.documents.parsing.settings" in imported, "tomllib" in imported) == (True, False)


def test_suppressing_is_not_loaded_where_nothing_is_suppressed() -> None:
    program = """
from tests.support import make_project
from generator.build.pipeline import build_project
template = '{"family": "web", "containerDefinitions": []}'
build_project(make_project({"web.json.j2": template}, {"dev.yaml": "# ignore[W601]"}))
"""
    imported = list_imports(program)
    assert ("generator.build.pipeline" in imported, "generator.build.suppressing" in imported) == (True, False)


@pytest.mark.parametrize("words", [("check",), ("render",), ("explain", "dev")], ids=lambda words: words[0])
def test_rendering_of_patches_is_not_loaded_where_none_is_rendered(words: tuple[str, ...]) -> None:
    imported = list_imports(COMMAND, *words)
    unwanted = {
        "generator.build.rendered_patches",
        "generator.build.rendering.texts",
        "generator.build.rendering.text_places",
    }
    assert ("generator.build.pipeline" in imported, imported & unwanted) == (True, set())


@pytest.mark.parametrize("command", ["check", "render"])
def test_rendering_imports_nothing_that_only_findings_need(command: str) -> None:
    imported = list_imports(COMMAND, command)
    unwanted = {"argparse", "asyncio", "difflib", "importlib.metadata", "logging", "pathlib", "pkgutil", "tomllib"}
    unwanted |= {*SECRETS, "generator.reports.github", "generator.reports.json", "subprocess"}
    libraries = list_imports("import click, jinja2, yaml, deepmerge, json")
    assert sorted((imported - libraries) & unwanted) == []


def test_linting_imports_no_library_but_click() -> None:
    imported = list_imports(COMMAND, "lint", "rendered")
    unwanted = {"deepmerge", "difflib", "glob", "gzip", "jinja2", "tomllib", "yaml"}
    unwanted |= {
        "generator.reports.pages",
        "generator.review.fix",
        *SECRETS,
        "generator.build.merging",
        "generator.build.pipeline",
    }
    assert sorted(imported & unwanted) == []


def test_rendering_imports_few_modules_beyond_its_libraries() -> None:
    libraries = list_imports("import click, jinja2, yaml, deepmerge, json")
    foreign = {name for name in list_imports(COMMAND, "check") - libraries if not name.startswith("generator")}
    assert len(foreign) <= 8, sorted(foreign)


@pytest.mark.parametrize(
    "words", [("render",), ("check",), ("diff", "dev", "dev"), ("explain", "dev")], ids=lambda words: words[0]
)
def test_what_asks_no_aws_imports_nothing_of_it(words: tuple[str, ...]) -> None:
    homes = ("boto3", "botocore", "generator.aws", "generator.commands.account.revision_sides")
    assert sorted(name for name in list_imports(COMMAND, *words) if name.startswith(homes)) == []


def test_rendering_loads_nothing_that_only_watching_needs() -> None:
    homes = (
        "watchfiles",
        "anyio",
        "generator.build.remembering",
        "generator.project.watching",
        "generator.cli.watching",
    )
    imported = list_imports(COMMAND, "render")
    assert "generator.commands.render" in imported
    assert sorted(name for name in imported if name.startswith(homes)) == []


@pytest.mark.parametrize(("words", "most"), [("diff dev prod", 34), ("explain prod", 40), ("matrix", 45)])
def test_reports_compile_few_expressions(words: str, most: int) -> None:
    program = f"""
import gc, sys
from generator.cli import main
from generator.model.patterns import Pattern
main({words.split()!r})
patterns = [each for each in gc.get_objects() if isinstance(each, Pattern)]
sys.stderr.write(f"{{len(patterns)}} {{sum('compiled' in vars(each) for each in patterns)}}")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    there, compiled = map(int, done.stderr.splitlines()[-1].split()[-2:])
    assert there > 100
    assert compiled <= most


def test_comparing_environments_loads_nothing_that_only_files_and_findings_need() -> None:
    names = ("build.described", "build.unreached", "documents.recognizing", "ecs.placeholders", "reports.others")
    assert list_imports(COMMAND, "diff", "dev", "dev") & {f"generator.{name}" for name in names} == set()
