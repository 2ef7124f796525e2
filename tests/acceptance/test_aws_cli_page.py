"""`docs/aws-cli.md`: each command of the notes and what stands beside it are typed, against the same account."""

from __future__ import annotations

import json
import re
import shlex

import boto3
import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded
from tests.acceptance.running import BIN, ROOT, Ecs, Runner
from tests.acceptance.scenes import deployment, describe_service, play_account, services, stopped

ROW = re.compile(r"^\| (?P<purpose>[^|]+) \| `(?P<theirs>aws [^|]+)` \| `(?P<ours>taskdef [^|]+)` \|$", re.MULTILINE)
ROWS = {
    row["purpose"]: (row["theirs"], row["ours"])
    for row in ROW.finditer((ROOT / "docs" / "aws-cli.md").read_text(encoding="utf-8"))
}
FAMILY = "trading-bot-dev"
ARN = f"arn:aws:ecs:us-east-1:123456789012:task-definition/{FAMILY}"


@pytest.fixture
def task(runner: Runner, ecs: Ecs) -> str:
    """The ARN of a task that stopped, in an account with two revisions, and the cluster and service of dev."""
    overlay = runner.folder / "environments" / "dev.yaml"  # moto 5.2 starts no task with a container without a size
    sized = "  containerDefinitions: {trading-bot: {cpu: 256, memory: 512}}\n"
    overlay.write_text(overlay.read_text(encoding="utf-8") + sized, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")
    runner.demand("taskdef", "register", "dev")
    runner.demand("taskdef", "register", "dev", "--force")
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    clients = {name: boto3.client(name, "us-east-1", endpoint_url=ecs.url, **keys) for name in ("ecs", "ec2")}
    clients["ecs"].create_cluster(clusterName="trading-cluster")
    clients["ecs"].create_service(
        cluster="trading-cluster",
        serviceName=FAMILY,
        taskDefinition=f"{FAMILY}:1",
        desiredCount=0,
        launchType="FARGATE",
    )
    subnet = clients["ec2"].describe_subnets()["Subnets"][0]["SubnetId"]
    (started,) = clients["ecs"].run_task(
        cluster="trading-cluster",
        taskDefinition=FAMILY,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": []}},
    )["tasks"]
    arn = str(started["taskArn"])
    clients["ecs"].stop_task(cluster="trading-cluster", task=arn, reason="to see how it fares")
    return arn


def spell(command: str, task: str) -> list[str]:
    """Spell a command of the page: with a task, and the programs that are installed."""
    words = shlex.split(command.replace("TASK", task).replace("/ID", f"/{task.rpartition('/')[2]}"))
    return [str(BIN / "aws"), *words[1:]] if words[0] == "aws" else words


SEEN: dict[str, tuple[str, str]] = {
    "register": ('"taskDefinitionArn": ', "unchanged dev/trading-bot-task as "),
    "look at the newest revision": (f'"family": "{FAMILY}"', f'"family": "{FAMILY}"'),
    "list all revisions": (f"{ARN}:2", "newest first"),
    "register a new version": ('"revision": 3', f"as {ARN}:4"),
    "look at one revision": ('"revision": 2', f'"family": "{FAMILY}"'),
    "update the service": (f'"taskDefinition": "{FAMILY}:2"', f"goes to {ARN}:2"),
    "see the state of a task": ('"lastStatus": "STOPPED"', "to see how it fares"),
}
"""What of each purpose both say."""

LOG = "read a container's log"


def test_the_page_has_every_purpose() -> None:
    assert sorted(ROWS) == sorted([*SEEN, LOG])


@pytest.mark.parametrize("purpose", SEEN)
def test_both_forms_do_what_they_are_for(runner: Runner, task: str, purpose: str) -> None:
    theirs, ours = ROWS[purpose]
    said = runner.run(*spell(theirs, task))
    assert (said.status, SEEN[purpose][0] in said.out) == (0, True), said
    waits = ["--no-wait"] if " deploy " in ours else []  # moto begins no deployment, so that it would be for long
    said = runner.run(*spell(ours, task), *waits)
    assert (said.status in (0, 1), SEEN[purpose][1] in said.out) == (True, True), said


def test_both_see_the_same_revision(runner: Runner, task: str) -> None:
    theirs, ours = ROWS["look at one revision"]
    described: Value = json.loads(runner.demand(*spell(theirs, task)))["taskDefinition"]
    shown: Value = json.loads(runner.demand(*spell(ours, task)))
    assert {name: described[name] for name in ("family", "cpu", "memory")} == {
        name: shown[name] for name in ("family", "cpu", "memory")
    }


def test_both_read_the_log_of_a_container_that_failed(runner: Runner, recorded: Recorded) -> None:
    failed = stopped(1, 4, "Essential container in task exited", "EssentialContainerExited", exitCode=1)
    recorded.play(
        {
            **play_account(same=True),
            "ecs:DescribeServices": [services(describe_service(deployment(4, 0, failedTasks=1)))],
            "ecs:ListTasks": [{"taskArns": [failed["taskArn"]]}],
            "ecs:DescribeTasks": [{"tasks": [failed], "failures": []}],
            "logs:GetLogEvents": [{"events": [{"timestamp": 1, "message": "no order book"}]}],
        }
    )
    runner.environment.update(recorded.environment)
    for command in ROWS[LOG]:
        said = runner.run(*spell(command, failed["taskArn"]))
        assert "no order book" in said.out, said
    asked = {(call["logGroupName"], call["logStreamName"]) for call in recorded.list_calls("logs:GetLogEvents")}
    assert asked == {(f"/ecs/{FAMILY}", f"ecs/{FAMILY}/{failed['taskArn'].rpartition('/')[2]}")}
