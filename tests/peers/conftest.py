"""Programs from npm, each pinned, in a folder of the test run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

PACKAGES = ("yaml-language-server@1.25.0", "ajv-cli@5.0.0")


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the packages."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", *PACKAGES]
    subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=600)
    return folder / "node_modules"
