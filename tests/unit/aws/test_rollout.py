"""When a deployment is steady, going on or failing, and what of it is new."""

from __future__ import annotations

import pytest

from generator.aws.rollout import Verdict, Watch, begin_watch, find_previous, is_steady, judge, observe
from generator.model.account import Course, Deployment, Service, ServiceEvent, StoppedContainer, StoppedTask
from generator.model.nodes import Value
from generator.model.rollouts import (
    AlarmsFired,
    DeploymentFailed,
    EcsTakesBack,
    FailedInRow,
    Failure,
    Progress,
    Replaced,
    ServiceEnding,
    StoppedAlike,
    TaskCounts,
)

FAMILY = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"
OLD, NEW, OTHER = f"{FAMILY}:4", f"{FAMILY}:5", f"{FAMILY}:6"
BEGAN = "2026-11-24T08:15:00Z"
PULL = "CannotPullContainerError: pull image manifest has been retried 1 time(s): bot:v9: not found"


def deployment(id: str, revision: str, running: int = 0, **members: Value) -> Deployment:
    """A deployment of two tasks; those that are not the first have none."""
    made = Deployment(id, "PRIMARY", revision, 2, 0, running, 0, "IN_PROGRESS", "", BEGAN)
    return made._replace(**members)


def ended(id: str, revision: str, running: int = 0, **members: Value) -> Deployment:
    return deployment(id, revision, running, **{"status": "ACTIVE", "desired": 0, "rollout": "COMPLETED", **members})


def service(*deployments: Deployment, events: tuple[ServiceEvent, ...] = (), status: str = "ACTIVE") -> Service:
    revision = deployments[0].revision if deployments else ""
    return Service("arn", "bot", "live", status, revision, 2, 0, 0, "ECS", deployments, events)


def stop(id: str, reason: str, *containers: StoppedContainer, revision: str = NEW, at: str = BEGAN) -> StoppedTask:
    return StoppedTask(f"task/{id}", revision, "service:bot", at, reason, "TaskFailedToStart", "", containers)


def container(exit_code: int | None, reason: str = "", name: str = "app") -> StoppedContainer:
    return StoppedContainer(name, "bot:v9", exit_code, reason, "", "STOPPED")


def exited(id: str, code: int, reason: str = "") -> StoppedTask:
    return stop(id, "Essential container in task exited", container(code, reason))


BEFORE = service(
    deployment("d4", OLD, 2, rollout="COMPLETED"), events=(ServiceEvent("e1", BEGAN, "has reached a steady state."),)
)
OURS = deployment("d5", NEW)
AFTER = service(OURS, ended("d4", OLD, 2))
WATCH = begin_watch(BEFORE, AFTER, NEW)


def event(id: str, message: str, at: str = "2026-11-24T08:16:00Z") -> ServiceEvent:
    return ServiceEvent(id, at, message)


def decide(now: Service, *stopped: StoppedTask, watch: Watch = WATCH) -> Verdict:
    """Observe twice, since what is told is told once, and what was found stays."""
    watched, _ = observe(watch, now, stopped)
    watched, news = observe(watched, now, stopped)
    assert news == ()
    return judge(watched, now)


