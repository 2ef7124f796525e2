#!/usr/bin/env bash
# Fails the job where the check failed, or where a step could not do its work: what was not compared is not free of differences.
set -euo pipefail

verdict=${CHECK:-2}
if [ "${DIFF:-0}" -gt 1 ] && [ "$DIFF" -gt "$verdict" ] && [ "${MUST_COMPARE:-true}" != false ]; then verdict=$DIFF; fi
if [ "${PAGE:-0}" -gt 1 ] && [ "$PAGE" -gt "$verdict" ]; then verdict=$PAGE; fi
exit "$verdict"
