"""`render --jobs N` gives what one process gives, whatever is wrong in which task."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.process import Project

TASKS = [f"task{number:02}" for number in range(60)]
TEMPLATE = json.dumps(
    {
        "family": "NAME-{{ env }}",
        "memory": "512",
        "containerDefinitions": [
            {"name": "app", "image": "app:{{ image }}", "environment": [{"name": "DB_PASSWORD", "value": "{{ word }}"}]}
        ],
    },
    indent=1,
)
RIGHT = {
    "environments/dev.yaml": "vars: {image: dev, word: one}\n",
    "environments/prod.yaml": "vars: {image: v1, word: two}\n",
    "environments/test.yaml": "vars: {image: v2, word: three}\n",
    "taskdef.toml": "[rules]\nW602 = 'off'\nW623 = 'off'\n",
    **{f"templates/{task}.json.j2": TEMPLATE.replace("NAME", task) for task in TASKS},
}

STATES: dict[str, dict[str, str]] = {
    "right": {},
    "warnings in the first and the last": {
        f"templates/{task}.json.j2": RIGHT[f"templates/{task}.json.j2"].replace("app:{{ image }}", "app")
        for task in (TASKS[0], TASKS[30], TASKS[-1])
    },
    "the same warning everywhere": {"environments/prod.yaml": "vars: {image: latest, word: two}\n"},
    "suppressions with a use and without": {
        f"templates/{task}.json.j2": RIGHT[f"templates/{task}.json.j2"]
        .replace('   "image"', '{# taskdef: ignore[W601] it stays #}\n   "image"')
        .replace("app:{{ image }}", image)
        for task, image in ((TASKS[0], "app:v1"), (TASKS[-2], "app"), (TASKS[-1], "app:v1"))
    },
    "a patch that only one task needs": {
        "environments/dev.yaml": "vars: {image: dev, word: one}\npatch:\n  containerDefinitions:\n    side:\n      user: null\n",
        f"templates/{TASKS[-1]}.json.j2": RIGHT[f"templates/{TASKS[-1]}.json.j2"].replace(
            '"containerDefinitions": [', '"containerDefinitions": [{"name": "side", "user": "u", "image": "a:v1"},'
        ),
    },
    "a patch that no task needs": {
        "environments/dev.yaml": "vars: {image: dev, word: one}\npatch:\n  containerDefinitions:\n    side:\n      user: null\n",
    },
    "errors in two": {
        f"templates/{TASKS[1]}.json.j2": '{"family": {{ nothing }}}\n',
        f"templates/{TASKS[58]}.json.j2": RIGHT[f"templates/{TASKS[58]}.json.j2"].replace('"512"', '"many-two"'),
    },
    "an expression in the patch of one task": {
        f"environments/dev/{TASKS[-1]}.yaml": "patch:\n  family: 'a b {{ env }}'\n",
    },
}


@pytest.mark.parametrize("state", STATES)
def test_any_number_of_processes_gives_the_same(state: str, project: Project) -> None:
    project.write({**RIGHT, **STATES[state]})
    seen = []
    for jobs in ("1", "2", "7", "64"):
        shutil.rmtree(project.folder / "rendered", ignore_errors=True)
        done = project.run("render", "--jobs", jobs, "--format", "json")
        said = project.run("render", "--jobs", jobs, "--stdout")
        seen.append((done, said, project.read()))
    assert seen[1:] == seen[:1] * 3


def test_a_few_artifacts_need_no_other_process(project: Project) -> None:
    assert project.run("render").status == 0
    assert project.run("render", "-j", "8") == project.run("render")


@pytest.mark.parametrize("jobs", ["0", "65", "two"])
def test_a_wrong_number_is_refused(jobs: str, project: Project) -> None:
    done = project.run("render", "--jobs", jobs)
    assert (done.status, done.out) == (2, "")
    assert "--jobs" in done.err


PROGRAM = """
import os, sys
from generator.build.parts import Workers
from generator.build.planning import plan_project
from generator.build.streaming import build_texts
from generator.project.loading import load_project
from generator.project.processes import run_beside

here = os.getpid()

def run(works, own):
    def guard(work):
        def elsewhere():
            assert os.getpid() != here, "it was lost, and is built once more"
            return work()
        return elsewhere
    return run_beside([guard(work) for work in works], own)

def build(workers):
    planned = plan_project(load_project("."))
    events = []
    built = build_texts(planned, workers=workers, least="note", on_event=events.append)
    return built.findings, built.planned, built.artifacts, built.secrets.look(), sorted(map(repr, events))

assert build(None) == build(Workers(3, run))
"""


@pytest.mark.parametrize("state", STATES)
def test_all_that_a_process_found_comes_from_it(state: str, project: Project) -> None:
    project.write({**RIGHT, **STATES[state]})
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=project.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