GOING_ON = {
    "it has begun": (AFTER, ()),
    "some are running": (service(deployment("d5", NEW, 1), ended("d4", OLD, 1)), ()),
    "all are running, and the old ones have not stopped": (service(deployment("d5", NEW, 2), ended("d4", OLD, 1)), ()),
    "it was through, and one has stopped since": (service(deployment("d5", NEW, 1, rollout="COMPLETED")), ()),
    "ECS still shows what was": (BEFORE, ()),
    "ECS tells no rollout, and some are pending": (service(deployment("d5", NEW, 2, rollout="", pending=1)), ()),
    "ECS tells no rollout, and the old one is there": (
        service(deployment("d5", NEW, 2, rollout=""), ended("d4", OLD, 1, rollout="")),
        (),
    ),
    "ECS tells a rollout that nobody knows": (service(deployment("d5", NEW, 2, rollout="PAUSED")), ()),
    "one task failed": (AFTER, (stop("1", PULL),)),
    "two failed, and ECS counts them": (service(OURS._replace(failed=2)), ()),
    "three failed, and one is running": (service(deployment("d5", NEW, 1, failed=3)), ()),
    "two stopped alike, and one is running": (service(deployment("d5", NEW, 1)), (stop("1", PULL), stop("2", PULL))),
    "two stopped, each in its way": (AFTER, (stop("1", PULL), exited("2", 1))),
    "two exited, each in its way": (AFTER, (exited("1", 1), exited("2", 137))),
    "two tasks of another revision stopped": (AFTER, (stop("1", PULL, revision=OLD), stop("2", PULL, revision=OLD))),
    "two tasks stopped before it began": (
        AFTER,
        (stop("1", PULL, at="2026-11-24T08:14:59Z"), stop("2", PULL, at="2026-11-24T08:14:59Z")),
    ),
    "two had bad luck": (
        AFTER,
        (
            stop("1", "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit"),
            stop("2", "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit"),
        ),
    ),
    "two were scaled in": (
        AFTER,
        (stop("1", "Scaling activity initiated by d5"), stop("2", "Scaling activity initiated by d5")),
    ),
    "an earlier deployment was taken back": (
        service(OURS, events=(event("e2", "(service bot) rolling back to deployment d3.", "2026-11-24T08:14:59Z"),)),
        (),
    ),
    "somebody made ECS begin it again": (service(deployment("d6", NEW), ended("d5", NEW)), ()),
}


@pytest.mark.parametrize(("now", "stopped"), GOING_ON.values(), ids=GOING_ON)
def test_a_deployment_goes_on_while(now: Service, stopped: tuple[StoppedTask, ...]) -> None:
    assert decide(now, *stopped) == Verdict("going on")


STEADY = {
    "ECS says it is through": service(deployment("d5", NEW, 2, rollout="COMPLETED")),
    "there is nothing to run": service(deployment("d5", NEW, 0, desired=0, rollout="COMPLETED")),
    "more run than are wanted": service(deployment("d5", NEW, 3, rollout="COMPLETED")),
    "ECS tells no rollout, and it is alone with what is wanted": service(deployment("d5", NEW, 2, rollout="")),
    "somebody made ECS begin it again": service(deployment("d6", NEW, 2, rollout="COMPLETED")),
    "three failed before": service(deployment("d5", NEW, 2, rollout="COMPLETED", failed=3)),
}


@pytest.mark.parametrize("now", STEADY.values(), ids=STEADY)
def test_a_deployment_is_steady_when(now: Service) -> None:
    assert (decide(now), is_steady(now)) == (Verdict("steady"), True)


STARTED = "ECS deployment circuit breaker: tasks failed to start."
BACK = "ECS deployment circuit breaker: rolling back to deploymentId d4."
FAILING: dict[str, tuple[Service, tuple[StoppedTask, ...], Failure]] = {
    "it failed": (service(OURS._replace(rollout="FAILED", reason=STARTED)), (), DeploymentFailed(STARTED)),
    "it failed, and nobody says why": (service(OURS._replace(rollout="FAILED")), (), DeploymentFailed("")),
    "the circuit breaker rolls it back": (
        service(
            deployment("d7", OLD, reason=BACK),
            ended("d5", NEW, rollout="FAILED", reason=STARTED),
        ),
        (),
        DeploymentFailed(STARTED, OLD),
    ),
    "the circuit breaker took it back, and the service is steady": (
        service(deployment("d4", OLD, 2, rollout="COMPLETED", reason=BACK)),
        (),
        EcsTakesBack(BACK),
    ),
    "an event says that it is taken back": (
        service(OURS, events=(event("e2", "(service bot) rolling back to deployment d4."),)),
        (),
        EcsTakesBack("(service bot) rolling back to deployment d4."),
    ),
    "another deployment is there": (
        service(deployment("d6", OTHER), ended("d5", NEW)),
        (),
        Replaced(OTHER),
    ),
    "ECS went back without a word": (
        service(deployment("d4", OLD, 2, rollout="COMPLETED"), ended("d5", NEW)),
        (),
        Replaced(OLD),
    ),
    "the service goes away": (service(OURS, status="DRAINING"), (), ServiceEnding("DRAINING")),
    "the service is gone": (service(status="INACTIVE"), (), ServiceEnding("INACTIVE")),
    "three failed in a row": (service(OURS._replace(failed=3)), (), FailedInRow(3)),
    "two could not pull": (
        AFTER,
        (stop("1", PULL), stop("2", PULL)),
        StoppedAlike(2, stop("2", PULL)),
    ),
    "two could not pull, as their containers tell": (
        AFTER,
        (
            stop("1", "Task failed to start", container(None, PULL)),
            stop("2", "Task failed to start", container(None, PULL)),
        ),
        StoppedAlike(2, stop("2", "Task failed to start", container(None, PULL))),
    ),
    "two could not get a secret, each by a request of its own": (
        AFTER,
        (
            stop("1", "ResourceInitializationError: unable to pull secrets: request id: 1"),
            stop("2", "ResourceInitializationError: unable to pull secrets: request id: 2"),
        ),
        StoppedAlike(2, stop("2", "ResourceInitializationError: unable to pull secrets: request id: 2")),
    ),
    "two exited alike": (
        AFTER,
        (exited("1", 137, "OutOfMemoryError: Container killed due to memory usage"), exited("2", 137), exited("3", 0)),
        StoppedAlike(2, exited("2", 137)),
    ),
    "two were found unhealthy": (
        AFTER,
        (stop("1", "Task failed container health checks"), stop("2", "Task failed container health checks")),
        StoppedAlike(2, stop("2", "Task failed container health checks")),
    ),
}


