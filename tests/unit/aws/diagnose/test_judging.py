"""Which stopped task failed, of what, and how many are weighed: what is no failure, what is easily mistaken, what speaks for it."""

from __future__ import annotations

import pytest

from generator.aws.diagnose import Diagnosis, Evidence, diagnose, find_failed_revision, find_suspects
from generator.model.account import LogLines, Service, StoppedTask
from generator.model.needs import LoadBalancer
from generator.model.nodes import Value
from tests.stopping import (
    BOT,
    EXITED,
    GROUP,
    IMAGE,
    PULL,
    REVISION,
    TASK,
    UNPLACED,
    serving,
    state,
    stopped,
    unstarted,
    with_container,
    with_sidecar,
    wrote,
)

OOM = "OutOfMemoryError: Container killed due to memory usage"
SCALED = "Scaling activity initiated by (deployment ecs-svc/8646900195280463695)"
STEADY = "(service bot) has reached a steady state."
SIDECAR = {"name": "log-router", "image": "log-router:v1"}


def give(
    *tasks: StoppedTask, service: Service | None = None, logs: tuple[LogLines, ...] = (), document: Value = TASK
) -> Diagnosis | None:
    return diagnose(Evidence(service, tasks, logs, document))


def tell(
    *tasks: StoppedTask, service: Service | None = None, logs: tuple[LogLines, ...] = (), document: Value = TASK
) -> str:
    """The cause, and of which container."""
    found = give(*tasks, service=service, logs=logs, document=document)
    return f"{found.problem.code} {found.container}".strip() if found else "none"


def asked(*exits: int | None, reason: str = SCALED, code: str = "ServiceSchedulerInitiated") -> StoppedTask:
    return stopped(*(state(each) for each in exits), reason=reason, code=code)


@pytest.mark.parametrize(
    "task",
    [
        asked(0),
        asked(143),
        asked(137),
        asked(1),
        asked(None),
        asked(137, reason="Task stopped by user", code="UserInitiated"),
        asked(1, reason="Stopped by CI: OutOfMemoryError in Task failed container health checks", code="UserInitiated"),
        asked(0, reason="", code="UserInitiated"),
        stopped(state(0), group="family:trading-bot-prod"),
        stopped(state(0), state(None, name="log-router"), group="family:trading-bot-prod"),
        stopped(state(0), reason="", code=""),
    ],
)
def test_what_was_stopped_or_is_done_did_not_fail(task: StoppedTask) -> None:
    if task.code == "":
        task = task._replace(group="")
    assert give(task) is None
    assert give(task, service=serving(STEADY)) is None


def test_nothing_at_all_is_no_failure() -> None:
    assert give() is None
    assert give(service=serving()) is None
    assert give(service=serving("(service bot) has started 1 tasks: (task 22450d8c).", STEADY)) is None


@pytest.mark.parametrize(
    ("tasks", "cause"),
    [
        # An essential container that ends is no cause: how it ended is one.
        ([stopped(state(137, OOM))], f"memory-too-small {BOT}"),
        ([stopped(state(137))], f"memory-too-small {BOT}"),
        ([stopped(state(139))], f"program-crashed {BOT}"),
        ([stopped(state(2, OOM))], f"memory-too-small {BOT}"),
        # A task that fails to start is no cause: why it does is one.
        ([unstarted(f"{PULL}failed to resolve ref {IMAGE}: not found")], "image-not-found"),
        (
            [unstarted("Task failed to start", f"{PULL}failed to resolve ref {IMAGE}: not found")],
            f"image-not-found {BOT}",
        ),
        # 137 and 143 of a task that ECS stopped are how it was stopped.
        ([asked(137, reason="Task failed container health checks")], "health-check-failed " + BOT),
        ([asked(137, reason=f"Task failed ELB health checks in (target-group {GROUP})")], "balancer-check-failed"),
        ([stopped(state(137), reason="Your Spot Task was interrupted.", code="SpotInterruption")], "spot-interrupted"),
        ([stopped(state(137), reason="", code="SpotInterruption")], "spot-interrupted"),
        ([stopped(state(143), reason="", code="TerminationNotice")], "host-stopped"),
        # Whoever stops a task may say anything; what a container died of before stays.
        (
            [asked(137, reason="bye", code="UserInitiated")._replace(containers=(state(137, OOM),))],
            f"memory-too-small {BOT}",
        ),
        ([asked(137)._replace(containers=(state(137, OOM),))], f"memory-too-small {BOT}"),
    ],
)
def test_reasons_come_before_exit_codes_and_these_before_stop_codes(tasks: list[StoppedTask], cause: str) -> None:
    assert tell(*tasks) == cause


