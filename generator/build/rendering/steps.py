"""What it takes to run the tags of a template: each loop, macro and block counts its own, each time it runs."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

from generator.build.rendering.syntax import LEAVES

TAKE_STEPS = "take steps"
"""The filter that counts steps. Its blank keeps it out of templates."""

NODE_STEPS = 8
PIECE_STEPS = 16
"""Steps of any part of an expression or tag, and of what is printed besides."""

DEAR = {
    nodes.Filter: 100,
    nodes.Test: 100,
    nodes.Call: 100,
    nodes.For: 50,
    nodes.Dict: 20,
    nodes.Macro: 200,
    nodes.CallBlock: 200,
    nodes.Block: 200,
    nodes.Include: 500,
    nodes.Import: 500,
    nodes.FromImport: 500,
}
"""Steps of what makes objects of its own."""

BODIES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
"""What may run any number of times, or elsewhere."""


def count_bodies(tree: nodes.Template, found: Iterable[nodes.Node]) -> int:
    """Let each loop, macro and block take its steps when it runs. Returns those of the template itself, whose nodes are `found`."""
    bodies = [node for node in found if isinstance(node, BODIES)]
    costs = [measure_body(body) for body in bodies]
    steps = sum(map(measure_node, tree.body))
    for body, cost in zip(bodies, costs, strict=True):
        assert isinstance(body, BODIES)
        if isinstance(body, nodes.For) and body.test is not None:
            body.test = nodes.And(
                make_taking(measure_node(body.test), body.test.lineno), body.test, lineno=body.test.lineno
            )
        body.body.insert(0, nodes.ExprStmt(make_taking(cost, body.lineno), lineno=body.lineno))
    return steps


def make_taking(steps: int, offset: int) -> nodes.Expr:
    return nodes.Filter(nodes.Const(steps, lineno=offset), TAKE_STEPS, [], [], None, None, lineno=offset)


def measure_body(node: nodes.Node) -> int:
    """Count the steps of one round of a loop, or one call of a macro or block."""
    assert isinstance(node, BODIES)
    defaults = node.defaults if isinstance(node, (nodes.Macro, nodes.CallBlock)) else []
    return sum(map(measure_node, [*node.body, *defaults]))


def measure_node(node: nodes.Node) -> int:
    """Count the steps of a node with all in it, but for what counts its own."""
    steps = NODE_STEPS + DEAR.get(type(node), 0)
    if type(node) in LEAVES:
        return steps
    if isinstance(node, nodes.Output):
        steps += PIECE_STEPS * len(node.nodes)
    elif isinstance(node, nodes.Dict):
        computed = sum(1 for pair in node.items if not is_text(pair.key))
        steps += computed * computed >> 2
    own = ("body", "test") if isinstance(node, nodes.For) else ("body",) if isinstance(node, BODIES) else ()
    for field in node.fields:
        value = None if field in own else getattr(node, field, None)
        if isinstance(value, list):
            steps += sum([measure_node(child) for child in value if isinstance(child, nodes.Node)])
        elif isinstance(value, nodes.Node):
            steps += measure_node(value)
    return steps


def is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)
