"""What a printed value becomes: JSON in value position, content of the string inside one, and never anything else."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rendered import Told, advise, make_templates, refuse, render

HARD = 'a "quoted" \\ back\\n\nline\ttab \x01 {{ no }} {% no %} {# no #} é 😀 \u2028 </script> \x7f'

PRINTED: list[tuple[str, dict[str, Value], Value]] = [
    ('{"a": {{ x }}}', {"x": 256}, {"a": 256}),
    ('{"a": {{ x }}}', {"x": "256"}, {"a": "256"}),
    ('{"a": "{{ x }}"}', {"x": 256}, {"a": "256"}),
    ('{"a": {{ x }}, "b": "{{ x }}"}', {"x": True}, {"a": True, "b": "true"}),
    ('{"a": {{ x }}, "b": "{{ x }}"}', {"x": 0.1}, {"a": 0.1, "b": "0.1"}),
    ('{"a": {{ x }}, "b": "{{ x }}"}', {"x": 1e22}, {"a": 1e22, "b": "1e+22"}),
    ('{"a": {{ x }}}', {"x": None}, {"a": None}),
    ('{"a": {{ x }}}', {"x": []}, {"a": []}),
    ('{"a": {{ x }}}', {"x": {"b": [1, {"c": None}], "d": "e"}}, {"a": {"b": [1, {"c": None}], "d": "e"}}),
    ("{{ x }}", {"x": HARD}, HARD),
    ('"{{ x }}"', {"x": HARD}, HARD),
    ('"-{{ x }}{{ x }}-"', {"x": HARD}, f"-{HARD}{HARD}-"),
    ("{{ x }}", {"x": {HARD: HARD}}, {HARD: HARD}),
    ('{"{{ x }}": 1}', {"x": HARD}, {HARD: 1}),
    ("{ {{ x }}: 1}", {"x": HARD}, {HARD: 1}),
    ('["\\ud83d\\ude00", "{{ x }}"]', {"x": "😀"}, ["😀", "😀"]),
    ("[{{ (1, 'a', (2,)) }}]", {}, [[1, "a", [2]]]),
    ("{{ {'a': (1, 2)} }}", {}, {"a": [1, 2]}),
    ("[{{ '{' }}, {{ '}' }}, \"{{ '{' }}\"]", {}, ["{", "}", "{"]),
    ("[{{ '{{ x }}' }}]", {}, ["{{ x }}"]),
    ("{% raw %}\"{{ x }} {% if %}\"{% endraw %}", {}, "{{ x }} {% if %}"),
    ("[{{ 'a' ~ 1 ~ true ~ 1.5 }}]", {}, ["a1true1.5"]),
    ("[{{ x | upper }}, {{ x | tojson }}, \"{{ x | length }}\"]", {"x": "é"}, ["É", "é", "1"]),
    ("[{{ true | lower }}, {{ true | string }}, {{ [1, true] | join('-') }}]", {}, ["true", "true", "1-true"]),
    ("[{{ '<' | escape }}, {{ ('<' | escape) ~ '<' }}]", {}, ["&lt;", "&lt;<"]),
    ("[{{ d['items'] }}, {{ d.items() | list }}]", {"d": {"items": 1}}, [1, [["items", 1]]]),
    ("[{{ 1 if true else 2 }}, {{ 1 if false else 2 }}]", {}, [1, 2]),
    ("[\"a{{ 'b' if true }}{{ 'c' if false }}\", {{ 'd' if false }}]", {}, ["ab"]),
    ("[{{ ('b' if false) ~ 'c' }}, {{ ('b' if false) | upper }}, {{ ('b' if false) | default(1) }}]", {}, ["c", "", 1]),
    ("{% print 1 %}", {}, 1),
    ("[{{ x }}]", {"x": "4 < 5 at 0x1f"}, ["4 < 5 at 0x1f"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "variables", "value"), PRINTED)
def test_a_value_is_json_in_value_position_and_content_inside_a_string(
    text: str, variables: dict[str, Value], value: Value
) -> None:
    assert render(text, variables) == value


SAFE: list[tuple[str, dict[str, Value], Value]] = [
    ("{{ x | safe }}", {"x": '{"a": [1,]}'}, {"a": [1]}),
    ('{"a": {{ x | tojson | safe }}}', {"x": ['q"']}, {"a": ['q"']}),
    ('{"a": {{ x | tojson }}}', {"x": ['q"']}, {"a": ['q"']}),
    ('{"a": "{{ x | tojson }}"}', {"x": {"k": 'q"é'}}, {"a": '{"k":"q\\"é"}'}),
    ('"{{ x | tojson(indent=1) }}"', {"x": [1]}, "[\n 1\n]"),
    ("{{ [x | tojson] }}", {"x": [1]}, [[1]]),
    ("{{ x | tojson | upper }}", {"x": ["a"]}, '["A"]'),
    ("{{ x | tojson ~ '' }}", {"x": ["a"]}, '["a"]'),
    ('"{{ x | safe }}"', {"x": "a\\nb"}, "a\nb"),
    ("{{ x | safe }}", {"x": 5}, 5),
]


@pytest.mark.parametrize(("text", "variables", "value"), SAFE)
def test_safe_is_template_text_and_tojson_fits_everywhere(text: str, variables: dict[str, Value], value: Value) -> None:
    assert render(text, variables) == value


MISFITS: list[tuple[str, dict[str, Value], list[Told]]] = [
    ('{"a": "{{ x }}"}', {"x": None}, [("E103", "1:8", "null is printed inside a string")]),
    ('{"a": "-{{ x }}-{{ x }}"}', {"x": [1]}, [
        ("E103", "1:9", "a list is printed inside a string"),
        ("E103", "1:17", "a list is printed inside a string"),
    ]),
    ('"{{ x }}"', {"x": {}}, [("E103", "1:2", "a mapping is printed inside a string")]),
    ('"{{ d.items }}"', {"d": {}}, [("E103", "1:2", "the method `items` is printed, not what it gives")]),
    ("{{ d.items }}", {"d": {}}, [("E103", "1:1", "the method `items` is printed, not what it gives")]),
    ("[{{ d.items() }}]", {"d": {}}, [("E103", "1:2", "a series of values, which is no list yet, is printed")]),
    ("[{{ range(2) }}]", {}, [("E103", "1:2", "a series of values, which is no list yet, is printed")]),
    ("[{{ [1] | map('abs') }}]", {}, [("E103", "1:2", "a series of values, which is no list yet, is printed")]),
    ("[{{ secret }}]", {}, [("E103", "1:2", "the function `secret` is printed, not what it gives")]),
    ("{% macro m() %}1{% endmacro %}[{{ m }}]", {}, [("E103", "1:32", "the macro `m` is printed, not what it gives")]),
    ("[{{ namespace() }}]", {}, [("E103", "1:2", "a namespace is printed")]),
    ("[{{ cycler(1) }}]", {}, [("E103", "1:2", "an object, which is no JSON value, is printed")]),
    ("[{{ [secret] }}]", {}, [("E103", "1:2", "the function `secret` is printed, not what it gives")]),
    ("[{{ {1: 2} }}]", {}, [("E103", "1:2", "a mapping with the key `1`, which is not text, is printed")]),
    ("[{{ x }}]", {"x": float("nan")}, [
        ("E103", "1:2", "a number that is not finite is printed, and JSON has no such value"),
    ]),
    ("[{{ [1 if false] }}]", {}, [("E103", "1:2", "a conditional without `else` has no value here")]),
    ("{ {{ x }}: 1}", {"x": 1}, [("E103", "1:3", "a number is printed where a key is expected")]),
    ("[{{ 'a' ~ x }}]", {"x": None}, [("E103", "1:5", "null is made part of a text")]),
    ("[{{ 'a' ~ secret }}]", {}, [("E103", "1:5", "the function `secret` is made part of a text, not what it gives")]),
    ("[{{ x | upper }}]", {"x": []}, [("E103", "1:9", "a list is made part of a text")]),
    ("[{{ secret | string }}]", {}, [
        ("E103", "1:14", "the function `secret` is made part of a text, not what it gives"),
    ]),
    *(
        (f"[{{{{ {use} }}}}]", {}, [("E103", "1:5", "the function `dict` is made part of a text, not what it gives")])
        for use in ("'%s' % dict", "'%s' % (dict,)", "'{}'.format(dict)", "'{a}'.format(a=dict)")
    ),
    ("[{{ '%s' | format(dict) }}]", {}, [("E103", "1:12", "the function `dict` is made part of a text, not what it gives")]),
    ("[{{ '%s' | format([dict]) }}]", {}, [("E103", "1:12", "the function `dict` is printed, not what it gives")]),
    ("[{{ '%s' % range(3) }}]", {}, [("E103", "1:5", "a series of values, which is no list yet, is made part of a text")]),
    ("[{{ '%s' % ''.encode() }}]", {}, [("E103", "1:5", "a series of values, which is no list yet, is made part of a text")]),
    ("[{{ '%s' % cycler(1) }}]", {}, [("E103", "1:5", "an object, which is no JSON value, is made part of a text")]),
    *(
        (f"[{{{{ {use} }}}}]", {}, [("E103", "1:2", "the text of an object is printed, with its address in memory")])
        for use in ("'a' | replace('a', cycler(1))", "['a', 'b'] | join(cycler(1))", "('%a'.encode() % cycler(1)).decode()")
    ),
    ("{% macro m() %}{% endmacro %}[{{ '%s' % m }}]", {}, [("E103", "1:34", "the macro `m` is made part of a text, not what it gives")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "variables", "told"), MISFITS)
def test_what_has_no_place_there_is_refused_where_it_is_printed(
    text: str, variables: dict[str, Value], told: list[Told]
) -> None:
    assert refuse(text, variables) == told


TOKENS: list[tuple[str, list[Told]]] = [
    (
        "[{{ 1 }}{{ 2 }}]",
        [("E104", "1:9", "two values are side by side, without a `,` between them")],
    ),
    ("[{{ 1 }}5]", [("E104", "1:9", "two values are side by side, without a `,` between them")]),
    ("[5{{ 1 }}]", [("E104", "1:3", "two values are side by side, without a `,` between them")]),
    ('["a"{{ 1 }}]', [("E104", "1:5", "two values are side by side, without a `,` between them")]),
    ("[{{ 1 }} {{ 2 }}]", [("E104", "1:2", "a `,` is missing after this value")]),
    ("[-{{ 1 }}]", [("E104", "1:2", "`-` is not JSON")]),
    ("[tr{{ 'ue' }}]", [("E104", "1:2", "`tr` is not JSON")]),
    ('{"a": {{ 1 if false }}}', [("E104", "1:23", "a value is missing before `}`")]),
]


@pytest.mark.parametrize(("text", "told"), TOKENS)
def test_a_printed_value_is_never_glued_to_its_neighbours(text: str, told: list[Told]) -> None:
    assert refuse(text) == told


PUNCTUATION: list[tuple[str, list[Told]]] = [
    ('[1 {{ "," }} 2]', [("E103", "1:4", "`,` is printed as text, not as punctuation")]),
    ('[1{{ ", " }}2]', [("E103", "1:3", "`,` is printed as text, not as punctuation")]),
    ('[{{ 1 }}{{ "," }}{{ 2 }}]', [("E103", "1:9", "`,` is printed as text, not as punctuation")]),
    ('{"a" {{ ":" }} 1}', [("E103", "1:6", "`:` is printed as text, not as punctuation")]),
    ('[1 {{ "]" }}', [("E103", "1:4", "`]` is printed as text, not as punctuation")]),
    ('[{{ "," }} 1]', [("E103", "1:2", "`,` is printed as text, not as punctuation")]),
    (
        '[{% for i in [1, 2] %}{"n": {{ i }}}{{ "," if not loop.last }}{% endfor %}]',
        [("E103", "1:37", "`,` is printed as text, not as punctuation")],
    ),
    (
        '[{% set comma = joiner(",") %}{% for i in [1, 2] %}{{ comma() }}{{ i }}{% endfor %}]',
        [("E103", "1:52", "empty text is printed between values")],
    ),
]


@pytest.mark.parametrize(("text", "told"), PUNCTUATION)
def test_punctuation_that_is_printed_is_told_to_be_text(text: str, told: list[Told]) -> None:
    assert refuse(text) == told
    assert advise(text) == [
        "write the `,` in the template: one before `]` or `}` is accepted, so loops need no `loop.last`"
    ]


@pytest.mark.parametrize(
    ("text", "value"), [('[{{ "," }}]', [","]), ('{"a": {{ "{}" }}}', {"a": "{}"}), ('[1, {{ "" }}]', [1, ""])]
)
def test_text_that_looks_like_punctuation_is_a_value_where_one_is_expected(text: str, value: Value) -> None:
    assert render(text) == value


SURROGATES: list[tuple[str, dict[str, Value], list[Told]]] = [
    ("{{ x }}", {"x": "a\ud800"}, [("E108", "1:1", "`\\ud800` is half of a surrogate pair, and no character alone")]),
    ('"{{ x }}"', {"x": "\udfff"}, [("E108", "1:2", "`\\udfff` is half of a surrogate pair, and no character alone")]),
    ("{{ x }}", {"x": {"\ud800": 1}}, [("E108", "1:1", "`\\ud800` is half of a surrogate pair, and no character alone")]),
    ("{{ '\\ud800' }}", {}, [("E108", "1:1", "`\\ud800` is half of a surrogate pair, and no character alone")]),
    ('["\\ud800x", "\\udc00"]', {}, [
        ("E108", "1:3", "`\\ud800` is half of a surrogate pair, and no character alone"),
        ("E108", "1:14", "`\\udc00` is half of a surrogate pair, and no character alone"),
    ]),
    ('"{{ x }}\\udc00"', {"x": "\ud83d"}, [
        ("E108", "1:2", "`\\ud83d` is half of a surrogate pair, and no character alone"),
        ("E108", "1:9", "`\\udc00` is half of a surrogate pair, and no character alone"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "variables", "told"), SURROGATES)
def test_every_lone_surrogate_is_told(text: str, variables: dict[str, Value], told: list[Told]) -> None:
    assert refuse(text, variables) == told


def test_every_piece_knows_its_place_in_the_template_that_wrote_it() -> None:
    templates = make_templates('{"a": "x-{{ env }}",\n {% include "_b.j2" %}}', {"_b.j2": '"b": {{ [1] }}\n'})
    pieces, findings = templates.render("app.json.j2", {"env": "dev"})
    assert findings == ()
    assert [(str(piece.place.location), piece.place.source.text[piece.place.start : piece.place.end]) for piece in pieces or ()] == [
        ("templates/app.json.j2:1:1", '{"a": "x-'),
        ("templates/app.json.j2:1:10", "{{ env }}"),
        ("templates/app.json.j2:1:19", '",\n '),
        ("templates/_b.j2:1:1", '"b": '),
        ("templates/_b.j2:1:6", "{{ [1] }}"),
        ("templates/app.json.j2:2:23", "}"),
    ]  # fmt: skip
