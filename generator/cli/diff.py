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


@click.command("diff", Command, short_help="Say how task definitions differ, by name and meaning.")
@click.argument("left", metavar="LEFT", shell_complete=complete_environment)
@click.argument("right", required=False, metavar="[RIGHT]", shell_complete=complete_environment)
@click.option("--task", metavar="TASK", shell_complete=complete_task, help="Only this task, of all in `templates`.")
@click.option("--by-cause", is_flag=True, help="Of a range: what each edit of the sources changed, and where.")
@click.option("--why", is_flag=True, help="Also name what counts as the same without proof that ECS takes it so.")
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
    """Say how task definitions differ, by name and meaning: order and what ECS fills in do not count.

    LEFT and RIGHT are environments (test prod), tasks of these (test/web prod/web), files or `-` for stdin: what is registered,
    or the output of describe-task-definition. A range of git stands alone: `main..` compares main with the work tree,
    `main..HEAD` two revisions, `main...` the work tree with where it left main.

    prod:3 is a registered revision, and prod:live the one that the service runs (`aws.cluster` and `aws.service` in the overlay, or
    options), else the newest ACTIVE one; test/web:live that of one of several tasks. Alone it is compared with the sources as rendered now.
    Only these ask AWS, with the extra `aws`; the options about AWS apply to them.

    A word that is the name of an environment is that; write ./prod for a file called like one. Of a task in two environments
    containers are the same by `$id`, or by names that differ only by a word of the environment, like web-dev and web-prod.

    Exit status: 0 no difference, 1 differences, 2 something could not be compared.
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
    """Make of the options how AWS is asked; None where no word can be a revision and no option was given."""
    given = (cluster, service, reach["profile"], reach["region"], reach["endpoint_url"])
    if given == (None,) * len(given) and not any(":" in word for word in words):
        return None
    from generator.commands.account.asking import Asking

    return Asking(make_access(reach), cluster, service)
