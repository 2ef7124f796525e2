"""What editors and other readers make of the schemas: `make peers` runs this, which needs Node and npm."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands.schema import make_text
from generator.documents.schemas.files import FILES, Kind, write_modeline
from generator.model.project import Settings
from generator.project.loading import load_project
from tests.errors.cases import CASES
from tests.errors.differences import UNREAD, find_reason
from tests.errors.test_schemas import find_refused, list_overlays
from tests.peers.language_server import Answers, LanguageServer
from tests.schemas import find_kind

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = sorted(path.parent for path in (ROOT / "tests" / "golden").glob("*/README.md"))
RECORD = Path(__file__).with_name("answers.txt")

QUESTIONS = {
    "the keys of an overlay": "‸\n",
    "the members of a container, by its name": "patch:\n  containerDefinitions:\n    web:\n      ‸\n",
    "a container": "patch:\n  containerDefinitions:\n    we‸b:\n      image: a\n",
    "a member of a container": "patch:\n  containerDefinitions:\n    web:\n      mem‸ory: 512\n",
    "the members of a port, by its number": (
        "patch:\n  containerDefinitions:\n    web:\n      portMappings:\n        8080:\n          ‸\n"
    ),
    "a member of a variable": (
        "patch:\n  containerDefinitions:\n    web:\n      environment:\n        LOG_LEVEL: {val‸ue: DEBUG}\n"
    ),
    "the directives of a plain list": "patch:\n  containerDefinitions:\n    web:\n      command:\n        ‸\n",
    "the words of a log driver": (
        "patch:\n  containerDefinitions:\n    web:\n      logConfiguration:\n        logDriver: ‸\n"
    ),
    "the conditions of a dependency": "patch:\n  containerDefinitions:\n    web:\n      dependsOn:\n        db: ‸\n",
    "the names of limits": "patch:\n  containerDefinitions:\n    web:\n      ulimits:\n        ‸\n",
    "where a new container goes": "patch:\n  containerDefinitions:\n    side:\n      $add: ‸\n",
    "the section `aws`": "aws:\n  ‸\n",
    "misspelt names": (
        "var: {a: 1}\nvars: {image-tag: v1}\naws: {acount: 1}\npatch:\n  desiredCount: 2\n  containerDefinitions:\n"
        "    $repalce: true\n    web:\n      comand: [a]\n      $ad: true\n      cpu: {$rendr: '{{ cpu }}'}\n"
        "      entryPoint: {$apend: [a]}\n      environment: {A: {vlaue: x}, $remove: [B]}\n"
        "      portMappings: {http: {hostPort: 80}}\n"
    ),
    "wrong values": (
        "patch:\n  networkMode: awsvpv\n  requiresCompatibilities: [FARGAT]\n  containerDefinitions:\n    web:\n"
        "      essential: yes\n      memory: 512m\n      command: run\n      dependsOn: {db: HELTHY}\n"
    ),
}
"""Overlays in which somebody writes. The cursor stands at `‸`."""


@pytest.fixture(scope="module")
def server(modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The language server, in a project with our schemas and nothing else."""
    folder = tmp_path_factory.mktemp("project")
    write_schemas(folder, Settings())
    program = modules / "yaml-language-server" / "bin" / "yaml-language-server"
    with LanguageServer(program, folder) as started:
        yield started


def write_schemas(folder: Path, settings: Settings) -> None:
    """Write the schemas of overlays into the folder of a project."""
    kinds: tuple[Kind, ...] = ("overlay", "task")
    for kind in kinds:
        (folder / FILES[kind]).write_text(make_text(kind, settings), encoding="utf-8")


def ask(server: LanguageServer, title: str) -> Answers:
    """Ask one of the questions, in an overlay that begins with our line; each time in another, since closing one is reported late."""
    file = server.folder / "environments" / f"{server.opened}.yaml"
    return server.open(file, f"{write_modeline('environments')}\n{QUESTIONS[title]}")


def test_members_are_completed_inside_the_map_form(server: LanguageServer) -> None:
    written = ask(server, "the members of a container, by its name").completions
    assert written["image"] == "image: " and written["cpu"] == "cpu: "
    assert written["command"] == "command:\n  - " and written["environment"] == "environment:\n  "
    assert written["$add"] == "\\$add: ${1:true}" and written["$replace"] == "\\$replace: ${1:true}"
    assert "hostPort" in ask(server, "the members of a port, by its number").completions


def test_members_are_described_inside_the_map_form(server: LanguageServer) -> None:
    hover = ask(server, "a member of a container").hover
    assert hover.startswith("MiB of memory at which the container is killed. https://docs.aws.amazon.com/AmazonECS/")
    assert ask(server, "a container").hover.startswith("A container. ")
    assert ask(server, "a member of a variable").hover.startswith("The value, which is text. ")


def test_misspelt_members_and_directives_are_named(server: LanguageServer) -> None:
    problems = ask(server, "misspelt names").problems
    names = [each.partition("Property ")[2].partition(" is not allowed.")[0] for each in problems]
    assert names == [
        *("var", "image-tag", "acount", "desiredCount", "$repalce", "comand", "$ad", "$rendr", "$apend", "vlaue"),
        *("$remove", "http"),
    ]


def test_what_the_server_answers_is_recorded(server: LanguageServer, rewrite_golden: bool) -> None:
    record = "\n".join(tell(title, ask(server, title)) for title in QUESTIONS)
    if rewrite_golden:
        RECORD.write_text(record, encoding="utf-8", newline="\n")
    assert record == RECORD.read_text(encoding="utf-8")


