"""Registered revisions as text: a table that fits, what is masked, what is said of what uses them."""

from __future__ import annotations

import json

import pytest

from generator.aws.retirement import Holder
from generator.commands.revisions import compare_revisions
from generator.model.account import Revision, Use
from generator.model.account_answers import Listings, Prunings
from generator.model.comparison import Side
from generator.model.nodes import Value
from generator.model.releases import Listed, Listing, Pruned, Release
from generator.model.tags import COMMIT_TAG, HASH_TAG, VERSION_TAG
from generator.reports.prunings import list_plan, summarize_prunings
from generator.reports.revisions import (
    describe_revision,
    format_text,
    list_image_tags,
    name_caller,
    summarize_comparison,
)
from generator.reports.text import measure
from generator.reports.uses import state_holder
from generator.review.compare import view_file
from tests.support import read_json

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "a1b2c3d4" * 8
SERVICE = Use(f"{ARN}:4", "service", "live", "bot", "ACTIVE")


def make_revision(number: int, document: Value, **members: Value) -> Revision:
    """Make a revision as ECS describes it."""
    given = {
        "status": "ACTIVE",
        "registered_at": f"2026-11-2{number}T08:15:00Z",
        "registered_by": "arn:aws:sts::123456789012:assumed-role/ci/run-7",
        **members,
    }
    return Revision(f"{ARN}:{number}", "bot", number, document=view(document).document, **given)


def view(document: Value) -> Side:
    return view_file("", read_json(json.dumps(document), ""))


def make_release() -> Release:
    return Release("dev", "bot", "rendered/dev/bot.json", b"", view({}), "bot", None)


def containers(*images: str, **members: Value) -> Value:
    return {
        "family": "bot",
        **members,
        "containerDefinitions": [{"name": f"c{number}", "image": image} for number, image in enumerate(images)],
    }


TAGS = ((HASH_TAG, DIGEST), (COMMIT_TAG, f"{COMMIT}-dirty"), (VERSION_TAG, "v1.2.0-3-g0123456-dirty"))
OLD = make_revision(3, containers("r/bot:v1.1.0", cpu="256"), registered_by="", registered_at="")
NEW = make_revision(4, containers("r/bot:v1.2.0", cpu="512", memory="1024", pidMode="task"), tags=TAGS)


def make_listing(**members: Value) -> Listing:
    listed = (
        Listed(NEW, (SERVICE, Use(f"{ARN}:4", "task", "jobs", "", "RUNNING")), True, compare_revisions(OLD, NEW)),
        Listed(OLD, (), False),
    )
    return Listing(make_release(), "us-east-1", ("ACTIVE",), None, listed, 12)._replace(**members)


WHOLE = """\
dev/bot: bot, newest first, and what uses it in all clusters
revision  registered        by        commit                                  hash       image tags  in use by
4         2026-11-24 08:15  ci/run-7  01234567-dirty v1.2.0-3-g0123456-dirty  a1b2c3d4*  v1.2.0      live/bot, 1 task in jobs
  changes 4 fields: image tag v1.1.0 → v1.2.0, cpu: 256 CPU units → 512 CPU units, memory: – → 1024 MiB, and 1 more
3         –                 –         –                                       –          v1.1.0      –
* is the same as the committed artifact
12 older ones: `--limit` shows more
"""


def test_a_table_has_a_row_for_each_revision_and_what_it_changed_below() -> None:
    assert format_text(Listings((make_listing(),)), color=False, width=0) == WHOLE


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_a_table_fits_a_terminal(width: int) -> None:
    lines = format_text(Listings((make_listing(),)), color=False, width=width).splitlines()
    assert max(map(measure, lines[1:])) <= width
    assert width < 80 or all(part in lines[2] for part in ("4", "v1.2.0", "08:15"))


def test_a_change_is_told_with_its_container_where_there_are_several() -> None:
    compared = compare_revisions(
        make_revision(1, containers("a:1", "b:1")), make_revision(2, containers("a:1", "b:2", pidMode="task"))
    )
    assert summarize_comparison(compared) == "changes 2 fields: c1 image tag 1 → 2, pidMode: – → task"
    assert summarize_comparison(compare_revisions(OLD, OLD)) == "as bot:3"


def test_a_table_of_several_statuses_tells_which() -> None:
    listing = make_listing(statuses=("ACTIVE", "INACTIVE"), clusters=("arn:aws:ecs:us-east-1:1:cluster/live",), older=0)
    lines = format_text(Listings((listing,)), color=False, width=0).splitlines()
    assert lines[0] == "dev/bot: bot, newest first, and what uses it in the cluster live"
    assert lines[1].split()[:4] == ["revision", "registered", "by", "status"]
    assert "ACTIVE" in lines[2] and lines[-1] == "* is the same as the committed artifact"


