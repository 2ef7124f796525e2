"""Deployments of services that shift traffic, have lifecycle hooks or watch alarms: what ECS tells about how far they are. Decides nothing.

Source: `ServiceDeployment`, `DeploymentConfiguration` and `DeploymentLifecycleHookDetail` in the service model of botocore 1.44.5.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from generator.aws.calls.revisions import format_time
from generator.model.account import Course, Hook
from generator.model.secrets.scanning import hide_credentials

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

ROLLING, LINEAR, CANARY = "ROLLING", "LINEAR", "CANARY"

SHIFTING, BAKING = "PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME"
"""The stages at which ECS waits because the settings say so: between shifts of traffic, and after the last."""

STEP, STEP_BAKE, CANARY_BAKE = 10.0, 6, 10
"""What ECS takes where nothing is set. Source: the docstrings of `LinearConfiguration` and `CanaryConfiguration`."""


def find_course(clients: Clients, arn: str) -> Course | None:
    """Find a service deployment; None if ECS knows none any more."""
    answer = clients.call("ecs", "DescribeServiceDeployments", serviceDeploymentArns=[arn])
    return next((read_course(each) for each in answer.get("serviceDeployments", ())), None)


def tells_more(config: Value) -> bool:
    """Report whether the settings of a service make its service deployment worth asking for."""
    alarms = config.get("alarms") or {}
    return bool(
        config.get("strategy", ROLLING) != ROLLING
        or config.get("lifecycleHooks")
        or (alarms.get("enable") and alarms.get("alarmNames"))
    )


def count_bakes(config: Value) -> int:
    """Count the minutes that ECS waits in a deployment: between shifts of traffic, and after the last."""
    strategy = config.get("strategy", ROLLING)
    last = config.get("bakeTimeInMinutes") or 0
    if strategy == LINEAR:
        linear = config.get("linearConfiguration") or {}
        shifts = ceil(100 / (linear.get("stepPercent") or STEP))
        return int(last + (shifts - 1) * linear.get("stepBakeTimeInMinutes", STEP_BAKE))
    if strategy == CANARY:
        return int(last + (config.get("canaryConfiguration") or {}).get("canaryBakeTimeInMinutes", CANARY_BAKE))
    return int(last) if strategy != ROLLING else 0


def find_bake(config: Value, stage: str) -> int | None:
    """Find the minutes that ECS waits at a stage; None if it does not."""
    if stage == BAKING:
        return int(config.get("bakeTimeInMinutes") or 0)
    if stage != SHIFTING:
        return None
    if config.get("strategy") == LINEAR:
        return int((config.get("linearConfiguration") or {}).get("stepBakeTimeInMinutes", STEP_BAKE))
    if config.get("strategy") == CANARY:
        return int((config.get("canaryConfiguration") or {}).get("canaryBakeTimeInMinutes", CANARY_BAKE))
    return None


def read_course(described: Value) -> Course:
    """Read a service deployment. The reason of a rollback says more than that of its status."""
    config = described.get("deploymentConfiguration") or {}
    target = described.get("targetServiceRevision") or {}
    stage = described.get("lifecycleStage", "")
    reason = (described.get("rollback") or {}).get("reason") or described.get("statusReason", "")
    return Course(
        arn=described.get("serviceDeploymentArn", ""),
        status=described.get("status", ""),
        reason=hide_credentials(reason),
        strategy=config.get("strategy", ROLLING),
        stage=stage,
        production=target.get("requestedProductionTrafficWeight"),
        test=target.get("requestedTestTrafficWeight"),
        bake=find_bake(config, stage),
        hooks=tuple(map(read_hook, described.get("lifecycleHookDetails") or ())),
        alarms=tuple((described.get("alarms") or {}).get("triggeredAlarmNames") or ()),
    )


def read_hook(described: Value) -> Hook:
    return Hook(
        id=described.get("hookId", ""),
        kind=described.get("targetType", "AWS_LAMBDA"),
        status=described.get("status", ""),
        target=described.get("targetArn", ""),
        expires_at=format_time(described.get("expiresAt")),
        then=described.get("timeoutAction", ""),
    )
