"""Laws of texts that patches render: one that is a variable is as good as the value itself, and each character has its place."""

from __future__ import annotations

import json

import yaml
from hypothesis import assume, given, strategies as st

from generator.build.pipeline import build_project
from generator.build.rendering.text_places import make_text
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Source
from generator.model.nodes import MapNode, Scalar, Value
from tests.laws.strategies import documents, dump_yaml, edited_lists, patches
from tests.support import make_project

DIRECTIVES = ("$add", "$replace")


@st.composite
def rendered(draw: st.DrawFn, value: Value, variables: dict[str, Value]) -> Value:
    """A patch some of whose values are variables. What a directive says of a mapping stays, and so do keys that begin with a dollar."""
    plain = not isinstance(value, dict | list) or not has_dollars(value)
    if plain and variables.keys() != {"v0"} and draw(st.booleans()):
        name = f"v{len(variables)}"
        variables[name] = value
        return {"$render": f"{{{{ {name} }}}}"}
    if isinstance(value, dict):
        return {
            key: child if key in DIRECTIVES and not isinstance(child, list) else draw(rendered(child, variables))
            for key, child in value.items()
        }
    return [draw(rendered(child, variables)) for child in value] if isinstance(value, list) else value


def has_dollars(value: Value) -> bool:
    """Whether a key in a value begins with a dollar, which is a directive in a patch and none in a variable."""
    if isinstance(value, dict):
        return any(key.startswith("$") or has_dollars(child) for key, child in value.items())
    return isinstance(value, list) and any(map(has_dollars, value))


DRAWN = documents().flatmap(lambda document: st.tuples(st.just(document), patches(document).flatmap(edited_lists)))


@given(DRAWN, st.data())
def test_a_rendered_variable_is_as_good_as_its_value(drawn: tuple[Value, Value], data: st.DataObject) -> None:
    document, patch = drawn
    variables: dict[str, Value] = {}
    with_texts = {key: data.draw(rendered(value, variables)) for key, value in patch.items()}
    assume(variables)
    template = {"app.json.j2": "{% raw %}" + json.dumps(document) + "{% endraw %}"}
    plain = build_project(make_project(template, {"dev.yaml": dump_yaml({"patch": patch})}))
    text = dump_yaml({"vars": json.loads(json.dumps(variables)), "patch": with_texts})
    made = build_project(make_project(template, {"dev.yaml": text}))
    assert [each.text for each in made.artifacts] == [each.text for each in plain.artifacts]
    assert sorted(each.code for each in made.findings) == sorted(each.code for each in plain.findings)


LINES = st.lists(st.text(alphabet="ab{}'\"\\:# é😀", max_size=8), min_size=1, max_size=4).map("\n".join)
STYLES = st.sampled_from(["'", '"', "|", ">", None])


@given(LINES, STYLES, st.integers(10, 40), st.booleans())
def test_each_character_of_a_text_has_its_place(text: str, style: str | None, width: int, ascii_only: bool) -> None:
    written = yaml.dump(
        {"a": {"b": text}}, default_style=None, allow_unicode=not ascii_only, width=width
    ) if style is None else "a:\n  b: " + yaml.dump(
        text, default_style=style, allow_unicode=not ascii_only, width=width, indent=4
    ).replace("\n", "\n    ").rstrip()  # fmt: skip
    root, findings = parse_yaml(Source("environments/dev.yaml", written + "\n"))
    assume(root is not None and not findings)
    assert isinstance(root, MapNode)
    inner = root.items["a"]
    assert isinstance(inner, MapNode)
    scalar = inner.items["b"]
    assert isinstance(scalar, Scalar)
    made = make_text(scalar)
    assert len(made.offsets) == len(scalar.text) + 1
    assert list(made.offsets) == sorted(made.offsets)
    for number, char in enumerate(scalar.text):
        place = made.find_place(number, 1)
        shown = place.source.text[place.start : place.end]
        assert char.isspace() or shown.startswith((char, "\\")) or shown == "''", (char, shown)
        assert scalar.place.start <= place.start <= place.end <= scalar.place.end
