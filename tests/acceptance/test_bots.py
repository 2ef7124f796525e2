"""What docs/bots.md offers: the pattern finds what it says, and the workflow pushes artifacts. `make bots` runs Renovate itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.acceptance.running import ROOT, Runner

CONFIGURATION = ROOT / "docs" / "examples" / "renovate.json"
WORKFLOW = ROOT / "docs" / "examples" / "render-after-bots.yml"
COMMENT = "# renovate: datasource=docker depName=registry.example.com/web"
DIGEST = "sha256:" + "0123456789abcdef" * 4


def find_versions(text: str) -> list[tuple[str | None, ...]]:
    """Find what Renovate is told by a text: source, name, versioning, value and digest. Its patterns are those of JavaScript."""
    (manager,) = json.loads(CONFIGURATION.read_text(encoding="utf-8"))["customManagers"]
    (pattern,) = manager["matchStrings"]
    names = ("datasource", "depName", "versioning", "currentValue", "currentDigest")
    return [each.group(*names) for each in re.finditer(pattern.replace("(?<", "(?P<"), text)]


@pytest.mark.parametrize(
    ("below", "value", "digest"),
    [
        ("image_tag: v1.4.2", "v1.4.2", None),
        ("image_tag: 'v1.4.2'  # the release", "v1.4.2", None),
        ('image.tag: "1.4"', "1.4", None),
        ("image: registry.example.com:5000/web:v1.4.2-alpine", "v1.4.2-alpine", None),
        (f'image: "registry.example.com/web:v1@{DIGEST}"', "v1", DIGEST),
        ("      web-image:   web:7", "7", None),
    ],
)
def test_the_value_below_a_comment_is_found(below: str, value: str, digest: str | None) -> None:
    found = [("docker", "registry.example.com/web", None, value, digest)]
    assert find_versions(f"vars:\n  {COMMENT}\n  {below}\n  other: v9\n") == found
    assert find_versions(f"vars:\r\n  {COMMENT} versioning=semver\r\n  {below}\r\n".replace("\r", "")) == [
        ("docker", "registry.example.com/web", "semver", value, digest)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "image_tag: v1\n",
        f"{COMMENT}\n\n\nimage_tag: v1\n",
        f"{COMMENT}\nvars: {{image_tag: v1}}\n",
        f"{COMMENT}\n- v1\n",
        f"{COMMENT}\nimage: registry.example.com/web\n",
    ],
)
def test_what_is_no_value_below_a_comment_is_left(text: str) -> None:
    assert find_versions(text) == []


def read_script() -> str:
    """The last step of the workflow."""
    job = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["artifacts"]
    script = job["steps"][-1]["run"]
    assert isinstance(script, str)
    return script


def test_the_workflow_pushes_what_a_render_changed_and_nothing_a_second_time(runner: Runner, tmp_path: Path) -> None:
    who = ("-c", "user.name=bot", "-c", "user.email=bot@example.com")
    branch, origin = "renovate/web-1.x", tmp_path / "origin.git"
    runner.demand("git", "init", "--quiet", "--bare", str(origin))
    for words in (
        ("init", "--quiet", "--initial-branch", branch),
        ("remote", "add", "origin", str(origin)),
        ("add", "--all"),
        (*who, "commit", "--quiet", "--message", "x"),
    ):
        runner.demand("git", *words)
    overlay = runner.folder / "environments" / "prod.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("v1.0.0", "v1.1.0"), encoding="utf-8")
    runner.demand("git", *who, "commit", "--quiet", "--all", "--message", "Update trading-bot to v1.1.0")
    runner.environment["GITHUB_REF_NAME"] = branch
    for _ in range(2):
        runner.demand("taskdef", "render")
        runner.demand("bash", "-ec", read_script())
    said = runner.demand("git", "--git-dir", str(origin), "log", "--format=%s, %ae", "--name-only", branch, "-2")
    bot = json.loads(CONFIGURATION.read_text(encoding="utf-8"))["gitIgnoredAuthors"]
    assert said == (
        f"Render the artifacts, {bot[0]}\n\nrendered/prod/trading-bot-task.json\n"
        "Update trading-bot to v1.1.0, bot@example.com\n\nenvironments/prod.yaml\n"
    )


def test_the_page_names_what_there_is() -> None:
    page = (ROOT / "docs" / "bots.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\((examples/[\w.-]+)\)", page)) == {
        f"examples/{CONFIGURATION.name}",
        f"examples/{WORKFLOW.name}",
    }
    assert "pull_request_target:" not in WORKFLOW.read_text(encoding="utf-8")
    assert COMMENT.partition(" depName")[0] in page
