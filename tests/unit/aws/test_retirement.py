"""Which revisions may go, and by what others are in use."""

from __future__ import annotations

import pytest

from generator.aws.retirement import Holder, find_uses, group_uses, plan_retirement
from generator.model.account import Use

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"
FIVE = [f"{ARN}:{number}" for number in (9, 7, 4, 2, 1)]
SERVICE = Use(f"{ARN}:4", "service", "live", "bot", "ACTIVE")
OLDER = Use(f"{ARN}:2", "deployment", "live", "bot", "ACTIVE")
SET = Use(f"{ARN}:7", "task set", "live", "web", "ACTIVE")
TASK = Use(f"{ARN}:1", "task", "jobs", "", "PENDING")

PLANS = {
    "all but the newest": ((), 1, [7, 4, 2, 1], []),
    "all but the newest three": ((), 3, [2, 1], []),
    "none where as many are to stay as there are": ((), 5, [], []),
    "none where more are to stay": ((), 50, [], []),
    "none that a service uses": ((SERVICE,), 1, [7, 2, 1], [4]),
    "none that an older deployment uses": ((OLDER,), 1, [7, 4, 1], [2]),
    "none that a task set uses": ((SET,), 1, [4, 2, 1], [7]),
    "none that a task uses which is about to run": ((TASK,), 1, [7, 4, 2], [1]),
    "none where each is in use": ((SERVICE, OLDER, SET, TASK), 1, [], [7, 4, 2, 1]),
    "one that is in use does not count among the newest": ((TASK,), 4, [], [1]),
    "what another family's task uses has no say": ((TASK._replace(revision=f"{ARN}-2:7"),), 4, [1], []),
    "an ARN of another spelling is the same revision": ((TASK._replace(revision="bot:1"),), 1, [7, 4, 2], [1]),
}


@pytest.mark.parametrize(("uses", "keep", "going", "kept"), PLANS.values(), ids=PLANS)
def test_revisions_go_unless_they_are_among_the_newest_or_in_use(
    uses: tuple[Use, ...], keep: int, going: list[int], kept: list[int]
) -> None:
    planned = plan_retirement(FIVE, uses, keep=keep)
    assert list(planned.going) == [f"{ARN}:{number}" for number in going]
    assert list(planned.kept) == [(f"{ARN}:{number}", find_uses(uses, f"{ARN}:{number}")) for number in kept]
    assert all(found for _, found in planned.kept)


def test_the_newest_never_goes() -> None:
    assert [FIVE[0] in plan_retirement(FIVE, (), keep=keep).going for keep in range(1, 7)] == [False] * 6
    with pytest.raises(AssertionError):
        plan_retirement(FIVE, (), keep=0)


def test_what_uses_a_revision_is_told_once_by_the_most_that_it_is() -> None:
    primary = Use(f"{ARN}:4", "deployment", "live", "bot", "PRIMARY")
    own = Use(f"{ARN}:4", "task", "live", "bot", "RUNNING")
    alone = Use(f"{ARN}:4", "task", "live", "", "RUNNING")
    left = Use(f"{ARN}:4", "task", "live", "web", "RUNNING")
    assert group_uses((own, primary, SERVICE, alone, alone, left, SET)) == (
        Holder("live", "bot", "service", 1),
        Holder("live", "web", "task set", 1),
        Holder("live", "", "task", 2),
    )
    assert group_uses((left, left, OLDER)) == (
        Holder("live", "bot", "deployment", 0),
        Holder("live", "web", "task", 2),
    )
