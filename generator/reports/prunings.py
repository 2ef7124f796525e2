"""Old revisions that are deregistered, and those that stay since they are in use; in lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.aws.retirement import group_uses
from generator.model.account import name_revision
from generator.model.account_answers import Prunings
from generator.model.findings import Finding
from generator.model.releases import Pruned
from generator.model.result import Result, state_counts, state_number
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.registrations import describe_halt
from generator.reports.uses import describe_uses, state_holder


def write_prunings(pruned: Prunings, result: Result, view: View) -> Written:
    """Write what became of old revisions. What was deregistered was reported when it was done."""
    if view.form == "json":
        return Written(format_prunings(pruned, result.findings), whole=True)
    summary = summarize_prunings(pruned, result.findings)
    if pruned.halt is not None:
        return Written(refused=(f"{pruned.halt.message}; {summary}",), help=pruned.halt.help)
    lines = (line for each in pruned.done for line in list_plan(each, dry_run=True)) if pruned.dry_run else ()
    return Written(lines=tuple(lines), summary=summary)


def list_plan(pruned: Pruned, *, dry_run: bool) -> Iterator[str]:
    """List what is to go of a family, and what stays since it is in use."""
    for arn in pruned.going:
        yield f"{'would' if dry_run else 'will'} deregister {name_revision(arn)}"
    for arn, uses in pruned.kept:
        yield f"keeps {name_revision(arn)}, in use by {', '.join(map(state_holder, group_uses(uses)))}"


def summarize_prunings(pruned: Prunings, findings: tuple[Finding, ...]) -> str:
    """State how many revisions went, or would, and how many stayed since they are in use."""
    going, gone, kept = (sum(len(getattr(each, name)) for each in pruned.done) for name in ("going", "gone", "kept"))
    if pruned.dry_run:
        said = f"{state_number(going, 'revision')} would be deregistered"
    elif not going:
        said = "nothing to prune"
    else:
        said = f"{gone} of {going} deregistered" if gone < going else f"{gone} deregistered"
    used = f"{kept} in use" if kept else ""
    return "; ".join(filter(None, (", ".join(filter(None, (said, used))), state_counts(findings))))


def format_prunings(pruned: Prunings, findings: Iterable[Finding]) -> str:
    """Write one JSON object."""
    report = {
        "version": VERSION,
        "command": "revisions",
        "pruning": True,
        "dry_run": pruned.dry_run,
        "keep": pruned.keep,
        "families": [
            {
                "environment": each.release.environment,
                "task": each.release.task,
                "family": each.release.family,
                "region": each.region,
                "going": list(each.going),
                "kept": [{"arn": arn, "uses": describe_uses(uses)} for arn, uses in each.kept],
                "deregistered": list(each.gone),
            }
            for each in pruned.done
        ],
        **describe_findings(findings),
        "summary": {"status": pruned.halt.status if pruned.halt else 0},
        **describe_halt(pruned.halt),
    }
    return write_json(report)
