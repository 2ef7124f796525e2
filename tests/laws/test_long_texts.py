"""Laws of length: what is said of a text has a bound, however long the text is, wherever it stands and in every form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.commands.check import check
from generator.commands.diff import diff
from generator.commands.explain import explain
from generator.commands.lint import lint
from generator.commands.matrix import matrix
from generator.commands.render import render
from generator.model.findings import InputError, WrongUsage
from generator.model.result import Result
from generator.reports import FORMATS
from generator.reports.forms import View, format_result
from generator.reports.matrix.html import write_page
from generator.review.matrix import Matrix
from tests.laws.long_texts import PLACES, WHOLE, fill

SIZE = 10_000
"""Characters of the shorter text: twice of the longer one is less than ECS takes."""

MOST_BYTES = 400_000
"""Bytes that one command writes about one file in one form: a hundred findings are shown, each with a few texts and an excerpt."""

ARTIFACT = "rendered/dev/w.json"
JUDGING: dict[str, Callable[[], Result]] = {
    "render": lambda: render(".", stdout=True, least="note"),
    "check": lambda: check(".", least="note"),
    "lint": lambda: lint(".", words=(ARTIFACT, "templates/w.json.j2")),
}
ANSWERING: dict[str, tuple[Callable[[], Result], tuple[str, ...]]] = {
    "explain": (lambda: explain(".", where="dev"), ("text", "json")),
    "explain --vars": (lambda: explain(".", where="dev", variables=True), ("text", "json")),
    "diff": (lambda: diff(".", words=("dev", ARTIFACT)), ("text", "json", "markdown")),
    "matrix": (lambda: matrix(".", whole=True), ("text", "csv", "json", "markdown")),
}


def lay_out(folder: Path, place: str, size: int) -> None:
    """Write the project of a place, and go there."""
    files = fill(place, "N" * size)
    for path, text in ({ARTIFACT: WHOLE} | files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    os.chdir(folder)


def count(result: Result, form: str) -> int:
    """Count the bytes that are written about a result."""
    report = format_result(result._replace(product=None), View(form))
    return len((report.out + report.err + "".join(report.refused) + report.help).encode())


def measure_findings(folder: Path, place: str, size: int) -> dict[str, int]:
    """Measure what commands say that judge."""
    lay_out(folder, place, size)
    made = {name: command() for name, command in JUDGING.items()}
    return {f"{name} --format {form}": count(result, form) for name, result in made.items() for form in FORMATS}


def measure_answers(folder: Path, place: str, size: int) -> dict[str, int]:
    """Measure what commands answer; where nothing can be answered, that is said in a line."""
    lay_out(folder, place, size)
    said: dict[str, int] = {}
    for name, (command, forms) in ANSWERING.items():
        try:
            result = command()
        except (InputError, WrongUsage):
            continue
        said |= {f"{name} --format {form}": count(result, form) for form in forms}
        if isinstance(result.answer, Matrix):
            said["matrix --html"] = len(write_page(result.answer, result.findings).encode())
    return said


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    """Come back to the folder of the tests."""
    here = Path.cwd()
    yield
    os.chdir(here)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_found_is_told_in_as_many_bytes_however_long_the_text_is(tmp_path: Path, place: str) -> None:
    said, more = (measure_findings(tmp_path / str(size), place, size) for size in (SIZE, 2 * SIZE))
    assert {words: (said[words], more[words]) for words in said if said[words] != more[words]} == {}
    assert max(said.values()) < MOST_BYTES


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_grows_with_what_was_written_and_not_faster(tmp_path: Path, place: str) -> None:
    said, more = (measure_answers(tmp_path / str(size), place, size) for size in (SIZE, 2 * SIZE))
    assert {words: (said[words], more[words]) for words in said if more[words] > 2.1 * said[words]} == {}
    assert max(said.values(), default=0) < 20 * SIZE + MOST_BYTES
