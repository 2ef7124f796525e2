"""`taskdef lint` and `taskdef lint --fix`: on files, folders, patterns and stdin."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.integration.cli.process import ROOT, Done, Project

RIGHT = (
    '{"family": "web", "requiresCompatibilities": ["EC2"], '
    '"containerDefinitions": [{"name": "web", "image": "i:1", "memory": 128}]}\n'
)
WRONG = RIGHT.replace('"web", "req', '"w.b", "req')
MESSAGE = (
    "error[E424]: `family` is `w.b`, but ECS accepts letters, digits, `-` and `_` only\n"
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
    found = folder.run("lint", "web.json").out.splitlines()
    assert [line.partition(": `")[0] for line in found if "error[E424]" in line] == ["web.json:1:12: error[E424]"]
    (folder.folder / "web.json").write_bytes(RIGHT.replace(", ", ",\r\n").encode())
    assert folder.run("lint", "web.json").status == 0


def test_lint_looks_for_task_definitions_in_folders_and_where_a_pattern_matches(folder: Project) -> None:
    folder.write({"a/b/wrong.json": WRONG, "a/package.json": '{"name": "a"}', "a/notes.txt": "", "a/.git/x.json": "{"})
    said = f"a/b/wrong.json:1:12: {MESSAGE}"
    assert folder.run("lint", "a") == Done(1, f"{said}1 file linted, 1 error, 1 other file skipped\n", "")
    assert folder.run("lint", "**/*.json").out == f"{said}2 files linted, 1 error, 1 other file skipped\n"
    assert folder.run("lint", ".", "web.json", "a/b/").out == f"{said}2 files linted, 1 error, 1 other file skipped\n"
    assert folder.run("lint", "-v", "a").out.splitlines()[0] == (
        "skipped a/package.json: does not look like a task definition"
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
        ("large.json", b"[" + b" " * (1 << 20) + b"]", "large.json: larger than 1 MiB, but ECS accepts 64 KiB"),
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


def test_lint_of_stdin_that_is_too_large_is_refused(folder: Project) -> None:
    done = folder.pipe(b" " * (1 << 21), "lint", "-")
    assert (done.status, done.err) == (2, "error: <stdin>: larger than 1 MiB, but ECS accepts 64 KiB\n")


def test_lint_leaves_large_files_of_other_kinds_out(folder: Project) -> None:
    folder.write({"package-lock.json": f'{{"a": "{"x" * (1 << 20)}"}}'})
    assert folder.run("lint", ".") == Done(0, "1 file linted, nothing found, 1 other file skipped\n", "")
    folder.write({"large.json": f'{{"containerDefinitions": [], "a": "{"x" * (1 << 20)}"}}'})
    assert folder.run("lint", ".").err == "error: large.json: larger than 1 MiB, but ECS accepts 64 KiB\n"


def test_lint_that_looked_at_nothing_is_no_success(folder: Project) -> None:
    folder.write({"a/package.json": "{}", "a/tsconfig.json": "{ // comment\n}"})
    done = folder.run("lint", "a")
    assert done == Done(
        2,
        "0 files linted, nothing found, 2 other files skipped\n",
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
        f"wrong.json:1:12: {MESSAGE.splitlines()[0]}",
    ]
    assert done.out.splitlines()[-1] == "2 files linted, 1 error left, which `--fix` does not mend"
    assert (folder.folder / "described.json").read_text(encoding="utf-8") == RIGHT
    assert (folder.folder / "wrong.json").read_text(encoding="utf-8") == WRONG
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
    assert folder.pipe(DESCRIBED.encode(), "lint", "--fix", "-") == Done(0, RIGHT, "1 file linted, nothing found\n")
    done = folder.pipe(WRONG.encode(), "lint", "--fix", "--sort", "-")
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
    assert folder.run("lint", "--fix", "--diff", "web.json") == Done(0, "", "1 file linted, nothing found\n")
    done = folder.run("lint", "--fix", "--sort", "--diff", "web.json")
    assert (done.status, done.out.splitlines()[-3:]) == (1, ["-}", "\\ No newline at end of file", "+}"])
    folder.write({"web.json": FIXED + "\n"})
    assert folder.run("lint", "--fix", "--sort", "--diff", "web.json") == Done(0, "", "1 file linted, nothing found\n")


def test_lint_fix_changes_nothing_but_what_is_mended(folder: Project) -> None:
    text = (
        '\ufeff{\r\n\t"cpu" : "256",\r\n\r\n\t"revision": 3,\r\n\t"family":"web",\r\n'
        '\t"containerDefinitions": [ {"image":"i:1", "command":null, "memory":128, "name":"web"} ], "tags": []}\r\n\r\n'
    )
    (folder.folder / "web.json").write_bytes(text.encode())
    assert folder.run("lint", "--fix", "web.json").out.splitlines()[0] == "fixed web.json"
    for gone in ('"revision": 3,\r\n\t', '"command":null, ', ', "tags": []'):
        text = text.replace(gone, "")
    assert (folder.folder / "web.json").read_bytes() == text.removeprefix("\ufeff").encode()
    changed = (folder.folder / "web.json").stat().st_mtime_ns
    assert folder.run("lint", "--fix", "web.json").out == "1 file linted, nothing found\n"
    assert (folder.folder / "web.json").stat().st_mtime_ns == changed


def test_lint_reports_a_byte_order_mark_and_removes_it(folder: Project) -> None:
    (folder.folder / "web.json").write_bytes(b"\xef\xbb\xbf" + RIGHT.encode())
    done = folder.run("lint", "web.json")
    assert (done.status, done.err or done.out) == (
        1,
        "web.json:1:1: error[E134]: the file begins with a byte order mark, which the AWS command line reads as text before the JSON\n"
        "  help: save it as UTF-8 without one, or run `taskdef lint --fix`\n"
        "1 file linted, 1 error\n",
    )
    assert folder.pipe((folder.folder / "web.json").read_bytes(), "lint", "-").status == 1
    assert folder.run("lint", "--for", "deploy-action", "web.json").status == 0  # which reads it
    assert folder.run("lint", "--fix", "web.json").out == "fixed web.json\n1 file linted, nothing found\n"
    assert (folder.folder / "web.json").read_bytes() == RIGHT.encode()
    (folder.folder / "other.json").write_bytes(b'\xef\xbb\xbf{"name": "x"}')
    assert folder.run("lint", ".").out == "1 file linted, nothing found, 1 other file skipped\n"


def test_lint_fix_of_stdin_keeps_ends_of_lines(folder: Project) -> None:
    text = RIGHT.replace(", ", ",\r\n").replace("{", '{"revision": 3,\r\n', 1)
    done = folder.pipe(text.encode(), "lint", "--fix", "-")
    assert done.out == text.replace('"revision": 3,\r\n', "")


def test_lint_fix_mends_what_it_can_and_says_why_not_the_rest(folder: Project) -> None:
    folder.write({"web.json": RIGHT.replace('"memory"', '"cpu": null, "command": ["a", null], "memory"')})
    done = folder.run("lint", "--fix", "web.json")
    assert (folder.folder / "web.json").read_text(encoding="utf-8") == RIGHT.replace(
        '"memory"', '"command": ["a", null], "memory"'
    )
    assert done.out.splitlines()[-3:] == [
        "  note: not mended: an item of a list is missing, or there is one too many",
        "  help: remove it",
        "1 file linted, 1 error left, which `--fix` does not mend",
    ]
    done = folder.run("lint", "--fix", "--sort", "web.json")
    assert done.out.splitlines()[0] == "left web.json unsorted: it has a null, which artifacts do not have"


def test_lint_fix_goes_by_findings_whatever_is_shown_of_them(folder: Project) -> None:
    folder.write({"taskdef.toml": '[rules]\nE404 = "warning"\n', "web.json": RIGHT.replace("{", '{"tags": [], ', 1)})
    assert folder.run("lint", "-q", "--fix", "web.json") == Done(0, "", "")
    assert (folder.folder / "web.json").read_text(encoding="utf-8") == RIGHT


def test_lint_fix_counts_no_notes_that_nobody_asked_for(folder: Project) -> None:
    folder.write({"web.json": RIGHT.replace('"requiresCompatibilities": ["EC2"], ', "")})
    assert folder.run("lint", "--fix", "web.json").out == "1 file linted, nothing found\n"


def test_lint_judges_what_an_action_would_register(folder: Project) -> None:
    mended = RIGHT.replace("{", '{"revision": 3, "tags": [], "cpu": null, ', 1)
    folder.write({"web.json": mended, "image.json": mended.replace("i:1", "<IMAGE>")})
    said = "2 files linted for deploy-action, 1 error\n"
    done = folder.run("lint", "--for", "deploy-action", "web.json", "image.json")
    assert (done.status, done.out.splitlines(keepends=True)[-1], done.out.count("error[")) == (1, said, 1)
    assert done.out.startswith("image.json:1:145: error[E517]")
    both = ("--for", "deploy-action", "--for", "render-action")
    assert folder.run("lint", *both, "image.json") == Done(
        0, "1 file linted for render-action and deploy-action, nothing found\n", ""
    )
    assert folder.run("lint", *both, "--fix", "image.json").status == 0
    assert (folder.folder / "image.json").read_text(encoding="utf-8") == mended.replace("i:1", "<IMAGE>")
    folder.write({"taskdef.toml": 'lint_for = ["deploy-action", "render-action"]\n'})
    assert folder.run("lint", "image.json").status == 0
    assert folder.run("lint", "--for", "render-action", "image.json").status == 1


def test_levels_of_what_a_tool_may_mend_hold_in_lint_and_for_no_artifact(folder: Project) -> None:
    folder.write(
        {
            "taskdef.toml": 'lint_for = ["deploy-action"]\n[rules]\nE305 = "off"\nE306 = "warning"\n',
            "web.json": RIGHT.replace("{", '{"deleteRequestedAt": "x", ', 1),
            "null.json": RIGHT.replace("{", '{"cpu": null, ', 1),
            "templates/a.json.j2": RIGHT.replace("{", '{"revision": 3, ', 1),
            "templates/b.json.j2": RIGHT.replace("{", '{"cpu": null, ', 1),
            "environments/dev.yaml": "# nothing\n",
        }
    )
    assert folder.run("lint", "web.json", "null.json").status == 0
    assert folder.run("lint", "--for", "render-action", "null.json").out.startswith("null.json:1:9: warning[E306]")
    for command in ("render", "check"):
        done = folder.run(command)
        said = done.out + done.err
        assert (done.status, "error[E305]" in said, "error[E306]" in said) == (1, True, True)
    assert not (folder.folder / "rendered").exists()
    done = folder.run("rules", "E306")
    assert "Level: error, always; in `taskdef lint` warning, unless the settings change it" in done.out


def test_lint_shows_edits_to_programs(folder: Project) -> None:
    folder.write({"web.json": RIGHT.replace("{", '{\n"revision": 3,\n', 1)})
    (found,) = [
        each
        for each in json.loads(folder.run("lint", "web.json", "--format", "json").out)["findings"]
        if each["severity"] == "error"
    ]
    assert found["edits"] == [
        {
            "location": {"file": "web.json", "line": 2, "column": 1},
            "end": {"line": 3, "column": 1},
            "text": "",
        }
    ]
    (run,) = json.loads(folder.run("lint", "web.json", "--format", "sarif").out)["runs"]
    assert [each["fixes"] for each in run["results"]] == [
        [
            {
                "description": {"text": "delete it: only the output of describe-task-definition has such members"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "web.json"},
                        "replacements": [
                            {"deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 1}}
                        ],
                    }
                ],
            }
        ]
    ]


def test_lint_diff_alone_is_wrong_usage(folder: Project) -> None:
    assert folder.run("lint", "--diff", "web.json") == Done(
        2, "", "error: `--diff` shows what `--fix` would do: give both\n"
    )
    assert folder.run("lint", "--sort", "web.json") == Done(
        2, "", "error: `--sort` changes files as `--fix` does: give both\n"
    )


def test_lint_fix_never_writes_through_a_link(folder: Project) -> None:
    folder.write({"wrong.json": WRONG})
    (folder.folder / "link.json").symlink_to("wrong.json")
    done = folder.run("lint", "--fix", "--sort", "link.json")
    assert (done.status, done.err) == (2, "error: cannot write link.json: link.json is a symbolic link\n")
    assert done.out.startswith("link.json:1:12: error[E424]")
    assert (folder.folder / "wrong.json").read_text(encoding="utf-8") == WRONG
    assert folder.run("lint", "--fix", "link.json").status == 1  # nothing to mend, and nothing to write


def test_lint_goes_by_the_model_of_an_installed_botocore(folder: Project) -> None:
    assert folder.run("lint", "--model", "installed", "web.json").status == 0
    folder.write({"wrong.json": WRONG})
    assert "E424" in folder.run("lint", "--model", "installed", "wrong.json").out


def test_lint_without_a_botocore_refuses_to_go_by_its_model(folder: Project) -> None:
    (folder.folder / "botocore").mkdir()
    (folder.folder / "botocore" / "__init__.py").touch()
    (folder.folder / "awscli").mkdir()
    (folder.folder / "awscli" / "__init__.py").touch()
    environment = os.environ | {"PYTHONPATH": f"{folder.folder}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = folder.run("lint", "--model", "installed", "web.json", env=environment)
    said = "error: no botocore is installed beside taskdef, and `--model installed` needs its model of ECS\n"
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


LINKED = {
    "a link": ("out.json", "out.json"),
    "a folder that is a link": ("linked", "linked"),
    "a file in such a folder": ("linked/x.json", "linked"),
    "a link in a folder": ("sub", "sub/out.json"),
    "a pattern": ("linked/*.json", "linked"),
}


@pytest.mark.parametrize(("word", "link"), LINKED.values(), ids=LINKED)
def test_lint_follows_no_link_out_of_the_working_directory(tmp_path: Path, word: str, link: str) -> None:
    made = Project(tmp_path / "here")
    made.write({"web.json": RIGHT, "../outside/x.json": WRONG, "../outside/z.json": WRONG, "sub/in.json": RIGHT})
    (made.folder / "out.json").symlink_to("../outside/x.json")
    (made.folder / "sub/out.json").symlink_to("../out.json")
    (made.folder / "linked").symlink_to("../outside")
    done = made.run("lint", word)
    said = f"error: {link}: a symbolic link that leads out of the working directory\n"
    assert (done.status, done.err) == (2, said)
    assert "w.b" not in done.out
    assert made.run("lint", "../outside/x.json").status == 1
    assert made.run("diff", "web.json", "out.json").err == said.replace(link, "out.json")


def test_lint_reads_what_comes_by_a_pipe(folder: Project) -> None:
    assert folder.pipe(WRONG.encode(), "lint", "/dev/stdin").out.startswith("/dev/stdin:1:12: error[E424]")
    assert folder.pipe(b" " * (16 << 20) + RIGHT.encode(), "lint", "/dev/stdin").status == 2


OTHER = {
    "credentials": "[qqprofile]\naws_access_key_id = abcd\n",
    "variables": "PIN=4711\nTASK_DEFINITION=web\n",
    "YAML": "qqpin: abcd\n",
    "JSON": '{"qqpin": "abcd", "users": [{"name": "x", "code": "zz"}]}',
    "broken JSON": '{"type": "account", "qqpin": "abcd\n47"}',
    "JSON twice": '{"qqpin": "abcd", "qqpin": "4711"}',
    "a list": '["abcd", "4711"]',
    "text": '"4711"',
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_lint_shows_nothing_of_a_file_that_is_something_else(folder: Project, text: str) -> None:
    folder.write({"other": text})
    done = [folder.run("lint", "other", "--format", form) for form in ("text", "sarif")]
    done += [folder.run("lint", "--fix", "--diff", "other"), folder.run("diff", "other", "web.json")]
    said = "".join(each.err for each in done) + "".join(each.out for each in done[:3])
    assert ([each.status for each in done[:2]], "other" in said) == ([1, 1], True)
    assert [word for word in ("abcd", "4711", "PIN", "qq", "users", "zz") if word in said] == []


def test_lint_mends_nothing_that_is_something_else(folder: Project) -> None:
    folder.write({"other": OTHER["JSON"]})
    assert folder.run("lint", "--fix", "other").status == 1
    assert (folder.folder / "other").read_text(encoding="utf-8") == OTHER["JSON"]
