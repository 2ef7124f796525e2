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


@click.command("diff", Command, short_help="Show how task definitions differ.")
@click.argument("left", metavar="LEFT", shell_complete=complete_environment)
@click.argument("right", required=False, metavar="[RIGHT]", shell_complete=complete_environment)
@click.option("--task", metavar="TASK", shell_complete=complete_task, help="Use only the template TASK.json.j2.")
@click.option(
    "--by-cause",
    is_flag=True,
    help="For a git range: show what each edit of a template, overlay or setting changed, and where.",
)
@click.option(
    "--why",
    is_flag=True,
    help="Also list values that taskdef treats as equal by its own assumption: ECS was never seen to do so.",
)
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
    """Show how task definitions differ. Neither the order of fields nor defaults of ECS count.

    LEFT and RIGHT are environments (test prod), tasks in them (test/web prod/web), files, or `-` for stdin. A file holds the input of
    register-task-definition or the output of describe-task-definition. LEFT alone may be a git range: `main..` compares main with your work
    tree, `main..HEAD` compares two commits, and `main...` compares the commit where your branch left main with your work tree.

    prod:3 is a registered revision. prod:live is the revision that the service runs now (`aws.cluster` and `aws.service` in the overlay, or
    --cluster and --service), or the newest ACTIVE one if there is no service. Of several templates, name one: test/web:live. A revision
    without RIGHT is compared with the artifact as rendered now. The options about AWS, and the extra `aws`, are for revisions only.

    For a file named like an environment, write ./prod. Containers of two environments match if only the environment in their names differs,
    as in web-dev and web-prod, or if the template gives both the same `$id`.

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
