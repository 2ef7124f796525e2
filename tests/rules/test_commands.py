"""What a container runs: E516 and W634."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
APP = "containerDefinitions[app]"
HELP = 'write each word as a text of its own, or put `"sh", "-c"` before the line'


def running(command: list[str] | None = None, entry: list[str] | None = None) -> Value:
    return {"command": command, "entryPoint": entry}


@pytest.mark.parametrize(
    "container",
    [
        running(),
        running([], []),
        running(["npm", "start"]),
        running(["npm start", "--silent"]),
        running(["worker"]),
        running([""]),
        running(["/srv/my app/run"]),
        running(["/srv/my app"], ["/srv/my other app"]),
        running(["npm start"], ["sh", "-c"]),
        running(["npm start"], ["/bin/bash", "-euo", "pipefail", "-c"]),
        running(["print(1 + 1)"], ["python", "-c"]),
        running(["/bin/sh -c \"echo '<html>' > index.html && httpd-foreground\""], ["sh", "-c"]),
        running(["hello world"], ["echo"]),
        running(["select 1"], ["psql", "app"]),
        running(None, ["java", "-jar", "app.jar"]),
        running(["a b"], ["java", "-jar", "app.jar"]),
        running(None, ["sh", "-c", "exec java -jar app.jar"]),
    ],
)
@pytest.mark.parametrize("kind", [ec2, fargate])
def test_passes(kind: type[Value], container: Value) -> None:
    assert say(kind(container), "E516", "W634") == []


def test_windows_passes() -> None:
    value = ec2(running(["ping -t localhost"], ["cmd /S /C"]), runtimePlatform=WINDOWS)
    assert say(value, "E516", "W634") == []


@pytest.mark.parametrize(
    "entry", ["java -jar app.jar", "sh -c", "/bin/sh -c 'npm start'", "npm run start && sleep 1", "python app.py"]
)
def test_entry_points_that_fail(entry: str) -> None:
    path = f"{APP}.entryPoint[0]"
    message = f"`{path}` is one text with blanks in it, and no program has that name"
    assert say(ec2(running(["a b"], [entry])), "E516", "W634") == [Said("E516", path, message, (), HELP)]


@pytest.mark.parametrize(
    ("command", "entry"),
    [
        ("npm start", None),
        ("npm start", []),
        ("python manage.py migrate && gunicorn app", None),
        ("/usr/bin/node --max-old-space-size=512 app.js", None),
        ("npm start", ["/docker-entrypoint.sh"]),
        ("npm start", ["docker-entrypoint"]),
        ("npm start", ["tini", "--"]),
        ("npm start", ["dumb-init"]),
        ("npm start", ["/bin/sh"]),
    ],
)
def test_commands_that_fail(command: str, entry: list[str] | None) -> None:
    path = f"{APP}.command[0]"
    message = f"`{path}` is one text with blanks in it, and unless a shell reads it no program has that name"
    assert say(ec2(running([command], entry)), "E516", "W634") == [Said("W634", path, message, (), HELP)]
