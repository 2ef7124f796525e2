"""What `taskdef diagnose` looks at, from its words alone: which task, which region, which cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.aws.calls.tasks import name_own_cluster
from generator.commands.account.examinations import Subject
from generator.commands.diagnose import check_usage, diagnose, name_region, place_subject
from generator.model.account import Access
from generator.model.findings import WrongUsage
from generator.model.releases import Claim
from generator.reports.forms import format_result

ARN = "arn:aws:ecs:eu-west-1:123456789012:task/live/bc05f3eb9ebb465a9ab1f472b1a4d287"
OLD = "arn:aws:ecs:eu-west-1:123456789012:task/bc05f3eb-9ebb-465a-9ab1-f472b1a4d287"
PROD = Claim("prod", "123456789012", "us-east-1")
BOT = Subject("prod/bot", PROD, "live", "bot")
WEB = Subject("prod/web", PROD, "live", "web")


@pytest.mark.parametrize(
    ("task", "region", "cluster"), [(ARN, "eu-west-1", "live"), (OLD, "eu-west-1", ""), ("bc05", "", ""), ("", "", "")]
)
def test_an_arn_says_where_its_task_is(task: str, region: str, cluster: str) -> None:
    assert (name_region(task), name_own_cluster(task)) == (region, cluster)


def test_options_say_more_than_overlays() -> None:
    assert place_subject(BOT, None, None) == BOT
    assert place_subject(BOT, "other", None) == BOT._replace(cluster="other")
    assert place_subject(BOT, None, "blue") == BOT._replace(service="blue")


@pytest.mark.parametrize(
    ("subjects", "word", "task", "service"),
    [
        ([BOT], "prod", None, None),
        ([BOT, WEB], "prod", None, None),
        ([BOT], "prod", ARN, None),
        ([BOT._replace(cluster="")], "prod", ARN, None),
        ([Subject()], None, ARN, None),
        ([Subject(cluster="live", service="bot")], None, None, "bot"),
    ],
)
def test_what_says_enough_is_taken(
    subjects: list[Subject], word: str | None, task: str | None, service: str | None
) -> None:
    check_usage(subjects, word, task, service)


@pytest.mark.parametrize(
    ("subjects", "word", "task", "service", "message"),
    [
        (
            [Subject()],
            None,
            None,
            None,
            "name what to diagnose: an environment, `--task ARN`, or `--cluster` and `--service`",
        ),
        (
            [Subject(service="bot")],
            None,
            None,
            "bot",
            "name what to diagnose: an environment, `--task ARN`, or `--cluster` and `--service`",
        ),
        ([BOT, WEB], "prod", None, "bot", "`--service` is one, and there are 2 tasks: `prod/bot`, `prod/web`"),
        ([BOT, WEB], "prod", ARN, None, "`--task` is one, and there are 2 tasks: `prod/bot`, `prod/web`"),
        (
            [BOT._replace(cluster="")],
            "prod",
            None,
            None,
            "no cluster is set for `prod/bot`: set `aws.cluster` in the overlay, or pass `--cluster`",
        ),
        (
            [BOT._replace(service="")],
            "prod",
            None,
            None,
            "no service is set for `prod/bot`, and it renders without a family: set `aws.service` in the overlay, or pass "
            "`--service`",
        ),
    ],
)
def test_what_does_not_say_enough_is_refused(
    subjects: list[Subject], word: str | None, task: str | None, service: str | None, message: str
) -> None:
    with pytest.raises(WrongUsage) as refused:
        check_usage(subjects, word, task, service)
    assert str(refused.value) == message


def test_a_setting_that_is_none_is_told_and_not_that_the_project_is_empty(tmp_path: Path) -> None:
    (tmp_path / "taskdef.toml").write_text("bogus = 1\n", encoding="utf-8")
    result = diagnose(str(tmp_path), word="dev", access=Access())
    assert ([each.code for each in result.findings], result.status) == (["E131"], 2)
    assert format_result(result).out.endswith("\n1 error: nothing was looked at\n")