@pytest.mark.parametrize(("now", "stopped", "reason"), FAILING.values(), ids=FAILING)
def test_a_deployment_fails_when(now: Service, stopped: tuple[StoppedTask, ...], reason: Failure) -> None:
    watched, _ = observe(WATCH, AFTER, ())
    verdict = decide(now, *stopped, watch=watched)
    assert (verdict, type(verdict.reason)) == (
        Verdict("failing", reason),
        type(reason),
    )  # tuples of two types may be equal


def test_what_is_told_is_what_is_new_in_its_order() -> None:
    watched, first = observe(WATCH, service(OURS, ended("d4", OLD, 2, pending=1), events=BEFORE.events), ())
    progress = [watched.progress]
    begun = event("e2", "(service bot) has started 2 tasks: (task 1) (task 2).", "2026-11-24T08:15:02Z")
    again = event("e3", "(service bot) has started 1 tasks: (task 3).", "2026-11-24T08:15:20Z")
    failed = exited("1", 137, "OutOfMemoryError: Container killed due to memory usage")._replace(
        stopped_at="2026-11-24T08:15:10Z"
    )
    now = service(
        OURS._replace(running=1, pending=1, failed=1),
        ended("d4", OLD, 1),
        ended("d3", OLD),
        events=(again, begun, *BEFORE.events),
    )
    watched, second = observe(watched, now, (failed,))
    progress.append(watched.progress)
    watched, third = observe(watched, now._replace(deployments=(OURS,)), (failed,))
    progress.append(watched.progress)
    assert (first, third) == ((), ())
    assert second == (begun, failed, again)
    assert progress == [
        Progress(TaskCounts(NEW, 0, 0, 2), (TaskCounts(OLD, 2, 1),)),
        Progress(TaskCounts(NEW, 1, 1, 2, failed=1), (TaskCounts(OLD, 1, 0),)),
        Progress(TaskCounts(NEW, 0, 0, 2)),
    ]


def test_a_deployment_that_was_there_already_can_be_watched() -> None:
    watch = begin_watch(AFTER, AFTER, NEW)
    assert watch == Watch(NEW, "d5", BEGAN, frozenset({"d4"}))
    assert decide(service(deployment("d5", NEW, 2, rollout="COMPLETED")), watch=watch) == Verdict("steady")


def test_a_deployment_that_ecs_does_not_show_yet_is_found_when_it_does() -> None:
    watch = begin_watch(BEFORE, BEFORE, NEW)
    assert watch.deployment == ""
    assert decide(BEFORE, watch=watch) == Verdict("going on")
    watched, _ = observe(watch, AFTER, ())
    assert (watched.deployment, watched.since, watched.seen) == ("d5", BEGAN, True)
    assert decide(service(deployment("d5", NEW, 2, rollout="COMPLETED")), watch=watch) == Verdict("steady")


