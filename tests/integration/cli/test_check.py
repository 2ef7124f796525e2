"""`taskdef check` on environments that do not agree: a project with one fault of each kind, what is declared, and `--fix`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main

TEMPLATE = """\
{
  "family": "web-{{ env }}",
  "executionRoleArn": "{{ role('WebExecution') }}",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "{{ ecr('web', tag=tag) }}",
      "memory": 256,
      "essential": true,
      "environment": [
        {"name": "RAILS_ENV", "value": "production"},
        {"name": "LOG_LEVEL", "value": "{{ log_level }}"}
      ],
      "secrets": [{"name": "DB_PASSWORD", "valueFrom": "{{ ssm(password) }}"}]
    }
  ]
}
"""
DEV = """\
# For developers.
aws: {account: "123456789012", region: eu-west-1}
vars:
  tag: "1.4"
  password: /web/dev/password
  log_level: INFO
  colour: blue
patch:
  containerDefinitions:
    web:
      memory: 128
      essential: true  # it is alone
      environment:
        PROFILER: "on"
"""
PROD = """\
# For customers.
aws: {account: "123456789012", region: eu-west-1}
vars:
  tag: "1.4"
  password: /web/dev/password-of-the-copy
  log_level: INFO
patch:
  containerDefinitions:
    web:
      memory: 1024
"""
SEEDED = {
    "templates/web.json.j2": TEMPLATE,
    "templates/_logging.j2": "nothing\n",
    "environments/dev.yaml": DEV,
    "environments/prod.yaml": PROD,
    "taskdef.toml": '[[exceptions]]\ncode = "W701"\nname = "GONE"\nreason = "it was needed"\n',
}
FAULTS = [
    ("W704", "environments/dev.yaml:6"),
    ("W705", "environments/dev.yaml:7"),
    ("W703", "environments/dev.yaml:12"),
    ("W701", "environments/dev.yaml:14"),
    ("W702", "environments/prod.yaml:5"),
    ("W708", "taskdef.toml:1"),
    ("W706", "templates/_logging.j2:1"),
    ("W707", "templates/web.json.j2:9"),
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with one fault of each kind, rendered; it is the current folder."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, SEEDED)
    assert main(["render"]) == 0
    capsys.readouterr()
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def tell(capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[str, str]]:
    """Tell what `check` finds as (code, file:line)."""
    main(["check", *words, "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [
        (each["code"], f"{each['location']['file']}:{each['location']['line']}")
        for each in findings
        if each["severity"] != "note"
    ]


@pytest.mark.usefixtures("project")
def test_each_fault_is_named_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(capsys) == FAULTS


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("words", [["dev"], ["--task", "web"], ["dev", "prod"]])
def test_environments_are_not_compared_where_only_some_are_looked_at(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(capsys, *words) == []


def test_environments_are_not_compared_where_something_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"environments/dev.yaml": DEV.replace("memory: 128", "memroy: 128")})
    assert tell(capsys) == [("E301", "environments/dev.yaml:11")]


@pytest.mark.usefixtures("project")
def test_warnings_between_environments_fail_if_strict(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["check"]), main(["check", "--strict"])) == (0, 1)
    capsys.readouterr()


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_takes_out_what_changes_nothing(project: Path, end: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"environments/dev.yaml": DEV.replace("\n", end)})
    before = read(project)
    status = main(["check", "--fix"])
    out = capsys.readouterr().out
    wanted = DEV.replace("      essential: true  # it is alone\n", "").replace("\n", end)
    assert read(project) == {**before, "environments/dev.yaml": wanted.encode()}
    assert (status, out.splitlines()[0], "W703" in out) == (0, "fixed environments/dev.yaml", False)
    assert tell(capsys, "--fix") == [
        (code, "environments/dev.yaml:13" if code == "W701" else where) for code, where in FAULTS if code != "W703"
    ]


def test_fix_leaves_what_is_admitted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = DEV.replace("# it is alone", "# taskdef: ignore[W703] it is alone")
    write(project, {"environments/dev.yaml": text})
    assert main(["check", "--fix"]) == 0
    assert "fixed" not in capsys.readouterr().out
    assert (project / "environments/dev.yaml").read_text(encoding="utf-8") == text


def test_fix_writes_nothing_where_something_is_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"environments/prod.yaml": PROD.replace("memory", "memroy")})
    before = read(project)
    assert main(["check", "--fix"]) == 1
    assert "nothing was fixed, since there is an error" in capsys.readouterr().out
    assert read(project) == before


def test_fix_writes_nothing_where_lines_do_not_end_alike(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"environments/dev.yaml": DEV.replace("\n", "\r\n", 1)})
    before = read(project)
    assert main(["check", "--fix"]) == 0
    said = "nothing was fixed: the lines of environments/dev.yaml do not all end alike, or it changed just now"
    assert said in capsys.readouterr().out
    assert read(project) == before


def test_fix_writes_through_no_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "environments").rename(project / "elsewhere")
    (project / "environments").symlink_to("elsewhere")
    before = read(project)
    assert main(["check", "--fix"]) == 2
    said = "error: cannot write environments/dev.yaml: environments is a symbolic link\n"
    assert (capsys.readouterr().err, read(project)) == (said, before)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("words", [["dev"], ["--task", "web"]])
def test_fix_refuses_to_look_at_some_only(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fix", *words]) == 2
    assert capsys.readouterr().err == "error: `--fix` looks at all environments: give no ENV and no `--task`\n"


def test_fix_leaves_alone_what_two_environments_are_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = (
        '{"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1", '
        '"memory": 512, "dockerLabels": {"e": "{{ env }}"}}]}'
    )
    overlay = "patch:\n  cpu: 1024\n  containerDefinitions:\n    web:\n      dockerLabels: {e: prod}\n"
    write(tmp_path, {"templates/web.json.j2": template, "environments/prod.yaml": overlay})
    (tmp_path / "environments/staging.yaml").symlink_to("prod.yaml")
    monkeypatch.chdir(tmp_path)
    assert main(["render"]) == 0
    main(["check", "--fix"])
    assert "is not a file of its own" in capsys.readouterr().out
    assert (tmp_path / "environments/prod.yaml").read_text(encoding="utf-8") == overlay
    assert main(["check"]) == 0


@pytest.mark.parametrize(
    "lines",
    [
        "      # taskdef: ignore[W601] immutable\n      image: web:latest\n",
        "      image: web:latest  # taskdef: ignore[W601] immutable\n",
    ],
)
def test_fix_leaves_what_an_exception_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    template = '{"family": "web", "containerDefinitions": [{"name": "web", "image": "web:latest", "memory": 512}]}'
    overlay = f"patch:\n  containerDefinitions:\n    web:\n{lines}      memory: 700\n"
    write(tmp_path, {"templates/web.json.j2": template, "environments/dev.yaml": overlay})
    monkeypatch.chdir(tmp_path)
    assert main(["render"]) == 0
    assert main(["check", "--fix"]) == 0
    assert (tmp_path / "environments/dev.yaml").read_text(encoding="utf-8") == overlay


def test_environments_are_not_compared_where_what_is_built_later_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "templates/app.json.j2": '{"family": "app", "containerDefinitions": [{% include "_" ~ task ~ ".j2" %}]}',
        "templates/_app.j2": '{"name": "app", "image": "app:{{ tag }}", "memory": 128}',
        "templates/web.json.j2": "{% if %}",
        "environments/dev.yaml": "vars: {tag: v1, nobody: 1}\n",
        "environments/prod.yaml": "vars: {tag: v1}\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert ("E101" in told, "W70" in told) == (True, False)
