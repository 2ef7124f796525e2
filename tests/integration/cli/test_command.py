"""The command as people and machines meet it: a real process, its streams, its files and its exit status."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import generator
from tests.support import answer_interrupts

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "generator")

FILES = {
    "templates/app.json.j2": '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": '
    '[{"name": "app", "image": "app:{{ image }}"}]}\n',
    "environments/dev.yaml": "vars: {image: dev}\n",
    "environments/prod.yaml": "vars:\n  image: v1\n",
}

HEAVY = (
    '{"family": "a{% for i in range(90000) %}{% if i < 0 %}x{% endif %}{% endfor %}", "memory": "512", '
    '"containerDefinitions": [{"name": "app", "image": "app:v1"}]}\n'
)


class Done(NamedTuple):
    """What a process left."""

    status: int
    out: str
    err: str


class Project(NamedTuple):
    """A folder with a project, and ways to run the command in it."""

    folder: Path

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def read(self) -> dict[str, str]:
        """Everything under `rendered`, hidden files too."""
        paths = sorted(path for path in (self.folder / "rendered").rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    def start(self, *words: str, **options: object) -> subprocess.Popen[bytes]:
        """Start the command, with Ctrl-C answered even where the test run itself was put into the background."""
        given: dict[str, object] = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "preexec_fn": answer_interrupts,
        }
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        given |= {"cwd": self.folder, "env": environment} | options
        return subprocess.Popen([*COMMAND, *words], **given)  # type: ignore[call-overload, no-any-return]  # as given

    def pipe(self, data: bytes, *words: str) -> Done:
        """Run the command with something on its stdin."""
        with self.start(*words, stdin=subprocess.PIPE) as process:
            out, err = process.communicate(data, timeout=60)
        return Done(process.returncode, out.decode(), err.decode())

    def run(self, *words: str, **options: object) -> Done:
        with self.start(*words, **options) as process:
            out, err = process.communicate(timeout=60)
        return Done(process.returncode, (out or b"").decode(), (err or b"").decode())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(FILES)
    return made


@pytest.fixture
def rendered(project: Project) -> Project:
    """The project with its artifacts."""
    assert project.run("render").status == 0
    return project


@pytest.fixture
def heavy(tmp_path: Path) -> Project:
    """A project that takes some seconds to render."""
    made = Project(tmp_path / "heavy")
    made.write({"templates/app.json.j2": HEAVY})
    made.write({f"environments/env{number:03}.yaml": "vars: {}\n" for number in range(400)})
    return made


DEV = """\
{
  "family": "app-dev",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:dev"
    }
  ],
  "memory": "512"
}
"""

PROD = DEV.replace("app-dev", "app-prod").replace("app:dev", "app:v1")


# Rendering.


def test_render_writes_what_changed_and_says_so(project: Project) -> None:
    said = "wrote rendered/dev/app.json\nwrote rendered/prod/app.json\n"
    assert project.run("render") == Done(0, said, "")
    assert project.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}
    assert project.run("render") == Done(0, said.replace("wrote", "unchanged"), "")
    project.write({"environments/prod.yaml": "vars: {image: v2}\n"})
    assert project.run("render").out == "unchanged rendered/dev/app.json\nwrote rendered/prod/app.json\n"


def test_render_of_one_environment_leaves_all_others(rendered: Project) -> None:
    rendered.write({"rendered/prod/app.json": "mine", "rendered/old/app.json": "{}"})
    assert rendered.run("render", "dev", "dev") == Done(0, "unchanged rendered/dev/app.json\n", "")
    assert rendered.run("render", "--task", "app", "dev").out == "unchanged rendered/dev/app.json\n"
    assert sorted(rendered.read()) == ["rendered/dev/app.json", "rendered/old/app.json", "rendered/prod/app.json"]


def test_render_of_everything_deletes_what_no_task_produces(rendered: Project) -> None:
    rendered.write({"rendered/old/app.json": DEV, "rendered/dev/web.json": PROD})
    assert rendered.run("render").out.splitlines()[2:] == [
        "deleted rendered/dev/web.json (no task produces it)",
        "deleted rendered/old/app.json (no task produces it)",
    ]
    assert sorted(path.name for path in (rendered.folder / "rendered").iterdir()) == ["dev", "prod"]


def test_a_file_that_was_not_written_by_us_is_left_and_told(rendered: Project) -> None:
    others = {
        "rendered/dev/package.json": '{\n  "name": "web"\n}\n',  # the format of artifacts, and no task definition
        "rendered/dev/compact.json": DEV.replace(" ", ""),
        "rendered/old/edited.json": DEV.replace('"memory": "512"', '"memory": 512'),
    }
    rendered.write(others)
    why = "(no task produces it, and it is not as taskdef writes files)"
    assert rendered.run("render", "--exit-code") == Done(
        0,
        "unchanged rendered/dev/app.json\nunchanged rendered/prod/app.json\n"
        + "".join(f"left {path} {why}\n" for path in sorted(others)),
        "",
    )
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD, **others}
    done = rendered.run("check")
    assert (done.status, done.out.count("help: delete it: ")) == (1, 3)
    assert done.out.splitlines()[-1] == "2 artifacts compared, 3 extra"


def leave_behind(project: Project, path: str, *, hours: float) -> None:
    """Lay down a file as a run leaves it that was killed some hours ago."""
    project.write({path: "{}"})
    then = time.time() - hours * 3600
    os.utime(project.folder / path, (then, then))


def test_what_a_killed_run_left_behind_is_reported_and_removed_by_the_next(rendered: Project) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    mark = f"taskdef.{int(ended.stdout)}"
    names = {
        f"rendered/dev/.app.json.{mark}.0.tmp": 2.0,
        f"environments/.dev.yaml.{mark}.1.tmp": 2.0,
        f"rendered/dev/.web.json.{mark}.0.tmp": 0.5,
        f"rendered/dev/.app.json.taskdef.{os.getpid()}.0.tmp": 2.0,  # a process that runs
        f"rendered/dev/.app.json.{mark}.0.bak": 2.0,
        "rendered/dev/.app.json.tmp": 2.0,
    }
    for name, hours in names.items():
        leave_behind(rendered, name, hours=hours)
    left = list(names)[:2]
    done = rendered.run("check")
    said = [line for line in done.out.splitlines() if "W805" in line]
    assert said == [
        f"{name}:1:1: warning[W805]: `{name}` was left behind by a run that was killed" for name in sorted(left)
    ]
    assert done.status == 0
    lines = rendered.run("render").out.splitlines()
    assert lines[:2] == [f"removed {name} (left behind by a run that was killed)" for name in sorted(left)]
    there = {name for name in names if (rendered.folder / name).exists()}
    assert there == set(names) - set(left)
    assert "W805" not in rendered.run("check").out


def test_an_output_folder_is_cleared_of_what_a_killed_run_left_there(project: Project) -> None:
    left = "out/dev/.app.json.taskdef.4194305.0.tmp"  # no process of Linux has this number
    leave_behind(project, left, hours=2)
    assert project.run("render", "dev", "--output-dir", "out").out.splitlines() == [
        "removed out/dev/.app.json.taskdef.4194305.0.tmp (left behind by a run that was killed)",
        "wrote out/dev/app.json",
    ]
    assert [path.name for path in (project.folder / "out/dev").iterdir()] == ["app.json"]


STRAY = """\
rendered/dev/notes.txt:1:1: warning[W805]: `rendered/dev/notes.txt` is no artifact, and nothing else belongs under `rendered`
  help: move it out of `rendered`, or delete it
