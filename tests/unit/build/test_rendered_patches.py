"""`$render` in patches: the value that a text gives, where it stands for one, and what it cannot be."""

from __future__ import annotations

import json

import pytest

from generator.build.pipeline import build_project, trace
from generator.build.planning import plan_project
from generator.build.rendering import bounds
from generator.documents.tree import find_node
from generator.model.findings import Place, Source
from generator.model.nodes import Value
from generator.model.project import Build
from tests.support import agree_on, make_project

TEMPLATE = """{
  "family": "app", "memory": "512",
  "containerDefinitions": [{
    "name": "app", "image": "app:1", "command": ["a"],
    "environment": [{"name": "KEPT", "value": "1"}, {"name": "GONE", "value": "1"}],
    "dockerLabels": {"kept": "1"}
  }]
}"""

VARIABLES = """
aws: {account: "123456789012", region: eu-west-1}
vars:
  number: 512
  size: 1 GB
  flag: true
  nothing: null
  text: "007"
  words: [b, c]
  labels: {x: "1", "$odd": z}
  nested: {inner: [{deep: v}]}
  item: {name: NEW, value: n}
"""


def build(patch: str, *, before: str = VARIABLES, **templates: str) -> Build:
    """Build the one artifact with a patch, which is indented by two."""
    files = {"app.json.j2": TEMPLATE, **{f"{name}.json.j2": text for name, text in templates.items()}}
    return build_project(make_project(files, {"dev.yaml": f"{before.strip()}\npatch:\n{patch}"}))


def read(patch: str, **templates: str) -> Value:
    """The artifact with a patch, which must be right."""
    built = build(patch, **templates)
    assert built.findings == ()
    return json.loads(built.artifacts[0].text)


def tell(built: Build) -> list[str]:
    """The findings of a build, one a line."""
    return [
        f"{found.code} {found.location.line if found.location else ''}:{found.location.column if found.location else ''} "
        f"{found.message}"
        for found in built.findings
    ]


def in_container(line: str) -> str:
    return f"  containerDefinitions:\n    app:\n      {line}"


VALUES: dict[str, tuple[str, Value]] = {
    "text around expressions": ("a-{{ env }}-{{ task }}", "a-dev-app"),
    "one expression that is text": ("{{ text }}", "007"),
    "a number where text is wanted": ("{{ number }}", "512"),
    "true where text is wanted": ("{{ flag }}", "true"),
    "numbers and truth values within text": ("{{ number }}/{{ flag }}", "512/true"),
    "the account and the region": ("{{ aws.account }}.{{ aws.region }}", "123456789012.eu-west-1"),
    "a helper": ("{{ ssm('x/y') }}", "arn:aws:ssm:eu-west-1:123456789012:parameter/x/y"),
    "a filter": ("{{ text | replace('0', 'o') }}!", "oo7!"),
    "a condition": ("{% if flag %}on{% else %}off{% endif %}", "on"),
    "a loop": ("{% for each in words %}{{ each }}{% if not loop.last %},{% endif %}{% endfor %}", "b,c"),
    "a name that the text sets": ("{% set x = text ~ '!' %}{{ x }}{{ x }}", "007!007!"),
    "JSON within text": ("x={{ words | tojson }}", 'x=["b","c"]'),
    "blanks stay": (" {{ text }} ", " 007 "),
    "blanks that a tag takes away": ("{{- text -}}  ", "007"),
    "braces as data": ("{{ '{{' }}x}}", "{{x}}"),
    "a text in quotes": ('say "{{ text }}"', 'say "007"'),
    "backslashes stay": ("C:\\{{ text }}\\n", "C:\\007\\n"),
    "a line end at the end stays": ("{{ text }}\n", "007\n"),
    "lines stay": ("a\n{{ text }}\n\nb\n\n", "a\n007\n\nb\n\n"),
    "nothing where a condition has no else": ("a{{ 'b' if not flag }}", "a"),
    "a comment of Jinja": ("{# no #}{{ text }}", "007"),
    "no recursion": ("{{ '{{ text }}' }}", "{{ text }}"),
}


@pytest.mark.parametrize(("text", "value"), VALUES.values(), ids=VALUES)
def test_a_text_gives_a_value_of_a_variable(text: str, value: Value) -> None:
    app = read(in_container(f"environment: {{NEW: {{$render: {json.dumps(text)}}}}}"))["containerDefinitions"][0]
    assert app["environment"][-1] == {"name": "NEW", "value": value}


