"""Phrases that CONTRIBUTING.md replaces do not come back where a person reads: documents, pages of codes, help and messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "SECURITY.md", "RELEASING.md", "docs/**/*.md", "tests/errors/*/expected.txt")
BANNED = (
    r"\bby no task of no\b",
    r"\bas the sources (say|give)|\b(says?|tells?) the same\b|\bby the sources\b|\bsources give\b",
    r"\btak(e|es|ing) (\w+ ){0,6}out of the overlays\b",
    r"\bleave (it|them|the \w+) out\b|\bleaves out without a word\b",
    r"\bAn answer that is lost\b|\bmakes no second\b",
    r"\bOf those that are\b",
    r"\bwhoever\b|\bwhatever (it|he) ",
    r"\bwhat is wrong with it\b|\bis its fault\b",
    r"\bis missing of\b|\bthat there is none is\b",
    r"\bstands? (twice|alone|in for)\b|\bleads? in a circle\b",
    r"\bmends? (it|this|these|them)\b|\bis mended\b|\bto all appearance\b",
    r"\bwithout a word\b|\bis so[.,;:]",
    r"\b(AWS|ECS|Python|parser|balancer) says\b",
    r"\bis passed over\b|\bpassed over:",
)
"""Expressions for phrases that people had to read twice. Plain forms are in CONTRIBUTING.md: report, show, remove, set, fix."""


def list_texts() -> Iterator[tuple[str, str]]:
    """List what a person reads: each document, and each text in the code that is no docstring, with the place it is at."""
    for pattern in DOCUMENTS:
        for path in sorted(ROOT.glob(pattern)):
            yield path.relative_to(ROOT).as_posix(), " ".join(path.read_text(encoding="utf-8").split())
    for path in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", " ".join(node.value.split())


def find_phrases(texts: Iterator[tuple[str, str]]) -> list[str]:
    """Find the phrases, each with its place and the words around it."""
    banned = re.compile("|".join(BANNED), re.IGNORECASE)
    return [
        f"{place}: …{text[max(0, match.start() - 30) : match.end() + 30]}…"
        for place, text in texts
        for match in banned.finditer(text)
    ]


def test_a_phrase_is_found_over_the_end_of_a_line() -> None:
    assert find_phrases(iter([("a.md", "no change: all as the sources say it")])) == [
        "a.md: …no change: all as the sources say it…"
    ]
    assert find_phrases(iter([("a.md", "no task in any environment produces `X`")])) == []


def test_no_text_that_a_person_reads_has_a_phrase_that_was_replaced() -> None:
    assert find_phrases(list_texts()) == []