def test_what_nobody_could_tell_is_not_told_as_nothing() -> None:
    listing = make_listing(listed=(Listed(OLD, None, False),))
    row = format_text(Listings((listing,)), color=False, width=0).splitlines()[2]
    assert row.split()[-1] == "?"


def test_a_list_without_revisions_says_so() -> None:
    text = format_text(Listings((make_listing(listed=(), statuses=("INACTIVE",), older=0),)), color=False, width=0)
    assert text.splitlines()[1:] == ["  none is INACTIVE"]


def test_changes_are_told_in_full() -> None:
    lines = format_text(Listings((make_listing(),), changes=True), color=False, width=0).splitlines()
    assert lines[3:8] == [
        "  bot:3 → bot:4: 4 fields differ",
        "    the task",
        "      cpu: 256 CPU units → 512 CPU units",
        "      memory: – → 1024 MiB",
        "      pidMode: – → task",
    ]


CALLERS = {
    "arn:aws:sts::123456789012:assumed-role/ci/run-7": "ci/run-7",
    "arn:aws:iam::123456789012:user/ann": "ann",
    "arn:aws:iam::123456789012:user/team/ann": "team/ann",
    "arn:aws:iam::123456789012:root": "root",
    "": "",
}


@pytest.mark.parametrize("arn", CALLERS)
def test_callers_are_named_for_short(arn: str) -> None:
    assert name_caller(arn) == CALLERS[arn]


VERSIONS = {
    "one image": (["r:5000/a:v1"], ["v1"]),
    "a digest": ([f"r/a@sha256:{DIGEST}"], ["sha256:a1b2c3d4"]),
    "a tag with a digest": ([f"r/a:v1@sha256:{DIGEST}"], ["v1"]),
    "neither": (["a"], ["no tag"]),
    "several": (["a:v1", "b:v2"], ["c0 v1", "c1 v2"]),
    "none": ([], []),
}


@pytest.mark.parametrize(("images", "said"), VERSIONS.values(), ids=VERSIONS)
def test_images_are_told_by_their_tags(images: list[str], said: list[str]) -> None:
    assert list_image_tags(make_revision(1, containers(*images))) == said


HOLDERS = {
    "live/bot": Holder("live", "bot", "service", 3),
    "live/bot (an older deployment)": Holder("live", "bot", "deployment"),
    "live/bot (a task set)": Holder("live", "bot", "task set"),
    "live/bot (2 tasks)": Holder("live", "bot", "task", 2),
    "1 task in live": Holder("live", "", "task", 1),
}


@pytest.mark.parametrize("said", HOLDERS)
def test_what_holds_a_revision_is_told(said: str) -> None:
    assert state_holder(HOLDERS[said]) == said


def test_a_plan_lists_what_goes_and_why_others_stay() -> None:
    planned = Pruned(make_release(), "us-east-1", (f"{ARN}:2", f"{ARN}:1"), ((f"{ARN}:4", (SERVICE,)),))
    assert list(list_plan(planned, dry_run=True)) == [
        "would deregister bot:2",
        "would deregister bot:1",
        "keeps bot:4, in use by live/bot",
    ]
    assert next(iter(list_plan(planned, dry_run=False))) == "will deregister bot:2"
    summaries = [
        summarize_prunings(Prunings((planned,), 1, dry_run=True), ()),
        summarize_prunings(Prunings((planned._replace(gone=planned.going),), 1), ()),
        summarize_prunings(Prunings((planned._replace(gone=planned.going[:1]),), 1), ()),
        summarize_prunings(Prunings((planned._replace(going=(), kept=()),), 1), ()),
    ]
    assert summaries == [
        "2 revisions would be deregistered, 1 in use",
        "2 deregistered, 1 in use",
        "1 of 2 deregistered, 1 in use",
        "nothing to prune",
    ]


def test_a_revision_is_described_with_its_images_and_tags() -> None:
    described = describe_revision(NEW._replace(tags=(*TAGS, ("team", "x"))))
    assert (described["commit"], described["describe"], described["hash"], described["tags"]) == (
        f"{COMMIT}-dirty",
        "v1.2.0-3-g0123456-dirty",
        DIGEST,
        {"team": "x"},
    )
    assert described["images"] == [
        {"container": "c0", "image": "r/bot:v1.2.0", "repository": "r/bot", "tag": "v1.2.0", "digest": None}
    ]


def test_images_and_tags_show_nothing_that_a_variable_keeps_secret() -> None:
    document = containers("r/bot:correct-horse-battery")
    document["containerDefinitions"][0]["environment"] = [{"name": "DB_PASSWORD", "value": "correct-horse-battery"}]
    revision = make_revision(3, document, tags=(("by", "correct-horse-battery"),))
    assert list_image_tags(revision) == ["***"]
    described = describe_revision(revision)
    assert (described["tags"], described["images"][0]["image"]) == ({"by": "***"}, "***")
