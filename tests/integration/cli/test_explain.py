"""The words of `taskdef explain`: what can be asked, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.cli import main

TEMPLATE = """\
{
  "family": "web-{{ env }}",
  "memory": "512",
  "containerDefinitions": [{"name": "web", "image": "web:{{ tag }}"}]
}
"""
FILES = {
    "templates/web.json.j2": TEMPLATE,
    "templates/bot.json.j2": TEMPLATE,
    "environments/prod.yaml": "vars: {tag: v1}\n",
    "environments/test.yaml": "vars: {tag: v1}\ntasks: {bot: null}\n",
    "environments/broken.yaml": "vars: {tag: v1\n",
    "environments/lost.yaml": "",
}
FAMILY = 'family = "web-prod"\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["explain", *words, "--color", "never"])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (("prod/web", "family"), 'family = "web-prod"'),
        (("test", "family"), 'family = "web-test"'),
        (("rendered/prod/web.json:2",), 'family = "web-prod"'),
        (("./rendered/prod/web.json:2:5",), 'family = "web-prod"'),
        (("rendered/prod/web.json", "family"), 'family = "web-prod"'),
        (("prod/web",), 'family = "web-prod" templates/web.json.j2:2:13'),
        (("prod/web", "containerDefinitions"), 'containerDefinitions[web].name = "web"'),
        (("--vars", "prod/web"), 'tag = "v1"'),
        (("rendered/prod/web.json", "--vars"), 'tag = "v1"'),
    ],
)
def test_question_is_answered(words: tuple[str, ...], head: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *words)

    assert (status, re.sub(" +", " ", out.split("\n")[0]), err) == (0, head, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("prod",), "`prod` has 2 tasks: name `prod/bot` or `prod/web`"),
        (("test/bot",), "`test` has no task `bot`: its overlay switches it off"),
        (("pord",), "there is no environment `pord`; did you mean `prod`? (there is `broken`, `lost`, `prod`, `test`)"),
        (("prod/wbe",), "there is no task `wbe`; did you mean `web`? (there is `bot`, `web`)"),
        (("prod/web", "famly"), "there is no `famly`; did you mean `family`?"),
        (("prod/web", "image"), "there is no `image` at the top; there is `containerDefinitions[web].image`"),
        (
            ("prod/web", "tag"),
            "there is no `tag` in the task definition, but a variable: `taskdef explain prod --vars` explains it",
        ),
        (("prod/web", "imag"), "there is no `imag`; did you mean `containerDefinitions[web].image`?"),
        (
            ("rendered/prod/wbe.json:2",),
            "`rendered/prod/wbe.json` is no artifact; did you mean `rendered/prod/web.json`?",
        ),
        (("other/prod/web.json:2",), "`other/prod/web.json` is no artifact; did you mean `rendered/prod/web.json`?"),
        (("rendered/prod/web.json:0",), "`rendered/prod/web.json` has no line 0: it has 10"),
        (("rendered/prod/web.json:99",), "`rendered/prod/web.json` has no line 99: it has 10"),
        (("rendered/prod/web.json:2", "family"), "a line of a file is explained alone: remove the other arguments"),
        (("--vars", "prod/web", "family"), "`--vars` explains all variables: remove the path"),
    ],
)
def test_question_is_refused(words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *words) == (2, "", f"error: {message}\n")


def test_line_that_comes_from_no_source_says_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rendered/prod").mkdir(parents=True)
    Path("rendered/prod/web.json").write_text('{\n  "family": "web-prod",\n  "cpu": "256"\n}\n', encoding="utf-8")

    assert run(capsys, "rendered/prod/web.json:3") == (
        2,
        "",
        "error: `cpu` is in `rendered/prod/web.json`, but no source sets it: run `taskdef render prod`\n",
    )


def test_overlay_that_cannot_be_read_gives_its_findings(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "broken/web")

    assert (status, err) == (1, "")
    assert out.startswith("environments/broken.yaml:1:7: error[E111]")
    assert out.endswith("1 error: nothing can be explained\n")


def test_variable_that_nobody_sets_gives_its_finding(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lost/web", "--format", "json")

    assert (status, [finding["code"] for finding in json.loads(out)["findings"]]) == (1, ["E102"])


def test_json_has_a_version_values_and_their_steps(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "prod/web", "containerDefinitions[web].image", "--format", "json")

    report = json.loads(out)
    assert (status, err) == (0, "")
    assert [report[name] for name in ("version", "command", "environment", "task", "artifact", "findings")] == [
        1,
        "explain",
        "prod",
        "web",
        "rendered/prod/web.json",
        [],
    ]
    value = report["values"][0]
    assert (value["path"], value["value"], value["gone"]) == ("containerDefinitions[web].image", "web:v1", False)
    assert value["location"] == {"file": "templates/web.json.j2", "line": 4, "column": 53}
    assert [step["kind"] for step in value["steps"]] == ["template"]
    assert [step["name"] for step in value["steps"][0]["steps"]] == ["tag"]
