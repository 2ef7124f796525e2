"""Elastic Inference, which AWS has retired: its accelerators, and containers that ask for one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

RETIRED = "AWS has retired Elastic Inference"


def check(task: Task) -> Iterator[Problem]:
    requests = [
        (container, (*path, "resourceRequirements", index))
        for path, container in task.containers
        for index, requirement in enumerate(container.get("resourceRequirements", ()))
        if requirement.get("type") == "InferenceAccelerator"
    ]
    if task.document.get("inferenceAccelerators"):
        facts = tuple(Fact(f"{name_container(container)} asks for one", path) for container, path in requests)
        message = "ECS no longer accepts `inferenceAccelerators`"
        help = "delete it, and the `resourceRequirements` that name its devices" if requests else "delete it"
        yield Problem("E409", ("inferenceAccelerators",), message, (Fact(RETIRED), *facts), help, key=True)
    else:
        for container, path in requests:
            yield report_accelerator(container, path, fargate=task.fargate)


def report_accelerator(container: Value, path: Path, *, fargate: bool) -> Problem:
    """State that a container asks for an accelerator: Fargate refuses it, elsewhere there is none."""
    message = f"{name_container(container)} asks for an inference accelerator, which "
    message += "Fargate refuses" if fargate else "AWS no longer has"
    return Problem(
        "E409" if fargate else "W613",
        (*path, "type"),
        message,
        (Fact(RETIRED),),
        "delete this item of `resourceRequirements`",
    )
