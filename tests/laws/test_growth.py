"""Laws of growth: what anybody may have written takes work and memory that grow with its size and not faster."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from time import process_time
from types import FrameType

import pytest

from generator.build.pipeline import build_project
from generator.build.rendering import RESERVED, TemplateReader
from generator.build.suppressing import read_suppressions
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.overlay import parse_overlay
from generator.documents.parsing.settings import parse_settings
from generator.documents.yaml_editing import find_step
from generator.model.findings import Excerpt, Finding, Location, Note, Place, Source
from generator.model.nodes import Value
from generator.model.project import Project, Settings
from generator.model.result import Outcome, Result
from generator.model.secrets.scanning import find_secret_variables, find_secrets
from generator.reports.forms import View, format_result
from generator.reports.matrix import Request, format_tables
from generator.review.lint import Linter
from generator.review.matrix import Cell, Row, Table
from generator.rules import RULES

MOST = 2.5
"""How much more work a text of twice the size may take."""

SIZE = 120
"""Units of the smaller text: more than any number from which on work is done in another way."""


def count_steps(work: Callable[[], object]) -> int:
    """Count the lines of Python that run: the same on every run, however busy the machine is."""
    count = 0

    def trace(frame: FrameType, event: str, _: Value) -> Callable[..., Value]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grows_evenly(work: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Whether twice as much takes about twice the work. What is loaded once is loaded before."""
    work(make(2))
    small, large = (count_steps(partial(work, make(size))) for size in (SIZE, 2 * SIZE))
    return large <= small * MOST


# Parsers.

CONTAINER = '{"family": "w", "containerDefinitions": [{"name": "a", "image": "b", "memory": 64'
WHOLE = CONTAINER + "}]}"


def read_overlay(text: str) -> None:
    parse_overlay(Source("environments/dev.yaml", text), "dev", reserved=RESERVED)


def read_json(text: str) -> None:
    parse_json(Source("a.json", text))


def read_settings(text: str) -> None:
    parse_settings(Source("taskdef.toml", text), None, rules=tuple(RULES))


def lint(text: str) -> None:
    Linter({}).lint(Source("a.json", text))


def build(text: str, overlay: str = "patch: {}\n") -> None:
    templates = {"web.json.j2": Source("templates/web.json.j2", text)}
    overlays = {"dev.yaml": Source("environments/dev.yaml", overlay)}
    build_project(Project(Settings(), templates, overlays, {}), least="note")


def patch(text: str) -> None:
    build(WHOLE, text)


def patch_many(names: str) -> None:
    """Patch containers that are there, each with a name that is nearly right; a name is a character."""
    containers = ",".join(f'{{"name": "web{number}", "image": "b", "memory": 64}}' for number in range(len(names)))
    patches = "".join(f"    web{number}x: {{cpu: 1}}\n" for number in range(len(names)))
    build(f'{{"family": "w", "containerDefinitions": [{containers}]}}', f"patch:\n  containerDefinitions:\n{patches}")


def misspell_many(names: str) -> None:
    """Build containers on one line that lack a member, beside one that may be meant for it; a name is a character."""
    containers = ",".join(f'{{"name": "web{number}", "imge": "b", "x": 1}}' for number in range(len(names)))
    build(f'{{"family": "w", "containerDefinitions": [{containers}]}}', "patch: {}\n")


def lint_misspelt(names: str) -> None:
    """Lint the same as a file."""
    containers = ",".join(f'{{"name": "web{number}", "imge": "b", "x": 1}}' for number in range(len(names)))
    lint(f'{{"family": "w", "containerDefinitions": [{containers}]}}')


def mount_many(names: str) -> None:
    """Mount volumes that are there, each by a name that is nearly right."""
    mounts = ",".join(f'{{"sourceVolume": "volume{number}x", "containerPath": "/a"}}' for number in range(len(names)))
    volumes = ",".join(f'{{"name": "volume{number}"}}' for number in range(len(names)))
    lint(f'{CONTAINER}, "mountPoints": [{mounts}]}}], "volumes": [{volumes}]}}')


