"""Why tasks stopped or do not start, as values: the most likely cause with its evidence, and what was looked at for it."""

from __future__ import annotations

from generator.model.account import LogLines, Service, StoppedTask
from generator.model.findings import Finding, Problem
from generator.model.records import Record


class Diagnosis(Record):
    """The one most likely cause as a problem of the task definition, and what speaks for it.

    `quotes` are AWS's messages, and `log` the last lines of the failed container; nothing in them is secret. Of `failed` tasks of this
    revision, `alike` failed of the same.
    """

    problem: Problem
    task: StoppedTask | None
    container: str
    exit_code: int | None
    quotes: tuple[str, ...]
    log: LogLines | None
    alike: int
    failed: int


class Examination(Record):
    """What was looked at, and what came of it: a diagnosis with its finding, or neither where nothing failed.

    `name` is the environment and task, empty if none was named; `status` is that of a task that has not stopped.
    """

    name: str
    cluster: str
    service: Service | None
    family: str
    task: str
    revision: str
    stopped: tuple[StoppedTask, ...]
    status: str = ""
    diagnosis: Diagnosis | None = None
    finding: Finding | None = None
