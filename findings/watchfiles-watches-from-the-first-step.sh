#!/usr/bin/env bash
# watchfiles 1.3.0, seen 2026-11-30.
#
# Guess before looking: `watch(folder)` watches from the call on, so a program that calls it, reads its files, and then goes through the
# changes misses none.
# Seen: `watch` is a generator, and watching begins with the first `next`. A change between the call and that is never reported. A generator
# with `yield_on_timeout` can be made to begin: its first step is an empty set, and changes count from there on, also while nobody waits.
#
# Matters to whoever reads files and watches them: reading before the first step loses edits, and it looks as if they came too early.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check watchfiles==1.3.0
mkdir "$folder/watched"
"$folder/venv/bin/python" - "$folder/watched" <<'PY'
import os
import sys
import time

from watchfiles import watch

folder = sys.argv[1]


def make(name):
    with open(os.path.join(folder, name), "w"):
        pass
    time.sleep(0.5)


changes = watch(folder, rust_timeout=500, yield_on_timeout=True)
make("after-the-call")
steps = [sorted(os.path.basename(path) for _, path in next(changes))]
make("after-the-first-step")
steps.append(sorted(os.path.basename(path) for _, path in next(changes)))
print("the first step reports", steps[0])
print("the second step reports", steps[1])
raise SystemExit(0 if steps == [[], ["after-the-first-step"]] else "changed")
PY
