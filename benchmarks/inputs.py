"""Writes projects of any size for `scale.py`: every task in dev, test and prod, from a template of its own or from one shared partial.

Each task has 2 containers, 22 variables and 5 secrets, in a template of 73 lines. There is an overlay for each environment, and one for
each task in it. All values follow from the number of the task, so every run has the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.model.nodes import Value
from generator.model.records import Record


class Environment(Record):
    """What an environment sets for all of its tasks; an interval of 0 is left to the template."""

    name: str
    account: str
    region: str
    tag: str
    log_level: str
    interval: int


ENVIRONMENTS = (
    Environment("dev", "111111111111", "eu-west-1", "1.8.0-rc3", "DEBUG", 60),
    Environment("test", "222222222222", "eu-west-1", "1.8.0", "INFO", 0),
    Environment("prod", "333333333333", "eu-central-1", "1.7.9", "WARN", 15),
)

SECRETS = ("DB_PASSWORD", "API_KEY", "API_SECRET", "SENTRY_DSN", "SIGNING_KEY")

SHARED = "_service.j2"
"""The partial that all tasks come from in the shape `shared`."""

JINJA = {
    "env": "{{ env }}",
    "region": "{{ aws.region }}",
    "account": "{{ aws.account }}",
    "log_level": "{{ log_level }}",
    "tag": "{{ tag }}",
}


class Code(str):
    """An expression of a template language in place of a value that is no text."""

    __slots__ = ()


class Subject(Record):
    """What a definition is made for: a task, or the partial of all, where these are expressions."""

    task: str
    port: Value
    port_in_text: str
    owner: str
    number: int


def name_tasks(count: int) -> tuple[str, ...]:
    """Name so many tasks."""
    return tuple(f"svc-{number:05d}" for number in range(count))


def find_port(number: int) -> int:
    return 8000 + number % 500


def find_owner(number: int) -> str:
    return f"team-{number % 40}"


def make_subject(number: int, task: str) -> Subject:
    """Make the subject of a task with a template of its own."""
    return Subject(task, find_port(number), str(find_port(number)), find_owner(number), number)


def make_definition(subject: Subject, words: Mapping[str, str]) -> dict[str, Value]:
    """Make the task definition that templates have, with expressions of a language for what differs between environments."""
    task, env, account, region = subject.task, words["env"], words["account"], words["region"]
    return {
        "family": f"{task}-{env}",
        "taskRoleArn": f"arn:aws:iam::{account}:role/{task}-{env}",
        "executionRoleArn": f"arn:aws:iam::{account}:role/ecsTaskExecutionRole",
        "networkMode": "awsvpc",
        "containerDefinitions": [make_application(subject, words), make_metrics(task, env, region)],
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "1024",
        "memory": "2048",
        "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
    }


def make_application(subject: Subject, words: Mapping[str, str]) -> dict[str, Value]:
    """Make the container that counts."""
    task, env, account, region = subject.task, words["env"], words["account"], words["region"]
    arn = f"arn:aws:secretsmanager:{region}:{account}:secret:{env}/{task}-AbCdEf"
    options = {
        "awslogs-group": f"/ecs/{env}/{task}",
        "awslogs-region": region,
        "awslogs-stream-prefix": "ecs",
        "mode": "non-blocking",
        "max-buffer-size": "25m",
    }
    command = ["CMD-SHELL", f"curl -f http://localhost:{subject.port_in_text}/health || exit 1"]
    return {
        "name": "app",
        "image": f"{account}.dkr.ecr.{region}.amazonaws.com/{task}:{words['tag']}",
        "essential": True,
        "portMappings": [{"containerPort": subject.port, "protocol": "tcp", "name": "http"}],
        "environment": [{"name": name, "value": value} for name, value in make_variables(subject, words).items()],
        "secrets": [{"name": name, "valueFrom": f"{arn}:{name.lower()}::"} for name in SECRETS],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
        "healthCheck": {"command": command, "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 60},
    }


def make_variables(subject: Subject, words: Mapping[str, str]) -> dict[str, str]:
    """Make the 20 variables of the application."""
    env, number = words["env"], subject.number
    return {
        "APP_ENV": env,
        "LOG_LEVEL": words["log_level"],
        "REGION": words["region"],
        "DB_HOST": f"db.{env}.internal.example.com",
        "DB_NAME": subject.task,
        "DB_PORT": "5432",
        "CACHE_URL": f"redis://cache.{env}.internal.example.com:6379/{number % 16}",
        "QUEUE": f"{subject.task}-{env}-jobs",
        "WORKERS": str(2 + number % 5),
        "TIMEOUT_SECONDS": "30",
        "RETRIES": "3",
        "FEATURE_FLAGS": f"checkout,search-{number % 7}",
        "METRICS_PORT": "9102",
        "TRACE_RATIO": "0.1",
        "BATCH_SIZE": str(100 + number % 50),
        "MAX_CONNECTIONS": "20",
        "CURRENCY": "EUR",
        "TIMEZONE": "UTC",
        "LOCALE": "en_GB",
        "OWNER": subject.owner,
    }


def make_metrics(task: str, env: str, region: str) -> dict[str, Value]:
    """Make the container beside it."""
    options = {
        "awslogs-group": f"/ecs/{env}/{task}",
        "awslogs-region": region,
        "awslogs-stream-prefix": "metrics",
    }
    return {
        "name": "metrics",
        "image": "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300045.1",
        "essential": False,
        "environment": [{"name": "USE_DEFAULT_CONFIG", "value": "True"}, {"name": "SERVICE", "value": task}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }


def find_size(environment: str) -> tuple[str, str] | None:
    """Find the CPU and memory that an environment gives its tasks, None where they keep those of the template."""
    return {"dev": ("256", "512"), "test": ("512", "1024")}.get(environment)


def make_overrides(environment: str, number: int) -> dict[str, str]:
    """Make the three variables that the overlay of one task sets."""
    if environment == "prod":
        return {"FEATURE_FLAGS": f"search-{number % 7}", "TIMEOUT_SECONDS": "10", "RETRIES": "5"}
    connections, batch, ratio = {"dev": (5, 10, "1.0"), "test": (10, 50, "0.5")}[environment]
    return {
        "MAX_CONNECTIONS": str(connections + number % 9),
        "BATCH_SIZE": str(batch + number % 13),
        "TRACE_RATIO": ratio,
    }


def write_project(folder: Path, count: int, *, shared: bool) -> None:
    """Write the templates and overlays of so many tasks."""
    for environment in ENVIRONMENTS:
        write(folder / f"environments/{environment.name}.yaml", write_environment(environment))
    if shared:
        subject = Subject("{{ task }}", Code("{{ port }}"), "{{ port }}", "{{ owner }}", 0)
        write(folder / f"templates/{SHARED}", write_json(make_definition(subject, JINJA)) + "\n")
    for number, task in enumerate(name_tasks(count)):
        if shared:
            names = f'{{% set port = {find_port(number)} %}}{{% set owner = "{find_owner(number)}" %}}'
            text = f'{names}{{% include "{SHARED}" %}}\n'
        else:
            text = write_json(make_definition(make_subject(number, task), JINJA)) + "\n"
        write(folder / f"templates/{task}.json.j2", text)
        for environment in ENVIRONMENTS:
            path = folder / f"environments/{environment.name}/{task}.yaml"
            write(path, write_overlay(environment.name, number))


def write_environment(environment: Environment) -> str:
    """Write the overlay of an environment."""
    text = f'aws:\n  account: "{environment.account}"\n  region: {environment.region}\n'
    text += f"vars:\n  tag: {environment.tag}\n  log_level: {environment.log_level}\n"
    if environment.interval:
        path = ("patch", "containerDefinitions", "app", "healthCheck")
        text += "".join(f"{'  ' * depth}{name}:\n" for depth, name in enumerate(path))
        text += f"        interval: {environment.interval}\n"
    return text


def write_overlay(environment: str, number: int) -> str:
    """Write the overlay of one task."""
    size = find_size(environment)
    text = "patch:\n" + (f"  cpu: {size[0]}\n  memory: {size[1]}\n" if size else "")
    text += "  containerDefinitions:\n    app:\n      environment:\n"
    overrides = make_overrides(environment, number)
    return text + "".join(f"        {name}: {json.dumps(value)}\n" for name, value in overrides.items())


def write_json(value: Value, depth: int = 0) -> str:
    """Write JSON as people do: what is short, or a list of texts, on one line."""
    indent = "  " * (depth + 1)
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, dict) and not is_short(value):
        members = (f"{indent}{json.dumps(name)}: {write_json(child, depth + 1)}" for name, child in value.items())
        return "{\n" + ",\n".join(members) + f"\n{indent[2:]}}}"
    if isinstance(value, list) and not all(isinstance(child, str) for child in value):
        return "[\n" + ",\n".join(indent + write_json(child, depth + 1) for child in value) + f"\n{indent[2:]}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {write_json(child)}" for name, child in value.items()) + "}"
    return json.dumps(value)


def is_short(value: dict[str, Value]) -> bool:
    """Whether a mapping goes on one line: a health check, and a few members with nothing below them."""
    return "command" in value or (len(value) < 4 and not any(isinstance(each, dict | list) for each in value.values()))


def write(path: Path, text: str) -> None:
    """Write a file and the folders it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
