#!/usr/bin/env bash
# Writes the page on which all environments stand side by side. The check has told what is wrong, where there is none.
set -euo pipefail

page="$RUNNER_TEMP/task-definitions.html"
rm -f "$page"  # of another project of this job
taskdef matrix --project "$PROJECT" --html "$page" > /dev/null || true
if [ -s "$page" ]; then echo "page=$page" >> "$GITHUB_OUTPUT"; fi
