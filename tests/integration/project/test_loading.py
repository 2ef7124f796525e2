"""A folder becomes a project in memory; what cannot be read ends the run, and what does not belong there is a finding."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.findings import Finding, InputError, Location, Source
from generator.model.project import Project, Settings
from generator.project.loading import (
    Document,
    leads_into,
    list_names,
    load_documents,
    load_existing,
    load_installed_service,
    load_project,
)

MINIMUM = {"templates/app.json.j2": "{}\n", "environments/dev.yaml": "vars: {}\n"}


def lay_out(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """Write files below a folder, and give it as text."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder)


def refusal(root: str) -> str:
    """What keeps a project from being loaded."""
    with pytest.raises(InputError) as caught:
        load_project(root)
    return str(caught.value)


def test_everything_is_read_and_sorted(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path,
        {
            "templates/web.json.j2": "{}",
            "templates/app.json.j2": "{ }",
            "templates/_logging.j2": "x",
            "templates/parts/_health.j2": "y",
            "templates/README.md": "not read",
            "templates/.hidden.j2": "not read",
            "environments/prod.yaml": "a: 1",
            "environments/_common.yaml": "b: 2",
            "environments/prod/app.yaml": "c: 3",
            "environments/notes.txt": "not read",
            "rendered/prod/app.json": b"\xff\x00",
            "rendered/old/web.json": b"{}",
            "rendered/.gitkeep": b"",
        },
    )
    assert load_project(root) == Project(
        Settings(),
        templates={
            "_logging.j2": Source("templates/_logging.j2", "x"),
            "app.json.j2": Source("templates/app.json.j2", "{ }"),
            "parts/_health.j2": Source("templates/parts/_health.j2", "y"),
            "web.json.j2": Source("templates/web.json.j2", "{}"),
        },
        overlays={
            "_common.yaml": Source("environments/_common.yaml", "b: 2"),
            "prod/app.yaml": Source("environments/prod/app.yaml", "c: 3"),
            "prod.yaml": Source("environments/prod.yaml", "a: 1"),
        },
        artifacts={"old/web.json": b"{}", "prod/app.json": b"\xff\x00"},
    )


def test_artifacts_are_left_alone_when_nobody_asks_for_them(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM | {"rendered/dev/app.json": "{}", "rendered/notes.txt": ""})
    project = load_project(root, artifacts=False)
    assert (project.artifacts, project.findings) == ({}, ())


def test_text_loses_its_byte_order_mark_and_foreign_line_ends(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM | {"environments/dev.yaml": b"\xef\xbb\xbfa: 1\r\nb: 2\rc: \xe5\xaf\x86\n"})
    assert load_project(root).overlays["dev.yaml"].text == "a: 1\nb: 2\nc: 密\n"


def test_the_settings_name_the_folders(tmp_path: Path) -> None:
    files = {"ecs/base/app.json.j2": "{}", "ecs/envs/dev.yaml": "", "out/ecs/dev/app.json": "{}"}
    settings = 'templates = "ecs/base"\nenvironments = "ecs/envs"\nrendered = "out/ecs"\n'
    root = lay_out(tmp_path, {"taskdef.toml": settings, **files})
    project = load_project(root)
    assert project.settings._replace(source=None) == Settings("ecs/base", "ecs/envs", "out/ecs")
    assert (project.environments, project.tasks, project.artifacts) == (("dev",), ("app",), {"dev/app.json": b"{}"})


def test_a_pyproject_that_does_not_name_us_is_not_even_decoded(tmp_path: Path) -> None:
    assert load_project(lay_out(tmp_path, MINIMUM | {"pyproject.toml": b"\xff"})).findings == ()


