"""An account in which the trading bot lives, for all that a person does one thing after the other.

moto keeps the task definitions. It begins no deployment and stops no task, so that the services are played: what is brought to a
revision whose image was never pushed does not start, everything else is steady at the third look.
"""

from __future__ import annotations

from functools import partial

import botocore.session
from botocore import xform_name
from botocore.exceptions import ClientError

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Refusal, Scenario

REGION, ACCOUNT, CLUSTER = "us-east-1", "123456789012", "trading-cluster"
ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
BEGAN = "2026-11-24T08:15:00Z"
KEPT_BY_MOTO = (
    "sts:GetCallerIdentity",
    "ecs:RegisterTaskDefinition",
    "ecs:DescribeTaskDefinition",
    "ecs:ListTaskDefinitions",
    "ecs:DeregisterTaskDefinition",
)


class Live:
    """The account: a service for each family, which runs nothing at first, and the tags of images that were pushed."""

    def __init__(self, moto_url: str, families: tuple[str, ...], pushed: tuple[str, ...]) -> None:
        self.session = botocore.session.get_session()
        self.url = moto_url
        self.pushed = pushed
        self.services = {family: Service(family) for family in families}

    def make_scenario(self) -> Scenario:
        """Make what answers every request that our commands make."""
        return {
            **{operation: partial(self.forward, operation) for operation in KEPT_BY_MOTO},
            "ecs:ListClusters": [{"clusterArns": [f"{ECS}:cluster/{CLUSTER}"]}],
            "ecs:ListServices": [{"serviceArns": [each.arn for each in self.services.values()]}],
            "ecs:DescribeServices": self.describe_services,
            "ecs:UpdateService": self.update_service,
            "ecs:ListServiceDeployments": self.list_deployments,
            "ecs:DescribeServiceRevisions": self.describe_revisions,
            "ecs:ListTasks": self.list_tasks,
            "ecs:DescribeTasks": self.describe_tasks,
        }

    def forward(self, operation: str, asked: Value) -> Answer:
        """Ask moto, and give what it says; who registered is always the same, at the same time."""
        service, _, name = operation.partition(":")
        client = self.session.create_client(
            service, REGION, endpoint_url=self.url, aws_access_key_id="testing", aws_secret_access_key="testing"
        )
        try:
            answer = getattr(client, xform_name(name))(**asked)
        except ClientError as error:
            return Refusal(error.response["Error"]["Code"], error.response["Error"]["Message"])
        told = {member: value for member, value in answer.items() if member != "ResponseMetadata"}
        if "taskDefinition" in told:
            who = {
                "registeredAt": BEGAN,
                "registeredBy": f"arn:aws:sts::{ACCOUNT}:assumed-role/ReleaseTradingBot/run-7",
            }
            told["taskDefinition"] |= who
        return told

    def find(self, asked: Value) -> Service:
        """Find the service that a request is about, by its name, its ARN or that of one of its tasks."""
        named = asked.get("service") or asked.get("serviceName") or asked["services"][0]
        return self.services[named.rpartition("/")[2]]

    def describe_services(self, asked: Value) -> Answer:
        """Say how the services are, each a look further."""
        names = [name.rpartition("/")[2] for name in asked["services"]]
        return {"services": [self.services[name].look() for name in names], "failures": []}

    def update_service(self, asked: Value) -> Answer:
        """Begin the deployment of a revision."""
        service = self.find(asked)
        described = self.forward("ecs:DescribeTaskDefinition", {"taskDefinition": asked["taskDefinition"]})
        assert isinstance(described, dict)
        image = described["taskDefinition"]["containerDefinitions"][0]["image"]
        service.begin(asked["taskDefinition"], starts=image.rpartition(":")[2] in self.pushed, image=image)
        return {"service": service.describe()}

    def list_deployments(self, asked: Value) -> Answer:
        """List the deployments of a service that were successful."""
        service = self.find(asked)
        return {
            "serviceDeployments": [
                {
                    "serviceDeploymentArn": f"{service.arn}/{number}",
                    "targetServiceRevisionArn": f"{service.arn}/{number}",
                    "status": "SUCCESSFUL",
                    "finishedAt": BEGAN,
                }
                for number, _ in reversed(list(enumerate(service.steady)))
            ]
        }

    def describe_revisions(self, asked: Value) -> Answer:
        """Say which task definitions the revisions of a service have."""
        found = []
        for arn in asked["serviceRevisionArns"]:
            name, _, number = arn.rpartition("/")
            service = self.services[name.rpartition("/")[2]]
            found.append({"serviceRevisionArn": arn, "taskDefinition": service.steady[int(number)]})
        return {"serviceRevisions": found, "failures": []}

    def list_tasks(self, asked: Value) -> Answer:
        """List the tasks of a service that stopped; those that run are of services, and nobody asks for more of them."""
        if asked.get("desiredStatus") != "STOPPED":
            return {"taskArns": []}
        return {"taskArns": [task["taskArn"] for task in self.find(asked).stopped]}

    def describe_tasks(self, asked: Value) -> Answer:
        """Describe tasks that stopped."""
        tasks = [task for service in self.services.values() for task in service.stopped]
        return {"tasks": [task for task in tasks if task["taskArn"] in asked["tasks"]], "failures": []}


