"""The policies of `docs/permissions.md`: each command makes just the calls that its policy allows, as recorded answers over HTTP show."""

from __future__ import annotations

import json
import re

import boto3
import pytest

from generator.cli.groups import ASKING
from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded, Refusal, Scenario, Step
from tests.acceptance.running import ROOT, Ecs, Runner
from tests.acceptance.scenes import (
    CLUSTER,
    ECS,
    SERVICE,
    deployment,
    describe_service,
    name_arn,
    older,
    play_account,
    services,
    stopped,
)

PAGE = ROOT / "docs" / "permissions.md"
SECTION = re.compile(r"^## `taskdef (\w+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
POLICY = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)

NEEDS = {
    "ecs:RunTask": ("ecs:RunTask", "ecs:TagResource", "iam:PassRole"),
    "sts:GetCallerIdentity": (),  # nobody is denied that
    "ecs:RegisterTaskDefinition": ("ecs:RegisterTaskDefinition", "ecs:TagResource", "iam:PassRole"),
}
"""What a call needs, where that is not the permission of its own name.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html for tags, and
https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html (2026-11-29)
"""

CANARY = {"strategy": "CANARY"}
COURSE = f"{ECS}:service-deployment/{CLUSTER}/{SERVICE}/ours"
ENDED = ("Essential container in task exited", "EssentialContainerExited")


def make_scenario() -> Scenario:
    """Make an account in which every call that a command may make has an answer: what is deployed goes wrong."""
    config: dict[str, Value] = {"deploymentConfiguration": CANARY, "currentServiceDeployment": COURSE}
    config["networkConfiguration"] = {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"]}}
    before = describe_service(deployment(4, 1, "COMPLETED"), **config)
    after = describe_service(deployment(5), older(4), **config)
    tasks = [stopped(number, 5, *ENDED, exitCode=1) for number in (1, 2)]
    course = {"serviceDeploymentArn": COURSE, "status": "IN_PROGRESS", "deploymentConfiguration": CANARY}
    return {
        **play_account(4),
        "ecs:UpdateService": [{"service": after}],
        "ecs:RunTask": [{"tasks": [{"taskArn": tasks[0]["taskArn"]}], "failures": []}],
        "ecs:DescribeServices": [Step(services(before), until="ecs:UpdateService"), services(after)],
        "ecs:DescribeServiceDeployments": [{"serviceDeployments": [course]}],
        "ecs:ListTasks": lambda asked: {
            "taskArns": [task["taskArn"] for task in tasks] if asked.get("desiredStatus") == "STOPPED" else ["task/run"]
        },
        "ecs:DescribeTasks": lambda asked: {
            "tasks": [task for task in tasks if task["taskArn"] in asked["tasks"]],
            "failures": [{"arn": arn, "reason": "MISSING"} for arn in asked["tasks"] if arn == "task/run"],
        },
        "logs:GetLogEvents": [{"events": [{"message": "no such table: orders"}]}],
        "ecs:ListServiceDeployments": [
            {"serviceDeployments": [{"targetServiceRevisionArn": "r3", "finishedAt": "2026-11-23T17:00:00Z"}]}
        ],
        "ecs:DescribeServiceRevisions": [
            {"serviceRevisions": [{"serviceRevisionArn": "r3", "taskDefinition": name_arn(3)}]}
        ],
        "ecs:ListClusters": [{"clusterArns": [f"{ECS}:cluster/{CLUSTER}"]}],
        "ecs:ListServices": [{"serviceArns": [f"{ECS}:service/{CLUSTER}/{SERVICE}"]}],
        "ecs:DeregisterTaskDefinition": [{"taskDefinition": {"taskDefinitionArn": name_arn(1), "status": "INACTIVE"}}],
        "ecs:ListTaskDefinitionFamilies": [{"families": ["trading-bot-dev"]}],
        "events:ListEventBuses": [{"EventBuses": [{"Name": "default"}]}],
        "events:ListRuleNamesByTarget": [{"RuleNames": ["nightly"]}],
        "events:ListTargetsByRule": [{"Targets": [{"Id": "1", "Arn": "arn:aws:sqs:us-east-1:123456789012:q"}]}],
        "scheduler:ListSchedules": [{"Schedules": [{"Name": "a", "Target": {"Arn": f"{ECS}:cluster/{CLUSTER}"}}]}],
        "scheduler:GetSchedule": [{"Name": "a"}],
    }


UNKNOWN = Refusal("ClientException", "Unable to describe task definition.")
MISSING: list[Scenario] = [
    {"ecs:DescribeTaskDefinition": [UNKNOWN], "ecs:ListTaskDefinitions": [{"taskDefinitionArns": []}]},
    {"ecs:DescribeServices": [Refusal("ClusterNotFoundException", "Cluster not found.")]},
    {"ecs:DescribeServices": [services()]},
]
"""Accounts in which something is not there: then some commands ask what there is instead."""

WAIT = ("--interval", "0.1", "--timeout", "1")
CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "deploy": (("deploy", "dev", *WAIT),),
    "diagnose": (("diagnose", "dev"),),
    "diff": (("diff", "dev:live"), ("diff", "dev:99", "dev")),
    "import": (("import", "--task", "copy", "--dry-run", "--env", "dev=trading-bot-dev:4"),),
    "register": (("register", "dev"),),
    "revisions": (("revisions", "dev"), ("revisions", "dev", "--prune", "--keep", "1", "--yes")),
    "rollback": (("rollback", "dev", "--yes", *WAIT), ("rollback", "dev", "--to", "c0ffee12", "--yes", *WAIT)),
    "run": (("run", "dev", "--interval", "0.1"),),
    "show": (("show", "dev:live"), ("show", "dev:99"), ("show", "dev")),
}


