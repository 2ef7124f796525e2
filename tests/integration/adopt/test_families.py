"""Each folder in `tests/import` is a family of files, and the templates and overlays that an expert would write for it: so do we."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.adopt.proving import Adopted, adopt_proven
from generator.adopt.reading import Given, Original, read_original
from generator.model.findings import Source
from generator.model.project import Settings

CASES = sorted(path.parent for path in (Path(__file__).resolve().parents[2] / "import").glob("*/README.md"))
assert CASES


def read_inputs(case: Path, *, exact: bool = False) -> Iterator[Original]:
    """Read the files of a case: `ENV.json` of its only task, or `ENV/TASK.json`."""
    (only, *_) = sorted(path.name.removesuffix(".json.j2") for path in (case / "expected" / "templates").iterdir())
    for path in sorted((case / "inputs").rglob("*.json")):
        env, *task = path.relative_to(case / "inputs").with_suffix("").parts
        text = path.read_text(encoding="utf-8-sig")
        original = read_original(Given(env, task[0] if task else only, Source(path.name, text)), exact=exact)
        assert isinstance(original, Original)
        yield original


def read_folder(folder: Path, suffix: str) -> dict[str, str]:
    return {path.name.removesuffix(suffix): path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def adopt_case(case: Path, *, exact: bool = False) -> Adopted:
    return adopt_proven(Settings(), tuple(read_inputs(case, exact=exact)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_family_becomes_what_an_expert_would_write(case: Path) -> None:
    adopted = adopt_case(case)
    assert adopted.proof.differences == () and adopted.proof.findings == () and adopted.whole == ()
    assert adopted.sources.templates == read_folder(case / "expected" / "templates", ".json.j2")
    assert adopted.sources.overlays == read_folder(case / "expected" / "environments", ".yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_family_is_proven_with_its_empty_lists_too(case: Path) -> None:
    originals = tuple(read_inputs(case, exact=True))
    adopted = adopt_proven(Settings(), originals)
    assert adopted.proof.holds and adopted.whole == ()
    assert [each.text for each in adopted.proof.artifacts] == [each.text for each in originals]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_neither_the_order_of_files_nor_a_second_import_changes_anything(case: Path) -> None:
    originals = tuple(read_inputs(case))
    first = adopt_proven(Settings(), originals)
    assert adopt_proven(Settings(), originals[::-1]).sources == first.sources
    rendered = [
        read_original(Given(each.environment, each.task, Source(each.path, each.text)))
        for each in first.proof.artifacts
    ]
    assert adopt_proven(Settings(), [each for each in rendered if isinstance(each, Original)]).sources == first.sources


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_value_of_an_overlay_stands_in_a_file_of_its_environment(case: Path) -> None:
    originals = tuple(read_inputs(case))
    adopted = adopt_proven(Settings(), originals)
    for variable in adopted.sources.variables:
        for env, text in variable.values.items():
            assert any(text in original.text for original in originals if original.environment == env)
        assert not variable.name[-1].isdigit()
