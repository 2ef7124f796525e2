"""What containers require of GPUs and Neuron devices: in which form, and together. That Fargate has no GPU is for `fargate`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import HERE, PARENT, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, find_others, name_container

SHARING = "sharingStrategy"
ALL = "ALL"


def check(task: Task) -> Iterator[Problem]:
    gpus: list[tuple[Path, Value]] = []
    devices: list[tuple[Path, Value]] = []
    for path, container in task.containers:
        for index, item in enumerate(container.get("resourceRequirements", ())):
            place, kind = (*path, "resourceRequirements", index), item.get("type")
            if kind == "GPU":
                yield from check_gpu(item, place)
                gpus.append((place, item))
            elif kind == "NeuronDevice":
                yield from check_device(item, place)
                devices.append((place, container))
    yield from check_options(gpus)
    yield from check_devices(task, devices)


def check_gpu(item: Value, path: Path) -> Iterator[Problem]:
    """Check that a container has a number of GPUs to itself or shares one, and not both."""
    if "value" in item and SHARING in item:
        message = f"`{PARENT}` has both `value` and `{SHARING}`, and a GPU is either assigned or shared"
        yield Problem(
            "E469", (*path, SHARING), message, (Fact("the value", (*path, "value")),), "keep one of them", key=True
        )
    elif "value" in item:
        value = item["value"]
        if value != ALL and not (value.isascii() and value.isdecimal()):
            state = f"is `{value}`" if value else "is empty"
            message = f"`{HERE}` {state}, but ECS accepts a number of GPUs or `{ALL}`"
            yield Problem("E469", (*path, "value"), message)
    elif SHARING not in item:
        message = f"`{HERE}` asks for a GPU with neither `value` nor `{SHARING}`"
        yield Problem("E469", path, message, help="add `value`, the number of GPUs", missing="value")


def check_device(item: Value, path: Path) -> Iterator[Problem]:
    """Check that a container takes all Neuron devices, and shares none."""
    if SHARING in item:
        message = f"`{HERE}` is for the type `GPU` only"
        fact = Fact(f"`{HERE}` is `NeuronDevice`", (*path, "type"))
        yield Problem("E469", (*path, SHARING), message, (fact,), "remove it", key=True, change=Change("remove"))
    if "value" not in item:
        message = f"`{HERE}` asks for Neuron devices without a `value`"
        yield Problem("E469", path, message, help=f"add `value`, which is `{ALL}`", missing="value")
    elif item["value"] != ALL:
        state = f"is `{item['value']}`" if item["value"] else "is empty"
        message = f"`{HERE}` {state}, and a container takes `{ALL}` Neuron devices of an instance"
        yield Problem("E469", (*path, "value"), message, help=f"write `{ALL}`", change=Change("text", ALL))


def check_options(gpus: list[tuple[Path, Value]]) -> Iterator[Problem]:
    """Check that all containers which ask for a GPU do so in one way; an item with both ways, or none, is reported already."""
    known = [(path, item) for path, item in gpus if ("value" in item) != (SHARING in item)]
    if not known:
        return
    first, item = known[0]
    option = "value" if "value" in item else SHARING
    other = SHARING if option == "value" else "value"
    for path, item in known[1:]:
        if other in item:
            message = f"`{HERE}` is set, and another container of the task asks for GPUs with `{option}`"
            facts = (Fact(f"the other is `{HERE}`", (*first, option)),)
            yield Problem("E469", (*path, other), message, facts, f"use `{option}` in all of them", key=True)
            return


def check_devices(task: Task, devices: list[tuple[Path, Value]]) -> Iterator[Problem]:
    """Check that one container asks for Neuron devices, on Managed Instances."""
    others = find_others(task, "MANAGED_INSTANCES")
    if devices and others:
        message = f"`{HERE}` is `NeuronDevice`, which only Managed Instances support"
        facts = tuple(Fact(f"`{HERE}` has `{other}`", ("requiresCompatibilities",)) for other in others)
        yield Problem("E469", (*devices[0][0], "type"), message, facts, "remove the item")
    for path, container in devices:
        first = devices[0][0]
        if path[:2] == first[:2]:
            continue
        message = f"{name_container(container)} asks for Neuron devices, and one container of a task can"
        yield Problem("E469", (*path, "type"), message, (Fact("the first one", (*first, "type")),), "keep one of them")
