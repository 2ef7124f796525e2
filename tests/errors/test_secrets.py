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


NESTED = {
    "a pair that is a list": '"environment": [["DB_PASSWORD", "hunter2"]]',
    "a pair without a list of its own": '"environment": ["DB_PASSWORD", "hunter2"]',
    "a pair beside others": '"environment": [{"name": "A", "value": "b"}, ["DB_PASSWORD", {"x": "hunter2"}]]',
    "a name that is a list": '"environment": [{"name": ["DB_PASSWORD"], "value": "hunter2"}]',
    "a name that is an object": '"environment": [{"name": {"x": "DB_PASSWORD"}, "value": "hunter2"}]',
    "a pair in two": '"environment": [{"name": "DB_PASSWORD"}, {"value": "hunter2"}]',
    "a text with a mark": '"environment": ["DB_PASSWORD=hunter2"]',
    "a text with a blank": '"environment": ["DB_PASSWORD hunter2"]',
    "a text with a colon": '"environment": ["DB_PASSWORD: hunter2"]',
    "a text for the list": '"environment": "DB_PASSWORD hunter2"',
    "a name with a value in it": '"environment": [{"name": "DB_PASSWORD hunter2", "value": "x"}]',
    "a text for the secrets": '"secrets": "hunter2"',
    "a literal among secrets": '"secrets": [{"name": "LOG", "value": "hunter2"}]',
    "a literal that lies nowhere": '"secrets": [{"name": "LOG", "valueFrom": "hunter2!"}]',
    "a literal like an ARN": '"secrets": [{"name": "LOG", "valueFrom": "arn:aws:hunter2"}]',
    "files": '"environmentFiles": ["DB_PASSWORD", "hunter2"]',
    "labels": '"dockerLabels": [["api-token", "hunter2"]]',
    "log options": '"logConfiguration": {"logDriver": "splunk", "options": ["splunk-token", "hunter2"]}',
    "secret options": '"logConfiguration": {"logDriver": "splunk", "secretOptions": [["splunk-token", "hunter2"]]}',
    "a header": '"firelensConfiguration": {"type": "fluentbit", "options": {"Header": "X-Api-Key hunter2"}}',
    "credentials": '"repositoryCredentials": {"credentialsParameter": "me:hunter2!"}',
    "system controls": '"systemControls": [{"namespace": ["db.password"], "value": "hunter2"}]',
    "a user": '"command": ["curl", "--user", "me:hunter2"]',
    "a user in a line": '"command": "--user me:hunter2"',
    "a list behind an option": '"command": ["--password", ["hunter2"]]',
    "an option behind a list": '"command": [["redis-cli"], "-a", "hunter2"]',
    "an ARN that is none": '"environment": [{"name": "DB_PASSWORD", "value": "arn:hunter2"}]',
    "a star": '"environment": [{"name": "DB_PASSWORD", "value": "*hunter2"}]',
    "more than a placeholder": '"environment": [{"name": "DB_PASSWORD", "value": "${X}hunter2"}]',
    "the end of a placeholder": '"command": ["--password", "<X>hunter2", "--token={{hunter2"]',
}
BESIDE_TASK = {
    "tags": '"tags": [["ApiToken", "hunter2"]]',
    "tags in two": '"tags": [{"key": "ApiToken"}, {"value": "hunter2"}]',
    "properties of a proxy": '"proxyConfiguration": {"containerName": "a", "properties": [["DB_PASSWORD", "hunter2"]]}',
    "options of a driver": '"volumes": [{"name": "v", "dockerVolumeConfiguration": {"driverOpts": ["password", "hunter2"]}}]',
    "variables of the task": '"environment": [["DB_PASSWORD", "hunter2"]]',
}
SPELT = [
    *map(spell, NESTED.values()),
    *(spell('"essential": true').replace('"memory"', f'{member}, "memory"') for member in BESIDE_TASK.values()),
]


