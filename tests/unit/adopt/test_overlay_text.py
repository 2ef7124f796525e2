"""Overlays as YAML that reads the same everywhere."""

from __future__ import annotations

from generator.adopt.overlay_text import write_overlay


def test_a_comma_is_quoted_inside_of_brackets() -> None:
    assert write_overlay({"patch": {"command": ["a,b", "c"]}}) == 'patch:\n  command: ["a,b", c]\n'


def test_an_overlay_without_content_says_so() -> None:
    assert write_overlay({}) == "# Nothing here differs from the template.\n"
