"""`taskdef render --watch` on a terminal, while files are edited as people and programs edit them. Needs watchfiles."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from tests.integration.cli.process import DEV, PROD, Project
from tests.integration.cli.test_interrupts import interrupt_at
from tests.support import answer_interrupts

APP = (
    '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": '
    '[{"name": "app", "image": "app:{{ image }}"}]}\n'
)
FILES = {
    "templates/app.json.j2": APP,
    "environments/dev.yaml": "vars: {image: dev}\n",
    "environments/prod.yaml": "vars:\n  image: v1\n",
    "taskdef.toml": '[rules]\nW601 = "off"\nW611 = "off"\n',
}
BEGIN = "watching templates, environments and the settings, until Ctrl-C\n"
BOTH = f"{BEGIN}wrote rendered/dev/app.json\nwrote rendered/prod/app.json\n"
PATIENCE = 20.0


class Watch:
    """A run of the command on a terminal of its own, whose foreground process it is."""

    def __init__(self, project: Project, *words: str) -> None:
        self.project = project
        self.ours, theirs = pty.openpty()
        self.said = ""
        self.process = project.start(
            "render",
            "--watch",
            "--color",
            "never",
            *words,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            preexec_fn=take_terminal,
        )
        os.close(theirs)

    def see(self, expected: str) -> None:
        """Wait for a report, and compare it whole; the time in it is always the same."""
        end = monotonic() + PATIENCE
        while len(self.said) < len(expected) and self.read(end - monotonic()):
            pass
        assert self.said == expected
        self.said = ""

    def see_nothing(self, seconds: float = 1.0) -> None:
        """Wait, and find that nothing more was said."""
        end = monotonic() + seconds
        while self.read(end - monotonic()):
            pass
        assert self.said == ""

    def read(self, seconds: float) -> bool:
        """Read what there is, if something comes in time."""
        if not select.select([self.ours], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self.ours, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            return False
        self.said += re.sub(r"\b\d\d:\d\d:\d\d\b", "12:00:00", data.decode().replace("\r\n", "\n"))
        return bool(data)

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Stop the process while several files are edited: on a busy machine nobody knows how long that takes."""
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)

    def press_interrupt(self) -> int:
        """Press Ctrl-C, and give the exit status."""
        os.write(self.ours, b"\x03")
        return self.process.wait(PATIENCE)


def take_terminal() -> None:
    """Make the terminal on stdin that of the process, so that keys reach it as signals."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    answer_interrupts()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(FILES)
    return made


Start = Callable[..., Watch]


@pytest.fixture
def start(project: Project) -> Iterator[Start]:
    """Starts the command, and ends it with the test."""
    begun: list[Watch] = []

    def begin(*words: str) -> Watch:
        begun.append(Watch(project, *words))
        return begun[-1]

    yield begin
    for watch in begun:
        watch.process.kill()
        watch.process.wait()
        os.close(watch.ours)


def save_as_vim(path: Path, text: str) -> None:
    """Save a file as vim does: try whether files can be made, move the old file away, write the new one, delete the old one."""
    trial, swap, backup = path.with_name("4913"), path.with_name(f".{path.name}.swp"), path.with_name(f"{path.name}~")
    swap.write_text("", encoding="utf-8")
    trial.touch()
    trial.unlink()
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink()
    swap.unlink()


def save_by_rename(path: Path, text: str) -> None:
    """Save a file as most editors and `sed -i` do: write another one, and rename it."""
    other = path.with_name(f".{path.name}.tmp")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def save_in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


CHANGED = """
12:00:00 environments/dev.yaml
environments/dev.yaml:1:1 changes 1 field in dev
  1 | vars: {image: v2}
    app: containerDefinitions[app].image tag dev → v2
