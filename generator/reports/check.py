"""What `check` says beside findings: what was fixed, how much was compared, what came of it, and what to run."""

from __future__ import annotations

from generator.model.answers import Checked, Mended
from generator.model.gathering import join_causes
from generator.model.result import Outcome, Result, state_counts, state_number
from generator.reports.forms import View, Written

OBSTACLES = {
    "error": "nothing was fixed, since there is an error",
    "unproven": "nothing was fixed: it could not be proven that the artifacts stay the same",
    "shared": "nothing was fixed: through links, {} is not a file of its own",
    "changed": "nothing was fixed: the lines of {} do not all end alike, or it changed just now",
}


def write_answer(checked: Checked, result: Result, view: View) -> Written:
    """Write what was done and what came of it; the answer itself is findings."""
    return Written(lines=state_mended(checked.mended), summary=summarize(checked, result.outcomes, view.root))


def state_mended(mended: Mended) -> tuple[str, ...]:
    """State what was fixed, or why nothing was."""
    if mended.obstacle is not None:
        return (OBSTACLES[mended.obstacle].format(mended.path),)
    lines = [f"fixed {path}" for path in mended.paths]
    if mended.left:
        number = state_number(mended.left, "override")
        lines.append(f"left {number}: an anchor, a comment or a dash would be removed, too")
    return tuple(lines)


def summarize(checked: Checked, outcomes: tuple[Outcome, ...], root: str) -> str:
    """State how much was compared, what came of it, and what to run."""
    actions = [outcome.action for outcome in outcomes]
    differing, missing, extra = (actions.count(action) for action in ("differs", "missing", "extra"))
    number = len(outcomes) - missing - extra
    said = [f"{state_number(number, 'artifact')} compared"]
    if differing:
        said.append(f"{differing} {'differs' if differing == 1 else 'differ'}")
    said += [f"{count} {action}" for count, action in ((missing, "missing"), (extra, "extra")) if count]
    if len(said) == 1 and number:
        said.append("up to date" if number == 1 else "all up to date")
    text = ", ".join(said)
    if checked.broken:
        return f"{text}; {state_counts(join_causes(checked.broken))} in the sources"
    if differing or missing or (extra and checked.mendable):
        wrong = {outcome.environment: None for outcome in outcomes if outcome.action in ("differs", "missing")}
        names = "" if extra else "".join(f" {name}" for name in wrong)
        where = "" if root == "." else f" --project {root}"
        text += f"; run `taskdef render{where}{names}`"
    return text
