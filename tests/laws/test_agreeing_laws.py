"""Laws of what is said between environments: comparing fails on no project, and mending changes no artifact and leaves nothing to mend."""

from __future__ import annotations

from hypothesis import given

from generator.build.pipeline import build_project
from generator.build.planning import plan_project
from generator.model.project import Settings
from generator.review.environments.mending import mend_project
from generator.rules import RULES
from tests.laws.strategies import Drawn, projects
from tests.support import agree_on, make_project

ONLY = Settings(levels=tuple((code, "off") for code in RULES if code[1] != "7"))


@given(projects())
def test_mending_changes_no_artifact_and_leaves_nothing_to_mend(drawn: Drawn) -> None:
    project = make_project(*drawn, rules=True)._replace(settings=ONLY)
    built = build_project(project)
    assert not built.failed
    found = agree_on(project)

    mended = mend_project(plan_project(project), built, found.idle)

    assert mended.proven
    again = build_project(mended.project)
    assert [artifact.text for artifact in again.artifacts] == [artifact.text for artifact in built.artifacts]
    if not mended.left:
        assert agree_on(mended.project).idle == ()