wrote rendered/dev/app.json
"""


@pytest.mark.parametrize("save", [save_in_place, save_by_rename, save_as_vim])
def test_an_edited_overlay_is_rendered_and_ctrl_c_ends_it(
    project: Project, start: Start, save: Callable[[Path, str], None]
) -> None:
    watch = start()
    watch.see(BOTH)
    with watch.pause():
        save(project.folder / "environments" / "dev.yaml", "vars: {image: v2}\n")
    watch.see(CHANGED)
    watch.see_nothing()
    assert watch.press_interrupt() == 130
    watch.see("^Cinterrupted\n")
    assert project.read() == {"rendered/dev/app.json": DEV.replace(":dev", ":v2"), "rendered/prod/app.json": PROD}


def test_sigterm_ends_it_too(start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    watch.see_nothing()
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(PATIENCE) == 130
    watch.see("interrupted\n")


def test_a_broken_template_keeps_the_last_good_artifacts_until_it_is_mended(project: Project, start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    template = project.folder / "templates" / "app.json.j2"
    save_by_rename(template, APP.replace('"512",', '"512"'))
    watch.see(
        "\n12:00:00 templates/app.json.j2\n"
        "templates/app.json.j2:1:43: error[E104]: a `,` is missing after this value\n"
        "  1 | " + APP.replace('"512",', '"512"') + f"    | {' ' * 42}^\n"
        "  note: in dev and prod\n"
        "1 error: nothing was written\n"
    )
    project.write({"environments/prod.yaml": "vars:\n  image: v2\n"})
    assert "nothing was written\n" in read_report(watch)
    assert project.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}
    save_by_rename(template, APP)
    watch.see(
        "\n12:00:00 templates/app.json.j2\n"
        "all errors are fixed\n"
        "environments/prod.yaml:2:3 changes 1 field in prod\n"
        "  2 | image: v2\n"
        "    app: containerDefinitions[app].image tag v1 → v2\n"
        "wrote rendered/prod/app.json\n"
    )


def read_report(watch: Watch) -> str:
    """Read one report, to the line that ends it after an error."""
    end = monotonic() + PATIENCE
    while not watch.said.endswith("nothing was written\n") and watch.read(end - monotonic()):
        pass
    said, watch.said = watch.said, ""
    return said


def test_a_project_that_is_broken_at_the_start_is_watched_all_the_same(project: Project, start: Start) -> None:
    project.write({"environments/dev.yaml": "vars: {}\n"})
    watch = start()
    assert "error[E102]" in read_report(watch)
    project.write({"environments/dev.yaml": "vars: {image: dev}\n"})
    watch.see(
        "\n12:00:00 environments/dev.yaml\nall errors are fixed\n"
        "wrote rendered/dev/app.json\nwrote rendered/prod/app.json\n"
    )


def test_environments_come_and_go(project: Project, start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    project.write({"environments/test.yaml": "vars: {image: t}\n"})
    watch.see("\n12:00:00 environments/test.yaml\ntest/app: new since the start\nwrote rendered/test/app.json\n")
    project.write({"environments/test/app.yaml": "patch: {cpu: 256}\n"})  # in a folder that is new
    watch.see("\n12:00:00 environments/test/app.yaml\ntest/app: new since the start\nwrote rendered/test/app.json\n")
    project.write({"environments/test/app.yaml": "patch: {cpu: 512}\n"})
    watch.see("\n12:00:00 environments/test/app.yaml\ntest/app: new since the start\nwrote rendered/test/app.json\n")
    with watch.pause():
        shutil.rmtree(project.folder / "environments" / "test")
        (project.folder / "environments" / "test.yaml").unlink()
    watch.see(
        "\n12:00:00 environments/test.yaml and environments/test/app.yaml\nno difference since the start\n"
        "deleted rendered/test/app.json (no task produces it)\n"
    )
    assert sorted(project.read()) == ["rendered/dev/app.json", "rendered/prod/app.json"]
    (project.folder / "environments" / "prod.yaml").unlink()
    watch.see(
        "\n12:00:00 environments/prod.yaml\nprod/app: only at the start\n"
        "deleted rendered/prod/app.json (no task produces it)\n"
    )


def test_a_partial_that_tasks_share_reaches_them_wherever_a_link_has_it(project: Project, start: Start) -> None:
    including = APP.replace('"512"', "\"{% include '_memory.j2' %}\"")
    project.write({"templates/app.json.j2": including, "templates/job.json.j2": including.replace("app", "job")})
    project.write({"shared/memory.j2": "512", "environments/prod.yaml": "vars: {image: v1}\ntasks: {job: null}\n"})
    (project.folder / "templates" / "_memory.j2").symlink_to("../shared/memory.j2")
    watch = start("-q")
    wait_for(lambda: len(read_artifacts(project)) == 3)
    save_by_rename(project.folder / "shared" / "memory.j2", "1024")
    wait_for(lambda: [text.count('"1024"') for text in read_artifacts(project).values()] == [1, 1, 1])
    watch.see_nothing()
    project.write({"environments/prod.yaml": "vars: {image: v1}\n"})
    wait_for(lambda: [text.count('"1024"') for text in read_artifacts(project).values()] == [1, 1, 1, 1])


def read_artifacts(project: Project) -> dict[str, str]:
    """The artifacts while a run may write: a temporary file next to them may go before it is read."""
    paths = sorted((project.folder / "rendered").glob("*/*.json"))
    return {path.relative_to(project.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end
        select.select([], [], [], 0.05)


def test_a_burst_is_one_report_and_what_changes_no_text_is_none(project: Project, start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    with watch.pause():
        for number in range(20):
            save_as_vim(project.folder / "environments" / "dev.yaml", f"vars: {{image: dev{number}}}\n")
            project.write({f"environments/e{number}.yaml": "vars: {image: e}\n"})
        for number in range(20):
            (project.folder / "environments" / f"e{number}.yaml").unlink()
        project.write({"environments/dev.yaml": "vars: {image: v2}\n"})
    watch.see(CHANGED)
    project.write({"environments/dev.yaml": "vars: {image: v2}\n", "rendered/dev/app.json": "{}\n", "notes.txt": ""})
    (project.folder / "environments" / "dev.yaml").touch()
    watch.see_nothing()
    project.write({"environments/dev.yaml": "vars: {image: dev}  # as before\n"})
    watch.see("\n12:00:00 environments/dev.yaml\nno difference since the start\nwrote rendered/dev/app.json\n")


def test_a_folder_that_is_replaced_is_watched_again(project: Project, start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    folder = project.folder / "environments"
    for image in ("v2", "v3"):
        with watch.pause():
            shutil.copytree(folder, project.folder / "copy")
            shutil.rmtree(folder)
            (project.folder / "copy").rename(folder)
        watch.see_nothing()
        project.write({"environments/dev.yaml": f"vars: {{image: {image}}}\n"})
        watch.see(CHANGED.replace("v2", image))
    shutil.rmtree(project.folder / "templates")
    assert "error[E132]: nothing to render: there is no folder `templates` here\n" in read_report(watch)
    project.write({"templates/app.json.j2": APP})
    watch.see(
        "\n12:00:00 templates/app.json.j2\nall errors are fixed\n"
        + CHANGED.replace("v2", "v3").partition("yaml\n")[2].removesuffix("wrote rendered/dev/app.json\n")
    )


def test_settings_move_folders_and_change_levels(project: Project, start: Start) -> None:
    watch = start()
    watch.see(BOTH)
    shutil.copytree(project.folder / "environments", project.folder / "infra" / "ecs" / "envs")
    project.write({"infra/ecs/envs/dev.yaml": "vars: {image: v2}\n"})
    watch.see_nothing()
    project.write({"taskdef.toml": 'environments = "infra/ecs/envs"\n' + FILES["taskdef.toml"]})
    said = (
        "\n12:00:00 environments/dev.yaml, environments/prod.yaml, infra/ecs/envs/dev.yaml, infra/ecs/envs/prod.yaml and taskdef.toml\n"
        + CHANGED.partition("dev.yaml\n")[2].replace("environments", "infra/ecs/envs")
    )
    watch.see(said)
    project.write({"infra/ecs/envs/dev.yaml": "vars: {image: latest}\n"})
    assert "tag dev → latest\nwrote rendered/dev/app.json\n" in read_until(watch, "wrote rendered/dev/app.json\n")
    project.write({"taskdef.toml": 'environments = "infra/ecs/envs"\n[rules]\nW601 = "error"\nW611 = "off"\n'})
    assert "error[W601]" in read_report(watch)
    project.write({"taskdef.toml": "["})
    assert read_report(watch).startswith("\n12:00:00 taskdef.toml\ntaskdef.toml:1:1: error[E131]: this is not TOML\n")


def read_until(watch: Watch, ending: str) -> str:
    """Read one report, to a line that ends it."""
    end = monotonic() + PATIENCE
    while not watch.said.endswith(ending) and watch.read(end - monotonic()):
        pass
    said, watch.said = watch.said, ""
    return said


def test_a_warning_is_shown_once_and_counted_then(project: Project, start: Start) -> None:
    project.write({"taskdef.toml": '[rules]\nW611 = "off"\n', "environments/prod.yaml": "vars:\n  image: latest\n"})
    watch = start()
    assert read_until(watch, "1 warning\n").count("warning[W601]") == 1
    project.write({"environments/prod.yaml": "# moved down\nvars:\n  image: latest\n"})
    watch.see("\n12:00:00 environments/prod.yaml\nno difference since the start\n1 finding as before\n")
    project.write({"environments/dev.yaml": "vars: {image: latest}\n"})
    said = read_until(watch, "1 warning, 1 finding as before\n")
    assert "environments/dev.yaml:1:15: warning[W601]" in said, said
    assert "prod" not in said


def test_what_cannot_be_read_or_written_is_reported_once_and_survived(project: Project, start: Start) -> None:
    watch = start("dev")
    watch.see(f"{BEGIN}wrote rendered/dev/app.json\n")
    overlay = project.folder / "environments" / "dev.yaml"
    overlay.write_bytes(b"vars: {image: \xff}\n")
    watch.see("\n12:00:00 files have changed\nerror: environments/dev.yaml: not UTF-8: byte 0xff in line 1\n")
    overlay.touch()
    watch.see_nothing()
    overlay.write_text("vars: {image: dev}\n", encoding="utf-8")
    watch.see("\n12:00:00 files can be read again\nall errors are fixed\nno difference since the start\n")
    overlay.rename(project.folder / "dev.yaml")
    watch.see("\n12:00:00 environments/dev.yaml\nerror: there is no environment `dev` (there is `prod`)\n")
    (project.folder / "dev.yaml").rename(overlay)
    watch.see("\n12:00:00 environments/dev.yaml\nall errors are fixed\nno difference since the start\n")
    with watch.pause():
        shutil.rmtree(project.folder / "rendered")
        (project.folder / "rendered").symlink_to("templates")
        overlay.write_text("vars: {image: v2}\n", encoding="utf-8")
    assert "error[E808]" in read_report(watch)
    (project.folder / "rendered").unlink()
    watch.see(
        CHANGED.replace("dev.yaml\nenv", "dev.yaml\nall errors are fixed\nenv", 1).replace(
            "12:00:00 environments/dev.yaml\n", "12:00:00 files can be read again\n"
        )
    )


def test_a_project_that_is_gone_ends_it(project: Project, start: Start) -> None:
    watch = start("--project", str(project.folder / "inner"))
    assert watch.process.wait(PATIENCE) == 2
    watch.see(f"error: {project.folder}/inner: no such folder\n")


@pytest.mark.parametrize(
    ("call", "number", "files"), [("scandir", 1, 0), ("mkdir", 1, 0), ("replace", 1, 2), ("replace", 2, 2)]
)
def test_a_signal_while_files_are_written_leaves_all_or_none(
    project: Project, call: str, number: int, files: int
) -> None:
    status, said = interrupt_at(call, number, project, "render", "--watch")
    assert (status, said) == (130, "interrupted after all files were written\n" if files else "interrupted\n")
    written = project.read()
    assert written == ({"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD} if files else {})


def test_it_needs_no_terminal(project: Project) -> None:
    with project.start("render", "--watch", stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline().decode() == BEGIN
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 130


def test_an_idle_watch_is_not_ended_by_the_clock(project: Project, start: Start) -> None:
    watch = start("--time-limit", "3")
    watch.see(BOTH)
    watch.see_nothing(4)
    project.write({"environments/dev.yaml": "vars: {image: v2}\n"})
    watch.see(CHANGED)


def test_polling_sees_edits_where_the_system_reports_none(project: Project) -> None:
    environment = os.environ | {"WATCHFILES_FORCE_POLLING": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    with project.start("render", "--watch", stdin=subprocess.DEVNULL, env=environment) as process:
        wait_for(lambda: len(read_artifacts(project)) == 2)
        project.write({"environments/dev.yaml": "vars: {image: v2}\n"})
        wait_for(lambda: "app:v2" in read_artifacts(project).get("rendered/dev/app.json", ""))
        process.terminate()
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 130


WEB = """\
{
  "family": "web-{{ env }}",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web", "image": "registry.example.com/web:v1",
      "environment": [{"name": "LOG_LEVEL", "value": "{{ log_level }}"}]
    }
  ]
}
"""


def test_the_page_shows_what_a_session_shows(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "watch.md").read_text(encoding="utf-8")
    shown = page.partition("```text\n")[2].partition("```\n")[0]
    reports = re.sub(r"\b\d\d:\d\d:\d\d\b", "12:00:00", shown).split("\n\n")
    dev = "# for developers\nvars:\n  log_level: DEBUG\n"
    edits = (
        {
            "templates/web.json.j2": WEB,
            "environments/dev.yaml": dev,
            "environments/prod.yaml": "vars: {log_level: INFO}\n",
        },
        {"environments/dev.yaml": dev.replace("DEBUG", "TRACE")},
        {"templates/web.json.j2": WEB.replace("{{ log_level", "{{ log_levl")},
        {"templates/web.json.j2": WEB},
        {"environments/test.yaml": "vars: {log_level: INFO}\n"},
    )
    project = Project(tmp_path)
    project.write(edits[0])
    watch = Watch(project)
    try:
        watch.see(f"{reports[0]}\n")
        for edit, report in zip(edits[1:-1], reports[1:-1], strict=True):
            project.write(edit)
            watch.see(f"\n{report}\n")
        project.write(edits[-1])
        last, ending = reports[-1].removesuffix("\n").rsplit("\n", 1)
        watch.see(f"\n{last}\n")
        watch.see_nothing()
        assert watch.press_interrupt() == 130
        watch.see(f"{ending}\n")
    finally:
        watch.process.kill()
        os.close(watch.ours)
