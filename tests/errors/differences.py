"""Overlays that taskdef refuses and the schemas admit, by reason. A key is the name of a case, or how the names of several begin."""

from __future__ import annotations

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "the file is only known to be wrong with its settings, templates and other overlays": (
        "E124",
        "E126",
        "E127",
        "E128",
        "E133",
        "E136",
        "E139",
        "E201",
        "E202",
        "E205-add-what-is-there",
        "E207",
        "E208",
        "E209",
        "E304",
    ),
    "it is known once the text is rendered": ("E102-in-a-patch", "E103-list-in-a-text-of-a-patch"),
    "readers of YAML give the same values for it as for what is right": (
        "E108-half-an-emoji-in-an-overlay",
        "E109-overlay-too-deep",
        "E115",
        "E117-expression-unquoted",
        "E303-in-a-parent-of-two",
    ),
    "null stands wherever somebody may still be writing": ("E119-item-left-out", "E119-value-left-out", "E306"),
    "texts have no pattern: those who check them differ in their regular expressions": (
        "E125",
        "E205-nothing-to-render",
        "E303-no-whole-number-of-units",
    ),
    "any value can be that of a variable": ("E205-variable-to-render", "E303-variable-of-another-type"),
    "nothing is required, or editors would insert it": ("E206-item-without-name", "E307"),
    "keys of one mapping do not exclude each other, or null and another key would be refused": (
        "E205-text-to-render-with-other-keys",
        "E210",
    ),
    "only words and types are known: what ECS refuses, and what does not start, is judged by the whole artifact": (
        "E4",
        "E5",
    ),
    "a warning that its project makes an error": ("W610",),
}

UNREAD = ("E111", "E112", "E113", "E114", "E116", "E117-expression-before-text", "E135")
"""Cases whose overlays are no YAML to others either, or which nobody should be given: aliases that multiply or hold themselves, and
what ajv-cli, which cannot read it, would take for a module of JavaScript, and run."""


def find_reason(case: str) -> str | None:
    """Find the key under which a case is listed."""
    return next(
        (key for keys in DIFFERENCES.values() for key in keys if case.startswith(key) and case not in NAMED), None
    )


NAMED = ("E401-architecture-as-docker-calls-it", "E517-network-mode")
"""Cases of what ECS refuses that the schemas name: words that are none of a few."""
