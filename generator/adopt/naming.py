"""Names of variables: those that the application or ECS has, never a made-up number."""

from __future__ import annotations

from collections.abc import Iterable

from generator.build.rendering import RESERVED
from generator.documents.parsing.scalars import is_variable_name
from generator.model.patterns import Pattern

LOOP = "key"
"""The name that a loop over secrets has in a template."""

EDGE = Pattern(r"(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
SHORT = {"container_port": "port", "host_port": "port"}


def make_name(text: str) -> str:
    """Make a name of a variable of one that ECS or an application has: small letters and underscores, no digit at the end."""
    words = [word.lower() for word in EDGE.compiled.split(text) if word]
    name = "_".join(words).strip("_")
    name = SHORT.get(name, name)
    if not name or not (name[0].isascii() and name[0].isalpha()):
        name = f"value_{name}".rstrip("_")
    if name[-1].isdigit():
        name += "_value"
    return name if is_variable_name(name) and name.isascii() else "value"


def choose_name(proposed: Iterable[str], taken: set[str]) -> str:
    """Choose the first name that is free, or make one that is."""
    names = list(proposed)
    for name in names:
        if name not in taken and name not in RESERVED and name != LOOP:
            return name
    first = names[0]
    return next(name for name in list_longer(first) if name not in taken)


def list_longer(name: str) -> Iterable[str]:
    """List longer names: `port_b`, `port_c`, … `port_bb`, …"""
    letters = "bcdefghijklmnopqrstuvwxyz"
    yield from (f"{name}_{letter}" for letter in letters)
    yield from (f"{name}_{first}{second}" for first in letters for second in letters)
    yield from (f"{name}_{'x' * count}" for count in range(3, 10_000))
