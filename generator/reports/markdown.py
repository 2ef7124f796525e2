"""Text of files that anybody may have written, as code in Markdown: it becomes no markup, no link and no mention.

GitHub makes links of addresses in plain text, also inside an HTML element `<code>` and where entities spell their characters: cmark-gfm
looks for them once entities are resolved (`extensions/autolink.c`, `postprocess_text`; tried with cmarkgfm 2025.10.22 on 2026-11-29). It
makes none in a code span or a block of HTML. Mentions, issues and commits are looked for in the finished page, and not inside code.
"""

from __future__ import annotations

import re

from generator.reports.text import escape

MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def spell_code(text: str) -> str:
    """Write text as a code span for any place but a table."""
    shown = escape(text)
    if not shown:
        return ""
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def spell_cell(text: str) -> str:
    """Write text as code in a cell of a table, where a bar needs a backslash even inside of code."""
    return spell_code(text).replace("|", "\\|")


def spell_html(text: str) -> str:
    """Write text as code in a block of HTML, where no Markdown is read."""
    shown = "".join(MARKUP.get(char, char) for char in escape(text))
    return f"<code>{shown}</code>" if shown else ""
