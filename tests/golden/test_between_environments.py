"""What is said between the environments of the projects here: they show one thing each, so it is what they show that is reported."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.build.pipeline import build_project
from generator.project.loading import load_project
from generator.rules import RULES
from tests.golden.test_golden import CASES, FOLDER
from tests.support import agree_on

SAID = {
    "ec2-with-everything": {"W707": 2},  # the sizes in its template are for reading
    "extends-three-layers": {"W703": 1},  # its parent repeats the template
    "firelens-type-changes": {"W703": 1},  # that nothing happens is what one of them shows
    "id-in-every-environment": {"W707": 1},  # its only parent has another folder
    "loops-and-conditionals": {"W701": 3},  # one environment gives the loop nothing
    "map-form-is-list-form": {"W704": 22},  # both environments say the same in two ways
    "order-of-layers": {"W703": 1, "W707": 1},
}


@pytest.mark.parametrize("case", CASES)
def test_no_more_is_said_than_is_so(case: str) -> None:
    project = load_project(str(FOLDER / case), artifacts=False)
    off = tuple((code, "off") for code in RULES if code[1] != "7")
    project = project._replace(settings=project.settings._replace(levels=off))  # type: ignore[arg-type]
    built = build_project(project)
    assert not built.failed
    found = agree_on(project).findings
    assert Counter(finding.code for finding in found) == SAID.get(case, {})
