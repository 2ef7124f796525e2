"""What README, CHANGELOG and CONTRIBUTING say is so: examples are run, tables compared, links followed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from generator import __version__
from generator.build.pipeline import build_project
from generator.cli.groups import COMMANDS, cli, load_command
from generator.cli.statuses import BUG, CLOSED, DONE, REFUSED
from generator.commands.account.orders import load_order
from generator.model.nodes import Value
from generator.reports.json import MEMBERS
from scripts import draw_page
from scripts.draw_terminal import PICTURE, draw
from tests.acceptance.running import ROOT, Runner
from tests.support import make_project, merge_texts

MOVED = tuple(f"docs/{name}.md" for name in ("tour", "overlays", "commands", "hooks", "trading-bot", "comparison"))
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "RELEASING.md", *MOVED)


class Block(NamedTuple):
    """A fenced block. `title` is the file it is said to be, or empty."""

    language: str
    title: str
    text: str


def read_document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_sections(name: str) -> dict[str, list[Block]]:
    """The fenced blocks of a document by the heading they stand under."""
    fence = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    parts = re.split(r"^## (.*)$", read_document(name), flags=re.MULTILINE)
    return {
        heading: [Block(language, title, text) for title, language, text in fence.findall(body)]
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def read_tables(name: str) -> dict[str, list[list[str]]]:
    """The rows of each table of a document by its first heading cell, the heading row first."""
    tables: dict[str, list[list[str]]] = {}
    for block in re.findall(r"(?:^\|.*\|$\n)+", read_document(name), re.MULTILINE):
        rows = [
            [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in block.splitlines()
        ]
        tables[rows[0][0]] = [rows[0], *rows[2:]]
    return tables


README = read_sections("README.md")
TOUR = read_sections("docs/tour.md")
TABLES = {heading: rows for name in MOVED for heading, rows in read_tables(name).items()}
IDEA = "The whole idea"


PLAYED = (
    "docs/by-hand.md",
    "docs/from-copilot.md",
    "docs/from-ecspresso.md",
    "docs/from-render-action.md",
    "docs/from-scripts.md",
    "docs/from-terraform.md",
    "docs/init.md",
    "docs/merging.md",
    "docs/set.md",
    "docs/tutorial.md",
)
"""Pages whose commands need git and nothing else. Each runs from its first section to its last in one folder."""
PLAYED_ELSEWHERE = ("docs/diagnoses.md", "docs/reference.md", "docs/releasing.md", "docs/tour.md", "docs/verify.md")
"""Pages whose commands other tests run, or that a test compares with what generates them."""


@pytest.fixture
def shell(tmp_path: Path) -> Runner:
    """An empty folder, with `taskdef` and `python` on the path as an installation gives them."""
    programs, project = tmp_path / "bin", tmp_path / "project"
    programs.mkdir()
    project.mkdir()
    for name, words in (("python", ""), ("taskdef", " -m generator")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{words} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return Runner(
        project, {"PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "120"}
    )


def play(shell: Runner, blocks: list[Block]) -> None:
    """Write the files of a section and run its commands, which must say what the document says they say."""
    for block in blocks:
        if block.title:
            file = shell.folder / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            commands = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
            assert "".join(f"$ {command}\n{output}" for command, output in commands) == block.text
            # The mark passes on the status of the command before it, for an `echo $?` that may follow.
            script = 'mark() { local status=$?; echo "@@@"; return $status; }\n'
            script += "\n".join(f"{command}\nmark" for command, _ in commands)
            said = shell.run("bash", "-c", f"exec 2>&1\n{script}\n").out.split("@@@\n")
            assert said == [*(output for _, output in commands), ""]


def test_commands_of_the_readme_print_what_it_shows(shell: Runner) -> None:
    """Its three files are in the repository, so that it need not show them."""
    shutil.copytree(ROOT / "docs" / "examples" / "ecs", shell.folder / "ecs")
    for blocks in README.values():
        play(shell, blocks)


def test_the_picture_of_the_readme_shows_what_is_printed_today() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw()


def test_the_picture_of_the_page_shows_what_the_command_writes_today() -> None:
    picture = draw_page.PICTURE.read_bytes()
    assert draw_page.shows(picture, draw_page.make_page()), "run `make docs`"
    assert not draw_page.shows(picture, "another page")


def test_the_readme_is_short_and_says_first_how_to_begin() -> None:
    lines = read_document("README.md").splitlines()
    assert len(lines) <= 150
    assert {"make", "make test"} <= {line.split("#")[0].strip() for line in lines[:15]}


@pytest.mark.parametrize("heading", TOUR)
def test_commands_of_the_tour_print_what_it_shows(shell: Runner, heading: str) -> None:
    """Each section begins with the files of the first."""
    play(shell, TOUR[IDEA])
    if heading != IDEA:
        play(shell, TOUR[heading])


@pytest.mark.parametrize("page", PLAYED)
def test_commands_of_a_page_print_what_it_shows(shell: Runner, page: str) -> None:
    for blocks in read_sections(page).values():
        play(shell, blocks)


def test_commands_of_every_page_are_run() -> None:
    pages = {str(file.relative_to(ROOT)) for file in (ROOT / "docs").glob("*.md")}
    assert {page for page in pages if "\n```console\n" in read_document(page)} == {*PLAYED, *PLAYED_ELSEWHERE}


def test_the_whole_idea_takes_twenty_lines() -> None:
    sources = [block for block in TOUR[IDEA] if block.title]

    assert [block.title for block in sources] == [
        "templates/web.json.j2",
        "environments/dev.yaml",
        "environments/prod.yaml",
    ]
    assert sum(block.text.count("\n") for block in sources) <= 20


def test_only_what_needs_a_network_is_shown_and_not_run() -> None:
    shown = [heading for heading, blocks in README.items() for block in blocks if block.language != "console"]
    assert shown == ["Install"]
    (install,) = README["Install"]
    assert [line.split("#")[0].strip() for line in install.text.splitlines()] == [
        "pipx install .",
        "pip install '.[aws]'",
    ]
    (release,) = read_sections("docs/commands.md")["In an account"]
    assert all(line.split()[:1] == ["taskdef"] and line.split()[1] in COMMANDS for line in release.text.splitlines())


def test_overlay_with_every_key_builds() -> None:
    (overlay,) = read_sections("docs/overlays.md")["Layout"]
    template = '{"family": "{{ task }}", "containerDefinitions": [{"name": "a", "image": "a:{{ tag }}"}]}'
    project = make_project(
        {"web.json.j2": template, "debug-tools.json.j2": template}, {"_common.yaml": "", "prod.yaml": overlay.text}
    )

    built = build_project(project)

    assert built.findings == ()
    assert [artifact.path for artifact in built.artifacts] == ["rendered/prod/web.json"]


def test_pre_commit_configuration_names_hooks_that_we_offer() -> None:
    (block,) = read_sections("docs/hooks.md")["In other repositories"]
    (repository,) = yaml.safe_load(block.text)["repos"]
    offered = yaml.safe_load(read_document(".pre-commit-hooks.yaml"))

    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]
    assert repository["rev"] == f"v{__version__}"


# Tables.


def test_table_of_helpers_gives_what_they_give() -> None:
    for call, given in TABLES["helper"][1:]:
        template = json.dumps({"family": "{{ " + call.strip("`") + " }}", "containerDefinitions": []})
        overlay = 'aws: {account: "123456789012", region: us-east-1}'
        (artifact,) = build_project(make_project({"app.json.j2": template}, {"dev.yaml": overlay})).artifacts
        assert json.loads(artifact.text)["family"] == given.strip("`"), call
    assert len(TABLES["helper"]) == 5


def test_table_of_commands_has_every_command_and_no_option_that_is_none() -> None:
    rows = [row[0] for row in TABLES["command"][1:]]
    assert {row.split()[1] for row in rows} == set(COMMANDS)
    for row in rows:
        command = load_command(row.split()[1])
        options = {word for option in command.params for word in option.opts}
        assert set(re.findall(r"--[a-z-]+", row)) <= options, row


def test_common_options_are_those_of_every_command() -> None:
    (said,) = re.findall(r"^All take (.*?);", read_document("docs/commands.md"), re.MULTILINE)
    options = {word for option in cli.params for word in option.opts}

    assert set(re.findall(r"(?<![a-z|])--?[a-z]+", said)) <= options
    assert {"--version"} | {option.opts[0] for option in cli.params} == {
        "--version",
        *re.findall(r"(?<![a-z|])--?[a-z]+", said),
    }


def test_table_of_exit_statuses_has_all() -> None:
    statuses = [int(row[0]) for row in TABLES["exit status"][1:]]

    assert statuses == [DONE, 1, REFUSED, BUG, 130, CLOSED]


DOCUMENT: dict[str, Value] = {
    "nothing": {},
    "a mapping": {"healthCheck": {"command": ["CMD", "x"], "interval": 10}},
    "a list of named things": {"environment": [{"name": "A", "value": "1"}]},
    "a plain list": {"command": ["a"]},
    "a scalar": {"user": "1"},
}
NATIVE = {
    "a mapping": "healthCheck: {command: [CMD, y], timeout: 5}",
    "a list of named things": "environment: [{name: B, value: b}]",
    "a plain list": "command: [b]",
    "a scalar": "user: 2",
    "`null`": "user: null",
}
FOREIGN = {
    "a mapping": "{A: x}",
    "a list of named things": "[{name: A, value: x}]",
    "a plain list": "[x]",
    "a scalar": "x",
    "`null`": "null",
}
KEPT = {"healthCheck": "interval", "environment": "A"}
"""What is still there after a merge, and not after a replacement."""


def judge(document: Value, patch: str) -> str:
    """Say what a patch of a container did, in the words of the table."""
    template = {"family": "f", "containerDefinitions": [{"name": "app", "image": "i", **document}]}
    merged, findings = merge_texts(template, f"containerDefinitions:\n  app: {{{patch}}}\n")
    if findings:
        return "error"
    after = {key: value for key, value in merged["containerDefinitions"][0].items() if key not in ("name", "image")}
    if not after:
        return "delete"
    ((member, value),) = after.items()
    if not document:
        return "set" if member in ("command", "user") else "add"
    merging = KEPT.get(member, "nothing of this kind") in json.dumps(value)
    return {"healthCheck": "merge", "environment": "merge by name"}[member] if merging else "replace"


def test_table_of_merging_says_what_merging_does() -> None:
    heading, *rows = TABLES["the document has ↓, the patch has →"]
    assert [row[0] for row in rows] == list(DOCUMENT)
    assert heading[1:] == list(FOREIGN)
    for kind, *cells in rows:
        (member,) = DOCUMENT[kind] or ("",)
        for given, cell in zip(heading[1:], cells, strict=True):
            patch = NATIVE[given] if kind in ("nothing", given) else f"{member}: {FOREIGN[given]}"
            assert judge(DOCUMENT[kind], patch) == cell.partition(",")[0], (kind, given)


def test_table_of_this_repositorys_task_is_what_is_rendered() -> None:
    heading, *rows = TABLES[""]
    for column, environment in enumerate(heading[1:], 1):
        document = json.loads(read_document(f"rendered/{environment}/trading-bot-task.json"))
        (container,) = document["containerDefinitions"]
        values = {item["name"]: item["value"] for item in container["environment"]}
        values |= {"family, container": document["family"], "cpu": document["cpu"], "memory": document["memory"]}
        values["image tag"] = container["image"].rpartition(":")[2]
        (release,) = load_order(str(ROOT), [environment]).releases
        values[f"service in `{release.cluster}`"] = release.service
        assert container["name"] == document["family"]
        assert {row[0]: row[column].strip("`") for row in rows} == values
    assert heading == ["", "dev", "test", "prod"]


# Names and links.


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files(name: str) -> None:
    links = re.findall(r"\]\((?!https://)([^)#]+)[^)]*\)", read_document(name))

    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_that_are_named_exist(name: str) -> None:
    text = re.sub(r"^```.*?^```$", "", read_document(name), flags=re.MULTILINE | re.DOTALL)
    paths = re.findall(r"`((?:generator|tests|docs|scripts|benchmarks)/[^`]+)`", text)
    patterns = ("<", "*", "CASE", "CODE")

    assert [path for path in paths if not (ROOT / path).exists() and not any(part in path for part in patterns)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_that_are_named_exist(name: str) -> None:
    rules = re.findall(r"^#: +([\w-]+)", read_document("Makefile"), re.MULTILINE)
    targets = {
        target for rule in rules for target in (rule, *(rule.replace("ENV", env) for env in ("dev", "test", "prod")))
    }
    named = re.findall(r"`make ([\w -]+)`", read_document(name))

    assert [words for words in named if not set(words.split()) <= targets] == []


def test_changelog_is_about_this_version() -> None:
    text = read_document("CHANGELOG.md")

    assert re.findall(r"^## \[(.*?)\]", text, re.MULTILINE)[0] in ("Unreleased", __version__)
    assert __version__ in text


def test_merge_conflict_in_an_artifact_leaves_ours_and_is_settled_by_rendering(shell: Runner) -> None:
    play(shell, TOUR[IDEA])
    (shell.folder / ".gitattributes").write_text(read_document(".gitattributes"), encoding="utf-8")
    overlay = shell.folder / "environments" / "dev.yaml"
    artifact = shell.folder / "rendered" / "dev" / "web.json"
    git = ("git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.org")

    def change(old: str, new: str) -> None:
        overlay.write_text(overlay.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        shell.demand("taskdef", "render")
        shell.demand(*git, "commit", "--quiet", "--all", "--message=change")

    shell.demand("git", "init", "--quiet", "--initial-branch=main")
    overlay.write_text(f"# The first line.\n#\n#\n#\n{overlay.read_text(encoding='utf-8')}", encoding="utf-8")
    shell.demand("git", "add", "--all")
    shell.demand(*git, "commit", "--quiet", "--message=first")
    shell.demand("git", "switch", "--quiet", "--create", "theirs")
    change("# The first line.\n", "# The first line.\naws: {region: us-east-1}\n")
    change("DEBUG", "TRACE")
    shell.demand("git", "switch", "--quiet", "main")
    change("tag: dev", "tag: nightly")
    ours = artifact.read_bytes()

    merged = shell.run(*git, "merge", "--quiet", "theirs")

    assert (merged.status, artifact.read_bytes()) == (1, ours)
    assert "UU rendered/dev/web.json" in shell.demand("git", "status", "--porcelain")
    assert "<<<<<<<" not in overlay.read_text(encoding="utf-8")
    shell.demand("taskdef", "render")
    shell.demand("git", "add", "rendered")
    shell.demand(*git, "commit", "--quiet", "--message=merged")
    (container,) = json.loads(artifact.read_text(encoding="utf-8"))["containerDefinitions"]
    assert (container["image"], container["environment"][0]["value"]) == ("web:nightly", "TRACE")


def test_the_page_about_json_has_what_each_command_lists() -> None:
    rows = {
        name: cell
        for cells, cell in read_tables("docs/json.md")["command"][1:]
        for name in re.findall(r"`(\w+)`", cells)
    }
    assert {*COMMANDS} - {*rows} == {"rules"}
    for command, members in MEMBERS.items():
        missing = [member for member in members if f"`{member}`" not in rows[command]]
        assert missing == [], command
