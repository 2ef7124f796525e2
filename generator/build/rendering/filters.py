"""The filters and tests of templates: Jinja's own, bounded, without the random ones; what passes a filter becomes plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import _PassArg

from generator.build.rendering.absent import Absent
from generator.build.rendering.bounds import Meter, check_numbers
from generator.build.rendering.output import Output
from generator.build.rendering.values import (
    Fragment,
    JsonText,
    RawText,
    refuse_objects,
    simplify_value,
    write_json,
    write_text,
)
from generator.model.nodes import Value

REMOVED = ("random", "pprint", "urlize", "xmlattr")
"""`random` has another result each time; the others are for people's eyes and HTML."""

TOLERANT = ("default", "d")
LOOKING = ("defined", "undefined")


def make_filters(output: Output) -> dict[str, Value]:
    """Make the filters. What they do counts as work for the output."""
    filters: dict[str, Value] = {
        name: wrap_filter(output, name, filter) for name, filter in FILTERS.items() if name not in REMOVED
    }

    def mark_safe(value: Value) -> Value:
        report_absent((value,))
        if isinstance(value, Fragment) or not isinstance(value, str):
            return value
        output.meter.spend_on(value)
        return RawText(value)

    def write_tojson(value: Value, indent: int | None = None) -> JsonText:
        plain = value._value if isinstance(value, JsonText) else simplify_value(value, output.meter)
        if indent is not None:
            charge_indents(output.meter, plain, indent)
        text = write_json(plain, indent)
        output.meter.spend_on(text)
        return JsonText(plain, text)

    filters["safe"] = mark_safe
    filters["tojson"] = write_tojson
    filters["string"] = wrap_filter(output, "string", write_text)
    return filters


def charge_indents(meter: Meter, value: Value, indent: Value) -> None:
    """Count the blanks that JSON is indented by."""

    def count_levels(value: Value, level: int) -> int:
        members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return level + len(members) * level + sum(count_levels(member, level + 1) for member in members)

    width = len(indent) if isinstance(indent, str) else check_numbers((indent,))
    meter.spend(count_levels(value, 1) * width)


def make_tests(output: Output) -> dict[str, Value]:
    """Make the tests, which count as work for the output. All but `defined` and `undefined` are uses of the name they test."""

    def wrap_test(name: str, test: Callable[..., Value]) -> Callable[..., Value]:
        first = 0 if _PassArg.from_obj(test) is None else 1

        def run_test(*arguments: Value, **keywords: Value) -> Value:
            from generator.build.rendering.filter_costs import charge_test  # only if a template has a test

            report_absent(arguments)
            operands = charge_test(output.meter, name, arguments[first:])
            return test(*arguments[:first], *operands, **keywords)

        return copy_pass(test, run_test)

    tests = cast("dict[str, Callable[..., Value]]", TESTS)
    return {name: test if name in LOOKING else wrap_test(name, test) for name, test in tests.items()}


def wrap_filter(output: Output, name: str, filter: Callable[..., Value]) -> Callable[..., Value]:
    """Make a filter count what it makes, refuse what would be too much, and give plain text."""
    first = 0 if _PassArg.from_obj(filter) is None else 1

    def run_filter(*arguments: Value, **keywords: Value) -> Value:
        from generator.build.rendering.filter_costs import charge_filter  # only if a template has a filter

        operands = arguments[first:]
        if name not in TOLERANT:
            absent = [value for value in (*operands, *keywords.values()) if isinstance(value, Absent)]
            if absent:  # what the filter would give is not known, and a loop that compares with one might never end
                report_absent(absent)
                return absent[0]
        if operands:
            operands = (convert_operand(output, name, operands, keywords), *operands[1:])
        given = charge_filter(output.meter, name, operands, keywords)
        if name == "format":
            refuse_objects((*operands[1:], *keywords.values()), output.meter)
        try:
            result = filter(*arguments[:first], *given, **keywords)
        except AssertionError as error:  # Jinja's filters have no other words for options that contradict each other
            raise ValueError(*error.args) from error
        output.meter.spend_on(result)
        output.meter.chain_series(result, operands)
        return str(result) if isinstance(result, str) and type(result) is not str else result

    return copy_pass(filter, run_filter)


def convert_operand(output: Output, name: str, operands: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Write what a filter for text is applied to as text, and the items that are joined. `urlencode` takes what JSON has."""
    from generator.build.rendering.filter_costs import FOR_TEXT

    if name in FOR_TEXT:
        return write_text(operands[0])
    if name == "join" and len(operands) < 3 and "attribute" not in keywords:
        return [write_text(item) for item in operands[0]]
    if name == "urlencode" and not isinstance(operands[0], str):
        return simplify_value(operands[0], output.meter)
    return operands[0]


def copy_pass(original: Callable[..., Value], wrapper: Callable[..., Value]) -> Callable[..., Value]:
    """Let a wrapper be passed the context or environment where the original is."""
    wants = _PassArg.from_obj(original)
    if wants is not None:
        vars(wrapper)["jinja_pass_arg"] = wants
    return wrapper


def report_absent(values: Iterable[Value]) -> None:
    """Take it as a use that a value is given to something that looks into it."""
    for value in values:
        if isinstance(value, Absent):
            value._report()
