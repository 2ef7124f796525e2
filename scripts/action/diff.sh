#!/usr/bin/env bash
# Writes to the summary of the job what changes in each environment, and which edit does it. How that ended is an output, as in check.sh.
set -euo pipefail

base=$("${TASKDEF_PYTHON:-$RUNNER_TEMP/taskdef/bin/python}" "$(dirname "${BASH_SOURCE[0]}")/base.py")
if [ -z "$base" ]; then
  echo "::notice::there is no commit before this one to compare with"
  exit 0
fi

markdown="$RUNNER_TEMP/taskdef.md"
status=0
taskdef diff --project "$PROJECT" --format markdown "$base.." > "$markdown" || status=$?
if [ "$status" -eq 1 ]; then
  {
    printf '\n<details>\n<summary>By cause</summary>\n\n'
    taskdef diff --project "$PROJECT" --format markdown --by-cause "$base.." || status=$?
    printf '\n</details>\n'
  } > "$markdown.causes"
  # A comment takes 65,536 characters, and `diff` keeps itself below that: both only where both fit.
  if [ "$(cat "$markdown" "$markdown.causes" | wc -c)" -le 60000 ]; then cat "$markdown.causes" >> "$markdown"; fi
fi
if [ "$status" -gt 1 ]; then
  echo "::error::not everything could be compared with $base"
fi
{
  printf '## Task definitions\n\n'
  cat "$markdown"
} >> "$GITHUB_STEP_SUMMARY"
{
  echo "status=$status"
  echo "markdown=$markdown"
  case $status in
    0) echo "different=false" ;;
    1) echo "different=true" ;;
    *) echo "different=" ;;
  esac
} >> "$GITHUB_OUTPUT"
