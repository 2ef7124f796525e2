"""With boto3 1.40.0, the oldest that is admitted, members that its model does not know are compared like all others."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from generator.model.nodes import Value
from tests.acceptance.peers import OLDEST
from tests.acceptance.recorded import Answer, Raw, Recorded, Scenario, Step
from tests.acceptance.running import ROOT, Runner
from tests.acceptance.scenes import (
    CLUSTER,
    FAMILY,
    SERVICE,
    TASK,
    deployment,
    describe_service,
    older,
    play_account,
    services,
)
from tests.acceptance.test_courses import HELD, HOOK, PAUSED, course, play as play_course

ISOLATED: Value = {"trustedExecutionConfiguration": {"isolationMode": "ISOLATED_SANDBOX"}}
"""A member that botocore 1.44.5 knows, and 1.40.0 does not."""

ADMITTED = "  # taskdef: ignore[E468] Fargate does not have it, and nobody here asks it"

NEWER: Value = {"futureMember": {"level": "high"}}
"""A member that no model knows yet."""


@pytest.fixture
def elder(runner: Runner, aged: Path, recorded: Recorded) -> Runner:
    """Runs programs with the oldest boto3, which talk to an AWS from a script."""
    path = os.pathsep.join([str(aged / "bin"), os.environ["PATH"]])
    runner.environment.update({**recorded.environment, "PATH": path})
    said = runner.demand("python", "-c", "import boto3, botocore; print(boto3.__version__, botocore.__version__)")
    assert said == "1.40.0 1.40.0\n"
    return runner


def play(*, added: Value, to: tuple[int, ...]) -> Scenario:
    """A service that runs revision 4, which is what is committed; some revisions have a member more."""
    account = play_account(4, same=True)
    find = account["ecs:DescribeTaskDefinition"]
    assert callable(find)

    def describe(asked: Value) -> Answer:
        answer = find(asked)
        assert isinstance(answer, dict)
        revision = answer["taskDefinition"]
        if revision["revision"] in to:
            revision |= added
        if added == NEWER:  # which no model that an answer could be checked against has
            return Raw(json.dumps({"taskDefinition": {**revision, "registeredAt": 1764000000}}).encode())
        return answer

    now, begun = describe_service(deployment(4, 1, "COMPLETED")), describe_service(deployment(3), older(4))
    steady = describe_service(deployment(3, 1, "COMPLETED"))
    return {
        **account,
        "ecs:DescribeTaskDefinition": describe,
        "ecs:DescribeServices": [Step(services(now), until="ecs:UpdateService"), services(begun), services(steady)],
        "ecs:UpdateService": [{"service": begun}],
    }


MEMBERS: dict[str, tuple[Value, str, list[str]]] = {
    "that a newer boto3 knows": (
        ISOLATED,
        "trustedExecutionConfiguration.isolationMode: ISOLATED_SANDBOX → –",
        [],
    ),
    "that nobody knows": (
        NEWER,
        "futureMember.level: high → –",
        ["  note: `futureMember` is a member that taskdef does not know, so any other value counts as a difference"],
    ),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_that_was_taken_away_is_no_unchanged(elder: Runner, recorded: Recorded, name: str) -> None:
    added, line, notes = MEMBERS[name]
    recorded.play(play(added=added, to=(4,)))
    done = elder.run("taskdef", "register", "dev", "--dry-run", "--why")
    assert (done.status, done.out.splitlines()[0].partition(" with ")[0]) == (
        0,
        f"would call ecs:RegisterTaskDefinition for `{FAMILY}`",
    )
    done = elder.run("taskdef", "diff", "dev:live")
    assert (done.status, done.out.splitlines()) == (
        1,
        [
            f"{TASK}, dev:live ({FAMILY}:4) → dev: 1 field differs",
            "  the task",
            f"    {line}",
            *notes,
            f"  note: the service `{SERVICE}` in the cluster `{CLUSTER}` runs `{FAMILY}:4`",
        ],
    )


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_that_is_admitted_and_registered_is_unchanged(elder: Runner, recorded: Recorded, name: str) -> None:
    added, _, _ = MEMBERS[name]
    with (elder.folder / "environments" / "dev.yaml").open("a", encoding="utf-8") as overlay:
        overlay.write("".join(f"  {member}: {json.dumps(value)}{ADMITTED}\n" for member, value in added.items()))
    (elder.folder / "taskdef.toml").write_text(f"allow_members = {[*added, 'level']}\n", encoding="utf-8")
    elder.demand("taskdef", "render", "dev")
    recorded.play(play(added=added, to=(4,)))
    assert elder.run("taskdef", "diff", "dev:live").status == 0
    assert elder.demand("taskdef", "register", "dev").startswith(f"unchanged dev/{TASK} ")


@pytest.mark.parametrize("name", MEMBERS)
def test_such_a_member_stands_in_no_rollbacks_way(elder: Runner, recorded: Recorded, name: str) -> None:
    added, line, _ = MEMBERS[name]
    recorded.play(play(added=added, to=(3,)))
    done = elder.run("taskdef", "rollback", "dev", "--to", "3", "--interval", "0.1")
    assert (done.status, done.out.split(" ")[0]) == (0, "steady")
    path, _, value = line.removesuffix(" → –").partition(": ")
    assert f"    {path}: – → {value}" in done.err.splitlines()


def test_a_hook_that_holds_a_deployment_is_told_whole(elder: Runner, recorded: Recorded) -> None:
    held = course(PAUSED, "PRE_SCALE_UP", 0.0, lifecycleHookDetails=[HOOK])
    recorded.play(play_course(PAUSED, held))
    done = elder.run("taskdef", "deploy", "dev", "--interval", "0.1", "--timeout", "0.5")
    assert (done.status, done.out.splitlines()[0]) == (2, f"held dev/{TASK}: {HELD}")


def test_the_oldest_boto3_is_the_one_that_the_extra_admits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["aws"] == ["boto3[crt]>=1.40,<2"]
    assert OLDEST[0] == "boto3==1.40.0"