def tell(title: str, answers: Answers) -> str:
    """Tell a question and its answers in text. The first line of the overlay is the one that leads to the schema."""
    parts = [f"== {title}", QUESTIONS[title].rstrip("\n")]
    parts += [f"-- {each}" for each in answers.problems]
    if answers.completions:
        written = (f"{label} → {json.dumps(text, ensure_ascii=False)}" for label, text in answers.completions.items())
        parts += ["-- may follow, and is written:", *written]
    parts += [f"-- is described:\n{answers.hover}"] if answers.hover else []
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("folder", [*GOLDEN, ROOT], ids=lambda folder: folder.name)
def test_the_server_finds_nothing_in_overlays_that_are_right(
    server: LanguageServer, folder: Path, tmp_path: Path
) -> None:
    project = load_project(str(folder))
    write_schemas(tmp_path, project.settings)
    environments = project.settings.environments
    for name, source in project.overlays.items():
        first = write_modeline(environments, "task" if find_kind(name) == "task" else "overlay")
        assert server.open(tmp_path / environments / name, f"{first}\n{source.text}").problems == (), name


# Other readers of JSON Schema.


def check(files: list[Path], *, schema: Path) -> set[Path]:
    """Give the files in which check-jsonschema finds something, or which it cannot read."""
    words: list[str | Path] = ["--schemafile", schema, "--output-format", "json", *files]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words], capture_output=True, text=True, timeout=300
    )
    report = json.loads(done.stdout)
    return {Path(each["filename"]) for kind in ("errors", "parse_errors") for each in report.get(kind, ())}


def validate(modules: Path, files: list[Path], *, schema: Path) -> set[Path]:
    """Give the files in which ajv finds something, all of which it can read."""
    data = [word for file in files for word in ("-d", str(file))]
    words: list[str | Path] = [modules / ".bin" / "ajv", "validate", "--spec=draft7", "-s", schema, *data]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert "unknown keyword" not in done.stderr
    right = {Path(line.removesuffix(" valid")) for line in done.stdout.splitlines() if line.endswith(" valid")}
    wrong = {Path(line.removesuffix(" invalid")) for line in done.stderr.splitlines() if line.endswith(" invalid")}
    assert right | wrong == {*files}
    return wrong


def group(projects: list[tuple[Path, Settings, list[str]]]) -> dict[str, list[Path]]:
    """Group the overlays of projects by the text of the schema that is for them."""
    groups: dict[str, list[Path]] = {}
    for folder, settings, overlays in projects:
        for name in overlays:
            groups.setdefault(make_text(find_kind(name), settings), []).append(folder / settings.environments / name)
    return groups


def judge(modules: Path, folder: Path, groups: dict[str, list[Path]]) -> dict[str, set[Path]]:
    """Give what each reader finds something in."""
    found: dict[str, set[Path]] = {"check-jsonschema": set(), "ajv": set()}
    for number, (text, files) in enumerate(groups.items()):
        schema = folder / f"{number}.json"
        schema.write_text(text, encoding="utf-8")
        found["check-jsonschema"] |= check(files, schema=schema)
        found["ajv"] |= validate(modules, files, schema=schema)
    return found


REFUSED_ALONE: dict[str, dict[str, str]] = {
    "check-jsonschema": {},
    "ajv": {
        "scalars-are-what-their-place-wants/environments/dev.yaml": "its reader of YAML takes the commit `123e4567` for an infinite number",
    },
}
"""By reader: overlays that are right and that it refuses, each with the reason. People put such texts in quotes."""

PECULIAR: dict[str, dict[str, str]] = {
    "check-jsonschema": {
        "E117-expression-unquoted/environments/dev.yaml": "its reader of YAML refuses a mapping as a key",
    },
    "ajv": {},
}
"""By reader: overlays that are wrong, on which it differs from `taskdef` and from the table of differences, each with the reason."""


def test_other_readers_find_nothing_in_overlays_that_are_right(modules: Path, tmp_path: Path) -> None:
    loaded = [(folder, load_project(str(folder))) for folder in (*GOLDEN, ROOT)]
    groups = group([(folder, project.settings, [*project.overlays]) for folder, project in loaded])
    assert sum(map(len, groups.values())) > 90
    judged = judge(modules, tmp_path, groups)
    names = {
        reader: {path.relative_to(GOLDEN[0].parent).as_posix() for path in files} for reader, files in judged.items()
    }
    assert names == {reader: {*files} for reader, files in REFUSED_ALONE.items()}


def test_other_readers_differ_from_us_where_it_is_listed_and_nowhere_else(modules: Path, tmp_path: Path) -> None:
    refused: dict[Path, set[str]] = {}
    projects = []
    for case in CASES:
        found = find_refused(case)
        if found is None or case.name.startswith(UNREAD):
            continue
        settings = load_project(str(case), artifacts=False).settings
        projects.append((case, settings, list_overlays(case)))
        for name in list_overlays(case):
            file = case / settings.environments / name
            refused[file] = {case.name} if name in found else set()
    judged = judge(modules, tmp_path, group(projects))
    for reader, named in judged.items():
        differing = {
            file.relative_to(ROOT / "tests" / "errors").as_posix()
            for file, cases in refused.items()
            if (file in named) != (bool(cases) and find_reason(*cases) is None)
        }
        assert differing == PECULIAR[reader].keys(), reader
