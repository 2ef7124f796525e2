"""What AWS says, without the secrets that a task definition is given in plain text: a program may write them anywhere. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable

from generator.aws.diagnose.case import Evidence
from generator.documents.hiding import make_veil
from generator.model.account import LogLines, Service, StoppedTask
from generator.model.nodes import MapNode
from generator.model.secrets.veil import Veil


def clear_evidence(evidence: Evidence, documents: Iterable[MapNode]) -> Evidence:
    """Mask in events, reasons and logs the values that stand under secret-looking names in any of these documents, escaped too."""
    veil = make_veil(documents, escaped=True)
    return evidence._replace(
        service=evidence.service and clear_service(evidence.service, veil),
        tasks=tuple(clear_task(task, veil) for task in evidence.tasks),
        logs=tuple(clear_log(log, veil) for log in evidence.logs),
    )


def clear_service(service: Service, veil: Veil) -> Service:
    deployments = tuple(each._replace(reason=veil.scrub(each.reason)) for each in service.deployments)
    events = tuple(each._replace(message=veil.scrub(each.message)) for each in service.events)
    return service._replace(deployments=deployments, events=events)


def clear_task(task: StoppedTask, veil: Veil) -> StoppedTask:
    containers = tuple(each._replace(reason=veil.scrub(each.reason)) for each in task.containers)
    return task._replace(reason=veil.scrub(task.reason), containers=containers)


def clear_log(log: LogLines, veil: Veil) -> LogLines:
    return log._replace(lines=tuple(veil.scrub(line) for line in log.lines))
