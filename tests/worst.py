"""Templates, and texts in patches, that compose every filter, test, method and operator with the largest operands; reports the worst.

python -m tests.worst [COUNT [SEED]]
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Mapping
from time import process_time
from typing import NamedTuple, Protocol

from jinja2.compiler import operators

from generator.build.rendering.bounds import MOST_STEPS
from generator.build.rendering.sandbox import Sandbox
from generator.build.rendering.sources import Sources
from generator.model.findings import Place, Source
from generator.model.nodes import Scalar, Value
from tests.rendered import GIVEN, TASK, Told, make_templates, tell

SANDBOX = Sandbox(Sources({}))
FILTERS = sorted(name for name in SANDBOX.filters if " " not in name)
TESTS = sorted(name for name in SANDBOX.tests if name.isidentifier())
GLOBALS = sorted(SANDBOX.globals)
OPERATORS = sorted((*SANDBOX.binop_table, *operators.values(), "~", "and", "or"))
KINDS: tuple[type, ...] = (str, bytes, int, float, list, tuple, dict, set, range)
METHODS = sorted({name for kind in KINDS for name in dir(kind) if not name.startswith("_")})

LEAVES = (
    "text", "markup", "blanks", "numbers", "nested", "pairs", "mapping", "huge", "fraction", "none", "''", "[]", "1", "0", "-1", "7",
    "1000", "70000", "true", "text.encode()", "mapping.items()", "mapping.keys() - []", "range(100000)", "range(0, 9 * huge, huge)",
    "numbers | map('string')", "'%s'", "'%(a)9999d'", "'{}{:9999}'", "'{a[0]}'", "'a,b.c'", "'utf-16'", "'punycode'", "'center'", "nowhere",
    "'nan' | float",
)  # fmt: skip
"""Operands, of which the first are variables."""


class Chooser(Protocol):
    """Makes choices: at random, or as hypothesis draws them."""

    def choice(self, options: tuple[str, ...] | list[str]) -> str: ...


class Outcome(NamedTuple):
    """What one template took, and what it was told."""

    steps: int
    seconds: float
    told: list[Told]


def make_operands(size: int) -> dict[str, Value]:
    """Make the variables, of which each is about as large as `size`. Parts of `nested` are there many times."""
    nested: Value = [1, "a"]
    for _ in range(size.bit_length()):
        nested = [nested, nested]
    return {
        "text": ("ab\t" * size)[:size],
        "markup": ("<a>&lt;" * size)[:size],
        "blanks": ("\n- " * size)[:size],
        "numbers": list(range(size // 16)),
        "nested": nested,
        "pairs": [[number, "x"] for number in range(size // 64)],
        "mapping": {f"key{number}": number for number in range(size // 64)} | {"a": nested},
        "huge": 1 << (size // 20),
        "fraction": 1.7e308,
    }


def compose(chooser: Chooser, depth: int) -> str:
    """Compose an expression."""
    if depth == 0:
        return chooser.choice(LEAVES)
    first, second, third = (compose(chooser, depth - 1), *(chooser.choice(LEAVES) for _ in range(2)))
    given = chooser.choice(
        ["", first, f"{second}, {third}", f"{second}, attribute={third}", f"*{second}", f"a={first}"]
    )
    filter, test = chooser.choice(FILTERS), chooser.choice(TESTS)
    return chooser.choice(
        [
            f"(({first}) | {filter}({second}))",
            f"(({first}) | {filter}({given}))",
            f"(({first}) | {filter})",
            f"(({first}) | map({filter!r}, {second}) | list)",
            f"(({first}) is {test}({second}))",
            f"(({first}) is {test})",
            f"({first}).{chooser.choice(METHODS)}({given})",
            f"({second}).{chooser.choice(METHODS)}({first}, {third})",
            f"{chooser.choice(GLOBALS)}({given})",
            f"(({first}) {chooser.choice(OPERATORS)} ({second}))",
            f"[({first}), ({first})]",
            f"{{({first}): ({second})}}",
            f"({first})[{second}:{third}]",
            f"({first})[{second}]",
            f"(-({first}))",
        ]
    )


def measure(text: str, operands: Mapping[str, Value], most: int) -> Outcome:
    """Render a template, and say what it took."""
    templates = make_templates(text, most=most)
    start = process_time()
    _, findings = templates.render(TASK, {**GIVEN, **operands})
    return Outcome(templates._sandbox.output.meter.steps, process_time() - start, tell(findings))


def measure_text(text: str, operands: Mapping[str, Value], most: int) -> Outcome:
    """Render a text that a patch gives to `$render`, three times as three aliases do, and say what it took."""
    templates = make_templates("1", most=most)
    templates.render(TASK, {**GIVEN, **operands})
    source = Source("environments/dev.yaml", text)
    start = process_time()
    renderer = templates.render_texts()
    rendered = [renderer.render(Scalar(Place(source, 0, len(text)), "text", text)) for _ in range(3)]
    findings = tuple(finding for _, found in rendered for finding in found)
    return Outcome(templates._sandbox.output.meter.steps, process_time() - start, tell(findings))


def report(count: int, seed: int) -> None:
    """Render templates and texts at random, with operands up to the limits, and print the worst."""
    chooser = random.Random(seed)
    operands = make_operands(1 << 16) | {"none": None}
    slowest = most_steps = (0.0, "")
    codes: dict[str, int] = {}
    for number in range(count):
        body = compose(chooser, 1 + number % 4)
        text = chooser.choice(
            [f"{{{{ {body} }}}}", f"{{% for i in range(100) %}}{{% set x = {body} %}}{{% endfor %}}1"]
        )
        outcome = (measure_text if number % 3 == 2 else measure)(text, operands, MOST_STEPS)
        slowest = max(slowest, (outcome.seconds, text))
        most_steps = max(most_steps, (outcome.steps if not outcome.told else 0, text))
        code = outcome.told[0][0] if outcome.told else "renders"
        codes[code] = codes.get(code, 0) + 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    sys.stdout.write(
        f"{count} templates, a third of them in `$render`, seed {seed}: {dict(sorted(codes.items()))}\n"
        f"largest count of one that renders: {most_steps[0]} steps: {most_steps[1]}\n"
        f"slowest: {slowest[0]:.2f} s of CPU: {slowest[1]}\n"
        f"largest memory of the process: {peak:.0f} MiB\n"
    )


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    report(*(words + [2000, 1][len(words) :]))
