"""The operating system and the CPU architecture of a task: there are such, together and on Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.support import FAMILIES
from generator.model.findings import HERE, Change, Fact, Problem
from generator.rules.task import ON_FARGATE, Task

FAMILY = ("runtimePlatform", "operatingSystemFamily")
ARCHITECTURE = ("runtimePlatform", "cpuArchitecture")


def check(task: Task) -> Iterator[Problem]:
    if not task.windows:
        return
    platform = task.document["runtimePlatform"]
    family = platform["operatingSystemFamily"]
    if task.fargate and family not in FAMILIES:
        known = ", ".join(f"`{each}`" for each in FAMILIES if each != "LINUX")
        message = f"`{HERE}` is `{family}`, which Fargate does not run"
        yield Problem("E466", FAMILY, message, (ON_FARGATE,), f"use one of {known}")
    if platform.get("cpuArchitecture") == "ARM64":
        fact = Fact(f"`{HERE}` is `{family}`", FAMILY)
        message = f"`{HERE}` is `ARM64`, and Windows runs on `X86_64` only"
        yield Problem("E467", ARCHITECTURE, message, (fact,), "write `X86_64`", change=Change("text", "X86_64"))
