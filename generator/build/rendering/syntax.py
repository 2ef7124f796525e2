"""Template text to Jinja's syntax tree: owns the tags there are, and every fault that can be seen without rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from jinja2 import nodes
from jinja2.environment import Environment
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import TOKEN_EOF
from jinja2.parser import Parser

from generator.model.records import Record

COUNT_ITEMS = "count items"
"""The filter that every loop's items go through. Its blank keeps it out of templates."""


class Fault(Record):
    """Something wrong with a template's text, before any finding is made of it."""

    offset: int
    message: str
    notes: tuple[str, ...] = ()
    help: str | None = None
    code: str = "E101"


class Reference(Record):
    """A template named by a literal in another one."""

    offset: int
    names: tuple[str, ...]
    optional: bool


class TagParser(Parser):
    """Jinja's parser with `break` and `continue`, without `autoescape`, and with the place of a tag that is never closed."""

    def __init__(self, environment: Environment, source: str, name: str) -> None:
        super().__init__(environment, source, name)
        self.extensions["break"] = _parse_break
        self.extensions["continue"] = _parse_continue

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        tag = self.stream.current
        try:
            return super().parse_statement()
        except TemplateSyntaxError as error:
            if self.stream.current.type == TOKEN_EOF and (error.message or "").startswith("Unexpected end of template"):
                self.fail(f"`{tag.value}` is never closed", tag.lineno)
            raise

    def parse_autoescape(self) -> NoReturn:
        self.fail("`autoescape` has no use here: every value is escaped for JSON, where it stands", None)


def _parse_break(parser: Parser) -> nodes.Node:
    return nodes.Break(lineno=next(parser.stream).lineno)


def _parse_continue(parser: Parser) -> nodes.Node:
    return nodes.Continue(lineno=next(parser.stream).lineno)


def list_nodes(tree: nodes.Node) -> list[nodes.Node]:
    """List the nodes below one, each before those in it, as Jinja's own `find_all` does: one walk for all who look for some."""
    found: list[nodes.Node] = []
    waiting = list_below(tree)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if type(node) not in LEAVES:
            waiting += list_below(node)
    return found


def list_below(node: nodes.Node) -> list[nodes.Node]:
    """List the nodes right below one, the last first."""
    below: list[nodes.Node] = []
    for field in node.fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            below += [child for child in value if isinstance(child, nodes.Node)]
        elif isinstance(value, nodes.Node):
            below.append(value)
    below.reverse()
    return below


LEAVES = frozenset((nodes.Name, nodes.TemplateData, nodes.Const))
"""Nodes that have none below them, which most are."""


def prepare_tree(found: list[nodes.Node], text: str) -> dict[int, str]:
    """Let all loops count their items, and move subscripts to the name they ask for. Returns what owns the name at an offset.

    `found` are all nodes of a tree.
    """
    owners: dict[int, str] = {}
    for loop in found:
        if isinstance(loop, nodes.For):
            loop.iter = nodes.Filter(loop.iter, COUNT_ITEMS, [], [], None, None, lineno=find_start(loop.iter))
    for call in found:
        if isinstance(call, (nodes.Call, nodes.Filter, nodes.Test)) and call.dyn_args is not None:
            call.dyn_args = nodes.Filter(
                call.dyn_args, COUNT_ITEMS, [], [], None, None, lineno=find_start(call.dyn_args)
            )
    for node in found:
        if not isinstance(node, (nodes.Getattr, nodes.Getitem)):
            continue
        dot = node.lineno
        if isinstance(node, nodes.Getattr):
            node.lineno = dot + 1 + len(text[dot + 1 :]) - len(text[dot + 1 :].lstrip())
        elif not isinstance(node.arg, nodes.Slice):
            node.lineno = find_start(node.arg)
        owners[node.lineno] = text[find_start(node.node) : dot].strip()
    return owners


def find_start(node: nodes.Node) -> int:
    """Find where an expression begins: at the leftmost of its tokens that Jinja remembers."""
    if type(node) in LEAVES:
        return node.lineno
    return min([node.lineno, *(part.lineno for part in list_nodes(node) if isinstance(part, nodes.Expr))])


def find_place(node: nodes.Node) -> int:
    """Find the offset a fault of a node is shown at."""
    if isinstance(node, nodes.Expr) and not isinstance(node, (nodes.Getattr, nodes.Getitem, nodes.Filter)):
        return find_start(node)
    return node.lineno


def find_unknown(named: Iterable[nodes.Node], environment: Environment, text: str) -> Iterator[Fault]:
    """Find filters and tests that do not exist, among those of a template."""
    from generator.model.findings import did_you_mean

    for node in named:
        if not isinstance(node, (nodes.Filter, nodes.Test)):
            continue
        known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
        if node.name in known:
            continue
        what, offset = "filter", node.lineno
        if isinstance(node, nodes.Test):
            what = "test"
            word = re.compile(r"is\s+(?:not\s+)?").match(text, offset)
            offset = word.end() if word else offset
        near = did_you_mean(node.name, [name for name in known if name.isidentifier()])
        help = f"use `{near}`, the nearest known name" if near else None
        yield Fault(offset, f"there is no {what} `{node.name}`", help=help)


def find_references(found: Iterable[nodes.Node]) -> Iterator[Reference]:
    """Find the templates that a template names by literals, among its nodes."""
    for node in found:
        if not isinstance(node, (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            continue
        target = node.template
        parts = target.items if isinstance(target, (nodes.List, nodes.Tuple)) else [target]
        names = [part.value for part in parts if isinstance(part, nodes.Const) and isinstance(part.value, str)]
        if names and len(names) == len(parts):
            optional = isinstance(node, nodes.Include) and node.ignore_missing
            yield Reference(find_start(target), tuple(names), optional)


def explain_syntax(error: TemplateSyntaxError) -> Fault:
    """Put Jinja's words for a syntax error into ours: one statement, the rest as notes."""
    message, *rest = tidy_message(error.message or "").split(". ")
    end = re.fullmatch(r"unexpected end of template, expected `(.*)`", message)
    if end:
        message = "the template ends within a tag"
    message = re.sub(r"unexpected char (.*) at \d+", r"unexpected character \1", message)
    message = message.replace("encountered unknown tag", "there is no tag")
    unclosed = re.fullmatch(r"`(\w+)` is never closed", message)
    help = f"close it with `{{% end{unclosed[1]} %}}`" if unclosed else None
    if message == "unexpected `}`":
        help = "an expression ends with `}}`"
    return Fault(error.lineno, message, tuple(tidy_message(note) for note in rest), help)


def tidy_message(message: str) -> str:
    """Give a message of Jinja's or Python's our form: lower case, names in backticks, no full stop, no addresses."""
    from generator.model.shortening import shorten_text

    message = shorten_text(message.strip().removesuffix("."))
    message = re.sub(r"[\w.]*<locals>\.(\w+)\(\)", r"`\1`", message)
    message = re.sub(r" at 0x[0-9A-Fa-f]+", "", message)
    message = re.sub(r"(?<!\w)'([^'\n]*)'", r"`\1`", message)
    first = message.split(" ", 1)[0]
    return message if not first[1:].islower() or first == "Jinja" else message[0].lower() + message[1:]
