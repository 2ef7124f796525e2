"""How a deployment goes, in words."""

from __future__ import annotations

import pytest

from generator.model.account import Course, Hook, StoppedContainer, StoppedTask
from generator.model.rollouts import (
    AlarmsFired,
    DeploymentFailed,
    EcsTakesBack,
    ErrorRaised,
    FailedInRow,
    Held,
    Hindrance,
    Interrupted,
    NothingBefore,
    NothingWanted,
    OthersDeploy,
    Progress,
    Reason,
    Replaced,
    ReturnEnded,
    ServiceEnding,
    ServiceGone,
    StoppedAlike,
    TaskCounts,
    TimeOver,
)
from generator.reports.deployments import describe_stop, state_course, state_hindrance, state_progress, state_reason

FAMILY = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"
OLD, NEW = f"{FAMILY}:4", f"{FAMILY}:5"
PULL = "CannotPullContainerError: pull image manifest has been retried 1 time(s): bot:v9: not found"
MEMORY = "OutOfMemoryError: Container killed due to memory usage"


def stop(reason: str, *containers: StoppedContainer, code: str = "TaskFailedToStart") -> StoppedTask:
    return StoppedTask("task/1", NEW, "service:bot", "2026-11-24T08:15:00Z", reason, code, "", containers)


def container(exit_code: int | None, reason: str = "", name: str = "app") -> StoppedContainer:
    return StoppedContainer(name, "bot:v9", exit_code, reason, "", "STOPPED")


PROGRESS = {
    Progress(): "",
    Progress(TaskCounts(NEW, 0, 0, 2)): "bot:5: 0 of 2 running, 0 pending",
    Progress(None, (TaskCounts(OLD, 2, 0),)): "bot:4: 2 running",
    Progress(
        TaskCounts(NEW, 0, 0, 2), (TaskCounts(OLD, 2, 1), TaskCounts(OLD, 0, 1))
    ): "bot:5: 0 of 2 running, 0 pending; bot:4: 2 running, 1 pending; bot:4: 0 running, 1 pending",
    Progress(
        TaskCounts(NEW, 1, 1, 2, failed=1), (TaskCounts(OLD, 1, 0),)
    ): "bot:5: 1 of 2 running, 1 pending, 1 failed; bot:4: 1 running",
    Progress(TaskCounts(NEW, 0, 0, 0)): "bot:5: 0 of 0 running, 0 pending",
    Progress(TaskCounts(NEW, 2, 0, 2, rollout="PAUSED")): "bot:5: 2 of 2 running, 0 pending, and ECS calls it PAUSED",
}


@pytest.mark.parametrize(("progress", "words"), PROGRESS.items(), ids=PROGRESS.values())
def test_progress_is_told(progress: Progress, words: str) -> None:
    assert state_progress(progress) == words


STOPS = {
    stop(""): "task 1 stopped: TaskFailedToStart",
    stop("", code=""): "task 1 stopped: for a reason that ECS does not report",
    stop(
        "Essential container in task exited", container(137, MEMORY)
    ): f"task 1 stopped: Essential container in task exited (`app` exited with 137, {MEMORY})",
    stop(
        "Essential container in task exited", container(1), container(0, name="sidecar"), container(None, name="init")
    ): "task 1 stopped: Essential container in task exited (`app` exited with 1; `sidecar` exited with 0)",
    stop(f"{PULL}; failed", container(None, PULL)): f"task 1 stopped: {PULL}; failed",
}


@pytest.mark.parametrize(("task", "words"), STOPS.items(), ids=STOPS.values())
def test_a_stop_is_told_with_its_reason(task: StoppedTask, words: str) -> None:
    assert describe_stop(task) == words


ARN = "arn:aws:ecs:us-east-1:123456789012:service-deployment/live/bot/x1"
COURSE = Course(ARN, "IN_PROGRESS", "", "BLUE_GREEN", "POST_TEST_TRAFFIC_SHIFT", 0.0, 100.0)
PAUSE = Hook("h1", "PAUSE", "AWAITING_ACTION", "", "2026-11-25T08:15:00Z", "ROLLBACK")
CONTINUE = (
    f"`aws ecs continue-service-deployment --service-deployment-arn {ARN} --hook-id h1 --region us-east-1` continues it, with "
    "`--action ROLLBACK` it rolls it back"
)


