"""Laws of growth: a hostile text takes time and memory that grow with its size and not faster."""

from __future__ import annotations

import tracemalloc
from time import process_time

import pytest

from generator.build.rendering import TemplateReader
from generator.build.suppressing import read_suppressions
from generator.model.findings import Source
from generator.model.project import Project, Settings
from generator.model.secrets.scanning import find_secret_variables, find_secrets

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
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("head", ["TOKEN ", 'TOKEN: {"'], ids=["block", "flow"])
def test_time_grows_with_the_size_of_a_hostile_text_and_not_faster(head: str, unit: str) -> None:
    def measure(size: int) -> float:
        times = []
        for attempt in range(3):
            text = (
                head + " " * attempt + unit * (size // len(unit)) + "}}"
            )  # another text each time: the last ones are remembered
            start = process_time()
            find_secrets(text)
            find_secret_variables((text,))
            times.append(process_time() - start)
        return min(times)

    small, large = measure(1 << 14), measure(1 << 17)
    assert large < 0.01 or large < small * 8 * 4


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
