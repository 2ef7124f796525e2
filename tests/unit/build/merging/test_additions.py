"""Where `$add` puts new containers and volumes."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.support import merge_texts


def task(*names: str) -> Value:
    return {"family": "f", "containerDefinitions": [{"name": name, "image": "i"} for name in names]}


def merge(*patches: str) -> tuple[list[str], list[str]]:
    """The names of the containers of a task that has `app` and `web` and to which patches add some, and what is found."""
    texts = (f"containerDefinitions: {{{patch}}}" for patch in patches)
    merged, findings = merge_texts(task("app", "web"), *texts)
    names = [item["name"] for item in merged["containerDefinitions"]] if merged else []
    return names, [f"{finding.code} {finding.message}" for finding in findings]


PLACED = {
    "last": (["a: {$add: true, image: i}"], ["app", "web", "a"]),
    "first": (["a: {$add: first, image: i}"], ["a", "app", "web"]),
    "several first": (["a: {$add: first, image: i}, b: {$add: first, image: i}"], ["a", "b", "app", "web"]),
    "before": (["a: {$add: {before: web}, image: i}"], ["app", "a", "web"]),
    "after": (["a: {$add: {after: app}, image: i}"], ["app", "a", "web"]),
    "several before one": (
        ["a: {$add: {before: web}, image: i}, b: {$add: {before: web}, image: i}"],
        ["app", "a", "b", "web"],
    ),
    "several after one": (
        ["a: {$add: {after: app}, image: i}, b: {$add: {after: app}, image: i}"],
        ["app", "a", "b", "web"],
    ),
    "beside a new one": (["a: {$add: true, image: i}, b: {$add: {before: a}, image: i}"], ["app", "web", "b", "a"]),
    "beside one of an earlier layer": (
        ["a: {$add: first, image: i}", "b: {$add: {after: a}, image: i}"],
        ["a", "b", "app", "web"],
    ),
    "in the place of one that goes": (["app: null, a: {$add: first, image: i}"], ["a", "web"]),
    "in the list form": (["a: {$add: {after: app}, image: i, name: a}"], ["app", "a", "web"]),
}


@pytest.mark.parametrize(("patches", "names"), PLACED.values(), ids=PLACED)
def test_a_new_container_goes_where_add_says(patches: list[str], names: list[str]) -> None:
    assert merge(*patches) == (names, [])


def test_a_list_that_is_added_whole_has_an_order_too() -> None:
    patch = "volumes: [{name: a, $add: true}, {name: b, $add: first}, {name: c, $add: {before: a}}]"
    merged, findings = merge_texts(task("app"), patch)
    assert (findings, [item["name"] for item in merged["volumes"]]) == ((), ["b", "c", "a"])


REFUSED = {
    "another word": ("a: {$add: last}", "E205 `$add` takes `true`, `first`, `{before: NAME}` or `{after: NAME}`, not `last`"),
    "false": ("a: {$add: false}", "E205 `$add` takes `true`, `first`, `{before: NAME}` or `{after: NAME}`, not `false`"),
    "a list": ("a: {$add: [app]}", "E205 `$add` takes `true`, `first`, `{before: NAME}` or `{after: NAME}`, not a list"),
    "two places": (
        "a: {$add: {before: web, after: app}}",
        "E205 `$add` takes `true`, `first`, `{before: NAME}` or `{after: NAME}`, not a mapping",
    ),
    "a container that is not there": (
        "a: {$add: {before: wbe}, image: i}",
        "E201 `containerDefinitions` has no `wbe` for a new item to stand before",
    ),
    "one that goes": (
        "web: null, a: {$add: {after: web}, image: i}",
        "E201 `containerDefinitions` has no `web` for a new item to stand after",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("patch", "message"), REFUSED.values(), ids=REFUSED)
def test_a_place_that_is_none_is_refused(patch: str, message: str) -> None:
    _, messages = merge(patch)
    assert message in messages
