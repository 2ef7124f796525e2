"""Templates as trees of Jinja's nodes: what stands around a node, and what names it takes and gives. Knows one template at a time."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from generator.build.rendering.reading import ParsedTemplate
from generator.build.rendering.syntax import find_start
from generator.model.findings import Place
from generator.model.records import Record


class Tree(Record):
    """One template as Jinja's nodes, each with the node around it. `loads` are the names that it takes.

    `defined` has what gives each name of its own, `printed` the expressions whose values are printed, by their offsets.
    """

    name: str
    root: nodes.Template
    above: dict[int, nodes.Node]
    loads: tuple[nodes.Name, ...]
    texts: tuple[nodes.TemplateData, ...]
    printed: tuple[tuple[int, nodes.Node], ...]
    defined: dict[str, list[nodes.Assign | nodes.AssignBlock | nodes.Macro]]
    imports: tuple[nodes.Import, ...]
    from_imports: tuple[nodes.FromImport, ...]


class Site(Record):
    """Where a partial is included, or a macro called."""

    tree: Tree
    node: nodes.Node


def map_tree(name: str, parsed: ParsedTemplate) -> Tree:
    """Map a template that was parsed. It must be right."""
    root = parsed.tree
    assert root is not None, "templates that were rendered have no fault"
    above: dict[int, nodes.Node] = {}
    every: list[nodes.Node] = []
    stack: list[nodes.Node] = [root]
    while stack:  # in the order of the text
        every.append(node := stack.pop())
        children = [*node.iter_child_nodes()]
        above |= dict.fromkeys(map(id, children), node)
        stack += reversed(children)
    defined: dict[str, list[nodes.Assign | nodes.AssignBlock | nodes.Macro]] = {}
    for definition in every:
        if isinstance(definition, (nodes.Assign, nodes.AssignBlock, nodes.Macro)):
            names = [definition.name] if isinstance(definition, nodes.Macro) else list_targets(definition)
            for each in names:
                defined.setdefault(each, []).append(definition)
    loads = (each for each in every if isinstance(each, nodes.Name) and each.ctx == "load")
    parts = (part for output in every if isinstance(output, nodes.Output) for part in output.nodes)
    return Tree(
        name,
        root,
        above,
        tuple(sorted(loads, key=get_offset)),
        tuple(each for each in every if isinstance(each, nodes.TemplateData)),
        tuple((find_start(part), part) for part in parts if not isinstance(part, nodes.TemplateData)),
        defined,
        tuple(each for each in every if isinstance(each, nodes.Import)),
        tuple(each for each in every if isinstance(each, nodes.FromImport)),
    )


def has_macro(tree: Tree) -> bool:
    """Whether a template defines a macro."""
    return any(isinstance(each, nodes.Macro) for found in tree.defined.values() for each in found)


def climb(tree: Tree, node: nodes.Node) -> Iterator[tuple[nodes.Node, nodes.Node]]:
    """Climb from a node to the root: each node with the one around it."""
    while (parent := tree.above.get(id(node))) is not None:
        yield node, parent
        node = parent


def list_targets(node: nodes.For | nodes.Assign | nodes.AssignBlock) -> list[str]:
    """List the names that a loop or `{% set %}` gives."""
    target = node.target
    return [target.name] if isinstance(target, nodes.Name) else [each.name for each in target.find_all(nodes.Name)]


def list_constants(node: nodes.Node) -> set[str]:
    """List the texts that a call is given as they are."""
    given = [*node.args, *(each.value for each in node.kwargs)] if isinstance(node, nodes.Call) else []
    return {each.value for each in given if isinstance(each, nodes.Const) and isinstance(each.value, str)}


def find_node(tree: Tree, place: Place) -> nodes.Node | None:
    """Find a node of a template's body at the start of a span."""
    text = next((each for each in tree.texts if each.lineno <= place.start < each.lineno + len(each.data)), None)
    return text or next((each for start, each in tree.printed if place.start <= start < place.end), None)


def get_offset(node: nodes.Node) -> int:
    return node.lineno