def mask(text: str) -> None:
    find_secrets(text)
    find_secret_variables((text,))


def repeat(head: str, unit: str, tail: str = "") -> Callable[[int], str]:
    """Make a text of a unit so many times; `#` in it is the number of the unit."""
    return lambda size: head + "".join(unit.replace("#", str(number)) for number in range(size)) + tail


VARIABLES = "patch:\n  containerDefinitions:\n    a:\n      environment:\n"

LABELS = "patch:\n  containerDefinitions:\n    a:\n      dockerLabels:\n"


def render_beside_partials(names: str) -> None:
    """Render texts of which each may include many partials, and one of those has many faults; a name is a character."""
    some = range(len(names) // 4)
    partials = {f"_{number}.j2": "{{ 1 | nope }}" * (number == 0) * len(names) for number in some}
    partials["_all.j2"] = "".join(f"{{% include '_{number}.j2' %}}" for number in some)
    texts = "".join(f"        l{number}: {{$render: \"{{% include '_all.j2' %}}\"}}\n" for number in range(20))
    templates = {name: Source(f"templates/{name}", text) for name, text in ({"web.json.j2": WHOLE} | partials).items()}
    build_project(Project(Settings(), templates, {"dev.yaml": Source("environments/dev.yaml", LABELS + texts)}, {}))


SHAPES: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "overlay: values missing": (read_overlay, repeat("vars:\n", "  a#:\n")),
    "overlay: one key again and again": (read_overlay, repeat("vars:\n", "  a: 1\n")),
    "overlay: a long key": (read_overlay, repeat("vars: {", "key", ": 1}\n")),
    "overlay: keys that are unknown": (read_overlay, repeat("", "k#: 1\n")),
    "overlay: aliases of nothing": (read_overlay, repeat("vars:\n  b: &x 1\n", "  a#: *y\n")),
    "overlay: many aliases": (read_overlay, repeat("vars:\n  b: &x {a: 1}\n", "  a#: *x\n")),
    "overlay: tags": (read_overlay, repeat("vars:\n", "  a#: !x 1\n")),
    "overlay: expressions": (read_overlay, repeat("vars:\n", "  a#: {{ x }}\n")),
    "overlay: a long list": (read_overlay, repeat("vars: {a: [", "1,", "]}\n")),
    "overlay: one long line": (read_overlay, repeat("vars: {a: '", "x ", "'}\n")),
    "overlay: names that are none": (read_overlay, repeat("vars:\n", "  a-#: 1\n")),
    "overlay: swallowed items": (read_overlay, repeat("vars:\n  a: x\n", "    - y\n")),
    "overlay: brackets": (read_overlay, repeat("a: ", "[")),
    "overlay: braces": (read_overlay, repeat("a: ", "{")),
    "overlay: blanks": (read_overlay, repeat("a: 1", "    \n")),
    "overlay: tasks that are none": (patch, repeat("tasks:\n", "  k#: {}\n")),
    "overlay: members that are unknown": (patch, repeat("patch:\n", "  k#: 1\n")),
    "overlay: variables": (patch, repeat(VARIABLES, "        K#: v\n")),
    "overlay: secrets": (patch, repeat(VARIABLES, "        PASSWORD_#: vvvvvvvv#\n")),
    "overlay: deletions of nothing": (patch, repeat(VARIABLES, "        K#: null\n")),
    "overlay: containers that are misspelt": (patch_many, repeat("", "x")),
    "template: containers with misspelt members": (misspell_many, repeat("", "x")),
    "lint: containers with misspelt members": (lint_misspelt, repeat("", "x")),
    "overlay: texts to render": (patch, repeat(LABELS, "        l#: {$render: '{{ env }}-#'}\n")),
    "overlay: one text in many places": (
        patch,
        repeat(f"{LABELS}        l: &x {{$render: '{{{{ env }}}}'}}\n", "        l#: *x\n"),
    ),
    "overlay: a long text to render": (
        patch,
        repeat(f"{LABELS}        l: {{$render: '", "{{ env }} and ''more'' ", "'}\n"),
    ),
    "overlay: texts with names that are not defined": (
        patch,
        lambda size: repeat(LABELS, "        l#: {$render: '{{ x# }}'}\n")(size + 100),
    ),
    "overlay: texts with faults": (patch, repeat(LABELS, "        l#: {$render: '{{ x# | nope }}'}\n")),
    "overlay: texts that are none": (patch, repeat(LABELS, "        l#: {$render: 'x#'}\n")),
    "overlay: texts beside many partials": (render_beside_partials, repeat("", "x")),
    "overlay: comments": (patch, repeat("patch: {}\n", "# taskdef: ignore[W601] x\n")),
    "overlay: comments without a reason": (patch, repeat("patch: {}\n", "# taskdef: ignore[W601]\n")),
    "JSON: one key again and again": (read_json, repeat("{", '"a": 1,', '"b": 1}')),
    "JSON: lone surrogates": (read_json, repeat('{"a": "', "\\ud800", '"}')),
    "JSON: a long list": (read_json, repeat("[", "1,", "1]")),
    "JSON: brackets": (read_json, repeat("", "[")),
    "JSON: blanks": (read_json, repeat("[", " ", "]")),
    "lint: members that are unknown": (lint, repeat('{"family": "w",', '"k#": 1,', '"containerDefinitions": []}')),
    "lint: one variable again and again": (
        lint,
        repeat(CONTAINER + ', "environment": [', '{"name": "A", "value": "b"},', '{"name": "B", "value": "b"}]}]}'),
    ),
    "lint: values of wrong types": (
        lint,
        repeat(CONTAINER + ', "environment": [', '{"name": 1, "value": 2},', '{"name": "B", "value": "b"}]}]}'),
    ),
    "lint: a name with values of wrong types below it": (
        lint,
        lambda size: (
            f'{{"family": "w", "containerDefinitions": [{{"name": "{"n" * 100 * size}", "image": "b", "environment": ['
            + ",".join(['{"name": 1, "value": 2}'] * 400)
            + "]}]}"
        ),
    ),
    "lint: secrets": (
        lint,
        repeat(
            CONTAINER + ', "environment": [',
            '{"name": "PASSWORD_#", "value": "xyz#xyz"},',
            '{"name": "B", "value": "b"}]}]}',
        ),
    ),
    "lint: mounts of no volume": (
        lint,
        repeat(
            CONTAINER + ', "mountPoints": [',
            '{"sourceVolume": "v#", "containerPath": "/a"},',
            '{"sourceVolume": "v", "containerPath": "/b"}]}]}',
        ),
    ),
    "lint: mounts that are misspelt": (mount_many, repeat("", "x")),
    "lint: volumes": (lint, repeat(CONTAINER + '}], "volumes": [', '{"name": "v#"},', '{"name": "v"}]}')),
    "lint: labels": (lint, repeat(CONTAINER + ', "dockerLabels": {', '"l#": "x",', '"l": "x"}}]}')),
    "lint: passwords in a command": (
        lint,
        repeat(CONTAINER + ', "command": [', '"--password=hunter#hunter",', '"x"]}]}'),
    ),
    "template: names that are not defined": (build, repeat(CONTAINER + ', "command": [', '"{{ x# }}",', '"x"]}]}')),
    "template: one of them": (build, repeat(CONTAINER + ', "command": [', '"{{ x }}",', '"x"]}]}')),
    "template: defaults of them": (
        build,
        repeat(CONTAINER + ', "command": [', "\"{{ x | default('y') }}\",", '"x"]}]}'),
    ),
    "template: members that are not there": (build, repeat(CONTAINER + ', "command": [', '"{{ aws.x# }}",', '"x"]}]}')),
    "template: expressions": (build, repeat(CONTAINER + ', "command": [', '"{{ env }}",', '"x"]}]}')),
    "template: filters that are none": (build, repeat(CONTAINER + ', "command": [', '"{{ env | foo }}",', '"x"]}]}')),
    "template: one long expression": (build, repeat(CONTAINER + ', "user": "{{ env', " ~ env", ' }}"}]}')),
    "template: partials that are none": (build, repeat(WHOLE, "{% include '_x.j2' %}")),
    "template: comments": (build, repeat(WHOLE, "{# taskdef: ignore[W601] #}\n")),
    "settings: members to admit": (read_settings, repeat("allow_members = [", '"a#",', '"a"]\n')),
    "settings: levels of no rule": (read_settings, repeat("[rules]\n", 'E9# = "off"\n')),
    "settings: exceptions": (read_settings, repeat("", '[[exceptions]]\npath = "a"\n')),
}


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_the_size_of_a_text_and_not_faster(name: str) -> None:
    work, make = SHAPES[name]
    assert grows_evenly(work, make)