@pytest.mark.parametrize(
    ("exits", "cause"),
    [
        ({BOT: 1, "log-router": 143}, f"container-failed {BOT}"),
        ({BOT: 1, "log-router": 137}, f"container-failed {BOT}"),
        ({BOT: 1, "log-router": 0}, f"container-failed {BOT}"),
        ({BOT: 143, "log-router": 1}, "container-failed log-router"),
        ({BOT: 137, "log-router": 143}, f"memory-too-small {BOT}"),
        ({BOT: 143, "log-router": 137}, "memory-too-small log-router"),
        ({BOT: 0, "log-router": 137}, f"container-finished {BOT}"),
        ({BOT: 139, "log-router": 0}, f"program-crashed {BOT}"),
        ({BOT: 1, "ecs-service-connect-x1": 143}, f"container-failed {BOT}"),
        ({BOT: 0, "ecs-service-connect-x1": 1}, f"container-finished {BOT}"),
    ],
)
def test_of_several_containers_the_one_that_nobody_stopped_ended_first(exits: dict[str, int], cause: str) -> None:
    task = stopped(*(state(code, name=name) for name, code in exits.items()))
    assert tell(task, document=with_sidecar(SIDECAR)) == cause


def test_what_is_not_essential_is_not_why_a_task_ended() -> None:
    document = with_sidecar({**SIDECAR, "essential": False})
    assert tell(stopped(state(143), state(1, name="log-router")), document=document) == f"container-terminated {BOT}"
    assert tell(stopped(state(1), state(3, name="log-router")), document=document) == f"container-failed {BOT}"


def test_one_that_waits_is_not_to_blame_where_the_other_is_known_to_have_failed() -> None:
    waits = "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
    waits += f"[migrate(bot:v1) (STOPPED->RUNNING)] for target [{BOT}(bot:v1) (NONE->RUNNING)] as dependency did not exit successfully."
    document = with_sidecar({"name": "migrate", "image": IMAGE, "essential": False})
    other = state(None, f"{PULL}failed to resolve ref {IMAGE}: not found", "migrate")
    task = stopped(state(143, waits), other, code="TaskFailedToStart")
    assert tell(task, document=document) == "image-not-found migrate"
    task = stopped(state(143, waits), state(1, name="migrate"), code="TaskFailedToStart")
    assert tell(task, document=document) == "dependency-failed migrate"


def test_a_log_says_more_than_an_exit_code_but_not_than_a_reason() -> None:
    log = wrote("starting", "exec /usr/bin/bot: exec format error")
    assert tell(stopped(state(1)), logs=(log,)) == f"image-platform {BOT}"
    assert tell(stopped(state(1, OOM)), logs=(log,)) == f"memory-too-small {BOT}"
    assert tell(stopped(state(137)), logs=(log,)) == f"memory-too-small {BOT}"
    assert tell(stopped(state(0)), logs=(log,)) == f"container-finished {BOT}"
    assert (
        tell(stopped(state(1)), logs=(wrote("exec /x: exec format error", name="log-router"),))
        == f"container-failed {BOT}"
    )
    assert (
        tell(stopped(state(1)), logs=(wrote("exec /x: exec format error", task="other"),)) == f"container-failed {BOT}"
    )


