"""YAML to nodes: every trap of the format, with libyaml and without it, since both must give the same nodes and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from generator.documents.parsing.anchors import MAX_COPIED, MAX_DEPTH
from generator.documents.parsing.yaml import is_refused, parse_yaml
from generator.model.findings import Finding, Note, Place, Source
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar, Value

if TYPE_CHECKING:
    Loader = yaml.SafeLoader | yaml.CSafeLoader

LOADERS: dict[str, type[Loader]] = {"pure": yaml.SafeLoader}
if yaml.__with_libyaml__:
    LOADERS["libyaml"] = yaml.CSafeLoader

EMPTY = 'write `null`, `{}`, `[]` or `""`'
TEMPLATE = 'to render it in a patch, write `{$render: "{{ … }}"}`; to mean the text, quote it'
TAG = "write the value without a tag, in quotes if it is text"
QUOTE = "quote the value"
ONE_DOCUMENT = "one file holds one document: delete the `---`"


@pytest.fixture(params=list(LOADERS))
def loader(request: pytest.FixtureRequest) -> type[Loader]:
    return LOADERS[request.param]


def show(node: Node | None) -> Value:
    """Show a node as plain values: text as `("text", ...)`, plain scalars as they are written."""
    if isinstance(node, Scalar):
        return node.text if node.kind == "plain" else (node.kind, node.text)
    if isinstance(node, MapNode):
        assert list(node.items) == list(node.keys)
        return {key: show(child) for key, child in node.items.items()}
    assert not isinstance(node, Keyed)
    return [show(child) for child in node.items] if isinstance(node, ListNode) else None


def show_spans(node: Node) -> Value:
    """Show the source text that each place of a node spans, keys included."""
    written = node.place.source.text[node.place.start : node.place.end]
    if isinstance(node, Scalar):
        return written
    assert not isinstance(node, Keyed)
    if isinstance(node, ListNode):
        return written, [show_spans(child) for child in node.items]
    text = node.place.source.text
    return written, {text[place.start : place.end]: show_spans(node.items[key]) for key, place in node.keys.items()}


def tell(findings: tuple[Finding, ...]) -> list[tuple[str, int, int, str, str | None]]:
    """Tell findings as (code, line, column, message, help)."""
    told = []
    for finding in findings:
        assert finding.location is not None and finding.location.file == "environments/dev.yaml"
        told.append((finding.code, finding.location.line, finding.location.column, finding.message, finding.help))
    return told


def parse(text: str, loader: type[Loader]) -> tuple[Node | None, tuple[Finding, ...]]:
    return parse_yaml(Source("environments/dev.yaml", text), loader=loader)


PLAIN = (
    "NO", "no", "yes", "on", "off", "y", "true", "True", "TRUE", "false", "null", "Null", "NULL", "~",
    "0", "7", "-7", "+7", "0755", "0o17", "0x1F", "0b11", "1_000", "012345670123", "123456789012", "190:20:30",
    "1.10", "1.", ".5", "-.5", "1e3", "123e4567", "6.02e+23", ".inf", "-.INF", ".nan", "12:30:45", "12:30",
    "2024-01-01", "2024-01-01 12:00:00", "2024-01-01T12:00:00Z", "=", "v1.0.0", "512 MB", "a#b", "a:b", "-a", ":a", "?a",
    "arn:aws:iam::123456789012:role/x", "https://example.com/?q=1#x", "a 'b' \"c\"", "app-{{ env }}", "é 😀 \u00a0x", "a, b", "x]",
    "C:\\temp", "*/5 * * *"[1:], "%"[1:] + "50%", "a - b",
)  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_scalar_stays_as_written(text: str, loader: type[Loader]) -> None:
    assert [(show(node), told) for node, told in [parse(f"k: {text}\n", loader), parse(f"- {text} # c", loader)]] == [
        ({"k": text}, ()),
        ([text], ()),
    ]


@pytest.mark.parametrize("text", PLAIN)
def test_a_quoted_scalar_is_text_whatever_it_looks_like(text: str, loader: type[Loader]) -> None:
    quoted = text.replace("'", "''")
    node, findings = parse(f"k: '{quoted}'\n", loader)
    assert (show(node), findings) == ({"k": ("text", text)}, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("\n\n", None),
        ("# only a comment\n", None),
        ("---\n", None),
        ("---\n...\n", None),
        ("{}", {}),
        ("[]", []),
        ("x", "x"),
        ("--- x\n...\n# end\n", "x"),
        ("a: {}\nb: []\nc: ''\nd: \"\"\n", {"a": {}, "b": [], "c": ("text", ""), "d": ("text", "")}),
        ("b: 1\na: 2\n", {"b": "1", "a": "2"}),
        ("8080: x\n1.10: y\nyes: z\n", {"8080": "x", "1.10": "y", "yes": "z"}),
        ('"": x\n', {"": "x"}),
        ('"<<": x\n"null": y\n', {"<<": "x", "null": "y"}),
        ("a: <<\n", {"a": "<<"}),
        ("? a\n: b\n", {"a": "b"}),
        ("[a: 1, b c: 2]", [{"a": "1"}, {"b c": "2"}]),
        ('{"a":1,b: [2,3]}', {"a": "1", "b": ["2", "3"]}),
        ("a:\n- 1\n- - 2\n  - 3\n- x: 4\n  y: 5\n", {"a": ["1", ["2", "3"], {"x": "4", "y": "5"}]}),
        ("a: b\n  c\n\n  d\n", {"a": "b c\nd"}),
        ("a: x -y\n  z\n", {"a": "x -y z"}),
        ("a: x - y\n  z\n", {"a": "x - y z"}),
        ("a: 'x\n  - y'\n", {"a": ("text", "x - y")}),
        ("a: 'x\n  - y?'\nb: |\n  x\n  - y\n", {"a": ("text", "x - y?"), "b": ("text", "x\n- y\n")}),
        ("a: 'b\n  c\n\n  d'\n", {"a": ("text", "b c\nd")}),
        ('a: "b\\\n  c\\n\\t\\x41\\u00e9\\U0001F600\\/"\n', {"a": ("text", "bc\n\tAé😀/")}),
        ('a: "\\ud83d\\ude00"\n', {"a": ("text", "😀")}),
        ("a: |\n  x\n    y\n\n  z\nb: 1\n", {"a": ("text", "x\n  y\n\nz\n"), "b": "1"}),
        ("a: |-\n  x\nb: |+\n  y\n\nc: >\n  p\n  q\n\n  r\n", {"a": ("text", "x"), "b": ("text", "y\n\n"), "c": ("text", "p q\nr\n")}),
        ("a: |2 # c\n    x\n", {"a": ("text", "  x\n")}),
        ("a: |\n  x\ty\n", {"a": ("text", "x\ty\n")}),
        ("a: 'x\ty'\nb: \"\t\"\n", {"a": ("text", "x\ty"), "b": ("text", "\t")}),
        ("# a\ttab\na: 1\n", {"a": "1"}),
        ("a: !!str 5\nb: !!str\nc: !<tag:yaml.org,2002:str> no\n", {"a": ("text", "5"), "b": ("text", ""), "c": ("text", "no")}),
        ("a: &x NO\nb: *x\nc: [*x, *x]\n", {"a": "NO", "b": "NO", "c": ["NO", "NO"]}),
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": "1"}, "c": {"b": "1"}}),
        ("a: &x !!str 5\nb: !!str &y 6\nc: [*x, *y]\n", {"a": ("text", "5"), "b": ("text", "6"), "c": [("text", "5"), ("text", "6")]}),
        ("&k a: 1\nb: *k\n", {"a": "1", "b": "a"}),
    ],
)  # fmt: skip
def test_what_is_fine_gives_its_nodes(text: str, expected: Value, loader: type[Loader]) -> None:
    node, findings = parse(text, loader)
    assert (show(node), tell(findings)) == (expected, [])


def test_places_span_exactly_what_is_written(loader: type[Loader]) -> None:
    text = """\
