"""What containers wait for: E444, E445 and E502."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, say

CODES = ("E444", "E445", "E502")
TASK = {"family": "app"}
CHECK = {"command": ["CMD", "true"]}
CONDITION = "containerDefinitions[web].dependsOn[db].condition"


def waits(name: str, *others: str, condition: str = "START") -> Value:
    """A container that waits for others; it can be waited for in every way."""
    items = [{"containerName": other, "condition": condition} for other in others]
    return {"name": name, "essential": False, "healthCheck": CHECK, "dependsOn": items}


def pair(condition: str, **target: Value) -> Value:
    """A container that waits for another, which is given."""
    return document(TASK, waits("web", "db", condition=condition), {"name": "db", **target})


@pytest.mark.parametrize(
    "value",
    [
        pair("START"),
        pair("START", essential=True),
        pair("HEALTHY", healthCheck=CHECK),
        pair("HEALTHY", healthCheck=CHECK, essential=True),
        pair("SUCCESS", essential=False),
        pair("COMPLETE", essential=False),
        document(TASK, waits("web", "app", condition="HEALTHY")),  # E427
        document(TASK, {"name": "web", "dependsOn": []}, {"name": "db"}),
        document(TASK, {"name": "web", "dependsOn": [{}, {"containerName": "db"}]}, {"name": "db"}),
        document(TASK, waits("a", "b", "c"), waits("b", "c"), waits("c")),
        document(TASK, waits("a"), waits("b", "a"), waits("c", "a"), waits("d", "b", "c")),
        document(TASK, {"dependsOn": [{"containerName": "b", "condition": "START"}]}, waits("b")),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            pair("HEALTHY"),
            Said(
                "E444",
                CONDITION,
                f"`{CONDITION}` is `HEALTHY`, and container `db` has no `healthCheck`",
                ("`containerDefinitions[db].name` is `db`",),
                "add a `healthCheck` to container `db`; the one in its image does not count",
            ),
        ),
        (
            pair("SUCCESS"),
            Said(
                "E445",
                CONDITION,
                f"`{CONDITION}` is `SUCCESS`, and container `db` is essential, so its end is the end of the task",
                ("`containerDefinitions[db].name` is `db`",),
                "set `essential` to false for container `db`",
            ),
        ),
        (
            pair("COMPLETE", essential=True),
            Said(
                "E445",
                CONDITION,
                f"`{CONDITION}` is `COMPLETE`, and container `db` is essential, so its end is the end of the task",
                ("`containerDefinitions[db].essential` is true",),
                "set `essential` to false for container `db`",
            ),
        ),
        (
            document(TASK, waits("web", "web")),
            Said(
                "E502",
                "containerDefinitions[web].dependsOn[web].containerName",
                "container `web` waits for itself",
                (),
                "delete this dependency",
            ),
        ),
        (
            document(TASK, waits("a", "b"), waits("b", "a")),
            Said(
                "E502",
                "containerDefinitions[a].dependsOn[b].containerName",
                "containers wait for each other, and none starts: `a` waits for `b`, `b` for `a`",
                (),
                "delete one of these dependencies",
            ),
        ),
        (
            document(TASK, waits("x", "a"), waits("d"), waits("a", "d", "b"), waits("b", "c"), waits("c", "a")),
            Said(
                "E502",
                "containerDefinitions[a].dependsOn[b].containerName",
                "containers wait for each other, and none starts: `a` waits for `b`, `b` for `c`, `c` for `a`",
                (),
                "delete one of these dependencies",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, *CODES) == [said]


@pytest.mark.parametrize(
    ("container", "place"),
    [
        ({"links": ["web:w"]}, "containerDefinitions[db].links[0]"),
        ({"volumesFrom": [{"sourceContainer": "web"}]}, "containerDefinitions[db].volumesFrom[web].sourceContainer"),
    ],
)
def test_links_and_volumes_make_circles_too(container: Value, place: str) -> None:
    value = document(TASK, {"name": "db", "image": "db:v1", **container}, waits("web", "db"))
    message = "containers wait for each other, and none starts: `db` waits for `web`, `web` for `db`"
    assert say(value, *CODES) == [Said("E502", place, message, (), "delete one of these dependencies")]


def test_links_and_volumes_of_others_pass() -> None:
    others = {"links": ["web", "gone"], "volumesFrom": [{"sourceContainer": "web"}, {}]}
    assert say(document(TASK, {"name": "db", "image": "db:v1", **others}, waits("web")), *CODES) == []


def test_each_circle_is_reported_once() -> None:
    pairs = (waits("a", "b"), waits("b", "a"), waits("c", "d"), waits("d", "c"))
    value = document(TASK, *pairs, waits("e", "f", "a"), waits("f", "f"))
    assert [said.path for said in say(value, "E502")] == [
        "containerDefinitions[a].dependsOn[b].containerName",
        "containerDefinitions[c].dependsOn[d].containerName",
        "containerDefinitions[f].dependsOn[f].containerName",
    ]


def test_circles_that_share_a_container_are_told_apart() -> None:
    value = document(TASK, waits("a", "b", "c"), waits("b", "a"), waits("c", "a"))
    assert [said.message.partition(": ")[2] for said in say(value, "E502")] == [
        "`a` waits for `b`, `b` for `a`",
        "`a` waits for `c`, `c` for `a`",
    ]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say(pair("HEALTHY", healthcheck=CHECK), "E444") == []
    assert say(pair("SUCCESS", Essential=False), "E445") == []
