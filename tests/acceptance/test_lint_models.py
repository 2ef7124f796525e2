"""`taskdef lint --model awscli` beside the real AWS command line, which brings a botocore of its own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.integration.cli.process import Project

NEWER = {
    "family": "web",
    "requiresCompatibilities": ["EC2"],
    "containerDefinitions": [{"name": "web", "image": "i:1", "memory": 128}],
    "trustedExecutionConfiguration": {"isolationMode": "ISOLATED_SANDBOX"},
}


def test_lint_goes_by_the_copy_of_botocore_that_the_aws_command_line_brings(tmp_path: Path) -> None:
    folder = Project(tmp_path)
    folder.write({"newer.json": json.dumps(NEWER)})
    assert "E301" not in folder.run("lint", "--model", "installed", "newer.json").out
    said = folder.run("lint", "--model", "awscli", "newer.json").out
    assert "error[E301]: a task definition has no member `trustedExecutionConfiguration`" in said
