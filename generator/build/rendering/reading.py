"""Templates as they are read: each text once, to a tree of Jinja's nodes with their places. Compiles and renders none."""

from __future__ import annotations

import warnings

from jinja2 import nodes
from jinja2.environment import Environment
from jinja2.exceptions import TemplateSyntaxError

from generator.build.rendering.places import OffsetLexer, Tokens, TooManyTokens
from generator.build.rendering.steps import count_bodies
from generator.build.rendering.syntax import (
    Fault,
    Reference,
    TagParser,
    explain_syntax,
    find_references,
    list_nodes,
    prepare_tree,
)
from generator.documents.parsing.conflicts import CONFLICT, HELP, find_conflict
from generator.model.findings import Source
from generator.model.records import Record

UNREADABLE = (TemplateSyntaxError, ValueError, RecursionError, MemoryError)
"""What Jinja and Python raise of a text that is no template. ValueError is of a number with more than 4300 digits."""


class ParsedTemplate(Record):
    """One text: its tree, the templates it names, what owns the name at an offset, the steps to run it, and its filters and tests.

    `tree` is None if it has a fault.
    """

    tree: nodes.Template | None
    tokens: Tokens
    references: tuple[Reference, ...] = ()
    owners: dict[int, str] = {}  # noqa: RUF012 - nothing changes it
    steps: int = 0
    named: tuple[nodes.Node, ...] = ()
    fault: Fault | None = None


class TemplateReader:
    """Reads templates, each text once. Anyone who looks at the same texts shares it."""

    __slots__ = ("environment", "read_before")

    def __init__(self) -> None:
        self.environment = OffsetEnvironment()
        self.read_before: dict[Source, ParsedTemplate] = {}

    def read(self, source: Source) -> ParsedTemplate:
        """Parse a template, or find it parsed."""
        if source not in self.read_before:
            self.read_before[source] = self.parse(source)
        return self.read_before[source]

    def forget(self, source: Source) -> None:
        """Forget a template that was parsed."""
        self.read_before.pop(source, None)

    def parse(self, source: Source) -> ParsedTemplate:
        """Parse a template; what is wrong with it is its fault."""
        lexer = self.environment.tokenizer
        lexer.tokens = Tokens()
        conflict = find_conflict(source.text)
        if conflict is not None:
            return ParsedTemplate(None, lexer.tokens, fault=Fault(conflict, CONFLICT, help=HELP, code="E135"))
        try:
            tree = self.grow(source)
            found = list_nodes(tree)
            references = tuple(find_references(found))
            owners = prepare_tree(found, source.text)
            named = tuple([node for node in found if isinstance(node, (nodes.Filter, nodes.Test))])
            return ParsedTemplate(tree, lexer.tokens, references, owners, count_bodies(tree, found), named)
        except UNREADABLE as error:
            return ParsedTemplate(None, lexer.tokens, fault=explain_unreadable(error))

    def grow(self, source: Source) -> nodes.Template:
        """Parse a template to its tree.

        Jinja 3.1 decodes a backslash as Python does, and Python warns of `'\\{'`: the warning names none of the user's lines.
        """
        if "\\" not in source.text:
            return TagParser(self.environment, source.text, source.path).parse()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return TagParser(self.environment, source.text, source.path).parse()


class OffsetEnvironment(Environment):
    """Jinja's environment for parsing, with offsets for line numbers."""

    def __init__(self) -> None:
        super().__init__(optimized=False, cache_size=0)
        self.tokenizer = OffsetLexer(self)

    @property
    def lexer(self) -> OffsetLexer:
        return self.tokenizer


def explain_unreadable(error: BaseException) -> Fault:
    """State what is wrong with a text that cannot be read, or compiled."""
    if isinstance(error, TooManyTokens):
        return Fault(error.lineno, error.message or "", code="E109")
    if isinstance(error, TemplateSyntaxError):
        return explain_syntax(error)
    if isinstance(error, ValueError):
        return Fault(0, "a number in this template is too large")
    return Fault(0, "this template nests too deeply to be compiled")