class Service:
    """One service: what it runs, what it is brought to, and how often somebody looked since."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.arn = f"{ECS}:service/{CLUSTER}/{name}"
        self.steady = [f"{ECS}:task-definition/{name}:1"]
        self.target = self.steady[0]
        self.starts = True
        self.image = ""
        self.looks = 0
        self.number = 1
        self.stopped: list[Value] = []

    @property
    def runs(self) -> bool:
        """Whether the service has come to where it was brought."""
        return self.target == self.steady[-1]

    def begin(self, revision: str, *, starts: bool, image: str) -> None:
        """Begin to bring the service to a revision."""
        self.target, self.starts, self.image, self.looks = revision, starts, image, 0
        self.number += 1

    def look(self) -> Value:
        """Say how the service is, and go on."""
        self.looks += 1
        if not self.runs and self.looks > 2:
            if self.starts:
                self.steady.append(self.target)
            elif len(self.stopped) < 2:
                self.stopped.insert(0, self.stop())
        return self.describe()

    def stop(self) -> Value:
        """Give a task whose image was not found, as ECS does."""
        number = len(self.stopped) + 1
        registry, _, tagged = self.image.partition("/")
        reason = (
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): "
            f"failed to resolve ref {registry}/{tagged}: {registry}/{tagged}: not found"
        )
        return {
            "taskArn": f"{ECS}:task/{CLUSTER}/{number:032x}",
            "clusterArn": f"{ECS}:cluster/{CLUSTER}",
            "taskDefinitionArn": self.target,
            "group": f"service:{self.name}",
            "lastStatus": "STOPPED",
            "desiredStatus": "STOPPED",
            "stopCode": "TaskFailedToStart",
            "stoppedReason": reason,
            "stoppedAt": f"2026-11-24T08:1{5 + number}:00Z",
            "containers": [{"name": self.name, "image": self.image, "lastStatus": "STOPPED", "reason": reason}],
        }

    def describe(self) -> Value:
        """Describe the service and its deployments."""
        deployments = [self.make_deployment(self.steady[-1], 1, "COMPLETED")]
        if not self.runs:
            primary = {**self.make_deployment(self.target, 0, "IN_PROGRESS"), "failedTasks": len(self.stopped)}
            primary["pendingCount"] = 1
            older = {**deployments[0], "id": f"ecs-svc/{self.number - 1}", "status": "ACTIVE", "desiredCount": 0}
            deployments = [primary, older]
        return {
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": f"{ECS}:cluster/{CLUSTER}",
            "status": "ACTIVE",
            "desiredCount": 1,
            "runningCount": 1,
            "pendingCount": sum(each["pendingCount"] for each in deployments),
            "launchType": "FARGATE",
            "taskDefinition": self.target,
            "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": False, "rollback": False}},
            "deployments": deployments,
            "events": [],
            "createdAt": BEGAN,
        }

    def make_deployment(self, revision: str, running: int, rollout: str) -> Value:
        """Make the newest deployment."""
        return {
            "id": f"ecs-svc/{self.number}",
            "status": "PRIMARY",
            "taskDefinition": revision,
            "desiredCount": 1,
            "pendingCount": 0,
            "runningCount": running,
            "failedTasks": 0,
            "createdAt": BEGAN,
            "updatedAt": BEGAN,
            "launchType": "FARGATE",
            "rolloutState": rollout,
        }
