"""Other programs and releases to test beside, each pinned, in virtual environments of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

from tests.acceptance.running import Ecs

OLDEST = ("boto3==1.40.0", "botocore==1.40.0", "s3transfer==0.13.1")
"""The oldest boto3 that the extra `aws` admits, with what `pip install` brings beside it."""

ECS_DEPLOY = ("ecs-deploy==1.17.0",)
MINISTACK = ("ministack==1.5.33",)


def make_environment(folder: Path, *words: str | Path) -> None:
    """Make a virtual environment, and install something in it."""
    venv.create(folder, with_pip=False, symlinks=True)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    subprocess.run([*pip, "install", "--quiet", *words], check=True, capture_output=True, timeout=300)


def lend(folder: Path) -> None:
    """Let an environment use the libraries of this one, where it has none of its own, and measure what it runs if this one does."""
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    lines = [sysconfig.get_path("purelib")]
    if list_measuring():
        lines.append("import coverage; coverage.process_startup()")
    (site / "borrowed.pth").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def list_measuring() -> dict[str, str]:
    """The variables by which `make coverage` asks processes to measure what they run; none in another run of the tests."""
    return {name: os.environ[name] for name in ("COVERAGE_PROCESS_CONFIG",) if name in os.environ}


@contextmanager
def run_ministack(program: Path, folder: Path) -> Iterator[Ecs]:
    """Run ministack on a free port of loopback, with nothing beside what we ask: no MQTT, no SFTP, and its files in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "SERVICES": "ecs,sts,iam",
        "MINISTACK_ACCOUNT_ID": "123456789012",
        "TMPDIR": str(folder),
        "PATH": "/usr/bin:/bin",
    }
    emulator = Ecs(f"http://127.0.0.1:{port}")
    with subprocess.Popen(
        [program], env=settings, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"{emulator.url}/_ministack/ready", process)
            yield emulator
        finally:
            process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a program answers, for a minute at most."""
    end = monotonic() + 60
    while True:
        assert process.poll() is None, "the program has ended"
        assert monotonic() < end, "the program does not answer"
        try:
            with urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            sleep(0.1)