# Forms.


def make_findings(files: int) -> Result:
    findings = tuple(
        Finding(
            "W605",
            "warning",
            f"no {number}",
            Location(f"f{number % max(files, 1)}.json", number + 1, 1),
            Excerpt("x" * 50, 1, 3),
            path=f"a[{number}]",
            notes=(Note("x"),),
            environments=("dev",),
            task="web",
        )
        for number in range(2 * files)
    )
    outcomes = tuple(Outcome(f"p{number}", "wrote", "dev", f"t{number}") for number in range(files))
    return Result("render", findings, 1, outcomes, judging=True)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_work_grows_with_the_number_of_findings(form: str) -> None:
    assert grows_evenly(lambda text: format_result(make_findings(len(text)), View(form)), lambda size: "x" * size)


def make_table(size: int) -> Table:
    place = Place(Source("a", "x"), 0, 1)
    cells = (Cell("v", "v", 0, place), Cell("w", "w", 1, place))
    return Table("web", ("dev", "prod"), tuple(Row(f"a[K{number}].value", "a", cells) for number in range(size)))


@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
def test_work_grows_with_the_number_of_rows(form: str) -> None:
    def work(text: str) -> None:
        format_tables(Request([make_table(len(text))], whole=True), form)

    assert grows_evenly(work, lambda size: "x" * size)


