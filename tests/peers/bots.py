"""What Renovate makes of our configuration: `make bots` runs this, which needs npm. The registry of images is one on loopback."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.model.nodes import Value

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "renovate.json"

KIND = f"node-{sys.platform}-{'arm64' if platform.machine() in ('arm64', 'aarch64') else 'x64'}"
PACKAGES = ("renovate@44.121.2", f"{KIND}@24.21.0")
"""Renovate, and the Node that it needs, which may be newer than the one that is here."""

TAGS = {
    "web": ["v1.4.2", "v1.5.0", "v1.5.1-rc.1", "latest"],
    "agent": ["7.50.1", "7.52.0"],
    "proxy": ["1.27.0-alpine", "1.27.3-alpine", "1.28.0"],
}
OVERLAY = """\
aws: {{account: "123456789012", region: us-east-1}}
vars:
  # renovate: datasource=docker depName={host}/web
  image_tag: v1.4.2  # the tag of the release
  # renovate: datasource=docker depName={host}/agent
  agent_image: "{host}/agent:7.50.1"
  other: v1.0.0
patch:
  containerDefinitions:
    proxy:
      # renovate: datasource=docker depName={host}/proxy versioning=docker
      image: {host}/proxy:1.27.0-alpine
"""


class Registry(BaseHTTPRequestHandler):
    """The part of a registry of images that lists tags and gives the digest of one."""

    def do_GET(self) -> None:
        name = self.path.partition("/v2/")[2].partition("/tags/list")[0]
        known = name in TAGS and "/tags/list" in self.path
        self.answer(200 if known or not name else 404, {"name": name, "tags": TAGS[name]} if known else {})

    def answer(self, status: int, value: Value) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def registry() -> Iterator[str]:
    """The address of a registry on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def renovate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Node, and the folder with Renovate's programs."""
    folder = tmp_path_factory.mktemp("renovate")
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", *PACKAGES]
    subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=900)
    modules = folder / "node_modules"
    return modules / KIND / "bin" / "node", modules / "renovate" / "dist"


def find_updates(log: str) -> dict[str, list[str]]:
    """Find the updates that a dry run proposes: the present value and the new ones, by the dependency."""
    records = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    (found,) = (each["config"]["regex"] for each in records if each.get("msg") == "packageFiles with updates")
    return {
        dependency["depName"].rpartition("/")[2]: [
            dependency["currentValue"],
            *(update["newValue"] for update in dependency["updates"]),
        ]
        for file in found
        for dependency in file["deps"]
    }


def test_a_dry_run_proposes_new_versions_of_images_in_overlays(
    renovate: tuple[Path, Path], registry: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "environments" / "prod.yaml"
    overlay.parent.mkdir()
    overlay.write_text(OVERLAY.format(host=registry), encoding="utf-8")
    shutil.copy(EXAMPLE, tmp_path)
    for words in (("init", "--quiet"), ("add", "--all")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    node, programs = renovate
    rules = [{"matchHost": registry, "hostType": "docker", "insecureRegistry": True}]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LOG_LEVEL": "debug", "LOG_FORMAT": "json"}
    done = subprocess.run(
        [node, programs / "renovate.js", "--platform=local", "--dry-run=lookup"],
        cwd=tmp_path,
        env={**environment, "RENOVATE_HOST_RULES": json.dumps(rules)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert find_updates(done.stdout) == {
        "web": ["v1.4.2", "v1.5.0"],
        "agent": ["7.50.1", "7.52.0"],
        "proxy": ["1.27.0-alpine", "1.27.3-alpine"],
    }


def test_the_configuration_has_the_form_that_renovate_wants(renovate: tuple[Path, Path]) -> None:
    node, programs = renovate
    words: list[str | Path] = [node, programs / "config-validator.js", "--strict", "--no-global", EXAMPLE]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
