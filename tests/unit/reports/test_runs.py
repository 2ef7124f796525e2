"""What became of a task that was run once, in words."""

from __future__ import annotations

import pytest

from generator.model.runs import (
    ContainerEnd,
    EndedBadly,
    ErrorMet,
    Launch,
    Network,
    NeverStarted,
    NotPlaced,
    Override,
    Provider,
    Run,
    RunReason,
    RunSettings,
    Stopped,
    Unplaced,
    Vanished,
    WatchEnded,
)
from generator.reports.runs import describe_run, plan_run, state_end, state_reason

REASONS: list[tuple[RunReason | None, str]] = [
    (None, ""),
    (NotPlaced((Unplaced("AGENT"), Unplaced("X", "why"))), "ECS did not start it: AGENT; X: why"),
    (
        NotPlaced((Unplaced("MISSING"),)),
        "ECS did not start it: MISSING; ECS does not find an instance, or something else that the task needs",
    ),
    (NotPlaced(()), "ECS did not start it, without a reason"),
    (
        EndedBadly((ContainerEnd("a", True, 3), ContainerEnd("b", True, None))),
        "`a` exited with 3, `b` never ran",
    ),
    (NeverStarted(""), "no essential container ran: ECS reports no reason"),
    (Stopped("UserInitiated", ""), "it was stopped before it was done: UserInitiated"),
    (WatchEnded(), "interrupted; the task continues"),
    (WatchEnded(stopped=True), "interrupted; ECS is stopping it"),
    (WatchEnded(message="denied"), "interrupted, and it was not stopped: denied; the task continues"),
    (WatchEnded(60.0), "not done after 60 s; the task continues"),
    (ErrorMet("cannot reach AWS"), "cannot reach AWS"),
    (Vanished(), "ECS no longer knows the task"),
]


@pytest.mark.parametrize(("reason", "words"), REASONS)
def test_it_is_said_why_it_did_not_succeed(reason: RunReason | None, words: str) -> None:
    assert state_reason(reason) == words


def test_a_container_is_said_to_have_ended() -> None:
    assert state_end(ContainerEnd("a", False, 0)) == "  a (not essential): exited with 0"
    assert state_end(ContainerEnd("a", True, None, "no image")) == "  a (essential): has no exit code, no image"


SETTINGS = RunSettings(
    Network(("subnet-1", "subnet-2"), ("sg-1",), "DISABLED"),
    Launch("", (Provider("spot", 1),), "1.4.0"),
    (("data", {}),),
)
RUN = Run("dev/bot", "live", "", "planned", SETTINGS, Override("bot", ("a", "b c"), (("X", "***"),)))


def test_a_plan_says_what_would_be_called() -> None:
    assert plan_run(RUN) == (
        "would call ecs:RunTask for that revision in `live` on capacity provider spot, platform version 1.4.0, subnets subnet-1 subnet-2, "
        "security groups sg-1, public IP DISABLED, volume data; `bot` runs `a 'b c'`; `bot` has X=***"
    )
    bare = RUN._replace(settings=RunSettings(), override=Override(), revision="arn:task-definition/bot:5")
    assert plan_run(bare) == "would call ecs:RunTask for `bot:5` in `live`"


def test_programs_are_told_all_of_it() -> None:
    ran = RUN._replace(action="failed", task="arn:task/1", reason=Vanished(), ends=(ContainerEnd("bot", True, 1),))
    assert describe_run(ran) == {
        "environment": "dev",
        "task": "bot",
        "cluster": "live",
        "action": "failed",
        "arn": None,
        "task_arn": "arn:task/1",
        "reason": "ECS no longer knows the task",
        "help": None,
        "containers": [{"name": "bot", "essential": True, "exit_code": 1, "reason": None}],
        "launch_type": None,
        "capacity_providers": [{"name": "spot", "weight": 1, "base": 0}],
        "platform_version": "1.4.0",
        "subnets": ["subnet-1", "subnet-2"],
        "security_groups": ["sg-1"],
        "public_ip": "DISABLED",
        "override": {"container": "bot", "command": ["a", "b c"], "environment": {"X": "***"}},
    }
    assert describe_run(ran._replace(override=Override()))["override"] is None
