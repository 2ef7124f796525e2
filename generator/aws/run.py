"""How a task that was run once ended, and what it is to be run with. Asks AWS for nothing."""

from __future__ import annotations

from generator.ecs.stops import FROM_OUTSIDE, KILLED, TERMINATED
from generator.model.account import StoppedTask
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

AWSVPC = "awsvpc"
LAUNCH_TYPES = ("EC2", "EXTERNAL", "FARGATE")


def list_ends(task: StoppedTask, document: Value) -> tuple[ContainerEnd, ...]:
    """List how the containers of the task definition ended, in its order; those that ECS added say nothing of the task."""
    states = {each.name: each for each in task.containers}
    return tuple(
        ContainerEnd(
            name := each.get("name", ""),
            bool(each.get("essential", True)),
            states[name].exit_code if name in states else None,
            states[name].reason if name in states else "",
        )
        for each in document.get("containerDefinitions", ())
    )


def judge_run(task: StoppedTask, ends: tuple[ContainerEnd, ...]) -> RunReason | None:
    """Report what a task failed of; None if every essential container ended with 0, and nobody stopped it before."""
    essential = [each for each in ends if each.essential]
    if all(each.exit_code is None for each in essential):
        return NeverStarted(task.reason)
    if task.code in FROM_OUTSIDE:
        return Stopped(task.code, task.reason)
    bad = tuple(each for each in essential if each.exit_code != 0)
    if not bad:
        return None
    well = [each.name for each in essential if each.exit_code == 0]
    follows = all(each.exit_code in (KILLED, TERMINATED) and not each.reason for each in bad)
    return EndedBadly(bad, well[0] if well and follows else "")


def choose_status(ends: tuple[ContainerEnd, ...], name: str) -> int:
    """Choose the exit code of one container to end with; one that never ran has failed."""
    code = next((each.exit_code for each in ends if each.name == name), None)
    return 1 if code is None else code & 0xFF or (1 if code else 0)


# What it is run with.


def read_settings(given: dict[str, tuple[str, ...]]) -> RunSettings:
    """Make settings of `aws.run`, or of options of the same names."""
    one = {key: values[0] for key, values in given.items() if values}
    public = {"true": "ENABLED", "false": "DISABLED"}.get(one.get("assign_public_ip", ""), "")
    providers = (Provider(one["capacity_provider"], weight=1),) if "capacity_provider" in one else ()
    return RunSettings(
        Network(given.get("subnets", ()), given.get("security_groups", ()), public),
        Launch(one.get("launch_type", ""), providers, one.get("platform_version", "")),
    )


def join_settings(first: RunSettings, *others: RunSettings) -> RunSettings:
    """Join settings: each member of the network as the first says that has it, and what the task runs on from one of them."""
    every = (first, *others)
    base = next((each.network for each in others if each.network.subnets), Network())
    network = Network(
        first.network.subnets or base.subnets,
        first.network.security_groups or base.security_groups,
        first.network.public_ip or base.public_ip,
    )
    launch = next((each.launch for each in every if each.launch.type or each.launch.providers), Launch())
    version = next((each.launch.platform_version for each in every if each.launch.platform_version), "")
    volumes = next((each.volumes for each in every if each.volumes), ())
    return RunSettings(network, launch._replace(platform_version=version), volumes)


def fit_settings(settings: RunSettings, document: Value) -> RunSettings:
    """Fit settings to a task definition: no network but where it has one of its own, the launch type that it is for, and its volumes."""
    wanted = document.get("requiresCompatibilities", ())
    if document.get("networkMode") != AWSVPC:
        settings = settings._replace(network=Network())
    launch = settings.launch
    if not launch.type and not launch.providers and len(wanted) == 1 and wanted[0] in LAUNCH_TYPES:
        launch = launch._replace(type=wanted[0])
    names = list_launch_volumes(document)
    volumes = tuple(each for each in settings.volumes if each[0] in names)
    return settings._replace(launch=launch, volumes=volumes)


def list_launch_volumes(document: Value) -> tuple[str, ...]:
    """List the volumes that a run has to configure."""
    return tuple(each.get("name", "") for each in document.get("volumes", ()) if each.get("configuredAtLaunch"))
