"""Words and options: wrong ones are refused, and what goes for every command."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import generator
from generator.cli.groups import COMMANDS
from generator.cli.pointers import MEANT
from tests.integration.cli.process import ROOT, Done, Project


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("render", "prd"), "there is no environment `prd`; did you mean `prod`? (there is `dev`, `prod`)"),
        (("check", "x"), "there is no environment `x` (there is `dev`, `prod`)"),
        (("render", "app"), "`app` names a task: write `--task app`"),
        (("render", "prod", "app"), "`app` names a task: write `--task app`"),
        (("check", "prod/app"), "`prod/app` names a task: write `prod --task app`"),
        (("render", "--task", "ap"), "there is no task `ap`; did you mean `app`? (there is `app`)"),
        (("render", "_common"), "`_common` can only be extended: a name that begins with `_` is abstract"),
        (("render", "../dev"), "there is no environment `../dev`; did you mean `dev`? (there is `dev`, `prod`)"),
        (
            ("render", "--set", "image=x"),
            "`--set` needs `--stdout` or `--output-dir`: committed artifacts come from files only",
        ),
        (("render", "--stdout", "--output-dir", "x"), "`--stdout` and `--output-dir` exclude each other"),
        (
            ("render", "--stdout", "--exit-code"),
            "`--exit-code` is about the committed files: not with `--stdout` or `--output-dir`",
        ),
        (("render", "--stdout", "--set", "imge=x"), "no template uses `imge`; did you mean `image`?"),
        (("render", "--stdout", "--set", "env=x"), "`--set env`: this is a reserved name"),
        (
            ("render", "--output-dir", "rendered/x"),
            "`--output-dir rendered/x` lies in the project's own folder `rendered`",
        ),
        (
            ("render", "--output-dir", "environments"),
            "`--output-dir environments` lies in the project's own folder `environments`",
        ),
    ],
)
def test_words_that_do_not_fit_are_refused_in_one_line(project: Project, words: tuple[str, ...], message: str) -> None:
    project.write({"environments/_common.yaml": "", "environments/dev.yaml": "extends: _common\nvars: {image: dev}\n"})
    assert project.run(*words) == Done(2, "", f"error: {message}\n")
    assert not (project.folder / "rendered").exists()


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ((), "taskdef"),
        (("rendr",), "taskdef"),
        (("render", "--nope"), "taskdef render"),
        (("render", "--list", "--stdout"), "taskdef render"),
        (("check", "-q", "-v"), "taskdef check"),
        (("check", "--format", "xml"), "taskdef check"),
    ],
)
def test_wrong_options_are_refused_with_the_way_to_the_help(
    project: Project, words: tuple[str, ...], command: str
) -> None:
    done = project.run(*words)
    first, second = done.err.splitlines()
    assert (done.status, done.out, first[:7], second) == (
        2,
        "",
        "error: ",
        f"  help: `{command} --help` lists what it takes",
    )
    assert (first[7].islower() or first[7] == "-", first[-1] != ".") == (True, True)


def test_a_misspelt_command_is_answered_with_a_near_one(project: Project) -> None:
    assert project.run("rendr").err.splitlines()[0] == "error: no such command 'rendr'. Did you mean 'render'?"


POINTED = {
    (
        "validate",
    ): "`taskdef check` finds what ECS refuses and what is not up to date; `taskdef lint FILE` looks at one file",
    ("Apply", "prod"): "`taskdef deploy ENV` registers what is committed and updates the service",
    ("version",): "`taskdef --version` shows the version",
    ("show", "prod", "1"): "write `taskdef show prod:1`",
    ("show", "prod", "live"): "write `taskdef show prod:live`",
    ("rollback", "prod", "v1"): "write `taskdef rollback prod --to v1`",
    ("show", "prod", "v1"): "`taskdef show --help` lists what it takes",
    ("show", "prod:1", "2"): "`taskdef show --help` lists what it takes",
    ("show", "prod", "1", "2"): "`taskdef show --help` lists what it takes",
    ("diff", "dev", "prod", "1"): "`taskdef diff --help` lists what it takes",
}


@pytest.mark.parametrize(("words", "pointer"), POINTED.items())
def test_words_of_other_tools_and_revisions_in_other_places_are_pointed_on(
    project: Project, words: tuple[str, ...], pointer: str
) -> None:
    done = project.run(*words)
    assert (done.status, done.out, done.err.splitlines()[1]) == (2, "", f"  help: {pointer}")


def test_every_pointer_names_commands_that_there_are() -> None:
    names = {name for pointer in MEANT.values() for name in re.findall(r"`taskdef ([a-z]+)", pointer)}
    assert names <= COMMANDS.keys()
    assert MEANT.keys().isdisjoint(COMMANDS)


@pytest.mark.parametrize(
    "words",
    [("render", "--format", "json", "x"), ("--format=json", "render", "x"), ("check", "--format", "json", "--nope")],
)
def test_wrong_usage_speaks_json_if_asked_to(project: Project, words: tuple[str, ...]) -> None:
    done = project.run(*words)
    said = json.loads(done.out)
    assert (done.status, done.err, said["version"], said["error"]["status"]) == (2, "", 1, 2)


def test_options_may_stand_before_the_command(rendered: Project, tmp_path: Path) -> None:
    outside = Project(tmp_path.parent)
    name = str(rendered.folder)
    assert outside.run("--project", name, "check").out == "2 artifacts compared, all up to date\n"
    assert outside.run("--project", "/nowhere", "check", "--project", name).status == 0
    assert outside.run("-q", "check", "--project", name) == Done(0, "", "")
    assert json.loads(outside.run("--format", "json", "--project", name, "check").out)["command"] == "check"


def test_quiet_silences_all_but_errors(project: Project) -> None:
    project.write({"rendered/notes.txt": ""})
    assert project.run("render", "-q") == Done(0, "", "")
    project.write({"environments/dev.yml": ""})
    done = project.run("render", "--quiet")
    assert (done.status, done.out, done.err.splitlines()[0].split(":")[3]) == (1, "", " error[E127]")


def test_version_and_help_are_for_stdout(project: Project) -> None:
    assert project.run("--version") == Done(0, f"taskdef {generator.__version__}\n", "")
    for words in ("--help",), ("-h",), ("render", "--help"), ("check", "-h"):
        done = project.run(*words)
        assert (done.status, done.out[:14], done.err) == (0, "Usage: taskdef", "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("taskdef render ", ["dev", "prod"]),
        ("taskdef check d", ["dev"]),
        ("taskdef render --task ", ["app"]),
        ("taskdef render --project nowhere ", []),
        ("taskdef --project sub check ", ["eu"]),
        ("taskdef check --project sub ", ["eu"]),
        ("taskdef re", ["register", "render", "revisions"]),
    ],
)
def test_the_shell_is_told_what_could_follow(project: Project, line: str, offered: list[str]) -> None:
    project.write({"environments/_common.yaml": "", "sub/templates/app.json.j2": "", "sub/environments/eu.yaml": ""})
    asked = {"_TASKDEF_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = project.run(env=os.environ | {"PYTHONPATH": str(ROOT)} | asked)
    assert [word.removeprefix("plain,") for word in done.out.split()] == offered
