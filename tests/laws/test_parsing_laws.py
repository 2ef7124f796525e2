"""Laws of parsing: JSON is read as Python's parser reads it, and YAML alike with libyaml and without."""

from __future__ import annotations

import json
import random

import yaml
from hypothesis import example, given, strategies as st

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Source
from generator.model.nodes import Node, Value
from tests.support import to_python

LOADERS: list[type[yaml.SafeLoader | yaml.CSafeLoader]] = [
    yaml.SafeLoader,
    *([yaml.CSafeLoader] if yaml.__with_libyaml__ else []),
]


def parse(text: str) -> tuple[Node | None, list[str]]:
    """Parse JSON text, and give the codes of the findings too."""
    node, findings = parse_json(Source("t", text))
    return node, [finding.code for finding in findings]


JSON: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.booleans(), st.sampled_from([None, 0, 2]))
def test_what_json_writes_is_read_as_it_was(value: Value, ascii: bool, indent: int | None) -> None:
    node, codes = parse(json.dumps(value, ensure_ascii=ascii, indent=indent))
    assert codes == []
    assert node is not None
    assert to_python(node) == value


def refuse_constant(text: str) -> Value:
    raise ValueError(text)


@given(st.text(st.sampled_from('[]{},:"\\ \n\t0123-+.eEaubtrufalsn/#\x00\u00a0é'), max_size=24))
@example('["\\u00E9"]')
@example("[1e5]")
@example("-")
def test_text_is_json_here_exactly_where_it_is_to_python(text: str) -> None:
    try:
        expected = json.loads(text, parse_constant=refuse_constant)
    except ValueError:
        node, codes = parse(text)
        assert node is None
        assert codes[-1] == "E104"
    else:
        node, codes = parse(text)
        assert node is not None
        assert all(code in ("E106", "E108") for code in codes)
        if not codes:
            assert to_python(node) == expected


def test_both_parsers_agree_on_text_of_any_shape() -> None:
    generator = random.Random(20)
    tokens = [
        "a", "b: ", "c:", "- ", "-", "\n", "\n", "\n  ", "\n    ", "\n - ", "{", "}", "[", "]", ", ", ",", ": ", ":", '"', "'", '"x"',
        "'y'", "&a ", "*a ", "!!str ", "!t ", "? ", "?", "|\n", ">2", "|-\n  ", "# c", "#", "\\", "\\ud83d", "{{ x }}", "{%", "%", "@",
        "null", "---", "...", "---\n", "<<", "é", "😀", " ", "\t", "%YAML 1.1\n", "k: v\n", "x: [1, 2]\n",
    ]  # fmt: skip
    for _ in range(3000):
        text = "".join(generator.choice(tokens) for _ in range(generator.randint(1, 14)))
        source = Source("t", text)
        expected = parse_yaml(source, loader=yaml.SafeLoader)
        assert [parse_yaml(source, loader=loader) for loader in LOADERS] == [expected] * len(LOADERS), text
