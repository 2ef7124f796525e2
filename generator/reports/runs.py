"""What became of a task that was run once, in lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join

from generator.ecs.runs import UNPLACED
from generator.model.account import name_revision
from generator.model.account_answers import Runs
from generator.model.nodes import Value
from generator.model.result import Result, state_counts
from generator.model.runs import (
    ContainerEnd,
    EndedBadly,
    ErrorMet,
    Launch,
    Network,
    NeverStarted,
    NotPlaced,
    Override,
    Run,
    RunReason,
    Stopped,
    Vanished,
    WatchEnded,
)
from generator.reports.diagnoses import describe_examination
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.registrations import describe_halt, describe_registration, state_action
from generator.reports.text import escape, format_finding

BAD = ("failed", "refused", "unwatched")


def write_answer(answer: Runs, result: Result, view: View) -> Written:
    """Write how it ended, or what would be run. Beside the log, which has stdout, all is for stderr."""
    if view.form == "json":
        return Written(format_json(answer, result), whole=True)
    if answer.run is None:
        halt = answer.halt
        done = "".join(
            f"{escape(state_action(each))}\n" for each in answer.registrations if each.action == "registered"
        )
        return Written(
            done, refused=(f"{halt.message}; no task was started",) if halt else (), help=halt.help if halt else ""
        )
    run = answer.run
    if run.action == "planned":
        calls = [state_action(each) for each in answer.registrations if each.action == "planned"]
        return Written("".join(f"{escape(call)}\n" for call in (*calls, plan_run(run))))
    causes = [each.finding for each in answer.examined if each.finding is not None]
    told = "".join(format_finding(each, color=view.color_stderr) for each in causes)
    lines = (*map(escape, map(state_end, run.ends)), *told.splitlines())
    summary = "; ".join(filter(None, (state_run(run), state_counts((*answer.warned, *result.findings)))))
    if run.action not in BAD:
        return Written("", lines=lines, summary=summary)
    return Written("", lines=lines, refused=(state_run(run),), help=run.help)


# Words.


def name_task(arn: str) -> str:
    """Name a task by its id."""
    return arn.rpartition("/")[2]


def escape_line(line: str) -> str:
    """Spell out in a line of a log what a terminal would obey; a tab stays one."""
    return "\t".join(map(escape, line.split("\t")))


def plan_run(run: Run) -> str:
    """State what would be called."""
    what = f"`{name_revision(run.revision)}`" if run.revision else "that revision"
    network, launch = run.settings.network, run.settings.launch
    said = [*state_launch(launch), *state_network(network)]
    said += [f"volume {name}" for name, _ in run.settings.volumes]
    where = f" on {', '.join(said)}" if said else ""
    override = "".join(f"; {each}" for each in state_override(run.override))
    return f"would call ecs:RunTask for {what} in `{run.cluster}`{where}{override}"


def state_launch(launch: Launch) -> Iterator[str]:
    """State what a task runs on."""
    if launch.type:
        yield launch.type
    yield from (f"capacity provider {each.name}" for each in launch.providers)
    if launch.platform_version:
        yield f"platform version {launch.platform_version}"


def state_network(network: Network) -> Iterator[str]:
    """State which network a task gets."""
    if network.subnets:
        yield f"subnets {' '.join(network.subnets)}"
    if network.security_groups:
        yield f"security groups {' '.join(network.security_groups)}"
    if network.public_ip:
        yield f"public IP {network.public_ip}"


def state_override(override: Override) -> Iterator[str]:
    """State what a container gets in place of what the task definition says."""
    if override.command:
        yield f"`{override.container}` runs `{join(override.command)}`"
    if override.environment:
        yield f"`{override.container}` has {' '.join(f'{name}={value}' for name, value in override.environment)}"


def state_end(end: ContainerEnd) -> str:
    """State how one container ended."""
    role = "essential" if end.essential else "not essential"
    how = f"exited with {end.exit_code}" if end.exit_code is not None else "has no exit code"
    return f"  {end.name} ({role}): {how}{f', {end.reason}' if end.reason else ''}"


def state_run(run: Run) -> str:
    """State what became of it in one line."""
    task = f"task {name_task(run.task)}" if run.task else "no task"
    if run.action == "started":
        return f"started {run.name}: {task} of {name_revision(run.revision)} in `{run.cluster}`, without waiting"
    if run.action == "succeeded":
        return f"succeeded {run.name}: {task} of {name_revision(run.revision)} in `{run.cluster}`"
    return f"{run.action} {run.name}: {state_reason(run.reason)}{f' ({task})' if run.task else ''}"


def state_reason(reason: RunReason | None) -> str:
    """State why it did not succeed."""
    match reason:
        case NotPlaced(failures):
            said = [f"{each.reason}{f': {each.detail}' if each.detail else ''}" for each in failures]
            meant = [UNPLACED[each.reason] for each in failures if each.reason in UNPLACED]
            words = f": {'; '.join((*said, *meant))}" if said else ", without a reason"
            return f"ECS did not start it{words}"
        case EndedBadly(containers):
            return ", ".join(map(state_failure, containers))
        case NeverStarted(said):
            return f"no essential container ran: {said or 'ECS reports no reason'}"
        case Stopped(code, said):
            return f"it was stopped before it was done: {said or code}"
        case WatchEnded(None, True):
            return "interrupted; ECS is stopping it"
        case WatchEnded(None, _, message):
            return f"interrupted{f', and it was not stopped: {message}' if message else ''}; the task continues"
        case WatchEnded(seconds):
            return f"not done after {seconds:g} s; the task continues"
        case ErrorMet(message):
            return message
        case Vanished():
            return "ECS no longer knows the task"
        case None:
            return ""


def state_failure(end: ContainerEnd) -> str:
    """Report for an essential container that it did not end well."""
    how = f"exited with {end.exit_code}" if end.exit_code is not None else "never ran"
    return f"`{end.name}` {how}"


# JSON.


def format_json(answer: Runs, result: Result) -> str:
    """Write one JSON object."""
    causes = [each.finding for each in answer.examined if each.finding is not None]
    report: dict[str, Value] = {
        "version": VERSION,
        "command": result.command,
        "dry_run": answer.dry_run,
        "releases": [describe_registration(each) for each in answer.registrations],
        "runs": [describe_run(answer.run)] if answer.run else [],
        "examined": [describe_examination(each) for each in answer.examined],
        **describe_findings((*causes, *answer.warned, *result.findings)),
        "summary": {"status": result.status},
        **describe_halt(answer.halt),
    }
    return write_json(report)


def describe_run(run: Run) -> Value:
    """Describe what became of it, and what it was run with."""
    environment, _, task = run.name.partition("/")
    network, launch = run.settings.network, run.settings.launch
    return {
        "environment": environment,
        "task": task,
        "cluster": run.cluster,
        "action": run.action,
        "arn": run.revision or None,
        "task_arn": run.task or None,
        "reason": state_reason(run.reason) or None,
        "help": run.help or None,
        "containers": [
            {"name": each.name, "essential": each.essential, "exit_code": each.exit_code, "reason": each.reason or None}
            for each in run.ends
        ],
        "launch_type": launch.type or None,
        "capacity_providers": [each._asdict() for each in launch.providers],
        "platform_version": launch.platform_version or None,
        "subnets": list(network.subnets),
        "security_groups": list(network.security_groups),
        "public_ip": network.public_ip or None,
        "override": {
            "container": run.override.container,
            "command": list(run.override.command),
            "environment": dict(run.override.environment),
        }
        if run.override.command or run.override.environment
        else None,
    }
