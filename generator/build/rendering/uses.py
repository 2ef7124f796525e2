"""What the text of a template names: variables, and other templates. Renders nothing."""

from __future__ import annotations

from jinja2 import nodes

from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import list_nodes
from generator.model.records import Record


class Uses(Record):
    """The variables that a template may read, with those of what it includes, and the templates it may reach, itself too.

    Names of a template's own, such as that of a loop, are among the variables. Where an expression names a template, it may be any.
    """

    variables: frozenset[str]
    templates: frozenset[str]

    def join(self, others: Uses) -> Uses:
        """Join what two name."""
        return Uses(self.variables | others.variables, self.templates | others.templates)


def find_uses(sources: Sources, name: str) -> Uses:
    """Find what a template names, itself and through what it includes; of one that is broken, nothing."""
    reached = find_reached(sources, name)
    variables: set[str] = set()
    for each in reached:
        tree = sources.read(each).tree
        if tree is not None:
            variables |= {node.name for node in list_nodes(tree) if isinstance(node, nodes.Name)}
    return Uses(frozenset(variables), frozenset(reached))


def find_reached(sources: Sources, name: str) -> tuple[str, ...]:
    """Find the templates that one may reach, itself first: all there are where an expression names one, or one of them is broken."""
    reached = [name]
    for each in reached:
        tree, references = sources.read(each).tree, sources.read(each).references
        found = [sources.find_name(target, each) for reference in references for target in reference.names]
        if tree is None or sum(isinstance(node, INCLUDING) for node in list_nodes(tree)) > len(references):
            found += sources.texts
        reached += [target for target in dict.fromkeys(found) if target is not None and target not in reached]
    return tuple(reached)


INCLUDING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
"""The tags that name another template."""
