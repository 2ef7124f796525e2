"""Laws of whole builds: what an artifact may depend on, and what may be in it."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import yaml
from hypothesis import given, strategies as st

from generator.build.pipeline import build_project
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.model.project import Build
from tests.laws.strategies import Drawn, documents, dump_yaml, patches, projects, shared_patches
from tests.support import make_project

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("dev", "prod", "test")
TASKS = ("one", "two")


def list_texts(built: Build) -> dict[str, str]:
    """The artifacts of a build that has no error, by path."""
    assert [finding for finding in built.findings if finding.severity == "error"] == []
    return {artifact.path: artifact.text for artifact in built.artifacts}


@given(projects(), st.permutations(ENVIRONMENTS))
def test_order_of_environments_changes_no_artifact(drawn: Drawn, order: list[str]) -> None:
    project = make_project(*drawn)

    assert list_texts(build_project(project, environments=order)) == list_texts(build_project(project))


@given(projects())
def test_artifact_is_the_same_alone_and_among_others(drawn: Drawn) -> None:
    project = make_project(*drawn)

    alone: dict[str, str] = {}
    for environment in ENVIRONMENTS:
        for task in TASKS:
            alone |= list_texts(build_project(project, environments=[environment], task=task))

    assert alone == list_texts(build_project(project))
    assert len(alone) == len(ENVIRONMENTS) * len(TASKS)


@given(projects())
def test_building_changes_no_project(drawn: Drawn) -> None:
    project = make_project(*drawn)
    before = copy.deepcopy(project)

    build_project(project)

    assert project == before


@given(projects())
def test_no_null_no_directive_and_no_id_is_in_an_artifact(drawn: Drawn) -> None:
    def walk(value: Value) -> None:
        assert value is not None
        for key, child in value.items() if isinstance(value, dict) else ():
            assert not key.startswith("$")
            walk(child)
        for child in value if isinstance(value, list) else ():
            walk(child)

    for text in list_texts(build_project(make_project(*drawn))).values():
        walk(json.loads(text))


@given(projects())
def test_artifact_taken_for_a_template_renders_to_itself(drawn: Drawn) -> None:
    first = list_texts(build_project(make_project(*drawn)))

    for text in first.values():
        again = build_project(make_project({"app.json.j2": text}, {"dev.yaml": ""}))
        assert list_texts(again) == {"rendered/dev/app.json": text}


@given(documents().flatmap(lambda document: st.tuples(st.just(document), patches(document))))
def test_patch_for_all_tasks_is_the_patch_of_each_task_and_of_a_file(drawn: tuple[Value, Value]) -> None:
    document, patch = drawn
    templates = {"app.json.j2": json.dumps(document)}
    ways = (
        {"dev.yaml": dump_yaml({"patch": patch})},
        {"dev.yaml": dump_yaml({"tasks": {"app": {"patch": patch}}})},
        {"dev.yaml": "", "dev/app.yaml": dump_yaml({"patch": patch})},
        {"_base.yaml": dump_yaml({"patch": patch}), "dev.yaml": "extends: _base"},
    )

    first, *others = (list_texts(build_project(make_project(templates, overlays))) for overlays in ways)

    assert others == [first] * 3


@given(shared_patches())
def test_anchors_expanded_by_hand_give_the_same_bytes(drawn: tuple[Value, Value]) -> None:
    document, patch = drawn
    later = "extends: _base\npatch:\n  containerDefinitions: {one: {image: other, dockerLabels: {only: one}}}\n"
    by_alias = dump_yaml({"patch": patch})
    by_hand = dump_yaml({"patch": json.loads(json.dumps(patch))})
    assert "*id001" in by_alias and "*id" not in by_hand

    built = [
        list_texts(
            build_project(make_project({"app.json.j2": json.dumps(document)}, {"_base.yaml": base, "dev.yaml": later}))
        )
        for base in (by_alias, by_hand)
    ]

    assert built[0] == built[1]


@given(documents().flatmap(lambda document: st.tuples(st.just(document), patches(document))), shared_patches())
def test_both_yaml_loaders_give_the_same_nodes(drawn: tuple[Value, Value], shared: tuple[Value, Value]) -> None:
    for patch in (drawn[1], shared[1]):
        source = Source("environments/dev.yaml", dump_yaml(patch))
        assert parse_yaml(source) == parse_yaml(source, loader=yaml.SafeLoader)


SHOW_ALL = """
import sys
from pathlib import Path
import yaml
if "pure" in sys.argv:
    vars(yaml).pop("CSafeLoader", None)
from generator.project.loading import load_project
from generator.build.pipeline import build_project
from generator.model.findings import InputError
for folder in sorted(path for kind in ("golden", "errors") for path in Path("tests", kind).glob("*/")):
    try:
        built = build_project(load_project(str(folder)))
    except InputError as error:
        print(folder, error)
        continue
    print(folder, built.findings, *(artifact.text for artifact in built.artifacts))
"""
"""Prints all that is built, and all that is found, for the projects of tests/golden and tests/errors."""


def show_all(seed: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SHOW_ALL, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("tests/golden/") >= 25 and done.stdout.count("tests/errors/") >= 25
    return done.stdout


def test_hash_seed_changes_no_artifact_and_no_finding() -> None:
    assert show_all("1") == show_all("2")


def test_yaml_loader_changes_no_artifact_and_no_finding() -> None:
    assert show_all("1") == show_all("1", "pure")
