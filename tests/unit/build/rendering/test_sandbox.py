"""What compiled templates ask of the sandbox is charged, to the step, and each render begins with nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.build.rendering.bounds import MOST_CALLS, MOST_ITEMS, BoundError
from generator.build.rendering.sandbox import Sandbox
from generator.build.rendering.sources import Sources
from generator.model.findings import Source
from generator.model.nodes import Value
from tests.rendered import GIVEN, TASK, make_templates, tell

PARTIAL = "_p.j2"


def make_sandbox() -> Sandbox:
    sandbox = Sandbox(Sources({PARTIAL: Source(f"templates/{PARTIAL}", "{{ 1 }}")}))
    sandbox.start(dict.fromkeys(("a", "b", "c"), 1), {})
    return sandbox


CONTEXT: Value = None
"""No operator looks at it."""

ASKED: dict[str, tuple[Callable[[Sandbox], Value], int]] = {
    "a partial": (lambda sandbox: sandbox._load_template(PARTIAL), 500 + 3 + 24 + 8),
    "an operator": (lambda sandbox: sandbox.call_binop(CONTEXT, "*", "ab", 3), 6 + 6),
    "an operator for members of others": (lambda sandbox: sandbox.call_binop(CONTEXT, "*", [1], 3), 6),
    "a name in vain": (lambda sandbox: sandbox.charge_lookup(3), 400 + 12),
    "steps": (lambda sandbox: sandbox.take_steps(7), 7),
    "what is compared": (lambda sandbox: sandbox.weigh(["x" * 16]), 4 + 2),
    "a series that is compared": (lambda sandbox: list(sandbox.weigh(iter(["x" * 16]))), 2),
    "a slice": (lambda sandbox: sandbox.take_slice("abc", 1, None, None), 3),
    "an item by its name": (lambda sandbox: sandbox.getitem({"a": 1}, "a"), 0),
    "an item by something else": (lambda sandbox: sandbox.getitem({(1,): 1}, (1,)), 5),
    "a method that formats": (lambda sandbox: sandbox.wrap_str_format("".format), 400),
    "a method that does not": (lambda sandbox: sandbox.wrap_str_format("".upper), 0),
}


@pytest.mark.parametrize(("ask", "steps"), ASKED.values(), ids=ASKED)
def test_what_is_asked_for_is_charged(ask: Callable[[Sandbox], Value], steps: int) -> None:
    sandbox = make_sandbox()
    ask(sandbox)
    assert sandbox.output.meter.steps == steps


@pytest.mark.parametrize("items", [[1, 2], iter([1, 2])], ids=["a list", "a series"])
def test_the_items_of_a_loop_are_counted(items: Value) -> None:
    sandbox = make_sandbox()
    sandbox.output.meter.items = MOST_ITEMS - 1
    with pytest.raises(BoundError):
        list(sandbox.count_items(items))


RECURSIVE = "{% for i in range(60000) recursive %}{% if loop.depth == 1 and loop.first %}{{ loop(range(60000)) }}{% endif %}{% endfor %}"


def test_the_items_of_a_loop_that_calls_itself_are_counted() -> None:
    message = f"the loops of this template go through more than {MOST_ITEMS} items"
    assert tell(make_templates(RECURSIVE).render(TASK, GIVEN)[1]) == [("E109", "1:80", message)]


def test_calls_are_counted_while_they_run() -> None:
    templates = make_templates("{% macro m() %}{{ 1 }}{% endmacro %}[{{ m() }}, {{ m() }}]")
    sandbox = templates._sandbox
    assert templates.render(TASK, GIVEN)[1] == ()
    assert sandbox.output.meter.calls == 0
    nested = f"{{% macro m(n) %}}{{% if n %}}{{{{ m(n - 1) }}}}{{% endif %}}{{% endmacro %}}{{{{ m({MOST_CALLS}) }}}}"
    message = f"macros call each other more than {MOST_CALLS} levels deep"
    assert [each[2] for each in tell(make_templates(nested).render(TASK, GIVEN)[1])] == [message]


def test_each_render_begins_with_no_steps_and_no_findings() -> None:
    templates = make_templates("{{ x }}{% for i in range(100) %}{{ 1 }}{% endfor %}", most=6_000)
    first = tell(templates.render(TASK, GIVEN)[1])
    assert first == [("E102", "1:4", "`x` is not defined")]
    assert [templates.render(TASK, GIVEN | {"x": 1})[1] for _ in range(3)] == [(), (), ()]
    assert tell(templates.render(TASK, GIVEN)[1]) == first
