#!/usr/bin/env bash
# Puts every finding at its line. How the check ended is an output: what comes after it is worth showing when it failed too.
set -euo pipefail

words=(check --project "$PROJECT")
if [ "${STRICT:-false}" = true ]; then words+=(--strict); fi

status=0
taskdef "${words[@]}" --format github || status=$?
sarif="$RUNNER_TEMP/taskdef.sarif"
again=0
taskdef "${words[@]}" --format sarif > "$sarif" || again=$?
if [ "$again" -gt "$status" ]; then status=$again; fi
{
  echo "status=$status"
  if [ -s "$sarif" ]; then echo "sarif=$sarif"; fi
} >> "$GITHUB_OUTPUT"