def test_going_back_to_the_deployment_that_is_watched_is_no_failure() -> None:
    watch = begin_watch(AFTER, service(deployment("d4", OLD, reason=BACK), ended("d5", NEW)), OLD)
    back = event("e2", "(service bot) rolling back to deployment d4.")
    now = service(deployment("d4", OLD, 2, rollout="COMPLETED", reason=BACK), events=(back,))
    assert decide(now, watch=watch) == Verdict("steady")


def test_an_old_failure_is_none_of_the_deployment_that_ecs_does_not_show_yet() -> None:
    said = service(deployment("d4", OLD, 2, rollout="COMPLETED", reason=BACK))
    watch = begin_watch(said, AFTER, NEW)
    assert decide(said, watch=watch) == Verdict("going on")
    watched, _ = observe(watch, AFTER, ())
    assert decide(said, watch=watched) == Verdict("failing", EcsTakesBack(BACK))


def test_the_deployment_that_was_is_not_the_one_that_begins_it_anew() -> None:
    through = service(deployment("d4", OLD, 2, rollout="COMPLETED"))
    watch = begin_watch(through, service(deployment("d4", OLD, 2, rollout="COMPLETED")), OLD)
    assert decide(through, watch=watch) == Verdict("going on")
    anew = service(deployment("d7", OLD, 2, rollout="COMPLETED"))
    assert decide(anew, watch=watch) == Verdict("steady")


def test_an_earlier_deployment_may_be_the_newest_again() -> None:
    going = service(OURS, ended("d4", OLD, 2))
    watch = begin_watch(going, service(OURS, ended("d4", OLD, 2)), OLD)
    assert decide(going, watch=watch) == Verdict("going on")
    back = service(deployment("d4", OLD, 2, rollout="COMPLETED"), ended("d5", NEW))
    assert decide(back, watch=watch) == Verdict("steady")


def test_tasks_of_an_older_deployment_of_the_same_revision_are_not_ours() -> None:
    crashing = service(deployment("d4", NEW, 0))
    watch = begin_watch(crashing, service(deployment("d9", NEW), ended("d4", NEW, 0)), NEW)
    theirs = [exited(id, 1)._replace(started_by="d4") for id in ("1", "2")]
    ours = [exited(id, 1)._replace(started_by="d9") for id in ("3", "4")]
    now = service(deployment("d9", NEW), ended("d4", NEW, 0))
    assert decide(now, *theirs, watch=watch) == Verdict("going on")
    assert decide(now, *theirs, *ours, watch=watch).state == "failing"


def test_one_look_at_what_was_is_not_another_deployment() -> None:
    watch = WATCH
    for now, state in (
        (AFTER, "going on"),
        (BEFORE, "going on"),
        (AFTER, "going on"),
        (BEFORE, "going on"),
        (BEFORE, "failing"),
    ):
        watch, _ = observe(watch, now, ())
        assert judge(watch, now).state == state


PREVIOUS = {
    "the one before": (AFTER, OLD),
    "one that was through rather than a newer one that was not": (
        service(OURS, ended("d6", OTHER, rollout="FAILED"), ended("d4", OLD)),
        OLD,
    ),
    "one that was not through, if there is no other": (service(OURS, ended("d6", OTHER, rollout="FAILED")), OTHER),
    "none": (service(OURS, ended("d4", NEW)), ""),
}


@pytest.mark.parametrize(("now", "revision"), PREVIOUS.values(), ids=PREVIOUS)
def test_what_a_service_had_before_is(now: Service, revision: str) -> None:
    assert find_previous(now, NEW) == revision


def test_a_service_that_ecs_does_not_deploy_is_never_steady() -> None:
    assert not is_steady(service())


def test_a_rollout_that_nobody_knows_is_told() -> None:
    watched, _ = observe(WATCH, service(deployment("d5", NEW, 2, rollout="PAUSED")), ())
    assert watched.progress == Progress(TaskCounts(NEW, 2, 0, 2, rollout="PAUSED"))


def test_progress_is_the_same_while_nothing_that_is_told_changes() -> None:
    told, same = (
        service(deployment("d5", NEW, 2), ended("d4", OLD, 1)),
        service(
            deployment("d5", NEW, 2, rollout="COMPLETED", reason="ECS deployment completed."),
            ended("d4", OLD, 1, failed=3, desired=1, rollout="FAILED"),
            ended("d3", OTHER),
        ),
    )
    watched, _ = observe(WATCH, told, ())
    again, _ = observe(watched, same, ())
    assert watched.progress == again.progress == Progress(TaskCounts(NEW, 2, 0, 2), (TaskCounts(OLD, 1, 0),))


