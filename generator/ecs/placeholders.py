"""What is left in a text where nothing filled it in. Judges no text."""

from __future__ import annotations

import re

PLACEHOLDER = r"\$\{[^{}]*\}|\$\([^()]*\)|\{\{[^{}]*\}\}|<[^<>]+>|%\w+%|@\w+@|\$[A-Za-z_]\w*"
"""Of shells, of Terraform, Jinja and GitHub actions, of documents, of Windows, of Maven."""


def help_with_placeholder(text: str) -> str | None:
    """Say that a text still has a placeholder, where it has."""
    left = re.search(PLACEHOLDER, text)
    return f"put in what `{left[0]}` stands for: ECS fills in nothing" if left else None
