"""Templates that only print variables: run by their syntax tree, which costs less than to compile them for a few environments.

Whatever is out of the ordinary, in the template or in a value, is left to the compiler: so no finding is made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from generator.build.rendering.output import Output
from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import find_place
from generator.model.findings import Place
from generator.model.nodes import NO_VALUE, Piece, Value
from generator.model.records import Record

PLAIN = (str, int, float, bool)
"""The types of values that are printed as they are."""


class Lookup(Record):
    """A variable that is printed, or a member of one, and the place of the tag."""

    name: str
    member: str | None
    place: Place


class UnusualError(Exception):
    """A render is none of those that are run here."""


class PlainTemplate(Record):
    """What a template consists of: pieces of text and lookups."""

    parts: tuple[tuple[Piece, ...] | Lookup, ...]

    def run(self, names: Mapping[str, Value], output: Output) -> tuple[Piece, ...]:
        """Render it as the compiled template would be. Raises UnusualError where that might be anything but pieces."""
        return output.gather(self.list_pieces(names, output))

    def list_pieces(self, names: Mapping[str, Value], output: Output) -> Iterator[tuple[Piece, ...]]:
        for part in self.parts:
            yield output.emit(find_value(part, names), part.place) if isinstance(part, Lookup) else part


def find_value(lookup: Lookup, names: Mapping[str, Value]) -> Value:
    """Find a value that is plain."""
    value = names.get(lookup.name)
    if lookup.member is not None:
        # A member that mappings have by themselves is what Jinja takes first.
        if type(value) is not dict or lookup.member not in value or hasattr(value, lookup.member):
            raise UnusualError
        value = value[lookup.member]
    if type(value) not in PLAIN:
        raise UnusualError
    return value


def read_plain(sources: Sources, name: str) -> PlainTemplate | None:
    """Read a template that only prints variables; None if there is anything else in it, or wrong with it."""
    tree = sources.read(name).tree
    if tree is None or not all(type(node) is nodes.Output for node in tree.body):
        return None
    parts: list[tuple[Piece, ...] | Lookup] = []
    for output in tree.body:
        assert isinstance(output, nodes.Output)
        for node in output.nodes:
            part = read_part(sources, name, node)
            if part is None:
                return None
            parts.append(part)
    return PlainTemplate(tuple(parts))


def read_part(sources: Sources, name: str, node: nodes.Expr) -> tuple[Piece, ...] | Lookup | None:
    """Read what is printed, None if it is neither text nor a lookup."""
    if isinstance(node, nodes.TemplateData):
        return (Piece(sources.make_place(name, node.lineno, len(node.data)), node.data, NO_VALUE),)
    inner = node.node if type(node) is nodes.Getattr else node
    if type(inner) is not nodes.Name or inner.ctx != "load":
        return None
    place = sources.find_tag(name, find_place(node))
    return Lookup(inner.name, node.attr if isinstance(node, nodes.Getattr) else None, place)
