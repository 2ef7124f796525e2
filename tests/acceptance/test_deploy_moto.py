"""`taskdef deploy` and `taskdef rollback` with an ECS on loopback, and the AWS command line beside them.

moto keeps what a service is updated to, and begins no deployment, so that there is nothing to wait for: `test_deploy.py` has that.
"""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.acceptance.running import BIN, Done, Ecs, Runner, replace_line

TASK = "trading-bot-task"
CLUSTER, SERVICE, FAMILY = "trading-cluster", "trading-bot-dev", "trading-bot-dev"
ARN = f"arn:aws:ecs:us-east-1:123456789012:task-definition/{FAMILY}"


def aws(runner: Runner, *words: str) -> Value:
    """Ask the AWS command line something about ECS."""
    return json.loads(runner.demand(BIN / "aws", "ecs", *words))


@pytest.fixture
def service(runner: Runner, ecs: Ecs) -> None:
    """A service that runs no task of the first revision, which is as steady as it gets."""
    runner.demand("taskdef", "register", "dev")
    aws(runner, "create-cluster", "--cluster-name", CLUSTER)
    words = ("--cluster", CLUSTER, "--service-name", SERVICE, "--task-definition", FAMILY, "--desired-count", "0")
    aws(runner, "create-service", *words, "--launch-type", "FARGATE")


def find_revision(runner: Runner) -> str:
    """Find what the service is to run, as the AWS command line sees it."""
    (found,) = aws(runner, "describe-services", "--cluster", CLUSTER, "--services", SERVICE)["services"]
    return str(found["taskDefinition"])


@pytest.mark.usefixtures("service")
def test_a_service_follows_what_is_committed_and_goes_back(runner: Runner) -> None:
    where = f"`{SERVICE}` in `{CLUSTER}`"
    assert runner.run("taskdef", "deploy", "dev") == Done(
        0,
        f"unchanged dev/{TASK}: {where} runs {ARN}:1 already; its desired count is 0, so no task runs\n",
        "1 unchanged\n",
    )
    replace_line(runner.folder / "environments" / "dev.yaml", "image_tag: dev", "image_tag: dev-2")
    runner.demand("taskdef", "render")
    assert runner.run("taskdef", "deploy", "dev", "--no-wait") == Done(
        0,
        f"started dev/{TASK}: {where} goes to {ARN}:2, without waiting\n",
        f"registered dev/{TASK} as {ARN}:2\ndev/{TASK}: ECS deploys `{FAMILY}:2` to {where}\n1 started\n",
    )
    assert find_revision(runner) == f"{ARN}:2"
    assert runner.run("taskdef", "rollback", "dev", "--to", "1", "--no-wait") == Done(
        0,
        f"started dev/{TASK}: {where} goes to {ARN}:1, without waiting\n",
        f"dev/{TASK}: back to `{FAMILY}:1`, as requested\n"
        f"{FAMILY}:2 → {FAMILY}:1: 1 field differs\n"
        "  container trading-bot\n"
        "    image tag dev-2 → dev\n"
        f"dev/{TASK}: ECS deploys `{FAMILY}:1` to {where}\n"
        "1 started\n",
    )
    assert find_revision(runner) == f"{ARN}:1"


@pytest.mark.usefixtures("service")
def test_what_runs_can_be_deployed_anew(runner: Runner) -> None:
    assert runner.run("taskdef", "deploy", "dev", "--force") == Done(
        0,
        f"steady dev/{TASK}: `{SERVICE}` in `{CLUSTER}` runs {ARN}:1; its desired count is 0, so no task runs\n",
        f"dev/{TASK}: ECS deploys `{FAMILY}:1` anew to `{SERVICE}` in `{CLUSTER}`\n"
        f"dev/{TASK}: {FAMILY}:1: 0 of 0 running, 0 pending\n"
        "1 steady\n",
    )


def test_a_cluster_or_service_that_is_not_there_is_refused(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "deploy", "dev")
    assert (done.status, "error[no-cluster]: there is no cluster `trading-cluster` in us-east-1" in done.out) == (
        1,
        True,
    )
    aws(runner, "create-cluster", "--cluster-name", CLUSTER)
    done = runner.run("taskdef", "deploy", "dev")
    assert (done.status, f"error[no-service]: there is no service `{SERVICE}`" in done.out) == (1, True)
    assert ecs.list_revisions(runner) == []
