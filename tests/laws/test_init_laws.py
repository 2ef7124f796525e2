"""A project that begins has no finding, whatever the names in it; a name that would make one is refused with the reason."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import event, given, strategies as st

from generator.commands.check import check
from generator.commands.init import find_site, init
from generator.commands.lint import lint
from generator.documents.yaml_scalars import quote
from generator.model.findings import WrongUsage
from generator.model.new_project import LAUNCH_TYPES, NewProject

WORDS = (
    "dev", "Prod", "production", "test", "live", "eu", "us-east-1", "shop", "ecs", "task", "execution", "aws", "on", "null", "true",
    "1e3", "0x1F", "007", "1_000", "2026-12-01", "y", "api", "latest", "v1", "database", "password",
)  # fmt: skip
"""What names are made of: words of environments, of what `init` writes, and what some reader of YAML takes for anything but text."""

NAMES = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map("-".join),
    st.text(st.sampled_from("aZ09_-"), min_size=1, max_size=70),
    st.text(st.sampled_from("aZ09_-. /é\n{%\"'\\$"), max_size=6),
)

REASONS = (
    r"`[^`]*` cannot be the name of (a task|an environment): it is letters, digits, ",
    r"the name of (a task|an environment) is empty",
    r"`[^`]*` has a dot, ",
    r"`[^`]*` and `[^`]*` name the same environment",
    r"`taskdef check` would report W702: ",  # the task's name, or what init writes, has the word of another environment
    r"`taskdef check` would report E453: ",  # a role with more than 64 characters
)


def is_plain(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name) is not None


@given(
    name=NAMES,
    environments=st.lists(NAMES, min_size=1, max_size=5),
    launch_type=st.sampled_from(LAUNCH_TYPES),
    renovate=st.booleans(),
)
def test_a_new_project_has_no_finding_or_is_refused(
    name: str, environments: list[str], launch_type: str, renovate: bool
) -> None:
    project = NewProject(name, tuple(environments), "ec2" if launch_type == "ec2" else "fargate", renovate=renovate)
    with TemporaryDirectory() as folder:
        try:
            made = init(folder, site=find_site(folder), project=project)
        except WrongUsage as error:
            reason = next(each for each in REASONS if re.match(each, str(error)))
            event(reason)
            assert [*Path(folder).iterdir()] == []
            return
        event("made")
        assert all(map(is_plain, (name, *environments)))
        checked = check(folder, least="note", strict=True)
        assert (made.status, checked.status, checked.findings) == (0, 0, ())
        assert [each.environment for each in checked.outcomes] == environments
        assert lint(folder, words=[f"{folder}/rendered"], least="warning", strict=True).findings == ()


@given(name=st.text(st.sampled_from("abXY01_-"), min_size=1, max_size=40).filter(is_plain), count=st.integers(1, 3))
def test_plain_names_that_share_no_word_are_never_refused(name: str, count: int) -> None:
    environments = ("dev", "qa", "prod")[:count]
    with TemporaryDirectory() as folder:
        assert init(folder, site=find_site(folder), project=NewProject(name, environments)).status == 0


@given(account=st.from_regex(r"[0-9]{12}", fullmatch=True), source=st.text(min_size=1, max_size=30))
def test_any_account_and_any_text_to_install_reach_their_files(account: str, source: str) -> None:
    project = NewProject("shop", ("prod",), account=account, source=source)
    with TemporaryDirectory() as folder:
        try:
            init(folder, site=find_site(folder), project=project)
        except WrongUsage:
            assert not source.isprintable()
            return
        workflow = (Path(folder) / ".github" / "workflows" / "taskdef.yml").read_text(encoding="utf-8")
        assert f"      TASKDEF: {quote(source)}\n" in workflow
        assert f":iam::{account}:role/" in (Path(folder) / "rendered" / "prod" / "shop.json").read_text(
            encoding="utf-8"
        )
        assert check(folder, least="note", strict=True).findings == ()