MERGED: dict[str, tuple[str, str, Value]] = {
    "a number for an integer": ("memory: {$render: '{{ number }}'}", "memory", 512),
    "a boolean": ("essential: {$render: '{{ not flag }}'}", "essential", False),
    "a size in text is no number": ("image: {$render: '{{ size }}'}", "image", "1 GB"),
    "a list takes the place of a list": ("command: {$render: '{{ words }}'}", "command", ["b", "c"]),
    "a list behind a directive": ("command: {$append: {$render: '{{ words }}'}}", "command", ["a", "b", "c"]),
    "an item of a list": ("command: {$prepend: [{$render: '{{ env }}'}]}", "command", ["dev", "a"]),
    "a list that is taken whole": ("command: {$replace: {$render: '{{ words }}'}}", "command", ["b", "c"]),
    "an item to remove": ("command: {$remove: [{$render: '{{ ''a'' }}'}]}", "command", []),
    "a mapping merges": ("dockerLabels: {$render: '{{ {''x'': text} }}'}", "dockerLabels", {"kept": "1", "x": "007"}),
    "a key with a dollar is a name": (
        "dockerLabels: {$render: '{{ labels }}'}", "dockerLabels", {"kept": "1", "x": "1", "$odd": "z"}),
    "null deletes": ("dockerLabels: {kept: {$render: '{{ nothing }}'}}", "dockerLabels", {}),
    "null in a mapping deletes": ("dockerLabels: {$render: '{{ {''kept'': none} }}'}", "dockerLabels", {}),
    "an item of a keyed list": (
        "environment: [{$render: '{{ item }}'}]", "environment[NEW].value", "n"),
    "the identity of an item": (
        "environment: [{name: {$render: 'N-{{ env }}'}, value: v}]", "environment[N-dev].value", "v"),
    "a keyed list in the map form": (
        "environment: {$render: '{{ {''GONE'': none, ''NEW'': text} }}'}", "environment[NEW].value", "007"),
    "under a key with two dollars": (
        "dockerLabels: {$$x: {$render: '{{ text }}'}}", "dockerLabels.$x", "007"),
    "a key spelt with an escape": ('image: {"\\x24render": "{{ text }}"}', "image", "007"),
    "an alias of a text": (
        "image: {$render: &t '{{ text }}'}\n      user: {$render: *t}", "user", "007"),
    "an alias of the whole": (
        "image: &t {$render: '{{ text }}'}\n      user: *t", "user", "007"),
    "a mapping that is new": (
        "linuxParameters: {$render: '{{ {''initProcessEnabled'': flag} }}'}", "linuxParameters",
        {"initProcessEnabled": True}),
}  # fmt: skip


@pytest.mark.parametrize(("patch", "path", "value"), MERGED.values(), ids=MERGED)
def test_a_value_merges_as_if_it_stood_there(patch: str, path: str, value: Value) -> None:
    built = build(in_container(patch))
    assert built.findings == ()
    app = json.loads(built.artifacts[0].text)["containerDefinitions"][0]
    node: Value = app
    for part in path.replace("[", ".[").split("."):
        node = next(item for item in node if item["name"] == part[1:-1]) if part.startswith("[") else node.get(part, {})
    assert node == value


def test_macros_and_partials_of_templates_may_be_used() -> None:
    macros = '{% macro arn(name) %}arn:{{ name }}:{{ aws.region }}\\"{% endmacro %}'
    text = "{% from \"_macros.json.j2\" import arn with context %}{{ arn('x') }}{% include '_macros.json.j2' %}"
    app = read(in_container(f"user: {{$render: {json.dumps(text)}}}"), _macros=macros)["containerDefinitions"][0]
    assert app["user"] == 'arn:x:eu-west-1"'


def test_each_environment_and_task_that_a_base_reaches_has_its_own_value() -> None:
    project = make_project(
        {"app.json.j2": TEMPLATE, "web.json.j2": TEMPLATE},
        {
            "_base.yaml": "vars: {tag: base}\npatch:\n"
            + in_container("image: {$render: '{{ task }}:{{ env }}-{{ tag }}-{{ aws.account }}'}"),
            "dev.yaml": "extends: _base\naws: {account: '111111111111'}",
            "prod.yaml": "extends: _base\naws: {account: '222222222222'}\nvars: {tag: v2}",
        },
    )
    built = build_project(project)
    images = [json.loads(each.text)["containerDefinitions"][0]["image"] for each in built.artifacts]
    assert (built.findings, images) == ((), [
        "app:dev-base-111111111111", "web:dev-base-111111111111", "app:prod-v2-222222222222", "web:prod-v2-222222222222",
    ])  # fmt: skip


