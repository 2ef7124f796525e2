"""What no run may do, whatever it was given. A fault is named by its first words, so that one that comes up often is one."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.fuzz.answers import shows_secret
from tests.fuzz.history import spell_history
from tests.fuzz.running import Done
from tests.fuzz.seeds import ROOT
from tests.fuzz.words import PAGE, Case

SECONDS = 3.0
SECONDS_PER_STEP = 4e-6
SECONDS_PER_BYTE = 4e-4
"""A generous bound for the time of a run: what the meter counted and what was read account for it."""

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
COLORS = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r"::(?:error|warning|notice) [^\n]*::|(?!::)")


def find_faults(case: Case, done: Done, top: Path) -> Iterator[str]:
    """Find what is wrong with a run."""
    if done.failure:
        yield f"bug: {done.failure}"
    elif done.status not in (0, 1, 2) or "Traceback (most recent call last)" in done.err:
        yield f"status: {done.status}"
    if "takes longer than" in done.err and " seconds" in done.err:
        yield "clock: the clock ended the run"
    for warning in done.warned:
        yield f"warning: {warning}"
    told = sum(len(answer.body) for _, answer in case.answers)
    size = sum(map(len, case.files.values())) + len(case.stdin) + len(spell_history(case.history)) + told
    if done.seconds > SECONDS + SECONDS_PER_STEP * done.steps + SECONDS_PER_BYTE * size:
        yield f"slow: {done.seconds:.1f} s for {done.steps} steps and {size} bytes"
    yield from find_leaks(case, done, top)
    yield from find_ill_formed(case, done)


def find_leaks(case: Case, done: Done, top: Path) -> Iterator[str]:
    """Find addresses, paths of the machine, and characters that a terminal obeys."""
    shown = done.out + done.err + done.page
    given = b"\n".join(
        [case.stdin, *case.files.values(), spell_history(case.history), *map(encode, (*case.files, *case.words))]
        + [answer.body for _, answer in case.answers]
    )
    if shows_secret(case.answers, shown):
        yield "secret: a secret that AWS told is shown"
    if any(match.encode() not in given for match in ADDRESS.findall(shown)):
        yield "address: an address in memory is shown"
    for path in (str(top), str(ROOT), sys.prefix, str(Path.home())):
        if path in shown and path.encode() not in given:
            yield "path: a path of the machine is shown"
    talk = done.err if is_product(case) else done.out + done.err
    talk = COLORS.sub("", talk) if "always" in case.words else talk
    odd = sorted({char for char in talk if not char.isprintable() and char != "\n"})
    if odd:
        yield f"control: {odd[:3]!r} is shown as it is"


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def is_product(case: Case) -> bool:
    """Whether stdout has a text that is no report: an artifact, a mended file or a difference."""
    words = case.words
    return words[0] == "show" or "--stdout" in words or "--diff" in words or ("--fix" in words and "-" in words)


def find_ill_formed(case: Case, done: Done) -> Iterator[str]:
    """Find output that is not in its form. A run that ends by an error may have said that on stderr alone."""
    text = (
        done.err
        if is_product(case) and not done.out.startswith(('{\n  "version', "<?xml", '{\n  "$schema'))
        else done.out
    )
    if (done.status == 2 or is_product(case)) and not text.startswith(("{", "<")):
        return
    try:
        CHECKS[case.form](text, done)
    except (ValueError, KeyError, TypeError, ET.ParseError, csv.Error) as error:
        yield f"form: {case.form} is not well formed: {type(error).__name__}"


def check_json(text: str, _: Done) -> None:
    report = json.loads(text, parse_constant=refuse_constant)
    if isinstance(report, dict) and report.get("version", 1) != 1:
        raise ValueError("version")


def check_sarif(text: str, _: Done) -> None:
    report = json.loads(text, parse_constant=refuse_constant)
    (run,) = report["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    if report["version"] != "2.1.0" or any(each["ruleId"] not in rules for each in run["results"]):
        raise ValueError("rules")


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def check_junit(text: str, _: Done) -> None:
    suites = ET.fromstring(text)
    found = [len(list(suites.iter(name))) for name in ("testcase", "failure")]
    told = [sum(int(suite.attrib[name]) for suite in suites.iter("testsuite")) for name in ("tests", "failures")]
    if found != told:
        raise ValueError("counts")


def check_github(text: str, _: Done) -> None:
    if not all(COMMAND.match(line) for line in text.splitlines()):
        raise ValueError("command")


def check_csv(text: str, done: Done) -> None:
    rows = list(csv.reader(text.splitlines(), strict=True))
    if done.status == 0 and len({len(row) for row in rows}) > 1:
        raise ValueError("columns")


class Page(HTMLParser):
    """Counts what a browser would run, and keeps the data."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.data = ""
        self.reading = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.reading = ("id", "data") in attributes
        if any(name.startswith("on") for name, _ in attributes):
            raise ValueError(tag)

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.data, self.reading = data, False


def check_page(_: str, done: Done) -> None:
    if not done.page:
        if done.status == 0:
            raise ValueError(PAGE)
        return
    page = Page()
    page.feed(done.page)
    json.loads(page.data)
    if page.scripts != 2 or any(not char.isprintable() and char not in "\n\t" for char in done.page):
        raise ValueError("scripts")


def check_text(text: str, _: Done) -> None:
    if text and not text.endswith("\n"):
        raise ValueError("no end of line")


CHECKS = {
    "text": check_text,
    "markdown": check_text,
    "json": check_json,
    "sarif": check_sarif,
    "junit": check_junit,
    "github": check_github,
    "csv": check_csv,
    "html": check_page,
}
