"""An import that renders gives what was imported, whatever the family."""

from __future__ import annotations

import json
from random import Random

from hypothesis import assume, given, strategies as st

from generator.adopt.proving import adopt_proven
from generator.adopt.reading import Given, Original, read_original
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.model.project import Settings
from tests.laws.families import make_family, write_family
from tests.laws.forms import drop_unsaid, write_templates, write_terraform
from tests.laws.task_definitions import task_definitions


def read_family(family: dict[str, Value], *, exact: bool) -> list[Original]:
    """Read a family as its files would be; one that a change made no task definition is no case."""
    read = [
        read_original(Given(env, "web", Source(f"{env}.json", text)), exact=exact)
        for env, text in write_family(family).items()
    ]
    originals = [each for each in read if isinstance(each, Original)]
    assume(len(originals) == len(read))
    return originals


@given(
    base=task_definitions(),
    count=st.integers(1, 5),
    changes=st.sampled_from([1, 3, 8]),
    seed=st.integers(0, 1 << 32),
    exact=st.booleans(),
)
def test_what_is_imported_renders_to_the_same(base: Value, count: int, changes: int, seed: int, exact: bool) -> None:
    family = make_family(Random(seed), json.loads(json.dumps(base)), count, changes)
    originals = read_family(family, exact=exact)
    adopted = adopt_proven(Settings(), originals)
    assert adopted.proof.differences == () and adopted.proof.findings == ()
    assert [artifact.text for artifact in adopted.proof.artifacts] == [each.text for each in originals]


@given(base=task_definitions(), count=st.integers(2, 4), seed=st.integers(0, 1 << 32))
def test_the_order_of_files_does_not_matter_and_a_second_import_gives_the_same(
    base: Value, count: int, seed: int
) -> None:
    originals = read_family(make_family(Random(seed), json.loads(json.dumps(base)), count, 3), exact=False)
    first = adopt_proven(Settings(), originals)
    artifacts = first.proof.artifacts
    again = [read_original(Given(each.environment, "web", Source(each.path, each.text))) for each in artifacts]
    for same in (originals[::-1], [each for each in again if isinstance(each, Original)]):
        made = adopt_proven(Settings(), same).sources
        assert (made.templates, made.overlays) == (first.sources.templates, first.sources.overlays)


@given(base=task_definitions(), seed=st.integers(0, 1 << 32))
def test_every_form_of_a_task_definition_gives_the_same_bytes(base: Value, seed: int) -> None:
    plain = drop_unsaid(json.loads(json.dumps(base)))
    forms = [plain, *write_templates(plain, Random(seed)), *write_terraform(plain)]
    texts = [form if isinstance(form, str) else json.dumps(form, indent=1) for form in forms]
    sources = [Source("web.json", text) for text in texts]
    read = [read_original(Given("prod", "web", source)) for source in sources]
    assert [type(each).__name__ for each in read] == ["Original"] * len(read), read
    originals = [each for each in read if isinstance(each, Original)]
    assert {each.text for each in originals} == {originals[0].text}
    made = [adopt_proven(Settings(), [each]) for each in originals]
    assert all(each.proof.holds for each in made)
    assert all(each.sources.templates == made[0].sources.templates for each in made)
    assert all(each.sources.overlays == made[0].sources.overlays for each in made)
