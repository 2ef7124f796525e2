#!/usr/bin/env bash
# Writes the page on which all environments stand side by side. How that ended is an output, as in check.sh.
set -euo pipefail

page="$RUNNER_TEMP/task-definitions.html"
rm -f "$page"  # of another project of this job
status=0
taskdef matrix --project "$PROJECT" --html "$page" > /dev/null || status=$?
{
  echo "status=$status"
  if [ -s "$page" ]; then echo "page=$page"; fi
} >> "$GITHUB_OUTPUT"
