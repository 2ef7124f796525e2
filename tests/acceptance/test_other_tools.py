"""Beside ecs-deploy, which copies the tags of a revision to what it makes of it: with moto's server, and with ministack.

ministack 1.5.33 keeps task definitions and services as ECS does, but for three things: it fills in no port of the host, it answers `""`
for modes that nobody wrote, and for a family without a number it gives the newest revision, INACTIVE or not. Without Docker it starts no
task, and moto begins no deployment, so nobody here waits for one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.model.nodes import Value
from tests.acceptance.running import BIN, Done, Ecs, Runner, replace_line

TASK, FAMILY, CLUSTER = "trading-bot-task", "trading-bot-dev", "trading-cluster"
NAME = f"dev/{TASK}"
ARN = f"arn:aws:ecs:us-east-1:123456789012:task-definition/{FAMILY}"
DOUBT = "! marks tags that do not match the content: another tool copied them, or somebody set them"


@pytest.fixture(params=["moto", "ministack"])
def account(request: pytest.FixtureRequest, runner: Runner) -> Runner:
    """Runs programs in a project that is committed and tagged, whose dev was registered once, and runs in a service."""
    emulator: Ecs = request.getfixturevalue("ecs" if request.param == "moto" else "ministack")
    runner.environment.update(emulator.environment)
    if request.param == "moto":
        leave_network_out(runner)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*who, "commit", "-qm", "x"), ("tag", "v1.0.0")):
        runner.demand("git", *words)
    assert runner.demand("taskdef", "register", "dev") == f"registered {NAME} as {ARN}:1\n"
    aws(runner, "create-cluster", "--cluster-name", CLUSTER)
    where = ("--cluster", CLUSTER, "--service-name", FAMILY, "--desired-count", "1")
    subnets = ("--network-configuration", "awsvpcConfiguration={subnets=[subnet-12345678]}")
    network = subnets if request.param == "ministack" else ()
    aws(runner, "create-service", *where, *network, "--task-definition", f"{FAMILY}:1")
    return runner


def leave_network_out(runner: Runner) -> None:
    """Use the bridge of an EC2 instance, which needs no network configuration: moto 5.2 answers 500 to one in CreateService."""
    template = runner.folder / "templates" / f"{TASK}.json.j2"
    replace_line(template, '"networkMode": "awsvpc",', '"networkMode": "bridge",')
    replace_line(template, '"requiresCompatibilities": ["FARGATE"],', '"requiresCompatibilities": ["EC2"],')
    runner.demand("taskdef", "render")


def aws(runner: Runner, *words: str) -> Value:
    """Run the AWS command line."""
    return json.loads(runner.demand(BIN / "aws", "ecs", *words))


def update(runner: Runner, ecs_deploy: Path, *words: str) -> None:
    """Make a hotfix with ecs-deploy: the newest revision with another image, and all its tags."""
    said = runner.demand(ecs_deploy, "update", FAMILY, "--image", FAMILY, "hotfix:1", *words)
    assert "Successfully created revision: 2" in said


def find_service(runner: Runner) -> str:
    """Find which revision the service has."""
    described = aws(runner, "describe-services", "--cluster", CLUSTER, "--services", FAMILY)
    return str(described["services"][0]["taskDefinition"])


def test_what_is_registered_is_unchanged(account: Runner) -> None:
    assert account.demand("taskdef", "register", "dev") == f"unchanged {NAME} as {ARN}:1\n"


def test_a_hotfix_with_copied_tags_is_no_version(account: Runner, ecs_deploy: Path) -> None:
    update(account, ecs_deploy, "--no-deregister")
    aws(account, "update-service", "--cluster", CLUSTER, "--service", FAMILY, "--task-definition", f"{FAMILY}:2")
    lines = account.demand("taskdef", "revisions", "dev").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["revision", "2", "changes", "1", "*", "!"]
    assert (" v1.0.0! " in lines[2], " v1.0.0 " in lines[4], "*" in lines[2], "*" in lines[4]) == (
        True,
        True,
        False,
        True,
    )
    assert lines[-1] == DOUBT
    shown = [account.run("taskdef", "show", f"dev:{number}").err.splitlines()[2] for number in (1, 2)]
    assert (shown[0].startswith("  from commit "), shown[0].endswith(", the same as the committed artifact")) == (
        True,
        True,
    )
    assert (shown[1].startswith("  not from commit "), shown[1].endswith("the content differs")) == (
        True,
        True,
    )
    done = account.run("taskdef", "diff", "dev:live")
    assert (done.status, done.out.splitlines()[0], "    image repository hotfix → " in done.out) == (
        1,
        f"{TASK}, dev:live ({FAMILY}:2) → dev: 1 field differs",
        True,
    )
    done = account.run("taskdef", "rollback", "dev", "--to", "v1.0.0", "--no-wait")
    assert (done.status, done.err.splitlines()[:2], find_service(account)) == (
        0,
        [
            f"{NAME}: back to `{FAMILY}:1`, registered from v1.0.0",
            f"note[passed-over]: skipped: `{FAMILY}:2` has its tags, but other content",
        ],
        f"{ARN}:1",
    )
    assert account.run("taskdef", "rollback", "dev", "--to", f"{FAMILY}:2", "--no-wait").status == 0
    assert find_service(account) == f"{ARN}:2"
    assert account.demand("taskdef", "register", "dev") == f"registered {NAME} as {ARN}:3\n"


def test_a_version_that_ecs_deploy_deregistered_is_told(account: Runner, ecs_deploy: Path) -> None:
    update(account, ecs_deploy)
    assert account.run("taskdef", "rollback", "dev", "--to", "v1.0.0", "--no-wait") == Done(
        2,
        "",
        f"error: no active revision of `{FAMILY}` has the content registered from `v1.0.0`: "
        f"`{FAMILY}:2` has its tags, but other content; `{FAMILY}:1` is INACTIVE\n"
        f"  help: name a number with `--to`, or check out `v1.0.0` and run `taskdef deploy {NAME}`\n",
    )
    assert find_service(account) == f"{ARN}:1"


def test_a_revision_that_was_deregistered_is_not_the_newest(account: Runner, ecs_deploy: Path) -> None:
    update(account, ecs_deploy, "--no-deregister")
    aws(account, "deregister-task-definition", "--task-definition", f"{FAMILY}:2")
    assert account.demand("taskdef", "register", "dev") == f"unchanged {NAME} as {ARN}:1\n"
    aws(account, "deregister-task-definition", "--task-definition", f"{FAMILY}:1")
    assert account.demand("taskdef", "register", "dev") == f"registered {NAME} as {ARN}:3\n"