def read_policies() -> dict[str, str]:
    """Read the policy of each command from the page."""
    found = {}
    for command, text in SECTION.findall(PAGE.read_text(encoding="utf-8")):
        policy = POLICY.search(text)
        if policy is not None:
            found[command] = policy[1]
    return found


def list_actions(policy: Value) -> list[str]:
    return [action for statement in policy["Statement"] for action in statement["Action"]]


@pytest.mark.parametrize("command", CALLS)
def test_a_command_makes_just_the_calls_that_its_policy_allows(
    runner: Runner, recorded: Recorded, command: str
) -> None:
    runner.environment.update(recorded.environment)
    called: set[str] = set()
    calls = CALLS[command]
    absent = [(changes, words) for changes in MISSING for words in dict.fromkeys((calls[0], calls[-1]))]
    for changes, words in [*(({}, words) for words in calls), *absent]:
        recorded.play({**make_scenario(), **changes})
        runner.run("taskdef", *words)
        called |= {request.operation for request in recorded.requests}
    needed = {action for operation in called for action in NEEDS.get(operation, (operation,))}
    actions = list_actions(json.loads(read_policies()[command]))
    assert sorted(needed) == sorted(actions)


def test_every_command_that_asks_has_a_policy() -> None:
    assert set(CALLS) == {*ASKING, "diff", "import"} - {
        "verify"
    }  # `verify` has a page of its own, which its tests prove
    assert list(read_policies()) == sorted(CALLS)
    assert "](verify.md" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", CALLS)
def test_a_policy_is_one_and_in_order(runner: Runner, ecs: Ecs, command: str) -> None:
    text = read_policies()[command]
    for statement in json.loads(text)["Statement"]:
        assert statement["Action"] == sorted(set(statement["Action"]))
        assert statement["Effect"] == "Allow"
    session = boto3.session.Session("testing", "testing", region_name="us-east-1")
    session.client("iam", endpoint_url=ecs.url).create_policy(PolicyName=command, PolicyDocument=text)
