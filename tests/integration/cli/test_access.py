"""The options of commands that ask AWS: what an empty name means."""

from __future__ import annotations

import pytest

from generator.cli import main
from generator.cli.groups import COMMANDS, load_command

NAMING = [
    (command, option)
    for command in COMMANDS
    for option in ("cluster", "service")
    if option in {parameter.name for parameter in load_command(command).params}
]


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize(("command", "option"), NAMING)
def test_an_empty_name_of_a_cluster_or_service_is_refused_by_every_command(
    capfd: pytest.CaptureFixture[str], command: str, option: str, name: str
) -> None:
    status = main([command, "dev", f"--{option}", name])
    assert (status, *capfd.readouterr()) == (
        2,
        "",
        f"error: --{option} names no {option}: it is empty\n  help: `taskdef {command} --help` lists what it takes\n",
    )


def test_there_are_commands_that_name_a_cluster_or_service() -> None:
    assert {option for _, option in NAMING} == {"cluster", "service"}
