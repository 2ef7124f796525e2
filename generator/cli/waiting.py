"""What the commands have in common that bring a service to a revision: which service, and how long is waited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from generator.commands.delivering import Patience

Function = TypeVar("Function", bound=Callable[..., object])


class Wait(TypedDict):
    """The options of every command that waits for a service."""

    cluster: str | None
    service: str | None
    timeout: float
    interval: float


def wait_options(function: Function) -> Function:
    """Add which service it is about, and how it is waited for."""
    for option in (
        click.option(
            "--interval",
            metavar="SECONDS",
            type=click.FloatRange(min=0.1),
            default=5,
            help="Seconds between two looks at the service; 5 unless given.",
        ),
        click.option(
            "--timeout",
            metavar="SECONDS",
            type=click.FloatRange(min=0),
            default=600,
            help="Seconds after which it is given up; 600 unless given.",
        ),
        click.option("--service", metavar="NAME", help="The service, instead of the overlay's `aws.service`."),
        click.option("--cluster", metavar="NAME", help="The cluster, instead of the overlay's `aws.cluster`."),
    ):
        function = option(function)
    return function


def make_patience(wait: Wait, *, waits: bool = True, takes_back: bool = False) -> Patience:
    """Make of options how long is waited, and what is done about a failure."""
    from generator.commands.delivering import Patience

    return Patience(wait["timeout"], wait["interval"], waits, takes_back)
