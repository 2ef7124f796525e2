"""What `render` says beside findings: what became of each file, or the list of what there is to render."""

from __future__ import annotations

from generator.model.answers import Rendered
from generator.model.result import Outcome, Result, count_findings, state_counts
from generator.reports.forms import View, Written

WHY = {"deleted": " (no task produces it)", "left": " (no task produces it, and it is not as taskdef writes files)"}


def write_answer(rendered: Rendered, result: Result, _: View) -> Written:
    """Write a line for each file that was written, deleted, left or removed, or is planned."""
    summary = state_counts(result.findings)
    if rendered.withheld:
        because = "" if count_findings(result.findings)["error"] else ", and `--strict` was given"
        summary += f"{because}: nothing was written"
    return Written(lines=(*list_removed(rendered.removed), *list_files(result.outcomes)), summary=summary)


def list_removed(paths: tuple[str, ...]) -> list[str]:
    """Say in one line each which temporary files were removed."""
    return [f"removed {path} (left behind by a run that was killed)" for path in paths]


def list_files(outcomes: tuple[Outcome, ...]) -> list[str]:
    """Say in one line each what was done about a file, or which artifact it is planned for."""
    names = [f"{each.environment}/{each.task}" for each in outcomes if each.action == "planned"]
    width = max(map(len, names), default=0)
    return [
        f"{f'{each.environment}/{each.task}':<{width}}  {each.path}"
        if each.action == "planned"
        else f"{each.action} {each.path}{WHY.get(each.action, '')}"
        for each in outcomes
    ]
