"""Which releases some words stand for, where they go, and which environments are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.commands.account.orders import Order, ask_once, load_order
from generator.commands.render import render
from generator.model.account_events import AccountEvent, Question, RevisionGone
from generator.model.findings import WrongUsage
from generator.model.project import Settings

TEMPLATE = (
    '{"family": "{{ task }}-{{ env }}", "containerDefinitions": [{"name": "app", "image": "app:1", "memory": 128}]}\n'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two tasks and three environments, rendered."""
    files = {
        "templates/web.json.j2": TEMPLATE,
        "templates/log.json.j2": TEMPLATE,
        "environments/_all.yaml": "aws: {account: '123456789012', region: eu-west-1, cluster: shared}\n",
        "environments/dev.yaml": "extends: _all\naws: {service: {web: web-dev}}\n",
        "environments/prod.yaml": "extends: _all\naws: {region: us-east-1, cluster: live}\ntasks: {log: null}\n",
        "environments/test.yaml": "tasks: {web: null, log: null}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert render(str(tmp_path), environments=["dev", "prod"]).status == 0
    return tmp_path


def tell(order: Order) -> list[tuple[str, ...]]:
    """Tell of each release what it is called and where it goes."""
    return [(each.name, each.family, each.account, each.region, each.cluster, each.service) for each in order.releases]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["dev"],
            [
                ("dev/log", "log-dev", "123456789012", "eu-west-1", "shared", ""),
                ("dev/web", "web-dev", "123456789012", "eu-west-1", "shared", "web-dev"),
            ],
        ),
        (["prod"], [("prod/web", "web-prod", "123456789012", "us-east-1", "live", "")]),
        (
            ["prod/web", "dev/web", "prod"],
            [
                ("prod/web", "web-prod", "123456789012", "us-east-1", "live", ""),
                ("dev/web", "web-dev", "123456789012", "eu-west-1", "shared", "web-dev"),
            ],
        ),
    ],
)
def test_words_stand_for_releases(root: Path, words: list[str], told: list[tuple[str, ...]]) -> None:
    order = load_order(str(root), words)
    assert (tell(order), order.failed) == (told, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pord"], "there is no environment `pord`; did you mean `prod`? (there is `dev`, `prod`, `test`)"),
        (["dev/wbe"], "there is no task `wbe`; did you mean `web`? (there is `log`, `web`)"),
        (["_all"], "`_all` can only be extended: a name that begins with `_` is abstract"),
        (["test"], "there is nothing to release: `test` is switched off"),
        (["prod/log"], "there is nothing to release: `prod/log` is switched off"),
    ],
)
def test_words_that_stand_for_nothing_are_refused(root: Path, words: list[str], said: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        load_order(str(root), words)
    assert str(refused.value) == said


def test_a_service_for_several_tasks_is_that_of_none(root: Path) -> None:
    overlay = root / "environments" / "dev.yaml"
    overlay.write_text("extends: _all\naws: {service: web-dev}\n", encoding="utf-8")
    order = load_order(str(root), ["dev/web"])
    assert ([each.code for each in order.findings], order.failed) == (["E133"], True)
    order = load_order(str(root), ["dev"], allow_stale=True)
    assert ([each.service for each in order.releases], order.failed) == (["", ""], False)
    overlay.write_text("extends: _all\naws: {service: web-dev}\ntasks: {log: null}\n", encoding="utf-8")
    order = load_order(str(root), ["dev"])
    assert ([each.service for each in order.releases], order.findings) == (["web-dev"], ())


def test_only_what_is_asked_about_has_to_be_right(root: Path) -> None:
    (root / "rendered" / "dev" / "web.json").unlink()
    order = load_order(str(root), ["dev/log", "prod"])
    assert ([each.side.artifact is not None for each in order.releases], order.findings) == ([True, True], ())
    order = load_order(str(root), ["dev"])
    assert ([each.name for each in order.releases], [each.code for each in order.findings], order.failed) == (
        ["dev/log"],
        ["E803"],
        True,
    )


def test_what_is_stale_is_released_as_it_is_committed_where_that_is_allowed(root: Path) -> None:
    file = root / "templates" / "web.json.j2"
    file.write_text(TEMPLATE.replace("app:1", "app:2"), encoding="utf-8")
    order = load_order(str(root), ["prod"], allow_stale=True)
    (release,) = order.releases
    assert (
        release.side.artifact is not None,
        b"app:1" in release.committed,
        [each.severity for each in order.findings],
    ) == (
        False,
        True,
        ["warning"],
    )
    file.write_text(TEMPLATE.replace("}}", "}"), encoding="utf-8")
    order = load_order(str(root), ["prod"], allow_stale=True)
    assert ([each.artifact for each in order.releases], order.failed) == ([None], False)


ASKED = {
    "prod": True,
    "production": True,
    "eu-prod": True,
    "prod_eu": True,
    "live": True,
    "PRD": True,
    "dev": False,
    "preprod": False,
    "staging": False,
    "product": False,
}


@pytest.mark.parametrize("environment", ASKED)
def test_environments_called_like_production_are_asked_about(environment: str) -> None:
    assert Settings().asks_about(environment) == ASKED[environment]


def test_settings_say_which_environments_are_asked_about() -> None:
    settings = Settings(confirm=("demo", "eu-main"))
    assert [settings.asks_about(name) for name in ("demo", "demo-2", "eu-main", "prod")] == [True, True, True, False]


def test_all_that_is_asked_about_is_one_question(root: Path) -> None:
    questions: list[Question] = []
    told: list[AccountEvent] = []

    def agree(question: Question, before: Iterable[AccountEvent] = ()) -> bool:
        questions.append(question)
        told.extend(before)
        return True

    ask_once(load_order(str(root), ["dev", "prod"]), "register", agree, lambda release: [RevisionGone(release.name)])
    ask_once(load_order(str(root), ["dev"]), "register", agree)
    assert (questions, told) == ([Question("register", ("prod/web",), ("123456789012",))], [RevisionGone("prod/web")])


def test_a_no_ends_the_command(root: Path) -> None:
    with pytest.raises(WrongUsage, match="nothing was done, since the answer was no"):
        ask_once(load_order(str(root), ["prod"]), "register", lambda question, before=(): False)


@pytest.mark.parametrize("allow_stale", [False, True])
def test_a_setting_that_is_none_is_told_and_not_that_the_project_is_empty(root: Path, allow_stale: bool) -> None:
    (root / "taskdef.toml").write_text("bogus = 1\n", encoding="utf-8")
    order = load_order(str(root), ["dev"], allow_stale=allow_stale)
    assert (order.releases, [each.code for each in order.findings], order.failed) == ((), ["E131"], True)


def test_a_file_that_can_have_no_such_name_keeps_nothing_stale_from_being_released(root: Path) -> None:
    (root / "environments" / "a b.yaml").write_text("{}\n", encoding="utf-8")
    order = load_order(str(root), ["dev/web"], allow_stale=True)
    assert ([each.name for each in order.releases], order.failed) == (["dev/web"], False)