# The masker. Most of its work is in patterns, whose steps nobody counts: one that goes back for every character takes minutes where another
# takes a tenth of a second, which any machine can tell apart.

HOSTILE = {
    "brackets": "[",
    "tag openings": "{{",
    "tags": "{{ x }}",
    "double quotes": '"',
    "single quotes": "'",
    "backslashes": "\\",
    "one long name": "TOKEN",
    "quotes never closed": 'A_TOKEN: "x\n',
    "two kinds of them": "A_TOKEN: 'x\nB_TOKEN: \"y\n",
    "spaces": " ",
    "spaces and words": "a       ",
    "colons": "a:",
    "statements never closed": "{% x",
    "loops never closed": "{% for a in ",
    "assignments": "{% set a = b %}",
    "items": '{"name": "A_TOKEN", "value": "x"},\n',
    "dashes": "- ",
    "comments": '# a="',
    "ever deeper": "a:\n ",
    "closings": "]}",
    "escapes and openings": '"\\"{{',
    "calls": '("a',
    "options": "--a-token ",
    "assignments in a value": "a_token=",
    "addresses": "://a:",
    "words of a program": "mysql -p1 ",
    "escaped names": '\\"a_token\\":',
    "values that are misspelt": '{"name":"A_TOKEN","v":[',
    "bearers": "Bearer a1",
    "lines of a value": "\n a_token: b c",
    "pairs that are lists": '["A_TOKEN","x"],',
    "lists of names": '"A_TOKEN",[',
    "anchors and aliases": "a#: &a# x\nA_TOKEN: *a#\n",
    "anchors of anchors": "\na#: &a# [*a#, *a]",
    "blocks that are set": "{% set token %}x",
    "ends of blocks": "{% set token %}x{% endset %}",
    "blocks in blocks": "{% set a %}{% set token %}",
    "dashes in dashes": "\n - - - --token",
    "comparisons": "{% if a_token == 'x' or",
    "macros": "{% macro a#(token) %}{{ a#('x', \"y\") }}",
    "texts in tags": '{% set token = "a\\"" ~ (',
    "tags that end in quotes": "{{ a ' }}",
    "dashes and names": "\n- - - A_TOKEN",
    "words behind names": "environment: A_TOKEN A_TOKEN\n",
    "elements": "<a_token>b",
    "elements never ended": "<a_token ",
    "attributes": 'name="a_token" ',
    "cookies": "cookie: a",
    "addresses of the web": "https://a.b/hooks/",
    "users of addresses": "https://aaaaaaaaaa1:",
    "parameters": "?key=a1b2c3&",
    "data sources": "a:b@tcp(",
    "data sources never ended": "a:b",
    "those of Oracle": "jdbc:oracle:thin:a/",
    "statements of SQL": "identified with a by ",
    "passwords of SQL": "password for a = ",
    "logins": "login a password ",
    "functions": "('a_token', 'b",
    "commands that are piped": "echo a | docker login --password-stdin ",
    "many programs": "mc curl vault sudo ",
    "settings": "aws configure set a_token ",
    "clusters of options": "curl -sS",
    "escapes": '\\n a: \\"b',
    "escaped escapes": '\\\\\\"',
    "objects in a text": '\\"{a: [',
    "tokens": "hvs.aB3",
    "addresses without slashes": "sip:a:b",
    "options with a colon": "keytool -storepass:a ",
    "names that are exported": "export A_TOKEN a ",
    "lists that are compared with": "{% if a_token in ['x', (",
    "keys below a name": '\nenvironment: {A_TOKEN: {"a b": {',
    "signed headers": "authorization: digest a",
}