def test_variables_given_beside_the_overlays_count() -> None:
    project = make_project(
        {"app.json.j2": TEMPLATE}, {"dev.yaml": f"{VARIABLES}patch: {{memory: {{$render: '{{{{ number }}}}'}}}}"}
    )
    built = build_project(project, variables={"number": 1024})
    assert json.loads(built.artifacts[0].text)["memory"] == "1024"


LINE = len(VARIABLES.strip().splitlines()) + 4
"""The line of what a container is given."""

REFUSED: dict[str, tuple[str, list[str]]] = {
    "a name that nothing defines": (
        "user: {$render: 'x-{{ txet }}'}", [f"E102 {LINE}:29 `txet` is not defined"]),
    "several": (
        "user: {$render: '{{ a1 }}{{ b1 }}'}", [f"E102 {LINE}:27 `a1` is not defined", f"E102 {LINE}:35 `b1` is not defined"]),
    "a member that is not there": (
        "user: {$render: '{{ aws.acount }}'}", [f"E102 {LINE}:31 `aws` has no `acount`"]),
    "a syntax error": ("user: {$render: '{{ text'}", [f"E101 {LINE}:27 the template ends within a tag"]),
    "a filter that is none": ("user: {$render: '{{ text | uper }}'}", [f"E101 {LINE}:34 there is no filter `uper`"]),
    "a list within text": ("user: {$render: 'x{{ words }}'}", [f"E103 {LINE}:25 a list is printed inside a string"]),
    "null within text": ("user: {$render: 'x{{ nothing }}'}", [f"E103 {LINE}:25 null is printed inside a string"]),
    "a conditional without else": (
        "user: {$render: '{{ text if not flag }}'}", [f"E103 {LINE}:23 a conditional without `else` has no value here"]),
    "what fails": ("user: {$render: '{{ text + 1 }}'}", [f"E105 {LINE}:27 this fails while rendering"]),
    "Python inside": ("user: {$render: '{{ text.__class__ }}'}", [f"E105 {LINE}:32 templates may not use `__class__`"]),
    "a template that is none": (
        "user: {$render: '{% include ''x.j2'' %}'}", [f"E107 {LINE}:35 there is no template `x.j2`"]),
    "other keys": (
        "user: {$render: '{{ text }}', a: 1}", [f"E205 {LINE}:37 `$render` is the whole value, so it must be the only key"]),
    "a list for a text": ("user: {$render: ['{{ text }}']}", [f"E205 {LINE}:23 `$render` takes a text, not a list"]),
    "a mapping for a text": (
        "user: {$render: {$render: '{{ text }}'}}", [f"E205 {LINE}:23 `$render` takes a text, not a mapping"]),
    "null for a text": ("user: {$render: null}", [f"E205 {LINE}:23 `$render` takes a text, not null"]),
    "nothing to render": (
        "user: {$render: text}", [f"E205 {LINE}:23 `$render` is for text with `{{{{ … }}}}` in it, and this has none"]),
    "a carriage return": (
        'user: {$render: "{{ text }}\\r"}', [f"E205 {LINE}:23 `$render` cannot keep the carriage return in this text"]),
    "where a directive says where an item goes": (
        "$add: {before: {$render: '{{ text }}'}}",
        [f"E205 {LINE}:13 `$add` takes `true`, `first`, `{{before: NAME}}` or `{{after: NAME}}`, not a mapping"]),
    "a mapping for a text member": (
        "user: {$render: '{{ labels }}'}",
        [f"E302 {LINE}:23 `containerDefinitions[app].user` takes text, not a mapping"]),
    "text for a number": (
        "memory: {$render: '{{ text }}'}",
        ["E303 7:9 `containerDefinitions[app].memory` is a whole number, and `007` is not"]),
    "the same twice, in aliases": (
        "image: &t {$render: '{{ no }}'}\n      user: *t", [f"E102 {LINE}:31 `no` is not defined"]),
    "beside what is wrong by its shape": (
        "user: {$render: '{{ no }}'}\n      memroy: 5\n      cpu: x",
        [f"E102 {LINE}:27 `no` is not defined",
         f"E301 {LINE + 1}:7 `containerDefinitions[app]` has no member `memroy`",
         f"E303 {LINE + 2}:12 `containerDefinitions[app].cpu` is a whole number, and `x` is not"]),
    "a misspelling, and nothing that follows from it": (
        "user: {$rendr: '{{ text }}'}\n      secrets: [{name: X, valueFrom: {$Render: '{{ text }}'}}]",
        [f"E204 {LINE}:14 `$rendr` is not a directive", f"E204 {LINE + 1}:39 `$Render` is not a directive"]),
    "in an item of a list, which nobody can tell then": (
        "environment: [{name: {$render: '{{ no }}'}, value: v}, {name: KEPT, value: w}]",
        [f"E102 {LINE}:42 `no` is not defined"]),
}  # fmt: skip


