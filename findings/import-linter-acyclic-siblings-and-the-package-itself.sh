#!/usr/bin/env bash
# import-linter 2.16, seen 2026-11-29.
#
# Guess before looking: a contract of type acyclic_siblings on a package reports every import cycle inside it.
# Seen: it compares children with their siblings only. A cycle between a package's own __init__.py and a module
# in that package is kept silently, while the same cycle between two siblings breaks the contract.
#
# Matters to everyone who moves names into an __init__.py: the cycle that is easiest to make is the one not reported.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check import-linter==2.16
cd "$folder"

make_package() { # name, text of __init__, text of left, text of right
    mkdir "$1"
    printf '%s\n' "$2" > "$1/__init__.py"
    printf '%s\n' "$3" > "$1/left.py"
    printf '%s\n' "$4" > "$1/right.py"
    printf '[importlinter]\nroot_package = %s\n[importlinter:contract:1]\nname = no cycles\ntype = acyclic_siblings\nancestors =\n    %s\n' "$1" "$1" > "$1.ini"
}
make_package siblings '' 'from siblings import right' 'from siblings import left'
make_package itself 'from itself.left import NAME' 'import itself
NAME = itself.__name__' ''

for name in siblings itself; do
    status=0
    "$folder/venv/bin/lint-imports" --no-cache --config "$name.ini" > "$name.txt" 2>&1 || status=$?
    printf '%-9s status %s: %s\n' "$name" "$status" "$(grep -E 'KEPT|BROKEN' "$name.txt")"
    eval "seen_$name=$status"
done
[ "$seen_siblings" = 1 ] && [ "$seen_itself" = 0 ]
