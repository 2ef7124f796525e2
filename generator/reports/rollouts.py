"""What became of deployments, in lines for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model.account import Course
from generator.model.account_answers import Rollouts
from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.result import Result, state_counts, state_number
from generator.model.rollouts import Rollout
from generator.reports.deployments import state_hindrance, state_reason
from generator.reports.diagnoses import describe_examination, format_examination
from generator.reports.differences.json import describe_comparison
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.registrations import describe_halt, describe_registration, state_action
from generator.reports.text import escape

ACTIONS = ("steady", "unchanged", "started", "failed", "held", "unwatched")


def write_answer(answer: Rollouts, result: Result, view: View) -> Written:
    """Write what was done to services, or would be. What was registered before something ended it all is there all the same."""
    if view.form == "json":
        return Written(format_json(answer, result), whole=True)
    if answer.halt is not None:
        done = [each for each in answer.registrations if each.action == "registered"]
        text = "".join(f"{escape(state_action(each))}\n" for each in done)
        return Written(text, refused=(f"{answer.halt.message}; no service was changed",), help=answer.halt.help)
    summary = summarize(answer.rollouts, (*answer.warned, *result.findings))
    return Written(format_text(answer, color=view.color), summary=summary)


def format_text(answer: Rollouts, *, color: bool) -> str:
    """State what became of each service, and below it why, after what would be registered first."""
    examined = {each.name: each for each in answer.examined}
    lines = [f"{escape(state_action(each))}\n" for each in answer.registrations if each.action == "planned"]
    for rollout in answer.rollouts:
        lines += [f"{escape(line)}\n" for line in state_rollout(rollout)]
        if rollout.name in examined:
            lines += format_examination(examined[rollout.name], color=color)
    return "".join(lines)


def state_rollout(rollout: Rollout) -> Iterator[str]:
    """State what became of one service, and what there is to do."""
    name, where = rollout.name, f"`{rollout.service}` in `{rollout.cluster}`"
    reason = state_reason(rollout.reason)
    if rollout.action == "planned":
        yield plan_rollout(rollout)
    elif rollout.action == "steady":
        yield f"steady {name}: {where} runs {rollout.revision}{f'; {reason}' if reason else ''}"
    elif rollout.action == "unchanged":
        yield f"unchanged {name}: {where} runs {rollout.revision} already{f'; {reason}' if reason else ''}"
    elif rollout.action == "started":
        yield f"started {name}: {where} goes to {rollout.revision}, without waiting"
    elif rollout.action in ("failed", "held"):
        yield f"{rollout.action} {name}: {reason}"
    else:
        yield f"unwatched {name}: {reason}; the deployment of {rollout.revision} continues"
    if rollout.back_on:
        yield f"  taken back: {where} runs {rollout.back_on} again"
    elif rollout.taken_back is not None:
        yield f"  not taken back: {state_hindrance(rollout.taken_back)}"
    if rollout.help:
        yield f"  help: {rollout.help}"


def plan_rollout(rollout: Rollout) -> str:
    """State what would be called for one service."""
    where = f"`{rollout.service}` in `{rollout.cluster}`"
    if rollout.deed == "wait":
        return f"would wait for {where}, which is already moving to {rollout.revision}"
    anew = ", as a new deployment" if rollout.deed == "force" else ""
    return f"would call ecs:UpdateService for {where} with {rollout.revision or 'that revision'}{anew}"


def summarize(rollouts: Iterable[Rollout], findings: tuple[Finding, ...]) -> str:
    """Count what became of the services."""
    counts = {action: sum(each.action == action for each in rollouts) for action in ACTIONS}
    deeds = Counter(each.deed == "wait" for each in rollouts if each.action == "planned")
    said = [f"{counts[action]} {action}" for action in ACTIONS if counts[action]]
    waits = [f"{state_number(deeds[True], 'service')} would be waited for"] if deeds[True] else []
    changes = [f"{state_number(deeds[False], 'service')} would be changed"] if deeds[False] else []
    said = [*changes, *waits, *said]
    return "; ".join(filter(None, (", ".join(said), state_counts(findings))))


def format_json(answer: Rollouts, result: Result) -> str:
    """Write one JSON object."""
    causes = [each.finding for each in answer.examined if each.finding is not None]
    report: dict[str, Value] = {
        "version": VERSION,
        "command": result.command,
        "dry_run": answer.dry_run,
        "deployments": [describe_rollout(each) for each in answer.rollouts],
        "examined": [describe_examination(each) for each in answer.examined],
        **describe_findings((*causes, *answer.warned, *result.findings)),
        "summary": {"status": result.status},
        **describe_halt(answer.halt),
    }
    if result.command == "deploy":
        report["releases"] = [describe_registration(each) for each in answer.registrations]
    if answer.comparison is not None:
        report["comparison"] = describe_comparison(answer.comparison)
    return write_json(report)


def describe_rollout(rollout: Rollout) -> Value:
    """Describe what became of one service."""
    environment, _, task = rollout.name.partition("/")
    return {
        "environment": environment,
        "task": task,
        "cluster": rollout.cluster,
        "service": rollout.service,
        "action": rollout.action,
        "arn": rollout.revision or None,
        "reason": rollout.deed or state_reason(rollout.reason) or None,
        "help": rollout.help or None,
        "begun": rollout.begun,
        "taken_back_to": rollout.back_on or None,
        "not_taken_back": None if rollout.taken_back is None else state_hindrance(rollout.taken_back),
        "course": None if rollout.course is None else describe_course(rollout.course),
        "stopped": [
            {"arn": task.arn, "stopped_at": task.stopped_at, "reason": task.reason, "code": task.code}
            for task in rollout.stopped
        ],
    }


def describe_course(course: Course) -> Value:
    """Describe how far ECS was with a deployment that shifts traffic, has hooks or watches alarms."""
    return {
        "arn": course.arn,
        "status": course.status,
        "strategy": course.strategy,
        "stage": course.stage or None,
        "production_percent": course.production,
        "test_percent": course.test,
        "bake_minutes": course.bake,
        "alarms": list(course.alarms),
        "hooks": [
            {
                "id": hook.id,
                "kind": hook.kind,
                "status": hook.status,
                "target": hook.target or None,
                "expires_at": hook.expires_at or None,
                "then": hook.then or None,
            }
            for hook in course.hooks
        ],
    }
