"""Measures `taskdef lint` on a thousand files beside the validator of botocore, which knows shapes only; exits 1 when the goal is missed.

The files have nothing wrong, as most in most runs; beside them is the same with a mistake in every twentieth, at whose line a finding
points. All look at the same files, on a memory file system where there is one. Runs are interleaved, so that a noisy machine is noisy
for all, and the minimum of each counts.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import botocore.session
from botocore.validate import ParamValidator

from generator.commands.lint import lint
from generator.model.nodes import Value

FILES = 1000
FAULTY = 20
"""Every so many files, one has something wrong, among those that are not all right."""
RUNS = 9
GOAL = 1.0
"""Files per second of `taskdef lint` in one process, all rules on, by those of botocore that opens, parses and validates."""

OURS = "taskdef lint"
OURS_FAULTY = "taskdef lint, mistakes in 1 of 20"
THEIRS = "botocore: open, parse, validate"
ALONE = "botocore: validate alone"
OUR_PROCESS = "taskdef lint, whole process"
THEIR_PROCESS = "botocore, whole process"
PROGRAM = """
import json, sys
from pathlib import Path
import botocore.session
from botocore.validate import ParamValidator
shape = botocore.session.get_session().get_service_model("ecs").operation_model("RegisterTaskDefinition").input_shape
validator = ParamValidator()
for path in sorted(Path(sys.argv[1]).rglob("*.json")):
    with open(path, encoding="utf-8") as file:
        report = validator.validate(json.load(file), shape)
    if report.has_errors():
        print(path, report.generate_report())
"""


def main() -> int:
    """Measure, print a table, and give the exit status."""
    gc.set_threshold(100_000)  # for all that is measured in this process: the command sets it for itself
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own below it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder, faulty = Path(name) / "right", Path(name) / "faulty"
        paths, faulty_paths = write_files(folder, spoilt=False), write_files(faulty, spoilt=True)
        for words, wanted in ((paths, 0), (faulty_paths, FILES // FAULTY)):
            found = lint(name, words=words, least="warning")
            count = len({finding.location.file for finding in found.findings if finding.location})
            if count != wanted:
                print(
                    f"{count} files have findings, and {wanted} are meant to: mend `make_definition`", file=sys.stderr
                )
                return 1
        best = measure(list_runs(folder, paths, faulty_paths))
    size = sum(len(json.dumps(make_definition(number), indent=2)) for number in range(FILES)) // FILES
    print(f"{FILES} files of {size} bytes on average\n")
    print(f"{'':34} {'files/s':>8} {'us/file':>8} {'ratio':>6}")
    for label, seconds in best.items():
        print(f"{label:34} {FILES / seconds:8.0f} {seconds / FILES * 1e6:8.1f} {best[THEIRS] / seconds:6.2f}")
    ratio = best[THEIRS] / best[OURS]
    if ratio < GOAL:
        print(f"missed: {ratio:.2f} of the speed of botocore, and {GOAL} is the goal", file=sys.stderr)
    return 1 if ratio < GOAL else 0


def list_runs(folder: Path, paths: list[str], faulty_paths: list[str]) -> dict[str, Callable[[], object]]:
    """List what is measured, by its name in the table."""
    shape = (
        botocore.session.get_session().get_service_model("ecs").operation_model("RegisterTaskDefinition").input_shape
    )
    validator = ParamValidator()
    documents = [json.loads(Path(path).read_text(encoding="utf-8")) for path in paths]

    def read_and_validate() -> None:
        for path in paths:
            with open(path, encoding="utf-8") as file:
                validator.validate(json.loads(file.read()), shape)

    def validate() -> None:
        for document in documents:
            validator.validate(document, shape)

    return {
        OURS: lambda: lint(str(folder), words=paths, least="warning"),
        OURS_FAULTY: lambda: lint(str(folder), words=faulty_paths, least="warning"),
        THEIRS: read_and_validate,
        ALONE: validate,
        OUR_PROCESS: lambda: run_process("-m", "generator", "lint", str(folder)),
        THEIR_PROCESS: lambda: run_process("-c", PROGRAM, str(folder)),
    }


def run_process(*words: str) -> None:
    """Run Python once; that something was found is no failure."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["CI"] = "1"  # else a clean run is only repeated
    subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, check=False)


