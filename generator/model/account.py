"""What there is in an AWS account, as values: revisions, services, deployments, stopped tasks. Asks AWS for nothing.

Times are texts in ISO 8601, UTC, to the second: `2026-11-24T08:15:00Z`.
"""

from __future__ import annotations

from typing import Literal

from generator.model.needs import Needs
from generator.model.nodes import MapNode
from generator.model.records import Record


class Access(Record):
    """How AWS is reached, where the caller says so; all else is up to boto3: the environment, the shared configuration, the machine.

    `usual_region` is that of `AWS_REGION`, which every SDK knows but the one for Python.
    """

    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    usual_region: str | None = None


class Revision(Record):
    """One registered task definition. `document` is what is registered, without what only ECS can set and without our own tags.

    `has_tags` is that ECS was asked for tags, and said which there are.
    """

    arn: str
    family: str
    number: int
    status: str
    registered_at: str
    registered_by: str
    document: MapNode
    tags: tuple[tuple[str, str], ...] = ()
    has_tags: bool = True

    @property
    def name(self) -> str:
        """What ECS calls the revision for short: `family:3`."""
        return f"{self.family}:{self.number}"

    def find_tag(self, key: str) -> str:
        """Find the value of a tag; empty if there is none."""
        return dict(self.tags).get(key, "")


def name_revision(arn: str) -> str:
    """Name a revision as ECS does for short: `family:3`."""
    return arn.rpartition("/")[2]


class Use(Record):
    """One thing that holds a revision, which is an ARN: a service, its deployment or task set, a task that is to run, or what starts one.

    `service` is empty for a task outside of services, and for a rule or schedule its own name. `status` is that of the deployment, task
    set or task.
    """

    revision: str
    kind: Literal["service", "deployment", "task set", "task", "rule", "schedule"]
    cluster: str
    service: str = ""
    status: str = ""


class Deployment(Record):
    """One deployment of a service. `revision` is an ARN; `rollout` is IN_PROGRESS, COMPLETED, FAILED, or empty if ECS does not tell."""

    id: str
    status: str
    revision: str
    desired: int
    pending: int
    running: int
    failed: int
    rollout: str
    reason: str
    created_at: str


class ServiceEvent(Record):
    """One message of a service."""

    id: str
    at: str
    message: str


class Hook(Record):
    """One lifecycle hook of a deployment: `kind` is PAUSE or AWS_LAMBDA, and `target` the function, an ARN.

    At `expires_at` ECS does what `then` says: CONTINUE or ROLLBACK.
    """

    id: str
    kind: str
    status: str
    target: str = ""
    expires_at: str = ""
    then: str = ""

    @property
    def holds(self) -> bool:
        """Whether the deployment waits until somebody continues it."""
        return self.kind == "PAUSE" and self.status == "AWAITING_ACTION"


class Course(Record):
    """How far ECS is with a deployment that shifts traffic, has hooks or watches alarms: what it calls a service deployment.

    `production` and `test` are the percentages of traffic that the new revision gets, None if ECS does not tell. `bake` is how many
    minutes ECS waits at this stage before it goes on, and `alarms` are those that fired.
    """

    arn: str
    status: str
    reason: str
    strategy: str
    stage: str
    production: float | None = None
    test: float | None = None
    bake: int | None = None
    hooks: tuple[Hook, ...] = ()
    alarms: tuple[str, ...] = ()

    @property
    def hold(self) -> Hook | None:
        """The hook that holds the deployment."""
        return next((hook for hook in self.hooks if hook.holds), None)


class Service(Record):
    """One service as ECS describes it, deployments and events newest first. `controller` is who deploys: ECS, CODE_DEPLOY or EXTERNAL.

    `course` is the ARN of the service deployment that tells more than `deployments` do, where the service's settings make it worth
    asking for. `bakes` is how many minutes ECS waits in a deployment because the settings say so. `needs` is what it demands of its task
    definition.
    """

    arn: str
    name: str
    cluster: str
    status: str
    revision: str
    desired: int
    running: int
    pending: int
    controller: str
    deployments: tuple[Deployment, ...]
    events: tuple[ServiceEvent, ...]
    needs: Needs = Needs()
    grace_period: int | None = None
    course: str = ""
    bakes: int = 0

    @property
    def primary(self) -> Deployment | None:
        """The deployment that ECS is bringing the service to."""
        return next((each for each in self.deployments if each.status == "PRIMARY"), None)


class StoppedContainer(Record):
    """One container of a stopped task. `exit_code` is None if it never ran."""

    name: str
    image: str
    exit_code: int | None
    reason: str
    health: str
    status: str


class StoppedTask(Record):
    """One task that has stopped. `revision` is an ARN; `code` is ECS's stop code, and `group` names the service it belonged to.

    `started_by` is the id of the deployment that started it, if one did.
    """

    arn: str
    revision: str
    group: str
    stopped_at: str
    reason: str
    code: str
    health: str
    containers: tuple[StoppedContainer, ...]
    platform: str = ""
    started_by: str = ""

    @property
    def id(self) -> str:
        """The last part of its ARN."""
        return self.arn.rpartition("/")[2]


class LogLines(Record):
    """The last lines that one container of a task wrote; `missing` says why there are none, where that is known."""

    task: str
    container: str
    group: str
    stream: str
    lines: tuple[str, ...]
    missing: str = ""
