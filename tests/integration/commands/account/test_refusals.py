"""An order that fails ends a command at once, and its findings are the result."""

from __future__ import annotations

import pytest

from generator.build.planning import plan_project
from generator.commands.account.orders import Order
from generator.commands.account.refusals import Refused, accept_order, refuses
from generator.model.findings import Finding
from generator.model.result import Result
from generator.reports.forms import Report, format_result
from tests.support import make_project

WARNING, ERROR = Finding("a", "warning", "odd"), Finding("b", "error", "wrong")
ORDER = Order(plan_project(make_project({}, {})), (), ())


def test_an_order_goes_on_with_what_was_found_unless_that_is_fatal() -> None:
    assert accept_order(ORDER, [WARNING]).findings == (WARNING,)
    for order, found in ((ORDER, (WARNING, ERROR)), (ORDER._replace(strict=True), (WARNING,))):
        with pytest.raises(Refused) as refused:
            accept_order(order, found)
        assert refused.value.findings == found
    with pytest.raises(Refused) as refused:
        accept_order(ORDER._replace(findings=(WARNING,)), [ERROR])
    assert refused.value.findings == (WARNING, ERROR)


@pytest.mark.parametrize(
    ("found", "summary"),
    [
        ((ERROR, WARNING), "1 error and 1 warning: nothing was done"),
        ((WARNING,), "1 warning, and `--strict` was given: nothing was done"),
    ],
)
def test_what_is_refused_is_the_result(found: tuple[Finding, ...], summary: str) -> None:
    @refuses("deploy")
    def run() -> Result:
        raise Refused(found)

    result = run()
    assert result == Result("deploy", found, 1, judging=True)
    said = "".join(f"{each.severity}[{each.code}]: {each.message}\n" for each in found)
    assert format_result(result._replace(strict=True)) == Report(f"{said}{summary}\n", "")
