"""Where a value of a template comes from: the variables that the expressions at a place name. Evaluates nothing."""

from __future__ import annotations

import re

from generator.model.findings import Place
from generator.model.nodes import MapNode
from generator.model.patterns import Pattern
from generator.model.records import Record

EXPRESSION = Pattern(r"\{\{(.*?)\}\}", re.DOTALL)
LITERAL = Pattern(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
NAME = Pattern(r"(?<![\w.])[A-Za-z_]\w*")


class Variable(Record):
    """A variable, and where the layer that has the last word sets it."""

    name: str
    place: Place


def find_variables(place: Place, variables: MapNode) -> tuple[Variable, ...]:
    """Find the variables that the expressions in a span of a template name, in order, each once."""
    text = place.source.text[place.start : place.end]
    text = text[: text.rfind("}}") + 2] if "}}" in text else ""  # behind it, each `{{` would be followed to the end
    names = [
        name
        for expression in EXPRESSION.findall(text)
        for name in NAME.findall(LITERAL.sub("", expression))
        if name in variables.items
    ]
    return tuple(Variable(name, variables.items[name].place) for name in dict.fromkeys(names))
