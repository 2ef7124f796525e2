"""What AWS says of the trading bot's service in dev, for scenarios: answers in its own shapes, made of little."""

from __future__ import annotations

import json

from generator.model.nodes import Value
from generator.review.compare import view_file
from generator.review.fingerprint import make_fingerprint
from tests.acceptance.recorded import Answer, Refusal, Steps
from tests.acceptance.running import ROOT
from tests.support import read_json

REGION, ACCOUNT = "us-east-1", "123456789012"
ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
TASK, FAMILY = "trading-bot-task", "trading-bot-dev"
CLUSTER, SERVICE = "trading-cluster", "trading-bot-dev"
BEGAN = "2026-11-24T08:15:00Z"
EARLIER = "2026-11-23T17:00:00Z"

CALLER: Value = {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/deployer", "UserId": "AIDAEXAMPLE"}
EXPIRED = Refusal("ExpiredTokenException", "The security token included in the request is expired")
THROTTLED = Refusal("ThrottlingException", "Rate exceeded")
STARTING = "ECS deployment circuit breaker: tasks failed to start."
GOING_BACK = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/4."
PULL = (
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
    f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/trading-bot:dev: {ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/trading-bot:dev: not found"
)


def name_arn(number: int) -> str:
    """The ARN of a revision of the trading bot in dev."""
    return f"{ECS}:task-definition/{FAMILY}:{number}"


def deployment(number: int, running: int = 0, rollout: str = "IN_PROGRESS", **members: Value) -> Value:
    """The deployment of a revision, `ecs-svc/<number>`: the newest, of one task, with nothing pending and no failure."""
    return {
        "id": f"ecs-svc/{number}",
        "status": "PRIMARY",
        "taskDefinition": name_arn(number),
        "desiredCount": 1,
        "pendingCount": 0,
        "runningCount": running,
        "failedTasks": 0,
        "createdAt": BEGAN,
        "updatedAt": BEGAN,
        "launchType": "FARGATE",
        "rolloutState": rollout,
        "rolloutStateReason": f"ECS deployment ecs-svc/{number} {'completed' if rollout == 'COMPLETED' else 'in progress'}.",
        **members,
    }


def older(number: int, running: int = 1, rollout: str = "COMPLETED", **members: Value) -> Value:
    """A deployment that another has taken the place of."""
    return deployment(
        number, running, rollout, **{"status": "ACTIVE", "desiredCount": 0, "createdAt": EARLIER, **members}
    )


def event(number: int, message: str, at: str = "2026-11-24T08:15:02Z") -> Value:
    """A message of the service."""
    return {"id": f"5f1c9c06-{number}", "createdAt": at, "message": f"(service {SERVICE}) {message}"}


def describe_service(*deployments: Value, events: tuple[Value, ...] = (), **members: Value) -> Value:
    """The service as it is with these deployments."""
    primary = deployments[0] if deployments else {"taskDefinition": name_arn(4), "runningCount": 0, "pendingCount": 0}
    return {
        "serviceArn": f"{ECS}:service/{CLUSTER}/{SERVICE}",
        "serviceName": SERVICE,
        "clusterArn": f"{ECS}:cluster/{CLUSTER}",
        "status": "ACTIVE",
        "desiredCount": 1,
        "runningCount": sum(each["runningCount"] for each in deployments),
        "pendingCount": sum(each["pendingCount"] for each in deployments),
        "launchType": "FARGATE",
        "taskDefinition": primary["taskDefinition"],
        "deploymentConfiguration": {
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "maximumPercent": 200,
            "minimumHealthyPercent": 100,
        },
        "deployments": list(deployments),
        "events": list(events),
        "createdAt": EARLIER,
        **members,
    }


def services(*found: Value) -> Answer:
    """The answer of DescribeServices."""
    return {"services": list(found), "failures": []}


def stopped(number: int, revision: int, reason: str, code: str = "TaskFailedToStart", **container: Value) -> Value:
    """A task of the service that stopped."""
    return {
        "taskArn": f"{ECS}:task/{CLUSTER}/{number:032x}",
        "clusterArn": f"{ECS}:cluster/{CLUSTER}",
        "taskDefinitionArn": name_arn(revision),
        "group": f"service:{SERVICE}",
        "lastStatus": "STOPPED",
        "desiredStatus": "STOPPED",
        "stopCode": code,
        "stoppedReason": reason,
        "stoppedAt": f"2026-11-24T08:15:{10 * number:02}Z",
        "containers": [{"name": FAMILY, "lastStatus": "STOPPED", **container}] if container else [],
    }


def complete_tags(document: Value, tags: dict[str, str] | None) -> dict[str, str]:
    """Add to the tags of a revision the one that says what it was registered with, unless that is given, or there are none."""
    if not tags:
        return {}
    side = view_file("registered", read_json(json.dumps(document)))
    return {"taskdef:content": make_fingerprint(side.document), **tags}


def play_account(
    newest: int = 4,
    *,
    same: bool = False,
    tags: dict[int, dict[str, str]] | None = None,
    inactive: tuple[int, ...] = (),
) -> dict[str, Steps]:
    """What hardly changes: who we are, and the revisions up to the newest. Registering gives the next.

    Each has another image; the newest has that of the artifact if it is to be the `same`. Some may be INACTIVE.
    """
    artifact = json.loads((ROOT / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    own_tags = tags or {}
    known = newest

    def describe(number: int) -> Answer:
        document = json.loads(json.dumps(artifact))
        if number < newest or not (same or number > newest):
            document["containerDefinitions"][0]["image"] += f"-{number}"
        revision = {
            **document,
            "taskDefinitionArn": name_arn(number),
            "revision": number,
            "status": "INACTIVE" if number in inactive else "ACTIVE",
            "registeredAt": EARLIER,
            "registeredBy": f"arn:aws:iam::{ACCOUNT}:user/ci",
            "compatibilities": ["EC2", "FARGATE"],
        }
        return {
            "taskDefinition": revision,
            "tags": [
                {"key": key, "value": value} for key, value in complete_tags(document, own_tags.get(number)).items()
            ],
        }

    def find(parameters: Value) -> Answer:
        name = parameters["taskDefinition"].rpartition("/")[2]
        family, _, number = name.partition(":")
        if family != FAMILY or int(number or known) > known:
            return Refusal("ClientException", "Unable to describe task definition.")
        return describe(int(number or known))

    def register(_: Value) -> Answer:
        nonlocal known
        known += 1
        return describe(known)

    return {
        "sts:GetCallerIdentity": [
            {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/ci", "UserId": "AIDAEXAMPLEEXAMPLE"}
        ],
        "ecs:DescribeTaskDefinition": find,
        "ecs:RegisterTaskDefinition": register,
        "ecs:ListTaskDefinitions": [{"taskDefinitionArns": [name_arn(number) for number in range(newest, 0, -1)]}],
        "ecs:ListTasks": [{"taskArns": []}],
    }
