"""What ECS calls the end of a task, as data: stop codes, the exit codes of containers, reasons that are no failure. Judges nothing.

Sources, read 2026-11-24: the enum `TaskStopCode` in the service model of botocore 1.44.5, whose meanings are those of "Viewing Amazon ECS
stopped task errors" on https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html; "Why is my Amazon ECS task
stopped?" on https://repost.aws/knowledge-center/ecs-task-stopped and signal(7) for exit codes: 128 and the number of a signal;
https://docs.docker.com/engine/containers/run/#exit-status for 126 and 127; aws/amazon-ecs-agent pull request 3218 for 143, which a
container has too that never started, since one that it waits for did not come.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.records import Record

USER_INITIATED = "UserInitiated"

ASKED_FOR = (USER_INITIATED, "ServiceSchedulerInitiated")
"""Stop codes of tasks that somebody stopped: a person, or the service for a deployment, a scale-in, a failed health check."""

FROM_OUTSIDE = (*ASKED_FOR, "SpotInterruption", "TerminationNotice", "InfrastructureHealth")
"""Stop codes of tasks that did not end by themselves, so that exit codes only tell how they were stopped."""

STOP_CODES: Mapping[str, str] = {
    "TaskFailedToStart": "start-failed",
    "EssentialContainerExited": "container-stopped",
    "SpotInterruption": "spot-interrupted",
    "TerminationNotice": "host-stopped",
    "InfrastructureHealth": "host-stopped",  # documented by its name only
}
"""By stop code: the cause, where nothing else tells one."""


class Exit(Record):
    """One exit code: the cause it stands for where no text tells one, and what it says of the process."""

    cause: str
    meaning: str


KILLED, TERMINATED = 137, 143
"""What a container has that is stopped, too: it is asked to end, and killed if it does not."""

EXITS: Mapping[int, Exit] = {
    0: Exit("container-finished", "the program ended, and reports success"),
    126: Exit("command-not-executable", "the program cannot be executed"),
    127: Exit("command-not-found", "the program was not found"),
    132: Exit("program-crashed", "SIGILL, an instruction that the processor does not have"),
    134: Exit("program-crashed", "SIGABRT, the program gave up"),
    135: Exit("program-crashed", "SIGBUS, a wrong memory address"),
    136: Exit("program-crashed", "SIGFPE, a wrong calculation"),
    KILLED: Exit("memory-too-small", "SIGKILL, it was killed"),
    139: Exit("program-crashed", "SIGSEGV, a wrong memory address; memory did not run out"),
    TERMINATED: Exit("container-terminated", "SIGTERM, it was asked to end"),
}
"""By exit code; any other is one of the program's own."""

FAILED = "container-failed"
"""The cause that any other exit code stands for."""

SAYING_NOTHING = ("Essential container in task exited", "Task failed to start")
"""Reasons of tasks that only say that there are others."""

STEADY = "has reached a steady state"
"""What a service says when it runs all it is to run: what it said before is settled."""
