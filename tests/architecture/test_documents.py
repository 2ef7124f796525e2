"""Documents and data that come from code are those that the code gives now."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

import click
import pytest
import yaml

from generator.cli.groups import COMMANDS, load_command
from generator.ecs.shapes import shape, task_definition
from tests.unit.build.test_merging_rfc_7396 import EXAMPLES, SAME

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).relative_to(ROOT)


class Documents(Protocol):
    """The part of `scripts/generate_docs.py` that is used here."""

    def generate_documents(self) -> dict[str, str]: ...


class Shapes(Protocol):
    """The part of `scripts/generate_shapes.py` that is used here."""

    def generate_data(self) -> dict[str, str]: ...

    def generate_demands(self) -> str: ...


def load_script(name: str) -> ModuleType:
    """Load a script as a module; `scripts` is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_the_action_has_its_workflow_inputs_and_outputs() -> None:
    page = (ROOT / "docs" / "pull-requests.md").read_text(encoding="utf-8")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| `([a-z-]+)` \| .*$", page, re.MULTILINE)
    assert rows == [*action["inputs"], *action["outputs"]]
    for name, described in action["inputs"].items():
        if described["default"]:
            assert re.search(rf"^\| `{name}` \|[^|]*\| `{re.escape(described['default'])}` \|", page, re.MULTILINE), (
                name
            )
    assert (ROOT / "docs" / "examples" / "pull-request.yml").read_text(encoding="utf-8") in page


def test_documents_equal_a_fresh_generation() -> None:
    generated = cast(Documents, load_script("generate_docs")).generate_documents()
    assert {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in generated} == generated


INSIDES = re.compile(
    r"\bSentinel\b|\bUNSET\b|\bobject at 0x|<(?:function|bound method|module) |Default: `(?:None|True|False|\(\))`"
)
"""What only Python knows, where a value of ours is written into a text as it is."""


def test_no_generated_document_and_no_help_shows_insides_of_python() -> None:
    texts = cast(Documents, load_script("generate_docs")).generate_documents()
    for command in COMMANDS:
        texts[f"{command} --help"] = load_command(command).get_help(click.Context(load_command(command)))
    assert {name: found for name, text in texts.items() if (found := INSIDES.findall(text))} == {}


@pytest.fixture(scope="module")
def data() -> dict[str, str]:
    """The data files about the shapes as the installed botocore gives them now."""
    return cast(Shapes, load_script("generate_shapes")).generate_data()


def test_the_data_in_the_package_equals_a_fresh_generation(data: dict[str, str]) -> None:
    folder = ROOT / "generator" / "ecs"
    assert {name: (folder / name).read_text(encoding="utf-8") for name in data} == data


def test_the_demands_of_the_documentation_equal_a_fresh_generation() -> None:
    generated = cast(Shapes, load_script("generate_shapes")).generate_demands()
    assert (ROOT / "tests" / "architecture" / "demands.json").read_text(encoding="utf-8") == generated


def test_the_data_has_one_shape_a_line(data: dict[str, str]) -> None:
    lines = data["shapes.json"].splitlines()
    assert len(lines) == 4 + len(json.loads(data["shapes.json"])["shapes"]) + 1


def test_every_shape_is_found_from_the_document(data: dict[str, str]) -> None:
    found, waiting = set(), [task_definition()]
    while waiting:
        here = waiting.pop()
        found.add(here.name)
        below = [*here.members.values(), *([here.member] if here.member else [])]
        waiting += [shape(name) for name in below if name not in found]
    assert found == set(json.loads(data["shapes.json"])["shapes"])


def test_the_documented_table_of_rfc_7396_is_the_tested_one() -> None:
    rows = [
        f"| {number} | `{original}` | `{patch}` | {verdict if verdict == SAME else f'refused, {verdict}: {reason}'} |"
        for number, (original, patch, verdict, reason) in enumerate(EXAMPLES, 1)
    ]
    page = (ROOT / "docs" / "merge-patch.md").read_text(encoding="utf-8")

    assert [line for line in page.splitlines() if line.startswith("| ") and line[2].isdigit()] == rows


FOREIGN = re.compile(r"install\s[^\n`]*\btaskdef(\[|'|\b(?!/))")
"""A command that installs a package of our name from the public index, where that name is not ours."""


def test_no_text_installs_a_package_of_our_name_from_the_index() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    texts = [
        path
        for path in map(Path, listed.stdout.split("\0"))
        if path.suffix in {".md", ".py", ".yml", ".yaml", ".sh", ".j2"}
    ]
    assert {Path("README.md"), Path("generator/aws/calls/clients.py")} <= set(texts)
    found = {path: FOREIGN.findall((ROOT / path).read_text(encoding="utf-8")) for path in texts if path != HERE}
    assert {path: commands for path, commands in found.items() if commands} == {}


def test_only_the_decision_names_the_distribution_that_is_proposed() -> None:
    """Whoever takes the name before us would be installed in our place."""
    (proposed,) = re.findall(r"^# 11\. .*`([\w-]+)`$", (ROOT / DECISION).read_text(encoding="utf-8"), re.MULTILINE)
    pattern = f"(^|[^[:alnum:]-]){proposed}($|[^[:alnum:]-])"
    command = ["git", "grep", "--name-only", "--extended-regexp", "--untracked", pattern]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) == {DECISION, "docs/adr/README.md"}


DECISION = "docs/adr/0011-distribution-name.md"

ROOMS = sorted(path.parent.name for path in (ROOT / "generator").glob("*/__init__.py"))


def find_named(name: str) -> object:
    """Find what a dotted name below `generator` stands for: a module, or a name in it."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        module = ".".join(["generator", *parts[:count]])
        if importlib.util.find_spec("generator." + parts[0]) and can_import(module):
            found: object = importlib.import_module(module)
            for part in parts[count:]:
                found = getattr(found, part)
            return found
    raise AttributeError(name)


def can_import(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_names_of_code_in_a_document_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    names = [name for name in re.findall(r"`((?:\w+\.)+\w+)`", text) if name.split(".")[0] in ROOMS]
    names = [name for name in names if not name.endswith(".py")]
    assert names or document != "ARCHITECTURE.md"
    for name in names:
        find_named(name)
