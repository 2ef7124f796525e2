"""Which services have a course, how long it waits by itself, and what ECS answers about one, read as values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.aws.calls.courses import count_bakes, find_bake, read_course, tells_more
from generator.aws.calls.services import read_service
from generator.model.account import Course, Hook
from generator.model.nodes import Value

ALARMS = {"alarmNames": ["errors"], "enable": True, "rollback": True}
ARN = "arn:aws:ecs:us-east-1:123456789012:service-deployment/live/bot/x1"


@pytest.mark.parametrize(
    ("config", "more", "minutes"),
    [
        ({}, False, 0),
        ({"strategy": "ROLLING", "bakeTimeInMinutes": 5}, False, 0),
        ({"alarms": {**ALARMS, "enable": False}}, False, 0),
        ({"alarms": {"alarmNames": [], "enable": True, "rollback": True}}, False, 0),
        ({"alarms": ALARMS}, True, 0),
        ({"lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]}]}, True, 0),
        ({"strategy": "BLUE_GREEN"}, True, 0),
        ({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}, True, 30),
        ({"strategy": "CANARY"}, True, 10),
        ({"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 0}}, True, 0),
        (
            {"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 15}, "bakeTimeInMinutes": 5},
            True,
            20,
        ),
        ({"strategy": "LINEAR"}, True, 54),
        ({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 30.0, "stepBakeTimeInMinutes": 2}}, True, 6),
        ({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 100.0}, "bakeTimeInMinutes": 5}, True, 5),
    ],
)
def test_the_settings_tell_what_is_asked_and_how_long_it_takes(config: Value, more: bool, minutes: int) -> None:
    assert (tells_more(config), count_bakes(config)) == (more, minutes)
    service = read_service({"deploymentConfiguration": config, "currentServiceDeployment": ARN})
    assert (service.course, service.bakes) == (ARN if more else "", minutes)


@pytest.mark.parametrize(
    ("strategy", "stage", "minutes"),
    [
        ("BLUE_GREEN", "BAKE_TIME", 30),
        ("BLUE_GREEN", "PRODUCTION_TRAFFIC_SHIFT", None),
        ("CANARY", "PRODUCTION_TRAFFIC_SHIFT", 10),
        ("LINEAR", "PRODUCTION_TRAFFIC_SHIFT", 6),
        ("LINEAR", "BAKE_TIME", 30),
        ("CANARY", "SCALE_UP", None),
    ],
)
def test_ecs_bakes_between_shifts_and_after_the_last(strategy: str, stage: str, minutes: int | None) -> None:
    assert find_bake({"strategy": strategy, "bakeTimeInMinutes": 30}, stage) == minutes


def test_a_service_deployment_is_read() -> None:
    described = {
        "serviceDeploymentArn": ARN,
        "status": "ROLLBACK_IN_PROGRESS",
        "statusReason": "in progress",
        "rollback": {"reason": "alarm detected"},
        "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT",
        "targetServiceRevision": {"requestedProductionTrafficWeight": 5.0, "requestedTestTrafficWeight": 100.0},
        "deploymentConfiguration": {"strategy": "CANARY"},
        "lifecycleHookDetails": [
            {
                "hookId": "h1",
                "targetType": "PAUSE",
                "status": "AWAITING_ACTION",
                "expiresAt": datetime(2026, 11, 25, 8, 15, tzinfo=UTC),
                "timeoutAction": "ROLLBACK",
            },
            {"hookId": "h2", "targetType": "AWS_LAMBDA", "targetArn": "arn:aws:lambda:x", "status": "SUCCEEDED"},
        ],
        "alarms": {"status": "TRIGGERED", "alarmNames": ["errors", "latency"], "triggeredAlarmNames": ["errors"]},
    }
    pause = Hook("h1", "PAUSE", "AWAITING_ACTION", "", "2026-11-25T08:15:00Z", "ROLLBACK")
    called = Hook("h2", "AWS_LAMBDA", "SUCCEEDED", "arn:aws:lambda:x")
    course = read_course(described)
    assert course == Course(
        ARN, "ROLLBACK_IN_PROGRESS", "alarm detected", "CANARY", "POST_TEST_TRAFFIC_SHIFT", 5.0, 100.0, None,
        (pause, called), ("errors",),
    )  # fmt: skip
    assert course.hold == pause
    assert read_course({}) == Course("", "", "", "ROLLING", "")
