"""A run parses each text once, however many parts of the program ask what it says."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from jinja2.environment import Template

from benchmarks.inputs import write_project
from generator.aws.calls.revisions import parse_document
from generator.build.rendering.library import Library
from generator.build.rendering.places import OffsetLexer
from generator.commands.account.orders import load_order
from generator.commands.account.registrations import compare_with
from generator.commands.check import check
from generator.commands.diff import diff
from generator.commands.explain import explain
from generator.commands.matrix import matrix
from generator.commands.render import render
from generator.documents.parsing.assembly import Assembly
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.yaml import parse_yaml
from generator.model.account import Revision
from generator.model.comparison import Review
from generator.model.findings import Source
from generator.model.nodes import Piece
from generator.model.secrets.credentials import find_credential_spans
from generator.model.secrets.scanning import scan_for
from generator.model.secrets.spans import Span

Answer = TypeVar("Answer")

TEMPLATE = """\
{# taskdef: ignore[W608] the %s task keeps it #}
{% import "_macros.j2" as macros %}
{
  "family": "{{ task }}-{{ env }}",
  "containerDefinitions": [
    {"name": "app", "image": "app:{{ tag }}", "memory": 128, "environment": [{{ macros.pair("%s", level) }}]}
  ]
}
"""
FILES = {
    "taskdef.toml": '[rules]\nW601 = "off"\n',
    "templates/_macros.j2": '{% macro pair(name, value) %}{"name": "{{ name }}", "value": "{{ value }}"}{% endmacro %}\n',
    "templates/web.json.j2": TEMPLATE.replace("%s", "WEB"),
    "templates/log.json.j2": TEMPLATE.replace("%s", "LOG"),
    "environments/_all.yaml": "# taskdef: ignore[W604] in all\naws: {account: '123456789012', region: eu-west-1}\nvars: {level: info}\n",
    "environments/dev.yaml": "extends: _all\nvars: {tag: v2}\n",
    "environments/dev/web.yaml": "patch: {containerDefinitions: {app: {cpu: 64}}}\n",
    "environments/prod.yaml": "extends: _all\nvars: {tag: v1}\n",
    "environments/prod/web.yaml": "patch: {containerDefinitions: {app: {environment: {WEB: null}}}}\n",
    "environments/test.yaml": "extends: _all\nvars: {tag: v3, level: debug}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two tasks in three environments, and an overlay and two artifacts that are not as they were committed."""
    write(tmp_path, FILES)
    assert render(str(tmp_path)).status == 0
    for words in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.com commit -qm one"):
        subprocess.run(["git", "-C", str(tmp_path), *words.split()], check=True)
    committed = (tmp_path / "rendered/dev/log.json").read_text(encoding="utf-8")
    write(tmp_path, {"environments/dev.yaml": "extends: _all\nvars: {tag: v4}\n"})
    write(tmp_path, {"rendered/dev/old.json": committed.replace("log-dev", "old-dev")})
    return tmp_path


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text, encoding="utf-8")


class Parses:
    """How often each text was given to each parser."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        patch.setattr(tomllib, "loads", self.counting("settings", tomllib.loads, 0))
        patch.setattr(yaml, "scan", self.counting("comments", yaml.scan, 0))
        patch.setattr(OffsetLexer, "tokeniter", self.counting("template", OffsetLexer.tokeniter, 1))
        for function in (parse_yaml, parse_json):
            counting = self.counting(function.__name__, function, 0)
            for module in [each for name, each in sys.modules.items() if name.startswith("generator.")]:
                if getattr(module, function.__name__, None) is function:
                    patch.setattr(module, function.__name__, counting)

    def counting(self, parser: str, function: Callable[..., Answer], at: int) -> Callable[..., Answer]:
        """Make a function that counts the texts it is given, as the argument `at` a position."""

        def count(*given: object, **options: object) -> Answer:
            text = given[at]
            self.counts[parser, text.text if isinstance(text, Source) else str(text)] += 1
            return function(*given, **options)

        return count


@pytest.fixture
def parses(root: Path, monkeypatch: pytest.MonkeyPatch) -> Parses:
    """Count from when the project is there."""
    return Parses(monkeypatch)


def deploy_until_asked(root: str) -> None:
    """Do what `deploy` does up to its question, with answers of AWS that differ from what is committed."""
    order = load_order(root, ["dev", "prod"], allow_stale=True)
    assert [release.name for release in order.releases] == ["dev/log", "dev/web", "prod/log", "prod/web"]
    for release in order.releases:
        plain = {"family": release.family, "containerDefinitions": [{"name": "app", "image": "app:v0", "memory": 1}]}
        revision = Revision("", release.family, 1, "ACTIVE", "", "", parse_document(plain))
        assert compare_with(revision, release, order.planned).differs


RUNS: dict[str, Callable[[str], object]] = {
    "check": lambda root: check(root),
    "diff-environments": lambda root: diff(root, words=("dev", "prod")),
    "diff-of-a-range": lambda root: diff(root, words=("HEAD..",)),
    "explain": lambda root: explain(root, where="dev/web"),
    "matrix": lambda root: matrix(root),
    "matrix-page": lambda root: matrix(root, page=f"{root}/page.html"),
    "deploy": deploy_until_asked,
}


@pytest.mark.parametrize("name", RUNS)
def test_each_text_is_parsed_once(name: str, root: Path, parses: Parses) -> None:
    RUNS[name](str(root))

    told = {(parser, text[:60]): count for (parser, text), count in parses.counts.items() if count > 1}
    assert told == {}
    assert {"parse_yaml", "template", "settings"} <= {parser for parser, _ in parses.counts}


def test_what_a_template_renders_is_parsed_once_for_all_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, 3, shared=False)
    begun = 0

    def begin(self: Assembly, pieces: Iterable[Piece]) -> None:
        nonlocal begun
        begun += 1
        original(self, pieces)

    original = Assembly.__init__
    monkeypatch.setattr(Assembly, "__init__", begin)
    assert len(render(str(tmp_path)).outcomes) == 9
    assert begun == 3


@pytest.mark.parametrize(("shared", "count"), [(False, 0), (True, 4)])
def test_a_template_that_only_prints_variables_is_not_compiled(
    shared: bool, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, 3, shared=shared)
    names = []

    def compile_source(self: Library, name: str) -> Template:
        names.append(name)
        return original(self, name)

    original = Library.compile_source
    monkeypatch.setattr(Library, "compile_source", compile_source)
    assert render(str(tmp_path)).status == 0
    assert len(names) == count


def test_each_text_is_searched_for_secrets_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, 20, shared=False)
    counts: Counter[str] = Counter()

    def find(text: str) -> list[Span]:
        counts[text] += 1
        return find_credential_spans(text)

    scan_for.cache_clear()
    monkeypatch.setattr("generator.model.secrets.scanning.find_credential_spans", find)
    review = diff(str(tmp_path), words=("dev", "prod")).answer
    assert isinstance(review, Review)
    assert review.comparisons[0].secrets.scrub("text") == "text"
    templates = [path.read_text(encoding="utf-8") for path in (tmp_path / "templates").iterdir()]
    assert [counts[text] for text in templates] == [1] * 20
