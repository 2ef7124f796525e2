"""The files of a new project that are the same in each but for few words, and what is to be filled in."""

from __future__ import annotations

import json
import re

import pytest

from generator import __version__
from generator.adopt.init.owners import write_owners
from generator.adopt.init.settings import write_settings
from generator.adopt.init.template import name_repository
from generator.adopt.init.texts import TOP, find_gaps, write_sources, write_surroundings, write_workflow
from generator.documents.parsing.settings import parse_settings
from generator.model.findings import Source
from generator.model.new_project import NewProject
from generator.rules import RULES

SHOP = NewProject("shop")
FILLED = SHOP._replace(account="210987654321", owners=("@acme/live", "@somebody"), source="taskdef-copy==0.1.0")


def list_gaps(project: NewProject) -> list[tuple[str, str, str]]:
    """List each gap with the file and the line that it is in."""
    files = write_sources(project) | write_surroundings(project)
    return [
        (gap, place.file, files[place.file].splitlines()[place.line - 1].strip())
        for gap, place in find_gaps(project, files)
    ]


def test_gaps_are_what_nobody_has_answered() -> None:
    account = 'account: "123456789012" # an example: write your account'
    source = f"TASKDEF: git+https://git.example.org/platform/taskdef@v{__version__} # an example: write where pip gets taskdef from"
    assert list_gaps(SHOP) == [
        ("account", "environments/dev.yaml", account),
        ("account", "environments/test.yaml", account),
        ("account", "environments/prod.yaml", account),
        ("source", ".github/workflows/taskdef.yml", source),
        ("owners", ".github/CODEOWNERS", "# /rendered/prod/          @example-org/production"),
    ]
    assert list_gaps(FILLED) == []


def test_a_file_that_is_not_written_has_no_gap() -> None:
    files = {path: text for path, text in write_surroundings(SHOP).items() if path not in TOP}
    assert list(find_gaps(SHOP, files)) == []


def test_owners_guard_production_and_what_weakens_the_guard() -> None:
    lines = [line for line in write_owners(FILLED).splitlines() if not line.startswith("#")]
    assert lines == [
        "/rendered/prod/          @acme/live @somebody",
        "/environments/prod.yaml  @acme/live @somebody",
        "/taskdef.toml            @acme/live @somebody",
        "/.github/CODEOWNERS      @acme/live @somebody",
    ]


@pytest.mark.parametrize(
    ("environments", "production"),
    [
        (("dev", "test", "prod"), ("prod",)),
        (("prod-eu", "dev", "live"), ("prod-eu", "live")),
        (("a", "b"), ("b",)),
        (("dev",), ("dev",)),
    ],
)
def test_production_is_what_is_called_so_or_comes_last(
    environments: tuple[str, ...], production: tuple[str, ...]
) -> None:
    project = NewProject("shop", environments)
    assert project.production == production
    settings, findings = parse_settings(Source("taskdef.toml", write_settings(project)), None, rules=tuple(RULES))
    assert findings == () and settings.environment_order == environments
    assert dict(settings.environment_levels) == dict.fromkeys(production, (("W601", "error"),))


def test_settings_in_comments_are_right() -> None:
    lines = write_settings(SHOP).splitlines(keepends=True)
    text = "".join(line.removeprefix("# ") if "=" in line or "[" in line else line for line in lines)
    settings, findings = parse_settings(Source("taskdef.toml", text), None, rules=tuple(RULES))
    assert findings == () and settings.levels == (("W609", "warning"),)
    assert settings.confirm == ("live", "prd", "prod", "production") and len(settings.exceptions) == 1


def test_the_workflow_installs_what_it_is_given() -> None:
    assert '      TASKDEF: "a \\"b\\" # c"\n' in write_workflow('a "b" # c')


def test_renovate_is_there_on_demand() -> None:
    assert "renovate.json" not in write_surroundings(SHOP)
    assert {*write_surroundings(SHOP._replace(renovate=True))} - {*write_surroundings(SHOP)} == {"renovate.json"}


def test_the_configuration_of_renovate_finds_the_comment_in_the_first_overlay() -> None:
    project = FILLED._replace(renovate=True)
    (manager,) = json.loads(write_surroundings(project)["renovate.json"])["customManagers"]
    (pattern,) = manager["matchStrings"]
    found = re.findall(pattern.replace("(?<", "(?P<"), write_sources(project)["environments/dev.yaml"])
    assert [[part for part in each if part] for each in found] == [
        ["docker", "210987654321.dkr.ecr.us-east-1.amazonaws.com/shop", "v0.2.0"]
    ]


@pytest.mark.parametrize(
    ("name", "repository"),
    [("shop", "shop"), ("Shop", "shop"), ("a__b-_c", "a-b-c"), ("a_b-c", "a_b-c"), ("A_", "a"), ("8--", "8")],
)
def test_a_repository_is_named_as_ecr_has_it(name: str, repository: str) -> None:
    assert name_repository(name) == repository
