"""How a task that was run once ended, and what it is to be run with."""

from __future__ import annotations

import pytest

from generator.aws.run import choose_status, fit_settings, join_settings, judge_run, list_ends, read_settings
from generator.model.account import StoppedContainer, StoppedTask
from generator.model.nodes import Value
from generator.model.runs import (
    ContainerEnd,
    EndedBadly,
    Launch,
    Network,
    NeverStarted,
    Provider,
    RunReason,
    RunSettings,
    Stopped,
)

DOCUMENT: Value = {"containerDefinitions": [{"name": "app"}, {"name": "proxy"}, {"name": "init", "essential": False}]}


def make_task(code: str = "EssentialContainerExited", reason: str = "said", **codes: int | None) -> StoppedTask:
    containers = tuple(StoppedContainer(name, "", code, "", "", "STOPPED") for name, code in codes.items())
    return StoppedTask("arn:task/1", "arn:app:1", "family:app", "", reason, code, "", containers)


def end(name: str, code: int | None, *, essential: bool = True) -> ContainerEnd:
    return ContainerEnd(name, essential, code)


ENDS: dict[str, tuple[StoppedTask, RunReason | None]] = {
    "all well": (make_task(app=0, proxy=0, init=0), None),
    "one that is not essential fails": (make_task(app=0, proxy=0, init=1), None),
    "what ECS added fails": (make_task(app=0, proxy=0, init=0, ecs_service_connect=1), None),
    "an essential one fails": (make_task(app=3, proxy=0), EndedBadly((end("app", 3),))),
    "an essential one never ran": (make_task(app=0, proxy=None), EndedBadly((end("proxy", None),))),
    "one follows another": (make_task(app=0, proxy=143), EndedBadly((end("proxy", 143),), "app")),
    "one is killed after another": (make_task(app=0, proxy=137), EndedBadly((end("proxy", 137),), "app")),
    "both fail": (make_task(app=1, proxy=143), EndedBadly((end("app", 1), end("proxy", 143)))),
    "none ran": (make_task("TaskFailedToStart", "no image", app=None), NeverStarted("no image")),
    "only another ran": (make_task(init=0), NeverStarted("said")),
    "somebody stopped it": (make_task("UserInitiated", app=0, proxy=0), Stopped("UserInitiated", "said")),
    "Spot took it back": (make_task("SpotInterruption", app=143, proxy=143), Stopped("SpotInterruption", "said")),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_task_ends_as_its_essential_containers_do(name: str) -> None:
    task, reason = ENDS[name]
    assert judge_run(task, list_ends(task, DOCUMENT)) == reason


def test_a_kill_with_a_reason_of_its_own_follows_nothing() -> None:
    killed = ContainerEnd("proxy", True, 137, "OutOfMemoryError: Container killed due to memory usage")
    assert judge_run(make_task(app=0, proxy=137), (end("app", 0), killed)) == EndedBadly((killed,))


def test_the_status_of_one_container_is_its_exit_code() -> None:
    ends = (end("a", 0), end("b", 3), end("c", None), end("d", 256), end("e", 3221225786))
    assert [choose_status(ends, name) for name in "abcdex"] == [0, 3, 1, 1, 58, 1]


# What it is run with.


SERVED = RunSettings(
    Network(("subnet-1",), ("sg-1",), "ENABLED"),
    Launch("", (Provider("spot", 1, 0),), "1.4.0", ({"type": "distinctInstance"},)),
    (("data", {"sizeInGiB": 10}), ("other", {})),
)


def test_options_replace_members_of_the_network_and_all_of_the_launch() -> None:
    options = read_settings({"subnets": ("subnet-9",), "launch_type": ("EC2",), "assign_public_ip": ("false",)})
    assert join_settings(options, RunSettings(), SERVED) == RunSettings(
        Network(("subnet-9",), ("sg-1",), "DISABLED"), Launch("EC2", (), "1.4.0"), SERVED.volumes
    )
    assert join_settings(RunSettings(), SERVED) == SERVED
    overlay = read_settings({"subnets": ("subnet-2",), "capacity_provider": ("mine",)})
    assert join_settings(RunSettings(), overlay, SERVED) == RunSettings(
        Network(("subnet-2",)), Launch("", (Provider("mine", 1),), "1.4.0"), SERVED.volumes
    )


FITTED: dict[str, tuple[RunSettings, Value, RunSettings]] = {
    "no network without awsvpc": (
        SERVED._replace(volumes=()),
        {"networkMode": "bridge"},
        RunSettings(launch=SERVED.launch),
    ),
    "only volumes that are configured at launch": (
        SERVED,
        {"networkMode": "awsvpc", "volumes": [{"name": "data", "configuredAtLaunch": True}, {"name": "other"}]},
        SERVED._replace(volumes=SERVED.volumes[:1]),
    ),
    "the one launch type": (
        RunSettings(),
        {"requiresCompatibilities": ["FARGATE"]},
        RunSettings(launch=Launch("FARGATE")),
    ),
    "none of several": (RunSettings(), {"requiresCompatibilities": ["EC2", "FARGATE"]}, RunSettings()),
    "none for managed instances": (RunSettings(), {"requiresCompatibilities": ["MANAGED_INSTANCES"]}, RunSettings()),
    "a version alone": (
        RunSettings(launch=Launch(platform_version="1.4.0")),
        {"requiresCompatibilities": ["FARGATE"]},
        RunSettings(launch=Launch("FARGATE", platform_version="1.4.0")),
    ),
}


@pytest.mark.parametrize("name", FITTED)
def test_settings_fit_the_task_definition(name: str) -> None:
    settings, document, fitted = FITTED[name]
    assert fit_settings(settings, document) == fitted