# é 😀
key: a plain 😀 value   # comment
"quoted" : 'it''s'
block: |  # header
  é
  x

# between
list:
  - 1
  - {a: b, c: [ d , e ]}   # x

anchored: &name !!str 5
collection: &other
  x: 1

  y: 2

alias: *other
pairs: [p: 1 , q]
"""
    node, findings = parse(text, loader)
    assert findings == () and node is not None
    assert show_spans(node) == (
        text[len("# é 😀\n") : -1],
        {
            "key": "a plain 😀 value",
            '"quoted"': "'it''s'",
            "block": "|  # header\n  é\n  x",
            "list": (
                "- 1\n  - {a: b, c: [ d , e ]}",
                ["1", ("{a: b, c: [ d , e ]}", {"a": "b", "c": ("[ d , e ]", ["d", "e"])})],
            ),
            "anchored": "5",
            "collection": ("x: 1\n\n  y: 2", {"x": "1", "y": "2"}),
            # A copy keeps the places of what the anchor names.
            "alias": ("x: 1\n\n  y: 2", {"x": "1", "y": "2"}),
            "pairs": ("[p: 1 , q]", [("p: 1", {"p": "1"}), "q"]),
        },
    )


REFUSED = {
    # tabs
    "a:\n\tb: 1\n": [("E111", 2, 1, "a tab cannot indent a line", "indent with spaces")],
    "a: |\n\tx\n": [("E111", 2, 1, "a tab cannot indent a line", "indent with spaces")],
    "a:\tb\n": [("E111", 1, 3, "a tab cannot separate tokens", "write a space")],
    "a: b\t# c\n": [("E111", 1, 5, "a tab cannot separate tokens", "write a space")],
    # quotes
    'a: 1\nb: "x\nc: 2\n': [("E111", 2, 4, 'the quote `"` is not closed', None)],
    "a: 'x": [("E111", 1, 4, "the quote `'` is not closed", None)],
    "a: 'it's'\n": [("E111", 1, 8, "text follows the closing quote `'`", "inside the quotes, write `''`")],
    'a: "x"y\n': [("E111", 1, 7, 'text follows the closing quote `"`', 'inside the quotes, write `\\"`')],
    'a: "\\d"\n': [("E111", 1, 5, "`\\d` is not an escape in double quotes", "in single quotes, `\\` is just a `\\`")],
    'a: "\\xZ1"\n': [("E111", 1, 5, "`\\x` takes 2 hexadecimal digits", "in single quotes, `\\` is just a `\\`")],
    'a: "\\U00110000"\n': [("E111", 1, 5, "`\\U00110000` is not a character", None)],
    'a: "\\UFFFFFFFF"\n': [("E111", 1, 5, "`\\UFFFFFFFF` is not a character", None)],
    'a: "\\ud83d"\n': [("E108", 1, 4, "this text has a lone surrogate", "write the character itself")],
    "a: \"x\", 'y'\n": [("E111", 1, 7, 'text follows the closing quote `"`', 'inside the quotes, write `\\"`')],
    # brackets
    "a: ['x'] y\n": [("E111", 1, 10, "text follows the end of a value", "quote the whole value")],
    "a: [1, 2\nb: 3\n": [("E111", 1, 4, "`[` is not closed", "add the `]`")],
    "a: {b: 1\n": [("E111", 1, 4, "`{` is not closed", "add the `}`")],
    "a: [\n": [("E111", 1, 4, "`[` is not closed", "add the `]`")],
    "a: [1, 2}\n": [("E111", 1, 9, "`,` or `]` is missing before this", None)],
    'a: [\n  "x"\n  "y"\n]\n': [("E111", 3, 3, "`,` or `]` is missing before this", None)],
    "a: [1,,2]\n": [("E111", 1, 7, "a value is missing before `,`", None)],
    "a: [x]]\n": [("E111", 1, 7, "`]` closes nothing", "quote the value, if it is text")],
    "a: }\n": [("E111", 1, 4, "`}` closes nothing", "quote the value, if it is text")],
    "{a: 1} b\n": [("E111", 1, 8, "text follows the end of a value", "quote the whole value")],
    "a: {u: x?y=1}\n": [("E111", 1, 9, "outside quotes, a value in brackets cannot contain `?`", QUOTE)],
    # indentation
    "a:\n  b: 1\n c: 2\n": [
        ("E111", 3, 2, "this line is indented like none of the lines it can belong to", "align it with the lines beside it")
    ],
    " a: 1\nb: 2\n": [
        ("E111", 2, 1, "this line is indented like none of the lines it can belong to", "align it with the lines beside it")
    ],
    "a: 1\n  b: 2\n": [
        ("E111", 2, 3, "this key is indented like a part of the value above", "indent it like the keys beside it")
    ],
    "a:\n  - x\n   - y\n": [
        ("E111", 3, 4, "this list item is indented like a part of the value above", "align it with the items beside it")
    ],
    "a: 1\n- b\n": [("E111", 2, 1, "a list item is among keys", "indent it below its key")],
    "- a\nb: 1\n": [("E111", 2, 1, "a key is among list items", "align it with the keys it belongs to")],
    "a: - b\n": [("E111", 1, 4, "a list cannot start on the line of its key", "put the `-` on the next line")],
    # colons
    "key: value: more\n": [("E111", 1, 11, "outside quotes, a value cannot contain `: `", "quote the whole value")],
    "a: 1\nb\nc: 2\n": [("E111", 2, 1, "there is no colon after this key", "write `key: value`")],
    "a: 1\ncpu:256 # c\nb: 2\n": [("E111", 2, 1, "there is no space after the colon", "put a space after `cpu:`")],
    # starts of a value
    "a: @x\n": [("E111", 1, 4, "a plain value cannot start with `@`", QUOTE)],
    "a: `x`\n": [("E111", 1, 4, "a plain value cannot start with a backtick", QUOTE)],
    "a: %x\n": [("E111", 1, 4, "a plain value cannot start with `%`", QUOTE)],
    "a: *.example.com\n": [("E111", 1, 4, "a plain value cannot start with `*`", QUOTE)],
    "a: &&\n": [("E111", 1, 4, "a plain value cannot start with `&`", QUOTE)],
    "a: ,x\n": [("E111", 1, 4, "a plain value cannot start with `,`", QUOTE)],
    "a: ? b\n": [("E111", 1, 4, "a plain value cannot start with `?`", QUOTE)],
    "a: >= 5\n": [("E111", 1, 4, "`>` starts a block of text on the next line", QUOTE)],
    "a: | x\n": [("E111", 1, 4, "`|` starts a block of text on the next line", QUOTE)],
    "a: >2#\n": [("E111", 1, 4, "`>` starts a block of text on the next line", QUOTE)],
    "a:\n  &x - b\n": [("E111", 2, 6, "`-` does not fit here", None)],
    # aliases
    "a: *x\nb: 1\n": [("E111", 1, 4, "the alias `*x` names no anchor above it", "quote the value, if it is text")],
    "a: &common 1\nb: *comon\n": [("E111", 2, 4, "the alias `*comon` names no anchor above it", "write `*common`")],
    "a: *x y\n": [("E111", 1, 7, "text follows the end of a value", "quote the whole value")],
    # characters
    "a: x\x07\x00\x07\n": [
        ("E111", 1, 5, "the character U+0007 cannot stand in YAML", "delete it, or write `\\u0007` in double quotes"),
        ("E111", 1, 6, "the character U+0000 cannot stand in YAML", "delete it, or write `\\u0000` in double quotes"),
    ],
    "a: 1\nb: x\u2028y\ufeff\n": [
        ("E111", 2, 5, "the character U+2028 cannot stand in YAML", "delete it, or write `\\u2028` in double quotes"),
        ("E111", 2, 7, "the character U+FEFF cannot stand in YAML", "delete it, or write `\\ufeff` in double quotes"),
    ],
    "a: x\ry\x85\n": [
        ("E111", 1, 5, "the character U+000D cannot stand in YAML", "delete it, or write `\\u000d` in double quotes"),
        ("E111", 1, 7, "the character U+0085 cannot stand in YAML", "delete it, or write `\\u0085` in double quotes"),
    ],
    "a: \ud800\n": [("E108", 1, 4, "the lone surrogate U+D800 cannot stand in YAML", "delete it")],
    # directives
    "%YAML 1.2\n---\na: 1\n": [("E111", 1, 1, "YAML directives are not supported", "delete the line")],
    "# c\n%FOO bar\n---\na: 1\n": [("E111", 2, 1, "YAML directives are not supported", "delete the line")],
    "%YAML 2.0\n---\na: 1\n": [("E111", 1, 1, "YAML directives are not supported", "delete the line")],
    "%x\na: 1\n": [("E111", 1, 1, "YAML directives are not supported", "delete the line")],
    # keys
    "? [a]\n: 1\n": [("E111", 1, 3, "a key is text, not a list", "quote the key")],
    "{a: b}: 2\n": [("E111", 1, 1, "a key is text, not a mapping", "quote the key")],
    "a: &x 1\n*x : 2\n": [("E111", 2, 1, "an alias cannot be a key", "write the key out")],
    "{[a]}\n": [("E111", 1, 2, "a key is text, not a list", "quote the key")],
    "{[a]: 1, [b]: 2}\n": [
        ("E111", 1, 2, "a key is text, not a list", "quote the key"),
        ("E111", 1, 10, "a key is text, not a list", "quote the key"),
    ],
    "null: 1\n": [("E111", 1, 1, "a key cannot be null", "quote the key")],
    ": 1\n": [("E111", 1, 1, "a key is missing here", "write the key, or quote the value")],
    # tags
    "a: !Ref x\nb: !!int 3\nc: ! x\nd: !!map {}\ne: !\n": [
        ("E113", 1, 4, "the tag `!Ref` is not supported", TAG),
        ("E113", 2, 4, "the tag `!!int` is not supported", TAG),
        ("E113", 3, 4, "the tag `!` is not supported", TAG),
        ("E113", 4, 4, "the tag `!!map` is not supported", TAG),
        ("E113", 5, 4, "the tag `!` is not supported", TAG),
    ],
    "a: !e!x y\n": [("E113", 1, 4, "the tag `!e!x` is not supported", TAG)],
    "a: [!x , 1]\nb: &n !!str {}\n": [
        ("E113", 1, 5, "the tag `!x` is not supported", TAG),
        ("E113", 2, 7, "the tag `!!str` is not supported", TAG),
    ],
    # documents
    "---\na: 1\n---\nb: 2\n---\n": [("E114", 3, 1, "a second document starts here", ONE_DOCUMENT)],
    "---\n---\na: 1\n": [("E114", 2, 1, "a second document starts here", ONE_DOCUMENT)],
    "a: 1\n...\nb: 2\n": [
        ("E114", 3, 1, "a second document starts here", "one file holds one document: delete the `...`")
    ],
    # merge keys
    "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n": [
        ("E115", 3, 3, "the merge key `<<` is not supported", "share settings with `extends`"),
        ("E115", 4, 3, "the merge key `<<` is not supported", "share settings with `extends`"),
    ],
    # Jinja
    "a: {{ x }}\n": [("E117", 1, 4, "`{{ x }}` without quotes is not text in YAML", TEMPLATE)],
    "- {{ x }}\n- [{{ y }}, 1]\n": [
        ("E117", 1, 3, "`{{ x }}` without quotes is not text in YAML", TEMPLATE),
        ("E117", 2, 4, "`{{ y }}` without quotes is not text in YAML", TEMPLATE),
    ],
    "{{ k }}: 1\n": [("E117", 1, 1, "`{{ k }}` without quotes is not text in YAML", TEMPLATE)],
    "a: {{ x | f('y', z=1) }}\n": [("E117", 1, 4, "`{{ x | f('y', z=1) }}` without quotes is not text in YAML", TEMPLATE)],
    "a: {{ x }}:{{ y }}\n": [("E117", 1, 4, "`{{ x }}` without quotes is not text in YAML", TEMPLATE)],
    "a: {{ x }}-suffix\n": [("E117", 1, 4, "`{{ x }}` without quotes is not text in YAML", TEMPLATE)],
    'a: {{ x["y"] }}\n': [("E117", 1, 4, '`{{ x["y"] }}` without quotes is not text in YAML', TEMPLATE)],
    "{% if a %}\na: 1\n": [("E117", 1, 1, "`{% if a %}` without quotes is not text in YAML", TEMPLATE)],
    "a: 'u: {{ x }}' b\n": [("E111", 1, 17, "text follows the closing quote `'`", "inside the quotes, write `''`")],
    'a: "u: {{ x }}" b\n': [("E111", 1, 17, 'text follows the closing quote `"`', 'inside the quotes, write `\\"`')],
    "a: [  # {{ x }}\n": [("E111", 1, 4, "`[` is not closed", "add the `]`")],
    # empty values
    "a:\nb:   # c\nc: 1\n": [("E119", 1, 1, "`a` has no value", EMPTY), ("E119", 2, 1, "`b` has no value", EMPTY)],
    "a:\n  -\n  - x\n  - # c\n": [
        ("E119", 2, 3, "this item has no value", EMPTY),
        ("E119", 4, 3, "this item has no value", EMPTY),
    ],
    "a: {b, c: , d: 1}\n": [("E119", 1, 5, "`b` has no value", EMPTY), ("E119", 1, 8, "`c` has no value", EMPTY)],
    "a: &x\nb: [*x]\n": [("E119", 1, 1, "`a` has no value", EMPTY)],
    # several at once, in the order of the file
    "a: {x: 1, x: 2}\na:\n  b:\nc: !t 1\nd: [}\n": [
        ("E112", 1, 11, "the key `x` is in this mapping twice", "keep one of the two"),
        ("E112", 2, 1, "the key `a` is in this mapping twice", "keep one of the two"),
        ("E119", 3, 3, "`b` has no value", EMPTY),
        ("E113", 4, 4, "the tag `!t` is not supported", TAG),
        ("E111", 5, 5, "a value is missing before `}`", None),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_is_told_at_its_place(text: str, loader: type[Loader]) -> None:
    assert tell(parse(text, loader)[1]) == REFUSED[text]


def test_every_second_key_of_a_name_is_reported_with_the_line_of_the_first(loader: type[Loader]) -> None:
    node, findings = parse('a: 1\nb: {c: 1, c: 2}\n"a": 3\na: 4\n', loader)
    assert show(node) == {"a": "1", "b": {"c": "1"}}
    assert [(str(finding.location), finding.code, finding.notes) for finding in findings] == [
        (f"environments/dev.yaml:{line}:{column}", "E112", (Note(f"the other is in {other}", other),))
        for line, column, other in (
            (2, 11, Place(Source("environments/dev.yaml", "a: 1\nb: {c"), 9, 9).location),
            (3, 1, Place(Source("environments/dev.yaml", ""), 0, 0).location),
            (4, 1, Place(Source("environments/dev.yaml", ""), 0, 0).location),
        )
    ]


def test_a_quote_that_closes_too_late_names_its_opening(loader: type[Loader]) -> None:
    (finding,) = parse('a: "x\nb: "y"\n', loader)[1]
    assert (str(finding.location), [note.text for note in finding.notes]) == (
        "environments/dev.yaml:2:5",
        ["the quote opens in environments/dev.yaml:1:4"],
    )


def test_a_finding_underlines_what_it_is_about(loader: type[Loader]) -> None:
    findings = parse("a: app\nb: {{ tag }} # c\n", loader)[1]
    assert [finding.excerpt for finding in findings] == [("b: {{ tag }} # c", 4, 9)]


def test_a_message_shows_no_secret(loader: type[Loader]) -> None:
    findings = parse("A: !one\nDB_PASSWORD: !hunter2\nB: !two\n", loader)[1]
    assert [finding.message for finding in findings] == [
        "the tag `!one` is not supported",
        "the tag `***` is not supported",
        "the tag `!two` is not supported",
    ]
    (finding,) = parse("DB_PASSWORD: !hun!ter2\n", loader)[1]
    assert (finding.code, finding.message) == ("E113", "the tag `***` is not supported")
    (finding,) = parse("A: 1\nDB_PASSWORD:hunter2\nB: 2\n", loader)[1]
    assert (finding.message, finding.help) == ("there is no space after the colon", "put a space after `DB_PASSWORD:`")


def test_an_anchor_stands_once(loader: type[Loader]) -> None:
    (finding,) = parse("a: &x 1\nb: &x 2\n", loader)[1]
    assert (finding.code, str(finding.location), finding.message, [note.text for note in finding.notes]) == (
        "E111",
        "environments/dev.yaml:2:4",
        "the anchor `&x` is in this file twice",
        ["the other is in environments/dev.yaml:1:4"],
    )


def test_an_alias_inside_what_it_names_is_refused(loader: type[Loader]) -> None:
    (finding,) = parse("a: &x\n  b: [*x]\n", loader)[1]
    assert (finding.code, str(finding.location), finding.message, [note.text for note in finding.notes]) == (
        "E116",
        "environments/dev.yaml:2:7",
        "the alias `*x` is inside its own anchor",
        ["the anchor is in environments/dev.yaml:1:4"],
    )


def test_aliases_that_explode_are_refused_once(loader: type[Loader]) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for last, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 9)}]")
    assert tell(parse("\n".join(lines), loader)[1]) == [
        ("E116", 5, 8, f"the aliases of this file stand for more than {MAX_COPIED} values", None)
    ]


def test_aliases_may_stand_for_as_many_values_as_the_bound(loader: type[Loader]) -> None:
    values = ", ".join(["x"] * 99)  # with the list itself, 100 nodes
    assert parse(f"a: &a [{values}]\nb: [{', '.join(['*a'] * (MAX_COPIED // 100))}]", loader)[1] == ()
    assert len(parse(f"a: &a [{values}]\nb: [{', '.join(['*a'] * (MAX_COPIED // 100 + 1))}]", loader)[1]) == 1


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("- ", ""), ("{a: ", "}")])
def test_collections_nest_up_to_a_bound(opening: str, closing: str, loader: type[Loader]) -> None:
    deep = f"{opening * MAX_DEPTH}1{closing * MAX_DEPTH}"
    assert parse(deep, loader)[1] == ()
    column = len(opening) * MAX_DEPTH + 1
    expected = [("E109", 1, column, f"this is nested deeper than {MAX_DEPTH} levels", None)]
    assert tell(parse(opening + deep + closing, loader)[1]) == expected
    assert tell(parse(opening * 20_000, loader)[1]) == expected


def test_an_alias_cannot_nest_deeper_than_the_bound(loader: type[Loader]) -> None:
    text = f"a: &a {'[' * 60}{']' * 60}\nb: {'[' * 60}*a{']' * 60}\n"
    assert tell(parse(text, loader)[1]) == [("E109", 2, 64, f"this is nested deeper than {MAX_DEPTH} levels", None)]


def test_a_refused_value_is_known_from_an_empty_text(loader: type[Loader]) -> None:
    node, _ = parse("a:\nb: {{ x }}\nc: *none\nd: ''\ne: x\n", loader)
    assert isinstance(node, MapNode)
    assert {key: is_refused(child) for key, child in node.items.items()} == {
        "a": True,
        "b": True,
        "c": True,
        "d": False,
        "e": False,
    }


def test_a_file_with_too_much_wrong_is_not_read_to_its_end() -> None:
    node, findings = parse_yaml(Source("dev.yaml", "vars:\n" + "  a:\n" * 2000))
    assert (node, len(findings), findings[-1].code) == (None, 1001, "E109")


TAGS = {"!Ref": "Ref", "!Join": "Fn::Join"}
TAGGED = """\
a: !Ref Image
b: !Join ["", [x, !Ref Y]]
c: &c !Ref |
  Z
