"""The law of secrets: what one value keeps to itself, no command shows in any form, but the artifact itself."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from hypothesis import given, settings, strategies as st

from generator.cli import main
from generator.model.nodes import Value
from tests.laws.secret_projects import ENVIRONMENTS, MARK, SecretProject, secret_projects

FORMS = ("text", "json", "github", "sarif", "junit")
COMMANDS = (
    "render -v",
    "render --list",
    *(f"check -v --format {form}" for form in FORMS),
    *(f"lint -v rendered --format {form}" for form in FORMS),
    "lint --fix --diff rendered",
    "explain dev",
    "explain dev --format json",
    "explain dev containerDefinitions",
    "explain dev containerDefinitions --format json",
    "explain rendered/dev/app.json:3",
    "explain dev --vars",
    "explain dev --vars --format json",
    *(
        f"diff {sides} --format {form}"
        for sides in ("dev prod", "dev rendered/dev/app.json")
        for form in ("text", "json", "markdown")
    ),
    "diff rendered/dev/app.json rendered/prod/app.json",
    *(f"matrix --all -v --format {form}" for form in ("text", "csv", "json", "markdown")),
    "matrix --html page.html",
    *(f"set dev memory=1024 --override --dry-run --format {form}" for form in ("text", "json")),
    *(f"promote dev prod --dry-run --format {form}" for form in ("text", "json")),
)
RANGES = ("diff HEAD..", *(f"diff HEAD.. --by-cause --format {form}" for form in ("text", "json", "markdown")))


def share(part: int) -> int:
    """Give a part of the examples that laws draw: one of these takes as long as some hundred of others."""
    return settings().max_examples // part


def run(root: Path, words: str) -> str:
    """Run a command in this process, and give all that it says and writes but artifacts."""
    streams = (io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8"))
    before, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), *streams
    try:
        status = main(words.split())
    finally:
        sys.stdout, sys.stderr = before
    said = "".join(stream.buffer.getvalue().decode() for stream in streams)
    assert status in (0, 1, 2), said
    page = root / "page.html"
    return said + (page.read_text(encoding="utf-8") if page.exists() else "")


@contextmanager
def written(project: SecretProject, *, committed: bool = False) -> Iterator[Path]:
    """Write a project to a folder that is the current one; with `committed`, on top of the state before, which is committed."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if committed:
            project.write(root, project.before)
            git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
            for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "before")):
                subprocess.run([*git, *words], cwd=root, check=True, capture_output=True)
        project.write(root, project.files)
        os.chdir(root)
        try:
            yield root
        finally:
            os.chdir(here)


def decode(text: str) -> str:
    """Take away what hides a text from a search and not from a reader: escapes, quotes, backslashes, line ends."""
    text = html.unescape(unquote(text))
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"[\\\"'\n]", "", text)


def find_shown(project: SecretProject, said: str) -> list[str]:
    """Find the lines that show a secret, plain or spelt otherwise."""
    secrets = {*project.secrets, *map(decode, project.secrets)}
    return [
        line[:300]
        for line in said.splitlines()
        if any(each in text for each in secrets for text in (line, decode(line)))
    ]


@settings(max_examples=share(1 if settings().max_examples <= 150 else 2))
@given(secret_projects(), st.lists(st.sampled_from(COMMANDS), min_size=4, max_size=8, unique=True))
def test_no_command_shows_a_secret(project: SecretProject, commands: list[str]) -> None:
    with written(project) as root:
        shown = {command: find_shown(project, run(root, command)) for command in commands}
    assert {command: lines for command, lines in shown.items() if lines} == {}


@settings(max_examples=share(6))
@given(secret_projects(), st.sampled_from(RANGES))
def test_no_comparison_with_a_commit_shows_a_secret(project: SecretProject, command: str) -> None:
    with written(project, committed=True) as root:
        assert find_shown(project, run(root, command)) == []


@settings(max_examples=share(10))
@given(secret_projects())
def test_artifact_has_the_secret(project: SecretProject) -> None:
    with written(project) as root:
        said = run(root, "render prod --stdout")
    if "error" not in said:
        assert json.dumps(project.secrets[1], ensure_ascii=False)[1:-1] in said


SHORT = """{% set other = pw ~ "x" %}
{"family": "app", "cpu": "256", "memory": "512", "containerDefinitions": [
  {"name": "app", "image": "app:{{ tag }}", "command": ["--db={{ pw }}", "{{ other }}"], "user": "{{ pw }}",
   "environment": [{"name": "DB_PASSWORD", "value": "{{ pw }}"}, {"name": "LEVEL", "value": "info"}]MEMBERS}]}
"""


