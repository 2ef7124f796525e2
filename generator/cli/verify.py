"""`taskdef verify`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import (
    Reach,
    access_options,
    cluster_option,
    make_access,
    order_argument,
    print_event,
    service_option,
)
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("verify", Command, short_help="Check that the account has what tasks refer to.")
@order_argument
@click.option("--secret-keys", is_flag=True, help="Read the values of secrets, to check the names of the keys in them.")
@cluster_option("The cluster, instead of the overlay's `aws.cluster`.")
@service_option("The service, instead of the overlay's `aws.service`.")
@access_options
@partial(common_options, forms=("text", "json"))
def command(
    words: tuple[str, ...],
    secret_keys: bool,
    cluster: str | None,
    service: str | None,
    **common: Unpack[Words],
) -> None:
    """Check that the account has everything that task definitions refer to.

    ENV stands for all tasks of an environment. taskdef checks roles and who may assume them, images and their platforms in ECR, secrets,
    parameters, log groups, environment files, file systems, and the cluster and service if the overlay or an option names them. One run
    reports everything that is missing, each at the line that names it. If AWS does not answer for a resource, taskdef reports it as
    unknown, which fails only with --strict. It changes nothing. It reads the value of a secret only with --secret-keys, and never shows it.
    Needs the extra `aws`; docs/verify.md has the permissions.
    """
    check_common(common)
    from generator.commands.verify import verify

    result = verify(
        common["project"],
        words=words,
        access=make_access(common),
        secret_keys=secret_keys,
        cluster=cluster,
        service=service,
        strict=common["strict"],
        on_event=print_event,
    )
    show(result, common)
