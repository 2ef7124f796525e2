"""`taskdef run` with an ECS on loopback, and the AWS command line beside it. moto's tasks go from one status to the next at each look."""

from __future__ import annotations

import json

from generator.model.nodes import Value
from tests.acceptance.running import BIN, Ecs, Runner

TASK, CLUSTER, FAMILY = "trading-bot-task", "trading-cluster", "trading-bot-dev"
ARN = f"arn:aws:ecs:us-east-1:123456789012:task-definition/{FAMILY}"


def aws(runner: Runner, *words: str) -> Value:
    """Ask the AWS command line something."""
    return json.loads(runner.demand(BIN / "aws", *words))


def test_a_task_is_registered_and_run_to_its_end(runner: Runner, ecs: Ecs) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    memory = "  containerDefinitions:\n    trading-bot: {memory: 256}\n"  # moto adds up what containers have
    overlay.write_text(overlay.read_text(encoding="utf-8") + memory, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")
    aws(runner, "ecs", "create-cluster", "--cluster-name", CLUSTER)
    subnet = aws(runner, "ec2", "describe-subnets")["Subnets"][0]["SubnetId"]
    group = aws(runner, "ec2", "describe-security-groups")["SecurityGroups"][0]["GroupId"]
    words = (
        "--subnets",
        subnet,
        "--security-groups",
        group,
        "--interval",
        "0.1",
        "--set-env",
        "MODE=once",
        "--",
        "migrate",
    )
    done = runner.run("taskdef", "run", "dev", *words)
    (arn,) = (
        aws(runner, "ecs", "list-tasks", "--cluster", CLUSTER, "--desired-status", "STOPPED")["taskArns"]
        or aws(runner, "ecs", "list-tasks", "--cluster", CLUSTER)["taskArns"]
    )
    (task,) = aws(runner, "ecs", "describe-tasks", "--cluster", CLUSTER, "--tasks", arn)["tasks"]
    id = arn.rpartition("/")[2]
    said = done.err.splitlines()
    assert said[:2] == [
        f"registered dev/{TASK} as {ARN}:1",
        f"dev/{TASK}: ECS runs `{FAMILY}:1` in `{CLUSTER}` as task {id}",
    ]
    assert f"dev/{TASK}: task {id} is DEPROVISIONING" in said
    assert f"dev/{TASK}: task {id} is STOPPED" in said
    assert (task["taskDefinitionArn"], task["launchType"]) == (f"{ARN}:1", "FARGATE")
    assert task["startedBy"].startswith("taskdef-")
    (override,) = task["overrides"]["containerOverrides"]
    assert (override["command"], override["environment"]) == (["migrate"], [{"name": "MODE", "value": "once"}])
    assert ecs.list_revisions(runner) == [f"{FAMILY}:1"]
    assert (done.status, done.out) == (0, ""), done
    assert said[-1] == f"succeeded dev/{TASK}: task {id} of {FAMILY}:1 in `{CLUSTER}`"
    again = runner.run("taskdef", "run", "dev", *words)
    assert "registered" not in again.err
    assert ecs.list_revisions(runner) == [f"{FAMILY}:1"]