def test_wrong_settings_are_the_only_finding(tmp_path: Path) -> None:
    project = load_project(lay_out(tmp_path, {"taskdef.toml": "templates = 5\n"}))
    assert [finding.code for finding in project.findings] == ["E131"]


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        (
            "templates/web.j2",
            Finding(
                "E127",
                "error",
                "`templates/web.j2` is neither a task (`<task>.json.j2`) nor a partial (`_*.j2`)",
                Location("templates/web.j2", 1, 1),
                help="rename it to `web.json.j2`",
            ),
        ),
        (
            "templates/parts/web.json.j2",
            Finding(
                "E127",
                "error",
                "`templates/parts/web.json.j2` is neither a task (`<task>.json.j2`) nor a partial (`_*.j2`)",
                Location("templates/parts/web.json.j2", 1, 1),
                help="rename it to `_web.json.j2`",
            ),
        ),
        (
            "templates/my task.json.j2",
            Finding(
                "E127",
                "error",
                "`my task` cannot be the name of a task",
                Location("templates/my task.json.j2", 1, 1),
                help="begin it with a letter or a digit, and go on with these, `_`, `.` or `-`",
            ),
        ),
        (
            "environments/prod.yml",
            Finding(
                "E127",
                "error",
                "`environments/prod.yml` is not read: overlays are called `*.yaml`",
                Location("environments/prod.yml", 1, 1),
                help="rename it to `prod.yaml`",
            ),
        ),
        (
            "environments/prod.json",
            Finding(
                "E127",
                "error",
                "`environments/prod.json` is not read: overlays are called `*.yaml`",
                Location("environments/prod.json", 1, 1),
                help="rename it to `prod.yaml`",
            ),
        ),
        (
            "environments/eu west.yaml",
            Finding(
                "E127",
                "error",
                "`eu west` cannot be the name of an environment",
                Location("environments/eu west.yaml", 1, 1),
                help="begin it with a letter or a digit, and go on with these, `_`, `.` or `-`",
            ),
        ),
        (
            "environments/dev/eu/app.yaml",
            Finding(
                "E127",
                "error",
                "`environments/dev/eu/app.yaml` is too deep to be an overlay: `environments/<env>/<task>.yaml` is the deepest",
                Location("environments/dev/eu/app.yaml", 1, 1),
                help="move it up",
            ),
        ),
        (
            "rendered/dev/notes.txt",
            Finding(
                "W805",
                "warning",
                "`rendered/dev/notes.txt` is not an artifact, and nothing else belongs under `rendered`",
                Location("rendered/dev/notes.txt", 1, 1),
                help="move it out of `rendered`, or delete it",
            ),
        ),
        (
            "rendered/app.json",
            Finding(
                "W805",
                "warning",
                "`rendered/app.json` is not an artifact, and nothing else belongs under `rendered`",
                Location("rendered/app.json", 1, 1),
                help="move it out of `rendered`, or delete it",
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_does_not_belong_is_a_finding(tmp_path: Path, name: str, finding: Finding) -> None:
    assert load_project(lay_out(tmp_path, {**MINIMUM, name: ""})).findings == (finding,)


def test_strays_are_named_and_not_read(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM | {"rendered/dev/a/b.json": "{}", "rendered/app.json": "{}"})
    os.mkfifo(tmp_path / "rendered" / "dev" / "app.json")
    project = load_project(root)
    names = ("app.json", "dev/app.json", "dev/a/b.json")
    assert project.artifacts == {}
    assert sorted(str(each.location) for each in project.findings) == sorted(f"rendered/{name}:1:1" for name in names)


HELP = "run in the project's folder, name it with `--project DIR`, or begin one with `taskdef init`"


@pytest.mark.parametrize(
    ("files", "message", "help"),
    [
        ({}, "there is no folder `templates` and no folder `environments` here", HELP),
        ({"environments/dev.yaml": ""}, "there is no folder `templates` here", HELP),
        ({"templates/app.json.j2": ""}, "there is no folder `environments` here", HELP),
        (
            {"templates/_a.j2": "", "environments/dev.yaml": ""},
            "there is no task",
            "add `templates/<task>.json.j2`, or name another project with `--project DIR`",
        ),
        (
            {"templates/app.json.j2": "", "environments/_common.yaml": ""},
            "there is no environment",
            "add `environments/<env>.yaml`, or name another project with `--project DIR`",
        ),
    ],
    ids=["nothing", "no templates", "no environments", "no task", "no environment"],
)
def test_a_project_with_nothing_to_render_says_so(
    tmp_path: Path, files: dict[str, str | bytes], message: str, help: str
) -> None:
    project = load_project(lay_out(tmp_path, files))
    assert project.findings == (Finding("E132", "error", f"nothing to render: {message}", help=help),)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"environments/dev.yaml": b"a: 1\nb: \xff\n"}, "environments/dev.yaml: not UTF-8: byte 0xff in line 2"),
        ({"templates/app.json.j2": b"\xfe\xff{"}, "templates/app.json.j2: not UTF-8: byte 0xfe in line 1"),
        ({"taskdef.toml": b"\x80"}, "taskdef.toml: not UTF-8: byte 0x80 in line 1"),
        ({"environments/dev.yaml": b" " * ((1 << 20) + 1)}, "environments/dev.yaml: larger than 1 MiB"),
        ({"environments/test.yaml/x": b""}, "environments/test.yaml: a folder"),
        ({"templates/web.json.j2/x": b""}, "templates/web.json.j2: a folder"),
    ],
    ids=["overlay", "template", "settings", "size", "a folder for an overlay", "a folder for a template"],
)
def test_a_file_that_cannot_be_read_ends_the_run(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    assert refusal(lay_out(tmp_path, {**MINIMUM, **files})) == message


def test_a_pipe_for_an_overlay_ends_the_run_and_does_not_wait(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM)
    os.mkfifo(tmp_path / "environments" / "test.yaml")
    assert refusal(root) == "environments/test.yaml: not a regular file"


def test_a_file_for_a_folder_ends_the_run(tmp_path: Path) -> None:
    lay_out(tmp_path / "a", {"templates": "", "environments/dev.yaml": ""})
    lay_out(tmp_path / "b", MINIMUM | {"rendered": ""})
    assert refusal(str(tmp_path / "a")) == "templates: not a folder"
    assert refusal(str(tmp_path / "b")) == "rendered: not a folder"
    assert refusal(str(tmp_path / "c")) == f"{tmp_path}/c: no such folder"


@pytest.mark.parametrize(
    ("link", "target", "message"),
    [
        ("environments/test.yaml", "../../outside.yaml", "a symbolic link that leads out of the project"),
        ("environments/test.yaml", "nowhere.yaml", "a symbolic link to nothing"),
        ("environments/test.yaml", "test.yaml", "a symbolic link to nothing"),
        ("templates/parts", "../..", "a symbolic link that leads out of the project"),
        ("templates/parts", "..", "a symbolic link to a folder it lies in"),
        ("templates/parts", ".", "a symbolic link to a folder it lies in"),
    ],
)
def test_a_link_among_the_sources_may_not_lead_astray(tmp_path: Path, link: str, target: str, message: str) -> None:
    (tmp_path / "outside.yaml").write_text("vars: {}\n", encoding="utf-8")
    root = lay_out(tmp_path / "project", MINIMUM)
    (Path(root) / link).symlink_to(target)
    assert refusal(root) == f"{link}: {message}"


def test_a_whole_folder_of_sources_may_not_be_a_link_out_of_the_project(tmp_path: Path) -> None:
    lay_out(tmp_path, {"elsewhere/app.json.j2": "{}", "project/environments/dev.yaml": ""})
    (tmp_path / "project" / "templates").symlink_to("../elsewhere")
    assert refusal(str(tmp_path / "project")) == "templates: a symbolic link that leads out of the project"


def test_a_link_inside_of_the_project_is_followed(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM | {"shared/_logging.j2": "x", "shared/base.yaml": "a: 1"})
    (tmp_path / "templates" / "shared").symlink_to("../shared")
    (tmp_path / "environments" / "test.yaml").symlink_to("../shared/base.yaml")
    project = load_project(root)
    assert project.templates["shared/_logging.j2"] == Source("templates/shared/_logging.j2", "x")
    assert project.overlays["test.yaml"] == Source("environments/test.yaml", "a: 1")


@pytest.mark.parametrize("link", ["rendered", "rendered/dev", "rendered/dev/app.json", "rendered/notes"])
def test_a_link_at_or_under_rendered_is_refused_and_not_followed(tmp_path: Path, link: str) -> None:
    root = lay_out(tmp_path, MINIMUM | {"elsewhere/dev/app.json": "{}"})
    path = tmp_path / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "elsewhere")
    project = load_project(root)
    message = f"`{link}` is a symbolic link, and nothing under `rendered` may be one"
    help = "replace it with its target, or delete it"
    assert project.findings == (Finding("E808", "error", message, help=help),)
    assert project.artifacts == {}


