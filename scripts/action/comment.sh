#!/usr/bin/env bash
# Keeps one comment on the pull request: made at the first difference, and brought up to date from then on.
set -euo pipefail

mark="<!-- taskdef diff: $(printf '%s' "$PROJECT" | tr -c 'A-Za-z0-9_./\n-' '_') -->"
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
export mark
# Anybody may begin a comment so; only one of a bot, or of those who may write here, is ours to change.
known=$(gh api --paginate "$comments?per_page=100" --jq '
  .[]
  | select(.body | startswith(env.mark))
  | select(.user.type == "Bot" or (.author_association | IN("OWNER", "MEMBER", "COLLABORATOR")))
  | .id' | head -n 1)
if [ -z "$known" ] && [ "${DIFFERENT:-}" = false ]; then
  exit 0
fi

body="$RUNNER_TEMP/taskdef-comment.md"
{
  printf '%s\n## Task definitions\n\n' "$mark"
  cat "$MARKDOWN"
} > "$body"
if [ -n "$known" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" --field "body=@$body"
else
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