COURSE = Course("sd5", "IN_PROGRESS", "", "BLUE_GREEN", "SCALE_UP", 0.0)
GREEN = service(deployment("d5", NEW, 2, rollout=""))
"""All tasks of the new revision run, and it is alone: a rolling deployment would be through."""


@pytest.mark.parametrize(
    ("course", "now", "verdict"),
    [
        (COURSE, GREEN, Verdict("going on")),
        (COURSE._replace(stage="BAKE_TIME", production=100.0), GREEN, Verdict("going on")),
        (COURSE._replace(status="PENDING"), GREEN, Verdict("going on")),
        (COURSE, service(deployment("d5", NEW, 2, rollout="COMPLETED")), Verdict("going on")),
        (COURSE._replace(status="SUCCESSFUL"), GREEN, Verdict("steady")),
        (COURSE._replace(status="SUCCESSFUL"), service(deployment("d5", NEW, 1, rollout="")), Verdict("going on")),
        (
            COURSE._replace(status="ROLLBACK_IN_PROGRESS", reason="alarm detected", alarms=("errors",)),
            service(deployment("d5", NEW, 2, rollout=""), ended("d4", OLD, 2)),
            Verdict("failing", AlarmsFired(("errors",), "alarm detected")),
        ),
        (
            COURSE._replace(status="ROLLBACK_SUCCESSFUL", reason="the hook failed"),
            service(deployment("d4", OLD, 2, rollout="")),
            Verdict("failing", EcsTakesBack("the hook failed")),
        ),
        (
            COURSE._replace(status="ROLLBACK_REQUESTED"),
            GREEN,
            Verdict("failing", EcsTakesBack("ROLLBACK_REQUESTED")),
        ),
        (
            COURSE._replace(status="STOPPED", reason="somebody stopped it"),
            GREEN,
            Verdict("failing", DeploymentFailed("somebody stopped it")),
        ),
        (
            COURSE._replace(strategy="ROLLING", alarms=("errors", "latency")),
            service(deployment("d7", OLD), ended("d5", NEW, rollout="FAILED", reason="alarm detected")),
            Verdict("failing", AlarmsFired(("errors", "latency"), "alarm detected", OLD)),
        ),
        (None, GREEN, Verdict("steady")),
    ],
)
def test_a_deployment_with_a_course_is_over_when_ecs_says_so(
    course: Course | None, now: Service, verdict: Verdict
) -> None:
    watched, _ = observe(WATCH, now, (), course)
    assert judge(watched, now) == verdict
    assert watched.progress.course == course


def test_the_course_of_the_deployment_before_is_none_of_ours() -> None:
    before = BEFORE._replace(course="sd4")
    watch = begin_watch(before, AFTER._replace(course="sd4"), NEW)
    over = COURSE._replace(arn="sd4", status="ROLLBACK_SUCCESSFUL")
    watched, _ = observe(watch, GREEN, (), over)
    assert (watched.progress.course, judge(watched, GREEN)) == (None, Verdict("steady"))
    watched, _ = observe(watched, GREEN, (), COURSE)
    assert judge(watched, GREEN) == Verdict("going on")
    watched, _ = observe(watched, GREEN, ())  # a look that failed
    assert judge(watched, GREEN) == Verdict("going on")


def test_the_way_back_is_not_judged_by_the_course_that_failed() -> None:
    now = service(deployment("d5", NEW, 2, rollout=""), ended("d4", OLD, 2))._replace(course="sd5")
    watch = begin_watch(now, now, OLD, "sd5")
    failed = COURSE._replace(status="ROLLBACK_IN_PROGRESS")
    watched, _ = observe(watch, now, (), failed)
    assert judge(watched, now) == Verdict("going on")
    back = service(deployment("d4", OLD, 2, rollout=""))
    watched, _ = observe(watched, back, (), failed._replace(status="ROLLBACK_SUCCESSFUL"))
    assert judge(watched, back) == Verdict("steady")
