"""Texts that are too long to be quoted are named by their length and a digest."""

from __future__ import annotations

from generator.ecs.paths import Step, first_step, format_path
from generator.ecs.shapes import task_definition
from generator.model.findings import Note, Place, Source, finding_at
from generator.model.shortening import LONGEST_MESSAGE, LONGEST_NAME, shorten_label, shorten_name, shorten_text

LONG = "n" * 100_000
SHOWN = "… 100000 characters, f9e92b5d …"


def test_a_short_name_stays_and_a_long_one_is_named_by_its_length_and_digest() -> None:
    assert shorten_name("n" * LONGEST_NAME) == "n" * LONGEST_NAME
    assert shorten_name(LONG) == SHOWN
    assert shorten_name("x" + LONG[1:]) != SHOWN
    assert shorten_name("\ud800" * 400).startswith("… 400 characters, ")


def test_a_label_keeps_its_form() -> None:
    assert [shorten_label(label) for label in (f".{LONG}", f"[{LONG}]", ".name", "")] == [
        f".{SHOWN}",
        f"[{SHOWN}]",
        ".name",
        "",
    ]
    steps = [first_step(), Step(".containerDefinitions", task_definition()), Step(f"[{LONG}]", task_definition())]
    assert format_path(steps) == f"containerDefinitions[{SHOWN}]"


def test_a_message_stays_whole_but_for_what_it_quotes() -> None:
    assert shorten_text(f"`a` has no `{LONG}`, and `b` has") == f"`a` has no `{SHOWN}`, and `b` has"
    unpaired = shorten_text(f"`a` has no `{'`nn' * 5000}`, and so on")
    assert unpaired.startswith("`… ") and unpaired.endswith(" …`, and so on")
    assert len(shorten_text(LONG)) < LONGEST_MESSAGE


def test_a_finding_quotes_no_long_text_and_no_part_of_one() -> None:
    place = Place(Source("a", f"x: {LONG}"), 3, 3 + len(LONG))
    message = f"`{LONG}` is wrong"
    finding = finding_at(place, "E102", message, path=f"a.{LONG}", notes=(Note(message),), help=message)
    said = f"`{SHOWN}` is wrong"
    assert (finding.message, finding.notes, finding.help) == (said, (Note(said),), said)
    assert finding.path is not None and "nnn" not in finding.path
    assert finding.excerpt is not None and len(finding.excerpt.text) <= 600
