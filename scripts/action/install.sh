#!/usr/bin/env bash
# Installs taskdef as it is at the revision of the action, in an environment of its own, and puts only its command on the PATH.
set -euo pipefail

cd "$RUNNER_TEMP"  # `python -m` looks in the working directory first, and the checkout is anybody's
"${PYTHON:-python3}" -m venv "$RUNNER_TEMP/taskdef"
"$RUNNER_TEMP/taskdef/bin/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
mkdir -p "$RUNNER_TEMP/taskdef/path"
ln -sf "$RUNNER_TEMP/taskdef/bin/taskdef" "$RUNNER_TEMP/taskdef/path/taskdef"
echo "$RUNNER_TEMP/taskdef/path" >> "$GITHUB_PATH"
