"""`taskdef import` with registered revisions over HTTP: beside files, by ARN, and where there is none."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.acceptance.running import BIN, Ecs, Runner

pytestmark = pytest.mark.usefixtures("nowhere")

REGION = "us-east-1"
CONTAINER: Value = {"name": "web", "image": "registry.example.com/web:1.4", "memory": 128}
WEB: Value = {"requiresCompatibilities": ["EC2"], "containerDefinitions": [CONTAINER]}


def register(runner: Runner, family: str, **more: Value) -> str:
    """Register a revision with the AWS command line, and give its ARN."""
    file = runner.folder / "given.json"
    file.write_text(json.dumps({"family": family, **WEB, **more}), encoding="utf-8")
    done = runner.demand(BIN / "aws", "ecs", "register-task-definition", "--cli-input-json", "file://given.json")
    return str(json.loads(done)["taskDefinition"]["taskDefinitionArn"])


def test_revisions_are_imported_beside_files(runner: Runner, ecs: Ecs) -> None:
    register(runner, "dev-web")
    arn = register(runner, "prod-web", tags=[{"key": "team", "value": "shop"}])
    (runner.folder / "qa.json").write_text(json.dumps({"family": "qa-web", **WEB}), encoding="utf-8")
    words = ("import", "--env", "qa=qa.json", "--env", "dev=dev-web:1", "--env", f"prod={arn}", "--project", "new")
    (runner.folder / "new").mkdir()
    done = runner.run("taskdef", *words, "--region", REGION)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("dev, prod and qa: 3 of 3 artifacts equal their files\n")
    assert "skipped in prod: " in done.out and "members that only ECS sets" in done.out
    made = json.loads((runner.folder / "new" / "rendered" / "prod" / "web.json").read_text(encoding="utf-8"))
    filled = {**CONTAINER, "cpu": 0, "essential": True}  # by ECS
    assert made["containerDefinitions"] == [filled]
    assert (made["family"], made["tags"]) == ("prod-web", [{"key": "team", "value": "shop"}])
    assert (runner.folder / "new" / "environments" / "qa.yaml").exists()


def test_tags_of_ours_do_not_become_part_of_the_sources(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "dev")
    done = runner.run("taskdef", "import", "--env", "dev=trading-bot-dev:1", "--task", "copy", "--dry-run")
    assert done.status == 0 and "taskdef:" not in done.out and '"family": "trading-bot-dev"' in done.out


def test_a_file_of_that_name_goes_first(runner: Runner) -> None:
    (runner.folder / "web:1").write_text(json.dumps({"family": "web", **WEB}), encoding="utf-8")
    assert runner.run("taskdef", "import", "--env", "x=web:1", "--task", "copy", "--dry-run").status == 0


def test_a_revision_that_there_is_not_is_said_so(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "import", "--env", "x=web:7", "--task", "copy", "--region", REGION)
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[0] == "error: there is no revision `web:7` in account 123456789012, us-east-1"


def test_an_account_that_is_not_the_environments_is_refused(runner: Runner, ecs: Ecs) -> None:
    file = runner.folder / "environments" / "dev.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("123456789012", "999999999999"), encoding="utf-8")
    done = runner.run("taskdef", "import", "--env", "dev=trading-bot-dev:1", "--task", "copy", "--dry-run")
    assert done.status == 1 and "`dev` is in account 999999999999, and this is 123456789012" in done.out + done.err


def test_secrets_of_a_revision_are_masked(runner: Runner, ecs: Ecs) -> None:
    container = {**CONTAINER, "environment": [{"name": "DB_PASSWORD", "value": "Tr0ub4dor-one"}]}
    register(runner, "dev-web", containerDefinitions=[container])
    done = runner.run("taskdef", "import", "--env", "x=dev-web:1", "--task", "copy", "--dry-run", "--region", REGION)
    assert done.status == 0 and "Tr0ub4dor" not in done.out + done.err and "***" in done.out
