"""Other programs and releases to test beside, each pinned, in virtual environments of their own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

OLDEST = ("boto3==1.40.0", "botocore==1.40.0", "s3transfer==0.13.1")
"""The oldest boto3 that the extra `aws` admits, with what `pip install` brings beside it."""


def make_environment(folder: Path, *words: str | Path) -> None:
    """Make a virtual environment, and install something in it."""
    venv.create(folder, with_pip=False, symlinks=True)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    subprocess.run([*pip, "install", "--quiet", *words], check=True, capture_output=True, timeout=300)


def lend(folder: Path) -> None:
    """Let an environment use the libraries of this one, where it has none of its own."""
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