d: *c
e: !Join
  - k: v
f: !Ref
"""


def test_a_tag_that_stands_for_a_name_becomes_a_mapping_from_it(loader: type[Loader]) -> None:
    node, findings = parse_yaml(Source("stack.yaml", TAGGED), loader=loader, tags=TAGS)
    assert findings == () and isinstance(node, MapNode)
    assert show(node) == {
        "a": {"Ref": ("text", "Image")},
        "b": {"Fn::Join": [("text", ""), ["x", {"Ref": ("text", "Y")}]]},
        "c": {"Ref": ("text", "Z\n")},
        "d": {"Ref": ("text", "Z\n")},
        "e": {"Fn::Join": [{"k": "v"}]},
        "f": {"Ref": ("text", "")},
    }
    places = [TAGGED[child.place.start : child.place.end] for child in node.items.values()]
    assert places[:3] == ["!Ref Image", '!Join ["", [x, !Ref Y]]', "&c !Ref |\n  Z"]


def test_other_tags_are_refused_beside_those(loader: type[Loader]) -> None:
    findings = parse_yaml(Source("environments/dev.yaml", "a: !Ref x\nb: !Sub y\n"), loader=loader, tags=TAGS)[1]
    assert tell(findings) == [("E113", 2, 4, "the tag `!Sub` is not supported", TAG)]
