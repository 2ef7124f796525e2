"""Programs as a person runs them: in a folder, with an environment, seen by what they say and how they end."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from tests.support import answer_interrupts

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
"""Where the programs of the development environment are: aws, pre-commit."""


class Done(NamedTuple):
    """What a process said."""

    status: int
    out: str
    err: str


class Runner(NamedTuple):
    """Runs programs in a folder, with nothing of the caller's environment but what is named here."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str | Path) -> Done:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=120
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def demand(self, *command: str | Path) -> str:
        """Run a program that must succeed, and give its output."""
        done = self.run(*command)
        assert done.status == 0, done
        return done.out


def interrupt(
    runner: Runner, *command: str, after: str, signals: tuple[signal.Signals, ...] = (signal.SIGINT,)
) -> Done:
    """Run a program and press Ctrl-C, or send it other signals, once it has said something on stderr."""
    with subprocess.Popen(
        command,
        cwd=runner.folder,
        env=runner.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=answer_interrupts,
    ) as process:
        assert process.stderr is not None
        end = Timer(60, process.kill)
        end.start()
        read = []
        for line in process.stderr:
            read.append(line)
            if after in line:
                break
        for each in signals:
            process.send_signal(each)
        out, err = process.communicate()
        end.cancel()
    return Done(process.returncode, out, "".join(read) + err)


def ask(runner: Runner, *command: str, answer: str) -> Done:
    """Run a program at a terminal, and answer its question."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command,
        cwd=runner.folder,
        env=runner.environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        out, err = process.communicate(timeout=60)
    os.close(ours)
    return Done(process.returncode, out, err)


class Ecs(NamedTuple):
    """A moto server that plays ECS."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What makes the AWS command line talk to this server."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def list_revisions(self, runner: Runner) -> list[str]:
        """List what was registered, as `family:revision`."""
        said = runner.demand(BIN / "aws", "ecs", "list-task-definitions")
        return [arn.rpartition("/")[2] for arn in json.loads(said)["taskDefinitionArns"]]


def take_out_account(runner: Runner) -> None:
    """Leave the account out of dev's overlay, and the helpers that need it out of the template."""
    overlay = runner.folder / "environments" / "dev.yaml"
    template = next((runner.folder / "templates").glob("*.json.j2"))
    helpers = {"{{ role('ECSTaskRole') }}": "ECSTaskRole", "{{ role('ECSExecutionRole') }}": "ECSExecutionRole"}
    helpers["{{ ecr('trading-bot', tag=image_tag) }}"] = "trading-bot:{{ image_tag }}"
    helpers["{{ secret('trading-secrets-' ~ env, key=key) }}"] = "/trading/{{ env }}/{{ key }}"
    for file, pairs in ((overlay, {'account: "123456789012", ': ""}), (template, helpers)):
        source = file.read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert old in source
            source = source.replace(old, new)
        file.write_text(source, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")


def add_worker(runner: Runner) -> None:
    """Give the project a second task, which is not rendered. A service that dev has is then that of both."""
    template = next((runner.folder / "templates").glob("*.json.j2"))
    shutil.copy(template, template.parent / "worker.json.j2")


def replace_line(file: Path, old: str, new: str) -> None:
    """Change the one line of a file that is `old`, white space at its ends aside."""
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(lines) if line.strip() == old]
    assert len(places) == 1, (file, places)
    lines[places[0]] = lines[places[0]].replace(old, new)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
