"""Kill `taskdef render` at random points, and count what it leaves. Not a test of every run: `make kills` takes minutes.

A run is killed at a moment between its start and its usual end, half of them while it writes. Afterwards each artifact has to be
old or new and whole; after an interrupt (SIGINT, SIGTERM) a set that is mixed has to be told, and no temporary file may be left. After
SIGKILL `taskdef check` tells of a mixed set how many files are old, and the next run removes temporary files that are old: the age is
laid on them here.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = 20
TASKS = ("api", "web", "worker")
KILLS = {signal.SIGKILL: 200, signal.SIGTERM: 40, signal.SIGINT: 40}
TEMPLATE = """\
{"family": "TASK-{{ env }}", "memory": "512", "containerDefinitions": [{
  "name": "TASK", "image": "TASK:{{ image }}", "essential": true,
  "environment": [{% for number in range(10) %}{"name": "NAME_{{ number }}", "value": "{{ image }}"},{% endfor %}]
}]}
"""


def lay_out(folder: Path) -> None:
    """Write a project of sixty artifacts."""
    for task in TASKS:
        write(folder / f"templates/{task}.json.j2", TEMPLATE.replace("TASK", task))
    set_image(folder, "image-0")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def set_image(folder: Path, image: str) -> None:
    for number in range(ENVIRONMENTS):
        write(folder / f"environments/env{number:02}.yaml", f"vars: {{image: {image}}}\n")


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "CI": "true"},  # so that no run is remembered
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def render(folder: Path) -> float:
    """Render undisturbed, and give the seconds it took."""
    begin = time.monotonic()
    with start(folder, "render") as process:
        _, err = process.communicate()
    assert process.returncode == 0, err
    return time.monotonic() - begin


def read(folder: Path) -> dict[str, str]:
    """Everything under `rendered`, temporary files too."""
    top = folder / "rendered"
    paths = (path for path in top.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def kill(folder: Path, number: signal.Signals, usual: float, chance: random.Random) -> str:
    """Start a run, kill it, and give what it said on stderr.

    Half of the runs are killed while they write: some time after the first temporary file is there.
    """
    early = chance.random() < 0.5
    with start(folder, "render") as process:
        if early:
            time.sleep(chance.uniform(0, usual))
        else:
            while process.poll() is None and not any((folder / "rendered").glob("env*/.*.tmp")):
                time.sleep(0.0002)
            time.sleep(chance.uniform(0, usual * 0.3))
        process.send_signal(number)
        _, err = process.communicate()
    return err


def check(folder: Path) -> str:
    """Give what `taskdef check` says in the end."""
    with start(folder, "check") as process:
        out, _ = process.communicate()
    return out.splitlines()[-1]


def age(folder: Path) -> None:
    """Let all temporary files be two hours old."""
    then = time.time() - 7200
    for path in (folder / "rendered").rglob(".*.tmp"):
        os.utime(path, (then, then))


def judge(before: dict[str, str], after: dict[str, str], new: dict[str, str], said: str) -> Counter[str]:
    """Count what a killed run left."""
    whole = {path: text for path, text in after.items() if not path.endswith(".tmp")}
    changed = [path for path in new if whole.get(path) == new[path]]
    broken = [path for path in whole if whole[path] not in (before.get(path), new.get(path))]
    mixed = 0 < len(changed) < len(new)
    old = len(new) - len(changed)
    told = f"{len(changed)} of {len(new)} files" in said or f", {old} differ" in said
    return Counter(
        runs=1,
        broken=len(broken) + len(before.keys() - whole.keys()),
        old=int(not changed),
        new=int(len(changed) == len(new)),
        mixed=int(mixed),
        told=int(mixed and told),
        temporary=len(after) - len(whole),
    )


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else int.from_bytes(os.urandom(4))
    chance = random.Random(seed)
    print(f"seed {seed}")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder)
        usual = render(folder)
        count = 0
        for number, kills in KILLS.items():
            seen: Counter[str] = Counter()
            for _ in range(kills):
                count += 1
                before = read(folder)
                set_image(folder, f"image-{count}")
                new = {path: text.replace(f'image-{count - 1}"', f'image-{count}"') for path, text in before.items()}
                said = kill(folder, number, usual, chance)
                after = read(folder)
                said += check(folder) if number == signal.SIGKILL else ""
                seen += judge(before, after, new, said)
                age(folder)
                usual = render(folder)
                after = read(folder)
                seen["left after the next run"] += sum(path.endswith(".tmp") for path in after)
                seen["not right after the next run"] += int(after != new)
            print(number.name, ", ".join(f"{word} {seen[word]}" for word in WORDS), flush=True)
            failed |= bool(seen["broken"] or seen["left after the next run"] or seen["not right after the next run"])
            failed |= seen["mixed"] != seen["told"] or bool(seen["temporary"] and number != signal.SIGKILL)
    return int(failed)


WORDS = (
    *("runs", "broken", "old", "new", "mixed", "told", "temporary"),
    *("left after the next run", "not right after the next run"),
)

if __name__ == "__main__":
    sys.exit(main())
