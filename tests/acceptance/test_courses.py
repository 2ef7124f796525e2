"""`taskdef deploy` where a service shifts traffic, has lifecycle hooks or watches alarms: the screens, from recorded answers."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded, Refusal, Scenario, Step
from tests.acceptance.running import Done, Runner
from tests.acceptance.scenes import (
    BEGAN,
    CLUSTER,
    ECS,
    FAMILY,
    SERVICE,
    TASK,
    deployment,
    describe_service,
    name_arn,
    older,
    play_account,
    services,
)

NAME = f"dev/{TASK}"
DEPLOY = ("taskdef", "deploy", "dev", "--interval", "0.1")
UPDATE, LOOK, COURSE = "ecs:UpdateService", "ecs:DescribeServices", "ecs:DescribeServiceDeployments"
WAS, OURS = (f"{ECS}:service-deployment/{CLUSTER}/{SERVICE}/{name}" for name in ("was", "ours"))
BEGUN = f"registered {NAME} as {name_arn(5)}\n{NAME}: ECS deploys `{FAMILY}:5` to `{SERVICE}` in `{CLUSTER}`\n"
STEADY = f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n"
BOTH = f"{NAME}: {FAMILY}:5: 1 of 1 running, 0 pending; {FAMILY}:4: 1 running; "
ALARMS = {"alarmNames": ["errors", "latency"], "enable": True, "rollback": True}
CANARY = {
    "strategy": "CANARY",
    "bakeTimeInMinutes": 5,
    "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 15},
}
PAUSED = {"strategy": "BLUE_GREEN", "lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]}]}


def serve(config: Value, course: str, *deployments: Value) -> Value:
    members = {"deploymentConfiguration": config, "currentServiceDeployment": course}
    return describe_service(*deployments, **members)


def course(
    config: Value, stage: str, share: float | None = None, status: str = "IN_PROGRESS", **members: Value
) -> Value:
    weight = {} if share is None else {"requestedProductionTrafficWeight": share}
    return {
        "serviceDeployments": [
            {
                "serviceDeploymentArn": OURS,
                "createdAt": BEGAN,
                "status": status,
                "lifecycleStage": stage,
                "targetServiceRevision": {"arn": f"{OURS}-revision", **weight},
                "deploymentConfiguration": config,
                **members,
            }
        ],
        "failures": [],
    }


def play(config: Value, *courses: Value | Step | Refusal) -> Scenario:
    """A deployment of which ECS first shows what was, then both revisions side by side as long as the test looks."""
    before = serve(config, WAS, deployment(4, 1, "COMPLETED"))
    side_by_side = serve(config, OURS, deployment(5, 1, rolloutState="IN_PROGRESS"), older(4, 1))
    return {
        **play_account(),
        UPDATE: [{"service": side_by_side}],
        LOOK: [Step(services(before), until=UPDATE), services(side_by_side)],
        COURSE: list(courses),
    }


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


def test_a_canary_is_watched_to_its_end_with_its_share_of_traffic(runner: Runner, aws: Recorded) -> None:
    aws.play(
        play(
            CANARY,
            course(CANARY, "SCALE_UP", 0.0),
            course(CANARY, "PRODUCTION_TRAFFIC_SHIFT", 10.0),
            course(CANARY, "BAKE_TIME", 100.0),
            course(CANARY, "CLEAN_UP", 100.0, "SUCCESSFUL"),
        )
    )
    assert runner.run(*DEPLOY) == Done(
        0,
        STEADY,
        f"{BEGUN}{BOTH}CANARY at SCALE_UP, 0% of production traffic\n"
        f"{BOTH}CANARY at PRODUCTION_TRAFFIC_SHIFT, 10% of production traffic, bakes 15 minutes\n"
        f"{BOTH}CANARY at BAKE_TIME, 100% of production traffic, bakes 5 minutes\n"
        f"{BOTH.removesuffix('; ')}\n1 steady\n",
    )
    assert aws.list_calls(COURSE)[0] == {"serviceDeploymentArns": [OURS]}


HOOK = {
    "hookId": "h-1",
    "targetType": "PAUSE",
    "status": "AWAITING_ACTION",
    "expiresAt": "2026-11-25T08:15:00Z",
    "timeoutAction": "ROLLBACK",
}
HELD = (
    "the PAUSE hook `h-1` holds it at PRE_SCALE_UP until 2026-11-25T08:15:00Z, when ECS rolls it back; `aws ecs "
    f"continue-service-deployment --service-deployment-arn {OURS} --hook-id h-1 --region us-east-1` continues it, with `--action "
    "ROLLBACK` it rolls it back"
)


def test_a_deployment_that_a_hook_holds_is_held_and_not_failed(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PAUSED, course(PAUSED, "PRE_SCALE_UP", 0.0, lifecycleHookDetails=[HOOK])))
    assert runner.run(*DEPLOY, "--timeout", "0.5", "--rollback-on-failure") == Done(
        2,
        f"held {NAME}: {HELD}\n  help: `taskdef deploy {NAME}` waits for it again once it has been continued\n",
        f"{BEGUN}{BOTH}BLUE_GREEN at PRE_SCALE_UP, 0% of production traffic; {HELD}\n1 held\n",
    )
    assert len(aws.list_calls(UPDATE)) == 1  # nothing is taken back
    aws.play(play(PAUSED, course(PAUSED, "PRE_SCALE_UP", 0.0, lifecycleHookDetails=[HOOK])))
    said = json.loads(runner.run(*DEPLOY, "--timeout", "0.3", "--format", "json").out)["deployments"][0]
    assert (said["action"], said["reason"]) == ("held", HELD)
    assert said["course"] == {
        "arn": OURS,
        "status": "IN_PROGRESS",
        "strategy": "BLUE_GREEN",
        "stage": "PRE_SCALE_UP",
        "production_percent": 0.0,
        "test_percent": None,
        "bake_minutes": None,
        "alarms": [],
        "hooks": [
            {
                "id": "h-1",
                "kind": "PAUSE",
                "status": "AWAITING_ACTION",
                "target": None,
                "expires_at": "2026-11-25T08:15:00Z",
                "then": "ROLLBACK",
            }
        ],
    }


def test_a_deployment_that_is_continued_is_waited_for(runner: Runner, aws: Recorded) -> None:
    done = {**HOOK, "status": "SUCCEEDED"}
    aws.play(
        play(
            PAUSED,
            course(PAUSED, "PRE_SCALE_UP", 0.0, lifecycleHookDetails=[HOOK]),
            course(PAUSED, "CLEAN_UP", 100.0, "SUCCESSFUL", lifecycleHookDetails=[done]),
        )
    )
    assert runner.run(*DEPLOY)[:2] == (0, STEADY)


@pytest.mark.parametrize("strategy", ["BLUE_GREEN", "ROLLING"])
def test_alarms_that_stop_a_deployment_are_named(runner: Runner, aws: Recorded, strategy: str) -> None:
    config = {"strategy": strategy, "alarms": ALARMS}
    fired = {
        "alarms": {"status": "TRIGGERED", "alarmNames": ["errors", "latency"], "triggeredAlarmNames": ["latency"]},
        "rollback": {"reason": "Service deployment rolled back because of alarms in ALARM state.", "startedAt": BEGAN},
    }
    aws.play(
        play(config, course(config, "BAKE_TIME"), course(config, "BAKE_TIME", None, "ROLLBACK_IN_PROGRESS", **fired))
    )
    done = runner.run(*DEPLOY)
    assert (done.status, done.out.splitlines()[0]) == (
        1,
        f"failed {NAME}: the alarm `latency` fired, so ECS stopped it: Service deployment rolled back because of alarms in ALARM state.",
    )


def test_who_may_not_look_at_the_course_is_told_and_waits_on(runner: Runner, aws: Recorded) -> None:
    said = f"User ci is not authorized to perform: {COURSE}"
    through = serve(CANARY, OURS, deployment(5, 1, "COMPLETED"))
    scenario = play(CANARY, Refusal("AccessDeniedException", said))
    aws.play({**scenario, LOOK: [*scenario[LOOK], services(through)]})  # type: ignore[misc]  # these are steps
    done = runner.run(*DEPLOY)
    assert (done.status, done.out) == (0, STEADY)
    assert f"{NAME}: AWS denies `{COURSE}`: {said}; still looking\n" in done.err
    assert len(aws.list_calls(COURSE)) == 1


def test_a_rolling_service_without_hooks_and_alarms_is_not_asked_for_more(runner: Runner, aws: Recorded) -> None:
    config = {"strategy": "ROLLING", "alarms": {**ALARMS, "enable": False}}
    scenario = play(config)
    through = serve(config, OURS, deployment(5, 1, "COMPLETED"))
    rest = {name: steps for name, steps in scenario.items() if name != COURSE}
    aws.play({**rest, LOOK: [*scenario[LOOK], services(through)]})  # type: ignore[misc]  # these are steps
    assert runner.run(*DEPLOY)[:2] == (0, STEADY)


@pytest.mark.parametrize(
    ("controller", "who"), [("CODE_DEPLOY", "CodeDeploy"), ("EXTERNAL", "a controller outside of ECS")]
)
def test_a_service_that_somebody_else_deploys_is_refused_with_the_reason(
    runner: Runner, aws: Recorded, controller: str, who: str
) -> None:
    before = describe_service(deployment(4, 1, "COMPLETED"), deploymentController={"type": controller})
    aws.play({**play_account(), LOOK: [services(before)]})
    for words in (DEPLOY, ("taskdef", "rollback", "dev", "--to", "3")):
        done = runner.run(*words)
        assert done.status == 1
        assert f"the service `{SERVICE}` is deployed by {who}, and ECS lets nobody else change its revision" in done.out
        assert "help: `taskdef register` registers the revision; the rest is up to that controller" in done.out