def measure(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Do each in turn, again and again, and keep the shortest time of each."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(RUNS):
        for label, run in runs.items():
            start = time.perf_counter()
            run()
            best[label] = min(best[label], time.perf_counter() - start)
    return best


# Files: as varied as those of a company, and written by a formula, so that every run has the same.


def write_files(folder: Path, *, spoilt: bool) -> list[str]:
    """Write the files, in as many folders as there are services."""
    paths = []
    for number in range(FILES):
        path = folder / f"service-{number % 40:02}" / f"task-{number:04}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        definition = make_definition(number)
        if spoilt and number % FAULTY == 0:
            spoil(definition, number // FAULTY)
        path.write_text(json.dumps(definition, indent=2) + "\n", encoding="utf-8")
        paths.append(str(path))
    return sorted(paths)


def make_definition(number: int) -> Value:
    """Make one task definition."""
    family = f"service-{number % 40:02}-{('dev', 'test', 'prod')[number % 3]}"
    definition = make_ec2(family, number) if number % 5 == 4 else make_fargate(family, number)
    if number % 7 == 0:
        definition["tags"] = [{"key": "team", "value": f"team-{number % 9}"}, {"key": "service", "value": family}]
    return definition


def make_fargate(family: str, number: int) -> Value:
    """Make a task definition for Fargate, with a container and up to two sidecars."""
    containers = [make_container(family, number)]
    if number % 3 == 0:
        containers.append(make_sidecar(family, number))
    if number % 4 == 0:
        containers[0]["dependsOn"] = [{"containerName": "migrate", "condition": "SUCCESS"}]
        containers.append({**make_container(family, number), "name": "migrate", "essential": False})
        for member in ("portMappings", "healthCheck", "dependsOn"):
            containers[-1].pop(member, None)
    cpu, memory = ((256, 512), (512, 1024), (1024, 2048), (2048, 8192))[number % 4]
    definition = {
        "family": family,
        "taskRoleArn": "arn:aws:iam::123456789012:role/task",
        "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
        "networkMode": "awsvpc",
        "containerDefinitions": containers,
        "requiresCompatibilities": ["FARGATE"],
        "cpu": str(cpu),
        "memory": str(memory),
        "runtimePlatform": {"cpuArchitecture": "ARM64" if number % 2 else "X86_64", "operatingSystemFamily": "LINUX"},
    }
    if number % 6 == 0:
        access = {"fileSystemId": f"fs-{number:08x}", "transitEncryption": "ENABLED"}
        definition["volumes"] = [{"name": "data", "efsVolumeConfiguration": access}]
        containers[0]["mountPoints"] = [{"sourceVolume": "data", "containerPath": "/data", "readOnly": False}]
    return definition


def make_ec2(family: str, number: int) -> Value:
    """Make a task definition for EC2."""
    container = make_container(family, number)
    container |= {"memory": 512, "memoryReservation": 256, "cpu": 128}
    container["ulimits"] = [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}]
    container["mountPoints"] = [{"sourceVolume": "cache", "containerPath": "/var/cache/app"}]
    return {
        "family": family,
        "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
        "networkMode": "bridge",
        "containerDefinitions": [container],
        "volumes": [{"name": "cache", "host": {"sourcePath": "/var/cache/app"}}],
        "requiresCompatibilities": ["EC2"],
    }


def make_container(family: str, number: int) -> Value:
    """Make a container as most are: an image, ports, variables, secrets, logs and a health check."""
    container = {
        "name": "app",
        "image": f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/{family}:v1.{number}.0",
        "essential": True,
        "portMappings": [{"containerPort": 8000 + number % 90, "protocol": "tcp", "name": "http"}],
        "environment": [{"name": f"OPTION_{index}", "value": f"{family}-{index}"} for index in range(3 + number % 12)],
        "secrets": [make_secret(family, index) for index in range(number % 6)],
        "logConfiguration": make_logs(family),
        "healthCheck": {
            "command": ["CMD-SHELL", "curl -f http://localhost:8000/health || exit 1"],
            "interval": 30,
            "timeout": 5,
            "retries": 3,
            "startPeriod": 60,
        },
    }
    if number % 2:
        container["command"] = ["python", "-m", "app", "--workers", str(1 + number % 8)]
    return container


def make_sidecar(family: str, number: int) -> Value:
    """Make a container beside the one that counts."""
    return {
        "name": "metrics",
        "image": f"public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300{number % 60:03}.0",
        "essential": False,
        "environment": [{"name": "USE_DEFAULT_CONFIG", "value": "True"}],
        "logConfiguration": make_logs(family),
    }


def make_secret(family: str, index: int) -> Value:
    return {
        "name": f"SECRET_{index}",
        "valueFrom": f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{family}/main-AbCdEf:key_{index}::",
    }


def make_logs(family: str) -> Value:
    options = {
        "awslogs-group": f"/ecs/{family}",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "ecs",
    }
    return {"logDriver": "awslogs", "options": options}


def spoil(definition: Value, way: int) -> None:
    """Put in one of the mistakes that people make."""
    container = definition["containerDefinitions"][0]
    if way % 5 == 0:
        container["portMapping"] = container.pop("portMappings")
    elif way % 5 == 1:
        container["portMappings"][0]["containerPort"] = "8080"
    elif way % 5 == 2:
        definition["revision"] = 7
    elif way % 5 == 3:
        definition["memory"] = "300"
    else:
        definition["taskRoleArn"] = None


if __name__ == "__main__":
    sys.exit(main())
