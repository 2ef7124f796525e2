"""ECS takes the artifacts: by the AWS command line, by `make register-ENV`, and by botocore's own validator."""

from __future__ import annotations

import json
from pathlib import Path

import botocore.session
import pytest
from botocore.validate import ParamValidator

from generator.model.nodes import Value
from tests.acceptance.running import BIN, ROOT, Ecs, Runner, replace_line

ENVIRONMENTS = ("dev", "prod", "test")
TASK = "trading-bot-task"


def make(runner: Runner, installed: Path, target: str) -> list[str | Path]:
    """The command that runs one of our targets with the installed wheel."""
    (installed / ".aws").touch()  # says that what the Makefile needs is installed
    return ["make", "--silent", f"VENV={installed}", "AWS_FLAGS=--yes", target]


def keep_named(answer: Value, sent: Value) -> Value:
    """Reduce an answer to the members that were sent, since ECS adds defaults."""
    if isinstance(answer, dict) and isinstance(sent, dict):
        return {member: keep_named(value, sent[member]) for member, value in answer.items() if member in sent}
    if isinstance(answer, list) and isinstance(sent, list) and len(answer) == len(sent):
        return [keep_named(*pair) for pair in zip(answer, sent, strict=True)]
    return answer


def test_there_is_one_artifact_an_environment() -> None:
    found = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "rendered").rglob("*.*"))
    assert found == [f"rendered/{environment}/{TASK}.json" for environment in ENVIRONMENTS]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_aws_command_line_registers_an_artifact(runner: Runner, ecs: Ecs, environment: str) -> None:
    file = f"file://rendered/{environment}/{TASK}.json"
    said = runner.demand(BIN / "aws", "ecs", "register-task-definition", "--cli-input-json", file)
    sent = json.loads((ROOT / "rendered" / environment / f"{TASK}.json").read_text(encoding="utf-8"))
    answer = json.loads(said)["taskDefinition"]
    assert (answer["family"], answer["revision"]) == (f"trading-bot-{environment}", 1)
    assert keep_named(answer, sent) == sent


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_make_register_registers_once(runner: Runner, installed: Path, ecs: Ecs, environment: str) -> None:
    command = make(runner, installed, f"register-{environment}")
    arn = f"arn:aws:ecs:us-east-1:123456789012:task-definition/trading-bot-{environment}:1"
    assert runner.demand(*command) == f"registered {environment}/{TASK} as {arn}\n"
    assert runner.demand(*command) == f"unchanged {environment}/{TASK} as {arn}\n"
    assert ecs.list_revisions(runner) == [f"trading-bot-{environment}:1"]


def test_make_register_registers_nothing_when_the_artifact_is_not_what_the_sources_give(
    runner: Runner, installed: Path, ecs: Ecs
) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: TRACE")
    done = runner.run(*make(runner, installed, "register-dev"))
    assert (done.status, "LOG_LEVEL" in done.out, ecs.list_revisions(runner)) == (2, True, [])


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_botocore_accepts_an_artifact(environment: str) -> None:
    service = botocore.session.get_session().get_service_model("ecs")
    document = json.loads((ROOT / "rendered" / environment / f"{TASK}.json").read_text(encoding="utf-8"))
    shape = service.operation_model("RegisterTaskDefinition").input_shape
    assert ParamValidator().validate(document, shape).generate_report() == ""
