"""Artifacts are replaced whole or not at all, only when their bytes change, and never through a link."""

from __future__ import annotations

import os
import resource
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from generator.model.findings import InputError, Place, Source
from generator.model.nodes import MapNode
from generator.model.project import Artifact
from generator.project.writing import (
    Written,
    delete_artifact,
    delete_artifacts,
    find_root,
    replace_files,
    rewrite_file,
    write_artifacts,
    write_file,
)

NOWHERE = MapNode(Place(Source("", ""), 0, 0), {}, {})


def make_artifact(environment: str, text: str = "{}\n", task: str = "app") -> Artifact:
    return Artifact(environment, task, f"rendered/{environment}/{task}.json", text, NOWHERE, NOWHERE)


def list_files(folder: Path) -> dict[str, str]:
    """All files below a folder, hidden ones too, with their text."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_new_artifacts_are_written_with_their_folders(tmp_path: Path) -> None:
    written = write_artifacts(str(tmp_path), [make_artifact("dev", "密\n"), make_artifact("prod")], {})
    assert written == (Written("rendered/dev/app.json", "wrote"), Written("rendered/prod/app.json", "wrote"))
    assert list_files(tmp_path) == {"rendered/dev/app.json": "密\n", "rendered/prod/app.json": "{}\n"}


def test_an_artifact_with_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    write_artifacts(str(tmp_path), [make_artifact("dev")], {})
    before = os.stat(tmp_path / "rendered/dev/app.json")
    written = write_artifacts(str(tmp_path), [make_artifact("dev")], {"dev/app.json": b"{}\n"})
    after = os.stat(tmp_path / "rendered/dev/app.json")
    assert written == (Written("rendered/dev/app.json", "unchanged"),)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_line_ends_alone_are_a_change(tmp_path: Path) -> None:
    (written,) = write_artifacts(str(tmp_path), [make_artifact("dev")], {"dev/app.json": b"{}\r\n"})
    assert (written.action, (tmp_path / written.path).read_bytes()) == ("wrote", b"{}\n")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_mode_is_the_same_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_artifacts(str(tmp_path), [make_artifact("dev")], {})
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(tmp_path / "rendered/dev/app.json").st_mode) == 0o644


@pytest.mark.parametrize("link", ["rendered", "rendered/dev", "rendered/dev/app.json"])
def test_nothing_is_written_or_deleted_through_a_link(tmp_path: Path, link: str) -> None:
    (tmp_path / "elsewhere" / "dev").mkdir(parents=True)
    path = tmp_path / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError) as written:
        write_artifacts(str(tmp_path), [make_artifact("dev")], {})
    with pytest.raises(InputError) as deleted:
        delete_artifact(str(tmp_path), "rendered/dev/app.json", b"{}\n")
    assert str(written.value) == f"cannot write {tmp_path}/rendered/dev/app.json: {link} is a symbolic link"
    assert str(deleted.value) == f"cannot delete {tmp_path}/rendered/dev/app.json: {link} is a symbolic link"
    assert (path.is_symlink(), list_files(tmp_path / "elsewhere")) == (True, {})


def test_a_failure_changes_no_file_and_leaves_none_behind(tmp_path: Path) -> None:
    write_artifacts(str(tmp_path), [make_artifact("dev", "old\n")], {})
    (tmp_path / "rendered" / "prod").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        write_artifacts(str(tmp_path), [make_artifact("dev", "new\n"), make_artifact("prod")], {})
    assert str(caught.value) == f"cannot write {tmp_path}/rendered/prod/app.json: not a directory"
    assert list_files(tmp_path) == {"rendered/dev/app.json": "old\n", "rendered/prod": "in the way"}


def test_a_folder_in_the_place_of_an_artifact_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rendered/dev/app.json").mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        write_artifacts(str(tmp_path), [make_artifact("dev")], {})
    assert str(caught.value) == f"cannot write {tmp_path}/rendered/dev/app.json: is a directory"
    assert list_files(tmp_path) == {}


def test_an_interrupt_changes_no_file_and_leaves_none_behind(tmp_path: Path) -> None:
    class Interrupting(str):
        __slots__ = ()

        def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_artifacts(str(tmp_path), [make_artifact("dev"), make_artifact("prod", Interrupting("{}"))], {})
    assert list_files(tmp_path) == {}


def test_a_replacement_that_fails_says_which_files_are_new(tmp_path: Path) -> None:
    artifacts = [make_artifact(name) for name in ("a", "b", "c")]
    with pytest.raises(InputError) as caught:
        write_artifacts(str(tmp_path), artifacts, {}, hold=(tmp_path / "rendered/b/app.json").mkdir)
    failed, new = (tmp_path / f"rendered/{name}/app.json" for name in ("b", "a"))
    assert str(caught.value) == f"cannot write {failed}: is a directory; 1 of 3 files is new: {new}"
    assert list_files(tmp_path) == {"rendered/a/app.json": "{}\n"}


@pytest.mark.parametrize(("number", "said"), [(2, "1 of 3 files is new: "), (3, "2 of 3 files are new: ")])
def test_an_interrupt_between_replacements_says_which_files_are_new(tmp_path: Path, number: int, said: str) -> None:
    artifacts = [make_artifact(name) for name in ("a", "b", "c")]
    with pytest.raises(KeyboardInterrupt) as caught, interrupt_before_replacement(number):
        write_artifacts(str(tmp_path), artifacts, {})
    files = list_files(tmp_path)
    assert list(files) == [f"rendered/{name}/app.json" for name in ("a", "b")[: number - 1]]
    assert caught.value.__notes__ == [said + ", ".join(f"{tmp_path}/{path}" for path in files)]


@contextmanager
def interrupt_before_replacement(number: int) -> Iterator[None]:
    """Press Ctrl-C just before so many files have taken their places."""
    left = number

    def interrupt(_: FrameType, event: str, called: object) -> None:
        nonlocal left
        left -= event == "c_call" and called is os.replace
        if not left:
            raise KeyboardInterrupt

    sys.setprofile(interrupt)
    try:
        yield
    finally:
        sys.setprofile(None)


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    def swap() -> None:
        (tmp_path / "rendered/b").rename(tmp_path / "moved")
        (tmp_path / "rendered/b").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError) as caught:
        write_artifacts(str(tmp_path), [make_artifact("a"), make_artifact("b")], {}, hold=swap)
    said = f"cannot write {tmp_path}/rendered/b/app.json: rendered/b is a symbolic link"
    assert str(caught.value) == f"{said}; 1 of 2 files is new: {tmp_path}/rendered/a/app.json"
    assert list_files(tmp_path / "elsewhere") == {}


def test_a_link_that_takes_the_place_of_a_file_meanwhile_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs", encoding="utf-8")
    link = tmp_path / "rendered/a/app.json"
    write_artifacts(str(tmp_path), [make_artifact("a")], {}, hold=lambda: link.symlink_to(tmp_path / "theirs"))
    assert list_files(tmp_path) == {"rendered/a/app.json": "{}\n", "theirs": "theirs"}
    assert not link.is_symlink()


def test_a_pipe_in_the_place_of_an_artifact_is_neither_replaced_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "rendered/dev").mkdir(parents=True)
    os.mkfifo(tmp_path / "rendered/dev/app.json")
    for action in (
        lambda: write_artifacts(str(tmp_path), [make_artifact("dev")], {}),
        lambda: delete_artifact(str(tmp_path), "rendered/dev/app.json", b"{}\n"),
    ):
        with pytest.raises(InputError, match=r"app\.json: not a regular file$"):
            action()
    assert stat.S_ISFIFO((tmp_path / "rendered/dev/app.json").stat().st_mode)


def test_a_file_that_changed_since_it_was_looked_at_is_not_deleted(tmp_path: Path) -> None:
    write_artifacts(str(tmp_path), [make_artifact("old", "{} \n")], {})
    assert delete_artifact(str(tmp_path), "rendered/old/app.json", b"{}\n") == Written("rendered/old/app.json", "left")
    assert list_files(tmp_path) == {"rendered/old/app.json": "{} \n"}


def test_a_deletion_that_fails_says_what_was_done_before(tmp_path: Path) -> None:
    done = write_artifacts(str(tmp_path), [make_artifact("dev"), make_artifact("a")], {})
    (tmp_path / "rendered/b/app.json").mkdir(parents=True)
    extras = {"rendered/a/app.json": b"{}\n", "rendered/b/app.json": b"{}\n"}
    with pytest.raises(InputError) as caught:
        delete_artifacts(str(tmp_path), extras, done[:1])
    top = f"{tmp_path}/rendered"
    said = f"cannot delete {top}/b/app.json: is a directory"
    assert str(caught.value) == f"{said}; before that: wrote {top}/dev/app.json, deleted {top}/a/app.json"


def test_more_files_are_written_than_may_be_open_at_once(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/dev/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 100, before[1]))
    try:
        write_artifacts(str(tmp_path), [make_artifact(f"env{number:03}") for number in range(150)], {})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert len(list_files(tmp_path)) == 150


def test_a_file_that_another_run_left_behind_is_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "rendered" / "dev"
    folder.mkdir(parents=True)
    left = f".app.json.taskdef.{os.getpid()}.0.tmp"
    (folder / left).write_text("theirs", encoding="utf-8")
    write_artifacts(str(tmp_path), [make_artifact("dev")], {})
    assert list_files(folder) == {left: "theirs", "app.json": "{}\n"}


def test_a_deleted_artifact_takes_its_empty_folder_along(tmp_path: Path) -> None:
    write_artifacts(str(tmp_path), [make_artifact("dev"), make_artifact("old"), make_artifact("old", task="web")], {})
    assert delete_artifact(str(tmp_path), "rendered/old/app.json", b"{}\n") == Written(
        "rendered/old/app.json", "deleted"
    )
    assert list_files(tmp_path) == {"rendered/dev/app.json": "{}\n", "rendered/old/web.json": "{}\n"}
    delete_artifact(str(tmp_path), "rendered/old/web.json", b"{}\n")
    assert sorted(path.name for path in (tmp_path / "rendered").iterdir()) == ["dev"]


def test_an_artifact_that_is_gone_already_counts_as_deleted(tmp_path: Path) -> None:
    assert delete_artifact(str(tmp_path), "rendered/old/app.json", b"{}\n") == Written(
        "rendered/old/app.json", "deleted"
    )


def test_an_artifact_that_cannot_be_deleted_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "rendered/old/app.json").mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        delete_artifact(str(tmp_path), "rendered/old/app.json", b"{}\n")
    assert str(caught.value) == f"cannot delete {tmp_path}/rendered/old/app.json: is a directory"


def test_a_file_that_is_rewritten_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "web.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    rewrite_file(str(file), "密\n")
    assert list_files(tmp_path) == {"web.json": "密\n"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("link.json", "link.json is a symbolic link"),
        ("none.json", "no such file or directory"),
        ("d", "is a directory"),
    ],
)
def test_what_cannot_be_rewritten_is_told_and_nothing_is_left_behind(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "web.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("web.json")
    (tmp_path / "d").mkdir()
    with pytest.raises(InputError) as caught:
        rewrite_file(str(tmp_path / name), "new")
    assert str(caught.value) == f"cannot write {tmp_path / name}: {why}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "link.json", "web.json"]
    assert (tmp_path / "web.json").read_text(encoding="utf-8") == "old"


def test_a_link_in_the_working_directory_is_followed_to_where_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/web.json").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("a/b")
    rewrite_file("link/web.json", "new")
    assert list_files(tmp_path) == {"a/b/web.json": "new"}


def test_no_link_out_of_the_working_directory_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/web.json").write_text("old", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here/link").symlink_to("../other")
    for write in (rewrite_file, write_file):
        with pytest.raises(InputError) as caught:
            write("link/web.json", "new")
        assert str(caught.value) == "link: a symbolic link that leads out of the working directory"
    rewrite_file("../other/web.json", "new")  # whoever names another folder may
    assert (tmp_path / "other/web.json").read_text(encoding="utf-8") == "new"


def test_a_link_that_takes_the_place_of_a_folder_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "web.json").write_text("old", encoding="utf-8")
    root, inner = find_root("a/web.json")
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "a").symlink_to("b")
    with pytest.raises(InputError) as caught:
        replace_files(root, {inner: b"new"}, None)
    assert str(caught.value) == "cannot write a/web.json: a is a symbolic link"
    assert list_files(tmp_path) == {"b/web.json": "old", "c/web.json": "old"}


def test_a_file_is_written_new_with_its_folders_or_anew_with_its_mode(tmp_path: Path) -> None:
    write_file(str(tmp_path / "out/page.html"), "old")
    assert stat.S_IMODE((tmp_path / "out/page.html").stat().st_mode) == 0o644
    (tmp_path / "out/page.html").chmod(0o600)
    write_file(str(tmp_path / "out/page.html"), "new")
    assert list_files(tmp_path) == {"out/page.html": "new"}
    assert stat.S_IMODE((tmp_path / "out/page.html").stat().st_mode) == 0o600


def test_no_file_takes_the_place_of_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "web.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("web.json")
    os.mkfifo(tmp_path / "pipe")
    kinds = dict.fromkeys(("d", "pipe"), "it is there, and no file")
    for name, why in {**kinds, "link.json": "link.json is a symbolic link"}.items():
        with pytest.raises(InputError) as caught:
            write_file(str(tmp_path / name), "new")
        assert str(caught.value) == f"cannot write {tmp_path / name}: {why}"
    assert (tmp_path / "web.json").read_text(encoding="utf-8") == "old"