@pytest.mark.parametrize(("patch", "messages"), REFUSED.values(), ids=REFUSED)
def test_what_it_cannot_give_is_told_at_its_place(patch: str, messages: list[str]) -> None:
    built = build(in_container(patch))
    assert (tell(built), built.artifacts) == (messages, ())


def test_the_path_of_what_is_wrong_is_told() -> None:
    text = "environment: [{name: X, value: {$render: '{{ no }}'}}]\n      portMappings: {80: {name: {$render: '{{ no2 }}'}}}"
    assert [found.path for found in build(in_container(text)).findings] == [
        "containerDefinitions[app].environment[X].value",
        "containerDefinitions[app].portMappings[80/tcp].name",
    ]


def test_a_whole_patch_is_not_rendered() -> None:
    assert tell(build("  $render: '{{ labels }}'")) == [
        f"E205 {LINE - 2}:3 `$render` is for a value, and a patch is not a value"
    ]


def test_keys_are_not_rendered() -> None:
    built = build(in_container("dockerLabels: {'{{ env }}': a}"))
    assert tell(built) == [f"W118 {LINE}:23 `{{{{ env }}}}` stays as it is, since keys are not rendered"]


def test_variables_are_not_rendered() -> None:
    built = build("  memory: 1", before="vars:\n  a: {$render: '{{ env }}'}\n  b: [{x: {$render: '{{ env }}'}}]")
    message = "`$render` is for values of patches, and variables are not rendered"
    assert tell(built) == [f"E205 2:7 {message}", f"E205 3:12 {message}"]
    assert tell(build("  memory: 1", before="vars: {$render: '{{ env }}'}")) == [f"E205 1:8 {message}"]


SECRETS: dict[str, tuple[str, str]] = {
    "a variable that is the whole value": ("A_TOKEN: {$render: '{{ thing }}'}", "vars: {thing: ***}"),
    "in a block": ("A_TOKEN:\n          $render: >-\n            {{ thing }}", "vars: {thing: ***}"),
    "in the list form": ("Z: {$render: '{{ other }}'}", "vars: {thing: blue-whale-77}"),
    "a part of a value": ("A_TOKEN: {$render: 'x{{ thing }}'}", "vars: {thing: blue-whale-77}"),
    "a reference": ("Z: {$render: 'arn:{{ thing }}'}", "vars: {thing: blue-whale-77}"),
}


