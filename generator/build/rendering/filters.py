"""The filters and tests of templates: Jinja's own, bounded, without the random ones; what passes a filter becomes plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from typing import cast

from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import _PassArg

from generator.build.rendering.absent import Absent
from generator.build.rendering.bounds import check_joining, check_numbers, check_percent, check_replacing, check_size
from generator.build.rendering.output import Output
from generator.build.rendering.values import Fragment, JsonText, RawText, simplify_value, write_json, write_text
from generator.model.nodes import Value

REMOVED = ("random", "pprint", "urlize", "xmlattr")
"""`random` has another result each time; the others are for people's eyes and HTML."""

TOLERANT = ("default", "d")
LOOKING = ("defined", "undefined")
FOR_TEXT = frozenset((
    "capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "replace", "striptags", "title", "trim",
    "truncate", "upper", "wordcount", "wordwrap",
))  # fmt: skip
"""Filters that make text of anything, in Python's notation. Here they take what has one text in JSON's."""


def make_filters(output: Output) -> dict[str, Value]:
    """Make the filters. What they do counts as work for the output."""
    filters: dict[str, Value] = {
        name: wrap_filter(output, name, filter) for name, filter in FILTERS.items() if name not in REMOVED
    }

    def mark_safe(value: Value) -> Value:
        report_absent((value,))
        if isinstance(value, Fragment) or not isinstance(value, str):
            return value
        return RawText(value)

    def write_tojson(value: Value, indent: int | None = None) -> JsonText:
        report_absent((value,))
        plain = value._value if isinstance(value, JsonText) else simplify_value(value, output.meter)
        if indent is None:
            return JsonText(plain, write_json(plain))
        check_numbers((indent,))
        import json

        return JsonText(plain, json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent))

    filters["safe"] = mark_safe
    filters["tojson"] = write_tojson
    filters["string"] = wrap_filter(output, "string", write_text)
    return filters


def make_tests() -> dict[str, Value]:
    """Make the tests. All but `defined` and `undefined` are uses of the name they test."""

    def wrap_test(test: Callable[..., Value]) -> Callable[..., Value]:
        def run_test(*arguments: Value, **keywords: Value) -> Value:
            report_absent(arguments)
            return test(*arguments, **keywords)

        return copy_pass(test, run_test)

    tests = cast("dict[str, Callable[..., Value]]", TESTS)
    return {name: test if name in LOOKING else wrap_test(test) for name, test in tests.items()}


def wrap_filter(output: Output, name: str, filter: Callable[..., Value]) -> Callable[..., Value]:
    """Make a filter count what it makes, refuse what would be too much, and give plain text."""
    first = 0 if _PassArg.from_obj(filter) is None else 1

    def run_filter(*arguments: Value, **keywords: Value) -> Value:
        operands = arguments[first:]
        if name not in TOLERANT:
            report_absent((*operands, *keywords.values()))
        if operands:
            operands = (convert_operand(name, operands, keywords), *operands[1:])
        check_filter(name, operands, keywords)
        result = filter(*arguments[:first], *operands, **keywords)
        output.meter.spend_on(result)
        return str(result) if isinstance(result, str) and type(result) is not str else result

    return copy_pass(filter, run_filter)


def convert_operand(name: str, operands: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Write what a filter for text is applied to as text, and the items that are joined."""
    if name in FOR_TEXT:
        return write_text(operands[0])
    if name == "join" and len(operands) < 3 and "attribute" not in keywords:
        return [write_text(item) for item in operands[0]]
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


def check_filter(name: str, operands: tuple[Value, ...], keywords: dict[str, Value]) -> None:
    """Refuse a filter that would multiply text."""
    options = (*operands[1:], *keywords.values())
    check_numbers(options)
    operand = operands[0] if operands else ""
    if name == "format":
        if isinstance(operand, str):
            check_percent(operand, options)
    elif name == "replace" and len(operands) > 2:
        check_replacing(str(operand), operands[1], operands[2])
    elif name == "join" and isinstance(operand, (list, tuple)):
        check_joining(operand, operands[1] if len(operands) > 1 else keywords.get("d"))
    elif name in ("indent", "wordwrap") and isinstance(operand, str):
        widths = [
            value if isinstance(value, int) else len(value) for value in options if isinstance(value, (int, Sized))
        ]
        lines = operand.count("\n") + 1 if name == "indent" else len(operand)
        longest = (
            max(widths, default=0)
            if name == "indent"
            else max((len(v) for v in options if isinstance(v, str)), default=0)
        )
        check_size(len(operand) + lines * longest)
