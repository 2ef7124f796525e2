"""A template that only prints variables is run by its tree: with the pieces, findings and steps of the compiled one."""

from __future__ import annotations

from hypothesis import example, given, strategies as st

from generator.build.rendering import Templates
from generator.build.rendering.bounds import MOST_STEPS
from generator.model.findings import Source
from generator.model.nodes import Value

NAME = "app.json.j2"

PARTS = st.sampled_from(
    [
        *("{{ a }}", "{{ b }}", "{{a}}", "{{- a -}}", "{{ lost }}", "{{ range }}", "{{ role }}", "{{ env }}"),
        *(
            "{{ a.x }}",
            "{{ b.x }}",
            "{{ b.items }}",
            "{{ aws.account }}",
            "{{ aws.lost }}",
            "{{ aws.keys }}",
            "{{ b.x.y }}",
        ),
        *('{"k": "', '"}', "\n", " ", "{# said #}", "text", "{% raw %}{{ a }}{% endraw %}"),
        *(
            "{{ a | upper }}",
            "{{ 1 }}",
            "{% if a %}x{% endif %}",
            "{{ a ~ b }}",
            "{% set a = 1 %}",
            "{{ a",
            "{{ nope( }}",
        ),
    ]
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=4),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.sampled_from([None, [], [1], {}, {"x": 1}, {"x": "\ud800"}, {"x": {"y": "z"}}, {"items": 1}, "x" * 5000]),
)


@example(["{{ a }}"] * 3, {"a": float("inf")}, MOST_STEPS)
@example(["{{ b.items }}"], {"b": {"items": 1}}, MOST_STEPS)
@example(["{{ a }}", "{{ lost }}"], {"a": "b"}, MOST_STEPS)
@example(["{{ a }}"] * 3, {"a": "x" * 5000}, 12_000)
@given(
    st.lists(PARTS, max_size=8),
    st.dictionaries(st.sampled_from(["a", "b"]), VALUES),
    st.sampled_from([MOST_STEPS, 10_000, 300]),
)
def test_a_template_run_by_its_tree_gives_what_the_compiled_one_gives(
    parts: list[str], variables: dict[str, Value], most: int
) -> None:
    sources = {NAME: Source(f"templates/{NAME}", "".join(parts))}
    values = {**variables, "env": "dev", "task": "app", "aws": {"account": "123456789012"}}
    walking, compiling = Templates(sources, most=most), Templates(sources, most=most)
    compiling._sandbox.library.plain[NAME] = None
    given = [repr((each.render(NAME, values), each._sandbox.output.meter.steps)) for each in (walking, compiling)]
    assert given[0] == given[1]
