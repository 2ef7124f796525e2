"""Which files speak for a task, in which order, and which names lead nowhere."""

from __future__ import annotations

import pytest

from generator.build.layering import Plan, check_task_names, plan_task, resolve_chain
from generator.documents.parsing.overlay import parse_overlay, parse_task_overlay
from generator.model.findings import Finding, Location, Source
from generator.model.project import Overlay, TaskOverlay
from tests.support import to_python

NOTHING_RESERVED: frozenset[str] = frozenset()


def parse(name: str, text: str) -> Overlay:
    overlay, findings = parse_overlay(Source(f"environments/{name}.yaml", text), name, NOTHING_RESERVED)
    assert overlay is not None
    assert findings == ()
    return overlay


def parse_file(name: str, text: str) -> TaskOverlay:
    overlay, findings = parse_task_overlay(Source(f"environments/{name}", text), NOTHING_RESERVED)
    assert overlay is not None
    assert findings == ()
    return overlay


def plan(environment: str, texts: dict[str, str], task: str = "app") -> tuple[Plan | None, tuple[Finding, ...]]:
    """Plan a task from the texts of all overlays, by file name."""
    overlays = {name[:-5]: parse(name[:-5], text) for name, text in texts.items() if "/" not in name}
    files = {name: parse_file(name, text) for name, text in texts.items() if "/" in name}
    chain, findings = resolve_chain(overlays, environment, tuple(sorted(overlays)))
    assert findings == ()
    return plan_task(chain, files, environment, task)


# The chain.

CHAINS = {
    "alone": ({"dev": ""}, ["dev"]),
    "with a parent": ({"dev": "extends: _base", "_base": ""}, ["_base", "dev"]),
    "with ancestors": ({"dev": "extends: b", "b": "extends: a", "a": "extends: _z", "_z": ""}, ["_z", "a", "b", "dev"]),
    "beside others": ({"dev": "extends: _base", "_base": "", "prod": "extends: _base"}, ["_base", "dev"]),
}


@pytest.mark.parametrize(("texts", "names"), CHAINS.values(), ids=CHAINS)
def test_chain_is_parent_first(texts: dict[str, str], names: list[str]) -> None:
    overlays = {name: parse(name, text) for name, text in texts.items()}

    chain, findings = resolve_chain(overlays, "dev", tuple(sorted(texts)))

    assert [overlay.name for overlay in chain] == names
    assert findings == ()


BROKEN = {
    "itself": (
        {"dev": "extends: dev"},
        ("dev", 10, "`extends` forms a cycle: `dev` → `dev`", "delete one of them"),
    ),
    "a circle": (
        {"dev": "extends: a", "a": "extends: b", "b": "extends: dev"},
        ("b", 10, "`extends` forms a cycle: `dev` → `a` → `b` → `dev`", "delete one of them"),
    ),
    "a circle above": (
        {"dev": "extends: a", "a": "extends: b", "b": "extends: a"},
        ("b", 10, "`extends` forms a cycle: `dev` → `a` → `b` → `a`", "delete one of them"),
    ),
    "too many": (
        {f"e{number}": f"extends: e{number + 1}" for number in range(1, 31)} | {"dev": "extends: e1", "e31": ""},
        ("e29", 10, "more than 30 overlays extend each other, from `dev` to `e30`", "merge some of them into one"),
    ),
    "one of many that are not there": (
        {"dev": "extends: xyz"} | {f"e{number}": "" for number in range(10, 40)},
        (
            "dev",
            10,
            "`extends` names `xyz`, and there is no `xyz.yaml`",
            f"there is `dev`, {', '.join(f'`e{number}`' for number in range(10, 29))} and 11 more",
        ),
    ),
    "nothing": (
        {"dev": "extends: xyz", "prod": ""},
        ("dev", 10, "`extends` names `xyz`, and there is no `xyz.yaml`", "there is `dev`, `prod`"),
    ),
    "nothing, but something near": (
        {"dev": "extends: _bsae", "_base": ""},
        ("dev", 10, "`extends` names `_bsae`, and there is no `_bsae.yaml`", "write `_base`"),
    ),
}


@pytest.mark.parametrize(("texts", "told"), BROKEN.values(), ids=BROKEN)
def test_extends_that_leads_nowhere_is_told_where_it_stands(
    texts: dict[str, str], told: tuple[str, int, str, str]
) -> None:
    overlays = {name: parse(name, text) for name, text in texts.items()}

    _, findings = resolve_chain(overlays, "dev", tuple(sorted(texts)))

    name, column, message, help = told
    assert [(finding.code, finding.location, finding.message, finding.help) for finding in findings] == [
        ("E124", Location(f"environments/{name}.yaml", 1, column), message, help)
    ]


def test_as_many_as_30_may_extend_each_other() -> None:
    texts = {f"e{number}": f"extends: e{number + 1}" for number in range(1, 29)} | {"dev": "extends: e1", "e29": ""}
    overlays = {name: parse(name, text) for name, text in texts.items()}
    chain, findings = resolve_chain(overlays, "dev", tuple(sorted(texts)))
    assert (len(chain), findings) == (30, ())


# The plan.


