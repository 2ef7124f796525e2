"""Diagnoses for people and as JSON: the finding with its line, the messages of AWS, and the last lines of the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.account import Deployment, LogLines
from generator.model.diagnosis import Diagnosis, Examination
from generator.model.nodes import Value
from generator.model.result import Result, state_counts
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.text import escape, format_finding


def write_answer(examined: tuple[Examination, ...], result: Result, view: View) -> Written:
    """Write what was found of each task that was looked at."""
    if view.form == "json":
        return Written(format_json(examined, result), whole=True)
    return Written(format_text(examined, color=view.color), summary=state_counts(result.findings))


def format_text(examined: Iterable[Examination], *, color: bool) -> str:
    """Write each finding, and below it the last lines of the log."""
    return "".join(line for each in examined for line in format_examination(each, color=color))


def format_examination(examined: Examination, *, color: bool) -> Iterator[str]:
    """Write one finding with its log, or that nothing failed."""
    if examined.diagnosis is None or examined.finding is None:
        yield f"{escape(state_health(examined))}\n"
        return
    yield format_finding(examined.finding, color=color)
    if examined.diagnosis.log is not None:
        yield from (f"  {escape(line)}\n" for line in format_log(examined.diagnosis.log))


def format_log(log: LogLines) -> Iterator[str]:
    """Write the last lines of a container, or why there are none."""
    where = f" (stream `{log.stream}` of `{log.group}`)" if log.stream else ""
    if not log.lines:
        yield f"log of container `{log.container}`{where}: none, {log.missing}"
        return
    yield f"log of container `{log.container}`{where}, its end:"
    for line in log.lines:
        yield f"  {line}"


def state_health(examined: Examination) -> str:
    """State that nothing failed, and what was looked at."""
    head = f"{examined.name}: " if examined.name else ""
    if examined.status:
        return f"{head}task `{examined.task}` has not failed: it is {examined.status}"
    if examined.task:
        return f"{head}task `{examined.task}` did not fail: {' '.join(each.reason for each in examined.stopped)}"
    if examined.service is None:
        return f"{head}no task of `{examined.family}` in `{examined.cluster}` failed in the last hour"
    service = examined.service
    runs = f"{service.running} of {service.desired} tasks"
    said = f": {service.events[0].message}" if service.running < service.desired and service.events else ""
    said += "".join(state_failed(each) for each in service.deployments if each.rollout == "FAILED")
    return f"{head}service `{service.name}` in `{service.cluster}` runs {runs}, and none failed in the last hour{said}"


def state_failed(deployment: Deployment) -> str:
    """State that a deployment failed, of whose tasks ECS tells nothing any more."""
    return f"; the deployment of `{deployment.revision.rpartition('/')[2]}` failed: {deployment.reason}"


def format_json(examined: tuple[Examination, ...], result: Result) -> str:
    """Write one JSON object."""
    report = {
        "version": VERSION,
        "command": "diagnose",
        "examined": [describe_examination(each) for each in examined],
        **describe_findings((*(each.finding for each in examined if each.finding), *result.findings)),
        "summary": {"status": result.status},
    }
    return write_json(report)


def describe_examination(examined: Examination) -> Value:
    """Describe what was looked at, and the evidence for what was found."""
    environment, _, task = examined.name.partition("/")
    diagnosis = examined.diagnosis
    return {
        "environment": environment or None,
        "task": task or None,
        "cluster": examined.cluster or None,
        "service": examined.service.name if examined.service else None,
        "stopped_tasks": len(examined.stopped),
        "cause": diagnosis.problem.code if diagnosis else None,
        "evidence": describe_evidence(diagnosis, examined.revision) if diagnosis else None,
    }


def describe_evidence(diagnosis: Diagnosis, revision: str) -> Value:
    task, log = diagnosis.task, diagnosis.log
    return {
        "revision": revision or None,
        "task": task and task.arn,
        "stopped_at": task and task.stopped_at,
        "stop_code": task and (task.code or None),
        "container": diagnosis.container or None,
        "exit_code": diagnosis.exit_code,
        "said": list(diagnosis.quotes),
        "log": log
        and {"group": log.group, "stream": log.stream, "lines": list(log.lines), "missing": log.missing or None},
        "failed": diagnosis.failed,
        "alike": diagnosis.alike,
    }
