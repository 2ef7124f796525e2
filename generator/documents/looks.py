"""Looks for secrets in documents that have most nodes in common: what stands at one path in several of them is looked at once.

Knows neither variables nor files: a value is judged by its path, its look, and the words before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby, pairwise

from generator.documents.tree import name_children
from generator.ecs.paths import Step, first_step, item_step, member_step, spell_step
from generator.model.nodes import MapNode, Node, Scalar
from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrets.names import may_lead_to_secret
from generator.model.secrets.phrases import list_given
from generator.model.secrets.values import is_secret_text, is_secret_value

LAST_NUMBER = Pattern(r"\[\d+\]$|\.\d+$")
"""The number of an item at the end of a path."""


class Value(Record):
    """A value and the path it stands at; that of a variable begins with its name."""

    path: str
    scalar: Scalar


class Spot(Record):
    """A node and the way to it: the last step, and its spelling. `telling` is that there may be the name of a secret in that."""

    node: Node
    step: Step
    spelling: str
    telling: bool


class Way(Record):
    """The way to what is right below a node, as that of a spot is. `path` is what findings spell; the last step may be `numbered`."""

    step: Step
    spelling: str
    telling: bool
    path: str
    numbered: bool


class Look(Record):
    """The values right below a node; those that are `secret` by their paths or looks, `words` of commands, and where there is more."""

    node: Node
    values: tuple[Value, ...]
    secret: tuple[Value, ...]
    words: tuple[tuple[Value, str], ...]
    below: tuple[Spot, ...]


class Looks:
    """What was found in the documents that were looked at last. These are kept, so that each node is known by its id.

    The ways below nodes of one path that have the same names are kept too, since tasks have most of them in common.
    """

    __slots__ = ("known", "ways")

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], Look] = {}
        self.ways: dict[tuple[str, int, tuple[str, ...]], tuple[Way, ...]] = {}

    def look(self, documents: Iterable[Node]) -> Collection[Look]:
        """Look at documents, and give what was found, once for each node and path."""
        found: dict[tuple[int, str], Look] = {}
        spots = [Spot(document, first_step(), "", telling=False) for document in documents]
        while spots:
            spot = spots.pop()
            key = (id(spot.node), spot.spelling)
            if key not in found:
                look = found[key] = self.known.get(key) or self.look_below(spot)
                spots += look.below
        self.known = found
        return found.values()

    def look_below(self, spot: Spot) -> Look:
        """Look at what is right below a node."""
        values: list[Value] = []
        secret: list[Value] = []
        below: list[Spot] = []
        breaks = [0]
        numbered = False
        children = name_children(spot.node, spot.step)
        for way, (_, child) in zip(self.find_ways(spot, tuple([name for name, _ in children])), children, strict=True):
            if isinstance(child, Scalar):
                value = Value(way.path, child)
                values.append(value)
                numbered = numbered or way.numbered
                if is_secret_value(way.path, child.text) if way.telling else is_secret_text(child.text):
                    secret.append(value)
            else:
                below.append(Spot(child, way.step, way.spelling, way.telling))
                breaks.append(len(values))
        runs = (values[start:end] for start, end in pairwise((*breaks, len(values)))) if numbered else ()
        words = tuple([word for run in runs for word in find_words(run)])
        return Look(spot.node, tuple(values), tuple(secret), words, tuple(below))

    def find_ways(self, spot: Spot, names: tuple[str, ...]) -> tuple[Way, ...]:
        """Find the ways from a spot to what has these names."""
        key = (spot.spelling, id(spot.step.shape), names)
        if key not in self.ways:
            mapping = isinstance(spot.node, MapNode)
            steps = [(member_step if mapping else item_step)(spot.step.shape, name) for name in names]
            self.ways[key] = tuple(make_way(spot, step) for step in steps)
        return self.ways[key]


def make_way(spot: Spot, step: Step) -> Way:
    """Make the way from a spot to what is a step farther."""
    spelling = spot.spelling + spell_step(step)
    telling = spot.telling or may_lead_to_secret(step.label)
    return Way(step, spelling, telling, spelling.removeprefix("."), ends_in_number(spelling))


def find_words(values: Sequence[Value]) -> list[tuple[Value, str]]:
    """Find the words of commands that are secrets by the option before them, or have one in them, and that."""
    found = []
    for _, each in groupby(values, key=leave_last_number) if values[1:] else ():
        words = tuple(each)
        if words[1:]:
            found += [(words[number], part) for number, part in list_given([word.scalar.text for word in words])]
    return found


def ends_in_number(path: str) -> bool:
    """Whether a path may end in the number of an item."""
    end = path[-1:]
    return end == "]" or end.isdecimal()


def leave_last_number(value: Value) -> str:
    """Give the path of the list that a value may be an item of."""
    return LAST_NUMBER.sub("", value.path) if ends_in_number(value.path) else value.path
