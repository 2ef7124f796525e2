#!/usr/bin/env bash
# cmarkgfm 2025.10.22 (GitHub's own Markdown renderer, raw HTML kept), seen 2026-11-29.
#
# Guess before looking: a value inside an inline <code> element stays plain, as it does in a code span in
# backticks; and an address whose @ is written as the entity &#64; is not recognised as an address any more.
# Seen: the autolink extension works on the text between inline HTML tags, and after entities are decoded. Mail
# addresses and URLs with a scheme become links inside <code>; www.… does not, since it needs a blank before it.
# Only a code span, or the inside of an HTML block, is left alone.
#
# Matters to programs that write values of others into a comment: escaping for HTML does not keep links out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cmarkgfm==2025.10.22
"$folder/venv/bin/python" - <<'PY'
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

samples = {
    "mail in <code>": ("<code>a@example.com</code>", True),
    "mail with &#64; in <code>": ("<code>a&#64;example.com</code>", True),
    "http in <code>": ("<code>http://example.com/a</code>", True),
    "www in <code>": ("<code>www.example.com</code>", False),
    "www after a blank": ("<code>see www.example.com</code>", True),
    "mail in a code span": ("`a@example.com`", False),
    "mail in an HTML block": ("<div>\na@example.com\n</div>", False),
}
changed = []
for name, (text, expected) in samples.items():
    html = github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    linked = "<a href=" in html
    print(f"{name:26} {'linked' if linked else 'plain':6}  {html.strip()!r}")
    if linked is not expected:
        changed.append(name)
raise SystemExit(f"changed: {changed}" if changed else 0)
PY
