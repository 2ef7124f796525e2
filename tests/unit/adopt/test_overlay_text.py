"""Overlays as YAML that reads the same everywhere."""

from __future__ import annotations

from generator.adopt.overlay_text import write_overlay


def test_a_comma_is_quoted_inside_of_brackets() -> None:
    assert write_overlay({"patch": {"command": ["a,b", "c"]}}) == 'patch:\n  command: ["a,b", c]\n'


def test_a_structure_of_scalars_is_on_one_line_if_it_fits() -> None:
    platform = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
    assert write_overlay({"patch": {"runtimePlatform": platform}}) == (
        "patch:\n  runtimePlatform: {cpuArchitecture: ARM64, operatingSystemFamily: LINUX}\n"
    )


def test_a_structure_with_a_list_or_map_in_it_is_on_several_lines_and_so_is_a_map() -> None:
    check = {"command": ["CMD", "x"], "interval": 5}
    assert write_overlay({"patch": {"healthCheck": check}}) == (
        "patch:\n  healthCheck:\n    command: [CMD, x]\n    interval: 5\n"
    )
    assert write_overlay({"patch": {"options": {"tag": "x"}}}) == "patch:\n  options:\n    tag: x\n"


def test_an_overlay_without_content_says_so() -> None:
    assert write_overlay({}) == "# Nothing here differs from the template.\n"
