"""How ECS reads the sizes of a task. Source: RegisterTaskDefinition, members `cpu` and `memory`, botocore 1.44.5, read 2026-11-24."""

from __future__ import annotations

UNITS_PER_VCPU = 1024
MIB_PER_GB = 1024

INSTANCE_CPU = range(128, 196608 + 1)
"""The CPU units that a task can have outside of Fargate: 0.125 to 192 vCPU."""

LEAST_MEMORY = 6
"""The fewest MiB that Docker gives a container; before Docker 20.10 it was 4. Source: moby/moby pull request 41168."""


def convert_size(member: str, text: str) -> str | None:
    """Convert `0.5 vCPU` to CPU units or `1 GB` to MiB, as ECS does on registration.

    None when the text has no unit. A fraction that is no whole number of units is a ValueError.
    """
    suffix, factor = ("vcpu", UNITS_PER_VCPU) if member == "cpu" else ("gb", MIB_PER_GB)
    if not text.lower().endswith(suffix):
        return None
    number = text[: -len(suffix)].strip()
    whole, _, fraction = number.partition(".")
    digits = whole + fraction
    if not (digits.isascii() and digits.isdecimal()):
        return None
    units, rest = divmod(int(digits) * factor, 10 ** len(fraction))
    if rest:
        raise ValueError(text)
    return str(units)


def read_size(member: str, text: str) -> int | None:
    """Read `cpu` as CPU units or `memory` as MiB, with a unit or without; None if it is no size at all."""
    if text.isdecimal() and text.isascii():  # as most are
        return int(text) if len(text) <= 9 else None
    try:
        units = convert_size(member, text) or text
    except ValueError:
        return None
    return int(units) if units.isascii() and units.isdecimal() and len(units) <= 9 else None
