"""Measures whole runs on projects of many tasks beside Pkl and rjsonnet, which do the same work; exits 1 when a goal is missed.

CPU time of the process and its children, user and system; of `--jobs` the time of a clock, which needs a quiet machine. Rounds are
interleaved, and the minimum of each counts. Memory is the greatest resident size. What all of them write is compared as JSON
first. `python -m benchmarks.scale --tasks 50 --rounds 3` takes a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from time import monotonic

from benchmarks.inputs import ENVIRONMENTS, name_tasks, write, write_project
from benchmarks.peers import (
    JSONNET_PROGRAM,
    install_pkl,
    install_rjsonnet,
    write_jsonnet,
    write_pkl,
)
from benchmarks.startup import build_wheel, install
from generator.model.nodes import Value
from generator.model.records import Record

TASKS, ROUNDS = (100, 1000), 3
RENDER, CHECK, RANGE = "render, cold", "check", "diff HEAD~1.. after one edit"
DIFF, MATRIX, SHARED = "diff dev prod", "matrix --html", "render, cold, shared partial"
QUIET, QUIET_CHECK = "render, nothing changed", "check, nothing changed"
EDIT = "render after one edit"
ALONE, TOGETHER = "render, cold, wall", "render --jobs 2, cold, wall"
PKL, RJSONNET, PKL_SHARED = "Pkl", "rjsonnet", "Pkl, shared module"

GOALS = {
    RENDER: (PKL, 1.5),
    CHECK: (PKL, 2.5),
    SHARED: (RENDER, 0.8),
    DIFF: (RENDER, 1.5),
    RANGE: (RENDER, 1.5),
    MATRIX: (RENDER, 3.0),
    QUIET: (PKL, 0.1),
    QUIET_CHECK: (PKL, 0.1),
    EDIT: (RENDER, 0.15),
    TOGETHER: (ALONE, 1 / 1.6),
}
"""By what is measured: what it is compared with, and the greatest ratio to that."""
MEMORY = (60.0, 12 / 1024)
"""The most that `render` and `check` may take, in MiB: of themselves, and for each artifact."""
EXPONENT = 1.05
"""How time may grow with the number of tasks."""


class Cost(Record):
    """Seconds of CPU time, or of a clock where that is measured, and the greatest resident size in MiB."""

    seconds: float
    memory: float


class Command(Record):
    """What is run and where, and the exit status it ends with.

    `fresh` is the folder that is put away before a cold run. `cache` is that in which runs are remembered, where they may be, and
    `edited` the overlay that is edited before each run. With `wall`, a clock is read, which other work on the machine disturbs.
    """

    words: tuple[str, ...]
    folder: Path
    status: int = 0
    fresh: Path | None = None
    cache: Path | None = None
    edited: Path | None = None
    wall: bool = False


Costs = dict[str, Cost]


def main() -> int:
    """Measure, print a table, and give the exit status."""
    options = read_options()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON") and key != "CI"}
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own below it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        ours = options.program or str(
            install(folder / "venv", str(build_wheel(folder, environment)), environment) / "taskdef"
        )
        pkl = None if options.alone else install_pkl(folder / "npm")
        jsonnet = None if options.alone else install_rjsonnet(folder / "rjsonnet")
        measured = []
        for count in options.tasks:
            commands = prepare(folder / str(count), count, ours, pkl, jsonnet)
            measured.append(measure(commands, options.rounds, environment, folder))
            show_costs(count, measured[-1])
    missed = [*list_missed(options.tasks[-1], measured[-1]), *show_exponents(options.tasks, measured)]
    for message in missed:
        print(f"missed: {message}", file=sys.stderr)
    return 1 if missed else 0


class Options(argparse.Namespace):
    """What the words of the command line say."""

    tasks: list[int]
    rounds: int
    program: str | None
    alone: bool


def read_options() -> Options:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=int, nargs="+", default=list(TASKS), help="numbers of tasks, smallest first")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds; the minimum counts")
    parser.add_argument("--program", help="a `taskdef` to measure in place of a wheel built here")
    parser.add_argument("--alone", action="store_true", help="without Pkl and rjsonnet: install nothing for them")
    return parser.parse_args(namespace=Options())


# Preparing


def prepare(folder: Path, count: int, ours: str, pkl: str | None, jsonnet: str | None) -> dict[str, Command]:
    """Write all inputs of one size, and list what is measured, by its name in the table."""
    own, shared = folder / "own", folder / "shared"
    write_project(own, count, shared=False)
    write_project(shared, count, shared=True)
    run_once(ours, "render", folder=own)
    run_once(ours, "render", folder=shared)
    commands = {
        RENDER: Command((ours, "render"), own, fresh=own / "rendered"),
        CHECK: Command((ours, "check"), own),
        DIFF: Command((ours, "diff", "dev", "prod"), own, status=1),
        RANGE: Command((ours, "diff", "HEAD~1.."), commit_edit(folder / "edited", count), status=1),
        MATRIX: Command((ours, "matrix", "--html", str(folder / "matrix.html")), own),
        SHARED: Command((ours, "render"), shared, fresh=shared / "rendered"),
        ALONE: Command((ours, "render"), own, fresh=own / "rendered", wall=True),
        TOGETHER: Command((ours, "render", "--jobs", "2"), own, fresh=own / "rendered", wall=True),
        **prepare_remembered(folder, count, ours),
    }
    if jsonnet is not None:
        write_jsonnet(folder / "jsonnet", count, shared=False)
        out = folder / "out-jsonnet"
        commands[RJSONNET] = Command((jsonnet, "-c", JSONNET_PROGRAM, str(out)), folder / "jsonnet")
    if pkl is not None:
        for label, each in ((PKL, own), (PKL_SHARED, shared)):
            inputs = folder / f"pkl-{each.name}"
            write_pkl(inputs, count, shared=each is shared)
            commands[label] = make_pkl(pkl, inputs, folder / f"out-{each.name}")
    for label, theirs, project in (
        (RJSONNET, folder / "out-jsonnet", own),
        (PKL, folder / "out-own", own),
        (PKL_SHARED, folder / "out-shared", shared),
    ):
        if label in commands:
            run_once(*commands[label].words, folder=commands[label].folder)
            compare(label, theirs, project / "rendered", count)
    return commands


def prepare_remembered(folder: Path, count: int, ours: str) -> dict[str, Command]:
    """Write the projects of runs that are remembered, and run each command until it is."""
    quiet, edits, cache = folder / "quiet", folder / "edits", folder / "cache"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON") and key != "CI"}
    environment["XDG_CACHE_HOME"] = str(cache)
    for project in (quiet, edits):
        write_project(project, count, shared=False)
        for words in (("render",), ("render",), ("check",)):
            run_once(ours, *words, folder=project, environment=environment)
    edited = edits / f"environments/prod/{name_tasks(count)[count // 2]}.yaml"
    return {
        QUIET: Command((ours, "render"), quiet, cache=cache),
        QUIET_CHECK: Command((ours, "check"), quiet, cache=cache),
        EDIT: Command((ours, "render"), edits, cache=cache, edited=edited),
    }


def make_pkl(program: str, inputs: Path, out: Path) -> Command:
    """Make the command that renders everything with Pkl."""
    modules = [f"{each.name}/{path.name}" for each in ENVIRONMENTS for path in sorted((inputs / each.name).iterdir())]
    return Command((program, "eval", "-o", f"{out}/%{{moduleDir}}/%{{moduleName}}.json", *modules), inputs)


def commit_edit(folder: Path, count: int) -> Path:
    """Write a project with two commits. The second edits the overlay of one task."""
    write_project(folder, count, shared=False)
    git = ("git", "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com")
    run_once("git", "init", "--quiet", folder=folder)
    run_once("git", "add", ".", folder=folder)
    run_once(*git, "commit", "--quiet", "--message", "Begin", folder=folder)
    edit(folder / f"environments/prod/{name_tasks(count)[count // 2]}.yaml")
    run_once(*git, "commit", "--quiet", "--all", "--message", "Retry once more", folder=folder)
    return folder


def edit(path: Path) -> None:
    """Give one variable of an overlay another value."""
    text = path.read_text(encoding="utf-8")
    old, new = ('RETRIES: "5"', 'RETRIES: "6"') if 'RETRIES: "5"' in text else ('RETRIES: "6"', 'RETRIES: "5"')
    assert old in text, "the overlay has this variable"
    write(path, text.replace(old, new))


def run_once(*words: str, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=environment)


def compare(label: str, theirs: Path, ours: Path, count: int) -> None:
    """Compare what two programs wrote as JSON; the order of named items is that of the program."""
    for environment in ENVIRONMENTS:
        for task in name_tasks(count):
            name = f"{environment.name}/{task}.json"
            read = [json.loads((folder / name).read_text(encoding="utf-8")) for folder in (theirs, ours)]
            if sort_lists(read[0]) != sort_lists(read[1]):
                raise SystemExit(f"{label} renders another `{name}` than taskdef")


def sort_lists(value: Value) -> Value:
    """Sort all lists, so that their order does not count."""
    if isinstance(value, dict):
        return {name: sort_lists(child) for name, child in value.items()}
    if isinstance(value, list):
        return sorted(map(sort_lists, value), key=lambda child: json.dumps(child, sort_keys=True))
    return value


# Measuring


def measure(commands: Mapping[str, Command], rounds: int, environment: dict[str, str], folder: Path) -> Costs:
    """Run each command in turn, again and again, and keep the least time and memory of each."""
    best: Costs = {}
    for number in range(rounds):
        for label, command in commands.items():
            place = folder / f"run-{number}"
            # Nothing of an earlier run is there: neither artifacts, nor what a program may keep for the user.
            kept = {**environment, "XDG_CACHE_HOME": str(command.cache or place / label)}
            if command.edited is not None:
                edit(command.edited)
            if command.fresh is not None and command.fresh.exists():
                place.mkdir(exist_ok=True)
                command.fresh.rename(place / f"{command.folder.name}-{command.folder.parent.name}")
            cost = run_measured(label, command, kept)
            before = best.get(label, cost)
            best[label] = Cost(min(before.seconds, cost.seconds), min(before.memory, cost.memory))
    return best


def run_measured(label: str, command: Command, environment: dict[str, str]) -> Cost:
    """Run a command, and give what it and its children took."""
    start = monotonic()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(
            command.words, cwd=command.folder, env=environment, stdin=null, stdout=null, stderr=null
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != command.status:
        raise SystemExit(f"{label}: exit status {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    seconds = monotonic() - start if command.wall else used.ru_utime + used.ru_stime
    return Cost(seconds, used.ru_maxrss / unit)


# Showing


def show_costs(count: int, costs: Costs) -> None:
    """Print the table of one size."""
    print(f"\n{count} tasks in {len(ENVIRONMENTS)} environments: seconds of CPU time, and ratios\n")
    print(f"{'':30} {'s':>7} {'MiB':>6} {'to Pkl':>7} {'to render':>9} {'goal':>5}  to")
    for label, cost in costs.items():
        base, goal = GOALS.get(label, ("", 0.0))
        wanted = f"{goal:5.2f}  {base}" if base else ""
        ratios = f"{cost.seconds / costs[PKL].seconds:7.2f}" if PKL in costs else " " * 7
        own = f"{cost.seconds / costs[RENDER].seconds:9.2f}"
        print(f"{label:30} {cost.seconds:7.2f} {cost.memory:6.0f} {ratios} {own} {wanted}".rstrip(), flush=True)


def list_missed(count: int, costs: Costs) -> list[str]:
    """List the goals for one size that are missed."""
    missed = [
        f"{label}: {costs[label].seconds / costs[base].seconds:.2f} of {base}, and {goal} is the goal"
        for label, (base, goal) in GOALS.items()
        if base in costs and costs[label].seconds > goal * costs[base].seconds
    ]
    most = MEMORY[0] + MEMORY[1] * count * len(ENVIRONMENTS)
    missed += [
        f"{label}: {costs[label].memory:.0f} MiB, and {most:.0f} is the goal"
        for label in (RENDER, CHECK)
        if costs[label].memory > most
    ]
    return missed


def show_exponents(counts: Sequence[int], measured: Sequence[Costs]) -> list[str]:
    """Print how time grows from the smallest size to the largest, and list what grows too fast."""
    if len(counts) < 2:
        return []
    growth = log(counts[-1] / counts[0])
    exponents = {label: log(cost.seconds / measured[0][label].seconds) / growth for label, cost in measured[-1].items()}
    print(f"\nExponents from {counts[0]} to {counts[-1]} tasks\n")
    for label, exponent in exponents.items():
        print(f"{label:30} {exponent:7.2f}")
    ours = (label for label in GOALS if exponents[label] > EXPONENT)
    return [f"{label}: grows with exponent {exponents[label]:.2f}, and {EXPONENT} is the goal" for label in ours]


if __name__ == "__main__":
    sys.exit(main())
