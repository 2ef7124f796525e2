"""Short ways to what AWS says of stopped tasks and their service, for tests of diagnoses."""

from __future__ import annotations

from generator.model.account import (
    Deployment,
    LogLines,
    Service,
    ServiceEvent,
    StoppedContainer,
    StoppedTask,
)
from generator.model.needs import LoadBalancer, Needs
from generator.model.nodes import Value

ACCOUNT = "123456789012"
REVISION = f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/trading-bot-prod:7"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:trading-secrets-prod"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/ECSExecutionRole"
IMAGE = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/trading-bot:v1.0.0"
GROUP = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:targetgroup/bot/1c38bf81f6e9e283"
BOT = "trading-bot-prod"
PULL = "CannotPullContainerError: pull image manifest has been retried 5 time(s): "
FETCH = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
RETRIED = "service call has been retried 1 time(s): "
DENIED = (
    f"api error AccessDeniedException: User: arn:aws:sts::{ACCOUNT}:assumed-role/ECSExecutionRole/8637b461 "
    "is not authorized to perform: "
)
EXITED = "Essential container in task exited"
UNPLACED = (
    "(service bot) was unable to place a task because no container instance met all of its requirements. "
    "The closest matching (container-instance 3f4de1c5) "
)

CONTAINER = {
    "name": BOT,
    "image": IMAGE,
    "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
    "environment": [{"name": "LOG_LEVEL", "value": "INFO"}],
    "secrets": [
        {"name": "BYBIT_API_KEY", "valueFrom": f"{SECRET}:BYBIT_API_KEY::"},
        {"name": "DATABASE_PASSWORD", "valueFrom": f"{SECRET}:DATABASE_PASSWORD::"},
        {"name": "DATABASE_URL", "valueFrom": "/bot/url"},
    ],
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": "/ecs/trading-bot-prod",
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "ecs",
        },
    },
    "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8080/health || exit 1"], "startPeriod": 60},
}
TASK = {
    "family": "trading-bot-prod",
    "taskRoleArn": f"arn:aws:iam::{ACCOUNT}:role/ECSTaskRole",
    "executionRoleArn": ROLE,
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "1024",
    "memory": "2048",
    "containerDefinitions": [CONTAINER],
}


def with_members(**members: Value) -> Value:
    """The task definition with other members; None takes one out."""
    return {name: value for name, value in {**TASK, **members}.items() if value is not None}


def with_container(**members: Value) -> Value:
    """The task definition with other members of its container."""
    container = {name: value for name, value in {**CONTAINER, **members}.items() if value is not None}
    return with_members(containerDefinitions=[container])


def with_sidecar(*sidecars: Value, **members: Value) -> Value:
    return with_members(containerDefinitions=[{**CONTAINER, **members}, *sidecars])


ON_INSTANCES = with_members(
    requiresCompatibilities=["EC2"], networkMode="bridge", executionRoleArn=None, cpu=None, memory=None,
    containerDefinitions=[{**CONTAINER, "memory": 512, "cpu": 256}],
)  # fmt: skip


def state(exit_code: int | None = None, reason: str = "", name: str = BOT, health: str = "UNKNOWN") -> StoppedContainer:
    return StoppedContainer(name, IMAGE, exit_code, reason, health, "STOPPED")


def stopped(
    *containers: StoppedContainer,
    reason: str = EXITED,
    code: str = "EssentialContainerExited",
    at: str = "2026-11-24T08:15:00Z",
    id: str = "bc05f3eb",
    revision: str = REVISION,
    group: str = "service:bot",
) -> StoppedTask:
    arn = f"arn:aws:ecs:us-east-1:{ACCOUNT}:task/trading/{id}"
    return StoppedTask(arn, revision, group, at, reason, code, "UNKNOWN", containers)


def unstarted(reason: str, said: str = "", *, name: str = BOT) -> StoppedTask:
    """A task that did not start: AWS says why of the task, or of its container."""
    return stopped(state(None, said, name), reason=reason, code="TaskFailedToStart")


def serving(*messages: str, balancer: LoadBalancer | None = None, at: str = "2026-11-24T08:20:00Z") -> Service:
    """A service that says these things, the newest first."""
    deployment = Deployment("ecs-svc/1", "PRIMARY", REVISION, 1, 0, 0, 3, "IN_PROGRESS", "", "2026-11-24T08:00:00Z")
    events = tuple(ServiceEvent(str(number), at, message) for number, message in enumerate(messages))
    needs = Needs("bot", load_balancers=(balancer,) if balancer else ())
    arn = f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/trading/bot"
    return Service(
        arn, "bot", "trading", "ACTIVE", REVISION, 1, 0, 0, "ECS", (deployment,), events, needs, 30
    )  # fmt: skip


def wrote(*lines: str, name: str = BOT, task: str = "bc05f3eb", missing: str = "") -> LogLines:
    return LogLines(task, name, "/ecs/trading-bot-prod", f"ecs/{name}/{task}", lines, missing)