def test_a_name_that_is_not_utf_8_is_spelt_out(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM)
    with open(os.fsencode(tmp_path) + b"/environments/\xff.yaml", "wb"):
        pass
    assert [finding.message for finding in load_project(root).findings] == [
        r"`\xff` cannot be the name of an environment"
    ]


def test_names_are_listed_without_reading_the_files(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path, {"templates/app.json.j2": b"\xff", "environments/dev.yaml": b"\xff", "environments/_c.yaml": ""}
    )
    assert list_names(root) == (("dev",), ("app",))


def test_existing_files_are_read_and_missing_ones_left_out(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"dev/app.json": b"\xff", "dev/web.json/x": ""})
    assert load_existing(root, ("dev/app.json", "dev/web.json", "dev/no.json")) == {"dev/app.json": b"\xff"}


def test_a_path_leads_into_a_folder_through_links_too(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b")
    folder = str(tmp_path / "a")
    paths = {"a": True, "a/b/new": True, "link/new": True, "ab": False, "": False}
    assert {name: leads_into(str(tmp_path / name), folder) for name in paths} == paths


# Documents from anywhere.


def test_documents_are_files_stdin_folders_and_patterns_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(
        tmp_path, {"b.json": "1", "a.json": "2", "d/x.json": "3", "d/e/y.json": "4", "d/z.yaml": "", "d/.h/h.json": ""}
    )
    (tmp_path / "d" / "linked").symlink_to("..")
    monkeypatch.chdir(tmp_path)
    assert list(load_documents(["b.json", "-", "d", "*.json", "-", "b.json"], b"in")) == [
        Document("b.json", b"1", file="b.json"),
        Document("<stdin>", b"in"),
        Document("d/e/y.json", b"4", named=False, file="d/e/y.json"),
        Document("d/x.json", b"3", named=False, file="d/x.json"),
        Document("a.json", b"2", named=False, file="a.json"),
    ]
    assert [found.path for found in load_documents(["."])] == ["a.json", "b.json", "d/e/y.json", "d/x.json"]
    assert [found.path for found in load_documents(["d/"])] == ["d/e/y.json", "d/x.json"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    lay_out(tmp_path, {"[web].json": "1", "w.json": "2"})
    name = str(tmp_path / "[web].json")
    assert list(load_documents([name])) == [Document(name, b"1", file=name)]


@pytest.mark.parametrize(
    ("word", "refusal"),
    [
        ("none.json", "no such file or directory"),
        ("*.none", "no file matches"),
        ("empty", "no `*.json` below this folder"),
        ("pipe", "not a regular file"),
        ("dead.json", "no such file or directory"),
    ],
)
def test_what_cannot_be_read_is_told_and_ends_nothing(tmp_path: Path, word: str, refusal: str) -> None:
    root = lay_out(tmp_path, {"web.json": "1"})
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dead.json").symlink_to("nothing")
    found = list(load_documents([f"{root}/{word}", f"{root}/web.json"]))
    assert [(each.path, each.data, each.refusal) for each in found] == [
        (f"{root}/{word}", b"", f"{root}/{word}: {refusal}"),
        (f"{root}/web.json", b"1", ""),
    ]


def test_the_model_of_an_installed_botocore_is_read_without_importing_it() -> None:
    service, version = load_installed_service()
    assert "RegisterTaskDefinition" in service["operations"]
    assert version[0].isdecimal() and version.count(".") == 2


def test_folders_in_too_many_folders_are_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MINIMUM)
    os.makedirs(tmp_path / "templates" / "/".join(["d"] * 120))
    assert refusal(root).endswith("…: more than 100 folders in one another")
    found = list(load_documents([str(tmp_path)]))
    assert [each.refusal.endswith("…: more than 100 folders in one another") for each in found if each.refusal] == [
        True
    ]
