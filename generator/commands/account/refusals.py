"""Findings that keep a command from asking AWS, or from changing anything there, and the result that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec

from generator.commands.account.orders import Order
from generator.model.findings import Finding
from generator.model.result import Result

Parameters = ParamSpec("Parameters")


class Refused(Exception):
    """A command cannot go on because of its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def accept_order(order: Order, found: Iterable[Finding] = ()) -> Order:
    """Add findings to an order, and give it unless it fails by one; then it is Refused."""
    order = order._replace(findings=(*order.findings, *found))
    if order.failed:
        raise Refused(order.findings)
    return order


def refuses(command: str, status: int = 1) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Make of what is Refused inside of a command its result, without an answer."""

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(function)
        def run(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
            try:
                return function(*arguments, **options)
            except Refused as refused:
                return Result(command, refused.findings, status, judging=True)

        return run

    return decorate
