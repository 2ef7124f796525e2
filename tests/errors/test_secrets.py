"""A literal under a secret-looking name is shown nowhere but in the artifact, whatever goes wrong around it and in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.errors.cases import run

SECRET = "hunter2"
TEMPLATE = """
{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [{"name": "app", "image": "i:1",
  "environment": [{"name": "DB_PASSWORD", "value": "{{ db_password }}"}, {"name": "API_TOKEN", "value": "hunter2"}]}]}
"""
OVERLAY = "vars: {db_password: hunter2}\n"
PATCH = "patch: {containerDefinitions: {app: {…}}}\n"
HARMLESS = {"templates/app.json.j2": TEMPLATE.replace("db_password", "given").replace('"hunter2"', '"other"')}
"""The secret is a variable whose name tells nothing."""
WRONG = {
    "an undefined name beside it": ({"templates/app.json.j2": TEMPLATE.replace("app-{{ env }}", "{{ evn }}")}, ()),
    "a syntax error behind it": ({"environments/dev.yaml": OVERLAY.replace("}", "")}, ()),
    "a key twice": ({"environments/dev.yaml": "vars:\n  db_password: hunter2\n  db_password: hunter2\n"}, ()),
    "no space before it": ({"environments/dev.yaml": "vars:\n  db_password:hunter2\n"}, ()),
    "a list in its place": ({"environments/dev.yaml": "vars: {db_password: [hunter2]}\n"}, ()),
    "a broken string around it": ({"templates/app.json.j2": TEMPLATE.replace('"hunter2"', '"hunter2')}, ()),
    "a comma missing behind it": ({"templates/app.json.j2": TEMPLATE.replace('"hunter2"}', '"hunter2" "x"}')}, ()),
    "it twice": ({"templates/app.json.j2": TEMPLATE.replace('"DB_PASSWORD"', '"API_TOKEN"')}, ()),
    "a mapping in its place": (
        {
            "environments/dev.yaml": OVERLAY
            + "patch: {containerDefinitions: {app: {environment: {API_TOKEN: {valu: hunter2}}}}}\n"
        },
        (),
    ),
    "both sides of the union": (
        {
            "environments/dev.yaml": OVERLAY
            + "patch: {containerDefinitions: {app: {environment: {X_SECRET: hunter2}, secrets: {X_SECRET: a}}}}\n"
        },
        (),
    ),
    "another one committed": ({"environments/dev.yaml": OVERLAY.replace("2", "22")}, ("check",)),
    "it under a harmless name": ({**HARMLESS, "environments/dev.yaml": "vars: {given: hunter2, idle: x}\n"}, ()),
    "it and an undefined name": (
        {**HARMLESS, "environments/dev.yaml": "vars: {givn: x, given: hunter2} # hunter2\n"},
        (),
    ),
    "it and a broken line": ({**HARMLESS, "environments/dev.yaml": "vars: {given: hunter2, x: [}\n"}, ()),
    "it and a size that is refused": (
        {**HARMLESS, "environments/dev.yaml": "{vars: {given: hunter2}, patch: {cpu: 256, memory: 1 MB}}\n"},
        ("render",),
    ),
    "a setting that is refused": ({}, ("render", "--stdout", "--set", "db-password=hunter2")),
}


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize(("files", "words"), WRONG.values(), ids=WRONG.keys())
def test_secret_is_not_shown(
    files: dict[str, str],
    words: tuple[str, ...],
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write({"templates/app.json.j2": TEMPLATE, "environments/dev.yaml": OVERLAY})
    assert run(["render"], capsys)[2] == 0
    write(files)

    out, err, status = run([*(words or ("check",)), "--format", form], capsys)

    assert status in (1, 2)
    assert SECRET not in out + err


def spell(member: str) -> str:
    """Write a task definition in one line, whose container has a member and another mistake."""
    return (
        '{"family": "web", "memory": "512", "requiresCompatibilities": ["EC2"], "containerDefinitions": [{"name": "app", '
        f'"image": "i:1", "cpuu": 1, {member}}}]}}\n'
    )


PAIR = '"environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]'
BESIDE = {
    "value misspelt": PAIR.replace('"value"', '"vlaue"'),
    "value shortened": PAIR.replace('"value"', '"val"'),
    "value in capitals": PAIR.replace('"value"', '"Value"'),
    "name misspelt": PAIR.replace('"name"', '"nmae"'),
    "name and value in capitals": PAIR.replace('"name"', '"Name"').replace('"value"', '"Value"'),
    "a list": PAIR.replace('"hunter2"', '["hunter2"]'),
    "a mapping": PAIR.replace('"hunter2"', '{"a": "hunter2"}'),
    "map form": '"environment": {"DB_PASSWORD": ["hunter2"]}',
    "map form of an item": '"environment": {"DB_PASSWORD": {"vlaue": "hunter2"}}',
    "credentials of a registry": '"repositoryCredentials": "hunter2"',
    "a member of these": '"repositoryCredentials": {"credentialsParam": "hunter2"}',
    "options of a log": '"logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": ["hunter2"]}}',
    "options of FireLens": '"firelensConfiguration": {"type": "x", "options": {"http_passwd": "hunter2"}}',
    "secret options": '"logConfiguration": {"logDriver": "splunk", "secretOptions": [{"name": "splunk-token", "val": "hunter2"}]}',
    "a label": '"dockerLabels": {"api-token": {"a": "hunter2"}}',
    "an option": '"command": ["--password", "hunter2"]',
    "an option in one": '"command": ["--password=hunter2"]',
    "a program": '"command": ["mysql", "-phunter2"]',
    "an address": '"command": "postgres://u:hunter2@host"',
    "a parameter": '"environment": [{"name": "A", "value": "https://h?token=hunter2&a=b"}]',
    "a header": """ "healthCheck": {"command": ["CMD-SHELL", "curl -H 'X-Api-Key: hunter2' http://h"]}""",
    "JSON in a value": r""""environment": [{"name": "A", "value": "{\"a\": 1, \"password\": \"hunter2\"}"}]""",
}
CAPITALS = {
    "capitals all over": '{"Family": "w", "ContainerDefinitions": [{"Name": "app", "Environment": '
    '[{"Name": "DB_PASSWORD", "Value": "hunter2"}], "Command": ["--token", "hunter2"]}]}',
    "a template of CloudFormation": '{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": '
    '[{"Environment": [{"Name": "DB_PASSWORD", "Value": "hunter2"}]}]}}}}',
    "one that is YAML": "family: web\nEnvironment: [{Name: DB_PASSWORD, Value: hunter2}]\n",
}


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
@pytest.mark.parametrize("text", [*map(spell, BESIDE.values()), *CAPITALS.values()], ids=[*BESIDE, *CAPITALS])
def test_excerpt_of_a_line_shows_no_secret_beside_a_mistake(
    text: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write({"web.json": text})
    out, err, status = run(["lint", "web.json", "--format", form], capsys)
    assert (status, SECRET in out + err, "web.json" in out) == (1, False, True)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
@pytest.mark.parametrize("member", BESIDE.values(), ids=BESIDE)
def test_overlay_and_template_with_it_show_no_secret(
    member: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    overlay = f"patch: {{containerDefinitions: {{app: {{cpuu: 1, {member}}}}}}}\n"
    write({"templates/app.json.j2": spell(member), "environments/dev.yaml": overlay})
    out, err, status = run(["check", "--format", form], capsys)
    assert (status, SECRET in out + err, "dev.yaml" in out) == (1, False, True)
