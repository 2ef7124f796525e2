"""What commands that ask AWS tell and ask while they run, as values: what they wait for, what is about to change, and what was done.

`reports.progress` has the words; a field `message` is that of an error, made where it was raised. Nothing in them is secret but what the
comparison of two documents holds: its writer masks that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from generator.model.records import Record

if TYPE_CHECKING:
    from generator.model.comparison import Comparison
    from generator.model.findings import Finding
    from generator.model.releases import Pruned, Registration
    from generator.model.rollouts import News, Progress
    from generator.model.runs import Run


class RequestThrottled(Record):
    """AWS answered a request with "later", and it is made again: `attempts` of at most `most` were made."""

    operation: str
    attempts: int
    most: int


class FamilyBusy(Record):
    """Another caller registers a revision of the same family, and the request is made again."""

    attempts: int
    most: int


class WarningFound(Record):
    """A warning that a person has to know before something changes."""

    finding: Finding


class ChangePlanned(Record):
    """What is about to change, as a comparison of what is there with what comes."""

    comparison: Comparison


class RegistrationDone(Record):
    """A release was registered, was registered already, or would be in a dry run; `explained` is whether to say why."""

    registration: Registration
    explained: bool = False


class PruningPlanned(Record):
    """Which revisions of a family are about to be deregistered, and which stay."""

    pruned: Pruned


class RevisionGone(Record):
    """A revision, which is an ARN, was deregistered."""

    revision: str


Choice: TypeAlias = Literal["steady", "before", "named", "registered"]
"""Why a service goes back to a revision: it was steady, the service had it before, somebody named it, or a commit or version it is from."""


class DestinationChosen(Record):
    """The revision that a target goes back to, and why that one; `mark` is when it was steady, or which commit or version it is from."""

    name: str
    revision: str
    choice: Choice
    mark: str = ""


class DeploymentFound(Record):
    """A service is on its way to the revision already."""

    name: str
    service: str
    revision: str


class DeploymentBegun(Record):
    """ECS has taken a deployment on; `again` is that the service had the revision already."""

    name: str
    service: str
    cluster: str
    revision: str
    anew: bool = False


class ServiceNews(Record):
    """ECS said something about a service, or one of its tasks stopped."""

    name: str
    news: News


class ProgressMade(Record):
    """How far a deployment is: a state that replaces the one before."""

    name: str
    progress: Progress


class LookFailed(Record):
    """A look at a service failed, and the next one may not."""

    name: str
    message: str


class CauseUnknown(Record):
    """Why a deployment failed could not be found."""

    name: str
    message: str


class CauseSkipped(Record):
    """Nobody waited for the cause of a failure."""

    name: str


class RunPlanned(Record):
    """What is about to be run."""

    run: Run


class TaskStarted(Record):
    """ECS has taken on a task, which is an ARN."""

    name: str
    task: str
    cluster: str
    revision: str


class TaskSeen(Record):
    """A task, which is an ARN, has another status than before."""

    name: str
    task: str
    status: str


class LineWritten(Record):
    """A container wrote a line; it is named where others may write too."""

    name: str
    container: str
    line: str


class LogUntold(Record):
    """What a container writes cannot be read."""

    name: str
    container: str
    message: str


class TimePassed(Record):
    """A second has passed: a clock on a terminal is to be drawn again."""


AccountEvent: TypeAlias = (
    RequestThrottled
    | FamilyBusy
    | WarningFound
    | ChangePlanned
    | RegistrationDone
    | PruningPlanned
    | RevisionGone
    | DestinationChosen
    | DeploymentFound
    | DeploymentBegun
    | ServiceNews
    | ProgressMade
    | LookFailed
    | CauseUnknown
    | CauseSkipped
    | RunPlanned
    | TaskStarted
    | TaskSeen
    | LineWritten
    | LogUntold
    | TimePassed
)

OnAccountEvent: TypeAlias = Callable[[AccountEvent], None]
"""What hears of events: the parameter `on_event` of commands that ask AWS. Several threads may call it."""


def ignore_account_event(_: AccountEvent) -> None:
    """Hear of an event, and do nothing."""


# Questions.


Change: TypeAlias = Literal["register", "deploy", "bring back", "deregister", "run"]
"""What is about to be done in an account."""


class Question(Record):
    """What a person is asked before something changes in `accounts`.

    `names` are the targets, or the families from which a number of `revisions` go; `revision` is the one that is brought back.
    """

    change: Change
    names: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    revision: str = ""
    revisions: int = 0
