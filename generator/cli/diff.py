"""`taskdef diff`: its words and options."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from generator.cli.access import Reach, access_options, make_access, place_options, print_event
from generator.cli.clock import time_limit_option
from generator.cli.options import Command, Common, check_common, common_options, complete_environment, complete_task
from generator.cli.results import show

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("diff", Command, short_help="Show how task definitions differ, by name and meaning.")
@click.argument("left", metavar="LEFT", shell_complete=complete_environment)
@click.argument("right", required=False, metavar="[RIGHT]", shell_complete=complete_environment)
@click.option("--task", metavar="TASK", shell_complete=complete_task, help="Only this task in `templates`.")
@click.option(
    "--by-cause", is_flag=True, help="For a git range: show what each edit of the sources changed, and where."
)
@click.option("--why", is_flag=True, help="Also show the values that count as the same without proof from ECS.")
@place_options
@access_options
@time_limit_option
@partial(common_options, forms=("text", "json", "markdown"))
def command(
    left: str,
    right: str | None,
    task: str | None,
    by_cause: bool,
    why: bool,
    cluster: str | None,
    service: str | None,
    **common: Unpack[Words],
) -> None:
    """Show how task definitions differ, by name and meaning. The order of members and the defaults of ECS do not count.

    LEFT and RIGHT are environments (test prod), tasks in them (test/web prod/web), files, or `-` for stdin. A file has the input of
    register-task-definition or the output of describe-task-definition. A git range is the only argument: `main..` compares main with the
    work tree, `main..HEAD` compares two commits, and `main...` compares the work tree with the commit at which it left main.

    prod:3 is a registered revision. prod:live is the revision that the service runs (`aws.cluster` and `aws.service` in the overlay, or
    options), or else the newest ACTIVE one. test/web:live selects one of several tasks. A revision alone is compared with the artifact as
    rendered now. Only these ask AWS, with the extra `aws`; the options about AWS apply to them.

    The name of an environment always means the environment: write ./prod for a file of that name. Between two environments, containers
    match by `$id`, or by names that differ only by the environment, like web-dev and web-prod.

    Exit status: 0 no difference, 1 differences, 2 not comparable.
    """
    check_common(common)
    from generator.commands.diff import diff

    words = (left,) if right is None else (left, right)
    result = diff(
        common["project"],
        words=words,
        task=task,
        by_cause=by_cause,
        why=why,
        asking=find_asking(words, common, cluster, service),
        on_event=print_event,
        stdin=sys.stdin.buffer.read() if "-" in words and sys.stdin is not None else b"",
    )
    show(result, common)


def find_asking(words: tuple[str, ...], reach: Reach, cluster: str | None, service: str | None) -> Asking | None:
    """Make the access to AWS from the options. Returns None if no word can be a revision and no option was given."""
    given = (cluster, service, reach["profile"], reach["region"], reach["endpoint_url"])
    if given == (None,) * len(given) and not any(":" in word for word in words):
        return None
    from generator.commands.account.asking import Asking

    return Asking(make_access(reach), cluster, service)
