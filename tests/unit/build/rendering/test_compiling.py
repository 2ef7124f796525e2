"""What is relied upon of Jinja's half internal parts: a new Jinja that changes one of them fails here, by name."""

from __future__ import annotations

import pytest
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import Template
from jinja2.filters import FILTERS
from jinja2.lexer import Lexer
from jinja2.nodes import Node
from jinja2.parser import Parser

from generator.build.rendering.compiling import PieceGenerator, PlacedGenerator
from generator.build.rendering.places import OffsetLexer
from generator.build.rendering.reading import OffsetEnvironment
from generator.build.rendering.sandbox import Sandbox
from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import TagParser
from generator.model.findings import Source

HOOKS = (
    "_output_child_post", "_output_child_pre", "_output_child_to_const", "_output_const_repr", "newline", "position", "visit",
    "visit_Assign", "visit_AssignBlock", "visit_CallBlock", "visit_Concat", "visit_CondExpr", "visit_Const", "visit_Filter",
    "visit_FilterBlock", "visit_Include", "visit_Name", "visit_ScopedEvalContextModifier",
)  # fmt: skip


def test_every_method_that_is_made_to_differ_still_exists_in_jinja() -> None:
    ours = [name for name in {**vars(PlacedGenerator), **vars(PieceGenerator)} if name in HOOKS]
    assert sorted(ours) == sorted(HOOKS)
    assert [name for name in HOOKS if not callable(getattr(CodeGenerator, name, None))] == []
    assert callable(Lexer.tokeniter)
    assert callable(Parser.parse_statement)
    assert callable(Template._get_default_module)


TILED = '{#- c -#}\n {%- set x = ("a" ~\n env) | upper -%}  {"a": "{{- x -}}", {% raw -%} {{ no }} {%- endraw %} {{ x[1:2] }} é\n\n\n'


def test_tokens_tile_the_source_but_for_blanks() -> None:
    lexer = OffsetLexer(OffsetEnvironment())
    end = 0
    for start, _, text in lexer.tokeniter(TILED, "t"):
        assert TILED[end:start].strip() == ""
        assert TILED[start : start + len(text)] == text
        end = start + len(text)
    assert TILED[end:] == "\n"


def list_nodes(text: str) -> list[tuple[str, str]]:
    """List the nodes of an expression with the text that begins at their offsets."""
    tree = TagParser(OffsetEnvironment(), text, "t").parse()
    found: list[Node] = [node for node in tree.find_all(nodes.Expr) if not isinstance(node, nodes.TemplateData)]
    return [(type(node).__name__, text[node.lineno :].split(" ")[0]) for node in found]


def test_nodes_have_offsets_for_lines() -> None:
    assert list_nodes("\n{{ a.b | f(c) }}") == [("Filter", "f(c)"), ("Getattr", ".b"), ("Name", "a.b"), ("Name", "c)")]
    assert list_nodes("{% if x is y %}{% endif %}") == [("Test", "is"), ("Name", "x")]


FAILING = [
    ("{{ 'a' }}\n{{ 1 + (1 / 0) }}", "1 / 0) }}"),
    ("{% if (1 / 0) %}{% endif %}", "1 / 0) %}{% endif %}"),
    ("{% for i in [1 / 0] %}{% endfor %}", "1 / 0] %}{% endfor %}"),
    ("{% set x = [1, (1 / 0)] %}", "1 / 0)] %}"),
    ("{% macro m(a=1 / 0) %}{{ a }}{% endmacro %}{{ m() }}", "1 / 0) %}{{ a }}{% endmacro %}{{ m() }}"),
    ("{{ [1, 2 ** (1 / 0)] | length }}", "1 / 0)] | length }}"),
    ("{{ {'a': x(), 'b': 1} }}", "x(), 'b': 1} }}"),
    ("{{ 1 if (1 / 0) else 2 }}", "1 / 0) else 2 }}"),
    ("{{ 'a' is divisibleby(2) }}", "'a' is divisibleby(2) }}"),
    ("{{ 'a' | round }}", "round }}"),
    ("{% filter round %}a{% endfilter %}", "round %}a{% endfilter %}"),
    ("{% call(x) m(1 / 0) %}{% endcall %}", "1 / 0) %}{% endcall %}"),
]


@pytest.mark.parametrize(("text", "failing"), FAILING)
def test_python_tells_by_its_line_which_expression_fails(text: str, failing: str) -> None:
    sandbox = Sandbox(Sources({"t": Source("t", text)}))
    assert sandbox.library.check("t") == ()
    sandbox.start({"x": 5, "m": 5}, {})
    assert sandbox.render("t") is None
    (finding,) = sandbox.output.findings.values()
    assert finding.location is not None
    assert "\n".join(text.split("\n")[finding.location.line - 1 :])[finding.location.column - 1 :] == failing


def test_a_template_is_compiled_once_for_all_environments() -> None:
    sandbox = Sandbox(Sources({"t": Source("t", '{% include "p" %}'), "p": Source("p", "{% if 1 %}1{% endif %}")}))
    assert sandbox.library.check("t") == ()
    assert sorted(sandbox.library.compiled) == ["p", "t"]
    compiled = dict(sandbox.library.compiled)
    for _ in range(2):
        sandbox.start({}, {})
        assert [piece.text for piece in sandbox.render("t") or ()] == ["1"]
    assert all(sandbox.library.compiled[name] is template for name, template in compiled.items())


def test_the_filters_of_jinja_are_all_there_but_four() -> None:
    assert set(FILTERS) - set(Sandbox(Sources({})).filters) == {"random", "pprint", "urlize", "xmlattr"}


def test_the_global_names_are_five() -> None:
    assert sorted(Sandbox(Sources({})).globals) == ["cycler", "dict", "joiner", "namespace", "range"]
