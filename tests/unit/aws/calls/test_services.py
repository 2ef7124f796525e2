"""What ECS answers about services and tasks, read as values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from generator.aws.calls.errors import AwsError
from generator.aws.calls.services import read_service, read_task
from generator.model.account import Deployment, Service, ServiceEvent, StoppedContainer, StoppedTask
from generator.model.needs import LoadBalancer, Needs

ECS = "arn:aws:ecs:us-east-1:123456789012"
OLD = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
NEW = datetime(2026, 11, 24, 17, 16, 1, tzinfo=timezone(timedelta(hours=9)))


def test_a_service_is_read_with_its_newest_deployments_and_events_first() -> None:
    described = {
        "serviceArn": f"{ECS}:service/live/bot",
        "serviceName": "bot",
        "clusterArn": f"{ECS}:cluster/live",
        "status": "ACTIVE",
        "desiredCount": 2,
        "runningCount": 1,
        "pendingCount": 1,
        "taskDefinition": f"{ECS}:task-definition/bot:5",
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": False}},
        "healthCheckGracePeriodSeconds": 60,
        "loadBalancers": [{"targetGroupArn": "tg", "containerName": "app", "containerPort": 80}],
        "deployments": [
            {"id": "d4", "status": "ACTIVE", "taskDefinition": "bot:4", "createdAt": OLD, "runningCount": 1},
            {
                "id": "d5",
                "status": "PRIMARY",
                "taskDefinition": "bot:5",
                "createdAt": NEW,
                "updatedAt": NEW,
                "desiredCount": 2,
                "pendingCount": 1,
                "failedTasks": 3,
                "rolloutState": "IN_PROGRESS",
                "rolloutStateReason": "ECS deployment d5 in progress.",
            },
        ],
        "events": [{"id": "1", "createdAt": OLD, "message": "old"}, {"id": "2", "createdAt": NEW, "message": "new"}],
    }
    began = "2026-11-24T08:16:01Z"
    assert read_service(described) == Service(
        arn=f"{ECS}:service/live/bot",
        name="bot",
        cluster="live",
        status="ACTIVE",
        revision=f"{ECS}:task-definition/bot:5",
        desired=2,
        running=1,
        pending=1,
        controller="ECS",
        deployments=(
            Deployment("d5", "PRIMARY", "bot:5", 2, 1, 0, 3, "IN_PROGRESS", "ECS deployment d5 in progress.", began),
            Deployment("d4", "ACTIVE", "bot:4", 0, 0, 1, 0, "", "", "2026-11-24T08:15:00Z"),
        ),
        events=(ServiceEvent("2", began, "new"), ServiceEvent("1", "2026-11-24T08:15:00Z", "old")),
        needs=Needs("bot", load_balancers=(LoadBalancer("tg", "app", 80),), volumes=()),
        grace_period=60,
    )


def test_a_service_of_which_little_is_told_is_read_too() -> None:
    described = {
        "serviceArn": f"{ECS}:service/live/bot",
        "serviceName": "bot",
        "clusterArn": f"{ECS}:cluster/live",
        "deploymentController": {"type": "EXTERNAL"},
    }
    assert read_service(described) == Service(
        f"{ECS}:service/live/bot", "bot", "live", "", "", 0, 0, 0, "EXTERNAL", (), (), Needs("bot")
    )


def test_deployments_without_ids_are_told_apart_by_what_they_bring_and_since_when() -> None:
    described = [{"taskDefinition": "bot:4", "createdAt": moment} for moment in (OLD, NEW)]
    service = read_service({"deployments": [*described, {"taskDefinition": "bot:5", "createdAt": OLD}]})
    assert [each.id for each in service.deployments] == [
        "bot:4 2026-11-24T08:16:01Z",
        "bot:4 2026-11-24T08:15:00Z",
        "bot:5 2026-11-24T08:15:00Z",
    ]


def test_a_stopped_task_is_read_with_its_containers() -> None:
    described = {
        "taskArn": f"{ECS}:task/live/1a2b",
        "taskDefinitionArn": f"{ECS}:task-definition/bot:5",
        "group": "service:bot",
        "stoppedAt": NEW,
        "stoppedReason": "Essential container in task exited",
        "stopCode": "EssentialContainerExited",
        "containers": [{"name": "app", "image": "bot:v1", "exitCode": 0, "lastStatus": "STOPPED"}, {"name": "side"}],
    }
    assert read_task(described) == StoppedTask(
        f"{ECS}:task/live/1a2b",
        f"{ECS}:task-definition/bot:5",
        "service:bot",
        "2026-11-24T08:16:01Z",
        "Essential container in task exited",
        "EssentialContainerExited",
        "",
        (StoppedContainer("app", "bot:v1", 0, "", "", "STOPPED"), StoppedContainer("side", "", None, "", "", "")),
    )


def test_what_passes_is_told_apart_from_what_does_not() -> None:
    passing = [
        AwsError("", code="ThrottlingException"),
        AwsError("", code="ServiceUnavailable"),
        AwsError("", unreachable=True),
    ]
    lasting = [AwsError(""), AwsError("", code="ExpiredTokenException"), AwsError("", code="AccessDeniedException")]
    assert [each.passing for each in (*passing, *lasting)] == [True] * 3 + [False] * 3
