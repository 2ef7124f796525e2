"""Measures whole runs of the installed command as ratios to importing its libraries; exits 1 when a goal is missed.

The wheel is installed with its libraries into a virtual environment of its own, byte-compiled. Runs are interleaved, so that a noisy
machine is noisy for all, and the minimum of each counts. What is measured is CPU time.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 25
BASELINE = "import click, jinja2, yaml, deepmerge, json"
PYTHON = "python -c pass"
REMEMBERED = (("render", "-q"), ("render", "--exit-code"), ("check",), ("lint", "rendered/dev/trading-bot-task.json"))
"""Runs that change nothing: the commands that people type, and those of the hooks."""
GOALS = {
    "taskdef render": (BASELINE, 1.3),
    **{f"taskdef {' '.join(words)}, nothing changed": (PYTHON, 1.2) for words in REMEMBERED},
    "taskdef --version": (PYTHON, 1.5),
    "taskdef explain": ("taskdef render", 1.5),
    "taskdef diff": ("taskdef render", 1.5),
    "taskdef render, with boto3 installed": ("taskdef render", 1.05),
}
"""By what is measured: what it is compared with, and the greatest ratio to that."""


def main() -> int:
    """Measure, print a table, and give the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON") and key != "CI"}
        environment["XDG_CACHE_HOME"] = str(folder / "cache")
        project = copy_project(folder)
        wheel = build_wheel(folder, environment)
        binaries = install(folder / "venv", str(wheel), environment)
        others = install(folder / "venv-aws", f"{wheel}[aws]", environment)
        commands = {
            BASELINE: [str(binaries / "python"), "-c", BASELINE],
            PYTHON: [str(binaries / "python"), "-c", "pass"],
            **{
                f"taskdef {' '.join(words)}, nothing changed": [str(binaries / "taskdef"), *words]
                for words in REMEMBERED
            },
            "taskdef render": [str(binaries / "taskdef"), "render", "--no-cache"],
            "taskdef --version": [str(binaries / "taskdef"), "--version"],
            "taskdef explain": [str(binaries / "taskdef"), "explain", "prod"],
            "taskdef diff": [str(binaries / "taskdef"), "diff", "test", "prod"],
            "taskdef render, with boto3 installed": [str(others / "taskdef"), "render", "--no-cache"],
        }
        best = measure(commands, project, environment)
    print(f"{'':44} {'ms':>6} {'ratio':>6} {'goal':>6}  to")
    for label, seconds in best.items():
        base, goal = GOALS.get(label, (label, 1.0))
        print(
            f"{label:44} {seconds * 1000:6.1f} {seconds / best[base]:6.2f} {goal:6}  {base if base != label else 'itself'}"
        )
    missed = [label for label, (base, goal) in GOALS.items() if best[label] / best[base] > goal]
    for label in missed:
        print(f"missed: {label}", file=sys.stderr)
    return 1 if missed else 0


def copy_project(folder: Path) -> Path:
    """Copy what `taskdef render` reads and writes to where nobody else writes."""
    project = folder / "project"
    for name in ("templates", "environments", "rendered"):
        shutil.copytree(ROOT / name, project / name)
    return project


def build_wheel(folder: Path, environment: dict[str, str]) -> Path:
    """Build the wheel."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    return next((folder / "dist").glob("*.whl"))


def install(folder: Path, requirement: str, environment: dict[str, str]) -> Path:
    """Install the wheel into a fresh virtual environment, and say where its programs are."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, env=environment)
    binaries = folder / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--compile"]
    # The pip that comes with Python 3.11 writes programs that import `re`, which costs half as much as Python itself.
    subprocess.run([*pip, "--upgrade", "pip"], check=True, env=environment)
    subprocess.run([*pip, requirement], check=True, env=environment)
    return binaries


def measure(commands: dict[str, list[str]], folder: Path, environment: dict[str, str]) -> dict[str, float]:
    """Run each command in turn, again and again, and keep the shortest time of each."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(RUNS):
        for label, command in commands.items():
            start = read_cpu()
            done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
            if done.returncode != (label == "taskdef diff"):  # the environments do differ
                raise SystemExit(f"{label}: exit status {done.returncode}")
            best[label] = min(best[label], read_cpu() - start)
    return best


def read_cpu() -> float:
    """Read the CPU time of all processes that were started, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
