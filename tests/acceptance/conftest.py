"""The real thing to test against: our wheel in a virtual environment of its own, a copy of the project, an ECS on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from moto.server import ThreadedMotoServer

from generator.aws.calls.clients import Clients
from generator.model.account import Access
from tests.acceptance.peers import ECS_DEPLOY, MINISTACK, OLDEST, lend, list_measuring, make_environment, run_ministack
from tests.acceptance.recorded import Recorded
from tests.acceptance.running import BIN, ROOT, Ecs, Runner
from tests.acceptance.scenes import REGION


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel in it. Our libraries are borrowed from this one, so that no network is needed."""
    folder = tmp_path_factory.mktemp("venv")
    make_environment(folder, "--no-deps", "--no-index", wheel)
    lend(folder)
    return folder


@pytest.fixture(scope="session")
def aged(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the oldest boto3 that we admit, which stands before what is borrowed."""
    folder = tmp_path_factory.mktemp("aged")
    make_environment(folder, "--no-deps", wheel, *OLDEST)
    lend(folder)
    return folder


@pytest.fixture(scope="session")
def ecs_deploy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program `ecs` of ecs-deploy, in an environment of its own."""
    folder = tmp_path_factory.mktemp("ecs-deploy")
    make_environment(folder, *ECS_DEPLOY)
    return folder / "bin" / "ecs"


@pytest.fixture(scope="session")
def ministack_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running ministack."""
    folder, state = tmp_path_factory.mktemp("ministack"), tmp_path_factory.mktemp("state")
    make_environment(folder, *MINISTACK)
    with run_ministack(folder / "bin" / "ministack", state) as emulator:
        yield emulator.url


@pytest.fixture
def ministack(ministack_url: str) -> Ecs:
    """A ministack without any task definition."""
    with urlopen(Request(f"{ministack_url}/_ministack/reset", method="POST"), timeout=10) as answer:
        assert answer.status == 200
    return Ecs(ministack_url)


@pytest.fixture
def runner(installed: Path, tmp_path: Path) -> Runner:
    """Runs programs in a copy of this project, with our installed command and the development tools on the path."""
    project = tmp_path / "project"
    project.mkdir()
    for name in ("templates", "environments", "rendered"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("Makefile", "pyproject.toml", ".gitattributes", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project)
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join([str(installed / "bin"), str(BIN), os.environ["PATH"]])
    return Runner(project, {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8"} | list_measuring())


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """The address of a running moto server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def ecs(moto_url: str, runner: Runner) -> Ecs:
    """An ECS without any task definition, which programs started by `runner` talk to."""
    with urlopen(Request(f"{moto_url}/moto-api/reset", method="POST"), timeout=10) as answer:
        assert answer.status == 200
    ecs = Ecs(moto_url)
    runner.environment.update(ecs.environment)
    return ecs


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    """A server that plays AWS from a script; the test fails if it was asked for what the script does not have."""
    with Recorded() as server:
        yield server
    assert server.surprises == []


@pytest.fixture
def clients(recorded: Recorded) -> Iterator[Clients]:
    """Our own clients, of an AWS from a script."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in recorded.environment.items():
            patch.setenv(name, value)
        yield Clients(Access(region=REGION))


@pytest.fixture
def nowhere(runner: Runner) -> None:
    """Take out of the overlays where the trading bot runs: the tests about that put it back."""
    for overlay in (runner.folder / "environments").iterdir():
        text = overlay.read_text(encoding="utf-8")
        place = f", cluster: trading-cluster, service: trading-bot-{overlay.stem}"
        assert place in text
        overlay.write_text(text.replace(place, ""), encoding="utf-8")
