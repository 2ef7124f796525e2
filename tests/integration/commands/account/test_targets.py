"""Which families some words are about, and how it is told which revisions there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.planning import plan_project
from generator.commands.account.targets import find_ambiguous, load_targets, state_numbers, state_unknown
from generator.commands.revision_words import split_revision, state_unknown_revision
from generator.model.findings import InputError, WrongUsage
from generator.project.loading import load_project

TEMPLATE = (
    '{"family": "{{ task }}-{{ env }}", "containerDefinitions": [{"name": "app", "image": "app:1", "memory": 128}]}\n'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two tasks and two environments, of which one artifact is committed, with another family."""
    files = {
        "templates/web.json.j2": TEMPLATE,
        "templates/log.json.j2": TEMPLATE,
        "environments/dev.yaml": "aws: {region: eu-west-1, cluster: live, service: {web: web-dev}}\n",
        "environments/prod.yaml": "tasks: {log: null}\n",
        "rendered/dev/web.json": TEMPLATE.replace("{{ task }}-{{ env }}", "web-once"),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def tell(root: Path, *words: str) -> list[tuple[str, ...]]:
    """Tell of each target what it is called, and where it goes."""
    releases = load_targets(load_project(str(root)), words).releases
    return [(each.name, each.family, each.region, each.cluster, each.service) for each in releases]


def test_a_family_is_that_of_what_is_committed_else_of_the_sources(root: Path) -> None:
    log = ("dev/log", "log-dev", "eu-west-1", "live", "")
    web = ("dev/web", "web-once", "eu-west-1", "live", "web-dev")
    assert tell(root, "dev") == [log, web]
    assert tell(root, "prod", "dev/web") == [("prod/web", "web-prod", "", "", ""), web]


def test_what_is_wrong_with_artifacts_and_sources_does_not_matter_where_a_family_is_committed(root: Path) -> None:
    (root / "templates" / "web.json.j2").write_text("{{ broken", encoding="utf-8")
    assert [family for _, family, *_ in tell(root, "dev/web")] == ["web-once"]
    with pytest.raises(InputError) as refused:
        tell(root, "prod/web")
    assert (str(refused.value), refused.value.help) == (
        "`prod/web` is not committed, and its sources do not render to a task definition",
        "`taskdef check prod` shows why",
    )


def test_an_artifact_that_is_none_is_refused(root: Path) -> None:
    (root / "rendered" / "dev" / "web.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        tell(root, "dev/web")
    assert (str(refused.value), refused.value.help) == (
        "rendered/dev/web.json: no task definition",
        "run `taskdef render dev`",
    )


def test_an_overlay_that_cannot_be_read_is_a_finding(root: Path) -> None:
    (root / "environments" / "dev.yaml").write_text("aws: {regoin: x}\n", encoding="utf-8")
    order = load_targets(load_project(str(root)), ["dev"])
    assert (order.releases, [each.code for each in order.findings], order.failed) == ((), ["E121"], True)


def test_a_setting_that_is_none_is_told_and_not_that_the_project_is_empty(root: Path) -> None:
    (root / "taskdef.toml").write_text("bogus = 1\n", encoding="utf-8")
    order = load_targets(load_project(str(root)), ["dev"])
    assert (order.releases, [each.code for each in order.findings], order.failed) == ((), ["E131"], True)


def test_a_project_in_which_there_is_nothing_is_told_as_by_check(tmp_path: Path) -> None:
    order = load_targets(load_project(str(tmp_path)), ["dev"])
    assert (order.releases, [each.code for each in order.findings], order.failed) == ((), ["E132"], True)


def test_a_service_that_several_tasks_have_is_nobodys(root: Path) -> None:
    overlay = root / "environments" / "dev.yaml"
    overlay.write_text("aws: {region: eu-west-1, cluster: live, service: bot}\n", encoding="utf-8")
    web, log = ("dev/web", "web-once", "eu-west-1", "live", ""), ("dev/log", "log-dev", "eu-west-1", "live", "")
    assert tell(root, "dev/web", "dev/log") == [web, log]
    planned = plan_project(load_project(str(root)))
    shared = [find_ambiguous(planned, [pair]) for pair in (("dev", "web"), ("prod", "web"))]
    assert [[(each.code, each.environments) for each in found] for found in shared] == [[("E133", ("dev",))], []]


def test_what_is_switched_off_is_refused(root: Path) -> None:
    with pytest.raises(WrongUsage, match="there is nothing to look at: `prod/log` is switched off"):
        tell(root, "prod/log")


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("prod:3", ("prod", "3")),
        ("prod/web:live", ("prod/web", "live")),
        ("prod", ("prod", "")),
        ("prod:", ("prod:", "")),
        ("prod:0", ("prod:0", "")),
        ("prod:03", ("prod:03", "")),
        ("prod:latest", ("prod:latest", "")),
        ("a:b:3", ("a:b:3", "")),
        (":3", (":3", "")),
        ("prod:12345678901", ("prod:12345678901", "")),
    ],
)
def test_a_word_is_split_where_it_names_a_revision(word: str, split: tuple[str, str]) -> None:
    assert split_revision(word) == split


def test_what_is_no_revision_is_told_with_what_would_be() -> None:
    assert state_unknown_revision("prod:latest") == (
        "`latest` is not a revision of `prod`: that is a number, like `prod:3`, or `prod:live`"
    )


NUMBERS = {
    "1": [1],
    "1 to 4": [4, 3, 2, 1],
    "1 and 3 to 5": [5, 4, 3, 1],
    "1, 3, 5 and 7 to 9": [9, 8, 7, 5, 3, 1],
    "among others 1, 40 to 44, 46 and 90": [1, 20, *range(40, 45), 46, 60, 90],
    "among others 1 and 44": [1, 10, 20, 30, 44],
}


@pytest.mark.parametrize("said", NUMBERS)
def test_numbers_are_told_as_stretches_and_of_many_the_nearest(said: str) -> None:
    assert state_numbers(NUMBERS[said], 45) == said


def test_what_there_is_is_told_with_what_is_near() -> None:
    assert state_unknown("service", "bto", ("bot", "web"), "the cluster `live`") == (
        "there is no service `bto` in the cluster `live`; did you mean `bot`? (there is `bot`, `web`)"
    )
    assert state_unknown("cluster", "live", (), "us-east-1") == "there is no cluster `live` in us-east-1 (it has none)"
    many = tuple(f"x{number}" for number in range(100, 125))
    assert state_unknown("service", "bot", many, "it").endswith("`x118`, `x119` and 5 more)")
