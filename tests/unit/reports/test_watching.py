"""What `render --watch` shows after an edit, whatever happened."""

from __future__ import annotations

import pytest

from generator.model.answers import Watched
from generator.model.comparison import Comparison
from generator.model.findings import Finding
from generator.model.result import Outcome, Result
from generator.reports.forms import format_result

WARNING = Finding("W601", "warning", "old")
ERROR = Finding("E132", "error", "nothing to render")
OUTCOMES = tuple(Outcome(f"{action}.json", action) for action in ("wrote", "unchanged", "deleted", "left"))
CHANGES = "wrote wrote.json\ndeleted deleted.json (no task produces it)\n"
LEFT = "left left.json (no task produces it, and it is not as taskdef writes files)\n"


@pytest.mark.parametrize(
    ("watched", "findings", "outcomes", "said"),
    [
        (
            Watched(begun=True, folders=("t", "e"), removed=("e/.x.tmp",)),
            (),
            OUTCOMES,
            "watching t, e and the settings, until Ctrl-C\nremoved e/.x.tmp (left behind by a run that was killed)\n"
            + CHANGES
            + LEFT,
        ),
        (Watched(("a", "b"), ()), (), OUTCOMES, f"a and b\nno difference since the start\n{CHANGES}"),
        (Watched(("a",), (), mended=True), (), (), "a\nall errors are fixed\nno difference since the start\n"),
        (Watched(mended=True), (), (), "files can be read again\nall errors are fixed\n"),
        (Watched(withheld=True), (), (), "files have changed\n"),
        (
            Watched(("a",), (Comparison("", "now", (), "qa", "web"), Comparison("then", "", (), "dev", "web"))),
            (),
            (),
            "a\nqa/web: new since the start\ndev/web: only at the start\n",
        ),
        (Watched(("a",), standing=2), (), (), "a\n2 findings as before\n"),
        (
            Watched(("a",), standing=1),
            (WARNING,),
            (),
            "a\nwarning[W601]: old\n1 warning, 1 finding as before\n",
        ),
        (
            Watched(("a",), withheld=True),
            (ERROR,),
            (),
            "a\nerror[E132]: nothing to render\n1 error: nothing was written\n",
        ),
        (
            Watched(("a",), withheld=True),
            (WARNING,),
            (),
            "a\nwarning[W601]: old\n1 warning, and `--strict` was given: nothing was written\n",
        ),
    ],
)
def test_a_report_has_what_happened_and_no_more(
    watched: Watched, findings: tuple[Finding, ...], outcomes: tuple[Outcome, ...], said: str
) -> None:
    refused = () if findings or not watched.withheld else ("it cannot be read",)
    report = format_result(Result("watch", findings, 0, outcomes, judging=True, refused=refused, answer=watched))
    assert report.refused == refused
    assert (report.out, report.err) == (said, "")
