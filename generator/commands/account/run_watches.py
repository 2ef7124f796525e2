"""Runs a task once, from the request to its end: starts it, watches it with its log, and examines a failure. Decides no settings."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote
from typing import TYPE_CHECKING

from generator.aws.calls.errors import AwsError
from generator.aws.calls.runs import (
    STARTED_BY,
    STOPPED,
    LogEvent,
    LogReader,
    look_at_task,
    make_pauses,
    run_task,
    stop_task,
)
from generator.aws.calls.tasks import find_stream
from generator.aws.diagnose import explain_unplaced
from generator.aws.diagnose.blaming import blame_line
from generator.aws.diagnose.clearing import clear_task
from generator.aws.diagnose.judging import LONGEST
from generator.aws.diagnose.keys import hide_keys
from generator.aws.run import judge_run, list_ends
from generator.documents.parsing.scalars import to_value
from generator.model.account import StoppedContainer, StoppedTask
from generator.model.account_events import (
    CauseSkipped,
    CauseUnknown,
    LineWritten,
    LogUntold,
    LookFailed,
    OnAccountEvent,
    TaskSeen,
    TaskStarted,
)
from generator.model.diagnosis import Examination
from generator.model.findings import InputError, Note
from generator.model.records import Record
from generator.model.runs import (
    EndedBadly,
    ErrorMet,
    NotPlaced,
    Run,
    TaskCall,
    Unplaced,
    Vanished,
    WatchEnded,
)
from generator.model.secrecy import Secrets
from generator.model.secrets.scanning import hide_loosely

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.commands.account.orders import Order
    from generator.model.account import Access
    from generator.model.nodes import Value
    from generator.model.releases import Release

PENDING = "PENDING"

MOST_UNSEEN = 20
"""The number of looks during which ECS may not know a started task yet: some 100 seconds."""


class Vigil(Record):
    """The settings for watching a task. Without an `interval`, looks become rarer; without a `timeout`, only the task ends it."""

    clients: Clients
    access: Access
    on_event: OnAccountEvent
    secrets: Secrets
    document: Value
    interval: float | None = None
    timeout: float | None = None
    stops: bool = False


def start(vigil: Vigil, call: TaskCall, planned: Run) -> Run:
    """Ask ECS to run a task; reports if it did not start, or if that is unknown."""
    token = f"{STARTED_BY}{call.token}"
    try:
        task, failures = run_task(vigil.clients, call)
    except AwsError as error:
        said = vigil.secrets.scrub(str(error))
        if error.unsure:
            reason = ErrorMet(f"{said}; it may have been started")
            return planned._replace(action="unwatched", reason=reason, help=advise_finding(vigil, call.cluster, token))
        failed = NotPlaced((Unplaced(said),)) if error.code == "InvalidParameterException" else ErrorMet(said)
        return planned._replace(action="refused", reason=failed, help=error.help or "")
    except KeyboardInterrupt:
        reason = ErrorMet("interrupted while it was being started, perhaps before ECS received it")
        help = advise_finding(vigil, call.cluster, token)
        return planned._replace(action="unwatched", reason=reason, help=help, interrupted=True)
    if not task:
        told = tuple(each._replace(detail=vigil.secrets.scrub(each.detail)) for each in failures)
        return planned._replace(action="refused", reason=NotPlaced(told))
    vigil.on_event(TaskStarted(planned.name, task, call.cluster, call.revision))
    return planned._replace(action="started", task=task)


def watch(vigil: Vigil, run: Run) -> Run:
    """Watch a started task to its end, and return how it ended."""
    try:
        return Watching(vigil, run).watch()
    except AwsError as error:
        reason = ErrorMet(vigil.secrets.scrub(str(error)))
        return run._replace(action="unwatched", reason=reason, help=error.help or advise(vigil, run))
    except KeyboardInterrupt:
        return leave(vigil, run)


def leave(vigil: Vigil, run: Run) -> Run:
    """Leave a task after an interrupt: it continues, unless it should be stopped."""
    run = run._replace(action="unwatched", interrupted=True)
    if not vigil.stops:
        return run._replace(reason=WatchEnded(), help=advise(vigil, run))
    try:
        stop_task(vigil.clients, run.cluster, run.task)
    except (AwsError, KeyboardInterrupt) as error:
        said = vigil.secrets.scrub(str(error)) or "interrupted"
        return run._replace(reason=WatchEnded(message=said), help=advise(vigil, run))
    return run._replace(reason=WatchEnded(stopped=True))


def advise(vigil: Vigil, run: Run) -> str:
    """Suggest what to do about a task that continues."""
    options = spell_options(vigil)
    stop = f"aws ecs stop-task --cluster {quote(run.cluster)} --task {run.task}{options}"
    return f"`{stop}` stops it, `taskdef diagnose {run.name} --task {run.task}` shows its state"


def advise_finding(vigil: Vigil, cluster: str, token: str) -> str:
    """Show how to find out whether a task was started."""
    return f"`aws ecs list-tasks --cluster {quote(cluster)} --started-by {token}{spell_options(vigil)}` shows whether it was started"


def spell_options(vigil: Vigil) -> str:
    """Write the options of the AWS command line that reach the same account."""
    given = {
        "--region": vigil.clients.region or None,
        "--profile": vigil.access.profile,
        "--endpoint-url": vigil.access.endpoint_url,
    }
    return "".join(f" {option} {quote(value)}" for option, value in given.items() if value)


class Watching:
    """One watched task: the reports so far, and the logs of its containers."""

    def __init__(self, vigil: Vigil, run: Run) -> None:
        self.vigil = vigil
        self.run = run
        id = run.task.rpartition("/")[2]
        self.containers = [each.get("name", "") for each in vigil.document.get("containerDefinitions", ())]
        self.logs = LogReader(vigil.clients, (find_stream(vigil.document, name, id) for name in self.containers))
        self.told: tuple[str, str] = ("", "")
        self.unseen: int | None = 0

    def watch(self) -> Run:
        """Look again and again until the task is stopped, or there is nothing more to see."""
        vigil, run = self.vigil, self.run
        where = (vigil.clients, run.cluster, run.task)
        for look in look_at_task(*where, interval=vigil.interval, timeout=vigil.timeout):
            self.tell("trouble", look.trouble)
            if look.task is not None:
                self.unseen = None
                self.tell("status", look.status)
                if look.status == STOPPED:
                    self.drain(look.task)
                    return conclude(vigil, run, clear_task(look.task, vigil.secrets))
                self.follow(look.task)
            elif not look.trouble and self.is_gone():
                return run._replace(action="unwatched", reason=Vanished())
        over = WatchEnded(vigil.timeout)
        return run._replace(action="unwatched", reason=over, help=advise(vigil, run))

    def is_gone(self) -> bool:
        """Whether ECS no longer knows the task, rather than not yet."""
        self.unseen = None if self.unseen is None else self.unseen + 1
        return self.unseen is None or self.unseen > MOST_UNSEEN

    def tell(self, kind: str, words: str) -> None:
        """Report a status or a trouble, unless it was the last report."""
        if not words or (kind, words) == self.told:
            return
        self.told = (kind, words)
        name = self.run.name
        self.vigil.on_event(
            LookFailed(name, self.vigil.secrets.scrub(words))
            if kind == "trouble"
            else TaskSeen(name, self.run.task, words)
        )

    def follow(self, task: StoppedTask) -> int:
        """Report the new log lines of the started containers, and return their number."""
        begun = [each.name for each in task.containers if has_run(each)]
        events = self.logs.read(begun)
        for container, message in self.logs.take_untold():
            self.vigil.on_event(LogUntold(self.run.name, container, self.vigil.secrets.scrub(message)))
        for container, line in clean_lines(events, self.vigil.secrets):
            self.vigil.on_event(LineWritten(self.run.name, container if len(self.containers) > 1 else "", line))
        return len(events)

    def drain(self, task: StoppedTask) -> None:
        """Report log lines that arrive after a task is stopped."""
        ran = {each.name for each in task.containers if each.exit_code is not None}
        for number in make_pauses(self.vigil.interval):
            if not self.follow(task) and not ran & {*self.logs.unseen} and (number or not self.logs.streams):
                return
        for container in self.containers:
            if container in ran and container in self.logs.unseen:
                self.vigil.on_event(LogUntold(self.run.name, container, "there is no such stream"))


def has_run(container: StoppedContainer) -> bool:
    """Whether a container may have written something: one that is stopped without an exit code never ran."""
    return container.exit_code is not None or container.status not in ("", PENDING, STOPPED)


def clean_lines(events: Iterable[LogEvent], secrets: Secrets) -> list[tuple[str, str]]:
    """Split what containers wrote into lines, and mask what is secret in them: of a long line its beginning is kept.

    Where one wrote a private key, what each wrote stays together.
    """
    given = [(each.container, line) for each in events for line in each.message.splitlines() or [""]]
    written = {name: tuple(line for own, line in given if own == name) for name, _ in given}
    hidden = {name: hide_keys(lines) for name, lines in written.items()}
    if hidden != written:
        given = [(name, line) for name, lines in hidden.items() for line in lines]
    return [(name, hide_loosely(secrets.scrub(line), LONGEST)) for name, line in given]


def conclude(vigil: Vigil, run: Run, task: StoppedTask) -> Run:
    """Report how a task ended."""
    ends = list_ends(task, vigil.document)
    reason = judge_run(task, ends)
    run = run._replace(ends=ends, reason=reason, action="failed" if reason else "succeeded")
    if isinstance(reason, EndedBadly) and reason.follows:
        name = reason.follows
        help = f"`{name}` ended with 0, and ECS may have stopped the others for that: `--exit-code {name}` uses its exit code alone"
        return run._replace(help=help)
    return run


# Why.


def examine_run(vigil: Vigil, order: Order, release: Release, run: Run) -> tuple[tuple[Examination, ...], bool]:
    """Find why a task was not started or failed, and the line to change; and whether this was interrupted."""
    if isinstance(run.reason, NotPlaced):
        return tuple(
            explain(vigil, release, run, each) for each in run.reason.failures[:1] if is_known(vigil, each)
        ), False
    if run.action != "failed":
        return (), False
    from generator.commands.account.examinations import Subject, examine  # only if something failed

    subject = Subject(run.name, release.claim, run.cluster, "", release.artifact, order.project, vigil.secrets)
    try:
        found = examine(vigil.clients, subject, run.task)
    except InputError as error:
        vigil.on_event(CauseUnknown(run.name, str(error)))
        return (), False
    except KeyboardInterrupt:
        vigil.on_event(CauseSkipped(run.name))
        return (), True
    return ((note_override(found, run),) if found.finding is not None else ()), False


def note_override(found: Examination, run: Run) -> Examination:
    """Note that the container had another command or other variables than the task definition says."""
    override = run.override
    given = [
        *(["another command"] if override.command else []),
        *([f"the variables {', '.join(name for name, _ in override.environment)}"] if override.environment else []),
    ]
    if not given or found.finding is None:
        return found
    note = Note(f"`taskdef run` gave `{override.container}` {' and '.join(given)}")
    return found._replace(finding=found.finding._replace(notes=(*found.finding.notes, note)))


def state_failure(failure: Unplaced) -> str:
    return f"{failure.reason} {failure.detail}".strip()


def is_known(vigil: Vigil, failure: Unplaced) -> bool:
    """Whether the cause is known for which ECS did not start a task."""
    return explain_unplaced(state_failure(failure), vigil.document) is not None


def explain(vigil: Vigil, release: Release, run: Run, failure: Unplaced) -> Examination:
    """Name the line for which ECS did not start a task."""
    diagnosis = explain_unplaced(state_failure(failure), vigil.document)
    examined = Examination(run.name, run.cluster, None, release.family, "", run.revision, ())
    if diagnosis is None:
        return examined
    finding = vigil.secrets.hide(blame_line(diagnosis, to_value(release.side.document), None, release.artifact))
    finding = finding._replace(environments=(release.environment,), task=release.task)
    return examined._replace(diagnosis=diagnosis, finding=finding)
