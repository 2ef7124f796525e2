"""Each folder in `tests/import` is a family of files, and the project that they become: what an expert would write."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.adopt.proving import adopt_proven
from generator.adopt.reading import Given, Original, read_original
from generator.commands.check import check
from generator.commands.import_files import import_files
from generator.commands.import_inputs import Wanted
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar, Value
from generator.model.project import Settings

CASES = sorted(path.parent for path in (Path(__file__).resolve().parents[2] / "import").glob("*/README.md"))
assert CASES

EXPLAINED = ("W701", "W702")
"""What `check` may report between environments after an import: what the files say."""

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def find_pattern(case: Path) -> str:
    """Give the pattern of the files of a case: `ENV.json` of its only task, or `ENV/TASK.json`."""
    deep = any(path.is_dir() for path in (case / "inputs").iterdir())
    return f"{case}/inputs/{{env}}{'/{task}' if deep else ''}.json"


def read_originals(case: Path, *, exact: bool = False) -> tuple[Original, ...]:
    originals = []
    for path in sorted((case / "inputs").rglob("*.json")):
        env, *task = path.relative_to(case / "inputs").with_suffix("").parts
        source = Source(path.name, path.read_text(encoding="utf-8-sig"))
        original = read_original(Given(env, task[0] if task else "web", source), exact=exact)
        assert isinstance(original, Original)
        originals.append(original)
    return tuple(originals)


def read_tree(folder: Path) -> dict[str, str]:
    """Read what a person maintains: everything but artifacts."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
    return {name: text for name, text in texts.items() if not name.startswith("rendered/")}


@each_case
def test_a_family_becomes_what_an_expert_would_write(case: Path, tmp_path: Path, rewrite_golden: bool) -> None:
    result = import_files(str(tmp_path), patterns=[find_pattern(case)], wanted=Wanted(keep=True))
    assert result.status == 0
    if rewrite_golden:
        shutil.rmtree(case / "expected", ignore_errors=True)
        for name, text in read_tree(tmp_path).items():
            (case / "expected" / name).parent.mkdir(parents=True, exist_ok=True)
            (case / "expected" / name).write_text(text, encoding="utf-8")
    assert read_tree(tmp_path) == read_tree(case / "expected")


@each_case
def test_check_finds_nothing_that_the_files_do_not_explain(case: Path, tmp_path: Path) -> None:
    import_files(str(tmp_path), patterns=[find_pattern(case)], wanted=Wanted(keep=True))
    done = check(str(tmp_path))
    assert done.status == 0
    assert {finding.code for finding in done.findings if not finding.code.startswith("W6")} <= {*EXPLAINED}


@each_case
@pytest.mark.parametrize("exact", [False, True], ids=["default", "exact"])
def test_every_artifact_is_as_its_file(case: Path, exact: bool) -> None:
    originals = read_originals(case, exact=exact)
    adopted = adopt_proven(Settings(), originals)
    assert adopted.proof.holds and adopted.whole == ()
    assert [each.text for each in adopted.proof.artifacts] == [each.text for each in originals]


@each_case
def test_neither_the_order_of_files_nor_a_second_import_changes_anything(case: Path) -> None:
    originals = read_originals(case)
    first = adopt_proven(Settings(), originals)
    assert adopt_proven(Settings(), originals[::-1]).sources == first.sources
    rendered = [
        read_original(Given(each.environment, each.task, Source(each.path, each.text)))
        for each in first.proof.artifacts
    ]
    assert adopt_proven(Settings(), [each for each in rendered if isinstance(each, Original)]).sources == first.sources


LITERAL = re.compile(r"\{\{ '((?:[^'\\]|\\.)*)' \}\}")
"""An expression that only gives a text."""


def list_scalars(node: Node) -> list[str]:
    """List the scalars in an overlay, and what `$render` gives of literals."""
    if isinstance(node, Scalar):
        return [node.text]
    if isinstance(node, MapNode) and isinstance(rendered := node.items.get("$render"), Scalar):
        return [LITERAL.sub(lambda match: re.sub(r"\\(.)", r"\1", match[1]), rendered.text)]
    children = (
        [*node.items.values()] if isinstance(node, MapNode) else [*node.items] if isinstance(node, ListNode) else []
    )
    return [text for child in children for text in list_scalars(child)]


@each_case
def test_no_overlay_has_a_value_that_no_file_of_its_environment_has(case: Path) -> None:
    originals = read_originals(case)
    adopted = adopt_proven(Settings(), originals)
    for env, text in adopted.sources.overlays.items():
        node, _ = parse_yaml(Source(env, text))
        given = " ".join(each.text for each in originals if each.environment == env or env.startswith("_"))
        made_up = [each for each in (list_scalars(node) if node else []) if each not in given]
        assert set(made_up) <= {"null", "true", "_common"}
    assert [each.name for each in adopted.sources.variables if each.name[-1].isdigit()] == []


QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
CODE = re.compile(r"\{\{(?:'(?:[^'\\]|\\.)*'|[^'}]|\}(?!\}))*\}\}|\{%-?(?P<tag>.*?)-?%\}")
"""An expression, whose texts stand in single quotes, or a tag."""

TEXT = re.compile(r'(?P<id>"\$id": )?"((?:[^"\\]|\\.)*)"')


def list_literals(template: str) -> Iterator[str]:
    """List what a template says by itself: names, texts and numbers outside of expressions, and the texts in these, but for `$id`."""
    codes = [match[0] for match in CODE.finditer(template)]
    for code in codes:
        yield from (re.sub(r"\\(.)", r"\1", text) for text in QUOTED.findall(code))
        if code.startswith("{%"):
            yield from (json.loads(f'"{text}"') for _, text in TEXT.findall(code))
    bare = CODE.sub("\0", template)
    for known, text in TEXT.findall(bare):
        yield from () if known else (json.loads(f'"{part}"') for part in text.split("\0") if part)
    yield from re.findall(r"-?[0-9]+|\btrue\b|\bfalse\b", TEXT.sub("", bare).replace("\0", " "))


def list_values(value: Value) -> Iterator[str]:
    """List the scalars and the names in a value, as texts."""
    if isinstance(value, dict):
        yield from value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_values(child)
    if not isinstance(value, (dict, list)):
        yield value if isinstance(value, str) else json.dumps(value)


@each_case
def test_no_template_has_a_literal_that_no_file_has(case: Path) -> None:
    originals = read_originals(case)
    given = {text for each in originals for text in list_values(each.value)}
    for template in adopt_proven(Settings(), originals).sources.templates.values():
        literals = [*list_literals(template)]
        assert [each for each in literals if not any(each in text for text in given)] == []
        assert len(literals) > 5


def test_literals_are_what_stands_outside_of_expressions_and_in_their_texts() -> None:
    template = '{"a": "x-{{ role(\'it\\\'s\') }}-y", {%- for key in ["K"] %} "$id": "web", "n": 5, "q": "\\u00e9{{ \'{{X}}\' }}" }'
    assert sorted(list_literals(template)) == sorted(["it's", "K", "{{X}}", "a", "x-", "-y", "n", "5", "q", "\u00e9"])