@pytest.mark.parametrize(
    ("course", "words"),
    [
        (COURSE, "BLUE_GREEN at POST_TEST_TRAFFIC_SHIFT, 0% of production traffic, 100% of test traffic"),
        (Course(ARN, "PENDING", "", "ROLLING", ""), "ROLLING"),
        (
            Course(ARN, "IN_PROGRESS", "", "CANARY", "PRODUCTION_TRAFFIC_SHIFT", 5.0, None, 10),
            "CANARY at PRODUCTION_TRAFFIC_SHIFT, 5% of production traffic, bakes 10 minutes",
        ),
        (
            Course(ARN, "IN_PROGRESS", "", "BLUE_GREEN", "BAKE_TIME", 100.0, None, 1),
            "BLUE_GREEN at BAKE_TIME, 100% of production traffic, bakes 1 minute",
        ),
        (
            COURSE._replace(hooks=(Hook("h2", "AWS_LAMBDA", "IN_PROGRESS", "arn:aws:lambda:x"),)),
            "BLUE_GREEN at POST_TEST_TRAFFIC_SHIFT, 0% of production traffic, 100% of test traffic, hook `arn:aws:lambda:x` is "
            "IN_PROGRESS",
        ),
        (
            COURSE._replace(hooks=(PAUSE,)),
            "BLUE_GREEN at POST_TEST_TRAFFIC_SHIFT, 0% of production traffic, 100% of test traffic; the PAUSE hook `h1` holds it at "
            f"POST_TEST_TRAFFIC_SHIFT until 2026-11-25T08:15:00Z, when ECS rolls it back; {CONTINUE}",
        ),
        (COURSE._replace(status="SUCCESSFUL"), ""),
    ],
)
def test_the_course_of_a_deployment_is_told(course: Course, words: str) -> None:
    assert state_course(course) == words
    tasks = "bot:5: 1 of 2 running, 0 pending"
    said = f"{tasks}; {words}" if words else tasks
    assert state_progress(Progress(TaskCounts(NEW, 1, 0, 2), course=course)) == said


REASONS: list[tuple[Reason | None, str]] = [
    (None, ""),
    (NothingWanted(), "its desired count is 0, so no task runs"),
    (ServiceGone("bot"), "the service `bot` no longer exists"),
    (ServiceEnding("DRAINING"), "the service is DRAINING"),
    (DeploymentFailed("tasks failed to start."), "tasks failed to start."),
    (DeploymentFailed(""), "the deployment failed"),
    (DeploymentFailed("tasks failed to start.", OLD), "tasks failed to start. ECS rolls back to `bot:4`"),
    (DeploymentFailed("", OLD), "the deployment failed ECS rolls back to `bot:4`"),
    (EcsTakesBack("rolling back"), "ECS rolls it back: rolling back"),
    (AlarmsFired(("errors",), ""), "the alarm `errors` fired, so ECS stopped it"),
    (
        AlarmsFired(("errors", "latency"), "alarm detected", OLD),
        "the alarms `errors` and `latency` fired, so ECS stopped it: alarm detected ECS rolls back to `bot:4`",
    ),
    (
        Held(COURSE._replace(hooks=(PAUSE,))),
        f"the PAUSE hook `h1` holds it at POST_TEST_TRAFFIC_SHIFT until 2026-11-25T08:15:00Z, when ECS rolls it back; {CONTINUE}",
    ),
    (
        Held(Course("sd", "IN_PROGRESS", "", "ROLLING", "", hooks=(Hook("h1", "PAUSE", "AWAITING_ACTION"),))),
        "the PAUSE hook `h1` holds it; `aws ecs continue-service-deployment --service-deployment-arn sd --hook-id h1` continues it, "
        "with `--action ROLLBACK` it rolls it back",
    ),
    (Replaced(OLD), "another deployment, of `bot:4`, took its place"),
    (FailedInRow(3), "3 tasks failed in a row, and none is running"),
    (
        StoppedAlike(2, stop("Task failed to start", container(None, PULL))),
        f"2 tasks stopped in the same way, and none is running: Task failed to start (`app` {PULL})",
    ),
    (TimeOver(600.0, Progress(TaskCounts(NEW, 0, 0, 2))), "not steady after 600 s: bot:5: 0 of 2 running, 0 pending"),
    (TimeOver(0.5, Progress()), "not steady after 0.5 s: "),
    (ErrorRaised("AWS denies `ecs:X`"), "AWS denies `ecs:X`"),
    (Interrupted(begun=True), "interrupted"),
    (Interrupted(begun=False), "interrupted, perhaps before it began"),
]


@pytest.mark.parametrize(("reason", "words"), REASONS)
def test_a_reason_is_told(reason: Reason | None, words: str) -> None:
    assert state_reason(reason) == words


HINDRANCES: list[tuple[Hindrance, str]] = [
    (NothingBefore(), "it had no revision before"),
    (OthersDeploy(), "somebody else is deploying to it"),
    (ErrorRaised("AWS denies `ecs:X`"), "AWS denies `ecs:X`"),
    (Interrupted(begun=False), "interrupted, perhaps before that began"),
    (ReturnEnded(OLD, Interrupted(begun=True)), "interrupted on the way to `bot:4`"),
    (ReturnEnded(OLD, FailedInRow(3)), "on the way to `bot:4`: 3 tasks failed in a row, and none is running"),
]


@pytest.mark.parametrize(("hindrance", "words"), HINDRANCES)
def test_why_a_failed_deployment_was_not_taken_back_is_told(hindrance: Hindrance, words: str) -> None:
    assert state_hindrance(hindrance) == words
