"""The other places of a finding, in words: by lines, files, members or artifacts, and what is said there if it is something else."""

from __future__ import annotations

import pytest

from generator.model.findings import Finding, Location, Note
from generator.reports.others import list_others

FILE = "templates/app.json.j2"
PLAIN = Finding("E102", "error", "`x` is not set", Location(FILE, 12, 3))
IMAGE = PLAIN._replace(message="`containerDefinitions[a].image` has no tag", path="containerDefinitions[a].image")
MISSING = Finding("E803", "error", "`rendered/dev/a.json` is missing")


def at(*lines: int) -> tuple[Finding, ...]:
    return tuple(PLAIN._replace(location=Location(FILE, line, 3)) for line in lines)


def of(*names: str) -> tuple[Finding, ...]:
    return tuple(
        IMAGE._replace(message=IMAGE.message.replace("[a]", f"[{name}]"), path=f"containerDefinitions[{name}].image")
        for name in names
    )


def missing(*names: str) -> tuple[Finding, ...]:
    return tuple(MISSING._replace(message=f"`rendered/dev/{name}.json` is missing") for name in names)


B = "`containerDefinitions[b].image`"


@pytest.mark.parametrize(
    ("finding", "others", "said"),
    [
        (PLAIN, at(14), "and in 1 more place, on line 14"),
        (PLAIN, at(14, 14), "and in 2 more places, on line 14"),
        (PLAIN, at(14, 15, 16), "and in 3 more places, on lines 14, 15 and 16"),
        (PLAIN, at(*range(20, 26)), "and in 6 more places, the first on lines 20, 21, 22, 23 and 24"),
        (PLAIN, (PLAIN._replace(location=Location("a.j2", 1, 2)),), "and in 1 more place: a.j2:1:2"),
        (
            PLAIN,
            (*at(14), PLAIN._replace(location=Location("a.j2", 1, 2))),
            f"and in 2 more places: {FILE}:14:3 and a.j2:1:2",
        ),
        (IMAGE, of("b"), f"and for 1 more value: {B}"),
        (IMAGE, of("b", "c"), f"and for 2 more values: {B} and `containerDefinitions[c].image`"),
        (
            IMAGE,
            of(*"bcdefg"),
            "and for 6 more values, the first: "
            + ", ".join(f"`containerDefinitions[{name}].image`" for name in "bcde")
            + " and `containerDefinitions[f].image`",
        ),
        (IMAGE, (IMAGE._replace(task="job", environments=("dev",)),), "and for 1 more artifact: `job` in dev"),
        (MISSING, missing("b", "c"), "and 2 more: `rendered/dev/b.json` and `rendered/dev/c.json`"),
    ],
)
def test_other_places_are_named_if_they_are_few(finding: Finding, others: tuple[Finding, ...], said: str) -> None:
    assert list_others(finding._replace(others=others)) == (Note(said),)


def test_what_is_said_of_something_else_is_said_once() -> None:
    region = Location(FILE, 14, 3)
    others = tuple(PLAIN._replace(message="`y` is not set", location=region._replace(line=line)) for line in (14, 15))
    assert list_others(PLAIN._replace(others=others)) == (
        Note("`y` is not set", region),
        Note("and in 2 more places, on lines 14 and 15"),
    )


def test_the_same_of_another_member_container_or_file_is_no_other_message() -> None:
    place = IMAGE.location
    assert place is not None
    (other,) = of("b")
    lacks = IMAGE._replace(message="container `a` has no tag")
    beside = lacks._replace(message="container `b` has no tag", path=other.path, location=place._replace(line=20))
    assert len(list_others(IMAGE._replace(others=(other._replace(location=place._replace(line=20)),)))) == 1
    assert len(list_others(lacks._replace(others=(beside,)))) == 1
    file = Finding("E807", "error", "`a.json` is not a task definition", Location("a.json", 1, 1))
    also = file._replace(message="`b.json` is not a task definition", location=Location("b.json", 1, 1))
    assert list_others(file._replace(others=(also,))) == (Note("and in 1 more place: b.json:1:1"),)
