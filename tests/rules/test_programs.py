"""Programs that health checks need: W604."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, fargate, say


@pytest.mark.parametrize("container", [{}, {"healthCheck": {}}, {"healthCheck": {"command": []}}])
def test_a_container_without_a_command_passes(container: Value) -> None:
    assert say(fargate(container), "W604") == []


@pytest.mark.parametrize(
    "command",
    [
        ["CMD-SHELL", "pg_isready || exit 1"],
        ["CMD", "/curling"],
        ["CMD-SHELL", "cat /tmp/curl.ok"],
        ["CMD-SHELL", "wget2 -q x"],
        ["NONE", "curl"],
        ["CMD", "/curl"],
    ],
)
def test_a_command_without_such_a_program_passes(command: list[str]) -> None:
    assert say(fargate({"healthCheck": {"command": command}}), "W604") == []


@pytest.mark.parametrize(
    ("command", "item", "tool"),
    [
        (["CMD-SHELL", "curl -f http://localhost/ || exit 1"], 1, "curl"),
        (["CMD-SHELL", "curl -f http://localhost/ || wget -q http://localhost/"], 1, "curl"),
        (["CMD-SHELL", "test -f /ready&&wget -q -O- localhost"], 1, "wget"),
        (["CMD", "/usr/bin/wget", "-q", "http://localhost/curl"], 1, "wget"),
        (["CMD", "sh", "-c", "curl -f localhost"], 3, "curl"),
    ],
)
def test_a_program_of_few_images_is_noted_once(command: list[str], item: int, tool: str) -> None:
    place = f"containerDefinitions[app].healthCheck.command[{item}]"
    said = [Said("W604", place, f"`{place}` works only if the image has `{tool}`")]
    assert say(fargate({"healthCheck": {"command": command}}), "W604") == said
