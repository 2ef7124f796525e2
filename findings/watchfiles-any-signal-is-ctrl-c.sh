#!/usr/bin/env bash
# watchfiles 1.3.0, seen 2026-11-30.
#
# Guess before looking: an exception that the handler of a signal raises while `watch` waits comes out of `watch`, as it comes out of
# `time.sleep` or `select`. Only Ctrl-C is a KeyboardInterrupt.
# Seen: whatever a handler raises becomes KeyboardInterrupt. The exception itself is gone: it is neither the cause nor the context. So the
# time limit of a test or a job that is made with SIGALRM looks like a person who pressed Ctrl-C.
#
# Matters to programs and test runners that end a wait with a signal handler: stop such a clock while watchfiles waits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check watchfiles==1.3.0
"$folder/venv/bin/python" - "$folder" <<'PY'
import signal
import sys
import time

from watchfiles import watch


class TimeUp(Exception):
    pass


def end(*_):
    raise TimeUp


signal.signal(signal.SIGALRM, end)
seen = {}
for name, wait in (("time.sleep", lambda: time.sleep(5)), ("watch", lambda: next(watch(sys.argv[1])))):
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        wait()
    except BaseException as error:
        seen[name] = (type(error).__name__, error.__context__, error.__cause__)
        print(f"{name:10} raises {seen[name][0]}, with the context {error.__context__} and the cause {error.__cause__}")
expected = {"time.sleep": ("TimeUp", None, None), "watch": ("KeyboardInterrupt", None, None)}
raise SystemExit(0 if seen == expected else "changed")
PY