SHORT_MEMBERS = (
    ', "cpuu": 1',
    ', "cpu": "{{ pw }}"',
    ', "interactive": "{{ pw }}"',
    ', "portMappings": [{"containerPort": "{{ pw }}"}]',
    ', "portMappings": [{"containerPort": "{{ pw }}", "protocol": "udp"}, {"containerPort": 80}]',
    ', "ulimits": [{"name": "{{ pw }}", "softLimit": 1, "hardLimit": 1}]',
    ', "mountPoints": [{"containerPath": "{{ pw }}", "sourceVolume": "x"}]',
    ', "secrets": [{"name": "{{ pw }}", "valueFrom": "/a"}]',
    ', "systemControls": [{"namespace": "{{ pw }}", "value": "1"}]',
    ', "dockerLabels": {"{{ pw }}": "1"}',
    ', "dockerLabels": {"a.{{ pw }}": "1"}, "cpuu": 1',
    ', "extraHosts": [{"hostname": "{{ pw }}", "ipAddress": "1"}]',
)


@settings(max_examples=share(3))
@given(
    st.text("abc079", max_size=2),
    st.sampled_from(["", *SHORT_MEMBERS]),
    st.lists(st.sampled_from(COMMANDS), min_size=4, max_size=8, unique=True),
)
def test_a_short_secret_is_hidden_where_its_variable_is_written_and_used(
    end: str, members: str, commands: list[str]
) -> None:
    secrets = (f"{MARK}{end}", f"{MARK}{end}b")
    overlays = (f"vars: {{pw: {secrets[0]}, tag: v1, idle: x}}\n", f"vars:\n  pw: {secrets[1]}\n  tag: v1\n")
    files = {f"environments/{name}.yaml": text for name, text in zip(ENVIRONMENTS, overlays, strict=True)}
    files["templates/app.json.j2"] = SHORT.replace("MEMBERS", members)
    committed = json.dumps({"family": "app", "containerDefinitions": [{"name": "app", "user": secrets[0]}]})
    files |= {f"rendered/{name}/app.json": committed for name in ENVIRONMENTS}
    project = SecretProject(files, {}, secrets)
    with written(project) as root:
        shown = {command: find_shown(project, run(root, command)) for command in commands if "rendered" not in command}
    assert {command: lines for command, lines in shown.items() if lines} == {}


NESTING_PLACES = (
    '"environment": {}', '"secrets": {}', '"dockerLabels": {}', '"environmentFiles": {}', '"systemControls": {}', '"enviroment": {}',
    '"logConfiguration": {"logDriver": "splunk", "options": {}}', '"logConfiguration": {"logDriver": "splunk", "secretOptions": {}}',
    '"firelensConfiguration": {"type": "fluentbit", "options": {}}', '"environment": [{"name": "LOG", "value": "x"}, {}]',
)  # fmt: skip
NESTING_FORMS = (
    *(f"lint web.json --format {form}" for form in FORMS),
    "lint --fix --diff web.json",
    "diff old.json web.json",
)


@st.composite
def nested_pairs(draw: st.DrawFn) -> Value:
    """Draw a name of a secret and its value in a shape that is no pair, or in one."""
    name, value = (
        draw(st.sampled_from(("DB_PASSWORD", "API_TOKEN", "CLIENT_SECRET"))),
        MARK + draw(st.text("ab!", max_size=4)),
    )
    between = draw(st.sampled_from(("=", " ", ": ", ":", ", ", " = ")))
    if draw(st.booleans()):
        return draw(st.sampled_from((f"{name}{between}{value}", [f"{name}{between}{value}"])))
    first, second = (draw(st.sampled_from((each, [each], {"x": each}, [[each]]))) for each in (name, value))
    texts: list[Value] = [[first, value], [[name], second], [[first, second]]]
    objects: list[Value] = [{"name": first, "value": second}, {"value": second, "name": first}, {name: second}]
    apart: list[Value] = [[{"name": name}, {"value": second}], [[name, value], ["LOG", "x"]]]
    return draw(st.sampled_from((*texts, *objects, *apart)))


@given(nested_pairs(), st.sampled_from(NESTING_PLACES), st.sampled_from(NESTING_FORMS))
def test_a_secret_is_shown_in_no_shape_of_nesting(shape: Value, place: str, command: str) -> None:
    member = place.replace("{}", json.dumps(shape))
    text = f'{{"family": "w", "containerDefinitions": [{{"name": "a", "image": "b", "cpuu": 1, {member}}}]}}'
    project = SecretProject({"web.json": text, "old.json": text.replace('"b"', '"c:1"')}, {}, (MARK,))
    with written(project) as root:
        assert find_shown(project, run(root, command)) == []
