"""Which answers a project can be made of, and what is said of the others."""

from __future__ import annotations

import pytest

from generator.adopt.init.answers import check_project
from generator.model.findings import WrongUsage
from generator.model.new_project import NewProject

SHOP = NewProject("shop")


@pytest.mark.parametrize(
    "project",
    [
        SHOP,
        NewProject("x"),
        NewProject("8080"),
        NewProject("null", ("on", "off")),
        NewProject("Shop_Web-2", ("DEV", "Prod")),
        NewProject("a__b", ("eu-west-1-prod", "us")),
        NewProject("test-runner", ("prod",)),
        SHOP._replace(region="cn-north-1", account="000000000001"),
        SHOP._replace(owners=("@somebody", "@acme/live-trading", "live@example.org")),
        SHOP._replace(source='git+https://git.example.org/"a b"'),
    ],
    ids=str,
)
def test_what_a_project_can_be_made_of_has_no_finding(project: NewProject) -> None:
    for launch_type in ("fargate", "ec2"):
        proof = check_project(project._replace(launch_type=launch_type))
        assert proof.findings == ()
        assert [each.environment for each in proof.artifacts] == list(project.environments)


NAMED = "it is letters, digits, `_`, `.` and `-`, and begins with a letter or digit"
DOT = "has a dot, but becomes part of the family, which cannot have one"


@pytest.mark.parametrize(
    ("project", "message"),
    [
        (NewProject(""), "the name of a task is empty"),
        (NewProject("_shop"), f"`_shop` cannot be the name of a task: {NAMED}"),
        (NewProject("../shop"), f"`../shop` cannot be the name of a task: {NAMED}"),
        (NewProject("my shop"), f"`my shop` cannot be the name of a task: {NAMED}"),
        (NewProject("shop.web"), f"`shop.web` {DOT}"),
        (NewProject("shop", ()), "a project has at least one environment"),
        (NewProject("shop", ("dev", "")), "the name of an environment is empty"),
        (NewProject("shop", ("dev", "_base")), f"`_base` cannot be the name of an environment: {NAMED}"),
        (NewProject("shop", ("eu.prod",)), f"`eu.prod` {DOT}"),
        (NewProject("shop", ("dev", "prod", "dev")), "`dev` and `dev` name the same environment"),
        (NewProject("shop", ("dev", "Dev")), "`dev` and `Dev` name the same environment"),
        (
            NewProject("dev-portal"),
            "`taskdef check` would report W702: the family `family` of `test` and `prod` mentions `dev`",
        ),
        (SHOP._replace(account="12345"), "`aws.account` is 12 digits, not `12345`"),
        (SHOP._replace(region="Frankfurt"), "`aws.region` is the name of a region, not `Frankfurt`"),
        (SHOP._replace(region="eu-west-1a"), "`aws.region` is the name of a region, not `eu-west-1a`"),
        (SHOP._replace(region='x"\npatch: {}'), "`--region` has characters that cannot be printed"),
        (
            SHOP._replace(owners=("@acme/live", "acme")),
            "`acme` is not an owner: write `@user`, `@organization/team` or an email address",
        ),
        (
            SHOP._replace(owners=("@a # b",)),
            "`@a # b` is not an owner: write `@user`, `@organization/team` or an email address",
        ),
        (SHOP._replace(source="a\nb"), "`--install` has characters that cannot be printed"),
    ],
    ids=str,
)
def test_other_answers_are_refused(project: NewProject, message: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        check_project(project)
    assert str(raised.value) == message


def test_a_name_too_long_for_a_role_is_refused_by_its_rule() -> None:
    assert check_project(NewProject("s" * 49, ("prod",))).findings == ()
    with pytest.raises(WrongUsage, match=r"\A`taskdef check` would report E453: "):
        check_project(NewProject("s" * 50, ("prod",)))
