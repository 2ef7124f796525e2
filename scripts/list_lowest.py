"""Lists the oldest versions of our libraries that `pyproject.toml` admits, as pip takes them. `make lowest` runs the tests with them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def list_lowest() -> list[str]:
    """List each requirement at its lower bound; one without such a bound is a KeyError."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = {}
    for requirement in project["dependencies"]:
        match = re.match(r"([A-Za-z0-9_-]+)>=([0-9.]+)", requirement)
        if match is None:
            raise KeyError(requirement)
        bounds[match[1]] = match[2]
    return [f"{name}=={version}" for name, version in bounds.items()]


if __name__ == "__main__":
    print(*list_lowest())