def test_layers_are_patch_then_entry_then_file_of_each_overlay() -> None:
    texts = {
        "_base.yaml": "vars: {n: 1}\npatch: {cpu: 1}\ntasks: {app: {vars: {n: 2}, patch: {cpu: 2}}}",
        "_base/app.yaml": "vars: {n: 3}\npatch: {cpu: 3}",
        "_base/other.yaml": "vars: {n: 99}\npatch: {cpu: 99}",
        "dev.yaml": "extends: _base\nvars: {n: 4}\npatch: {cpu: 4}\ntasks: {app: {vars: {n: 5}, patch: {cpu: 5}}}",
        "dev/app.yaml": "vars: {n: 6}\npatch: {cpu: 6}",
        "prod/app.yaml": "vars: {n: 98}\npatch: {cpu: 98}",
    }

    made, findings = plan("dev", texts)

    assert findings == ()
    assert made is not None
    assert (made.environment, made.task) == ("dev", "app")
    assert [(layer.overlay, layer.task, to_python(layer.patch)) for layer in made.layers] == [
        ("_base", None, {"cpu": "1"}),
        ("_base", "app", {"cpu": "2"}),
        ("_base", "app", {"cpu": "3"}),
        ("dev", None, {"cpu": "4"}),
        ("dev", "app", {"cpu": "5"}),
        ("dev", "app", {"cpu": "6"}),
    ]
    assert [to_python(given) for given in made.variables] == [{"n": str(number)} for number in range(1, 7)]


def test_sections_that_are_absent_are_no_layers() -> None:
    made, _ = plan("dev", {"dev.yaml": "vars: {a: b}", "dev/app.yaml": ""})

    assert made is not None
    assert (len(made.variables), made.layers) == (1, ())


def test_aws_is_set_member_by_member() -> None:
    texts = {
        "_base.yaml": 'aws: {account: "123456789012", region: us-east-1}',
        "dev.yaml": "extends: _base\naws: {region: eu-west-1}",
    }

    made, _ = plan("dev", texts)

    assert made is not None
    assert made.aws == {"account": "123456789012", "region": "eu-west-1"}


SWITCHES = {
    "nobody speaks of it": ({"dev.yaml": ""}, True),
    "off": ({"dev.yaml": "tasks: {app: null}"}, False),
    "another one is off": ({"dev.yaml": "tasks: {other: null}"}, True),
    "off in the parent": ({"dev.yaml": "extends: _base", "_base.yaml": "tasks: {app: null}"}, False),
    "on again by an entry": (
        {"dev.yaml": "extends: _base\ntasks: {app: {}}", "_base.yaml": "tasks: {app: null}"},
        True,
    ),
    "on again by a file": (
        {"dev.yaml": "extends: _base", "dev/app.yaml": "", "_base.yaml": "tasks: {app: null}"},
        True,
    ),
    "off, on and off": (
        {
            "dev.yaml": "extends: b\ntasks: {app: null}",
            "b.yaml": "extends: _base\ntasks: {app: {}}",
            "_base.yaml": "tasks: {app: null}",
        },
        False,
    ),
    "off, with a file of the parent": (
        {"dev.yaml": "extends: _base\ntasks: {app: null}", "_base.yaml": "", "_base/app.yaml": "vars: {a: b}"},
        False,
    ),
}


@pytest.mark.parametrize(("texts", "there"), SWITCHES.values(), ids=SWITCHES)
def test_task_is_there_unless_the_last_to_speak_of_it_switches_it_off(texts: dict[str, str], there: bool) -> None:
    made, findings = plan("dev", texts)

    assert (made is not None, findings) == (there, ())


def test_layers_below_a_switch_still_count_when_the_task_is_on_again() -> None:
    texts = {
        "dev.yaml": "extends: b\ntasks: {app: {patch: {cpu: 3}}}",
        "b.yaml": "extends: _base\npatch: {cpu: 2}\ntasks: {app: null}",
        "_base.yaml": "tasks: {app: {patch: {cpu: 1}}}",
    }

    made, _ = plan("dev", texts)

    assert made is not None
    assert [to_python(layer.patch) for layer in made.layers] == [{"cpu": "1"}, {"cpu": "2"}, {"cpu": "3"}]


def test_file_for_a_task_that_the_overlay_beside_it_switches_off_is_told() -> None:
    made, findings = plan("dev", {"dev.yaml": "vars: {a: b}\ntasks:\n  app: null\n", "dev/app.yaml": "patch: {cpu: 1}"})

    assert made is None
    assert [(finding.code, finding.message, finding.location, finding.help) for finding in findings] == [
        (
            "E126",
            "`dev/app.yaml` is for a task that `dev` does not have",
            Location("environments/dev/app.yaml", 1, 8),
            "delete the file, or the `null`",
        )
    ]
    assert [note.location for finding in findings for note in finding.notes] == [
        Location("environments/dev.yaml", 3, 3)
    ]


# Names.

NAMES = {
    "known": ("tasks: {app: {}, web: null}", []),
    "misspelt": ("tasks: {wbe: {}}", [(9, "there is no task `wbe`", "write `web`")]),
    "like nothing there is": ("tasks: {zzz: null}", [(9, "there is no task `zzz`", "there is `app`, `web`")]),
    "of a service": ("aws: {service: {wbe: x}}", [(17, "there is no task `wbe`", "write `web`")]),
    "several": (
        "tasks: {appp: {}, zzz: {}}",
        [(9, "there is no task `appp`", "write `app`"), (19, "there is no task `zzz`", "there is `app`, `web`")],
    ),
}


@pytest.mark.parametrize(("text", "told"), NAMES.values(), ids=NAMES)
def test_entries_for_tasks_that_do_not_exist_are_told(text: str, told: list[tuple[int, str, str]]) -> None:
    findings = check_task_names(parse("dev", text), ("app", "web"))

    assert [(finding.code, finding.location, finding.message, finding.help) for finding in findings] == [
        ("E126", Location("environments/dev.yaml", 1, column), message, help) for column, message, help in told
    ]