def test_docker_says_127_of_what_did_not_start_and_not_always_why() -> None:
    said = "CannotStartContainerError: Error response from daemon: failed to create shim task"
    assert tell(stopped(state(127, said), code="TaskFailedToStart")) == f"command-not-found {BOT}"
    assert tell(stopped(state(128, said), code="TaskFailedToStart")) == f"start-failed {BOT}"


# Weighing.


def test_most_tasks_tell_and_the_newest_of_as_many() -> None:
    crash, oom = state(1), state(137, OOM)
    assert tell(stopped(oom), stopped(crash, at="…1"), stopped(crash, at="…0")) == f"container-failed {BOT}"
    assert tell(stopped(oom), stopped(crash), stopped(crash), stopped(oom)) == f"memory-too-small {BOT}"
    assert tell(asked(137), stopped(oom), asked(1), asked(1)) == f"memory-too-small {BOT}"


def test_older_revisions_are_not_weighed() -> None:
    older = REVISION.replace(":7", ":6")
    tasks = (stopped(state(1)), *(stopped(state(137, OOM), revision=older) for _ in range(5)))
    found = give(*tasks)
    assert found and (found.problem.code, found.alike, found.failed) == ("container-failed", 1, 1)
    assert find_failed_revision(None, tasks) == REVISION
    assert find_failed_revision(None, tasks[1:]) == older


def test_what_keeps_tasks_from_being_placed_since_goes_first() -> None:
    later = serving(UNPLACED + "has insufficient memory available.", at="2026-11-24T08:20:00Z")
    earlier = serving(UNPLACED + "has insufficient memory available.", at="2026-11-24T08:10:00Z")
    assert tell(stopped(state(1)), service=later) == "instances-lack-memory"
    assert tell(stopped(state(1)), service=earlier) == f"container-failed {BOT}"


def test_what_a_service_said_before_it_was_steady_is_settled() -> None:
    assert tell(service=serving(STEADY, UNPLACED + "has insufficient memory available.")) == "none"
    assert tell(service=serving(UNPLACED + "has insufficient memory available.", STEADY)) == "instances-lack-memory"


def test_that_targets_are_unhealthy_does_not_outdo_why_the_task_ended() -> None:
    unhealthy = serving(
        f"(service bot) (port 8080) is unhealthy in (target-group {GROUP}) due to (reason Request timed out)"
    )
    assert tell(stopped(state(1)), service=unhealthy) == f"container-failed {BOT}"


def test_a_revision_is_that_of_who_failed_or_what_the_service_is_brought_to() -> None:
    assert find_failed_revision(serving(), ()) == REVISION
    assert find_failed_revision(None, ()) == ""
    assert find_failed_revision(serving(), (asked(0)._replace(revision="old"),)) == REVISION
    assert find_failed_revision(None, (asked(0)._replace(revision="old"),)) == "old"


def test_suspects_are_the_containers_that_failed() -> None:
    tasks = (stopped(state(1), id="a"), asked(137), asked(137, reason="Task failed container health checks"))
    suspects = find_suspects(Evidence(None, tasks, (), TASK))
    assert [(task.id, container) for task, container in suspects] == [("a", BOT), ("bc05f3eb", BOT)]


# What speaks for it.


def test_evidence_is_quoted_with_exit_code_log_and_count() -> None:
    log = wrote("connecting", "Traceback (most recent call last):", "KeyError: 'DATABASE_URL'")
    found = give(stopped(state(1)), stopped(state(1), id="older"), asked(137), logs=(log,))
    assert found and found.log
    assert (found.exit_code, found.alike, found.failed) == (1, 2, 2)
    assert found.quotes == (EXITED,)
    assert found.log.lines == log.lines
    assert [fact.text for fact in found.problem.facts] == [
        f"AWS reports for task `bc05f3eb`, 2026-11-24T08:15:00Z: {EXITED}",
        f"container `{BOT}` has exit code 1",
        "2 of the last 2 failed tasks have this cause",
        "it is unknown which line of the task definition would fix this, if any",
    ]


