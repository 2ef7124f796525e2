"""Run the program on files that are wrong in every way, in every mode and form, and report each run that fails as none may.

python -m tests.fuzz [--runs N] [--seconds N] [--seed N] [--keep DIR]: no test of every run; `make fuzz` takes minutes.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.fuzz.answers import WORDS as ACCOUNT_MODES, draw_answers
from tests.fuzz.history import draw_past, spell_history
from tests.fuzz.judging import find_faults
from tests.fuzz.mutations import mutate
from tests.fuzz.running import Done, Escaped, Runner
from tests.fuzz.seeds import ROOT, Files, find_kind, load_seeds
from tests.fuzz.shrinking import name_fault, shrink
from tests.fuzz.twin import Twin, is_same
from tests.fuzz.words import FORMS, PAIRS, Case, make_account_case, make_case

RUNS_OF_ONE = 6
"""Runs on one project that was changed."""

RANGE = "diff range"
RANGES_OF_ONE = 4
"""The mode that needs a repository, and its runs in each form on one, which takes longer to make than to compare."""

MOST_MEMORY = 1 << 30
"""Bytes of address space: a run that takes more fails, and not the machine."""

TWICE = 15
"""One run in so many is done again by the twin."""


class Fuzzer:
    """Draws cases, runs them and keeps what fails."""

    def __init__(self, seed: int, folder: Path, keep: Path, modes: Sequence[str]) -> None:
        self.chance = Random(seed)
        self.seeds = load_seeds()
        for name in ("one", "two"):
            (folder / name).mkdir()
        self.runner = Runner(folder / "one")
        self.twin = Twin(folder / "two")
        self.keep = keep
        self.pairs = [pair for pair in PAIRS if pair[0] in modes]
        self.runs: Counter[tuple[str, str]] = Counter()
        self.statuses: Counter[int] = Counter()
        self.faults: Counter[str] = Counter()
        self.worst = (0.0, 0)

    def fuzz(self, count: int, seconds: float) -> None:
        """Run so many cases, or as many as there is time for."""
        start = time.monotonic()
        while (done := self.runs.total()) < count and time.monotonic() - start < seconds:
            files = self.change_project()
            pairs = self.chance.sample(self.pairs, min(RUNS_OF_ONE, len(self.pairs)))
            for mode, form in pairs:
                if mode in ACCOUNT_MODES:
                    own = self.seeds.projects[0]
                    self.try_case(make_account_case(mode, form, own, draw_answers(own, self.chance), self.chance))
                elif mode != RANGE:
                    self.try_case(make_case(mode, form, files, self.chance))
            ranges = [form for mode, form in pairs if mode == RANGE]
            if ranges:
                files, history = draw_past(self.seeds, self.chance)
                for form in ranges * RANGES_OF_ONE:
                    self.try_case(make_case(RANGE, form, files, self.chance, history))
            if self.runs.total() // 5000 > done // 5000:
                say(f"{self.runs.total()} runs, {time.monotonic() - start:.0f} s, {self.faults.total()} failed")

    def change_project(self) -> Files:
        """Take a project, and change some of its files."""
        files = dict(self.chance.choice(self.seeds.projects))
        if self.chance.random() < 0.2:
            files["taskdef.toml"] = self.chance.choice(self.seeds.texts["settings"])
        if self.chance.random() < 0.3:
            files["rendered/dev/other.json"] = self.chance.choice(self.seeds.texts["json"])
        names = sorted(files)
        for name in self.chance.sample(names, min(len(names), self.chance.choice((1, 1, 1, 2, 4)))):
            files[name] = mutate(files[name], find_kind(name), self.seeds, self.chance)
        return files

    def try_case(self, case: Case) -> None:
        """Run a case, and keep it if it fails in a way that has not been seen."""
        faults, done = self.judge(case, twice=self.chance.randrange(TWICE) == 0)
        self.runs[case.mode, case.form] += 1
        if done is not None:
            self.statuses[done.status] += 1
            self.worst = max(self.worst, (done.seconds, done.steps))
        if faults:
            name = name_fault(faults)
            self.faults[name] += 1
            if self.faults[name] == 1:
                self.keep_case(case, name, faults)

    def judge(self, case: Case, *, twice: bool) -> tuple[list[str], Done | None]:
        """Say what is wrong with a run; with `twice`, whether it says the same in another process too."""
        try:
            done = self.runner.run(case)
        except Escaped as error:
            return [f"escaped: {str(error).partition(chr(10))[0]}"], None
        faults = list(find_faults(case, done, self.runner.top.parent))
        if twice and not faults and not is_same(done, self.twin.run(case)):
            faults = ["unsteady: the same run says something else in another process"]
        return faults, done

    def keep_case(self, case: Case, name: str, faults: list[str]) -> None:
        """Save a failing case, as small as it becomes."""
        twice = name.startswith("unsteady")

        def fails(smaller: Case) -> bool:
            found, _ = self.judge(smaller, twice=twice)
            return bool(found) and name_fault(found) == name

        small = shrink(case, fails)
        folder = self.keep / f"{len(self.faults):03}"
        for path, data in small.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "stdin").write_bytes(small.stdin)
        for name, answer in small.answers:
            (folder / f"answer-{name}-{answer.status}").write_bytes(answer.body)
        (folder / "history").write_bytes(spell_history(small.history))  # for `git fast-import`
        (folder / "fault.txt").write_text("\n".join([repr(small.words), *faults, ""]), "utf-8", "backslashreplace")
        say(f"{folder.name}: {faults[0]!a}: taskdef {' '.join(small.words)!a}")

    def report(self) -> int:
        """Print the counts, and give the exit status."""
        for mode, forms in FORMS.items():
            counts = ", ".join(f"{form} {self.runs[mode, form]}" for form in forms)
            say(f"{mode}: {sum(self.runs[mode, form] for form in forms)} ({counts})")
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        say(f"{self.runs.total()} runs, by exit status {statuses}")
        say(f"slowest: {self.worst[0]:.2f} s of CPU, {self.worst[1]} steps")
        for name, count in self.faults.most_common():
            say(f"failed {count} times: {name!a}")
        say(f"{self.faults.total()} failures")
        return int(bool(self.faults))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--runs", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so long with what was done")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz", help="the folder for what fails")
    parser.add_argument("--mode", action="append", choices=tuple(FORMS), help="only this mode; may be given twice")
    words = parser.parse_args()
    say(f"seed {words.seed}")
    gc.set_threshold(100_000)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as name:
        fuzzer = Fuzzer(words.seed, Path(name), words.keep.resolve(), words.mode or tuple(FORMS))
        fuzzer.fuzz(words.runs, words.seconds)
        status = fuzzer.report()
        fuzzer.twin.end()
        os.chdir(ROOT)
    return status


if __name__ == "__main__":
    sys.exit(main())
