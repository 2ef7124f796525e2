"""Why a task stopped or does not start, from AWS's messages: the most likely cause, and the member to change. Asks AWS for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.aws.diagnose.case import Blame, Case, Evidence, Failure
from generator.aws.diagnose.index import BLAMES
from generator.aws.diagnose.judging import (
    LONGEST,
    find_log,
    is_unplaceable,
    judge_service,
    judge_task,
    name_container,
    read_text,
)
from generator.aws.diagnose.keys import hide_keys
from generator.ecs.causes import CAUSES, NONE
from generator.ecs.stops import EXITS, SAYING_NOTHING, STEADY
from generator.model.account import LogLines, Service, StoppedTask
from generator.model.diagnosis import Diagnosis
from generator.model.findings import Fact, Problem
from generator.model.nodes import Value
from generator.model.secrets.scanning import hide_credentials, hide_loosely

__all__ = ["Diagnosis", "Evidence", "diagnose", "explain_unplaced", "find_failed_revision", "find_suspects"]

OUTSIDE = "no line of the task definition fixes this"
OPEN = "it is unknown which line of the task definition would fix this, if any"
"""What is said where no line is blamed: only what is certain to lie elsewhere is said to."""

MOST_TASKS = 20
"""So many of the tasks that failed last are weighed."""

MOST_LINES, LONGEST_LINE, LONGEST_REASON = 10, 200, 700
"""So much is quoted of a log, of each line of it, and of a reason, whose end often says most."""


def diagnose(evidence: Evidence) -> Diagnosis | None:
    """Name the most likely cause of what went wrong last; None if nothing did."""
    failures = find_failures(evidence)
    failure = choose_failure(failures, evidence.service)
    if failure is None:
        return None
    failure = name_container(failure, evidence.document, evidence.service)
    log = find_log(evidence.logs, failure.task, failure.container) if failure.task else None
    case = Case(failure, evidence.document, evidence.service, log)
    blame = BLAMES[failure.cause](case)
    alike = [each for each in failures if each.cause == failure.cause]
    state = failure.state
    return Diagnosis(
        make_problem(case, blame, len(alike), len(failures)),
        failure.task,
        failure.container,
        state.exit_code if state else None,
        list_quotes(failure),
        clear_log(log) if log else None,
        len(alike),
        len(failures),
    )


def explain_unplaced(said: str, document: Value) -> Diagnosis | None:
    """Name the cause for which ECS started no task, by the reason that RunTask gives; None if it is not known."""
    failure = read_text(f"TaskFailedToStart: {said}", "")
    if failure is None:
        return None
    blame = BLAMES[failure.cause](Case(failure, document))
    cause = CAUSES[failure.cause]
    facts = [Fact(f"ECS reports: {said}"), *blame.facts]
    if not blame.path:
        facts.append(Fact(OUTSIDE if blame.outside or cause.line == NONE else OPEN))
    problem = Problem(
        failure.cause, blame.path, blame.message, tuple(facts), blame.help or cause.help, missing=blame.missing
    )
    return Diagnosis(problem, None, "", None, (said,), None, 1, 1)


def find_suspects(evidence: Evidence) -> list[tuple[StoppedTask, str]]:
    """Find the containers whose logs may say more: those that ran and failed, as far as it can be told without their logs."""
    failures = [name_container(each, evidence.document, evidence.service) for each in find_failures(evidence)]
    return [
        (each.task, each.container)
        for each in failures
        if each.task and each.state and each.state.exit_code is not None
    ]


def find_failed_revision(service: Service | None, tasks: Sequence[StoppedTask]) -> str:
    """Find the revision that a diagnosis is about: of the task that failed last, or else the one the service is brought to."""
    failed = [failure for task in tasks if (failure := judge_task(task, {}))]
    failure = choose_failure(failed[:1], service)
    if failure and failure.task:
        return failure.task.revision
    primary = service.primary if service else None
    if primary:
        return primary.revision
    return service.revision if service else tasks[0].revision if tasks else ""


def find_failures(evidence: Evidence) -> list[Failure]:
    """Judge the tasks of the revision that failed last: what older ones failed of may be fixed."""
    failures = [failure for task in evidence.tasks if (failure := judge_task(task, evidence.document, evidence.logs))]
    revision = failures[0].task.revision if failures and failures[0].task else ""
    return [each for each in failures if each.task and each.task.revision == revision][:MOST_TASKS]


def choose_failure(failures: Sequence[Failure], service: Service | None) -> Failure | None:
    """Choose the failure to speak of: what keeps tasks from being placed since, else what most tasks failed of, the newest in a tie."""
    told = list(judge_service(service)) if service else []
    kept = next((each for each in told if is_unplaceable(each)), None)
    if kept and (not failures or kept.at > failures[0].at):
        return kept
    if not failures:
        return told[0] if told else None
    counts = Counter(each.cause for each in failures)
    most = max(counts.values())
    return next(each for each in failures if counts[each.cause] == most)


def make_problem(case: Case, blame: Blame, alike: int, failed: int) -> Problem:
    """Make a problem of what is to blame, with the evidence as its facts."""
    code = blame.cause or case.failure.cause
    facts = [*blame.facts, *list_evidence(case)]
    if failed > 1:
        facts.append(Fact(f"{alike} of the last {failed} failed tasks have this cause"))
    if steady := find_steady(case):
        facts.append(Fact(f"the service has been steady since {steady}"))
    if not blame.path:
        facts.append(Fact(OUTSIDE if blame.outside or CAUSES[code].line == NONE else OPEN))
    return Problem(
        code, blame.path, blame.message, tuple(facts), blame.help or CAUSES[code].help, missing=blame.missing
    )


def list_evidence(case: Case) -> list[Fact]:
    """List the messages of AWS and the exit code, as facts."""
    failure = case.failure
    who = f"AWS reports for task `{failure.task.id}`" if failure.task else "the service reports"
    facts = [Fact(f"{who}, {failure.at}: {quote}") for quote in list_quotes(failure)]
    state = failure.state
    if state and state.exit_code is not None:
        exit = EXITS.get(state.exit_code)
        meaning = f": {exit.meaning}" if exit else ""
        facts.append(Fact(f"container `{state.name}` has exit code {state.exit_code}{meaning}"))
    return facts


def list_quotes(failure: Failure) -> tuple[str, ...]:
    """List the messages of AWS about a failure, the text that tells its cause first."""
    task, state = failure.task, failure.state
    texts = [failure.said, state.reason if state else "", task.reason if task else ""]
    texts = [text for text in texts if text and text not in SAYING_NOTHING] or texts
    return tuple(shorten(hide_credentials(text), LONGEST_REASON) for text in dict.fromkeys(texts) if text)


def clear_log(log: LogLines) -> LogLines:
    """Keep the last lines of a log, and nothing secret in them."""
    lines = (shorten(hide_loosely(line, LONGEST), LONGEST_LINE) for line in hide_keys(log.lines)[-MOST_LINES:])
    return log._replace(lines=tuple(lines))


def find_steady(case: Case) -> str:
    """Find when the service was steady again after a failure; empty if it was not."""
    events = case.service.events if case.service else ()
    return next((event.at for event in events if STEADY in event.message and event.at > case.failure.at), "")


def shorten(text: str, longest: int) -> str:
    """Cut out the middle of a long text: the end often says most."""
    text = " ".join(text.split())
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
