"""Runs that are remembered: the same run again prints the same, and imports nothing for it. Any change means a whole run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.cli.process import FILES, ROOT, Done, Project

WARNING = "environments/dev.yaml"


class Cached(Project):
    """A project whose runs are remembered in a folder beside it."""

    @property
    def cache(self) -> Path:
        return self.folder.parent / "cache" / "taskdef"

    def environment(self, **more: str) -> dict[str, str]:
        names = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(self.cache.parent)}
        return {name: value for name, value in os.environ.items() if name != "CI"} | names | more

    def look(self, *words: str, **more: str) -> tuple[Done, bool]:
        """Run the command, and report whether it ran whole."""
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "generator", *words],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=60,
        )
        lines = done.stderr.splitlines(keepends=True)
        told = "".join(line for line in lines if not line.startswith("import time:"))
        return Done(done.returncode, done.stdout, told), any("generator.cli" in line for line in lines)

    def is_whole(self, *words: str, **more: str) -> bool:
        return self.look(*words, **more)[1]


@pytest.fixture
def project(tmp_path: Path) -> Cached:
    """A project that is rendered and up to date."""
    project = Cached(tmp_path / "project")
    project.write(FILES)
    assert project.is_whole("render")
    return project


COMMANDS = [
    ("render",),
    ("render", "dev", "--task=app", "--exit-code", "-q"),
    ("check", "--strict", "--time-limit", "60"),
    ("check", "--format", "json"),
    ("--project", ".", "check", "-v"),
    ("lint", "rendered/dev/app.json", "rendered/prod"),
    ("lint", "--color=always", "rendered"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_same_run_again_prints_the_same_and_imports_nothing(project: Cached, words: tuple[str, ...]) -> None:
    first, whole = project.look(*words)
    assert (first.status, whole) == (0, True)
    assert project.look(*words) == (first, False)
    assert project.look(*words, "--no-cache") == (first, True)
    assert project.look(*words, CI="true") == (first, True)


def test_warnings_are_printed_again(project: Cached) -> None:
    project.write({"templates/app.json.j2": FILES["templates/app.json.j2"].replace("app:{{ image }}", "app")})
    assert project.is_whole("render")
    first, _ = project.look("check")
    assert "warning[W601]" in first.err + first.out
    assert project.look("check") == (first, False)


def test_a_run_with_an_error_is_not_remembered(project: Cached) -> None:
    project.write({"environments/dev.yaml": "vars: {image: dev}\npatch: {memroy: 1}\n"})
    for words in (("render",), ("check",), ("lint", "environments/dev.yaml")):
        first, second = project.look(*words), project.look(*words)
        assert first == second and first[1] and first[0].status


def test_a_run_that_writes_is_not_remembered(project: Cached) -> None:
    project.write({"environments/dev.yaml": "vars: {image: v2}\n"})
    assert [project.look("render")[0].out.count("wrote") for _ in range(3)] == [1, 0, 0]
    project.write({"a.json": '{"family": "a", "revision": 1, "containerDefinitions": []}'})
    assert project.is_whole("lint", "--fix", "a.json") and project.is_whole("lint", "--fix", "a.json")


def edit(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a template": lambda folder: (folder / "templates/app.json.j2").write_bytes(b"\n" + FILES["templates/app.json.j2"].encode()),
    "an overlay": edit("environments/dev.yaml", "vars: {image: dev} \n"),
    "a new overlay": edit("environments/qa.yaml", "extends: dev\n"),
    "an overlay that is gone": lambda folder: (folder / "environments/prod.yaml").unlink(),
    "an artifact": edit("rendered/dev/app.json", "{}\n"),
    "an artifact that is gone": lambda folder: (folder / "rendered/dev/app.json").unlink(),
    "an extra file": edit("rendered/dev/notes.txt", ""),
    "a new partial": edit("templates/_web.j2", ""),
    "a file that is called otherwise": lambda folder: (folder / "environments/prod.yaml").rename(folder / "environments/p.yaml"),
    "settings": edit("taskdef.toml", ""),
    "shared settings": edit("pyproject.toml", "[tool.taskdef]\n"),
    "a temporary file": edit("rendered/dev/.app.json.taskdef.1.0.tmp", ""),
    "a link": lambda folder: (folder / "templates/_link.j2").symlink_to("app.json.j2"),
    "a folder": lambda folder: (folder / "rendered/qa").mkdir(),
    "a pipe": lambda folder: os.mkfifo(folder / "templates/pipe"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_means_a_whole_run(project: Cached, name: str) -> None:
    project.look("check")
    assert not project.is_whole("check")
    CHANGES[name](project.folder)
    assert project.is_whole("check")


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"LC_ALL": "C"}, {"PYTHONUTF8": "1"}, {"TERM": "dumb"}])
def test_another_environment_means_a_whole_run(project: Cached, more: dict[str, str]) -> None:
    project.look("check")
    assert project.is_whole("check", **more)
    assert not project.is_whole("check")


def test_other_words_mean_a_whole_run(project: Cached) -> None:
    project.look("check")
    for words in (
        ("check", "-q"),
        ("check", "dev"),
        ("check", "--project", "../project"),
        ("render", "--list"),
        ("rules",),
    ):
        assert project.is_whole(*words)


def test_a_folder_of_another_name_is_found_by_the_second_run(project: Cached) -> None:
    (project.folder / "rendered").rename(project.folder / "out")
    project.write({"taskdef.toml": 'rendered = "out"\n'})
    assert [project.is_whole("check") for _ in range(3)] == [True, True, False]
    (project.folder / "out/dev/app.json").write_text("{}\n")
    assert project.look("check")[0].status == 1


def test_a_manifest_that_is_damaged_or_foreign_is_none(project: Cached) -> None:
    (cached,) = list_new(project, "check")
    whole = cached.read_bytes()
    (other,) = list_new(project, "check", "-v")
    for data in (b"", whole[:-1], whole[:20] + b"x" + whole[21:], whole + b"0:", other.read_bytes()):
        cached.write_bytes(data)
        assert project.is_whole("check")
        assert cached.read_bytes() == whole
    cached.chmod(0o666)
    assert project.is_whole("check")
    cached.unlink()
    cached.symlink_to(other)
    assert project.is_whole("check")


def list_new(project: Cached, *words: str) -> set[Path]:
    """Run a command, and list the manifests that it made."""
    before = set(project.cache.iterdir()) if project.cache.exists() else set()
    assert project.is_whole(*words)
    return set(project.cache.iterdir()) - before


def test_a_folder_that_others_may_write_to_has_no_manifest(project: Cached) -> None:
    project.look("check")
    project.cache.chmod(0o777)
    assert project.is_whole("check") and project.is_whole("check")
    project.cache.chmod(0o700)
    assert not project.is_whole("check")


@pytest.mark.parametrize("base", [".", "cache", "/dev/null", ""])
def test_nothing_is_remembered_in_the_project_or_where_nothing_can_be(project: Cached, base: str) -> None:
    place = {"XDG_CACHE_HOME": os.path.join(project.folder, base) if base else "", "HOME": ""}
    before = sorted(project.folder.rglob("*"))
    assert project.is_whole("check", **place) and project.is_whole("check", **place)
    assert sorted(project.folder.rglob("*")) == before


def test_the_oldest_manifests_are_removed(project: Cached) -> None:
    project.look("check")
    for number in range(300):
        (project.cache / f"{number:064}").write_bytes(b"")
        os.utime(project.cache / f"{number:064}", (number, number))
    project.look("check", "-v")
    assert len(list(project.cache.iterdir())) == 200
    assert not project.is_whole("check")


def test_folders_that_are_too_deep_are_left_to_a_whole_run(project: Cached) -> None:
    os.makedirs(project.folder / "rendered/dev" / "/".join(["d"] * 150))
    assert project.look("render")[0] == project.look("render", "--no-cache")[0]
    assert project.look("render")[0].status == 0
    assert project.is_whole("render")


def test_what_cannot_be_kept_fails_no_run(project: Cached) -> None:
    project.write({"taskdef.toml": 'rendered = "o\u00fc"\n'})
    more = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    first = project.look("lint", "rendered", **more)
    assert (first[0].status, first[1]) == (0, True)
    assert project.look("lint", "rendered", **more) == first


def test_completion_is_never_answered_from_what_is_kept(project: Cached) -> None:
    project.look("render")
    assert project.is_whole("render", _TASKDEF_COMPLETE="bash_source")


def test_no_home_is_made(project: Cached) -> None:
    home = project.folder.parent / "home"
    for place in ({"XDG_CACHE_HOME": "", "HOME": str(home)}, {"XDG_CACHE_HOME": str(home / "cache"), "HOME": ""}):
        assert project.is_whole("check", **place) and project.is_whole("check", **place)
        assert not home.exists()
    home.mkdir()
    assert [project.is_whole("check", XDG_CACHE_HOME="", HOME=str(home)) for _ in range(2)] == [True, False]


def test_a_full_stdout_repeats_nothing_on_stderr(project: Cached) -> None:
    project.write({"templates/app.json.j2": FILES["templates/app.json.j2"].replace("app:{{ image }}", "app")})
    project.look("render")
    project.look("render")
    assert not project.is_whole("render")
    command, given = (
        [sys.executable, "-m", "generator", "render"],
        {"cwd": project.folder, "env": project.environment()},
    )
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, **given)  # type: ignore[call-overload]  # as given
    assert (done.returncode, done.stderr.count(b"warning[W601]")) == (2, 1)


def test_a_closed_stdout_is_reported_as_by_a_whole_run(project: Cached) -> None:
    project.look("check")
    command = [sys.executable, "-m", "generator", "check"]
    given = {"cwd": project.folder, "env": project.environment(), "stderr": subprocess.PIPE}
    with open("/dev/full", "wb") as full:
        whole = subprocess.run([*command, "--no-cache"], stdout=full, **given)  # type: ignore[call-overload]  # as given
        again = subprocess.run(command, stdout=full, **given)  # type: ignore[call-overload]  # as given
    assert (again.returncode, again.stderr) == (whole.returncode, whole.stderr)
    assert b"no space left" in again.stderr


OPENED = """
import os, sys
here, seen = os.getcwd(), set()
def hear(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if path.startswith(here):
            seen.add(os.path.relpath(path))
sys.addaudithook(hear)
"""
SNAPSHOT = f"""{OPENED}
from generator.project.manifest import find_attempt
assert find_attempt(sys.argv[1:]).snapshot
print(*sorted(seen), sep="\\n")
"""
WHOLE = f"""{OPENED}
from generator.cli import main
assert main(sys.argv[1:]) == 0
print(*sorted(seen), sep="\\n", file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words", [("render", "-q"), ("check", "-v"), ("lint", "-v", "rendered", "a.json")], ids=" ".join
)
def test_a_run_opens_nothing_that_the_manifest_does_not_see(project: Cached, words: tuple[str, ...]) -> None:
    """`sys.addaudithook` hears of every file and folder that Python opens."""
    project.write({"taskdef.toml": "[rules]\nW611 = 'off'\n", "pyproject.toml": "[tool.x]\n", "a.json": "{}"})
    project.write({"environments/dev/app.yaml": "{}", "templates/_x.j2": "", "templates/below/_y.j2": ""})
    project.write({"a.json": '{"family": "a", "containerDefinitions": [{"name": "a", "image": "a:1", "memory": 9}]}'})

    def list_opened(program: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, *words]
        return subprocess.run(
            command, cwd=project.folder, env=project.environment(), capture_output=True, text=True, check=True
        )

    whole, seen = set(list_opened(WHOLE).stderr.splitlines()), set(list_opened(SNAPSHOT).stdout.splitlines())
    assert {"taskdef.toml", "rendered/dev/app.json" if words[0] == "lint" else "environments/dev/app.yaml"} <= whole
    assert {path for path in whole if os.path.exists(project.folder / path)} - seen == set()


LARGE = {f"templates/t{number}.json.j2": FILES["templates/app.json.j2"] for number in range(15)}


@pytest.fixture
def large(tmp_path: Path) -> Cached:
    """A project of 30 artifacts that is rendered."""
    project = Cached(tmp_path / "project")
    project.write({**FILES, **LARGE} | {"templates/app.json.j2": ""})
    (project.folder / "templates/app.json.j2").unlink()
    assert project.look("render", "-q")[0].status == 0
    return project


def count_built(project: Cached, *words: str) -> int:
    """Count the task definitions that a run builds: each is serialised once."""
    program = """
import sys
from generator.build import pipeline
from generator.cli import main
from generator.project.manifest import find_attempt
count, serialize = 0, pipeline.serialize_document
def hear(document):
    global count
    count += 1
    return serialize(document)
pipeline.serialize_document = hear
status = main(sys.argv[1:], find_attempt(sys.argv[1:]))
print(count, status, file=sys.stderr)
"""
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(
        command, cwd=project.folder, env=project.environment(), capture_output=True, text=True, check=True
    )
    count, status = map(int, done.stderr.split()[-2:])
    assert status == 0
    return count


def test_an_edit_of_a_large_project_builds_what_it_touches(large: Cached) -> None:
    assert count_built(large, "render", "-q", "--no-cache") == 30
    large.write({"templates/t3.json.j2": FILES["templates/app.json.j2"].replace("512", "1024")})
    assert count_built(large, "render", "-q") == 2
    assert large.look("render", "--no-cache")[0].out.count("unchanged") == 30
    large.write({"environments/prod.yaml": "vars: {image: v2}\n"})
    assert count_built(large, "render", "-q") == 15
    large.write({"rendered/dev/t4.json": "{}\n"})
    assert count_built(large, "render", "-q") == 1
    first, _ = large.look("render", "--format", "json")
    assert large.look("render", "--format", "json", "--no-cache")[0] == first


def test_a_finding_of_a_large_project_is_reported_as_by_a_whole_run(large: Cached) -> None:
    for text in ("512", "{{ nothing }}", '512", "cpu": "x'):
        large.write({"templates/t3.json.j2": FILES["templates/app.json.j2"].replace("512", text)})
        assert large.look("render")[0] == large.look("render", "--no-cache")[0]
    large.write({"templates/t3.json.j2": FILES["templates/app.json.j2"].replace("app:{{ image }}", "app")})
    first, second = large.look("render")[0], large.look("render", "--no-cache")[0]
    assert (first.status, first.err) == (second.status, second.err) and "W601" in first.err
    large.write(
        {"templates/t3.json.j2": FILES["templates/app.json.j2"], "environments/prod.yaml": "tasks: {t3: null}\n"}
    )
    assert [large.look("render", *words)[0].status for words in ((), ("--no-cache",))] == [1, 1]  # `image` is not set