@pytest.mark.parametrize("short", [False, True], ids=["long", "short"])
@pytest.mark.parametrize("text", SPELT, ids=[*NESTED, *BESIDE_TASK])
def test_no_form_shows_a_secret_that_is_in_no_pair(
    text: str, short: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = "zQ7" if short else SECRET
    text = text.replace(SECRET, secret)
    write({"web.json": text, "old.json": text.replace(secret, f"{secret}x").replace("i:1", "i:2")})
    runs: list[tuple[str, ...]] = [
        ("lint", "web.json", "--format", form) for form in ("text", "json", "github", "sarif", "junit")
    ]
    runs += [("diff", "old.json", "web.json", "--format", form) for form in ("text", "json", "markdown")]
    said = {words: run(list(words), capsys) for words in [*runs, ("lint", "--fix", "--diff", "web.json")]}
    if short and "DB_PASSWORD zQ7" in text:  # a message names the variable; its secret is too short to be known there
        said = {words: each for words, each in said.items() if words[0] == "lint" and "json" not in words}
    assert [words for words, (out, err, _) in said.items() if secret in out + err] == []
    assert {status for words, (_, _, status) in said.items() if words[:2] == ("lint", "web.json")} == {1}


SHOWN = {
    "names beside them": '"environment": [["LOG_LEVEL", "debug"]], "secrets": ["DB_PASSWORD"]',
    "pairs in two": '"environment": [{"name": "LOG_LEVEL"}, {"value": "debug"}, "PORT=80", "HOST db"]',
    "references": '"secrets": [{"name": "A", "valueFrom": "prod-db"}, {"name": "B", "valueFrom": "/prod/db.password"}]',
    "an ARN": '"secrets": [{"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/db"}]',
    "placeholders": '"environment": [{"name": "DB_PASSWORD", "value": "${DB_PASSWORD}"}], "command": ["--token", "<token>"]',
    "names of options": '"logConfiguration": {"logDriver": "json-file", "options": {"env": "DB_PASSWORD,LOG_LEVEL"}}',
    "a group": '"command": ["docker", "run", "--user", "app:web"], "entryPoint": ["check", "DB_PASSWORD", "LOG_LEVEL"]',
    "one letter": '"environment": [["LOG", "a"], {"name": "a", "value": "aa"}]',
}


@pytest.mark.parametrize("member", SHOWN.values(), ids=SHOWN)
def test_excerpt_shows_what_is_no_secret(
    member: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write({"web.json": f'{{"family": "web", "containerDefinitions": [{{"cpuu": 1,\n{member}, "memry": 1}}]}}\n'})
    out, err, status = run(["lint", "web.json"], capsys)
    assert (status, member in out, "***" in out + err) == (1, True, False)


CARETS = {
    "a list of pairs": (
        '"environment": [["DB_PASSWORD", "a"], ["a", "a"]], "cpuu": 1}]}',
        '"environment": [["DB_PASSWORD", "***"], ["a", "a"]], "cpuu": 1}]}',
        ["^" * 22, "^" * 10, "^" * 6],
        ['["DB_', '["a",', '"cpuu"'],
    ),
    "texts": (
        '"environment": ["TOKEN hunter2", "a"], "secrets": "hunter2"}]}',
        '"environment": ["TOKEN ***", "a"], "secrets": "***"}]}',
        ["^" * 11, "^" * 3, "^" * 5],
        ['"TOKEN', '"a"', '"***"'],
    ),
}


@pytest.mark.parametrize("name", CARETS)
def test_carets_stay_below_what_they_are_about(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written, shown, carets, above = CARETS[name]
    write(
        {
            "web.json": f'{{"family": "w", "containerDefinitions": [{{"name": "a", "image": "b:1", "memory": 9,\n{written}\n'
        }
    )
    lines = run(["lint", "web.json"], capsys)[0].splitlines()
    found = [(line, lines[number + 1]) for number, line in enumerate(lines) if line.startswith("  2 | ")]
    assert [line.removeprefix("  2 | ") for line, _ in found] == [shown] * 3
    assert [below.removeprefix("    | ").strip() for _, below in found] == carets
    assert [line[below.index("^") :].startswith(each) for (line, below), each in zip(found, above, strict=True)] == [
        True
    ] * 3
