"""Findings that stop a command before it asks AWS or changes anything there, and the result with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec

from generator.commands.account.orders import Order
from generator.model.findings import Finding
from generator.model.result import Result

Parameters = ParamSpec("Parameters")


class Refused(Exception):
    """A command cannot continue because of its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def accept_order(order: Order, found: Iterable[Finding] = ()) -> Order:
    """Add findings to an order, and return it. Raises Refused if one of them fails it."""
    order = order._replace(findings=(*order.findings, *found))
    if order.failed:
        raise Refused(order.findings)
    return order


def refuses(command: str, status: int = 1) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Turn a Refused command into its result, without an answer."""

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(function)
        def run(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
            try:
                return function(*arguments, **options)
            except Refused as refused:
                return Result(command, refused.findings, status, judging=True)

        return run

    return decorate
