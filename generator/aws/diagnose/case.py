"""What failed, as those who find the line to change look at it: the failure, the task definition, the service, the log. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.account import LogLines, Service, StoppedContainer, StoppedTask
from generator.model.findings import Fact, Path
from generator.model.nodes import Value
from generator.model.records import Record


class Evidence(Record):
    """AWS reports: of the service, of its stopped tasks, newest first, and what their containers wrote last.

    `document` is the task definition of the tasks that failed, as plain values.
    """

    service: Service | None
    tasks: tuple[StoppedTask, ...]
    logs: tuple[LogLines, ...]
    document: Value


class Failure(Record):
    """What one task failed of, or a service without one. `said` is AWS's text that tells so, `details` what its sign found in it.

    `container` is the one that failed, empty if the task did as a whole; `at` is when.
    """

    cause: str
    at: str
    said: str = ""
    details: Mapping[str, str] = {}
    task: StoppedTask | None = None
    container: str = ""

    @property
    def state(self) -> StoppedContainer | None:
        """The container that failed, as ECS describes it."""
        containers = self.task.containers if self.task else ()
        return next((each for each in containers if each.name == self.container), None)


class Case(Record):
    """One failure with all that there is to look at; `log` is what the container that failed wrote last."""

    failure: Failure
    document: Value
    service: Service | None = None
    log: LogLines | None = None

    def find_detail(self, *names: str) -> str:
        """Find the first of these details that the reason has."""
        found = (self.failure.details.get(name) for name in names)
        return next((text for text in found if text), "")


class Blame(Record):
    """The member to change, and what is wrong with it; no path where none is known. An empty `help` is the cause's own.

    `cause` is another one than the failure's, where a closer look tells it. `outside` says that no line fixes it, though a line may
    fix others of the same cause.
    """

    path: Path
    message: str
    facts: tuple[Fact, ...] = ()
    help: str = ""
    missing: str | None = None
    cause: str = ""
    outside: bool = False


def find_container(document: Value, name: str) -> tuple[Path, Value] | None:
    """Find a container by its name, or the only one there is where none is named."""
    containers = document.get("containerDefinitions", ())
    for index, container in enumerate(containers):
        if container.get("name") == name or (not name and len(containers) == 1):
            return ("containerDefinitions", index), container
    return None


def name_of(container: Value) -> str:
    """Name a container as AWS does, not as overlays do: this stands beside the messages of AWS."""
    return f"container `{container.get('name', '')}`"


def runs_on_fargate(document: Value) -> bool:
    return "FARGATE" in document.get("requiresCompatibilities", ())
