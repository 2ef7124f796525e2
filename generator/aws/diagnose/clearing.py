"""Messages of AWS, without the secrets that a task definition is given in plain text: a program may write them anywhere. Judges nothing."""

from __future__ import annotations

from generator.aws.diagnose.case import Evidence
from generator.model.account import Course, LogLines, Service, StoppedTask
from generator.model.secrecy import Secrets


def clear_evidence(evidence: Evidence, secrets: Secrets) -> Evidence:
    """Mask in events, reasons and logs what is secret, however it is spelt there."""
    return evidence._replace(
        service=evidence.service and clear_service(evidence.service, secrets),
        tasks=tuple(clear_task(task, secrets) for task in evidence.tasks),
        logs=tuple(clear_log(log, secrets) for log in evidence.logs),
    )


def clear_service(service: Service, secrets: Secrets) -> Service:
    deployments = tuple(each._replace(reason=secrets.scrub(each.reason)) for each in service.deployments)
    events = tuple(each._replace(message=secrets.scrub(each.message)) for each in service.events)
    return service._replace(deployments=deployments, events=events)


def clear_course(course: Course, secrets: Secrets) -> Course:
    return course._replace(reason=secrets.scrub(course.reason))


def clear_task(task: StoppedTask, secrets: Secrets) -> StoppedTask:
    containers = tuple(each._replace(reason=secrets.scrub(each.reason)) for each in task.containers)
    return task._replace(reason=secrets.scrub(task.reason), containers=containers)


def clear_log(log: LogLines, secrets: Secrets) -> LogLines:
    return log._replace(
        group=secrets.scrub(log.group),
        stream=secrets.scrub(log.stream),
        missing=secrets.scrub(log.missing),
        lines=tuple(secrets.scrub(line) for line in log.lines),
    )