def test_a_service_that_is_steady_again_says_so() -> None:
    found = give(stopped(state(137, OOM)), service=serving(STEADY))
    assert found and "the service has been steady since 2026-11-24T08:20:00Z" in [
        fact.text for fact in found.problem.facts
    ]


def test_logs_that_cannot_be_had_say_why() -> None:
    found = give(stopped(state(1)), logs=(wrote(missing="log group `/ecs/trading-bot-prod` does not exist"),))
    assert (
        found
        and found.log
        and (found.log.lines, found.log.missing) == ((), "log group `/ecs/trading-bot-prod` does not exist")
    )


def test_secrets_in_logs_and_reasons_are_masked() -> None:
    log = wrote(
        "DATABASE_PASSWORD=hunter2hunter2",
        "could not connect to postgres://bot:hunter2@db:5432/bot",
        'config {"api_key": "abcdefghijkl"}',
        "2026-11-24 ERROR password: hunter2hunter2",
        "Authorization: Bearer abcdefghijkl",
        "KeyError: 'BYBIT_SECRET_KEY'",
    )
    reason = "CannotStartContainerError: AWS_SECRET_ACCESS_KEY AKIAQYLPMN5HNVP4WXYZ refused"
    found = give(stopped(state(127, reason)), logs=(log,))
    assert found and found.log
    said = "\n".join((*found.log.lines, *found.quotes, *(fact.text for fact in found.problem.facts)))
    assert not [each for each in ("hunter2", "abcdefghijkl", "AKIAQYLPMN5HNVP4WXYZ") if each in said]
    assert found.log.lines[-1] == "KeyError: 'BYBIT_SECRET_KEY'"


def test_quotes_and_logs_are_bounded() -> None:
    log = wrote(*(f"line {number} {'x' * 1000}" for number in range(200)))
    found = give(stopped(state(1, "begin " + "y" * 5000 + " end")), logs=(log,))
    assert found and found.log
    assert [len(line) <= 210 for line in found.log.lines] == [True] * 10
    assert found.log.lines[-1].startswith("line 199 ")
    assert len(found.quotes[0]) < 710
    assert found.quotes[0].startswith("begin yy") and found.quotes[0].endswith("yy end")


def test_no_more_than_so_many_tasks_are_weighed() -> None:
    found = give(*(stopped(state(1), id=str(number)) for number in range(100)))
    assert found and (found.alike, found.failed) == (20, 20)


def test_long_lines_are_looked_through_in_no_time() -> None:
    hostile = ("listening " * 20000, "running http://" * 20000, "x: " * 100000)
    task = stopped(state(137, health="UNHEALTHY"), reason="Task failed container health checks")
    assert tell(task, logs=(wrote(*hostile),)) == f"health-check-failed {BOT}"
    assert tell(stopped(state(127)), logs=(wrote(*hostile),)) == f"command-not-found {BOT}"


@pytest.mark.parametrize(
    "document", [{}, {"containerDefinitions": []}, with_container(healthCheck=None, portMappings=None)]
)
def test_a_task_definition_that_does_not_fit_makes_no_trouble(document: Value) -> None:
    balancer = LoadBalancer(GROUP, BOT, 8080)
    for task in (
        stopped(state(1)),
        stopped(state(137, OOM)),
        asked(137, reason="Task failed container health checks"),
        asked(137, reason=f"Task failed ELB health checks in (target-group {GROUP})"),
        unstarted("", f"{PULL}failed to resolve ref {IMAGE}: not found"),
    ):
        found = give(task, service=serving(balancer=balancer), document=document)
        assert found and found.problem.message
