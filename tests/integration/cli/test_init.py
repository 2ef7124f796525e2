"""`taskdef init`: options, questions on a terminal, and what keeps anything from being written."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.commands.check import check
from generator.commands.init import find_site, init
from generator.commands.lint import lint
from generator.commands.schema import make_text
from generator.model.findings import InputError
from generator.model.new_project import LAUNCH_TYPES, LaunchType, NewProject
from generator.model.project import Settings
from generator.model.result import Result
from tests.integration.cli.process import COMMAND, ROOT, Done, Project
from tests.support import answer_interrupts

WROTE = """\
wrote taskdef.toml
wrote templates/shop.json.j2
wrote environments/dev.yaml
wrote environments/test.yaml
wrote environments/prod.yaml
wrote rendered/dev/shop.json
wrote rendered/test/shop.json
wrote rendered/prod/shop.json
wrote taskdef.schema.json
wrote Makefile
wrote .gitattributes
"""
TOP = """\
wrote .pre-commit-config.yaml
wrote .github/workflows/taskdef.yml
wrote .github/CODEOWNERS
"""
ACCOUNT = "fill in the account, which is an example: environments/dev.yaml:6, environments/test.yaml:5, environments/prod.yaml:5\n"
FILL_IN = f"""\
{ACCOUNT}fill in where taskdef is installed from: .github/workflows/taskdef.yml:11
fill in who reviews production: .github/CODEOWNERS:3
"""
SAID = f"{WROTE}{TOP}{FILL_IN}next: make\n"


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """An empty folder called `shop`."""
    (tmp_path / "shop").mkdir()
    return Project(tmp_path / "shop")


def list_files(folder: Project) -> list[str]:
    paths = (path.relative_to(folder.folder) for path in folder.folder.rglob("*") if not path.is_dir())
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".git")


def run(folder: Project, *words: str) -> Done:
    """Run the command where nobody can be asked."""
    return folder.run("init", *words, stdin=subprocess.DEVNULL)


def converse(folder: Project, *words: str, answers: Sequence[str]) -> Done:
    """Run the command at a terminal that is its own, and give an answer, or another key, whenever it asks."""
    ours, theirs = pty.openpty()

    def take_terminal() -> None:
        answer_interrupts()
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "TERM": "dumb"}
    with subprocess.Popen(
        [*COMMAND, "init", *words],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=folder.folder,
        env=environment,
        preexec_fn=take_terminal,
    ) as process:
        os.close(theirs)
        said, left = "", list(answers)
        while True:
            # A signal between the question and the read of the answer does not end that read: press again, as a person does.
            while answers[-1:] == ["\x03"] and not left and not select.select([ours], [], [], 0.5)[0]:
                os.write(ours, b"\x03")
            if not (chunk := read_terminal(ours)):
                break
            said += chunk
            if left and said.endswith(": "):
                answer = left.pop(0)
                os.write(ours, answer.encode() if answer in ("\x03", "\x04") else f"{answer}\n".encode())
        assert process.stdout is not None
        out = process.stdout.read().decode()
    os.close(ours)
    assert left == []
    return Done(process.returncode, out, said.replace("\r\n", "\n"))


def read_terminal(handle: int) -> str:
    try:
        return os.read(handle, 4096).decode()
    except OSError:  # Linux's way to say that the other end is closed
        return ""


# Options and defaults.


def test_a_folder_becomes_a_project_in_which_check_finds_nothing(folder: Project) -> None:
    assert run(folder) == Done(0, SAID, "")
    assert folder.run("check", "--strict", "-v") == Done(0, "3 artifacts compared, all up to date\n", "")
    assert folder.run("render", "--exit-code").status == 0
    assert folder.run("lint", "rendered", "--strict").out == "3 files linted, nothing found\n"


def test_the_schema_and_the_first_line_are_those_of_taskdef_schema(folder: Project) -> None:
    run(folder)
    assert (folder.folder / "taskdef.schema.json").read_text(encoding="utf-8") == make_text("overlay", Settings())
    done = folder.run("schema", "overlay", "--write", "--exit-code")
    assert done == Done(0, "unchanged taskdef.schema.json\n", "")
    for path in (folder.folder / "environments").iterdir():
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../taskdef.schema.json"


def test_options_answer_the_questions(folder: Project) -> None:
    words = ["--name", "bot", "--env", "qa", "--env", "live", "--launch-type", "ec2", "--account", "210987654321"]
    words += ["--region", "eu-central-1", "--owner", "@acme/live", "--owner", "@somebody", "--renovate"]
    done = run(folder, *words, "--install", "taskdef-copy==0.1.0")
    assert (done.status, done.err) == (0, "") and "fill in" not in done.out and "renovate.json" in done.out
    artifact = json.loads((folder.folder / "rendered" / "live" / "bot.json").read_text(encoding="utf-8"))
    assert (artifact["family"], artifact["requiresCompatibilities"]) == ("bot-live", ["EC2"])
    assert artifact["containerDefinitions"][0]["image"] == "210987654321.dkr.ecr.eu-central-1.amazonaws.com/bot:v0.1.0"
    assert folder.run("check", "--strict").status == 0


def test_a_folder_is_made_and_the_next_step_leads_there(folder: Project) -> None:
    done = run(folder, "my shop", "--name", "shop")
    assert done.status == 0 and done.out.endswith("next: cd 'my shop' && make\n")
    other = run(folder, "--project", "deep/shop")
    assert other.status == 0 and other.out.endswith("next: cd deep/shop && make\n")
    assert (folder.folder / "deep" / "shop" / "taskdef.toml").is_file()


def test_a_dry_run_shows_every_file_and_writes_none(folder: Project) -> None:
    done = run(folder, "--dry-run", "--renovate")
    assert done.status == 0 and list_files(folder) == []
    shown = dict(part.split(" <==\n", 1) for part in done.out.removeprefix("==> ").split("\n==> "))
    assert done.err == f"{FILL_IN}nothing was written\n"
    assert run(folder, "--renovate").status == 0
    for path in list_files(folder):
        assert shown[path].rstrip("\n") == (folder.folder / path).read_text(encoding="utf-8").rstrip("\n")
    assert sorted(shown) == list_files(folder)


def test_programs_get_the_files_as_json(folder: Project) -> None:
    report = json.loads(run(folder, "--format", "json").out)
    assert sorted(each["path"] for each in report["artifacts"]) == list_files(folder)
    assert {each["action"] for each in report["artifacts"]} == {"wrote"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--name", "_a"), "`_a` cannot be the name of a task: "),
        (("--name", ""), "the name of a task is empty"),
        (("--name", "../a"), "`../a` cannot be the name of a task: "),
        (("--env", "dev", "--env", "../prod"), "`../prod` cannot be the name of an environment: "),
        (("--env", ""), "the name of an environment is empty"),
        (("--env", "dev", "--env", "dev"), "`dev` and `dev` name the same environment"),
        (("--launch-type", "external"), "invalid value for '--launch-type'"),
        (("--account", "1"), "`aws.account` is 12 digits, not `1`"),
        (("--region", "Frankfurt"), "`aws.region` is the name of a region, not `Frankfurt`"),
        (("--owner", "me"), "`me` is not an owner: write "),
        (("--install", "a\nb"), "`--install` has characters that cannot be printed"),
        (("--name", "prod-shop"), "`taskdef check` would report W702: "),
        (("a", "--project", "b"), "DIRECTORY and --project exclude each other"),
        (("-q", "-v"), "-q and -v exclude each other"),
        (("../shop.web",), "`shop.web` has a dot, "),
        (("a", "b"), "got unexpected extra argument"),
    ],
)
def test_words_that_make_no_project_are_refused(folder: Project, words: tuple[str, ...], message: str) -> None:
    done = run(folder, *words)
    assert (done.status, done.out) == (2, "") and done.err.startswith(f"error: {message}".replace("DIR", "dIR", 1))
    assert list_files(folder) == [] and not (folder.folder.parent / "shop.web").exists()


def test_a_folder_whose_name_no_task_can_have_needs_a_name(folder: Project) -> None:
    done = run(folder, "my shop")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(": this is the name of the folder; set another with `--name`\n")
    assert not (folder.folder / "my shop").exists()


# Questions.

QUESTIONS = """\
Name of the task [shop]: {}
Environments, in the order of a release [dev test prod]: {}
Launch type, fargate or ec2 [fargate]: {}
AWS account; the default is an example to replace [123456789012]: {}
AWS region [us-east-1]: {}
Reviewers of production, @user or @org/team; none if empty: {}
Let Renovate propose new image tags? [y/N]: {}
"""


def test_the_page_shows_the_questions() -> None:
    page = (ROOT / "docs" / "init.md").read_text(encoding="utf-8")
    assert QUESTIONS.replace("[shop]", "[trading-bot]").replace(" {}", "") in page


def test_a_terminal_is_asked_and_defaults_are_those_without_one(folder: Project, tmp_path: Path) -> None:
    done = converse(folder, answers=[""] * 7)
    assert done == Done(0, SAID, QUESTIONS.format(*[""] * 7))
    (tmp_path / "other" / "shop").mkdir(parents=True)
    other = Project(tmp_path / "other" / "shop")
    assert run(other).status == 0
    assert read_all(folder) == read_all(other)


def read_all(folder: Project) -> Mapping[str, bytes]:
    return {path: (folder.folder / path).read_bytes() for path in list_files(folder)}


def test_answers_make_what_options_make(folder: Project, tmp_path: Path) -> None:
    answers = ["bot", "qa, live", "EC2", "210987654321", "eu-central-1", "@acme/live @somebody", "y"]
    done = converse(folder, answers=answers)
    assert done.status == 0 and done.err == QUESTIONS.format(*answers)
    other = Project(tmp_path)
    words = ["--env", "qa", "--env", "live", "--launch-type", "ec2", "--account", "210987654321", "--renovate"]
    words += ["--region", "eu-central-1", "--owner", "@acme/live", "--owner", "@somebody"]
    assert run(other, "bot", *words).status == 0
    assert read_all(folder) == read_all(Project(tmp_path / "bot"))


@pytest.mark.parametrize(
    ("asked", "wrong", "said"),
    [
        (0, "shop.web", "`shop.web` has a dot, but becomes part of the family, which cannot have one"),
        (1, ",", "a project has at least one environment"),
        (1, "dev Dev", "`dev` and `Dev` name the same environment"),
        (2, "windows", "`windows` is neither `fargate` nor `ec2`"),
        (3, "12", "`aws.account` is 12 digits, not `12`"),
        (4, "Frankfurt", "`aws.region` is the name of a region, not `Frankfurt`"),
        (5, "acme", "`acme` is not an owner: write `@user`, `@organization/team` or an email address"),
        (6, "perhaps", "invalid input"),
    ],
)
def test_a_wrong_answer_is_told_and_asked_for_again(folder: Project, asked: int, wrong: str, said: str) -> None:
    answers = [*[""] * asked, wrong, *[""] * (7 - asked)]
    lines = QUESTIONS.format(*[""] * 7).splitlines()
    lines[asked : asked + 1] = [lines[asked] + wrong, f"Error: {said}", lines[asked]]
    done = converse(folder, answers=answers)
    assert (done.status, done.out) == (0, SAID)
    assert done.err.splitlines() == lines


def test_only_what_no_option_answers_is_asked(folder: Project) -> None:
    words = ("--name", "shop", "--env", "prod", "--account", "210987654321", "--no-renovate", "--region", "us-east-1")
    done = converse(folder, *words, answers=["", ""])
    lines = QUESTIONS.format(*[""] * 7).splitlines()
    assert done.status == 0 and done.err.splitlines() == [lines[2], lines[5]]
    assert converse(Project(folder.folder.parent), "calm", "--yes", answers=[]).status == 0


def test_a_folder_whose_name_no_task_can_have_is_no_default(folder: Project) -> None:
    done = converse(folder, "my shop", "--no-renovate", answers=["", "shop", *[""] * 5])
    assert done.status == 0 and done.err.startswith("Name of the task: \nName of the task: shop\nEnvironments, ")


def test_wrong_options_are_refused_before_the_first_question(folder: Project) -> None:
    assert converse(folder, "--account", "12", answers=[]) == Done(
        2, "", "error: `aws.account` is 12 digits, not `12`\n"
    )
    folder.write({"taskdef.toml": ""})
    assert converse(folder, answers=[]).err.startswith("error: .: already a project, with taskdef.toml\n")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("asked", [0, 3, 6])
def test_an_interrupt_and_the_end_of_the_input_write_nothing(folder: Project, key: str, asked: int) -> None:
    done = converse(folder, answers=[*[""] * asked, key])
    assert (done.status, done.out) == (130, "") and list_files(folder) == []


# What is there already.


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"taskdef.toml": ""}, "taskdef.toml"),
        ({"taskdef.toml": "unknown = 1\n"}, "taskdef.toml"),
        ({"pyproject.toml": "[tool.taskdef]\n"}, "pyproject.toml"),
        ({"environments/dev.yaml": ""}, "environments/dev.yaml"),
        ({"environments/dev.yml": ""}, "environments/dev.yml"),
        ({"templates/a.json.j2": "{}"}, "templates/a.json.j2"),
        ({"templates/_a.j2": ""}, "templates/_a.j2"),
        ({"templates/a.json": "{}"}, "templates/a.json"),
        ({"rendered/dev/a.json": "{}"}, "rendered/dev/a.json"),
        ({"rendered/a.txt": ""}, "rendered/a.txt"),
        (
            {f"environments/{env}.yaml": "" for env in "abcde"},
            "environments/a.yaml, environments/b.yaml, environments/c.yaml and 2 more",
        ),
    ],
    ids=str,
)
def test_a_project_is_not_begun_twice(folder: Project, files: dict[str, str], named: str) -> None:
    folder.write(files)
    for words in ((), ("--keep-existing",)):
        assert run(folder, *words) == Done(
            2,
            "",
            f"error: .: already a project, with {named}\n"
            "  help: add a task by a template or with `taskdef import`, and an environment by an overlay; `taskdef check` looks at all\n",
        )
    assert list_files(folder) == sorted(files)


def test_folders_of_others_that_are_called_the_same_are_no_project(folder: Project) -> None:
    others = {"templates/index.html": "", "environments/dev/main.tf": "", "pyproject.toml": "[project]\nname = 'x'\n"}
    folder.write(others)
    assert run(folder).status == 0
    assert folder.run("check", "--strict", "-v").status == 0
    assert {*others} < {*list_files(folder)}


@pytest.mark.parametrize(
    ("there", "stands"),
    [
        ("Makefile", "Makefile"),
        ("GNUmakefile", "Makefile"),
        ("makefile", "Makefile"),
        (".gitattributes", ".gitattributes"),
        (".pre-commit-config.yaml", ".pre-commit-config.yaml"),
        (".github/workflows/taskdef.yml", ".github/workflows/taskdef.yml"),
        (".github/CODEOWNERS", ".github/CODEOWNERS"),
        ("CODEOWNERS", ".github/CODEOWNERS"),
        ("docs/CODEOWNERS", ".github/CODEOWNERS"),
        ("renovate.json", "renovate.json"),
        (".github/renovate.json5", "renovate.json"),
        (".renovaterc", "renovate.json"),
        ("taskdef.schema.json", "taskdef.schema.json"),
    ],
)
def test_a_file_that_is_there_is_never_written_over(folder: Project, there: str, stands: str) -> None:
    folder.write({there: "mine\n"})
    assert run(folder, "--renovate") == Done(
        2,
        "",
        f"error: {there}: already there, and `init` writes over nothing\n"
        "  help: write the other files with `--keep-existing`, or name a folder for the project: `taskdef init FOLDER`\n",
    )
    assert list_files(folder) == [there]
    done = run(folder, "--renovate", "--keep-existing")
    said = f"kept {there}" if there == stands else f"kept {there}, in place of {stands}"
    assert done.status == 0 and said in done.out.splitlines() and f"wrote {stands}" not in done.out.splitlines()
    assert (folder.folder / there).read_text() == "mine\n"
    assert there == stands or not (folder.folder / stands).exists()
    assert done.out.endswith("next: taskdef check\n" if stands == "Makefile" else "next: make\n")
    assert folder.run("check", "--strict", "-v").status == 0


def test_all_files_that_are_there_are_named_and_links_are_such_files(folder: Project) -> None:
    folder.write({"Makefile": "", "docs/CODEOWNERS": ""})
    (folder.folder / ".gitattributes").symlink_to("nowhere")
    done = run(folder)
    assert done.status == 2
    assert done.err.startswith("error: Makefile, .gitattributes, docs/CODEOWNERS: already there, ")
    assert not (folder.folder / "nowhere").exists()


# Where a project may begin.


def test_a_file_is_no_folder_and_git_keeps_its_own(folder: Project, tmp_path: Path) -> None:
    folder.write({"notes": ""})
    assert run(folder, "notes", "--name", "a").err == "error: notes: not a folder\n"
    assert run(folder, "notes/a") == Done(2, "", "error: cannot write notes/a/taskdef.toml: not a directory\n")
    (folder.folder / ".git").mkdir()
    assert run(folder, ".git/a").err == "error: .git/a: lies in `.git`\n"
    (tmp_path / "outside").mkdir()
    (folder.folder / "away").symlink_to(tmp_path / "outside")
    for name in ("away", "away/a"):
        assert run(folder, name).err == "error: away: a symbolic link that leads out of the working directory\n"
    assert list_files(folder) == ["notes"] and [*(tmp_path / "outside").iterdir()] == []


@pytest.mark.parametrize("link", ["environments", ".github", "rendered", "templates"])
def test_nothing_is_written_through_a_link(folder: Project, tmp_path: Path, link: str) -> None:
    (tmp_path / "outside").mkdir()
    (folder.folder / link).symlink_to(tmp_path / "outside")
    done = run(folder)
    assert (done.status == 2 and "symbolic link" in done.err) or "already a project" in done.err
    assert [*(tmp_path / "outside").iterdir()] == []
    assert [path.name for path in folder.folder.rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_nothing(folder: Project) -> None:
    (folder.folder / ".github").write_text("")
    done = run(folder)
    assert done.status == 2 and ".github" in done.err
    assert list_files(folder) == [".github"]
    (folder.folder / ".github").unlink()
    assert run(folder).status == 0


def test_what_belongs_at_the_top_of_a_repository_is_not_written_below_it(folder: Project) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=folder.folder, check=True)
    below = Project(folder.folder / "deploy" / "shop")
    below.folder.mkdir(parents=True)
    done = run(below, "--renovate", "--owner", "@acme/live")
    assert done == Done(
        0,
        f"{WROTE}skipped .pre-commit-config.yaml, .github/workflows/taskdef.yml, .github/CODEOWNERS and renovate.json: "
        f"read from the top folder of the repository only, {folder.folder}\n{ACCOUNT}next: make\n",
        "",
    )
    assert not any(path.startswith(".github") for path in list_files(below))
    asked = converse(folder, "web", answers=[""] * 5)
    assert asked.status == 0 and asked.err == "".join(
        QUESTIONS.replace("[shop]", "[web]").format(*[""] * 7).splitlines(keepends=True)[:5]
    )
    assert run(folder).out == SAID  # the top itself


# Every combination.


def begin(root: Path, project: NewProject) -> Result:
    return init(str(root), site=find_site(str(root)), project=project)


@pytest.mark.parametrize("launch_type", LAUNCH_TYPES)
@pytest.mark.parametrize("renovate", [False, True])
@pytest.mark.parametrize("count", range(1, 6))
def test_every_combination_has_no_finding(tmp_path: Path, launch_type: LaunchType, renovate: bool, count: int) -> None:
    environments = ("dev", "qa", "test", "stage", "prod")[-count:]
    root = tmp_path / "shop"
    made = begin(root, NewProject("shop", environments, launch_type, renovate=renovate))
    assert made.status == 0 and len([each for each in made.outcomes if each.path.startswith("rendered/")]) == count
    checked = check(str(root), least="note", strict=True)
    assert (checked.status, checked.findings) == (0, ())
    assert [each.path for each in checked.outcomes] == [f"rendered/{env}/shop.json" for env in environments]
    linted = lint(str(root), words=[str(root / "rendered")], least="note")
    assert {each.code for each in linted.findings} == {"W604"}  # a note: artifacts have no comments that ignore it
    assert (root / "renovate.json").exists() is renovate
    with pytest.raises(InputError, match="already a project"):
        find_site(str(root))
