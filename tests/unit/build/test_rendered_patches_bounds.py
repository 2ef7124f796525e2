"""The bounds of `$render`: texts that would take too long or too much memory, alone or together, and what none may reach."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build_project
from generator.model.findings import Finding
from generator.model.project import Build, Settings
from tests.support import make_project

TEMPLATE = '{"family": "app", "containerDefinitions": [{"name": "app", "image": "app:1"}]}'
FEW = "{% macro m() %}{{ m() }}{% endmacro %}"


def build(patch: str, **partials: str) -> Build:
    """Build the one artifact with a patch of its labels; `partials` are other templates, `_x` for `_x.j2`."""
    templates = {"app.json.j2": TEMPLATE, **{f"{name}.j2": text for name, text in partials.items()}}
    overlay = f"vars: {{big: {'x' * 1000}, few: [a, b]}}\npatch:\n  containerDefinitions:\n    app:\n{patch}"
    return build_project(make_project(templates, {"dev.yaml": overlay}))


def label(*texts: str) -> str:
    """A patch with a label for each text, a line each from line 6 on."""
    lines = "".join(f'        l{number}: {{$render: "{text}"}}\n' for number, text in enumerate(texts))
    return f"      dockerLabels:\n{lines}"


def tell(found: Finding) -> str:
    return f"{found.code} {found.location.line if found.location else ''} {found.message}"


def refuse(patch: str, **partials: str) -> list[str]:
    """Give each finding once, and its line."""
    return [tell(found) for found in build(patch, **partials).findings]


STEPS = "this template takes more than 16000000 steps"
SIZE = "the rendered texts have more than 1 MiB together"
TOGETHER = "the texts to render have more than 100000 names, values and signs together"
CALLS = "macros call each other more than 60 levels deep"
WORK = "{% for i in range(9000) %}{% set x = big ~ i %}{% endfor %}{{ 1 }}"

ALONE = {
    "a long text": ("{{ 'x' * 10000000 }}", "E109 6 this produces more than 1 MiB of text"),
    "a long text of parts": ("{% for i in range(2000) %}{{ big }}{% endfor %}", "E109 6 this produces more than 1 MiB of text"),
    "a large number": ("{{ 9 ** 99999 }}", "E109 6 this produces a number of more than 65536 bits"),
    "a wide format": ("{{ '%9999999d' % 1 }}", "E109 6 this produces more than 1 MiB of text"),
    "a long range": ("{{ range(10 ** 9) | list }}", "E109 6 a range of more than 100000 numbers"),
    "loops in loops": (
        "{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %}{{ 1 }}",
        "E109 6 the loops of this template go through more than 100000 items",
    ),
    "a macro without end": (f"{FEW}{{{{ m() }}}}", f"E109 6 {CALLS}"),
    "brackets": ("{{ " + "[" * 500 + "]" * 500 + " }}", "E101 6 this template nests too deeply to be compiled"),
    "many signs": ("{{ [" + "1," * 30000 + "] }}", "E109 6 the tags of this template have more than 50000 names, values and signs"),
    "members of Python": ("{{ few.__class__ }}", "E105 6 templates may not use `__class__`"),
    "members of Python by a filter": ("{{ few | attr('__class__') }}", "E105 6 templates may not use `__class__`"),
    "members of Python in a format": ("{{ '{0.__class__}'.format(few) }}", "E105 6 templates may not use `__class__`"),
    "a list that is changed": ("{{ few.append(1) }}", "E105 6 templates may not use `append`"),
    "another text": (
        "{% include 'the text in environments/dev.yaml:6:23' %}",
        "E107 6 there is no template `the text in environments/dev.yaml:6:23`",
    ),
    "a file outside": ("{% include '../taskdef.toml' %}", "E107 6 there is no template `../taskdef.toml`"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ALONE.values(), ids=ALONE)
def test_a_text_does_and_reaches_no_more_than_a_template(text: str, told: str) -> None:
    assert refuse(label(text)) == [told]


def test_work_of_all_texts_counts_together() -> None:
    assert refuse(label("{{ 1 }}", *([WORK] * 9))) == [f"E109 8 {STEPS}"]


def test_each_environment_has_a_meter_of_its_own() -> None:
    overlays = {f"env{number}.yaml": "extends: _base\n" for number in range(9)}
    base = f'vars: {{big: {"x" * 1000}}}\npatch: {{family: {{$render: "{WORK}"}}}}\n'
    project = make_project({"app.json.j2": TEMPLATE}, {"_base.yaml": base, **overlays}, settings=Settings())
    assert [found.code for found in build_project(project).findings if found.severity == "error"] == []


PARTIALS: dict[str, tuple[str, dict[str, str], str]] = {
    "a macro of a template": (
        "{% import '_m.j2' as m %}{{ m.all(big) }}",
        {"_m": "{% macro all(x) %}{% for i in range(2000) %}{{ x }}{% endfor %}{% endmacro %}"},
        "_m.j2: this produces more than 1 MiB of text",
    ),
    "a partial that includes itself": (
        "{% include '_m.j2' %}{{ 1 }}", {"_m": "{% include '_m.j2' %}"}, "_m.j2: `_m.j2` includes itself, without end"),
    "partials with much to read": (
        "{% include '_all.j2' %}{{ 1 }}",
        {"_all": "".join(f"{{% include '_{number}.j2' %}}" for number in range(3))}
        | {f"_{number}": "{{ 1 + 1 }}" * 9000 for number in range(3)},
        "_2.j2: `the text in environments/dev.yaml:6:23` and what it includes have more than 100000 names, values and signs",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "partials", "told"), PARTIALS.values(), ids=PARTIALS)
def test_what_a_text_includes_is_bounded_with_it(text: str, partials: dict[str, str], told: str) -> None:
    (found,) = build(label(text), **partials).findings
    assert found.location is not None
    assert f"{found.location.file.removeprefix('templates/')}: {found.message}" == told


def test_a_value_counts_at_each_alias() -> None:
    lines = "".join(f"        l{number}: *a\n" for number in range(1, 9))
    assert refuse(f"      dockerLabels:\n        l0: &a {{$render: \"{{{{ 'x' * 200000 }}}}\"}}\n{lines}") == [
        f"E109 6 {SIZE}"
    ]


def test_members_count_at_each_alias() -> None:
    lines = "".join(f"        l{number}: *a\n" for number in range(1, 9))
    found = refuse(f"      dockerLabels:\n        l0: &a {{$render: '{{{{ [0] * 20000 }}}}'}}\n{lines}")
    assert found[0] == f"E109 6 {SIZE}"


def test_values_of_all_texts_count_together() -> None:
    assert refuse(label(*["{{ 'x' * 200000 }}"] * 9)) == [f"E109 11 {SIZE}"]


def test_partials_that_many_texts_name_count_for_each() -> None:
    names = [f"_p{number}" for number in range(300)]
    every = "".join(f"{{% include '{name}.j2' %}}" for name in names)
    texts = ["{% if 0 %}{% include '_all.j2' %}{% endif %}{{ 1 }}"] * 400
    (found,) = refuse(label(*texts), _all=every, **dict.fromkeys(names, ""))
    assert found.endswith(TOGETHER)


def test_a_fault_of_a_partial_is_told_once_for_all_texts() -> None:
    found = refuse(label(*["{% include '_m.j2' %}{{ 1 }}"] * 3), _m="{{ few | nope }}")
    assert found == ["E101 1 there is no filter `nope`"]


def test_names_that_are_not_defined_are_counted_together() -> None:
    codes = [found.code for found in build(label(*(f"{{{{ no{number} }}}}" for number in range(300)))).findings]
    assert (codes.count("E102"), codes.count("E109"), len(codes)) == (100, 1, 101)


def test_names_that_are_not_defined_end_with_a_word_in_whichever_text() -> None:
    some = ["".join(f"{{{{ no{first + number} }}}}" for number in range(60)) for first in (0, 60, 120)]
    codes = [found.code for found in build(label(*some)).findings]
    assert (codes.count("E102"), codes.count("E109"), len(codes)) == (100, 1, 101)


DEEP = {"objects": ("{a: ", "}"), "lists": ("[", "]")}


@pytest.mark.parametrize(("opening", "closing"), DEEP.values(), ids=DEEP)
def test_a_value_nests_with_what_it_stands_in(opening: str, closing: str) -> None:
    def nest(depth: int) -> list[str]:
        value = f"vars: {{deep: {opening * 50}1{closing * 50}}}\n"
        patch = f"patch: {{x: {opening * depth}{{$render: '{{{{ deep }}}}'}}{closing * depth}}}\n"
        settings = Settings(allow_members=("x",))
        project = make_project({"app.json.j2": TEMPLATE}, {"dev.yaml": value + patch}, settings=settings)
        return [tell(found) for found in build_project(project).findings]

    assert nest(48) == []
    assert nest(49) == ["E109 2 this is nested deeper than 100 levels"]