"""


def test_exit_code_tells_a_hook_that_something_was_written_or_deleted(project: Project) -> None:
    assert project.run("render", "--exit-code").status == 1
    assert project.run("render", "--exit-code").status == 0
    (project.folder / "environments" / "dev.yaml").unlink()
    assert project.run("render", "--exit-code").status == 1
    assert project.run("render", "--exit-code").status == 0


def test_a_stray_file_is_reported_and_never_deleted(rendered: Project) -> None:
    rendered.write({"rendered/dev/notes.txt": "mine"})
    done = rendered.run("render")
    assert (done.status, done.err) == (0, STRAY + "1 warning\n")
    assert rendered.run("check") == Done(0, STRAY + "2 artifacts compared, all as the sources say\n", "")
    assert rendered.read()["rendered/dev/notes.txt"] == "mine"


def test_strict_lets_a_warning_fail_and_writes_nothing(project: Project) -> None:
    project.write({"rendered/dev/notes.txt": "mine"})
    done = project.run("render", "--strict")
    assert done == Done(1, "", STRAY + "1 warning, and `--strict` was given: nothing was written\n")
    assert project.read() == {"rendered/dev/notes.txt": "mine"}
    assert project.run("check", "--strict").status == 1


def test_an_error_in_one_environment_keeps_all_from_being_written(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: {image: new}\n", "environments/prod.yaml": "vars: {}\n"})
    rendered.write({"rendered/old/app.json": "{}"})
    done = rendered.run("render")
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines()[-1] == "1 error: nothing was written"
    assert [line.partition("`")[0] for line in done.err.splitlines() if "error[" in line] == [
        "templates/app.json.j2:1:104: error[E102]: "
    ]
    assert rendered.read() == {
        "rendered/dev/app.json": DEV,
        "rendered/old/app.json": "{}",
        "rendered/prod/app.json": PROD,
    }


def test_an_error_leaves_the_folder_unmade(project: Project) -> None:
    project.write({"environments/dev.yml": ""})
    assert project.run("render").status == 1
    assert not (project.folder / "rendered").exists()


def test_list_names_what_there_is_and_renders_nothing(project: Project) -> None:
    project.write({"templates/web.json.j2": "{{ never rendered", "environments/prod.yaml": "tasks: {web: null}\n"})
    said = "dev/app   rendered/dev/app.json\ndev/web   rendered/dev/web.json\nprod/app  rendered/prod/app.json\n"
    assert project.run("render", "--list") == Done(0, said, "")
    assert project.run("render", "--list", "--task", "web").out == "dev/web  rendered/dev/web.json\n"
    assert not (project.folder / "rendered").exists()


def test_stdout_has_one_artifact_as_it_is_and_several_by_name(project: Project) -> None:
    assert project.run("render", "--stdout", "dev") == Done(0, DEV, "")
    done = project.run("render", "--stdout")
    assert json.loads(done.out) == {"dev/app": json.loads(DEV), "prod/app": json.loads(PROD)}
    assert done.out.startswith('{\n  "dev/app": {\n    "family": "app-dev",\n')
    assert not (project.folder / "rendered").exists()


def test_a_product_on_stdout_stays_alone(project: Project) -> None:
    done = project.run("render", "--stdout", "dev", "--format", "json")
    assert (done.out, json.loads(done.err)["summary"]["status"]) == (DEV, 0)
    project.write({"environments/dev.yaml": "vars: {}\n"})
    done = project.run("render", "--stdout", "dev")
    assert (done.status, done.out, "E102" in done.err) == (1, "", True)


def test_output_dir_gets_the_artifacts_and_the_project_none(rendered: Project, tmp_path: Path) -> None:
    said = "wrote out/dev/app.json\nwrote out/prod/app.json\n"
    assert rendered.run("render", "--output-dir", "out", "--set", "image=7") == Done(0, said, "")
    assert '"image": "app:7"' in (tmp_path / "out" / "dev" / "app.json").read_text(encoding="utf-8")
    assert rendered.run("render", "--output-dir", "out/", "dev").out == "wrote out/dev/app.json\n"
    assert rendered.run("render", "--output-dir", "out", "dev").out == "unchanged out/dev/app.json\n"
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}


def test_a_task_that_is_switched_off_is_not_rendered_in_silence(project: Project) -> None:
    project.write({"environments/dev.yaml": "tasks: {app: null}\n"})
    said = "error[E132]: nothing to render: every task is switched off in `dev`\n1 error: nothing was written\n"
    assert project.run("render", "dev") == Done(1, "", said)
    said = "error[E806]: nothing was compared: every task that was asked for is switched off\n0 artifacts compared\n"
    assert project.run("check", "dev") == Done(1, said, "")


# Checking.


def test_check_states_what_it_compared(rendered: Project) -> None:
    assert rendered.run("check") == Done(0, "2 artifacts compared, all as the sources say\n", "")
    assert rendered.run("check", "dev") == Done(0, "1 artifact compared, as the sources say\n", "")


@pytest.mark.parametrize(
    ("files", "gone", "code", "summary"),
    [
        (
            {"environments/prod.yaml": "vars:\n  image: v2\n"},
            "",
            "environments/prod.yaml:2:10: error[E801]",
            "2 artifacts compared, 1 differs; run `taskdef render prod`",
        ),
        (
            {"rendered/prod/app.json": PROD.replace(" ", "")},
            "",
            "rendered/prod/app.json:1:1: error[E802]",
            "2 artifacts compared, 1 differs; run `taskdef render prod`",
        ),
        ({}, "rendered/dev/app.json", "error[E803]", "1 artifact compared, 1 missing; run `taskdef render dev`"),
        (
            {"rendered/old/app.json": DEV},
            "",
            "error[E804]",
            "2 artifacts compared, 1 extra; run `taskdef render`",
        ),
        (
            {"rendered/dev/app.json": "[]"},
            "",
            "rendered/dev/app.json:1:1: error[E807]",
            "2 artifacts compared, 1 differs; run `taskdef render dev`",
        ),
    ],
    ids=["differs", "formatting", "missing", "extra", "unreadable"],
)
def test_check_finds_what_is_not_as_the_sources_say_and_render_mends_it(
    rendered: Project, files: dict[str, str], gone: str, code: str, summary: str
) -> None:
    rendered.write(files)
    if gone:
        (rendered.folder / gone).unlink()
    before = rendered.read()
    done = rendered.run("check")
    lines = done.out.splitlines()
    assert (done.status, lines[0].partition(": `")[0], lines[-1], done.err) == (1, code, summary, "")
    assert rendered.read() == before
    assert rendered.run("render").status == 0
    assert rendered.run("check").status == 0


def test_check_of_one_environment_sees_its_own_extras(rendered: Project) -> None:
    rendered.write({"rendered/old/app.json": DEV})
    assert rendered.run("check", "dev").status == 0
    rendered.write({"rendered/dev/old.json": DEV})
    assert rendered.run("check", "dev") == Done(
        1,
        "error[E804]: `rendered/dev/old.json` is produced by no task of no environment\n"
        "  help: run `taskdef render`, which deletes it\n"
        "1 artifact compared, 1 extra; run `taskdef render`\n",
        "",
    )
    assert rendered.run("check", "dev", "--task", "app").status == 0


def test_check_goes_on_where_one_environment_is_broken(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: [\n", "environments/prod.yaml": "vars: {image: v2}\n"})
    done = rendered.run("check")
    assert done.out.splitlines()[-1] == "1 artifact compared, 1 differs; 1 error in the sources"
    assert ("E804" in done.out, "E801" in done.out, done.status) == (False, True, 1)


def test_check_is_annotated_from_where_it_runs(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars: {image: v2}\n"})
    done = rendered.run("check", "--format", "github", "--project", rendered.folder.name, cwd=rendered.folder.parent)
    name = rendered.folder.name
    assert done.out.startswith(f"::error file={name}/environments/prod.yaml,line=1,col=15,title=E801::")
    assert done.out.splitlines()[-1].endswith(f"; run `taskdef render --project {name} prod`")


def test_the_json_report_says_what_became_of_each_artifact(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars: {image: v2}\n", "rendered/old/app.json": DEV})
    checked, written = (json.loads(rendered.run(word, "--format=json").out) for word in ("check", "render"))
    assert [(each["path"], each["action"]) for each in checked["artifacts"]] == [
        ("rendered/dev/app.json", "same"),
        ("rendered/prod/app.json", "differs"),
        ("rendered/old/app.json", "extra"),
    ]
    assert [(each["path"], each["action"]) for each in written["artifacts"]] == [
        ("rendered/dev/app.json", "unchanged"),
        ("rendered/prod/app.json", "wrote"),
        ("rendered/old/app.json", "deleted"),
    ]


# Words.


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("render", "prd"), "there is no environment `prd`; did you mean `prod`? (there is `dev`, `prod`)"),
        (("check", "x"), "there is no environment `x` (there is `dev`, `prod`)"),
        (("render", "--task", "ap"), "there is no task `ap`; did you mean `app`? (there is `app`)"),
        (("render", "_common"), "`_common` can only be extended: a name that begins with `_` is abstract"),
        (("render", "../dev"), "there is no environment `../dev`; did you mean `dev`? (there is `dev`, `prod`)"),
        (
            ("render", "--set", "image=x"),
            "`--set` needs `--stdout` or `--output-dir`: what is committed comes from files alone",
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
        f"  help: `{command} --help` tells what there is",
    )
    assert (first[7].islower() or first[7] == "-", first[-1] != ".") == (True, True)


def test_a_misspelt_command_is_answered_with_a_near_one(project: Project) -> None:
    assert project.run("rendr").err.splitlines()[0] == "error: no such command 'rendr'. Did you mean 'render'?"


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
    assert outside.run("--project", name, "check").out == "2 artifacts compared, all as the sources say\n"
    assert outside.run("--project", "/nowhere", "check", "--project", name).status == 0
    assert outside.run("-q", "check", "--project", name) == Done(0, "", "")
    assert json.loads(outside.run("--format", "json", "--project", name, "check").out)["command"] == "check"


def test_quiet_silences_all_but_errors(project: Project) -> None:
    project.write({"rendered/notes.txt": ""})
    assert project.run("render", "-q") == Done(0, "", "")
    project.write({"environments/dev.yml": ""})
    done = project.run("render", "--quiet")
    assert (done.status, done.out, done.err.splitlines()[0].split(":")[3]) == (1, "", " error[E127]")


@pytest.mark.parametrize(
    ("words", "environment", "colored"),
    [
        (("--color", "always"), {}, True),
        ((), {}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals_or_on_demand(
    project: Project, words: tuple[str, ...], environment: dict[str, str], colored: bool
) -> None:
    project.write({"environments/dev.yml": ""})
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    assert ("\x1b[1;31merror[E127]\x1b[0m" in project.run("check", *words, env=given).out) is colored


@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colour_unless_it_does_not_want_it(
    project: Project, environment: dict[str, str], colored: bool
) -> None:
    project.write({"environments/dev.yml": ""})
    given = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    given |= {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | environment
    said = run_on_terminal(project, "check", stream="stdout", env=given)
    assert ("\x1b[1;31merror[E127]\x1b[0m" in said) is colored


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


# Accidents.


def interrupt_at_import(folder: Path) -> dict[str, str]:
    """An environment in which loading click takes long enough for somebody to press Ctrl-C."""
    (folder / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    return os.environ | {"PYTHONPATH": f"{folder}:{ROOT}"}


def test_an_interrupt_while_loading_is_one_line(project: Project, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    assert project.run("render", env=interrupt_at_import(tmp_path / "path")) == Done(130, "", "interrupted\n")


def test_an_interrupt_while_rendering_is_one_line_and_changes_nothing(heavy: Project) -> None:
    with heavy.start("render") as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert Done(process.returncode, out.decode(), err.decode()) == Done(130, "", "interrupted\n")
    assert not (heavy.folder / "rendered").exists()


@pytest.mark.parametrize(
    "words", [("render",), ("check",), ("render", "--stdout"), ("--help",), ("check", "--format", "json")]
)
def test_a_closed_pipe_ends_the_command_silently(rendered: Project, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert rendered.run(*words, stdout=writing) == Done(141, "", "")
    finally:
        os.close(writing)


@pytest.mark.parametrize("words", [("check",), ("--help",), ("render", "--stdout")])
def test_a_full_disk_behind_stdout_is_one_line(rendered: Project, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = rendered.run(*words, stdout=full)
    assert done == Done(2, "", "error: cannot write to stdout: no space left on device\n")


def test_a_full_disk_changes_no_file_and_leaves_none_behind(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: {image: new}\n", "environments/prod.yaml": "vars: {image: new}\n"})

    def limit_files() -> None:
        answer_interrupts()
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    done = rendered.run("render", preexec_fn=limit_files)
    assert done == Done(2, "", "error: cannot write rendered/dev/app.json: file too large\n")
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b"vars:\n  image: \xff\n"), "not UTF-8: byte 0xff in line 2"),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: path.symlink_to("nowhere"), "a symbolic link to nothing"),
        (lambda path: path.symlink_to("/etc/hostname"), "a symbolic link that leads out of the project"),
        (lambda path: path.write_bytes(b"#" * 2_000_000), "larger than 1 MiB"),
    ],
    ids=["not UTF-8", "a folder", "a dangling link", "a link outside", "too large"],
)
@pytest.mark.parametrize("command", ["render", "check"])
def test_an_overlay_that_cannot_be_read_is_one_line(
    project: Project, command: str, spoil: Callable[[Path], object], message: str
) -> None:
    spoil(project.folder / "environments" / "test.yaml")
    assert project.run(command) == Done(2, "", f"error: environments/test.yaml: {message}\n")


def test_a_link_under_rendered_is_a_finding_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project.folder / "rendered").symlink_to(tmp_path / "elsewhere")
    done = project.run("render")
    assert (done.status, done.err.splitlines()[0]) == (
        1,
        "error[E808]: `rendered` is a symbolic link, and nothing under `rendered` may be one",
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_output_folder_that_cannot_be_made_is_one_line(project: Project) -> None:
    project.write({"out": "a file"})
    done = project.run("render", "--output-dir", "out")
    assert done == Done(2, "", "error: cannot write out/dev/app.json: not a directory\n")


def test_two_runs_at_once_leave_whole_files(heavy: Project) -> None:
    for number in range(5, 400):
        (heavy.folder / f"environments/env{number:03}.yaml").unlink()
    heavy.write({"templates/web.json.j2": FILES["templates/app.json.j2"].replace("{{ image }}", "v1")})
    expected = heavy.run("render").out.replace("wrote", "unchanged")
    before = heavy.read()
    for path in before:
        (heavy.folder / path).unlink()
    processes = [heavy.start("render") for _ in range(6)]
    ended = [Done(process.wait(60), *(text.decode() for text in process.communicate())) for process in processes]
    assert [(done.status, done.err) for done in ended] == [(0, "")] * 6
    assert {done.out.replace("wrote", "unchanged") for done in ended} == {expected}
    assert heavy.read() == before


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_artifacts_have_the_same_mode_whatever_the_umask(project: Project, umask: int) -> None:
    project.run("render", umask=umask)
    assert stat.S_IMODE((project.folder / "rendered/dev/app.json").stat().st_mode) == 0o644


def test_the_folder_and_the_locale_decide_nothing(project: Project, tmp_path: Path) -> None:
    labels = "patch: {containerDefinitions: {app: {dockerLabels: {名: 密碼}}}}"
    project.write({"environments/dev.yaml": f"vars: {{image: dev}}\n{labels}\n"})
    given = {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Taipei"}
    done = Project(tmp_path / "templates").run("render", "--stdout", "dev", "--project", "..", env=given)
    labelled = DEV.replace('app:dev"\n', 'app:dev",\n      "dockerLabels": {\n        "名": "密碼"\n      }\n')
    assert done == Done(0, labelled, "")


def test_a_bug_says_that_it_is_one(project: Project, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "deepmerge.py").write_text("raise RuntimeError('boom')\n", encoding="utf-8")
    done = project.run("render", env=os.environ | {"PYTHONPATH": f"{tmp_path}/path:{ROOT}"})
    lines = done.err.splitlines()
    assert (done.status, done.out, lines[0], lines[2], lines[-1]) == (
        3,
        "",
        "this is a bug in taskdef, not in your files; please report all of the following",
        "Traceback (most recent call last):",
        "RuntimeError: boom",
    )
    assert lines[1].startswith(f"taskdef {generator.__version__}, Python 3.")


@pytest.mark.parametrize("words", [("render", "--stdout"), ("matrix",)])
def test_a_product_for_a_closed_stdout_is_refused(project: Project, words: tuple[str, ...]) -> None:
    done = project.run(*words, stdout=None, preexec_fn=lambda: os.close(1))
    assert done == Done(2, "", "error: cannot write to stdout: it is closed\n")


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("", "`--output-dir` is empty: name a folder, `.` for this one"),
        (".git/hooks", "`--output-dir .git/hooks` lies in `.git`, which belongs to git"),
        ("a/.GIT", "`--output-dir a/.GIT` lies in `.git`, which belongs to git"),
        ("link/hooks", "`--output-dir link/hooks` lies in `.git`, which belongs to git"),
    ],
)
def test_an_output_folder_that_is_empty_or_of_git_is_refused(project: Project, folder: str, why: str) -> None:
    (project.folder / ".git").mkdir()
    (project.folder / "link").symlink_to(".git")
    assert project.run("render", "--output-dir", folder) == Done(2, "", f"error: {why}\n")
    assert list((project.folder / ".git").iterdir()) == []


def test_a_stream_that_is_missing_is_no_bug(project: Project) -> None:
    def close_streams() -> None:
        os.close(1)
        os.close(2)

    assert project.run("render", stdout=None, stderr=None, preexec_fn=close_streams).status == 0
    assert sorted(project.read()) == ["rendered/dev/app.json", "rendered/prod/app.json"]


# Terminals.


def run_on_terminal(project: Project, *words: str, stream: str, **options: object) -> str:
    """Run the command with one stream on a terminal, and give what came there."""
    ours, theirs = pty.openpty()
    with project.start(*words, **{stream: theirs}, **options) as process:
        os.close(theirs)
        said = b""
        while chunk := read_terminal(ours):
            said += chunk
        process.communicate()
    os.close(ours)
    return said.decode()


def read_terminal(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # Linux's way to say that the other end is closed
        return b""


def test_a_long_run_shows_progress_on_a_terminal_and_removes_it(heavy: Project) -> None:
    said = run_on_terminal(heavy, "render", stream="stderr")
    head, *rest, tail = said.split("\r\x1b[K")
    assert (head, tail) == ("", "")
    assert rest[-1].endswith("artifacts through, rendered/env399/app.json")


def test_a_short_or_quiet_run_shows_none(project: Project, heavy: Project) -> None:
    assert run_on_terminal(project, "render", stream="stderr") == ""
    assert run_on_terminal(heavy, "check", "-q", stream="stderr") == ""


def test_a_long_run_without_a_terminal_is_silent(heavy: Project) -> None:
    assert heavy.run("render", "--stdout").err == ""


# Linting.

RIGHT = (
    '{"family": "web", "requiresCompatibilities": ["EC2"], '
    '"containerDefinitions": [{"name": "web", "image": "i:1", "memory": 128}]}\n'
)
WRONG = RIGHT.replace('"web", "req', '"w.b", "req')
MESSAGE = (
    "error[E424]: `family` is `w.b`, and ECS takes letters, digits, `-` and `_` only\n"
    f"  1 | {WRONG}    |            ^^^^^\n"
)
DESCRIBED = f'{{"taskDefinition": {RIGHT.rstrip()}}}\n'
FIXED = json.dumps(
    {
        "family": "web",
        "containerDefinitions": [{"name": "web", "image": "i:1", "memory": 128}],
        "requiresCompatibilities": ["EC2"],
    },
    indent=2,
)


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """A folder with nothing of a project, and one task definition."""
    made = Project(tmp_path)
    made.write({"web.json": RIGHT})
    return made


def test_lint_needs_no_project_and_says_how_much_it_looked_at(folder: Project) -> None:
    assert folder.run("lint", "web.json") == Done(0, "1 file linted, nothing found\n", "")
    folder.write({"ecs/wrong.json": WRONG})
    done = folder.run("lint", "web.json", "ecs/wrong.json")
    assert done == Done(1, f"ecs/wrong.json:1:12: {MESSAGE}2 files linted, 1 error\n", "")


def test_lint_reads_a_byte_order_mark_and_foreign_line_ends(folder: Project) -> None:
    (folder.folder / "web.json").write_bytes(b"\xef\xbb\xbf" + WRONG.replace(", ", ",\r\n").encode())
    assert folder.run("lint", "web.json").out.startswith("web.json:1:12: error[E424]: ")
    (folder.folder / "web.json").write_bytes(b"\xef\xbb\xbf" + RIGHT.replace(", ", ",\r\n").encode())
    assert folder.run("lint", "web.json").status == 0


def test_lint_looks_for_task_definitions_in_folders_and_where_a_pattern_matches(folder: Project) -> None:
    folder.write({"a/b/wrong.json": WRONG, "a/package.json": '{"name": "a"}', "a/notes.txt": "", "a/.git/x.json": "{"})
    said = f"a/b/wrong.json:1:12: {MESSAGE}"
    assert folder.run("lint", "a") == Done(1, f"{said}1 file linted, 1 error, 1 other file left out\n", "")
    assert folder.run("lint", "**/*.json").out == f"{said}2 files linted, 1 error, 1 other file left out\n"
    assert folder.run("lint", ".", "web.json", "a/b/").out == f"{said}2 files linted, 1 error, 1 other file left out\n"
    assert folder.run("lint", "-v", "a").out.splitlines()[0] == (
        "left out a/package.json: no task definition to all appearance"
    )
    assert folder.run("lint", "a/package.json").status == 1


def test_lint_reads_stdin(folder: Project) -> None:
    done = folder.pipe(WRONG.encode(), "lint", "-", "web.json", "-")
    assert done == Done(1, f"<stdin>:1:12: {MESSAGE}2 files linted, 1 error\n", "")


@pytest.mark.parametrize(
    ("word", "data", "said"),
    [
        ("none.json", None, "none.json: no such file or directory"),
        ("n*.json", None, "n*.json: no file matches"),
        ("empty", None, "empty: no `*.json` below this folder"),
        ("latin.json", b'{"family": "w\xe9b"}', "latin.json: not UTF-8: byte 0xe9 in line 1"),
        ("shell.json", RIGHT.encode("utf-16"), "shell.json: not UTF-8: byte 0xff in line 1"),
    ],
)
def test_lint_goes_on_where_a_file_cannot_be_read(folder: Project, word: str, data: bytes | None, said: str) -> None:
    (folder.folder / "empty").mkdir()
    if data is not None:
        (folder.folder / word).write_bytes(data)
    folder.write({"wrong.json": WRONG})
    done = folder.run("lint", word, "wrong.json")
    out = f"wrong.json:1:12: {MESSAGE}1 file linted, 1 error, 1 could not be read or written\n"
    assert done == Done(2, out, f"error: {said}\n")
    report = json.loads(folder.run("lint", word, "wrong.json", "--format", "json").out)
    assert (report["refused"], report["summary"]["status"], report["summary"]["errors"]) == ([said], 2, 1)
    assert [(each["path"], each["action"]) for each in report["artifacts"]] == [
        (word, "refused"),
        ("wrong.json", "faulty"),
    ]


def test_lint_of_stdin_that_is_no_text_is_refused(folder: Project) -> None:
    done = folder.pipe(b"\xff", "lint", "-")
    assert (done.status, done.err) == (2, "error: <stdin>: not UTF-8: byte 0xff in line 1\n")


def test_lint_that_looked_at_nothing_is_no_success(folder: Project) -> None:
    folder.write({"a/package.json": "{}", "a/tsconfig.json": "{ // comment\n}"})
    done = folder.run("lint", "a")
    assert done == Done(
        2,
        "0 files linted, nothing found, 2 other files left out\n",
        "error: nothing was linted: no task definition in 2 files; a file that is named itself is always linted\n",
    )


def test_lint_goes_by_the_settings_of_the_project(folder: Project) -> None:
    folder.write({"ecs/taskdef.toml": 'allow_members = ["new"]\n', "web.json": RIGHT.replace("{", '{"new": 1, ', 1)})
    assert folder.run("lint", "web.json").status == 1
    assert folder.run("lint", "--project", "ecs", "web.json").status == 0
    folder.write({"ecs/taskdef.toml": "alow_members = []\n"})
    done = folder.run("lint", "--project", "ecs", "web.json")
    assert (done.status, done.out.splitlines()[-1], "error[E131]" in done.out) == (1, "1 error in the settings", True)


def test_lint_is_annotated_where_the_file_lies_and_not_in_the_project(folder: Project) -> None:
    folder.write({"ecs/wrong.json": WRONG})
    done = folder.run("lint", "--project", "ecs", "ecs/wrong.json", "--format", "github")
    assert done.out.startswith("::error file=ecs/wrong.json,line=1,col=12,title=E424::")


def test_lint_fix_mends_files_and_reports_what_remains(folder: Project) -> None:
    folder.write({"described.json": DESCRIBED, "wrong.json": WRONG.replace("}\n", ', "tags": []}\n')})
    (folder.folder / "described.json").chmod(0o600)
    done = folder.run("lint", "--fix", "described.json", "wrong.json")
    assert (done.status, done.err) == (1, "")
    assert done.out.splitlines()[:3] == [
        "fixed described.json",
        "fixed wrong.json",
        "wrong.json:2:13: error[E424]: `family` is `w.b`, and ECS takes letters, digits, `-` and `_` only",
    ]
    assert done.out.splitlines()[-1] == "2 files linted, 1 error"
    assert (folder.folder / "described.json").read_text(encoding="utf-8") == FIXED + "\n"
    assert stat.S_IMODE((folder.folder / "described.json").stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.folder.iterdir()) == ["described.json", "web.json", "wrong.json"]
    again = folder.run("lint", "--fix", "described.json")
    assert again == Done(0, "1 file linted, nothing found\n", "")


@pytest.mark.parametrize("text", ['{"family": "web", "family": "web"}', '{"family": "web",}', "[]", '{"family": null}'])
def test_lint_fix_leaves_what_is_not_certain(folder: Project, text: str) -> None:
    folder.write({"web.json": text})
    assert folder.run("lint", "--fix", "web.json").status == 1
    assert (folder.folder / "web.json").read_text(encoding="utf-8") == text
    done = folder.pipe(text.encode(), "lint", "--fix", "-")
    assert (done.status, done.out) == (1, text)


def test_lint_fix_of_stdin_goes_to_stdout_and_talk_to_stderr(folder: Project) -> None:
    assert folder.pipe(DESCRIBED.encode(), "lint", "--fix", "-") == Done(
        0, FIXED + "\n", "1 file linted, nothing found\n"
    )
    done = folder.pipe(WRONG.encode(), "lint", "--fix", "-")
    assert (done.status, done.out) == (1, FIXED.replace('"family": "web"', '"family": "w.b"') + "\n")
    assert done.err.startswith("<stdin>:2:13: error[E424]")


def test_lint_fix_with_diff_shows_and_writes_nothing(folder: Project) -> None:
    folder.write({"web.json": FIXED.replace('"family": "web",', '"family": "web",\n  "revision": 3,') + "\n"})
    before = (folder.folder / "web.json").read_text(encoding="utf-8")
    done = folder.run("lint", "--fix", "--diff", "web.json")
    assert done.out.splitlines() == [
        "--- web.json",
        "+++ web.json",
        "@@ -1,6 +1,5 @@",
        " {",
        '   "family": "web",',
        '-  "revision": 3,',
        '   "containerDefinitions": [',
        "     {",
        '       "name": "web",',
    ]
    assert (done.status, done.err.splitlines()[0].partition(": `")[0]) == (1, "web.json:3:3: error[E305]")
    assert (folder.folder / "web.json").read_text(encoding="utf-8") == before
    folder.write({"web.json": FIXED})
    assert folder.run("lint", "--fix", "--diff", "web.json").status == 1  # a line end is missing
    folder.write({"web.json": FIXED + "\n"})
    assert folder.run("lint", "--fix", "--diff", "web.json") == Done(0, "", "1 file linted, nothing found\n")


def test_lint_diff_alone_is_wrong_usage(folder: Project) -> None:
    assert folder.run("lint", "--diff", "web.json") == Done(
        2, "", "error: `--diff` shows what `--fix` would do: give both\n"
    )


def test_lint_fix_never_writes_through_a_link(folder: Project) -> None:
    folder.write({"wrong.json": WRONG})
    (folder.folder / "link.json").symlink_to("wrong.json")
    done = folder.run("lint", "--fix", "link.json")
    assert (done.status, done.err) == (2, "error: cannot write link.json: link.json is a symbolic link\n")
    assert done.out.startswith("link.json:1:12: error[E424]")
    assert (folder.folder / "wrong.json").read_text(encoding="utf-8") == WRONG


def test_lint_goes_by_the_model_of_an_installed_botocore(folder: Project) -> None:
    assert folder.run("lint", "--model", "installed", "web.json").status == 0
    folder.write({"wrong.json": WRONG})
    assert "E424" in folder.run("lint", "--model", "installed", "wrong.json").out


def test_lint_without_a_botocore_refuses_to_go_by_its_model(folder: Project) -> None:
    (folder.folder / "botocore").mkdir()
    (folder.folder / "botocore" / "__init__.py").touch()
    environment = os.environ | {"PYTHONPATH": f"{folder.folder}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = folder.run("lint", "--model", "installed", "web.json", env=environment)
    said = "error: no botocore is installed beside taskdef, and `--model installed` reads its model of ECS\n"
    assert done == Done(2, "", said)


def test_lint_without_a_file_is_wrong_usage(folder: Project) -> None:
    done = folder.run("lint")
    assert (done.status, done.err.splitlines()[0]) == (2, "error: missing argument 'FILE...'")


def test_lint_notes_are_shown_when_asked_for(folder: Project) -> None:
    folder.write({"web.json": RIGHT.replace('"requiresCompatibilities": ["EC2"], ', "")})
    assert "note[" not in folder.run("lint", "web.json").out
    assert "note[" in folder.run("lint", "-v", "web.json").out
    report = json.loads(folder.run("lint", "web.json", "--format", "json").out)
    assert {finding["severity"] for finding in report["findings"]} == {"note"}


# Rules.


def test_rules_are_listed_with_their_levels(folder: Project) -> None:
    lines = folder.run("rules").out.splitlines()
    assert "E402  error    Fargate has no such size" in lines
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    listed = json.loads(folder.run("rules", "--format", "json").out)
    assert len(listed) == len(lines)
    assert {"code": "E402", "level": "error", "title": "Fargate has no such size"} in listed


def test_rules_explains_a_code(folder: Project) -> None:
    out = folder.run("rules", "e402").out
    assert out.startswith("E402: Fargate has no such size\n\nFargate runs a task in one of a few sizes: ")
    assert "\n\nCondition: `FARGATE` in `requiresCompatibilities`.\n\nLevel: error\n\n" in out
    assert "\n\nWhat AWS says:\n\n  No Fargate configuration exists for given values: " in out
    assert max(len(line) for line in out.splitlines() if not line.startswith("  ")) <= 100
    page = json.loads(folder.run("rules", "E402", "--format", "json").out)
    assert (page["code"], page["level"], page["configurable"]) == ("E402", "error", True)
    assert json.loads(folder.run("rules", "E102", "--format", "json").out)["configurable"] is False
    assert "\nLevel: error, always\n" in folder.run("rules", "E102").out


def test_rules_names_the_code_that_may_be_meant(folder: Project) -> None:
    done = folder.run("rules", "E4O2")
    assert done == Done(2, "", "error: there is no code `E4O2`; did you mean `E402`?\n")
    assert folder.run("rules", "nonsense") == Done(2, "", "error: there is no code `nonsense`\n")


# As a library.


def test_the_package_offers_its_names_and_imports_nothing_for_it() -> None:
    program = "import sys, generator; print(sorted(name for name in sys.modules if name.startswith('generator.')))"
    done = Project(ROOT).run(cwd=ROOT, env=os.environ)  # the command itself, without words
    assert done.status == 2
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
    assert {name: getattr(generator, name).__name__ for name in generator.__all__ if name != "__version__"} == {
        name: name for name in generator.__all__ if name != "__version__"
    }
    with pytest.raises(AttributeError):
        generator.nothing  # noqa: B018 - that is the point


def test_the_package_renders_and_compares(project: Project) -> None:
    loaded = generator.load_project(str(project.folder))
    computed = generator.build_project(loaded)
    assert [(artifact.path, artifact.text) for artifact in computed.artifacts] == [
        ("rendered/dev/app.json", DEV),
        ("rendered/prod/app.json", PROD),
    ]
    assert [finding.code for finding in generator.compare(loaded, computed, whole=True)] == ["E803", "E803"]
    written = generator.write_artifacts(str(project.folder), computed.artifacts, loaded.artifacts)
    assert [done.action for done in written] == ["wrote", "wrote"]
    assert generator.compare(generator.load_project(str(project.folder)), computed, whole=True) == ()