HEADS = {"block": "TOKEN ", "flow": 'TOKEN: {"'}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_masking_grows_with_the_size_of_a_hostile_text_and_not_faster(head: str, unit: str) -> None:
    assert grows_evenly(mask, repeat(head, unit, "}}"))
    start = process_time()
    mask(head + unit * ((1 << 17) // len(unit)) + "}}")
    assert process_time() - start < 20


MANY = 20_000
WRONG = {
    "items": CONTAINER + ', "environment": [' + ",".join(['{"name": 1, "value": 2}'] * MANY) + "]}]}",
    "nulls": CONTAINER + ', "environment": [' + ",".join(['{"name": "A", "value": null}'] * MANY) + "]}]}",
    "members": '{"family": "w", ' + ",".join(f'"k{number}": 1' for number in range(MANY)) + "}",
    "a long name": '{"family": "w", "containerDefinitions": [{"name": "'
    + "n" * 300_000
    + '", "image": "b", "environment": ['
    + ",".join(['{"name": 1, "value": 2}'] * 500)
    + "]}]}",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_file_in_which_all_is_wrong_is_linted_in_little_time(text: str) -> None:
    lint(WHOLE)
    start = process_time()
    lint(text)
    assert process_time() - start < 3


def test_a_long_message_of_the_template_engine_takes_no_time() -> None:
    start = process_time()
    build(CONTAINER + ', "user": "{{ secret(' + "n" * 100_000 + '=1) }}"}]}')
    assert process_time() - start < 3


def test_a_deep_text_takes_little_memory() -> None:
    text = "TOKEN: " + "[" * (1 << 20)
    tracemalloc.start()
    try:
        find_secrets(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


def test_credentials_are_looked_for_in_linear_time() -> None:
    text = "eyJaaaaaaaaaaa-" * 20_000
    start = process_time()
    find_secrets(text)
    assert process_time() - start < 1


def test_many_blanks_in_a_comment_take_no_time() -> None:
    overlay = Source("dev.yaml", f"a: 1  # taskdef: ignore[W601] x{' ' * 200_000}y\n")
    start = process_time()
    read_suppressions(Project(Settings(), {}, {"dev.yaml": overlay}, {}), TemplateReader())
    assert process_time() - start < 5


@pytest.mark.parametrize("line", [f"a: '{':' * 100_000}'", "a:" + "\n" * 100_000 + "b: ':'"], ids=["colons", "lines"])
def test_the_indentation_of_a_hostile_overlay_is_found_in_no_time(line: str) -> None:
    start = process_time()
    assert find_step(f"{line}\nb: 1\n") == 2
    assert process_time() - start < 1
