"""What the operators of templates cost: counted before Python computes, and refused where the result would be too large."""

from __future__ import annotations

from generator.build.rendering.bounds import Meter, check_bits, check_size
from generator.build.rendering.format_sizes import measure_percent
from generator.build.rendering.weights import LIMB
from generator.model.nodes import Value

SEQUENCES = (str, bytes, list, tuple)


def charge_operation(meter: Meter, operator: str, left: Value, right: Value) -> None:
    """Count an operator."""
    if isinstance(left, int) and isinstance(right, int):
        meter.take(measure_arithmetic(operator, left, right))
    elif operator == "%" and isinstance(left, (str, bytes)):
        meter.weigh(right)
        meter.spend(measure_percent(left, right))
    elif operator == "+" and isinstance(left, SEQUENCES) and isinstance(right, SEQUENCES):
        charge_copy(meter, left, len(left) + len(right))
    elif operator == "*" and isinstance(left, SEQUENCES) and isinstance(right, int):
        charge_copy(meter, left, len(left) * max(right, 0))
    elif operator == "*" and isinstance(right, SEQUENCES) and isinstance(left, int):
        charge_copy(meter, right, len(right) * max(left, 0))
    else:  # numbers that are not whole, and sets: the keys of mappings can be subtracted
        meter.weigh(left)
        meter.weigh(right)
        for value in (left, right):
            if not isinstance(value, (int, float, *SEQUENCES)) and hasattr(type(value), "isdisjoint"):
                meter.weigh_colliding(value)


def charge_copy(meter: Meter, value: Value, size: int) -> None:
    """Count a text, or a list whose members are those of others."""
    check_size(size)
    meter.take(size if isinstance(value, (str, bytes)) else 2 * size)


def measure_arithmetic(operator: str, left: int, right: int) -> int:
    """Count the digits that whole numbers are computed by."""
    bits, other = left.bit_length(), right.bit_length()
    if operator == "**":
        bits = other = bits * max(right, 0)
        check_bits(bits)
    elif operator == "*":
        check_bits(bits + other)
    elif operator in "+-":
        check_bits(max(bits, other) + 1)
    return (bits + other) // LIMB + ((bits // LIMB) * (other // LIMB) >> 6)
