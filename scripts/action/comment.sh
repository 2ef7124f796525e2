#!/usr/bin/env bash
# Keeps one comment on the pull request: made at the first difference, and brought up to date from then on.
set -euo pipefail

mark="<!-- taskdef diff: $(printf '%s' "$PROJECT" | tr -c 'A-Za-z0-9_./\n-' '_') -->"
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
# Anybody may begin a comment with our mark: only one that this token's own user wrote is ours to change.
author=$(gh api graphql --raw-field 'query={ viewer { login } }' --jq .data.viewer.login)
export mark author
known=$(gh api --paginate "$comments?per_page=100" \
  --jq '.[] | [.id, .user.login, (.body // "" | split("\n")[0])] | @tsv' |
  awk -F '\t' '$2 == ENVIRON["author"] && index($3, ENVIRON["mark"]) == 1 && !found++ { print $1 }')
if [ -z "$known" ] && [ "${DIFFERENT:-}" = false ]; then
  exit 0
fi

body="$RUNNER_TEMP/taskdef-comment.md"
{
  printf '%s\n## Task definitions\n\n' "$mark"
  cat "$MARKDOWN"
} > "$body"
if [ -n "$known" ]; then
  words=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known")
else
  words=(--method POST "$comments")
fi
if ! gh api --silent "${words[@]}" --field "body=@$body"; then
  echo "::warning::the comment could not be written, as in a pull request from a fork, whose token only reads; the summary of the job has the differences"
fi
