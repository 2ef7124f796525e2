"""AWS answers what nobody can read, or nulls where a member should be: a line says so, and what was done before it is told."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Raw, Recorded, Steps
from tests.acceptance.running import Done, Runner
from tests.acceptance.scenes import FAMILY, TASK, deployment, describe_service, name_arn, older, play_account, services

DESCRIBE, REGISTER = "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"
LOOK, UPDATE = "ecs:DescribeServices", "ecs:UpdateService"
NAME = f"dev/{TASK}"
HELP = "  help: check `--endpoint-url`, or the proxy in between\n"
PAGE = Raw(b"<!doctype html><title>Sign in</title>")
WRONG = Raw(b'{"taskDefinition": {"containerDefinitions": "none"}}')
BEFORE = describe_service(deployment(4, 1, "COMPLETED"))
BEGUN = describe_service(deployment(5), older(4))
STEADY = describe_service(deployment(5, 1, "COMPLETED"))


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("show", "dev"), WRONG),
        (("diff", "dev:3", "dev"), PAGE),
        (("revisions", "dev"), WRONG),
        (("register", "dev"), Raw(b"[]", 400)),
        (("deploy", "dev"), PAGE),
    ],
)
def test_what_nobody_can_read_is_told_in_a_line(
    runner: Runner, aws: Recorded, words: tuple[str, ...], answer: Answer
) -> None:
    aws.play({**play_account(), LOOK: [services(BEFORE)], DESCRIBE: [answer]})
    done = runner.run("taskdef", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"error: the answer to `{DESCRIBE}` does not look like one from AWS\n{HELP}"


@pytest.mark.parametrize("answer", [PAGE, Raw(b"{}"), Raw(b"")], ids=["a page", "no revision", "nothing"])
def test_what_was_perhaps_registered_is_told(runner: Runner, aws: Recorded, answer: Answer) -> None:
    aws.play({**play_account(), REGISTER: [answer]})
    done = runner.run("taskdef", "register", "dev")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"error: `{NAME}` may have been registered: ")
    assert done.err.endswith(f"  help: `taskdef revisions {NAME}` shows whether it is there\n")
    assert len(aws.list_calls(REGISTER)) == 1


def test_what_is_there_was_registered_though_its_answer_tells_nothing(runner: Runner, aws: Recorded) -> None:
    account = play_account()
    asked: list[Value] = []

    def register(parameters: Value) -> Answer:
        asked.append(parameters)
        call(account[REGISTER], parameters)
        return PAGE

    def describe(parameters: Value) -> Answer:
        answer = call(account[DESCRIBE], parameters)
        return {**answer, "tags": asked[-1]["tags"]} if asked and isinstance(answer, dict) else answer

    aws.play({**account, REGISTER: register, DESCRIBE: describe})
    assert runner.run("taskdef", "register", "dev") == Done(
        0, f"registered {NAME} as {name_arn(5)}\n", "1 registered\n"
    )


def call(steps: Steps, parameters: Value) -> Answer:
    assert callable(steps)
    return steps(parameters)


@pytest.mark.parametrize("answer", [PAGE, Raw(b'{"service": []}')], ids=["a page", "a wrong type"])
def test_a_deployment_that_began_is_waited_for_though_its_answer_tells_nothing(
    runner: Runner, aws: Recorded, answer: Answer
) -> None:
    looks = [services(BEFORE), services(BEFORE), services(BEGUN), services(STEADY)]
    aws.play({**play_account(), UPDATE: [answer], LOOK: looks})
    done = runner.run("taskdef", "deploy", "dev", "--interval", "0.1")
    assert (done.status, done.out.split(":")[0]) == (0, f"steady {NAME}"), done
    assert len(aws.list_calls(UPDATE)) == 1


def test_what_was_done_is_told_though_nobody_can_read_what_comes_next(runner: Runner, aws: Recorded) -> None:
    aws.play({**play_account(), UPDATE: [{"service": BEGUN}], LOOK: [services(BEFORE), services(BEFORE), PAGE]})
    done = runner.run("taskdef", "deploy", "dev", "--interval", "0.1")
    assert done.status == 2
    assert done.err.startswith(f"registered {NAME} as {name_arn(5)}\n")
    assert done.out == (
        f"unwatched {NAME}: the answer to `{LOOK}` does not look like one from AWS; "
        f"the deployment of {name_arn(5)} continues\n"
        "  help: check `--endpoint-url`, or the proxy in between; "
        f"then `taskdef deploy {NAME}` waits for it again\n"
    )


def test_nulls_make_no_difference(runner: Runner, aws: Recorded) -> None:
    account = play_account(same=True)

    def describe(parameters: Value) -> Answer:
        answer = call(account[DESCRIBE], parameters)
        assert isinstance(answer, dict)
        told = {**answer["taskDefinition"], "registeredAt": 0, "volumes": None}
        container = told["containerDefinitions"][0]
        container["user"] = container["logConfiguration"]["options"]["none"] = None
        for items in (told["containerDefinitions"], told["requiresCompatibilities"], container["environment"]):
            items.append(None)
        return Raw(json.dumps({"taskDefinition": told, "tags": [None]}).encode())

    aws.play(
        {
            **account,
            DESCRIBE: describe,
            LOOK: [services(BEFORE)],
            "ecs:ListServices": [{"serviceArns": []}],
            "ecs:ListTasks": [{"taskArns": []}],
        }
    )
    artifact = (runner.folder / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8")
    assert runner.run("taskdef", "diff", "dev:4", "dev").out == f"{TASK}, {FAMILY}:4 → dev: no difference\n"
    assert runner.run("taskdef", "show", "dev:4").out == artifact
    assert runner.run("taskdef", "register", "dev").out == f"unchanged {NAME} as {name_arn(4)}\n"
    assert runner.run("taskdef", "revisions", "dev").status == 0
