"""Laws of builds that remember: after any edits, what is built again is what is built anew."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, strategies as st

from generator.build.pipeline import build_planned
from generator.build.planning import Texts, plan_project
from generator.build.remembering import Memory, build_again
from generator.model.comparison import Review
from generator.model.findings import Severity, Source
from generator.model.project import Build, Project, Settings
from generator.model.secrecy import NO_SECRETS
from generator.review.causes import Edits
from generator.review.compare import (
    build_for_comparison,
    compare_builds,
    compare_projects,
    select_errors,
    share_sources,
)
from tests.support import NO_RULES

CONTAINER = '{"family": "f-{{ env }}", "memory": "512", "containerDefinitions": [{"name": "app", "image": "%s"}]}'
INCLUDING = CONTAINER.replace("512", "{%% include '_memory.j2' %%}") % "a:{{ tag }}"

TEMPLATES = {
    "web.json.j2": (
        CONTAINER % "web:{{ tag }}",
        CONTAINER % "web:v1",
        CONTAINER % "web:latest",
        INCLUDING,
        INCLUDING.replace("'_memory.j2'", "['_other.j2', '_memory.j2']"),
        INCLUDING.replace("'_memory.j2'", "'_memory.j2' ignore missing"),
        INCLUDING.replace("'_memory.j2'", "'_' ~ task ~ '.j2'"),
        "{# taskdef: ignore[W601] a reason #}\n" + CONTAINER % "web:latest",
        '{"family": "f"',
        "{% if %}",
    ),
    "job.json.j2": (CONTAINER % "job:{{ tag }}", CONTAINER.replace("app", "side") % "job:1", "{{ nobody }}"),
    "_memory.j2": ("512", "1024", "{{ tag }}", "{% include '_other.j2' %}", "{% broken"),
    "_other.j2": ("256", "{% include '_memory.j2' ignore missing %}"),
    "_web.j2": ("2048",),
}

OVERLAYS = {
    "_base.yaml": (
        "vars: {tag: '1'}\n",
        "vars: {tag: '2'}\npatch: {containerDefinitions: {side: {cpu: 8}}}\n",
        "vars: {tag: '1'}\npatch: {containerDefinitions: {app: {image: {$render: 'b:{{ tag }}'}}}}\n",
        "vars: {tag: '1'}\npatch: {memory: {$render: \"{% include '_memory.j2' %}\"}}\n",
        "vars: {tag: '1'}\npatch: {memory: '{{ tag }}'}\n",
        "vars: [\n",
    ),
    "dev.yaml": (
        "extends: _base\n",
        "extends: _base\nvars: {tag: latest}\n",
        "vars: {tag: latest}  # taskdef: ignore[W601] a reason\n",
        "vars: {tag: '3'}\npatch:\n  family: '{{ env }}'\n  containerDefinitions: {app: {memory: many}}\n",
        "extends: _base\ntasks: {web: null}\n",
        "extends: nobody\n",
        "var: {}\n",
    ),
    "prod.yaml": (
        "extends: _base\n",
        "extends: dev\n",
        "vars: {tag: '9'}\npatch: {containerDefinitions: {none: {cpu: 8}}}\n",
        "extends: _base\ntasks: {job: {patch: {family: job-of-prod}}}\n",
    ),
    "dev/web.yaml": ("patch: {family: web-of-dev}\n", "patch: {familie: x}\n"),
    "_base/job.yaml": ("vars: {tag: '7'}\n",),
}

SETTINGS = (
    Settings(levels=NO_RULES),
    Settings(),
    Settings(levels=(("W601", "error"),)),
    Settings(allow_members=("familie",), levels=NO_RULES),
)

FILES = {**TEMPLATES, **OVERLAYS}
START = dict.fromkeys(("web.json.j2", "job.json.j2", "_memory.j2", "_base.yaml", "dev.yaml", "prod.yaml"), 0)
"""What a project begins with: a text of each of these files, by its number."""

CHANGES = st.one_of(
    *(st.tuples(st.just(name), st.sampled_from((*range(len(texts)), None))) for name, texts in FILES.items()),
    st.tuples(st.just("settings"), st.sampled_from(range(len(SETTINGS)))),
)
"""A file, and the number of the text that it is given; None removes it."""

Steps = list[list[tuple[str, int | None]]]

edits = st.lists(st.lists(CHANGES, min_size=1, max_size=2), min_size=1, max_size=8)


def list_states(steps: Steps) -> list[Project]:
    """List the states of a project: as it begins, and after each step."""
    chosen: dict[str, int | None] = {**START, "settings": 0}
    states = [make_state(chosen)]
    for step in steps:
        chosen |= dict(step)
        states.append(make_state(chosen))
    return states


def make_state(chosen: dict[str, int | None]) -> Project:
    """Make a project of the texts that are chosen."""
    settings = SETTINGS[chosen["settings"] or 0]
    kinds = ((settings.templates, TEMPLATES), (settings.environments, OVERLAYS))
    read = [
        {
            name: Source(f"{folder}/{name}", texts[number])
            for name, texts in known.items()
            if (number := chosen.get(name)) is not None
        }
        for folder, known in kinds
    ]
    return Project(settings, read[0], read[1], {})


def tell(built: Build) -> object:
    """What somebody sees of a build."""
    artifacts = [(each.path, each.text, each.document, each.variables) for each in built.artifacts]
    return artifacts, built.findings, built.planned


@given(edits, st.sampled_from(["note", "warning", "error"]), st.booleans())
def test_what_is_built_again_is_what_is_built_anew(steps: Steps, least: Severity, judged: bool) -> None:
    memory, texts = Memory(), Texts()
    for project in list_states(steps):
        again = build_again(plan_project(project, texts), memory, least=least, judged=judged, placed=judged)
        anew = build_planned(plan_project(project), least=least, judged=judged, placed=judged)
        assert tell(again) == tell(anew)
        assert again.secrets.look() == anew.secrets.look()


@given(edits)
def test_what_was_built_again_differs_as_what_is_built_anew_does(steps: Steps) -> None:
    states = list_states(steps)
    memory, texts = Memory(), Texts()
    planned = [plan_project(project, texts) for project in states]
    built = [build_again(each, memory) for each in planned]
    right = [number for number, each in enumerate(built) if each.artifacts and not each.failed]
    for number in right[1:]:
        labels = ("before", "after")
        first = right[0]
        sides = [planned[first], planned[number]], [built[first], built[number]]
        review = compare_builds(*sides, Edits(states[first], states[number]), labels=labels)
        anew = compare_projects(states[first], states[number], labels=labels)
        assert [each._replace(secrets=anew.comparisons[0].secrets) for each in review.comparisons] == [
            each._replace(secrets=anew.comparisons[0].secrets) for each in anew.comparisons
        ]


def compare_whole(old: Project, new: Project, *, labels: tuple[str, str]) -> Review:
    """Compare two states of a project, each of which is built whole and shares nothing with the other."""
    names = new.settings.order_environments({*old.environments, *new.environments})
    plans = [plan_project(share_sources(old, new)), plan_project(new)]
    builds = [build_for_comparison(planned, names, None) for planned in plans]
    if select_errors(builds[0]):
        plans[0] = plan_project(old)
        builds[0] = build_for_comparison(plans[0], names, None)
    return compare_builds(plans, builds, Edits(old, new), labels=labels)


@given(edits)
@example([[("dev.yaml", 1)], [("dev.yaml", 4)], [("_memory.j2", 1)], [("web.json.j2", None)]])
def test_states_that_share_what_is_built_differ_as_those_built_whole_do(steps: Steps) -> None:
    for old, new in pairwise(list_states(steps)):
        reviews = [compare(old, new, labels=("before", "after")) for compare in (compare_projects, compare_whole)]
        assert reviews[0].findings == reviews[1].findings
        known = [{each.secrets.look() for each in review.comparisons} for review in reviews]
        assert known[0] == known[1]
        told = [[each._replace(secrets=NO_SECRETS) for each in review.comparisons] for review in reviews]
        assert told[0] == told[1]
