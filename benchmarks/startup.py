"""Measures whole runs of the installed command as ratios to importing its libraries; exits 1 when a goal is missed.

The wheel is installed with its libraries into a virtual environment of its own, byte-compiled. Runs are interleaved, so that a noisy
machine is noisy for all, and the minimum of each counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 25
GOALS = {"taskdef render": 1.3, "taskdef --version": 0.6}
BASELINE = "import click, jinja2, yaml, deepmerge, json"


def main() -> int:
    """Measure, print a table, and give the exit status."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = copy_project(folder)
        binaries = install(folder, environment)
        commands = {
            BASELINE: [str(binaries / "python"), "-c", BASELINE],
            "taskdef render": [str(binaries / "taskdef"), "render"],
            "taskdef --version": [str(binaries / "taskdef"), "--version"],
        }
        best = measure(commands, project, environment)
    print(f"{'':44} {'ms':>6} {'ratio':>6} {'goal':>6}")
    for label, seconds in best.items():
        ratio, goal = seconds / best[BASELINE], GOALS.get(label, "")
        print(f"{label:44} {seconds * 1000:6.1f} {ratio:6.2f} {goal:>6}")
    missed = [label for label, goal in GOALS.items() if best[label] / best[BASELINE] > goal]
    for label in missed:
        print(f"missed: {label}", file=sys.stderr)
    return 1 if missed else 0


def copy_project(folder: Path) -> Path:
    """Copy what `taskdef render` reads and writes to where nobody else writes."""
    project = folder / "project"
    for name in ("templates", "environments", "rendered"):
        shutil.copytree(ROOT / name, project / name)
    return project


def install(folder: Path, environment: dict[str, str]) -> Path:
    """Build the wheel, install it into a fresh virtual environment, and say where its programs are."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, env=environment)
    binaries = folder / "venv" / "bin"
    wheel = next((folder / "dist").glob("*.whl"))
    pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--compile"]
    subprocess.run([*pip, str(wheel)], check=True, env=environment)
    return binaries


def measure(commands: dict[str, list[str]], folder: Path, environment: dict[str, str]) -> dict[str, float]:
    """Run each command in turn, again and again, and keep the shortest time of each."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(RUNS):
        for label, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
            best[label] = min(best[label], time.perf_counter() - start)
    return best


if __name__ == "__main__":
    sys.exit(main())