@pytest.mark.parametrize(("variable", "shown"), SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("broken", [True, False], ids=["beside a mistake", "built"])
def test_a_variable_that_is_a_secret_is_masked(variable: str, shown: str, broken: bool) -> None:
    before = "vars: {thing: blue-whale-77}"
    mistake = "\n      user: {$render: '{{ no }}'}" if broken else ""
    patch = in_container(f"environment:\n        {variable}\n      cpu: {{$render: '{{{{ thing }}}}'}}{mistake}")
    built = build(patch.replace("{{ other }}", "{{ env }}"), before=before)
    place = Place(Source("environments/dev.yaml", f"{before}\npatch:\n{patch}"), 0, len(before))
    assert built.secrets.cut(place).text == shown
    assert ("blue-whale" in " ".join(tell(built))) == ("***" not in shown)


def test_a_value_made_with_a_secret_is_one() -> None:
    patch = in_container(
        "environment: {A_TOKEN: {$render: 'abc-{{ env }}-xyz'}, B: {$render: 'is abc-dev-xyz {{ env }}'}}"
    )
    built = build(patch, before="")
    texts = [text for _, text in built.secrets.look().values]
    assert {"abc-dev-xyz", "is abc-dev-xyz dev"} <= {*texts}


STYLES = {
    "single quotes": "'{{ text }}: {{ no }}'",
    "double quotes": '"{{ text }}: {{ no }}"',
    "escapes": '"\\u00fc\\U0001F600\\ud83d\\ude00\\x41\\t{{ no }}"',
    "a quote within quotes": "'it''s {{ no }}'",
    "plain": "a{{ text }} {{ no }}",
    "a broken line": '"a\\\n            \\ b {{ no }}"',
    "folded quotes": "'a\n\n            b {{ no }}'",
    "folded double quotes": '"a \\n\n            b {{ no }}"',
    "folded plain": "a b\n            c {{ no }}",
    "a block": "|\n            a\n            b {{ no }}\n",
    "a folded block": ">-  # a\n\n            a\n              b\n            {{ no }}\n",
    "a block with its indentation": "|2\n              a: {{ no }}\n",
    "a tag": "!!str '{{ no }}'",
    "an anchor": "&a '{{ no }}'",
}


@pytest.mark.parametrize("written", STYLES.values(), ids=STYLES)
def test_a_place_inside_of_a_text_is_found_in_every_style(written: str) -> None:
    block = in_container("dockerLabels:\n        label:\n          $render: ") + written
    (found,) = build(block).findings
    assert (found.code, found.message) == ("E102", "`no` is not defined")
    before = block[: block.index("no }}")]
    assert found.location is not None
    assert found.location[1:] == (LINE - 2 + before.count("\n"), len(before.rpartition("\n")[2]) + 1)
    assert found.excerpt is not None and found.excerpt.length == 2


def test_texts_run_on_the_meter_of_their_template(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "{{% for each in range({count}) %}}x{{% endfor %}}"
    patch = "dockerLabels: {{a: {{$render: '{0}'}}, b: {{$render: '{0}'}}, c: {{$render: '{0}'}}}}"
    monkeypatch.setattr(bounds, "MOST_ITEMS", 100)
    assert tell(build(in_container(patch.format(loop.format(count=30))))) == []
    found = tell(build(in_container(patch.format(loop.format(count=40)))))
    assert found == [f"E109 {LINE}:167 the loops of this template go through more than 100 items"]


def test_many_texts_are_refused_together() -> None:
    lines = "\n".join(
        f"          l{number}: {{$render: '{{{{ text }}}}{'{{ text }}' * 30}'}}" for number in range(1000)
    )
    built = build(in_container(f"dockerLabels:\n{lines}"))
    (found,) = built.findings
    assert (found.code, found.message) == (
        "E109",
        "the texts to render have more than 100000 names, values and signs together",
    )


def test_every_stage_has_what_was_rendered_and_its_line() -> None:
    project = make_project(
        {"app.json.j2": TEMPLATE}, {"dev.yaml": f"{VARIABLES}patch: {{memory: {{$render: '{{{{ number }}}}'}}}}"}
    )
    traced = trace(plan_project(project), "dev", "app")
    assert traced is not None and traced.stages[1].layer is not None
    node = find_node(traced.stages[1].document, "memory")
    assert node is not None
    assert str(node.place.location) == f"environments/dev.yaml:{LINE - 2}:27"


def test_an_override_that_gives_the_same_changes_nothing() -> None:
    project = make_project(
        {"app.json.j2": TEMPLATE},
        {
            "_base.yaml": "patch: {memory: {$render: '{{ size }}'}, cpu: {$render: '{{ cpu }}'}}",
            "dev.yaml": "extends: _base\nvars: {size: 512, cpu: 256}",
            "prod.yaml": "extends: _base\nvars: {size: 1024, cpu: 512}",
        },
        rules=True,
    )
    assert [found.code for found in agree_on(project).findings] == []
    same = make_project(
        {"app.json.j2": TEMPLATE},
        {"dev.yaml": "vars: {size: 512, unused: 1}\npatch: {memory: {$render: '{{ size }}'}}"},
        rules=True,
    )
    found = agree_on(same).findings
    assert [(each.code, each.message) for each in found] == [
        ("W705", "no task uses the variable `unused`"),
        ("W703", "`memory` is `512` without this override too"),
    ]
