"""How ECS reads the sizes of a task. Source: RegisterTaskDefinition, members `cpu` and `memory`, botocore 1.44.5, read 2026-11-24."""

from __future__ import annotations

UNITS_PER_VCPU = 1024
MIB_PER_GB = 1024


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
